// SPDX-License-Identifier: GPL-2.0
/*
 * inline.c - the life of an inline thread of a run, outside of its timed loop
 *
 * An inline thread (lwkt/core/inline.c) has no stack on which it could wait. Each
 * place where it may have to is a step, kept in struct tb_inline: the thread
 * returns to its runner there, and comes back to the same step. What it does at
 * the steps is what a thread with a kthread of its own does (worker.c); both call
 * the same functions, which are told whether the thread comes again.
 */
#include "base/clock.h"
#include "inline.h"
#include "run.h"

/**
 * tb_inline_runner() - what runs the threads of a run
 * @run: the run; its lock is on the LWKT scheduler
 *
 * Return: the runner; NULL: each thread is a kthread
 */
lwkt_runner_fn tb_inline_runner(const struct tb_run *run)
{
	const struct tb_variant *v = run->plan.variant;

	if (!tb_run_is_inline(run))
		return NULL;
	if (!tb_run_measures(run))
		return v->inline_throughput;
	return tb_clock_is_tsc() ? v->inline_full_tsc : v->inline_full;
}

/**
 * tb_inline_begin() - go on with a thread that is not in its timed loop
 * @w: the thread, at a step before TB_STEP_NEXT
 *
 * Context: the runner.
 * Return: TB_GO: it is at TB_STEP_NEXT; TB_OVER: it has nothing more to do;
 * TB_AWAY
 */
enum tb_go tb_inline_begin(struct tb_worker *w)
{
	struct tb_inline *o = w->inl;
	enum tb_go go = TB_GO;

	if (o->step <= TB_STEP_GATE) {
		go = tb_worker_start(w, o->step == TB_STEP_GATE);
		o->step = go == TB_AWAY ? TB_STEP_GATE : TB_STEP_ENTER;
	}
	if (go == TB_GO && o->step <= TB_STEP_ENTERING) {
		go = tb_worker_enter(w, o->step == TB_STEP_ENTERING);
		o->step = go == TB_AWAY ? TB_STEP_ENTERING : TB_STEP_NEXT;
		if (go != TB_GO || w->role == TB_WORKER)
			return go;
		o->step = TB_STEP_BYSTANDER;
		return tb_worker_bystand(w, false);
	}
	if (go == TB_GO && o->step == TB_STEP_BYSTANDER)
		return tb_worker_bystand(w, true);
	return go;
}

/**
 * tb_inline_end() - a thread has nothing more to do
 * @w: the thread; it may be gone when this returns
 *
 * Context: the runner.
 */
void tb_inline_end(struct tb_worker *w)
{
	struct lwkt_thread *td = w->td;

	/* The run waits for the exit before it frees anything. */
	tb_worker_leave(w);
	lwkt_exit(td);
}
