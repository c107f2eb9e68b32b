// SPDX-License-Identifier: GPL-2.0
/*
 * calibrate.c - what the CPUs of a run need for a loop, a clock reading, and
 * an operation of none
 *
 * The CPUs of a machine need not be alike: cores differ in kind and in clock
 * rate, and so do virtual CPUs. So nothing is measured on the CPU that the
 * start happens to come from.
 *
 * LOOPS AND CLOCK
 *
 *   Measured when the run is made, on all of its CPUs at the same time, as they
 *   will be busy in the run. In the interrupt by which Linux calls a function
 *   on other CPUs, not in threads: a thread may have to wait for its CPU,
 *   behind a real-time task for ever, and the start with it. An interrupt lasts
 *   for one trial, some 100 us; the shortest trial of each CPU counts.
 *
 * ONE OPERATION OF NONE
 *
 *   Measured by the executing thread when all others are asleep at the gate. It
 *   goes from one CPU of the run to the next, with memory of that CPU's node.
 *   All of them share NONE_NS; where an operation takes long, not all CPUs get
 *   their turn within NONE_MOST_NS. With sched=fifo it has the priority of the
 *   run's threads meanwhile: they come to the gate past a real-time task of lower
 *   priority that keeps one of the CPUs busy, and so must it.
 */
#include <linux/cpumask.h>
#include <linux/gfp.h>
#include <linux/sched.h>
#include <linux/smp.h>

#include "alone.h"
#include "base/clock.h"
#include "base/sim.h"
#include "base/spin.h"
#include "calibrate.h"
#include "locks.h"
#include "run.h"
#include "trace.h"

#define TRIALS 30

/*
 * Time for operations of none, time after which no further CPU has its turn,
 * the shortest turn, operations between two looks at the clock, looks at a clock
 * that stands still, and the longest nominal operation it is done for.
 */
#define NONE_NS 3000000
#define NONE_MOST_NS 30000000
#define NONE_TURN_NS 100000
#define NONE_OPS 10
#define NONE_STILL 100
#define NONE_OP_MAX_NS 10000000

static void time_trial(void *arg)
{
	struct tb_run *run = arg;
	struct tb_speed *s =
		&run->speeds[tb_cpu_index(run, smp_processor_id())];

	s->trial_ns = min(s->trial_ns, tb_spin_trial());
}

static void read_clock(void *arg)
{
	struct tb_run *run = arg;
	int cpu = smp_processor_id();
	struct tb_speed *s = &run->speeds[tb_cpu_index(run, cpu)];

	tb_clock_cost(&s->clock_cost_ps, &s->clock_step_ns);
	s->ps_per_loop = tb_spin_ps_per_loop(s->trial_ns);
	trace_tokbench_calibrate(run->id, cpu, false, s->ps_per_loop);
}

/**
 * tb_calibrate() - measure loops of busy work and readings of the clock
 * @run: its CPUs are final
 *
 * Context: process context, may sleep, interrupts on; the caller keeps the
 * run's CPUs online. A few ms.
 * Return: 0 or -ENOMEM; run->speeds is freed with kvfree()
 */
int tb_calibrate(struct tb_run *run)
{
	u32 i;

	run->speeds = tb_alloc_lines(run->plan.ncpus, sizeof(*run->speeds));
	if (!run->speeds)
		return -ENOMEM;
	for (i = 0; i < run->plan.ncpus; i++)
		run->speeds[i].trial_ns = U64_MAX;
	for (i = 0; i < TRIALS; i++) {
		on_each_cpu_mask(run->plan.cpus, time_trial, run, true);
		cond_resched();
	}
	tb_sim_begin();
	on_each_cpu_mask(run->plan.cpus, read_clock, run, true);
	tb_sim_end();

	/* Of several CPUs the dearest reading, and the smallest step. */
	run->clock_step_ns = U64_MAX;
	for (i = 0; i < run->plan.ncpus; i++) {
		run->clock_cost_ps =
			max(run->clock_cost_ps, run->speeds[i].clock_cost_ps);
		run->clock_step_ns =
			min(run->clock_step_ns, run->speeds[i].clock_step_ns);
	}
	return 0;
}

/**
 * struct turn - one CPU's operations of none
 * @run: the run
 * @ns: time they took so far, on all CPUs
 * @ops: how many they were
 */
struct turn {
	struct tb_run *run;
	u64 ns;
	u64 ops;
};

static void loop_none(struct turn *t, struct tb_alone *a)
{
	u64 turn_ns = max(NONE_NS / t->run->plan.ncpus, NONE_TURN_NS);
	u64 start = tb_clock_ns(), spent;
	unsigned int still = 0;

	/* A clock of coarse steps stands still for some rounds. */
	do {
		tb_alone_loop(a, NONE_OPS);
		spent = tb_clock_since(start);
		still += !spent;
	} while (spent < turn_ns && still < NONE_STILL &&
		 !tb_run_ending(t->run));
	/* No time for so many operations: the clock has stepped back. */
	if (!spent)
		return;
	t->ns += spent;
	t->ops += a->w.ops_all;
}

/* On the CPU of number @index among the run's. */
static void measure_none(struct turn *t, u32 index)
{
	struct tb_run *run = t->run;
	struct tb_alone *a = tb_alone_alloc();

	if (!a)
		return;
	a->run.plan.config = run->plan.config;
	a->run.plan.config.rate = 0;
	a->run.plan.workload[0] = run->plan.workload[0];
	a->run.plan.workload->block_every = 0;
	a->w.ps_per_loop = run->speeds[index].ps_per_loop;
	if (!tb_alone_setup(a))
		loop_none(t, a);
	tb_alone_free(a);
	if (t->ops)
		trace_tokbench_calibrate(run->id, raw_smp_processor_id(), true,
					 div64_u64(t->ns * 1000, t->ops));
}

/**
 * tb_calibrate_none() - measure one operation of none under the same parameters
 * @run: its threads are at the gate
 *
 * Context: the executing thread, which may be bound to no CPU; sleeps.
 */
void tb_calibrate_none(struct tb_run *run)
{
	u64 nominal = run->plan.config.hold_ns + run->plan.config.think_ns;
	struct turn t = { .run = run };
	cpumask_var_t before;
	u32 index = 0;
	int cpu;

	/* Of groups each has an operation of its own. */
	if (nominal > NONE_OP_MAX_NS || run->plan.ngroups ||
	    !alloc_cpumask_var(&before, GFP_KERNEL))
		return;
	cpumask_copy(before, current->cpus_ptr);
	if (run->plan.config.sched == TB_SCHED_fifo)
		sched_set_fifo(current);
	for_each_cpu(cpu, run->plan.cpus) {
		/* A CPU that has gone offline has no turn. */
		if (t.ns < NONE_MOST_NS && !tb_run_ending(run) &&
		    !set_cpus_allowed_ptr(current, cpumask_of(cpu)))
			measure_none(&t, index);
		index++;
	}
	set_cpus_allowed_ptr(current, before);
	sched_set_fifo_low(current);
	free_cpumask_var(before);
	if (t.ops)
		run->none_ps = div64_u64(t.ns * 1000, t.ops);
}
