// SPDX-License-Identifier: GPL-2.0
/*
 * spin.c - how long one loop of busy work takes here and now
 */
#include <linux/math64.h>
#include <linux/minmax.h>
#include <linux/time64.h>

#include "clock.h"
#include "pure/pure.h"
#include "spin.h"

#define TRIAL_LOOPS 40000

/**
 * tb_spin_trial() - how long a number of loops takes, here and now
 *
 * Of many trials the shortest counts: interrupts and other tasks only ever
 * lengthen one.
 *
 * Context: any, on one CPU; some 100 us.
 * Return: for tb_spin_ps_per_loop(); U64_MAX if the clock stepped back
 */
u64 tb_spin_trial(void)
{
	u64 start = tb_clock_ns();

	tb_spin_chunk(TRIAL_LOOPS);
	return tb_clock_since(start) ?: U64_MAX;
}

/**
 * tb_spin_ps_per_loop() - the length of one loop
 * @trial_ns: the shortest trial
 *
 * Return: picoseconds, from 1
 */
u64 tb_spin_ps_per_loop(u64 trial_ns)
{
	/* A clock too coarse for a trial, or one that never goes on. */
	trial_ns = min_t(u64, trial_ns, NSEC_PER_SEC);
	return max_t(u64, 1, div_u64(trial_ns * 1000, TRIAL_LOOPS));
}

/**
 * tb_spin_loops() - loops that take a given time
 * @ns: the time, at most 2^50
 * @ps_per_loop: from tb_spin_ps_per_loop()
 */
u64 tb_spin_loops(u64 ns, u64 ps_per_loop)
{
	return tb_mul_div(ns, 1000, ps_per_loop, NULL);
}
