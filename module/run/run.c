// SPDX-License-Identifier: GPL-2.0
/*
 * run.c - one run, from its threads to its raw numbers
 *
 * PHASES
 *
 *   armed   threads exist and come to the gate
 *   warm    the gate is open; lasts warmup_ms and until every locking thread
 *           has entered its loop, at most ENTER_MS longer: nobody is measured
 *           against peers that have not begun
 *   run     the window: operations count
 *   cool    threads finish what they are doing and leave
 *
 *   One thread, the executing one, writes the phase (store-release); workers
 *   read it after every operation (load-acquire). What it writes before a
 *   phase (run_ns, cool_ns) is valid for whoever sees that phase.
 *
 *   The window is what the executing thread made of it: it ends when that
 *   thread gets to end it, and its length is measured, not assumed.
 *
 * ENDING EARLY
 *
 *   stop and cpu_lost are set by anybody; the executing thread waits with them
 *   as a condition at every step and goes straight to cool. Nothing else ends
 *   a run. If the threads have not come to the gate they find cool behind it.
 *
 * CPU TIME
 *
 *   Read from the scheduler's own accounting of each thread at both ends of
 *   the window. Linux brings it up to date at every switch and tick, so of the
 *   threads that are on a CPU at that moment it may lack up to one tick.
 */
#include <linux/kthread.h>
#include <linux/mm.h>
#include <linux/sched.h>
#include <linux/sched/task.h>
#include <linux/slab.h>
#include <linux/vmalloc.h>

#include "alone.h"
#include "clock.h"
#include "fair.h"
#include "fault.h"
#include "fifo.h"
#include "gate.h"
#include "line.h"
#include "locks.h"
#include "lwkt/misuse.h"
#include "lwkt/sched.h"
#include "parts.h"
#include "probe.h"
#include "run.h"
#include "slots.h"
#include "spin.h"
#include "stuck.h"
#include "trace.h"

/* How much longer than asked for the warm phase may last. */
#define ENTER_MS 5000

/*
 * For measuring one operation of none: time given to it, operations between
 * two looks at the clock, and the longest nominal operation it is done for.
 */
#define NONE_NS 3000000
#define NONE_OPS 10
#define NONE_OP_MAX_NS 10000000

static void set_phase(struct tb_run *run, enum tb_phase phase)
{
	trace_tokbench_phase(run->id, phase);
	/* Pairs with the loads of the workers (bench_loop.h, worker.c). */
	smp_store_release(&run->phase, phase);
}

static int make_role(struct tb_run *run, enum tb_role role, u32 per_cpu)
{
	u32 cpu_index = 0, i;
	int cpu;

	for_each_cpu(cpu, run->cpus) {
		for (i = 0; i < per_cpu; i++) {
			struct tb_worker *w;

			w = tb_worker_create(run, run->nthreads, role, cpu,
					     cpu_index);
			if (IS_ERR(w))
				return PTR_ERR(w);
			run->workers[run->nthreads++] = w;
		}
		cpu_index++;
	}
	return 0;
}

static int make_threads(struct tb_run *run)
{
	const struct tb_config *c = &run->config;
	int err;

	run->workers =
		kvcalloc(run->ncpus * (c->threads_per_cpu + c->bystanders),
			 sizeof(*run->workers), GFP_KERNEL);
	if (!run->workers)
		return -ENOMEM;
	if (run->variant->flags & TB_FLAG(lwkt)) {
		run->maxtokens = max_t(u32, c->knobs.maxtokens, c->set_size);
		err = lwkt_start(run->cpus, c->quantum_us * NSEC_PER_USEC,
				 run->variant->generation, &c->knobs);
		if (err)
			return err;
		run->lwkt = true;
	}
	err = make_role(run, TB_WORKER, c->threads_per_cpu);
	run->nworkers = run->nthreads;
	run->ntimely = run->nworkers - min(run->nworkers, tb_fault_absent(c));
	if (!err)
		err = make_role(run, TB_BYSTANDER, c->bystanders);
	if (!err)
		err = tb_probes_make(run);
	if (!err)
		tb_fifo_make(run);
	atomic_set(&run->live, run->nthreads);
	return err;
}

static void make_groups(struct tb_run *run)
{
	u32 i;

	run->ngroups = tb_config_groups(&run->config, run->groups);
	run->mixed_modes = run->config.shared_pct;
	for (i = 0; i < run->ngroups; i++)
		run->mixed_modes |= run->groups[i].shared_pct;
}

/**
 * tb_run_create() - make a run with all its threads, ready to execute
 * @config: checked by tb_config_check(); copied
 * @cpus: where it runs; online, kept so by the caller until this returns
 * @id: its number
 *
 * Context: process context, may sleep; one run at a time.
 * Return: the run or an ERR_PTR (-ENOMEM, or what making a kthread gave)
 */
struct tb_run *tb_run_create(const struct tb_config *config,
			     const struct cpumask *cpus, u32 id)
{
	/* A power of two, so that it is aligned to cache lines. */
	struct tb_run *run =
		kzalloc(roundup_pow_of_two(sizeof(*run)), GFP_KERNEL);
	int err = -ENOMEM;

	if (!run)
		return ERR_PTR(-ENOMEM);
	if (!zalloc_cpumask_var(&run->cpus, GFP_KERNEL)) {
		kfree(run);
		return ERR_PTR(-ENOMEM);
	}
	cpumask_copy(run->cpus, cpus);
	run->ncpus = cpumask_weight(cpus);
	run->config = *config;
	run->id = id;
	run->variant = tb_variants[config->lock];
	run->slot_shift = tb_slots_shift(config->duration_ms * NSEC_PER_MSEC);
	if (config->fair_window_ms)
		run->fair_shift =
			tb_fair_shift(config->duration_ms * NSEC_PER_MSEC,
				      config->fair_window_ms * NSEC_PER_MSEC,
				      run->slot_shift);
	tb_config_workload(config, run->ncpus, &run->workload);
	init_waitqueue_head(&run->events);
	run->ps_per_loop = tb_spin_calibrate();
	tb_clock_cost(&run->clock_cost_ps, &run->clock_step_ns);

	run->line_ps = tb_line_transfer_ps(cpus);
	tb_parts_make(run);
	make_groups(run);

	err = tb_locks_make(run);
	if (!err)
		err = make_threads(run);
	if (err) {
		tb_run_destroy(run);
		return ERR_PTR(err);
	}
	return run;
}

/**
 * tb_run_elapsed_ms() - how far a run has come
 * @run: the run
 * @total: gets how long it is to last, warm-up included
 *
 * Context: any.
 * Return: ms, at most *@total
 */
u64 tb_run_elapsed_ms(const struct tb_run *run, u64 *total)
{
	u64 start = READ_ONCE(run->start_ns);

	*total = run->config.warmup_ms + run->config.duration_ms;
	if (!start)
		return 0;
	return min(*total, div_u64(tb_clock_ns() - start, NSEC_PER_MSEC));
}

/**
 * tb_run_destroy() - stop the threads of a run and free it
 * @run: never executed, or executed to its end
 *
 * Context: process context, sleeps until all threads are gone.
 */
void tb_run_destroy(struct tb_run *run)
{
	u32 i;

	/* One that hangs on purpose (fault.c) waits for that. */
	WRITE_ONCE(run->stop, true);
	set_phase(run, TB_PHASE_COOL);
	tb_gate_look(run, NULL);
	for (i = 0; i < run->nthreads; i++)
		tb_worker_destroy(run->workers[i]);
	tb_probes_end(run);
	if (run->lwkt)
		lwkt_stop();
	kvfree(run->workers);
	tb_locks_free(run);
	free_cpumask_var(run->cpus);
	kfree(run);
}

/**
 * tb_run_stop() - make a run end as soon as it can
 * @run: the run; the caller keeps it alive
 * @cpu_lost: the reason is a CPU that goes offline, else somebody's wish
 *
 * Context: any that may take a wait queue's lock.
 */
void tb_run_stop(struct tb_run *run, bool cpu_lost)
{
	if (cpu_lost)
		WRITE_ONCE(run->cpu_lost, true);
	else
		WRITE_ONCE(run->stop, true);
	wake_up(&run->events);
}

/* One operation of none under the same parameters, alone on this CPU. */
static void measure_none(struct tb_run *run)
{
	u64 nominal = run->config.hold_ns + run->config.think_ns;
	struct tb_alone *a;
	u64 start, spent;

	/* Of groups each has an operation of its own. */
	if (nominal > NONE_OP_MAX_NS || run->ngroups)
		return;
	a = tb_alone_alloc();
	if (!a)
		return;
	a->run.config = run->config;
	a->run.config.rate = 0;
	a->run.workload = run->workload;
	a->run.workload.block_every = 0;
	a->run.ps_per_loop = run->ps_per_loop;
	if (!tb_alone_setup(a)) {
		start = tb_clock_ns();
		do {
			tb_alone_loop(a, NONE_OPS);
			spent = tb_clock_ns() - start;
		} while (spent < NONE_NS && !tb_run_ending(run));
		run->none_ps = div64_u64(spent * 1000, a->w.ops_all);
	}
	tb_alone_free(a);
}

static void meter_task(const struct task_struct *task, u64 sign, u64 *cpu_ns,
		       u64 *nvcsw, u64 *nivcsw)
{
	*cpu_ns += sign * READ_ONCE(task->se.sum_exec_runtime);
	*nvcsw += sign * READ_ONCE(task->nvcsw);
	*nivcsw += sign * READ_ONCE(task->nivcsw);
}

/* Once with sign -1 when the window opens, once with 1 when it closes. */
static void meter(struct tb_run *run, u64 sign)
{
	u64 unused = 0;
	u32 i;
	int cpu;

	for (i = 0; i < run->nthreads; i++) {
		struct tb_worker *w = run->workers[i];

		meter_task(w->task, sign, &w->cpu_ns, &w->nvcsw, &w->nivcsw);
	}
	tb_load_read(&run->load, run->cpus, sign);
	if (!run->lwkt)
		return;
	for_each_cpu(cpu, run->cpus)
		meter_task(lwkt_idlethread(cpu)->td_task, sign,
			   &run->idle_cpu_ns, &unused, &unused);
}

static void wait_until(struct tb_run *run, u64 end)
{
	s64 ns = end - tb_clock_ns();

	/* Interruptible: an hour of it is no hung task. Nobody signals us. */
	if (ns > 0)
		wait_event_interruptible_hrtimeout(run->events,
						   tb_run_ending(run),
						   ns_to_ktime(ns));
}

/**
 * tb_run_wait() - wait for a while, or until the run is to end
 * @run: the run
 * @ns: how long at most
 *
 * Context: the executing thread, sleeps.
 */
void tb_run_wait(struct tb_run *run, u64 ns)
{
	u64 end = tb_clock_ns() + ns;
	u64 turn = tb_fifo_turn_ends(run);

	for (; turn < end && !tb_run_ending(run);
	     turn = tb_fifo_turn_ends(run)) {
		wait_until(run, turn);
		if (!tb_run_ending(run))
			tb_fifo_rest(run);
	}
	wait_until(run, end);
}

static void wait_ms(struct tb_run *run, u64 ms)
{
	tb_run_wait(run, ms * NSEC_PER_MSEC);
}

static bool all_armed(const struct tb_run *run)
{
	return atomic_read(&run->armed) == run->nthreads || tb_run_ending(run);
}

static bool all_left(const struct tb_run *run)
{
	return !atomic_read(&run->live);
}

static bool all_entered(struct tb_run *run)
{
	return atomic_read(&run->entered) == run->ntimely || tb_run_ending(run);
}

static void parts(struct tb_run *run)
{
	u64 now, end;
	u32 i;

	/* The first one is there even if it ends before it is entered. */
	run->part_ns[0] = run->run_ns;
	for (i = 0; i < run->nparts && !tb_run_ending(run); i++) {
		tb_parts_enter(run, i);
		end = tb_parts_end_ns(run, i);
		now = tb_clock_ns();
		if (now < end)
			tb_run_wait(run, end - now);
	}
}

static void window(struct tb_run *run, void (*changed)(void))
{
	tb_probes_begin(run);
	/*
	 * The time, the epoch and the phase are one moment: what comes between
	 * them would be counted by one and not by the others.
	 */
	meter(run, -1);
	preempt_disable();
	run->run_ns = tb_clock_ns();
	WRITE_ONCE(lwkt_stats_epoch, 1);
	set_phase(run, TB_PHASE_RUN);
	preempt_enable();
	changed();

	if (run->nparts)
		parts(run);
	else if (run->config.fault != TB_FAULT_none)
		tb_fault_window(run);
	else
		wait_ms(run, run->config.duration_ms);

	meter(run, 1);
	preempt_disable();
	run->cool_ns = tb_clock_ns();
	WRITE_ONCE(lwkt_stats_epoch, 0);
	set_phase(run, TB_PHASE_COOL);
	preempt_enable();
}

/**
 * tb_run_execute() - carry out a run
 * @run: fresh from tb_run_create()
 * @changed: called after each change of the phase, and when the threads are
 * found to be stuck; may sleep, briefly
 *
 * When it returns all threads have left their loops and the numbers stand.
 *
 * Context: process context, sleeps as long as the run lasts.
 */
void tb_run_execute(struct tb_run *run, void (*changed)(void))
{
	u32 i;

	measure_none(run);
	for (i = 0; run->lwkt && i < run->nthreads; i++)
		lwkt_schedule(run->workers[i]->td);
	tb_stuck_wait(run, all_armed, changed);

	WRITE_ONCE(run->start_ns, tb_clock_ns());
	if (!tb_run_ending(run)) {
		set_phase(run, TB_PHASE_WARM);
		changed();
		tb_gate_look(run, NULL);
		wait_ms(run, run->config.warmup_ms);
		wait_event_idle_timeout(run->events, all_entered(run),
					msecs_to_jiffies(ENTER_MS));
	}
	if (!tb_run_ending(run))
		window(run, changed);
	/* What comes later does not concern the window any more. */
	run->stopped = READ_ONCE(run->stop);
	run->lost = READ_ONCE(run->cpu_lost);
	if (run->phase != TB_PHASE_COOL)
		set_phase(run, TB_PHASE_COOL);
	changed();
	tb_gate_look(run, NULL);
	tb_stuck_wait(run, all_left, changed);
	tb_probes_end(run);
	run->misuse = run->lwkt ? lwkt_misuse_count() : 0;
}
