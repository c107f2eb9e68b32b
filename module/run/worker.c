// SPDX-License-Identifier: GPL-2.0
/*
 * worker.c - the body of a measured thread
 *
 * THE START
 *
 *   Every thread runs to the gate (gate.c) and waits there; the run opens it
 *   when all are at it.
 *
 * THE END
 *
 *   The thread leaves when the phase says so, counts itself out of run->live,
 *   and then waits for kthread_stop() (in thread.c if it is an LWKT thread). An
 *   inline thread does the same step by step: inline.c.
 */
#include <linux/kthread.h>
#include <linux/sched/task.h>
#include <linux/slab.h>
#include <linux/smp.h>

#include "base/bound.h"
#include "base/clock.h"
#include "base/compat.h"
#include "base/spin.h"
#include "fault.h"
#include "gate.h"
#include "lwkt/core/sched.h"
#include "open_loop.h"
#include "run.h"
#include "worker.h"

static bool run_has_started(struct tb_worker *w)
{
	/* Pairs with tb_run_set_phase() in run.c. */
	return smp_load_acquire(&w->run->phase) != TB_PHASE_ARMED;
}

/* The run waits until *@count is *@all, which it does not change any more then. */
static void count_up(struct tb_run *run, atomic_t *count, const u32 *all)
{
	u32 n = atomic_inc_return(count);

	/* Not before: of two that see a number too small the run sees both. */
	if (n == READ_ONCE(*all))
		wake_up(&run->events);
}

/**
 * tb_worker_loop() - take part in a run until it ends
 * @w: a locking thread, set up
 *
 * Context: the thread itself, may sleep. The one indirect call of a run.
 */
void tb_worker_loop(struct tb_worker *w)
{
	const struct tb_variant *v = w->run->plan.variant;

	if (!tb_run_measures(w->run))
		v->loop_throughput(w);
	else if (tb_clock_is_tsc())
		v->loop_full_tsc(w);
	else
		v->loop_full(w);
}

/**
 * tb_worker_gap() - note the longest time without an operation
 * @w: the thread, in the window; it measures
 * @now: when it completed one
 *
 * Of each operation the loop asks only whether the one before was longer ago than
 * ever; that is so of the first one, and where the clock stepped back.
 *
 * Context: the thread itself.
 */
void tb_worker_gap(struct tb_worker *w, u64 now)
{
	u64 gap = tb_clock_between(max(w->last_ns, w->run->run_ns), now);

	w->counts.longest_gap_ns = max(w->counts.longest_gap_ns, gap);
}

/**
 * tb_worker_recorded() - how many values are in a histogram of a thread
 * @w: a locking thread that measures
 * @h: number of the histogram, below TB_HIST_KEPT
 *
 * One of each operation that counts; handoff_ns is of some.
 */
u64 tb_worker_recorded(const struct tb_worker *w, u32 h)
{
	return h == TB_HIST_last && !w->open ? w->handoffs : w->counts.ops;
}

/* Before a bucket wraps. */
static void settle_hist(struct tb_worker *w)
{
	u32 h;

	if (w->counts.ops < w->settle_ops)
		return;
	for (h = 0; h < TB_HIST_KEPT; h++)
		tb_hist_settle(&w->hist[h]);
	w->settle_ops = w->counts.ops + TB_HIST_SETTLE;
}

/**
 * tb_worker_mark() - note that an operation was completed in this slot of time
 * @w: the thread, in the window; it measures
 * @now: when, not before @w->slot_end_ns; the operation is counted, but its times
 * are not recorded yet
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
	u64 end = tb_slots_mark(w->slots, ns, w->run->plan.slot_shift);

	w->slot_end_ns = tb_sat_add(run_ns, end);
	settle_hist(w);
	if (!w->fair)
		return;
	tb_fair_book(w->fair, w->counts.ops - 1, w->hist[TB_HIST_hold_ns].sum,
		     w->run->plan.fair_shift);
	tb_fair_enter(w->fair, ns, w->run->plan.fair_shift);
}

/* One unit of its work; the phase after it. */
static unsigned int bystander_chunk(struct tb_worker *w, u64 *now)
{
	struct tb_run *run = w->run;
	unsigned int phase;
	u64 since;

	tb_spin(tb_spin_loops(TB_BYSTANDER_CHUNK_NS, w->ps_per_loop));
	*now = tb_clock_ns();
	/* Pairs with tb_run_set_phase() in run.c. */
	phase = smp_load_acquire(&run->phase);
	w->ops_all++;
	w->moved |= raw_smp_processor_id() != w->cpu;
	if (phase != TB_PHASE_RUN)
		return phase;
	since = max(w->last_ns, run->run_ns);
	w->counts.ops++;
	if (*now > since && *now - since > w->counts.longest_gap_ns)
		w->counts.longest_gap_ns = *now - since;
	w->last_ns = *now;
	return phase;
}

/**
 * tb_worker_bystand() - work without a lock until the run ends
 * @w: a bystander
 * @again: an inline one that was told TB_AWAY here
 *
 * No think time: work, chunk after chunk. On the LWKT scheduler a bystander is what
 * a user process is in DragonFly: below the locking threads, and in June 2010 not
 * run past contended ones. So it may never get to enter; that is a result, not a
 * fault of the run.
 *
 * Context: the thread itself, may sleep.
 * Return: TB_OVER; TB_AWAY to an inline thread
 */
enum tb_go tb_worker_bystand(struct tb_worker *w, bool again)
{
	unsigned int phase;
	u64 now;

	/* Pairs with tb_run_set_phase() in run.c. */
	if (again && smp_load_acquire(&w->run->phase) >= TB_PHASE_COOL)
		return TB_OVER;
	do {
		phase = bystander_chunk(w, &now);
		if (w->td && lwkt_user_yield(now))
			return TB_AWAY;
		compat_relax_cpu();
	} while (phase < TB_PHASE_COOL);
	return TB_OVER;
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
	    run->cool_ns > since &&
	    run->cool_ns - since > w->counts.longest_gap_ns)
		w->counts.longest_gap_ns = run->cool_ns - since;
}

/* The counters that follow from others. */
static void settle_counts(struct tb_worker *w)
{
	struct tb_counts *n = &w->counts;

	if (w->role == TB_BYSTANDER)
		n->useful_ns = n->ops * TB_BYSTANDER_CHUNK_NS;
	else
		n->useful_ns = n->nominal_held_ns + w->nominal_think_ns;
	if (w->hist)
		n->held_ns = w->hist[TB_HIST_hold_ns].sum;
	n->waiting_left = n->waiting_oldest_ns > 0;
}

/**
 * tb_worker_start() - come to the gate, and wait there until the run lets all through
 * @w: the thread
 * @again: an inline one that was told TB_AWAY here
 *
 * Context: the thread itself, may sleep.
 * Return: TB_GO; TB_AWAY to an inline thread
 */
enum tb_go tb_worker_start(struct tb_worker *w, bool again)
{
	if (!again)
		count_up(w->run, &w->run->armed, &w->run->nthreads);
	return tb_gate_wait(w, run_has_started, again);
}

/**
 * tb_worker_enter() - begin with operations, unless the run is over
 * @w: the thread, past the gate
 * @again: an inline one that was told TB_AWAY here
 *
 * Context: the thread itself, may sleep.
 * Return: TB_GO, or TB_OVER; TB_AWAY to an inline thread
 */
enum tb_go tb_worker_enter(struct tb_worker *w, bool again)
{
	struct tb_run *run = w->run;

	if (tb_fault_enter(w, again) == TB_AWAY)
		return TB_AWAY;
	/* Pairs with tb_run_set_phase() in run.c. */
	if (smp_load_acquire(&run->phase) >= TB_PHASE_COOL)
		return TB_OVER;
	w->enter_ns = tb_clock_ns();
	if (w->role == TB_WORKER)
		count_up(run, &run->entered, &run->ntimely);
	return TB_GO;
}

/**
 * tb_worker_leave() - the thread makes no operation any more
 * @w: the thread
 *
 * Context: the thread itself. The run may end when this returns, but frees nothing
 * before it has stopped this very thread.
 */
void tb_worker_leave(struct tb_worker *w)
{
	struct tb_run *run = w->run;

	if (w->enter_ns)
		w->leave_ns = max(tb_clock_ns(), w->enter_ns);
	close_gap(w);
	settle_counts(w);
	if (w->fair)
		tb_fair_book(w->fair, w->counts.ops, w->counts.held_ns,
			     run->plan.fair_shift);
	if (w->open)
		tb_open_close(w);
	if (atomic_dec_and_test(&run->live))
		wake_up(&run->events);
}

/* A thread with a kthread of its own: it is never told TB_AWAY. */
static void worker_body(void *arg)
{
	struct tb_worker *w = arg;

	tb_worker_start(w, false);
	if (tb_worker_enter(w, false) == TB_GO) {
		if (w->role == TB_WORKER)
			tb_worker_loop(w);
		else
			tb_worker_bystand(w, false);
	}
	tb_worker_leave(w);
}

static int kthread_main(void *arg)
{
	struct tb_worker *w = arg;

	worker_body(w);
	tb_bound_wait_stop();
	return 0;
}

static int spawn_kthread(struct tb_worker *w)
{
	struct task_struct *task;
	char name[24];

	snprintf(name, sizeof(name), "tokbench/%u", w->id);
	task = tb_bound_create(kthread_main, w, w->cpu, name);
	if (IS_ERR(task))
		return PTR_ERR(task);
	w->task = task;
	set_user_nice(task, w->nice);
	wake_up_process(task);
	return 0;
}

/* On the LWKT scheduler a higher priority always runs first: one step is all. */
static int lwkt_pri(const struct tb_worker *w)
{
	if (w->role == TB_BYSTANDER)
		return TDPRI_USER_NORM;
	return TDPRI_KERN_USER + (w->nice < 0) - (w->nice > 0);
}

static int spawn_lwkt(struct tb_worker *w)
{
	u32 maxtokens = w->run->plan.maxtokens;
	struct lwkt_thread *td;
	char name[24];

	snprintf(name, sizeof(name), "tokbench/%u", w->id);
	if (tb_run_is_inline(w->run))
		td = lwkt_create_inline(w, w->cpu, lwkt_pri(w), maxtokens);
	else
		td = lwkt_create(worker_body, w, w->cpu, lwkt_pri(w), maxtokens,
				 name);
	if (IS_ERR(td))
		return PTR_ERR(td);
	w->td = td;
	w->task = get_task_struct(td->td_task);
	return 0;
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
	w->cpu_index = cpu_index;
	w->ps_per_loop = run->speeds[cpu_index].ps_per_loop;
	err = tb_worker_setup(w, run, index);
	if (!err)
		err = run->lwkt ? spawn_lwkt(w) : spawn_kthread(w);
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
