// SPDX-License-Identifier: GPL-2.0
/*
 * run.c - one run, from its threads to its raw numbers
 *
 * PHASES
 *
 *   armed   threads exist and come to the gate
 *   warm    the gate is open; lasts warmup_ms and until every locking thread
 *           has entered its loop, at most ENTER_MS longer: no thread is
 *           measured against peers that have not begun
 *   run     the window (window.c): operations count
 *   cool    threads finish what they are doing and leave
 *
 *   One thread, the executing one, writes the phase (store-release); workers
 *   read it after every operation (load-acquire). What it writes before a
 *   phase (run_ns, cool_ns) is valid for a thread that sees that phase.
 *
 * ENDING EARLY
 *
 *   stop and cpu_lost are set by any thread; the executing thread waits with
 *   them as a condition at every step and goes straight to cool. Nothing else
 *   ends a run. If the threads have not come to the gate they find cool behind
 *   it.
 */
#include <linux/mm.h>
#include <linux/slab.h>

#include "base/clock.h"
#include "base/line.h"
#include "base/sim.h"
#include "calibrate.h"
#include "config/fault_check.h"
#include "fifo.h"
#include "gate.h"
#include "inline.h"
#include "locks.h"
#include "lwkt/core/misuse.h"
#include "lwkt/core/sched.h"
#include "probe.h"
#include "run.h"
#include "stuck.h"
#include "trace.h"
#include "wait.h"
#include "window.h"

/* How much longer than asked for the warm phase may last. */
#define ENTER_MS 5000

/**
 * tb_run_set_phase() - go into another phase
 * @run: the run
 * @phase: a later one, or that it is in
 *
 * Context: the executing thread, or the one that destroys the run.
 */
void tb_run_set_phase(struct tb_run *run, enum tb_phase phase)
{
	trace_tokbench_phase(run->id, phase);
	/* Pairs with the loads of the workers (bench_loop.h, worker.c). */
	smp_store_release(&run->phase, phase);
}

static int make_role(struct tb_run *run, enum tb_role role, u32 per_cpu)
{
	u32 cpu_index = 0, i;
	int cpu;

	for_each_cpu(cpu, run->plan.cpus) {
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
	const struct tb_config *c = &run->plan.config;
	int err;

	run->workers =
		kvcalloc(run->plan.ncpus * (c->threads_per_cpu + c->bystanders),
			 sizeof(*run->workers), GFP_KERNEL);
	if (!run->workers)
		return -ENOMEM;
	if (run->plan.variant->flags & TB_FLAG(lwkt)) {
		err = lwkt_start(run->plan.cpus, c->quantum_us * NSEC_PER_USEC,
				 run->plan.variant->generation, &c->knobs,
				 tb_inline_runner(run));
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

/**
 * tb_run_create() - make a run with all its threads, ready to execute
 * @plan: from tb_config_check(); copied. Its CPUs are online, kept so by the
 * caller until this returns.
 * @id: its number
 *
 * Context: process context, may sleep; one run at a time.
 * Return: the run or an ERR_PTR (-ENOMEM, or what making a kthread gave)
 */
struct tb_run *tb_run_create(const struct tb_plan *plan, u32 id)
{
	/* A power of two, so that it is aligned to cache lines. */
	struct tb_run *run =
		kzalloc(roundup_pow_of_two(sizeof(*run)), GFP_KERNEL);
	int err;

	if (!run)
		return ERR_PTR(-ENOMEM);
	err = tb_plan_copy(&run->plan, plan);
	if (err) {
		kfree(run);
		return ERR_PTR(err);
	}
	run->id = id;
	run->active = plan->nparts ? plan->levels[0] : U32_MAX;
	init_waitqueue_head(&run->events);
	tb_clock_look();
	run->line_ps = tb_line_transfer_ps(plan->cpus);

	err = tb_calibrate(run);
	if (!err)
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

	*total = run->plan.config.warmup_ms + run->plan.config.duration_ms;
	if (!start)
		return 0;
	return min(*total, div_u64(tb_clock_since(start), NSEC_PER_MSEC));
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
	tb_run_set_phase(run, TB_PHASE_COOL);
	tb_gate_look(run, NULL);
	for (i = 0; i < run->nthreads; i++)
		tb_worker_destroy(run->workers[i]);
	tb_probes_end(run);
	if (run->lwkt)
		lwkt_stop();
	kvfree(run->workers);
	kvfree(run->speeds);
	tb_locks_free(run);
	free_cpumask_var(run->plan.cpus);
	kfree(run);
}

/**
 * tb_run_stop() - make a run end as soon as it can
 * @run: the run; the caller keeps it alive
 * @cpu_lost: the reason is a CPU that goes offline, else a request
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

static bool all_armed(const struct tb_run *run)
{
	return atomic_read(&run->armed) == run->nthreads || tb_run_ending(run);
}

static bool all_left(const struct tb_run *run)
{
	return !atomic_read(&run->live);
}

static bool all_entered(const struct tb_run *run)
{
	return atomic_read(&run->entered) == run->ntimely || tb_run_ending(run);
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

	tb_sim_begin();
	for (i = 0; run->lwkt && i < run->nthreads; i++)
		lwkt_schedule(run->workers[i]->td);
	tb_stuck_wait(run, all_armed, changed);
	if (!tb_run_ending(run))
		tb_calibrate_none(run);

	WRITE_ONCE(run->start_ns, tb_clock_ns());
	if (!tb_run_ending(run)) {
		tb_run_set_phase(run, TB_PHASE_WARM);
		changed();
		tb_gate_look(run, NULL);
		tb_run_wait(run, run->plan.config.warmup_ms * NSEC_PER_MSEC);
		tb_run_wait_for(run, all_entered, ENTER_MS * NSEC_PER_MSEC);
	}
	if (!tb_run_ending(run))
		tb_window_execute(run, changed);
	/* What comes later does not concern the window any more. */
	run->stopped = READ_ONCE(run->stop);
	run->lost = READ_ONCE(run->cpu_lost);
	if (run->phase != TB_PHASE_COOL)
		tb_run_set_phase(run, TB_PHASE_COOL);
	changed();
	tb_gate_look(run, NULL);
	tb_stuck_wait(run, all_left, changed);
	tb_sim_end();
	tb_probes_end(run);
	run->misuse = run->lwkt ? lwkt_misuse_count() : 0;
}
