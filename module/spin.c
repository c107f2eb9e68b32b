// SPDX-License-Identifier: GPL-2.0
/*
 * spin.c - how long one loop of busy work takes here and now
 */
#include <linux/math64.h>
#include <linux/minmax.h>

#include "clock.h"
#include "pure.h"
#include "spin.h"

#define TRIALS 30
#define TRIAL_LOOPS 40000

/**
 * tb_spin_calibrate() - measure the length of one loop
 *
 * The shortest of many trials: interrupts and other tasks only ever lengthen
 * one.
 *
 * Context: process context, a few milliseconds of CPU time.
 * Return: picoseconds per loop, at least 1
 */
u64 tb_spin_calibrate(void)
{
	u64 best = U64_MAX;
	int i;

	for (i = 0; i < TRIALS; i++) {
		u64 start = tb_clock_ns();

		tb_spin_chunk(TRIAL_LOOPS);
		best = min(best, tb_clock_ns() - start);
		compat_relax_cpu();
	}
	return max_t(u64, 1, div_u64(best * 1000, TRIAL_LOOPS));
}

/**
 * tb_spin_loops() - loops that take a given time
 * @ns: the time, at most 2^50
 * @ps_per_loop: from tb_spin_calibrate()
 */
u64 tb_spin_loops(u64 ns, u64 ps_per_loop)
{
	return tb_mul_div(ns, 1000, ps_per_loop, NULL);
}
