/* SPDX-License-Identifier: GPL-2.0 WITH Linux-syscall-note */
/*
 * The fields of what a result says of threads, groups and parts of the window:
 * a part of tokbench.h, which is the document.
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

#endif /* _UAPI_TOKBENCH_FIELDS_H */
