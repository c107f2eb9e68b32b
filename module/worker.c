// SPDX-License-Identifier: GPL-2.0
/*
 * worker.c - the body of a measured thread
 *
 * THE START
 *
 *   Every thread runs to the gate and waits there; the run opens the gate when
 *   all are at it. A thread on Linux's scheduler sleeps on run->go. One on the
 *   LWKT scheduler leaves its run queue; at_gate makes sure that exactly one
 *   side makes it runnable again, whoever of both comes last:
 *
 *      thread                              run (tb_worker_release)
 *      at_gate = 1                         phase = ...
 *          MB (xchg)                           MB (xchg)
 *      phase still armed? no: xchg at_gate xchg at_gate
 *      whoever finds 1 calls lwkt_schedule()
 *
 *   A second call would wake the thread out of whatever it sleeps on later.
 *
 * THE END
 *
 *   The thread leaves when the phase says so, counts itself out of run->live,
 *   and then waits for kthread_stop() (in thread.c if it is an LWKT thread).
 */
#include <linux/gfp.h>
#include <linux/kthread.h>
#include <linux/mm.h>
#include <linux/sched/task.h>
#include <linux/slab.h>
#include <linux/smp.h>

#include "bound.h"
#include "clock.h"
#include "compat.h"
#include "locks.h"
#include "lwkt/sched.h"
#include "run.h"
#include "spin.h"
#include "worker.h"

/*
 * Whole pages: kmalloc() would round three of them up to four. These 12 KiB,
 * half a KiB of slots, half a KiB of struct tb_worker and 2 KiB of an LWKT
 * thread are 15 of the 16 KiB that a thread may have beside its stack.
 */
#define HIST_BYTES PAGE_ALIGN(TB_HIST_COUNT * sizeof(struct tb_hist))

static bool still_armed(struct tb_run *run)
{
	/* Pairs with set_phase() in run.c. */
	return smp_load_acquire(&run->phase) == TB_PHASE_ARMED;
}

static void count_up(struct tb_run *run, atomic_t *count, u32 all)
{
	if (atomic_inc_return(count) == all)
		wake_up(&run->events);
}

static void wait_at_gate(struct tb_worker *w)
{
	struct tb_run *run = w->run;

	if (!w->td) {
		count_up(run, &run->armed, run->nthreads);
		wait_event_idle(run->go, !still_armed(run));
		return;
	}
	lwkt_deschedule(w->td);
	/* Full barrier; see THE START. */
	xchg(&w->at_gate, 1);
	count_up(run, &run->armed, run->nthreads);
	if (!still_armed(run) && xchg(&w->at_gate, 0))
		lwkt_schedule(w->td);
	lwkt_switch();
}

/**
 * tb_worker_release() - let a thread through the gate
 * @w: the thread; the phase is not armed any more
 *
 * Context: any. Threads on Linux's scheduler are woken through run->go.
 */
void tb_worker_release(struct tb_worker *w)
{
	/* Full barrier; see THE START. */
	if (w->td && xchg(&w->at_gate, 0))
		lwkt_schedule(w->td);
}

/**
 * tb_worker_loop() - take part in a run until it ends
 * @w: a locking thread, set up
 *
 * Context: the thread itself, may sleep. The one indirect call of a run.
 */
void tb_worker_loop(struct tb_worker *w)
{
	const struct tb_variant *v = w->run->variant;

	if (tb_run_measures(w->run))
		v->loop_full(w);
	else
		v->loop_throughput(w);
}

/**
 * tb_worker_mark() - note that an operation was completed in this slot of time
 * @w: the thread, in the window; it measures
 * @now: when, not before @w->slot_end_ns
 *
 * Once per slot, so that the loop compares two numbers and no more.
 *
 * Context: the thread itself.
 */
void tb_worker_mark(struct tb_worker *w, u64 now)
{
	u64 run_ns = w->run->run_ns;
	/* What began its release just before the window is part of it. */
	u64 ns = now > run_ns ? now - run_ns : 0;
	u64 end = tb_slots_mark(w->slots, ns, w->run->slot_shift);

	w->slot_end_ns = tb_sat_add(run_ns, end);
}

/*
 * No lock, no think time: work, chunk after chunk. On the LWKT scheduler a
 * bystander is what a user process is in DragonFly: below the locking threads,
 * and in June 2010 not run past contended ones. So it may never get to enter;
 * that is a result, not a fault of the run.
 */
static void bystander(struct tb_worker *w)
{
	struct tb_run *run = w->run;
	u64 loops = tb_spin_loops(TB_BYSTANDER_CHUNK_NS, run->ps_per_loop);
	unsigned int phase;
	u64 now, since;

	do {
		tb_spin(loops);
		now = tb_clock_ns();
		/* Pairs with set_phase() in run.c. */
		phase = smp_load_acquire(&run->phase);
		w->ops_all++;
		w->moved |= raw_smp_processor_id() != w->cpu;
		if (phase == TB_PHASE_RUN) {
			since = max(w->last_ns, run->run_ns);
			w->ops++;
			if (now > since && now - since > w->longest_gap_ns)
				w->longest_gap_ns = now - since;
		}
		if (phase < TB_PHASE_COOL)
			w->last_ns = now;
		if (w->td)
			lwkt_user_yield(now);
		compat_relax_cpu();
	} while (phase < TB_PHASE_COOL);
}

/*
 * The gap from the last operation to the end of the window counts, too, and
 * for a thread that never got to its loop the whole window is one.
 */
static void close_gap(struct tb_worker *w)
{
	struct tb_run *run = w->run;
	u64 since = max(w->last_ns, run->run_ns);

	if (run->run_ns && (w->hist || w->role == TB_BYSTANDER) &&
	    run->cool_ns > since && run->cool_ns - since > w->longest_gap_ns)
		w->longest_gap_ns = run->cool_ns - since;
}

static void body(void *arg)
{
	struct tb_worker *w = arg;
	struct tb_run *run = w->run;

	wait_at_gate(w);
	/* Pairs with set_phase() in run.c. */
	if (smp_load_acquire(&run->phase) < TB_PHASE_COOL) {
		w->enter_ns = tb_clock_ns();
		if (w->role == TB_WORKER) {
			count_up(run, &run->entered, run->nworkers);
			tb_worker_loop(w);
		} else {
			bystander(w);
		}
		w->leave_ns = tb_clock_ns();
	}
	close_gap(w);
	/* The run frees nothing before it has stopped this very thread. */
	if (atomic_dec_and_test(&run->live))
		wake_up(&run->events);
}

static int kthread_main(void *arg)
{
	struct tb_worker *w = arg;

	body(w);
	tb_bound_wait_stop();
	return 0;
}

static int spawn(struct tb_worker *w)
{
	struct task_struct *task;
	char name[24];

	snprintf(name, sizeof(name), "tokbench/%u", w->id);
	task = tb_bound_create(kthread_main, w, w->cpu, name);
	if (IS_ERR(task))
		return PTR_ERR(task);
	w->task = task;
	wake_up_process(task);
	return 0;
}

static int spawn_lwkt(struct tb_worker *w)
{
	int pri = w->role == TB_WORKER ? TDPRI_KERN_USER : TDPRI_USER_NORM;
	char name[24];

	snprintf(name, sizeof(name), "tokbench/%u", w->id);
	w->td = lwkt_create(body, w, w->cpu, pri, w->run->maxtokens, name);
	if (IS_ERR(w->td)) {
		int err = PTR_ERR(w->td);

		w->td = NULL;
		return err;
	}
	w->task = get_task_struct(w->td->td_task);
	return 0;
}

/**
 * tb_worker_setup() - prepare what a thread works with, without a thread
 * @w: zeroed
 * @run: the run
 * @index: number of the thread in the run, from 0
 * @cpu_index: number of its CPU among the run's
 *
 * Context: process context, may sleep.
 * Return: 0 or -ENOMEM; tb_worker_teardown() in both cases
 */
int tb_worker_setup(struct tb_worker *w, struct tb_run *run, u32 index,
		    u32 cpu_index)
{
	u32 size = run->workload.set_size;
	u32 *set;

	w->run = run;
	w->id = index + 1;
	w->ops_limit = U64_MAX;
	w->locks = run->locks;
	w->objects = run->objects;
	if (w->role == TB_BYSTANDER)
		return 0;

	w->hold_loops = tb_spin_loops(run->config.hold_ns, run->ps_per_loop);
	w->think_loops = tb_spin_loops(run->config.think_ns, run->ps_per_loop);
	set = kcalloc(size, sizeof(*set), GFP_KERNEL);
	if (!set)
		return -ENOMEM;
	tb_stream_init(&w->stream, &run->workload, index, cpu_index, set);
	w->lock_set = set;
	if (run->lock_map) {
		w->lock_map = run->lock_map;
		w->lock_set = kcalloc(size, sizeof(*w->lock_set), GFP_KERNEL);
		if (!w->lock_set)
			return -ENOMEM;
	}
	if (run->variant->flags & TB_FLAG(unchecked)) {
		w->objects = tb_alloc_lines(size, sizeof(*w->objects));
		if (!w->objects)
			return -ENOMEM;
	}
	if (tb_run_measures(run)) {
		w->hist =
			alloc_pages_exact(HIST_BYTES, GFP_KERNEL | __GFP_ZERO);
		if (!w->hist)
			return -ENOMEM;
		w->slots = kzalloc(sizeof(*w->slots), GFP_KERNEL);
		if (!w->slots)
			return -ENOMEM;
	}
	return 0;
}

/**
 * tb_worker_teardown() - undo tb_worker_setup()
 * @w: the worker
 */
void tb_worker_teardown(struct tb_worker *w)
{
	if (w->hist)
		free_pages_exact(w->hist, HIST_BYTES);
	kfree(w->slots);
	if (w->objects != w->run->objects)
		kvfree(w->objects);
	if (w->lock_set != w->stream.set)
		kfree(w->lock_set);
	kfree(w->stream.set);
}

/**
 * tb_worker_create() - make a thread of a run, asleep before the gate
 * @run: the run
 * @index: number of the thread in the run, from 0
 * @role: TB_WORKER or TB_BYSTANDER
 * @cpu: where it belongs
 * @cpu_index: number of that CPU among the run's
 *
 * An LWKT thread starts to run when it is first scheduled, by the run.
 *
 * Context: process context, may sleep; the caller keeps @cpu online.
 * Return: the worker or an ERR_PTR
 */
struct tb_worker *tb_worker_create(struct tb_run *run, u32 index,
				   enum tb_role role, u32 cpu, u32 cpu_index)
{
	struct tb_worker *w;
	int err;

	/* A power of two, so that it is aligned to cache lines. */
	w = kzalloc_node(roundup_pow_of_two(sizeof(*w)), GFP_KERNEL,
			 cpu_to_node(cpu));
	if (!w)
		return ERR_PTR(-ENOMEM);
	w->role = role;
	w->cpu = cpu;
	err = tb_worker_setup(w, run, index, cpu_index);
	if (!err)
		err = run->lwkt ? spawn_lwkt(w) : spawn(w);
	if (err) {
		tb_worker_teardown(w);
		kfree(w);
		return ERR_PTR(err);
	}
	return w;
}

/**
 * tb_worker_destroy() - stop a thread and free it
 * @w: past its end, or let through the gate in TB_PHASE_COOL, or NULL
 *
 * Context: process context, sleeps until the thread is gone.
 */
void tb_worker_destroy(struct tb_worker *w)
{
	if (!w)
		return;
	if (w->td) {
		lwkt_destroy(w->td);
		put_task_struct(w->task);
	} else {
		tb_bound_stop(w->task);
	}
	tb_worker_teardown(w);
	kfree(w);
}
