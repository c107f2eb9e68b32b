// SPDX-License-Identifier: GPL-2.0
/*
 * window.c - the window of a run, in which operations count
 *
 * It is what the executing thread made of it: it ends when that thread comes to
 * end it, and its length is measured, not assumed.
 *
 * CPU TIME
 *
 *   Read from the scheduler's own accounting of each thread at both ends of
 *   the window. Linux brings it up to date at every switch and tick, so of the
 *   threads that are on a CPU at that moment it may lack up to one tick. On a
 *   simulated machine, whose windows are shorter than a tick, that is added:
 *   virtual time is the scheduler's clock. A thread that is just leaving its CPU
 *   has what is added when the window opens, and no longer when it closes. Inline
 *   threads have no accounts of their own; that of their runner is that of the
 *   LWKT idle thread.
 */
#include <linux/sched.h>

#include "base/clock.h"
#include "base/load.h"
#include "base/sim.h"
#include "fault.h"
#include "lwkt/core/sched.h"
#include "parts.h"
#include "pause.h"
#include "probe.h"
#include "run.h"
#include "wait.h"
#include "window.h"

static u64 charged_ns(const struct task_struct *task)
{
	u64 ns, since;

	do {
		ns = READ_ONCE(task->se.sum_exec_runtime);
		since = 0;
		if (TB_SIM && READ_ONCE(task->on_cpu))
			since = tb_clock_since(READ_ONCE(task->se.exec_start));
	} while (TB_SIM && ns != READ_ONCE(task->se.sum_exec_runtime));
	return ns + since;
}

static void meter_task(const struct task_struct *task, u64 sign, u64 *cpu_ns,
		       u64 *nvcsw, u64 *nivcsw)
{
	*cpu_ns += sign * charged_ns(task);
	*nvcsw += sign * READ_ONCE(task->nvcsw);
	*nivcsw += sign * READ_ONCE(task->nivcsw);
}

/* Once with sign -1 when the window opens, once with 1 when it closes. */
static void read_meters(struct tb_run *run, u64 sign)
{
	u64 unused = 0;
	u32 i;
	int cpu;

	for (i = 0; i < run->nthreads; i++) {
		struct tb_worker *w = run->workers[i];

		if (w->inl)
			continue;
		meter_task(w->task, sign, &w->cpu_ns, &w->nvcsw, &w->nivcsw);
		if (TB_SIM && sign == 1 && (s64)w->cpu_ns < 0)
			w->cpu_ns = 0;
	}
	tb_load_read(&run->load, run->plan.cpus, sign);
	if (!run->lwkt)
		return;
	for_each_cpu(cpu, run->plan.cpus)
		meter_task(lwkt_idlethread(cpu)->td_task, sign,
			   &run->idle_cpu_ns, &unused, &unused);
}

static void run_parts(struct tb_run *run)
{
	u64 now, end;
	u32 i;

	/* The first one is there even if it ends before it is entered. */
	run->part_ns[0] = run->run_ns;
	for (i = 0; i < run->plan.nparts && !tb_run_ending(run); i++) {
		tb_parts_enter(run, i);
		end = tb_parts_end_ns(run, i);
		now = tb_clock_ns();
		if (now < end)
			tb_run_wait(run, end - now);
	}
}

/**
 * tb_window_execute() - open the window, keep it open, close it
 * @run: a run whose threads are in their loops
 * @changed: called when it is open; may sleep, briefly
 *
 * Context: the executing thread, sleeps as long as the window lasts.
 */
void tb_window_execute(struct tb_run *run, void (*changed)(void))
{
	tb_probes_begin(run);
	/*
	 * The time, the epoch and the phase are one moment: what comes between
	 * them would be counted by one and not by the others.
	 */
	read_meters(run, -1);
	preempt_disable();
	run->run_ns = tb_clock_ns();
	WRITE_ONCE(lwkt_stats_epoch, 1);
	tb_run_set_phase(run, TB_PHASE_RUN);
	preempt_enable();
	tb_pause_begin(run);
	changed();

	if (run->plan.nparts)
		run_parts(run);
	else if (run->plan.config.fault != TB_FAULT_none)
		tb_fault_window(run);
	else
		tb_run_wait(run, run->plan.config.duration_ms * NSEC_PER_MSEC);

	read_meters(run, 1);
	preempt_disable();
	/* This thread may have left the CPU whose clock it read then. */
	run->cool_ns = max(tb_clock_ns(), run->run_ns + 1);
	WRITE_ONCE(lwkt_stats_epoch, 0);
	tb_run_set_phase(run, TB_PHASE_COOL);
	preempt_enable();
	tb_pause_end(run);
}
