// SPDX-License-Identifier: GPL-2.0
/*
 * clock.c - choosing and measuring the clock
 */
#include <linux/delay.h>
#include <linux/export.h>
#include <linux/minmax.h>

#include "clock.h"

/* CPUID 0x80000007 EDX bit 8: the counter's rate never changes. */
#define CPUID_POWER 0x80000007
#define CPUID_INVARIANT_TSC BIT(8)

#define CALIBRATE_MS 20
#define COST_READS 2000

struct tb_clock tb_clock __read_mostly;
EXPORT_SYMBOL_GPL(tb_clock);

static bool tsc_is_invariant(void)
{
	u32 a, b, c, d;

	compat_cpuid(0x80000000, &a, &b, &c, &d);
	if (a < CPUID_POWER)
		return false;
	compat_cpuid(CPUID_POWER, &a, &b, &c, &d);
	return d & CPUID_INVARIANT_TSC;
}

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

/**
 * tb_clock_init() - choose the clock; where it is the counter, find its rate
 *
 * Context: process context, sleeps about 20 ms in User Mode Linux. Once, at
 * load, before anything reads the clock.
 */
void tb_clock_init(void)
{
	u64 tsc0, tsc1, ns0, ns1;

	if (TB_SIM || !IS_ENABLED(CONFIG_UML) || !tsc_is_invariant())
		return;

	read_pair(&tsc0, &ns0);
	msleep(CALIBRATE_MS);
	read_pair(&tsc1, &ns1);
	if (tsc1 > tsc0 && ns1 > ns0)
		tb_clock.mult =
			mul_u64_u64_div_u64(ns1 - ns0, 1ULL << 32, tsc1 - tsc0);
}

/**
 * tb_clock_name() - the name of the clock in use, as the certificate prints it
 */
const char *tb_clock_name(void)
{
	if (TB_SIM)
		return "virtual";
	return IS_ENABLED(CONFIG_UML) && tb_clock.mult ? "tsc" : "mono_fast";
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
	u64 start = tb_clock_ns(), prev = start, now = start;
	u64 step = U64_MAX;
	int i;

	for (i = 0; i < COST_READS; i++) {
		now = tb_clock_ns();
		if (tb_clock_between(prev, now))
			step = min(step, now - prev);
		prev = now;
	}
	*cost_ps = div_u64(tb_clock_between(start, now) * 1000, COST_READS);
	*step_ns = step == U64_MAX ? 0 : step;
}
