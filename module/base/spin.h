/* SPDX-License-Identifier: GPL-2.0 */
/*
 * spin.h - busy work of a known length
 *
 * Work is a number of loops, not a deadline: a thread that is preempted in the
 * middle has its work still to do when it comes back. With deadlines the time
 * of 16 threads that share a CPU would pass for all of them at once, and the
 * more they got in each other's way the more work they would seem to do.
 *
 * One loop is a multiplication and an addition that depend on the last one:
 * its length is a property of the processor, not of its memory. How many make
 * a microsecond is measured before each run; what sections really took stands
 * in the hold_ns histogram beside the nominal value.
 */
#ifndef _TB_SPIN_H
#define _TB_SPIN_H

#include <linux/math64.h>
#include <linux/types.h>

#include "compat.h"
#include "sim.h"

/* Loops between two looks whether Linux wants the CPU: some 100 us. */
#define TB_SPIN_CHUNK 65536

u64 tb_spin_trial(void);
u64 tb_spin_ps_per_loop(u64 trial_ns);
u64 tb_spin_loops(u64 ns, u64 ps_per_loop);

/**
 * tb_spin_loops_fast() - loops that take a given time, for times drawn in a run
 * @ns: the time, at most 2^50
 * @loops_q32: loops per ns, times 2^32: tb_spin_loops(2^32, ps_per_loop)
 */
static inline u64 tb_spin_loops_fast(u64 ns, u64 loops_q32)
{
	return mul_u64_u64_shr(ns, loops_q32, 32);
}

static __always_inline void tb_spin_chunk(u64 loops)
{
	u64 x = loops;

	/* On a simulated machine a loop takes a nanosecond. */
	if (TB_SIM) {
		uml_sim_work(loops);
		return;
	}
	while (loops--) {
		x = x * 6364136223846793005ULL + 1442695040888963407ULL;
		/* Keeps the compiler from working out the result. */
		asm volatile("" : "+r"(x));
	}
}

/**
 * tb_spin() - work
 * @loops: how long, from tb_spin_loops()
 *
 * Gives way to Linux now and then in long work only, so that a short section
 * is not torn apart where a real one would not be.
 *
 * Context: process context, may sleep.
 */
static __always_inline void tb_spin(u64 loops)
{
	while (unlikely(loops > TB_SPIN_CHUNK)) {
		tb_spin_chunk(TB_SPIN_CHUNK);
		loops -= TB_SPIN_CHUNK;
		compat_relax_cpu();
	}
	tb_spin_chunk(loops);
}

#endif /* _TB_SPIN_H */
