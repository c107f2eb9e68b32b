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
 *                       name, flags (comma list, "-" if none), description.
 *                       The first line is the header "name\tflags\tdoc".
 *   parameters      r   one parameter per line, TAB separated, header
 *                       "name\tunit\tdefault\tmin\tmax\tallowed\tdoc";
 *                       min and max are "-" where they make no sense,
 *                       allowed is a comma list of words or "-". Behind the
 *                       parameters come the knobs, see KNOBS.
 *   config/NAME     rw  one value per file, see TB_PARAMS below. A write is
 *                       one value, at most TB_VALUE_MAX bytes, optional
 *                       white space around it.
 *   config/token/NAME rw  likewise, see KNOBS
 *   control         w   one word: start, stop, reset, bench.
 *   state           r   one line "STATE RUN LOCK ELAPSED_MS TOTAL_MS\n"; STATE
 *                       is one of TB_STATES, RUN the number of the run that
 *                       is on or was last (0: none since load or reset), LOCK
 *                       its lock or "-". TOTAL_MS is warmup + duration;
 *                       ELAPSED_MS counts up to it; both are 0 when no run is
 *                       on. poll(2) reports POLLIN and
 *                       POLLPRI when STATE or RUN changed since the file was
 *                       last read through the same open file.
 *   error           r   why the last refused write was refused: one line that
 *                       names the file, the input and what is allowed; empty
 *                       if none was refused since load or reset.
 *   results/summary   r  "KEY VALUE" lines, see below
 *   results/threads   r  one line per thread, TAB separated, header line first
 *                        (TB_THREAD_FIELDS)
 *   results/histogram r  header "name\tlower_ns\tupper_ns\tcount", then one
 *                        line per non-empty bucket: values v with lower_ns <= v
 *                        < upper_ns; name is one of TB_HISTOGRAMS
 *   results/bench     r  the table of the last "bench": header
 *                        "what\tloops\ttotal_ns\tns_per_op", then rows
 *
 * The three results files belong to one immutable snapshot of the last run
 * that ended; an open file keeps showing the run it was opened on. They are
 * empty before the first run ends and after reset.
 *
 * ERRORS of a write
 *
 *   EINVAL   not a value of this file; out of range; a knob that the lock does
 *            not have; a combination that no run can have (only at "start");
 *            *ppos != 0
 *   E2BIG    more than TB_VALUE_MAX bytes
 *   EBUSY    a run is on (config/NAME, config/token/NAME, start, reset, bench)
 *   ESRCH    "stop" and no run is on
 *   EFAULT   the bytes could not be read
 *   ENOMEM, EAGAIN, EINTR   the kernel could not make the memory or threads
 *
 * A refused write changes nothing, and its reason can be read from error.
 *
 * KNOBS
 *
 *   What a generation of tokens lets its administrator set: LWKT_KNOBS in
 *   lwkt/knobs.h, one file config/token/NAME each. A knob is one of the lock
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
 *   totals.NAME       TB_TOTALS, TB_THREAD_COUNTERS, and for locks on the LWKT
 *                     scheduler LWKT_THREAD_COUNTERS and LWKT_CPU_COUNTERS
 *   totals.fail_index.N  failed tries for tokens that had N references in place
 *                     before the one that failed; the last N means "or more",
 *                     an N that never happened is absent
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

#include "../lwkt/counters.h"
#include "../lwkt/knobs.h"

#define TB_ABI 1
#define TB_SCHEMA 1
#define TB_DIR "tokbench"
#define TB_VALUE_MAX 4096

/* States of a run, as printed by the file state. */
#define TB_STATES(X) X(idle) X(armed) X(warm) X(run) X(cool) X(done) X(failed)

/* Words of the enumerated parameters. */
#define TB_ORDERS(X) X(same) X(opposite) X(random)
#define TB_PICKS(X) X(uniform) X(partition)
#define TB_MEASURES(X) X(full) X(throughput)
#define TB_SCHEDS(X) X(normal) X(fifo)

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

/*
 * Parameters: X(name, kind, unit, default, min, max, doc).
 * kind: LOCK and CPUS are text; ORDER, PICK, MEASURE and SCHED are words of
 * the lists above (default is an index into it); UINT is a decimal number.
 */
#define TB_PARAMS(X)                                                           \
	X(lock, LOCK, "", 0, 0, 0, "lock variant, a name out of variants")     \
	X(cpus, CPUS, "", 0, 0, 0,                                             \
	  "list of CPUs used, like 0-3,8; empty: all online but one when "     \
	  "there are more than two")                                           \
	X(threads_per_cpu, UINT, "", 1, 1, 1024, "locking threads per CPU")    \
	X(locks, UINT, "", 1, 1, 100000, "number of locks")                    \
	X(set_size, UINT, "", 1, 1, 800,                                       \
	  "locks held at once by one operation")                               \
	X(order, ORDER, "", 0, 0, 0,                                           \
	  "order in which a set is asked for: all threads the same, odd "      \
	  "threads the opposite, or random")                                   \
	X(pick, PICK, "", 0, 0, 0,                                             \
	  "which locks make a set: any, or only those of the thread's CPU")    \
	X(hold_ns, UINT, "ns", 0, 0, 1000000000, "busy time inside the section") \
	X(think_ns, UINT, "ns", 0, 0, 1000000000,                              \
	  "busy time outside the section")                                     \
	X(block_ns, UINT, "ns", 0, 0, 1000000000,                              \
	  "sleep in the middle of the section")                                \
	X(block_every, UINT, "", 0, 0, 1000000000,                             \
	  "sleep in every n-th operation; 0: never")                           \
	X(bystanders, UINT, "", 0, 0, 1024,                                    \
	  "extra threads per CPU that need no lock; on the LWKT scheduler at "  \
	  "user priority, below the locking threads")                          \
	X(quantum_us, UINT, "us", 10000, 10, 10000000, "LWKT time slice")      \
	X(warmup_ms, UINT, "ms", 200, 0, 60000,                                \
	  "load before the measured window")                                   \
	X(duration_ms, UINT, "ms", 1000, 10, 3600000, "the measured window")   \
	X(seed, UINT, "", 1, 0, 18446744073709551615ULL,                       \
	  "the operations of a thread are a function of (seed, thread)")       \
	X(measure, MEASURE, "", 0, 0, 0,                                       \
	  "full, or throughput: no clock reads and no histograms")             \
	X(sched, SCHED, "", 0, 0, 0,                                           \
	  "Linux scheduling class of the threads; fifo leaves one CPU free")

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
	  "back are no release")

/* Statistics of a histogram. mean is the exact sum over the count. */
#define TB_LATENCY_STATS(X)                                                    \
	X(count) X(mean) X(p50) X(p90) X(p99) X(p999) X(max)

/*
 * Counters kept per thread by the measuring loop: X(name, how, doc), all over
 * the measured window only. An operation belongs to the window in which it
 * completes.
 */
#define TB_THREAD_COUNTERS(X)                                                  \
	X(ops, SUM, "operations completed: set taken, held, released")         \
	X(useful_ns, SUM,                                                      \
	  "work done, in nominal time: hold + think of the operations, or "    \
	  "the chunks of work of a bystander")                                 \
	X(held_ns, SUM, "measured time the sets were held (measure=full)")     \
	X(blocks, SUM, "operations that slept inside the section")             \
	X(longest_gap_ns, MAX,                                                 \
	  "longest time within the window in which the thread completed no "   \
	  "operation, window edges included (measure=full)")                   \
	X(violations, SUM,                                                     \
	  "sections in which another thread was seen inside (exclusion "       \
	  "checker; counted over the whole run, not just the window)")

/*
 * totals that are made when the run ends: X(name, doc).
 */
#define TB_TOTALS(X)                                                           \
	X(window_ns, "length of the measured window")                          \
	X(threads, "locking threads")                                          \
	X(ideal_ops,                                                           \
	  "bound on ops in the window: the smaller of CPUs / (hold + think) "  \
	  "and locks / (set_size x hold), times the window, sleep ignored")    \
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
	X(bystander_gap_ns, "longest time in which a bystander got no chunk done") \
	X(progress_gap_ns,                                                     \
	  "longest time within the window in which no locking thread "         \
	  "completed an operation, window edges included (measure=full); "     \
	  "a lower bound, short of the truth by less than 1/512 of "           \
	  "duration_ms unless the window lasted more than 1/16 + 10 ms longer " \
	  "than that")                                                         \
	X(resched_delay_ns,                                                    \
	  "longest time within the window that a Linux task of class normal, " \
	  "one bound to each CPU of the run and woken every 9.9 ms by a timer " \
	  "there, waited from the timer's interrupt until it ran, or until "   \
	  "the window closed; that the interrupt came late is not in it")      \
	X(resched_probes,                                                      \
	  "how often such a task ran within the window, on all CPUs together") \
	X(jain_ops, "Jain index over ops of the locking threads; 1 is fair")   \
	X(jain_hold, "Jain index over held_ns (measure=full)")                 \
	X(min_ops, "fewest ops of a locking thread")                           \
	X(max_ops, "most ops of a locking thread")                             \
	X(min_held_ns, "smallest held_ns of a locking thread (measure=full)")  \
	X(max_held_ns, "largest held_ns of a locking thread (measure=full)")   \
	X(top_half_ops,                                                        \
	  "share of ops of the busier half of the locking threads; 0.5 is fair") \
	X(top_half_hold, "the same over held_ns (measure=full)")               \
	X(pool_aliases,                                                        \
	  "locks whose token is also the token of a lock with a smaller "      \
	  "number (pool_size)")                                                \
	X(collisions,                                                          \
	  "sum of the tokens' own counters of failures, warm-up included; "    \
	  "from token-sorted on they lose updates, as they did in DragonFly "  \
	  "(collisions=faithful)")                                             \
	X(nvcsw,                                                               \
	  "voluntary context switches of the run's threads in Linux, LWKT's "  \
	  "idle threads left out")                                             \
	X(nivcsw, "involuntary ones, likewise")

/* The run's own certificate: X(name, doc). */
#define TB_CERTIFICATE(X)                                                      \
	X(start_skew_ns, "from the first thread's first request to the last's") \
	X(end_skew_ns, "from the first thread's leaving to the last's")        \
	X(overlap,                                                             \
	  "share of the window in which every locking thread was in its loop; " \
	  "below 0.95 the run is INVALID")                                     \
	X(late_threads,                                                        \
	  "locking threads that entered their loop after the window began")    \
	X(left_cpu, "threads seen on another CPU than theirs")                 \
	X(violations, "exclusion violations; any is FAILED")                   \
	X(lost_updates,                                                        \
	  "difference between the protected counters and the operations that " \
	  "incremented them; any is FAILED")                                   \
	X(clock, "the clock that was read: mono_fast or tsc")                  \
	X(clock_cost_ns, "mean cost of one reading")                           \
	X(clock_step_ns, "smallest step seen between two readings")            \
	X(none_ns,                                                             \
	  "mean time of one operation of none under the same parameters, one " \
	  "thread, just before the run")                                       \
	X(nominal_ns, "hold_ns + think_ns: none_ns less this is the harness")  \
	X(stopped, "1 if the run was stopped before its time")                 \
	X(cpu_lost, "1 if one of its CPUs went offline")                       \
	X(maxtokens, "token references per thread (absent for other locks)")   \
	X(kernel, "release of the running kernel")                             \
	X(preempt, "its preemption model")                                     \
	X(debug, "comma list of its options that distort times, or none")      \
	X(hypervisor, "none, uml, tcg, kvm or other")                          \
	X(times, "ok, or meaningless (emulated CPU): counts still hold")

/*
 * results/threads: the fields in order. role is worker or bystander. The
 * LWKT thread counters follow where the lock runs on the LWKT scheduler.
 */
#define TB_THREAD_FIELDS(X)                                                    \
	X(thread) X(cpu) X(role) X(ops) X(useful_ns) X(held_ns) X(blocks)      \
	X(longest_gap_ns) X(violations) X(cpu_ns) X(nvcsw) X(nivcsw)           \
	X(acquire_p50_ns) X(acquire_p99_ns) X(acquire_max_ns)

#endif /* _UAPI_TOKBENCH_H */
