/* SPDX-License-Identifier: GPL-2.0 */
/*
 * pause.h - how long the whole machine stood still in the window
 */
#ifndef _TB_PAUSE_H
#define _TB_PAUSE_H

#include <linux/hrtimer.h>
#include <linux/spinlock.h>
#include <linux/types.h>

struct tb_run;

/**
 * struct tb_pause - the watch over one window
 * @lock: of @seen_ns and @longest_ns while the timers run
 * @seen_ns: when a timer of any CPU came last
 * @asleep_ns: how far CLOCK_BOOTTIME was ahead of CLOCK_MONOTONIC
 * @longest_ns: the longest time for which none came when it was due
 */
struct tb_pause {
	raw_spinlock_t lock;
	u64 seen_ns;
	u64 asleep_ns;
	u64 longest_ns;
};

/**
 * struct tb_pause_timer - what watches on one CPU
 * @timer: comes every so often
 * @pause: the watch
 */
struct tb_pause_timer {
	struct hrtimer timer;
	struct tb_pause *pause;
};

void tb_pause_begin(struct tb_run *run);
void tb_pause_end(struct tb_run *run);
u64 tb_pause_limit_ns(const struct tb_run *run);

#endif /* _TB_PAUSE_H */
