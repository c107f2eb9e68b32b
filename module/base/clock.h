/* SPDX-License-Identifier: GPL-2.0 */
/*
 * clock.h - the clock every timed path reads
 *
 * On a real machine this is ktime_get_mono_fast_ns(): right on every machine,
 * safe in any context. User Mode Linux implements that clock in steps of
 * 256 ns (its clocksource counts in units of 256 ns), far too coarse for the
 * times measured here; the processor's own counter is readable there and is
 * used if CPUID calls it invariant. Which one was read, its cost and its step
 * stand in the certificate of every run.
 *
 * A leaf: knows nothing of tokens or runs. Any context.
 */
#ifndef _TB_CLOCK_H
#define _TB_CLOCK_H

#include <linux/math64.h>
#include <linux/ktime.h>
#include <linux/timekeeping.h>

#include "compat.h"

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
 * Comparable between CPUs. Never used for control flow that a jump could
 * harm, except to end busy work early or late.
 */
static __always_inline u64 tb_clock_ns(void)
{
	if (IS_ENABLED(CONFIG_UML) && tb_clock.mult)
		return mul_u64_u64_shr(compat_rdtsc(), tb_clock.mult, 32);
	return ktime_get_mono_fast_ns();
}

#endif /* _TB_CLOCK_H */
