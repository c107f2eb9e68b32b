/* SPDX-License-Identifier: GPL-2.0 WITH Linux-syscall-note */
/*
 * The fields of what a result says of threads, groups and parts of the window,
 * and of its certificate: a part of tokbench.h, which is the document.
 */
#ifndef _UAPI_TOKBENCH_FIELDS_H
#define _UAPI_TOKBENCH_FIELDS_H

/*
 * results/threads: the fields in order. role is worker or bystander; group is
 * its number from 1, 0 if there are none. The LWKT thread counters follow where
 * the lock runs on the LWKT scheduler, the restart counters where it restarts.
 */
#define TB_THREAD_FIELDS(X)                                                    \
	X(thread) X(cpu) X(role) X(group) X(ops) X(useful_ns) X(held_ns)       \
	X(nominal_held_ns) X(blocks) X(shared_ops) X(longest_gap_ns)           \
	X(violations) X(cpu_ns) X(nvcsw) X(nivcsw)                             \
	X(acquire_p50_ns) X(acquire_p99_ns) X(acquire_max_ns)

/* What a result says of each group: X(name, doc). */
#define TB_GROUP_FIELDS(X)                                                     \
	X(threads, "locking threads in it")                                    \
	X(hold_ns, "its hold_ns")                                              \
	X(think_ns, "its think_ns")                                            \
	X(shared_pct, "its shared_pct")                                        \
	X(nice, "its nice")                                                    \
	X(ops, "operations of its threads")                                    \
	X(ops_share, "as a share of all")                                      \
	X(nominal_held_ns, "nominal time they held their sets")                \
	X(nominal_hold_share, "as a share of all")                             \
	X(held_ns, "measured time (measure=full)")                             \
	X(hold_share, "as a share of all (measure=full)")                      \
	X(longest_gap_ns, "of any of its threads (measure=full)")              \
	X(acquire_p50_ns, "of all its acquire_ns (measure=full)")              \
	X(acquire_p99_ns, "likewise")                                          \
	X(acquire_max_ns, "likewise")

/* What a result says of each part of the window: X(name, doc). */
#define TB_PHASE_FIELDS(X)                                                     \
	X(threads_per_cpu, "locking threads that took part on each CPU")       \
	X(window_ns, "length of the part")                                     \
	X(ops, "operations that ended in it")

/* The run's own certificate: X(name, doc). */
#define TB_CERTIFICATE(X)                                                      \
	X(start_skew_ns, "from the first thread's first request to the last's") \
	X(end_skew_ns, "from the first thread's leaving to the last's")        \
	X(overlap,                                                             \
	  "share of the window in which every locking thread was in its loop; " \
	  "below overlap_min_pct the run is INVALID")                          \
	X(late_threads,                                                        \
	  "locking threads that entered their loop after the window began")    \
	X(left_cpu, "threads seen on another CPU than theirs")                 \
	X(violations, "exclusion violations; any is FAILED")                   \
	X(lost_updates,                                                        \
	  "difference between the protected counters and the operations that " \
	  "incremented them, or the touched lines; any is FAILED")             \
	X(set_order,                                                           \
	  "order in which sets were asked for: same, whatever order is, if "   \
	  "the lock needs it")                                                 \
	X(stream_digest,                                                       \
	  "fingerprint of the first 64 operations of each thread (fewer of "   \
	  "sets of more than 25 locks) as the parameters define them, order "  \
	  "within a set left out: the same for every lock")                    \
	X(stream_errors,                                                       \
	  "threads whose first operations were not these; any is FAILED")      \
	X(clock, "the clock that was read: mono_fast, tsc or virtual")                  \
	X(clock_cost_ns,                                                       \
	  "mean cost of one reading, on the CPU of the run where it is "       \
	  "dearest")                                                           \
	X(clock_step_ns, "smallest step seen between two readings")            \
	X(clock_back,                                                          \
	  "times in the histograms that were negative because the clock "      \
	  "stepped back between their two readings; each counts as 0 "         \
	  "(measure=full)")                                                    \
	X(line_ns,                                                             \
	  "time for a modified cache line to get from one CPU of the run to "  \
	  "another, shortest of many; absent with one CPU or if it could not " \
	  "be measured")                                                       \
	X(none_ns,                                                             \
	  "mean time of one operation of none under the same parameters, one " \
	  "thread, on one CPU of the run after the other, just before the "    \
	  "warm-up")                                                           \
	X(nominal_ns,                                                          \
	  "hold_ns + think_ns: none_ns less this is the harness; both absent " \
	  "with groups")                                                       \
	X(fault,                                                               \
	  "what went wrong on purpose, or none; with one no run is ok, and "   \
	  "one that was not noticed is FAILED")                                \
	X(stopped, "1 if the run was stopped before its time")                 \
	X(cpu_lost,                                                            \
	  "1 if one of its CPUs went offline, or the last one that "           \
	  "sched=fifo left free")                                              \
	X(other_ns,                                                            \
	  "CPU time in the window of all else on the CPUs of the run, "        \
	  "interrupts included: what Linux accounted as not idle less "        \
	  "totals.cpu_ns, 0 if that is more; Linux samples once per tick, so " \
	  "off by some ticks per CPU; absent if no window opened, and on a "    \
	  "simulated machine")                                                 \
	X(irq_ns,                                                              \
	  "time in the window that Linux accounted to interrupts on the CPUs " \
	  "of the run, likewise; absent if no window opened, and on a "        \
	  "simulated machine")                                                 \
	X(pause_ns,                                                            \
	  "longest time within the window in which the machine stood still "   \
	  "(suspended, or not run by its host): by how much a timer of 50 ms " \
	  "was late, or the end of the window; above 250 ms and 1/16 of "      \
	  "duration_ms the run is INVALID; absent if no window opened")        \
	X(steal_ns,                                                            \
	  "time in the window in which the hypervisor had taken the CPUs of "  \
	  "the run away, 0 also if it does not tell; absent if no window "     \
	  "opened or the kernel cannot ask")                                   \
	X(maxtokens, "token references per thread (absent for other locks)")   \
	X(kernel, "release of the running kernel")                             \
	X(preempt, "its preemption model")                                     \
	X(proxy_exec,                                                          \
	  "none, or built_in: the owner of a mutex runs with the priority of " \
	  "its waiters, unless the boot command line says sched_proxy_exec=0") \
	X(debug, "comma list of its options that distort times, or none")      \
	X(hypervisor, "none, uml, tcg, kvm, sim or other")                     \
	X(times,                                                               \
	  "ok; meaningless (emulated CPU): counts still hold; or simulated: "  \
	  "those of a model of the machine in sim_machine")                    \
	X(sim_machine,                                                         \
	  "the simulated machine with all its constants; absent elsewhere")    \
	X(sim_seed, "seed of what is drawn in it; absent elsewhere")           \
	X(sim_model, "hash of the model's source; absent elsewhere")

#endif /* _UAPI_TOKBENCH_FIELDS_H */
