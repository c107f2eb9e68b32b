// SPDX-License-Identifier: GPL-2.0
/*
 * clock.c - choosing and measuring the clock
 */
#include <linux/delay.h>
#include <linux/export.h>
#include <linux/minmax.h>

#include "clock.h"

#define CALIBRATE_MS 20
#define COST_READS 2000

/* A counter of 1 GHz that seems slower by so little, in thousandths, is none. */
#define SLOWER_MOST 1

struct tb_clock tb_clock __read_mostly;
EXPORT_SYMBOL_GPL(tb_clock);

/* One pair of readings, as close together as two tries in ten allow. */
static void read_pair(u64 *tsc, u64 *ns)
{
	u64 best = U64_MAX;
	int i;

	for (i = 0; i < 10; i++) {
		u64 before = compat_rdtsc();
		u64 now = ktime_get_mono_fast_ns();
		u64 after = compat_rdtsc();

		if (after - before < best) {
			best = after - before;
			*tsc = before + (after - before) / 2;
			*ns = now;
		}
	}
}

/* 2^64 @ns / @ticks; 0 if that needs more bits. See clock.h. */
static u64 mult_of(u64 ticks, u64 ns)
{
	u64 half;

	if (!ns || ns > ticks + ticks * SLOWER_MOST / 1000)
		return 0;
	half = mul_u64_u64_div_u64(ns, 1ULL << 63, ticks);
	return half >> 63 ? U64_MAX : half << 1;
}

/**
 * tb_clock_init() - choose the clock; where it is the counter, find its rate
 *
 * Context: process context, sleeps about 20 ms where there is a counter. Once, at
 * load, before anything reads the clock.
 */
void tb_clock_init(void)
{
	u64 tsc0, tsc1, ns0, ns1;

	if (TB_SIM || !compat_tsc_is_stable())
		return;

	read_pair(&tsc0, &ns0);
	msleep(CALIBRATE_MS);
	read_pair(&tsc1, &ns1);
	if (tsc1 > tsc0 && ns1 > ns0)
		tb_clock.mult = mult_of(tsc1 - tsc0, ns1 - ns0);
	tb_clock.tsc = tb_clock.mult;
}

/**
 * tb_clock_look() - give the counter up if it has turned out to be unstable
 *
 * Context: any; no run is on.
 */
void tb_clock_look(void)
{
	if (tb_clock.tsc && !compat_tsc_is_stable()) {
		WRITE_ONCE(tb_clock.tsc, false);
		pr_warn("tokbench: the time stamp counter is unstable\n");
	}
}

/**
 * tb_clock_name() - the name of the clock in use, as the certificate prints it
 */
const char *tb_clock_name(void)
{
	if (TB_SIM)
		return "virtual";
	return tb_clock_is_tsc() ? "tsc" : "mono_fast";
}

static __always_inline void read_often(bool tsc, u64 *cost_ps, u64 *step_ns)
{
	u64 start = tb_clock_read(tsc), prev = start, now = start;
	u64 step = U64_MAX;
	int i;

	for (i = 0; i < COST_READS; i++) {
		now = tb_clock_read(tsc);
		if (tb_clock_between(prev, now))
			step = min(step, now - prev);
		prev = now;
	}
	*cost_ps = div_u64(tb_clock_between(start, now) * 1000, COST_READS);
	*step_ns = step == U64_MAX ? 0 : step;
}

/**
 * tb_clock_cost() - measure what reading the clock costs, here and now
 * @cost_ps: mean of a long row of readings, in picoseconds
 * @step_ns: smallest difference seen between two readings that differ
 *
 * Context: any, on one CPU; about 0.1 ms of CPU time.
 */
void tb_clock_cost(u64 *cost_ps, u64 *step_ns)
{
	if (tb_clock_is_tsc())
		read_often(true, cost_ps, step_ns);
	else
		read_often(false, cost_ps, step_ns);
}
