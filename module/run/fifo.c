// SPDX-License-Identifier: GPL-2.0
/*
 * fifo.c - sched=fifo: threads of a run as real-time tasks, and a machine that
 * survives them
 *
 * A real-time task that never sleeps keeps all ordinary tasks off its CPU, and
 * Linux needs some of them: on PREEMPT_RT the callbacks of RCU are called by a
 * task of each CPU, below these threads in priority, and without it RCU stalls
 * on all CPUs. Linux throttles real-time tasks for that reason, but on machines
 * that measure this is turned off (sched_rt_runtime_us=-1), and a module cannot
 * see it.
 *
 * So whatever that is set to
 *
 *   - one CPU is left free: checked at the start (combination.c), and when one
 *     that is not the run's goes offline (hotplug.c);
 *   - on the CPUs of the run all threads are ordinary tasks after each TURN_NS:
 *     for REST_NS, and until an ordinary task has run on each CPU, which takes
 *     longer where threads spin with preemption off. The executing thread sees
 *     to it, from the CPU left free and from outside of their loops: nothing is
 *     added to what is timed, and a thread that never leaves its loop cannot
 *     prevent it.
 *
 * The LWKT idle threads stay as they are: one that polls at real-time priority
 * would shut out everything else on its CPU for as long as it polls. A worker
 * that has to wait makes a pass of the scheduler at its priority, and one that
 * would go on until some token is free is left to the idle thread
 * (lwkt/gen/sorted.c).
 */
#include <linux/cpumask.h>
#include <linux/sched.h>
#include <linux/smp.h>

#include "base/clock.h"
#include "fifo.h"
#include "run.h"

/* As much as Linux's own throttling leaves them by default, and a fifth of its pause. */
#define TURN_NS (950 * NSEC_PER_MSEC)
#define REST_NS (10 * NSEC_PER_MSEC)

static bool is_fifo(const struct tb_run *run)
{
	return run->plan.config.sched == TB_SCHED_fifo;
}

/**
 * tb_fifo_make() - make the threads of a run real-time tasks
 * @run: all its threads exist; nothing happens without sched=fifo
 *
 * Context: process context.
 */
void tb_fifo_make(struct tb_run *run)
{
	u32 i;

	if (!is_fifo(run))
		return;
	for (i = 0; i < run->nthreads; i++)
		sched_set_fifo(run->workers[i]->task);
	run->rested_ns = tb_clock_ns();
}

/**
 * tb_fifo_leaves_free() - is there a CPU for other tasks?
 * @run: the run
 * @but: a CPU that does not count
 *
 * Context: any; CPUs may come and go meanwhile.
 */
bool tb_fifo_leaves_free(const struct tb_run *run, unsigned int but)
{
	unsigned int cpu;

	if (!is_fifo(run))
		return true;
	for_each_online_cpu(cpu)
		if (cpu != but && !cpumask_test_cpu(cpu, run->plan.cpus))
			return true;
	return false;
}

/**
 * tb_fifo_turn_ends() - when the threads have to rest next
 * @run: the run
 *
 * Return: the time, as tb_clock_ns() tells it; U64_MAX without sched=fifo
 */
u64 tb_fifo_turn_ends(const struct tb_run *run)
{
	return is_fifo(run) ? run->rested_ns + TURN_NS : U64_MAX;
}

static int do_nothing(void *unused)
{
	return 0;
}

/**
 * tb_fifo_rest() - let others have the CPUs of a run for a moment
 * @run: the run; nothing happens without sched=fifo
 *
 * Context: the executing thread, sleeps.
 */
void tb_fifo_rest(struct tb_run *run)
{
	ktime_t rest = ns_to_ktime(REST_NS);
	unsigned int cpu;
	u32 i;

	if (!is_fifo(run))
		return;
	for (i = 0; i < run->nthreads; i++)
		sched_set_normal(run->workers[i]->task, 0);
	set_current_state(TASK_IDLE);
	schedule_hrtimeout(&rest, HRTIMER_MODE_REL);
	/* By a kworker. A CPU that has gone offline needs no rest. */
	for_each_cpu(cpu, run->plan.cpus)
		smp_call_on_cpu(cpu, do_nothing, NULL, false);
	for (i = 0; i < run->nthreads; i++)
		sched_set_fifo(run->workers[i]->task);
	run->rested_ns = tb_clock_ns();
}
