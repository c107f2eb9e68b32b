/* SPDX-License-Identifier: GPL-2.0 */
/*
 * collect.h - the numbers of all threads of a run, merged
 */
#ifndef _TB_COLLECT_H
#define _TB_COLLECT_H

#include "lwkt/thread.h"
#include "fair.h"
#include "hist.h"
#include "run.h"
#include "slots.h"

/**
 * struct tb_totals - a run in numbers
 * @window_ns: length of the window, 0 if it never opened
 * @ops: of the locking threads; likewise down to @nivcsw unless said
 * @held_ns: 0 unless measured
 * @nominal_held_ns: what the operations asked for
 * @nominal_excl_ns: the part of it in exclusive sections
 * @nominal_think_ns: and outside
 * @shared_ops: operations that took their set shared
 * @arrivals: of the open loops
 * @refused: likewise
 * @queue_peak: likewise
 * @queue_left: likewise
 * @queue_oldest_ns: likewise
 * @stream_digest: see TB_CERTIFICATE
 * @stream_errors: likewise
 * @part_ops: operations by part of the window
 * @restarts: merged counters of a lock that restarts
 * @blocks: operations that slept
 * @violations: over the whole run
 * @longest_gap_ns: of any locking thread
 * @progress_gap_ns: of all locking threads together
 * @bystander_ops: chunks of the bystanders
 * @bystander_gap_ns: the longest time a bystander got nothing done
 * @useful_ns: nominal work, bystanders included
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
 * @scratch: for the histogram of one thread
 * @slots: in which any locking thread completed an operation
 * @fair_whole: whole pieces of the window for short-term fairness
 * @fair_ops: their indices over operations
 * @fair_held: and over the time held
 * @hist: merged histograms
 * @thread_stats: merged LWKT counters
 * @fail_index: likewise
 * @cpu_stats: merged LWKT counters
 */
struct tb_totals {
	u64 window_ns;
	u64 ops;
	u64 held_ns;
	u64 nominal_held_ns;
	u64 nominal_excl_ns;
	u64 nominal_think_ns;
	u64 shared_ops;
	u64 arrivals;
	u64 refused;
	u64 queue_peak;
	u64 queue_left;
	u64 queue_oldest_ns;
	u64 stream_digest;
	u32 stream_errors;
	u64 part_ops[TB_PHASES_MAX];
	struct tb_ledger restarts;
	u64 blocks;
	u64 violations;
	u64 longest_gap_ns;
	u64 progress_gap_ns;
	u64 bystander_ops;
	u64 bystander_gap_ns;
	u64 useful_ns;
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
	struct tb_hist_sum scratch;
	struct tb_slots slots;
	u32 fair_whole;
	struct tb_fair_index fair_ops;
	struct tb_fair_index fair_held;
	struct tb_hist_sum hist[TB_HIST_COUNT];
	struct lwkt_thread_stats thread_stats;
	u64 fail_index[LWKT_FAIL_INDEXES];
	struct lwkt_cpu_stats cpu_stats;
};

struct tb_totals *tb_totals_make(const struct tb_run *run);
void tb_totals_free(struct tb_totals *t);
u64 tb_worker_held_ns(const struct tb_worker *w);
u64 tb_worker_useful_ns(const struct tb_worker *w);

#endif /* _TB_COLLECT_H */
