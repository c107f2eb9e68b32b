/* SPDX-License-Identifier: GPL-2.0 WITH Linux-syscall-note */
/*
 * The counters of the LWKT port: one line each, with its exact definition.
 *
 * The list is the single place where these names exist. The kernel makes its
 * counter blocks from it, the ABI header (uapi/tokbench.h) makes its key list
 * from it, and a user meets the same names in results, JSON and tables.
 * A leaf: plain preprocessor text, no includes, usable in both worlds.
 *
 * X(name, how, doc): how says how blocks of several threads are merged,
 * SUM or MAX. Names that end in _ns are nanoseconds, all others are counts.
 * A counter counts only while lwkt_stats_epoch is 1 (the measured window).
 */
#ifndef _LWKT_COUNTERS_H
#define _LWKT_COUNTERS_H

/* Kept per LWKT thread; written by the CPU the thread lives on alone. */
#define LWKT_THREAD_COUNTERS(X)                                                 \
	X(attempts_failed, SUM,                                                 \
	  "tries that did not get what they asked for: a gettoken or lockmgr "  \
	  "call that found a foreign owner, or one failed try of the "          \
	  "scheduler to take all tokens of a waiting thread")                   \
	X(tokens_undone, SUM,                                                   \
	  "tokens that a failed scheduler try had already taken and gave "      \
	  "back; recursive references and tokens held before are not counted")  \
	X(fail_on_tentative, SUM,                                               \
	  "failed tries whose token was owned by a scheduler try that then "    \
	  "failed itself (only tries for two or more references cause it)")     \
	X(tentative_unresolved, SUM,                                            \
	  "failed tries that met another thread's unfinished scheduler try "    \
	  "whose outcome could no longer be told; an upper bound of what "      \
	  "fail_on_tentative may miss")                                         \
	X(max_consecutive_fail, MAX,                                            \
	  "longest run of failed tries of one thread without a success")        \
	X(tokens_get_undone, SUM,                                               \
	  "distinct tokens a thread gave up because its gettoken call for a "   \
	  "further one failed")                                                 \
	X(tokens_dropped, SUM,                                                  \
	  "distinct tokens given up because their holder blocked or yielded "   \
	  "of its own accord (not because a gettoken call failed)")             \
	X(reacquisitions, SUM,                                                  \
	  "times the scheduler took a thread's tokens again after it had "      \
	  "dropped them by blocking or yielding")                               \
	X(reacquire_ns, SUM,                                                    \
	  "time between the moment a thread that had dropped tokens could "     \
	  "run again (its sleep was over) and the moment it ran with all of "   \
	  "them")                                                               \
	X(stale, SUM,                                                           \
	  "tokens that another thread held between the moment their thread "    \
	  "gave them up, by blocking, yielding or a failed gettoken, and the "  \
	  "moment the scheduler took them again for it")                        \
	X(spins, SUM,                                                           \
	  "PAUSEs executed while spinning for a token, or after a try that "    \
	  "found a request for it, in a gettoken call or in a try of the "      \
	  "scheduler (token-sorted, token-backoff, token-handoff, there of "    \
	  "the first in the queue of spinners alone)")                          \
	X(spin_ok, SUM, "tokens that were got only after spinning for them")    \
	X(hold_while_spin_ns, SUM,                                              \
	  "wall time spent spinning for a token while other tokens were held, " \
	  "or already taken by the same try")                                   \
	X(sorted_entries, SUM,                                                  \
	  "times a scheduler call (token-sorted) or a thread (token-backoff) "  \
	  "went over to taking tokens in order of their addresses")             \
	X(shared_defer, SUM,                                                    \
	  "shared tries that failed on a token without an exclusive holder, "   \
	  "because of an exclusive request (token-backoff)")                    \
	X(grants, SUM,                                                          \
	  "releases that kept the token for this thread alone because it had "  \
	  "been the oldest waiter for handoff_window_us; those for the eldest " \
	  "are not counted (token-handoff)")                                    \
	X(futile_wakeups, SUM,                                                  \
	  "wakeups whose first try for the thread's tokens failed "             \
	  "(token-handoff)")                                                    \
	X(eldest, SUM,                                                          \
	  "times the thread became the eldest, for which every token of its "   \
	  "set is kept (token-handoff)")                                        \
	X(wakeups, SUM,                                                         \
	  "times the thread was made runnable after it had left the run queue")

/* Kept per CPU; written by the LWKT thread that is current there. */
#define LWKT_CPU_COUNTERS(X)                                                    \
	X(switches, SUM,                                                        \
	  "calls of the LWKT scheduler by a thread that gives up its CPU; "     \
	  "passes made while idle are not counted here but in idle_polls")      \
	X(switches_contended, SUM,                                              \
	  "scheduler passes, idle ones included, in which the head of the "     \
	  "run queue could not get its tokens")                                 \
	X(head_retries, SUM,                                                    \
	  "further tries of the queue's head within one scheduler pass, after " \
	  "its first one failed: one in each contended pass of token-poll, "    \
	  "one per further round of token-sorted, up to spin_loops / 2 - 1 "    \
	  "with token-backoff; rounds of token-ticket are in ticket_turns")     \
	X(scans, SUM, "tries of the scheduler to take all tokens of a thread")  \
	X(scan_ns, SUM,                                                         \
	  "wall time inside contended scheduler passes, from the failure of "   \
	  "the head to the choice of the next thread")                          \
	X(idle_polls, SUM,                                                      \
	  "scheduler passes of the idle thread that found waiting threads "     \
	  "but none that could get its tokens")                                 \
	X(idle_poll_ns, SUM,                                                    \
	  "wall time the idle thread spent polling: its failed passes and "     \
	  "whatever Linux ran between them")                                    \
	X(idle_halts, SUM,                                                      \
	  "times the idle thread slept because the run queue was empty, or "    \
	  "because no thread on it could get its tokens (token-ipi, "           \
	  "token-ticket)")                                                      \
	X(ipis, SUM,                                                            \
	  "interrupts that releases of tokens sent to CPUs that contend for "   \
	  "them (token-ipi, token-ticket)")                                     \
	X(ipis_awake, SUM, "of ipis, those to CPUs that had not halted")        \
	X(ipis_useless, SUM,                                                    \
	  "of ipis, those that woke a halted CPU which then found no thread "   \
	  "that could run")                                                     \
	X(ticket_turns, SUM,                                                    \
	  "rounds that contended schedulers made in ticket order "              \
	  "(token-ticket)")                                                     \
	X(handovers, SUM, "switches from one kthread to another")               \
	X(owned_handovers, SUM,                                                 \
	  "of handovers, those to a thread for which the scheduler had taken "  \
	  "tokens")                                                             \
	X(owned_not_running_ns, SUM,                                            \
	  "time in owned_handovers from the moment the tokens were taken to "   \
	  "the moment their thread ran")

#endif /* _LWKT_COUNTERS_H */
