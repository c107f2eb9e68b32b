// SPDX-License-Identifier: GPL-2.0
/*
 * gate.c - where the threads of a run wait to be let through
 *
 * At the start every thread waits here for all others, and in a window with
 * parts (parts.c) those wait here that take no part in it. Which threads may go
 * on is a condition that the run changes before it calls tb_gate_look().
 *
 * A thread on Linux's scheduler sleeps, one on the LWKT scheduler leaves its run
 * queue; an inline one returns to its runner, too, and asks again when the runner
 * goes on with it. at_gate makes sure that exactly one side ends that, whichever
 * comes last:
 *
 *    thread                              run (tb_gate_look)
 *    asleep or off its queue             condition = ...
 *    at_gate = 1                             MB (xchg)
 *        MB (xchg)                       xchg at_gate
 *    may I go on? yes: xchg at_gate
 *    the side that finds 1 makes the thread runnable
 *
 * A second time would wake it out of whatever it sleeps on later. Only threads
 * that may go on are woken: the others' wakeups would be part of what is
 * measured.
 */
#include <linux/sched.h>

#include "gate.h"
#include "lwkt/core/sched.h"
#include "run.h"
#include "worker.h"

/* To be off the CPU from the next switch on, until it is made runnable. */
static void leave_cpu(struct tb_worker *w)
{
	if (w->td)
		lwkt_deschedule(w->td);
	else
		set_current_state(TASK_IDLE);
}

/* The thread itself, or any other. */
static void make_runnable(struct tb_worker *w)
{
	if (w->td)
		lwkt_schedule(w->td);
	else
		wake_up_process(w->task);
}

/**
 * tb_gate_wait() - wait until a condition holds
 * @w: the thread
 * @open: the condition; any context
 * @again: an inline thread that was told TB_AWAY here
 *
 * Context: the thread itself, sleeps.
 * Return: TB_GO; TB_AWAY to an inline thread
 */
enum tb_go tb_gate_wait(struct tb_worker *w, bool (*open)(struct tb_worker *w),
			bool again)
{
	while (!again || !open(w)) {
		again = true;
		leave_cpu(w);
		/* Full barrier; pairs with that of tb_gate_look(). */
		xchg(&w->at_gate, 1);
		if (open(w) && xchg(&w->at_gate, 0))
			make_runnable(w);
		if (!w->td)
			schedule();
		else if (lwkt_switch())
			return TB_AWAY;
	}
	return TB_GO;
}

/**
 * tb_gate_look() - let the threads through that may go on now
 * @run: the run; what the conditions look at was changed before
 * @open: the condition that those at the gate wait for; NULL: it holds for all
 *
 * Context: process context.
 */
void tb_gate_look(struct tb_run *run, bool (*open)(struct tb_worker *w))
{
	u32 i;

	for (i = 0; i < run->nthreads; i++) {
		struct tb_worker *w = run->workers[i];

		if (open && !open(w))
			continue;
		/* Full barrier; pairs with that of tb_gate_wait(). */
		if (xchg(&w->at_gate, 0))
			make_runnable(w);
	}
}
