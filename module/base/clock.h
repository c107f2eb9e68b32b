/* SPDX-License-Identifier: GPL-2.0 */
/*
 * clock.h - the clock every timed path reads
 *
 * On a real machine this is ktime_get_mono_fast_ns(): right on every machine,
 * safe in any context. User Mode Linux implements that clock in steps of
 * 256 ns (its clocksource counts in units of 256 ns), far too coarse for the
 * times measured here; the processor's own counter is readable there and is
 * used if CPUID calls it invariant. On a simulated machine it is virtual time.
 * Which one was read, its cost and its step stand in the certificate of every run.
 *
 * A leaf: knows nothing of tokens or runs. Any context.
 */
#ifndef _TB_CLOCK_H
#define _TB_CLOCK_H

#include <linux/math64.h>
#include <linux/ktime.h>
#include <linux/timekeeping.h>

#include "compat.h"
#include "sim.h"

/**
 * struct tb_clock - how counter ticks become nanoseconds
 * @mult: multiplier, ns = ticks * mult >> 32; 0: the kernel's clock is read
 *
 * Written once, before any reader exists.
 */
struct tb_clock {
	u64 mult;
};

extern struct tb_clock tb_clock;

void tb_clock_init(void);
const char *tb_clock_name(void);
void tb_clock_cost(u64 *cost_ps, u64 *step_ns);

/**
 * tb_clock_ns() - nanoseconds since some fixed moment
 *
 * Comparable between CPUs, but for a step back where their counters differ:
 * differences are made by tb_clock_between(), or recorded by tb_hist_record(),
 * which knows negative ones.
 */
static __always_inline u64 tb_clock_ns(void)
{
	if (TB_SIM)
		return uml_sim_nsecs();
	if (IS_ENABLED(CONFIG_UML) && tb_clock.mult)
		return mul_u64_u64_shr(compat_rdtsc(), tb_clock.mult, 32);
	return ktime_get_mono_fast_ns();
}

/**
 * tb_clock_between() - the time from one reading to another
 * @from: the earlier one
 * @to: the later one
 *
 * Return: ns; 0 if the clock stepped back meanwhile
 */
static inline u64 tb_clock_between(u64 from, u64 to)
{
	return (s64)(to - from) > 0 ? to - from : 0;
}

/**
 * tb_clock_since() - the time since a reading, likewise
 * @from: the reading
 */
static inline u64 tb_clock_since(u64 from)
{
	return tb_clock_between(from, tb_clock_ns());
}

#endif /* _TB_CLOCK_H */
