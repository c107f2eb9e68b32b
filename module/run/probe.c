// SPDX-License-Identifier: GPL-2.0
/*
 * probe.c - how long an ordinary Linux task waits on a CPU of the run
 *
 * A run is not alone on its CPUs. What it does to other tasks there shows
 * on the probe: a kthread of the normal class and no nice value, one on each
 * CPU whatever the lock, that has nothing to do with locks. A timer of its CPU
 * makes it runnable every probe_us, and it notes how long it then took until
 * it ran. All it does is read a clock and sleep again.
 *
 * WHAT IS MEASURED
 *
 *   From the timer's interrupt, which reads the clock and wakes the task, to
 *   the task, which reads it again: the work of the wakeup, the wait for the
 *   CPU and the switch. That the interrupt itself came late is left out; the
 *   timer's time and tb_clock_ns() are not always of one clock. A timer that
 *   fires while its task still waits begins nothing new.
 *
 *   Only what lies within the window counts. A probe that still waits when the
 *   window closes has waited so far, but did not run.
 *
 * HOW OFTEN
 *
 *   probe_us is 9900 unless said: often enough that no wait that makes a machine
 *   feel stuck goes unseen, and so rarely that the two switches it costs are
 *   lost in the work of 10 ms. Not quite 10 ms: that is a multiple of most
 *   ticks, and the probe would meet them at the same moment each time. And less
 *   than that, so that the timer fires in the shortest window, too. With
 *   measure=throughput, which shows what measuring costs, there is no probe.
 *
 * WRITERS
 *
 *   due_ns is 0, or since when the task waits: set by the timer where it finds
 *   0, and set back by the task. The timer's wakeup comes after its store, and
 *   the task looks after set_current_state(): it misses none.
 *
 *   A CPU that goes offline takes its timer along; that one then stops, since
 *   it would measure another CPU. The run is about to end anyway.
 *
 * THE END
 *
 *   To end, a probe has to run once more. Where a real-time task that has
 *   nothing to do with the run keeps its CPU busy, one of class normal may wait
 *   for ever (before Linux 6.12, if Linux's throttling of real-time tasks is
 *   off), and with it the stop, or the unloading of the module. So a probe ends
 *   as a real-time task: its last wait has been measured, or cut off, by then.
 */
#include <linux/hrtimer.h>
#include <linux/kthread.h>
#include <linux/mm.h>
#include <linux/sched.h>
#include <linux/smp.h>

#include "base/bound.h"
#include "base/clock.h"
#include "base/compat.h"
#include "locks.h"
#include "probe.h"
#include "run.h"

/**
 * struct tb_probe - the probe of one CPU
 * @run: the run
 * @task: its kthread, a counted reference
 * @timer: wakes it
 * @period: so often
 * @cpu: where
 * @due_ns: see WRITERS
 * @ran: how often it ran within the window
 * @longest_ns: its longest wait within the window
 */
struct tb_probe {
	struct tb_run *run;
	struct task_struct *task;
	struct hrtimer timer;
	ktime_t period;
	int cpu;
	u64 due_ns;
	u64 ran;
	u64 longest_ns;
} ____cacheline_aligned_in_smp;

static enum hrtimer_restart timer_fires(struct hrtimer *timer)
{
	struct tb_probe *p = container_of(timer, struct tb_probe, timer);

	if (smp_processor_id() != p->cpu)
		return HRTIMER_NORESTART;
	if (!READ_ONCE(p->due_ns)) {
		WRITE_ONCE(p->due_ns, tb_clock_ns());
		wake_up_process(p->task);
	}
	hrtimer_forward_now(timer, p->period);
	return HRTIMER_RESTART;
}

/* The wait since @due, which ended at @now or goes on. */
static void account_wait(struct tb_probe *p, u64 due, u64 now)
{
	const struct tb_run *run = p->run;
	/* Pairs with tb_run_set_phase() in run.c. */
	unsigned int phase = smp_load_acquire(&run->phase);

	/* No window yet, or none at all. */
	if (phase < TB_PHASE_RUN || !run->run_ns)
		return;
	if (phase == TB_PHASE_RUN)
		p->ran++;
	else
		now = min(now, run->cool_ns);
	due = max(due, run->run_ns);
	if (now > due)
		p->longest_ns = max(p->longest_ns, now - due);
}

static int probe_main(void *arg)
{
	struct tb_probe *p = arg;
	u64 due;

	for (;;) {
		set_current_state(TASK_IDLE);
		if (kthread_should_stop())
			break;
		due = READ_ONCE(p->due_ns);
		if (!due) {
			schedule();
			continue;
		}
		__set_current_state(TASK_RUNNING);
		account_wait(p, due, tb_clock_ns());
		WRITE_ONCE(p->due_ns, 0);
	}
	__set_current_state(TASK_RUNNING);
	return 0;
}

/**
 * tb_probes_make() - make the probes of a run, asleep, if it has any
 * @run: the run
 *
 * Context: process context, may sleep; the caller keeps the run's CPUs online.
 * Return: 0, -ENOMEM, or what making a kthread gave; tb_probes_end() in all
 * cases
 */
int tb_probes_make(struct tb_run *run)
{
	struct task_struct *task;
	struct tb_probe *p;
	char name[24];
	int cpu;

	if (!tb_run_probes(run))
		return 0;
	run->probes = tb_alloc_lines(run->plan.ncpus, sizeof(*run->probes));
	if (!run->probes)
		return -ENOMEM;
	p = run->probes;
	for_each_cpu(cpu, run->plan.cpus) {
		snprintf(name, sizeof(name), "tokbench/p%d", cpu);
		task = tb_bound_create(probe_main, p, cpu, name);
		if (IS_ERR(task))
			return PTR_ERR(task);
		p->run = run;
		p->cpu = cpu;
		p->period =
			ns_to_ktime(run->plan.config.probe_us * NSEC_PER_USEC);
		p->task = task;
		compat_hrtimer_setup(&p->timer, timer_fires,
				     HRTIMER_MODE_REL_PINNED_HARD);
		wake_up_process(task);
		p++;
	}
	return 0;
}

static void start_timer(void *arg)
{
	struct tb_probe *p = arg;

	hrtimer_start(&p->timer, p->period, HRTIMER_MODE_REL_PINNED_HARD);
}

/**
 * tb_probes_begin() - start the timers; just before the window opens
 * @run: the run
 *
 * The probe of a CPU that has gone offline stays asleep.
 *
 * Context: process context; interrupts on.
 */
void tb_probes_begin(struct tb_run *run)
{
	u32 i;

	/* A pinned timer is started where it is to fire. */
	for (i = 0; run->probes && i < run->plan.ncpus; i++)
		smp_call_function_single(run->probes[i].cpu, start_timer,
					 &run->probes[i], true);
}

/**
 * tb_probes_end() - stop the probes and put what they saw into the run
 * @run: in TB_PHASE_COOL, its threads out of the way; once more does nothing
 *
 * Context: process context, sleeps until the probes are gone.
 */
void tb_probes_end(struct tb_run *run)
{
	u32 i;

	for (i = 0; run->probes && i < run->plan.ncpus; i++) {
		struct tb_probe *p = &run->probes[i];

		/* Making them failed here. */
		if (!p->task)
			break;
		hrtimer_cancel(&p->timer);
		sched_set_fifo(p->task);
		tb_bound_stop(p->task);
		/* It never got to run, or not since. */
		if (p->due_ns)
			account_wait(p, p->due_ns, tb_clock_ns());
		run->resched_probes += p->ran;
		run->resched_delay_ns =
			max(run->resched_delay_ns, p->longest_ns);
	}
	/* A probe may have read the clock just after its window closed. */
	run->resched_delay_ns =
		min(run->resched_delay_ns, run->cool_ns - run->run_ns);
	kvfree(run->probes);
	run->probes = NULL;
}
