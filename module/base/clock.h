/* SPDX-License-Identifier: GPL-2.0 */
/*
 * clock.h - the clock every timed path reads
 *
 * Where it is stable this is the processor's time stamp counter: it is read in
 * five instructions, natively and in User Mode Linux. Elsewhere it is
 * ktime_get_mono_fast_ns(): right on every machine, safe in any context, and 45
 * instructions, among them an indirect call. (User Mode Linux implements that
 * clock in steps of 256 ns, far too coarse for the times measured here.) On a
 * simulated machine it is virtual time. Which one was read, its cost and its step
 * stand in the certificate of every run.
 *
 * NANOSECONDS FROM THE COUNTER
 *
 *   A reading is the upper half of the product of the counter and of 2^64 ns per
 *   tick: one more instruction than the counter itself, three per operation
 *   (bench_loop.h). It is so at each reading, not once in the end: the buckets of
 *   all histograms are of nanoseconds, so that those of several runs and machines
 *   can be added up. Buckets of ticks would have to be split when they are
 *   converted, which is a guess and doubles their error; and to convert
 *   differences before they are recorded takes two instructions for each. Also,
 *   what one thread reads is compared with what others read, and with the bounds
 *   of the window, so that all have to be of one scale. Whatever the rate, a
 *   difference of two readings is right to a nanosecond.
 *
 *   A counter slower than 1 GHz is not used: its factor does not fit. One that is
 *   slower by less than a thousandth counts as one of 1 GHz.
 *
 * CHANGES
 *
 *   Linux may find the counter unstable at any time. That is asked for before
 *   each run (tb_clock_look()); the kernel's clock is used from there on. A
 *   machine that is suspended to memory may start the counter anew. Before that
 *   it takes the CPUs offline, which ends a run that uses them.
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
 * struct tb_clock - which clock is read
 * @mult: ns = ticks * mult >> 64; written once, before any reader exists
 * @tsc: it is the counter, else the kernel's; written while no run is on
 */
struct tb_clock {
	u64 mult;
	bool tsc;
};

extern struct tb_clock tb_clock;

void tb_clock_init(void);
void tb_clock_look(void);
const char *tb_clock_name(void);
void tb_clock_cost(u64 *cost_ps, u64 *step_ns);

/**
 * tb_clock_is_tsc() - is the counter read?
 *
 * It does not change during a run.
 */
static inline bool tb_clock_is_tsc(void)
{
	return !TB_SIM && READ_ONCE(tb_clock.tsc);
}

/**
 * tb_clock_read() - tb_clock_ns(), where it is known which clock that is
 * @tsc: tb_clock_is_tsc(); a constant in a timed path, which is there twice
 */
static __always_inline u64 tb_clock_read(bool tsc)
{
	u64 ticks;

	if (TB_SIM)
		return uml_sim_nsecs();
	if (!tsc)
		return ktime_get_mono_fast_ns();
	ticks = compat_rdtsc();
	return mul_u64_u64_shr(ticks, tb_clock.mult, 64);
}

/**
 * tb_clock_ns() - nanoseconds since some fixed moment
 *
 * Comparable between CPUs, but for a step back where their counters differ:
 * differences are made by tb_clock_between(), or recorded by tb_hist_record(),
 * which knows negative ones.
 */
static __always_inline u64 tb_clock_ns(void)
{
	return tb_clock_read(tb_clock_is_tsc());
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
