// SPDX-License-Identifier: GPL-2.0
/*
 * line.c - how long a cache line takes from one CPU to another
 *
 * Two CPUs send a number back and forth in one cache line: each waits until it
 * reads what the other wrote, and writes the next. Half a round is what it
 * takes to get a line that another CPU has modified and to make it one's own,
 * which is what the hand-over of a lock consists of. Of many laps of some
 * rounds the shortest counts: everything that disturbs one makes it longer.
 *
 * WHERE IT RUNS
 *
 *   In the interrupt by which Linux calls a function on other CPUs, not in
 *   threads: a thread may have to wait for its CPU, behind a real-time task for
 *   ever, and so would a waiter for the thread. A meeting keeps interrupts
 *   off for some 100 us, and for MEETING_NS if the other CPU does not come: it
 *   has interrupts off itself, or it is a virtual one that the host does not
 *   run. Then it is tried again, after a pause for the host.
 */
#include <linux/cpumask.h>
#include <linux/delay.h>
#include <linux/gfp.h>
#include <linux/math64.h>
#include <linux/minmax.h>
#include <linux/smp.h>
#include <linux/topology.h>

#include "clock.h"
#include "line.h"
#include "sim.h"

#define MEETINGS 4
#define MEETING_NS 2000000
#define LAPS 16
#define ROUNDS 64

/* When it is given up if the two never met, and the pause between two tries. */
#define GIVE_UP_NS (60 * NSEC_PER_MSEC)
#define PAUSE_US 500

/* Looks at the line between two looks at the clock, which is slower. */
#define LOOKS 256

/**
 * struct meeting - two CPUs
 * @ball: what goes back and forth; odd: written by @first
 * @first: the CPU that begins
 * @best_ns: shortest lap, U64_MAX if there was none; @first's
 */
struct meeting {
	u32 ball ____cacheline_aligned_in_smp;
	int first ____cacheline_aligned_in_smp;
	u64 best_ns;
};

/* False if the other CPU took too long. */
static bool await_ball(const struct meeting *m, u32 ball, u64 end)
{
	u32 i = 0;

	while (READ_ONCE(m->ball) != ball)
		if (++i % LOOKS == 0 && tb_clock_ns() > end)
			return false;
	return true;
}

static void serve_balls(struct meeting *m, u64 end)
{
	u32 ball = 0, lap, i;
	u64 start, ns;

	for (lap = 0; lap < LAPS; lap++) {
		start = tb_clock_ns();
		for (i = 0; i < ROUNDS; i++) {
			WRITE_ONCE(m->ball, ++ball);
			if (!await_ball(m, ++ball, end))
				return;
		}
		ns = tb_clock_ns() - start;
		/* 0: less than a step of the clock. */
		if (ns)
			m->best_ns = min(m->best_ns, ns);
	}
}

static void return_balls(struct meeting *m, u64 end)
{
	u32 ball = 0, i;

	for (i = 0; i < LAPS * ROUNDS; i++) {
		if (!await_ball(m, ++ball, end))
			return;
		WRITE_ONCE(m->ball, ++ball);
	}
}

/* On both CPUs, with interrupts off. */
static void play_rounds(void *arg)
{
	u64 end = tb_clock_ns() + MEETING_NS;
	struct meeting *m = arg;

	if (smp_processor_id() == m->first)
		serve_balls(m, end);
	else
		return_balls(m, end);
}

/*
 * The first CPU and the next that is not another thread of the same core: what
 * two of those exchange never leaves their cache. If there is no other, so be it.
 */
static bool choose_pair(struct cpumask *pair, const struct cpumask *cpus)
{
	int first = cpumask_first(cpus), cpu;

	for_each_cpu(cpu, cpus)
		if (!cpumask_test_cpu(cpu, topology_sibling_cpumask(first)))
			break;
	if (cpu >= nr_cpu_ids)
		cpu = cpumask_next(first, cpus);
	if (cpu >= nr_cpu_ids)
		return false;
	cpumask_set_cpu(first, pair);
	cpumask_set_cpu(cpu, pair);
	return true;
}

static u64 shortest_lap(const struct cpumask *pair)
{
	u64 end = tb_clock_ns() + GIVE_UP_NS;
	struct meeting m = { .first = cpumask_first(pair) };
	u64 best_ns = U64_MAX;
	u32 met = 0;

	while (met < MEETINGS && tb_clock_ns() < end) {
		WRITE_ONCE(m.ball, 0);
		m.best_ns = U64_MAX;
		on_each_cpu_mask(pair, play_rounds, &m, true);
		if (m.best_ns != U64_MAX)
			met++;
		else
			usleep_range(PAUSE_US, 2 * PAUSE_US);
		best_ns = min(best_ns, m.best_ns);
	}
	return best_ns;
}

/**
 * tb_line_transfer_ps() - time for a modified cache line to get from one CPU to
 * another
 * @cpus: the CPUs; two of them are used
 *
 * Context: process context, may sleep, interrupts on; the caller keeps @cpus
 * online. Less than 1 ms, and about GIVE_UP_NS if it cannot be measured, unless
 * a CPU has interrupts off for longer.
 * Return: picoseconds; 0 if it could not be measured: one CPU, or two that never
 * ran at the same time
 */
u64 tb_line_transfer_ps(const struct cpumask *cpus)
{
	cpumask_var_t pair;
	u64 ns = U64_MAX;

	if (!zalloc_cpumask_var(&pair, GFP_KERNEL))
		return 0;
	tb_sim_begin();
	if (choose_pair(pair, cpus))
		ns = shortest_lap(pair);
	tb_sim_end();
	free_cpumask_var(pair);
	return ns == U64_MAX ? 0 : div_u64(ns * 1000, 2 * ROUNDS);
}
