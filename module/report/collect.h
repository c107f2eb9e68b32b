/* SPDX-License-Identifier: GPL-2.0 */
/*
 * collect.h - the numbers of all threads of a run, merged
 */
#ifndef _TB_COLLECT_H
#define _TB_COLLECT_H

#include "lwkt/core/thread.h"
#include "pure/fair.h"
#include "pure/hist.h"
#include "pure/slots.h"
#include "run/run.h"
#include "value.h"

/* A row of results/threads. */
struct tb_thread_values {
	TB_THREAD_FIELDS(TB_VALUE_FIELD)
};

/**
 * struct tb_group_sums - the locking threads of one group
 * @threads: how many
 * @counts: of all of them
 * @acquire: likewise
 */
struct tb_group_sums {
	u32 threads;
	struct tb_counts counts;
	struct tb_hist_sum acquire;
};

/**
 * struct tb_sums - the numbers of all threads of a run, merged
 * @window_ns: length of the window, 0 if it never opened
 * @counts: of the locking threads; useful_ns: of all threads
 * @nominal_excl_ns: the part of nominal_held_ns in exclusive sections
 * @nominal_think_ns: what the operations asked for outside of their sections
 * @stream_digest: see TB_CERTIFICATE
 * @stream_errors: likewise
 * @part_ops: operations by part of the window
 * @restarts: merged counters of a lock that restarts
 * @progress_gap_ns: longest gap of all locking threads together
 * @bystander_ops: chunks of the bystanders
 * @bystander_gap_ns: the longest time a bystander got nothing done
 * @cpu_ns: all threads
 * @nvcsw: all threads
 * @nivcsw: all threads
 * @lost_updates: protected counters against operations, absolute
 * @start_skew_ns: between the first thread's entering and the last's
 * @end_skew_ns: and leaving
 * @overlap: ppm of the window
 * @late: threads that entered after the window opened, or never
 * @moved: threads seen on another CPU
 * @each_ops: of each locking thread
 * @each_held: likewise
 * @each_nominal: nominal_held_ns of each locking thread
 * @sorted: room for a sorted copy of either
 * @threads: row of each thread
 * @groups: sums of each group; without groups all threads are in the first one
 * @one: room for the histogram of one thread
 * @slots: in which any locking thread completed an operation
 * @fair_whole: whole pieces of the window for short-term fairness
 * @fair_ops: their indices over operations
 * @fair_held: and over the time held
 * @hist: merged histograms
 * @thread_stats: merged LWKT counters
 * @fail_index: likewise
 * @cpu_stats: merged LWKT counters
 */
struct tb_sums {
	u64 window_ns;
	struct tb_counts counts;
	u64 nominal_excl_ns;
	u64 nominal_think_ns;
	u64 stream_digest;
	u32 stream_errors;
	u64 part_ops[TB_PHASES_MAX];
	struct tb_ledger restarts;
	u64 progress_gap_ns;
	u64 bystander_ops;
	u64 bystander_gap_ns;
	u64 cpu_ns;
	u64 nvcsw;
	u64 nivcsw;
	u64 lost_updates;
	u64 start_skew_ns;
	u64 end_skew_ns;
	u32 overlap;
	u32 late;
	u32 moved;
	u64 *each_ops;
	u64 *each_held;
	u64 *each_nominal;
	u64 *sorted;
	struct tb_thread_values *threads;
	struct tb_group_sums groups[TB_GROUPS_MAX];
	struct tb_hist_sum one;
	struct tb_slots slots;
	u32 fair_whole;
	struct tb_fair_index fair_ops;
	struct tb_fair_index fair_held;
	struct tb_hist_sum hist[TB_HIST_COUNT];
	struct lwkt_thread_stats thread_stats;
	u64 fail_index[LWKT_FAIL_INDEXES];
	struct lwkt_cpu_stats cpu_stats;
};

struct tb_sums *tb_sums_make(const struct tb_run *run);
void tb_sums_free(struct tb_sums *s);

#endif /* _TB_COLLECT_H */
