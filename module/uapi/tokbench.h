/* SPDX-License-Identifier: GPL-2.0 WITH Linux-syscall-note */
/*
 * tokbench ABI: what a program may rely on under /sys/kernel/debug/tokbench/.
 *
 * This header is the document. It is included by the module and by tokctl,
 * and holds no type of either world: names, units, limits, formats, errors.
 *
 * FILES
 *
 *   version         r   "tokbench VERSION abi N\n"
 *   variants        r   one lock per line, fields separated by one TAB:
 *                       name, flags (comma list, "-" if none), the largest
 *                       set_size it can have, description, and what is
 *                       different on this kernel ("-" if nothing is). The first
 *                       line is the header "name\tflags\tmax_set\tdoc\tnote".
 *   parameters      r   one parameter per line, TAB separated, header
 *                       "name\tunit\tdefault\tmin\tmax\tallowed\tdoc";
 *                       min and max are "-" where they make no sense,
 *                       allowed is a comma list of words or "-". Behind the
 *                       parameters come the knobs, see KNOBS.
 *   config/NAME     rw  one value per file, see TB_PARAMS below. A write is
 *                       one value, at most TB_VALUE_MAX bytes, optional
 *                       white space around it.
 *   config/token/NAME rw  likewise, see KNOBS
 *   control         w   one word: start, stop, reset, bench, check. check
 *                       says whether start would take the configuration as
 *                       it is, and does nothing else.
 *   state           r   one line "STATE RUN LOCK ELAPSED_MS TOTAL_MS\n"; STATE
 *                       is one of TB_STATES, RUN the number of the run that
 *                       is on or was last (0: none since load or reset), LOCK
 *                       its lock or "-". TOTAL_MS is warmup + duration;
 *                       ELAPSED_MS counts up to it; both are 0 when no run is
 *                       on. poll(2) reports POLLIN and
 *                       POLLPRI when STATE or RUN changed since the file was
 *                       last read through the same open file. stuck: the
 *                       threads of run RUN made no progress for 20 s
 *                       and what an operation may take; it is FAILED, dump
 *                       and the kernel log say where, and the module stays
 *                       until they have left
 *   error           r   why the last refused write was refused: one line that
 *                       names the file, the input and what is allowed; empty
 *                       if none was refused since load or reset.
 *   dump            r  the run that is on, else empty: "KEY VALUE" lines (run,
 *                       lock, phase, elapsed_ms, stuck_s, and how many threads
 *                       there are, are armed, have entered, are live); one
 *                       line per thread, TAB separated, header line first:
 *                       number, CPU, pid, Linux state (R, S, D, I), place
 *                       (start, gate, loop, left), operations so far, LWKT
 *                       state (current, queued, blocked, asleep), token
 *                       references; "section N thread ID" for each object that
 *                       a thread is inside of; "token N thread ID count X" for
 *                       each token that is owned (else ID is 0) or counted.
 *                       Root only; each word is of a moment of its own
 *   results/summary   r  "KEY VALUE" lines, see below
 *   results/threads   r  one line per thread, TAB separated, header line first
 *                        (TB_THREAD_FIELDS; inline threads are no tasks of
 *                        Linux: their cpu_ns, nvcsw and nivcsw are 0)
 *   results/histogram r  header "name\tlower_ns\tupper_ns\tcount", then one
 *                        line per non-empty bucket: values v with lower_ns <= v
 *                        < upper_ns; name is one of TB_HISTOGRAMS
 *   results/bench     r  the table of the last "bench": header
 *                        "what\tloops\tblocks\tns_per_op\tspread_ns", then
 *                        rows. Each was timed in so many blocks of so many
 *                        loops, in turn with the blocks of the other rows;
 *                        ns_per_op is the median of the blocks, spread_ns how
 *                        far apart the ends of their middle half are
 *
 * The three results files belong to one immutable snapshot of the last run
 * that ended; an open file keeps showing the run it was opened on. They are
 * empty before the first run ends and after reset.
 *
 * ERRORS of a write
 *
 *   EINVAL   not a value of this file; out of range; a knob that the lock does
 *            not have; a combination that no run can have (only at "start"
 *            and "check"); *ppos != 0
 *   E2BIG    more than TB_VALUE_MAX bytes
 *   EBUSY    a run is on (config/NAME, config/token/NAME, start, reset, bench,
 *            check)
 *   ESRCH    "stop" and no run is on
 *   EFAULT   the bytes could not be read
 *   ENOMEM, EAGAIN, EINTR   the kernel could not make the memory or threads
 *
 * A refused write changes nothing, and its reason can be read from error.
 *
 * KNOBS
 *
 *   What a generation of tokens lets its administrator set: LWKT_KNOBS in
 *   uapi/lwkt_knobs.h, one file config/token/NAME each. A knob is one of the lock
 *   that config/lock names. Every write of config/lock that is not refused,
 *   also of the lock that is there already, and reset give all knobs the
 *   values the lock's generation starts from.
 *
 *   A file reads as the value in effect, or "-" if the lock has no such
 *   mechanism; a write is then refused. So config/lock is written first. The
 *   values are frozen into a run like the parameters. pool_size may be any
 *   number in its range. A run's thread can have max(maxtokens, set_size)
 *   token references (certificate.maxtokens).
 *
 *   In the file parameters a knob has the name "token/NAME", the default "-"
 *   because that is the lock's, and a doc that ends in "; locks: LIST", the
 *   comma list of locks that have it, "-" if there is none.
 *
 * GROUPS
 *
 *   groups is empty, or two to TB_GROUPS_MAX groups separated by '/'. A group is
 *   one or more settings NAME=NUMBER separated by ':', each at most once:
 *     threads      how many of every sum-over-the-groups threads; default 1
 *     hold_ns, think_ns, shared_pct   in place of the parameter of that name
 *     nice         -20 to 19, default 0. On the LWKT scheduler, where a higher
 *                  priority always runs first, only the sign counts.
 *   Thread number i of the run belongs to the group into which i modulo the sum
 *   of threads falls. "hold_ns=10000/hold_ns=1000:threads=3": every fourth
 *   thread holds for 10 us, the others for 1 us.
 *
 * PHASES
 *
 *   phases is empty, or two to TB_PHASES_MAX numbers separated by '/', each from
 *   1 to threads_per_cpu: the window has that many parts of equal length, and in
 *   each part so many locking threads per CPU take part; the others sleep.
 *
 * OPEN LOOP
 *
 *   With rate, operations arrive, at random and independently of each other, for
 *   all locking threads together that often per second; each thread has a queue
 *   of its own. One that finds nothing to do sleeps until the next arrival; if
 *   it has its CPU for itself (threads_per_cpu + bystanders is 1), until shortly
 *   before. An arrival that finds queue_max others waiting is refused. think_ns
 *   is work after the release, before the thread looks at its queue again. A
 *   thread has room for three histograms: response_ns is kept in an open loop,
 *   handoff_ns in a closed one.
 *
 * RUN
 *
 *   idle > armed > warm > run > cool > done | failed.  start returns once all
 *   threads exist. The run ends by itself, whatever happens to its starter.
 *   One run at a time. Unloading the module stops a run.
 *
 * SUMMARY KEYS
 *
 *   schema 1, run N, lock NAME, flags LIST, verdict ok|INVALID|FAILED,
 *   reason TEXT (zero or more lines),
 *   params.NAME       every parameter as frozen into the run (TB_PARAMS)
 *   params.token.NAME every knob that the lock has, likewise (LWKT_KNOBS)
 *   certificate.NAME  TB_CERTIFICATE
 *   totals.NAME       TB_TOTALS, TB_THREAD_COUNTERS, for locks on the LWKT
 *                     scheduler LWKT_THREAD_COUNTERS and LWKT_CPU_COUNTERS, for
 *                     others that restart TB_RESTART_COUNTERS
 *   totals.fail_index.N  failed tries for tokens that had N references in place
 *                     before the one that failed; the last N means "or more",
 *                     an N that never happened is absent; locks that
 *                     restart likewise
 *   groups.N.NAME     TB_GROUP_FIELDS, N from 1, if there are groups
 *   phases.N.NAME     TB_PHASE_FIELDS, N from 1, if there are phases
 *   latency.HIST.STAT HIST of TB_HISTOGRAMS, STAT of TB_LATENCY_STATS; a
 *                     percentile is the middle of the bucket of its order
 *                     statistic, never above max
 *
 *   Readers must ignore keys they do not know.
 *   A value is a decimal integer, a decimal fraction ("0.9987"), or text.
 *   Keys of a mechanism that a lock does not have are absent, never zero; all
 *   locks on the LWKT scheduler have all of its counters.
 */
#ifndef _UAPI_TOKBENCH_H
#define _UAPI_TOKBENCH_H

#include "fields.h"
#include "lwkt_counters.h"
#include "lwkt_knobs.h"

#define TB_ABI 1
#define TB_SCHEMA 1
#define TB_DIR "tokbench"
#define TB_VALUE_MAX 4096

/* States of a run, as printed by the file state. */
#define TB_STATES(X) X(idle) X(armed) X(warm) X(run) X(cool) X(done) X(failed) \
	X(stuck)

/* Words of the enumerated parameters. */
#define TB_ORDERS(X) X(same) X(opposite) X(random)
#define TB_PICKS(X) X(uniform) X(zipf) X(partition)
#define TB_DISTS(X) X(const) X(exp) X(bimodal)
#define TB_MEASURES(X) X(full) X(throughput)
#define TB_SCHEDS(X) X(normal) X(fifo)
#define TB_SUBSTRATES(X) X(kthread) X(inline)
#define TB_FAULTS(X) X(none) X(late) X(move) X(intrude) X(hang)

/*
 * Flags of a lock variant, as printed in variants and in a result:
 *   blocks      the holder may block inside the section
 *   drops       serialisation is lost while the holder blocks
 *   ordered     sets must be taken in a global order (and are)
 *   restarts    an acquisition can give up and start again
 *   shared      has a shared mode
 *   lwkt        runs on the LWKT scheduler; without it on Linux's
 *   unchecked   claims no exclusion; its threads work on private data
 *   fails       must end FAILED (the exclusion checker's own proof)
 */
#define TB_FLAGS(X)                                                            \
	X(blocks) X(drops) X(ordered) X(restarts) X(shared) X(lwkt)            \
	X(unchecked) X(fails)

#define TB_THREADS_MAX 4096
#define TB_SET_MAX 800
#define TB_GROUPS_MAX 4
#define TB_PHASES_MAX 16

/* A probe that comes more often than that would be the load itself. */
#define TB_PROBE_MIN_US 100
#define TB_PROBE_MAX_US 1000000

/* Cache lines that all locks of a run together may protect: 256 MiB. */
#define TB_TOUCH_MAX 4194304

/*
 * Parameters: X(name, kind, unit, default, min, max, doc).
 * kind: LOCK, CPUS, GROUPS and PHASES are text (the last two: see above); UINT is a
 * decimal number; the others are words of the lists above (default: an index).
 */
#define TB_PARAMS(X)                                                           \
	X(lock, LOCK, "", 0, 0, 0, "lock variant, a name out of variants")     \
	X(cpus, CPUS, "", 0, 0, 0,                                             \
	  "list of CPUs used, like 0-3,8; empty: all online but one when "     \
	  "there are more than two")                                           \
	X(threads_per_cpu, UINT, "", 1, 1, 1024, "locking threads per CPU")    \
	X(locks, UINT, "", 1, 1, 100000, "number of locks")                    \
	X(set_size, UINT, "", 1, 1, TB_SET_MAX,                                \
	  "locks held at once by one operation")                               \
	X(order, ORDER, "", 0, 0, 0,                                           \
	  "order in which a set is asked for: all threads the same, odd "      \
	  "threads the opposite, or random")                                   \
	X(pick, PICK, "", 0, 0, 0,                                             \
	  "which locks make a set: any; some more often than others (lock i "  \
	  "in proportion to 1 / i^exponent); or only those of the thread's CPU") \
	X(zipf_milli, UINT, "", 990, 0, 5000,                                  \
	  "the exponent of pick=zipf, in thousandths")                         \
	X(hold_ns, UINT, "ns", 0, 0, 1000000000, "busy time inside the section") \
	X(think_ns, UINT, "ns", 0, 0, 1000000000,                              \
	  "busy time outside the section")                                     \
	X(hold_dist, DIST, "", 0, 0, 0,                                        \
	  "each hold_ns the same; exponential around it; or, with that mean, " \
	  "every tenth or so ten times as long as the others")                 \
	X(think_dist, DIST, "", 0, 0, 0, "likewise for think_ns")              \
	X(touch_lines, UINT, "", 0, 0, 1024,                                   \
	  "cache lines of data behind each lock that a section reads and "     \
	  "writes (shared: reads) before its busy time")                       \
	X(shared_pct, UINT, "", 0, 0, 100,                                     \
	  "percentage of operations that take their set shared")               \
	X(block_ns, UINT, "ns", 0, 0, 1000000000,                              \
	  "sleep in the middle of the section")                                \
	X(block_every, UINT, "", 0, 0, 1000000000,                             \
	  "sleep in every n-th operation; 0: never")                           \
	X(bystanders, UINT, "", 0, 0, 1024,                                    \
	  "extra threads per CPU that need no lock; on the LWKT scheduler at "  \
	  "user priority, below the locking threads")                          \
	X(groups, GROUPS, "", 0, 0, 0,                                         \
	  "groups of threads that differ, like hold_ns=10000/hold_ns=1000; "   \
	  "empty: all alike")                                                  \
	X(rate, UINT, "", 0, 0, 1000000000,                                    \
	  "operations that arrive per second, for all threads together (open " \
	  "loop); 0: each thread goes on with the next (closed loop)")         \
	X(queue_max, UINT, "", 1000, 1, 1000000,                               \
	  "arrivals that may wait for one thread; further ones are refused")   \
	X(phases, PHASES, "", 0, 0, 0,                                         \
	  "locking threads per CPU in each of equal parts of the window, like " \
	  "1/4/16/4/1; empty: all of them all the time")                       \
	X(quantum_us, UINT, "us", 10000, 10, 10000000, "LWKT time slice")      \
	X(substrate, SUBSTRATE, "", 0, 0, 0, "LWKT threads are kthreads, or "   \
	  "operations that one kthread of their CPU runs inline")              \
	X(warmup_ms, UINT, "ms", 200, 0, 60000,                                \
	  "load before the measured window")                                   \
	X(duration_ms, UINT, "ms", 1000, 10, 3600000, "the measured window")   \
	X(seed, UINT, "", 1, 0, 18446744073709551615ULL,                       \
	  "the operations of a thread are a function of (seed, thread)")       \
	X(measure, MEASURE, "", 0, 0, 0,                                       \
	  "full, or throughput: no clock reads and no histograms")             \
	X(sched, SCHED, "", 0, 0, 0,                                           \
	  "Linux scheduling class of the threads; fifo leaves one CPU free")   \
	X(probe_us, UINT, "us", 9900, 0, TB_PROBE_MAX_US,                      \
	  "a Linux task of class normal on each CPU of the run is woken "      \
	  "this often, and how long it waits for its turn is measured "        \
	  "(totals.resched_delay_ns); 0, or measure=throughput: there is none; " \
	  "at least 100 else")                                                 \
	X(fair_window_ms, UINT, "ms", 10, 0, 60000,                            \
	  "fairness is also measured in pieces of the window, the shortest "   \
	  "of a power of two of ns that are at least that long; 0: it is not") \
	X(overlap_min_pct, UINT, "", 95, 0, 100,                               \
	  "percentage of the window for which all locking threads must have "  \
	  "been in their loops; with less the run is INVALID")                 \
	X(fault, FAULT, "", 0, 0, 0,                                           \
	  "what goes wrong on purpose in the middle of the window, to show "   \
	  "that it is noticed: a locking thread enters only then; one is "     \
	  "moved to another CPU; protected data is written without the lock; "  \
	  "or, from the beginning, one hangs until the run is stopped")

/* Histograms: X(name, doc). Values are nanoseconds, relative error <= 1/32. */
#define TB_HISTOGRAMS(X)                                                       \
	X(acquire_ns,                                                          \
	  "from the request for the first lock of a set to the possession of " \
	  "the last")                                                          \
	X(hold_ns,                                                             \
	  "from the possession of the set to the start of its release, "       \
	  "sleep inside the section included")                                 \
	X(handoff_ns,                                                          \
	  "from the start of the release that made the last lock of a set "    \
	  "free to the moment its next holder ran with the whole set, where "  \
	  "that holder was already waiting; tokens that a waiting thread gave " \
	  "back are no release (closed loop, shared_pct=0)")                   \
	X(response_ns,                                                         \
	  "from the moment an operation was to begin, whether its thread had " \
	  "time for it or not, to the end of its release (open loop)")

/* Statistics of a histogram. mean is the exact sum over the count. */
#define TB_LATENCY_STATS(X)                                                    \
	X(count) X(mean) X(p50) X(p90) X(p99) X(p999) X(max)

/*
 * Counters kept per thread by the measuring loop: X(name, how, doc), all over
 * the measured window only. how says how those of several threads are merged,
 * SUM or MAX. An operation belongs to the window in which it completes. The
 * first ones are written in every operation.
 */
#define TB_THREAD_COUNTERS(X)                                                  \
	X(ops, SUM, "operations completed: set taken, held, released")         \
	X(nominal_held_ns, SUM,                                                \
	  "nominal time the sets were held: what the operations asked for")    \
	X(blocks, SUM, "operations that slept inside the section")             \
	X(shared_ops, SUM, "operations that took their set shared")            \
	X(longest_gap_ns, MAX,                                                 \
	  "longest time within the window in which the thread completed no "   \
	  "operation, window edges included, a part of the window in which it " \
	  "takes no part left out (measure=full)")                             \
	X(violations, SUM,                                                     \
	  "sections in which another thread was seen inside (exclusion "       \
	  "checker; counted over the whole run, not just the window)")         \
	X(useful_ns, SUM,                                                      \
	  "work done, in nominal time: hold + think of the operations, or "    \
	  "the chunks of work of a bystander")                                 \
	X(held_ns, SUM, "measured time the sets were held (measure=full)")     \
	X(arrivals, SUM,                                                       \
	  "operations that were to begin in the window, refused ones included " \
	  "(open loop)")                                                       \
	X(refused, SUM, "arrivals that found queue_max others waiting")        \
	X(queue_peak, MAX, "most arrivals that waited for one thread")         \
	X(queue_left, SUM,                                                     \
	  "operations that were to begin and had not ended when the window "   \
	  "closed; response_ns does not have them")                            \
	X(queue_oldest_ns, MAX,                                                \
	  "how long the one of them that was to begin first had taken then")   \
	X(waiting_left, SUM,                                                   \
	  "threads that were waiting for their set when the window closed; "   \
	  "acquire_ns does not have them (closed loop, measure=full)")         \
	X(waiting_oldest_ns, MAX,                                              \
	  "how long the one of them that asked first had waited then")

/*
 * Counters of locks that restart without being on the LWKT scheduler, whose
 * locks have the first two under LWKT_THREAD_COUNTERS: X(name, how, doc).
 */
#define TB_RESTART_COUNTERS(X)                                                 \
	X(attempts_failed, SUM,                                                \
	  "trylocks that failed (mutex-trylock); requests that ended in "      \
	  "-EDEADLK (ww-wound, ww-die); 50,000 failed tries in a row (tas)")   \
	X(tokens_undone, SUM,                                                  \
	  "locks that were taken and given back because a further one of "     \
	  "their set could not be had")                                        \
	X(restarts, SUM,                                                       \
	  "acquisitions of a set that gave back what they had and began anew")

/* totals that are made when the run ends: X(name, doc). */
#define TB_TOTALS(X)                                                           \
	X(window_ns, "length of the measured window")                          \
	X(threads, "locking threads")                                          \
	X(ideal_ops,                                                           \
	  "bound on ops in the window: the smaller of CPUs / (hold + think) "  \
	  "and locks / (set_size x hold), times the window, sleep ignored; "   \
	  "hold and think are the means of what was asked for (of the "        \
	  "operations made, if threads differ), hold of exclusive "            \
	  "operations only in the second bound; no bound of a rate")           \
	X(cpu_ns,                                                              \
	  "CPU time of all threads of the run in the window, idle polling "    \
	  "included; read from the scheduler, off by at most one tick per CPU " \
	  "that has a tick")                                                   \
	X(attempts,                                                            \
	  "tries to get a lock: locks acquired by completed operations + "     \
	  "reacquisitions + attempts_failed")                                  \
	X(efficiency, "useful_ns / cpu_ns: what a CPU-second buys")            \
	X(bystander_ops, "chunks of work the bystanders got done")             \
	X(bystander_useful_ns, "the part of useful_ns done by bystanders")     \
	X(bystander_kept,                                                      \
	  "bystander_useful_ns as a share of what bystanders alone on these "  \
	  "CPUs could do, which is all of the window")                         \
	X(bystander_gap_ns, "longest time in which a bystander got no chunk done") \
	X(progress_gap_ns,                                                     \
	  "longest time within the window in which no locking thread "         \
	  "completed an operation, window edges included (measure=full); "     \
	  "a lower bound, short of the truth by less than 1/512 of "           \
	  "duration_ms unless the window lasted more than 1/16 + 10 ms longer " \
	  "than that")                                                         \
	X(resched_delay_ns,                                                    \
	  "longest time within the window that a Linux task of class normal, " \
	  "one bound to each CPU of the run and woken every probe_us by a "    \
	  "timer there, waited from the timer's interrupt until it ran, or "   \
	  "until the window closed; that the interrupt came late is not in "   \
	  "it; absent without such tasks (measure=full, probe_us)")            \
	X(resched_probes,                                                      \
	  "how often such a task ran within the window, on all CPUs together, " \
	  "likewise")                                                          \
	X(jain_ops, "Jain index over ops of the locking threads; 1 is fair")   \
	X(jain_hold, "Jain index over held_ns (measure=full)")                 \
	X(jain_hold_nominal, "Jain index over nominal_held_ns")                \
	X(min_ops, "fewest ops of a locking thread")                           \
	X(max_ops, "most ops of a locking thread")                             \
	X(min_held_ns, "smallest held_ns of a locking thread (measure=full)")  \
	X(max_held_ns, "largest held_ns of a locking thread (measure=full)")   \
	X(top_half_ops,                                                        \
	  "share of ops of the busier half of the locking threads; 0.5 is fair") \
	X(top_half_hold, "the same over held_ns (measure=full)")               \
	X(fair_window_ns,                                                      \
	  "length of the pieces of the window in which short-term fairness "   \
	  "is measured (measure=full, fair_window_ms): a power of two, at "    \
	  "most 60 of them; absent if the window has no whole one")            \
	X(fair_pieces,                                                         \
	  "whole pieces in which a locking thread completed an operation")     \
	X(fair_idle_pieces, "whole pieces in which none did")                  \
	X(fair_jain_ops,                                                       \
	  "mean over fair_pieces of the Jain index over the operations each "  \
	  "locking thread completed in the piece")                             \
	X(fair_jain_ops_min, "the same of the least fair piece")               \
	X(fair_top_half_ops,                                                   \
	  "mean over fair_pieces of the share of ops of the busier half of "   \
	  "the locking threads in the piece")                                  \
	X(fair_jain_hold,                                                      \
	  "as fair_jain_ops, over the time held by these operations")          \
	X(fair_jain_hold_min, "the same of the least fair piece")              \
	X(fair_top_half_hold, "as fair_top_half_ops, over that time")          \
	X(pool_aliases,                                                        \
	  "locks whose token is also the token of a lock with a smaller "      \
	  "number (pool_size)")                                                \
	X(collisions,                                                          \
	  "sum of the tokens' own counters of failures, warm-up included; "    \
	  "from token-sorted on they lose updates, as they did in DragonFly "  \
	  "(collisions=faithful)")                                             \
	X(nvcsw,                                                               \
	  "voluntary context switches of the run's threads in Linux, without " \
	  "LWKT's idle threads (substrate=kthread)")                           \
	X(nivcsw, "involuntary ones, likewise")

#endif /* _UAPI_TOKBENCH_H */
