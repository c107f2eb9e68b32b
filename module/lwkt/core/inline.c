// SPDX-License-Identifier: GPL-2.0
/*
 * inline.c - LWKT threads without a stack of their own, run by one kthread
 *
 * PROBLEM
 *
 *   A kthread of its own for each LWKT thread makes every LWKT switch a switch of
 *   Linux's scheduler: a wake-up, a pass, a change of stacks, some thousand
 *   instructions. DragonFly's is a change of stacks alone. What tokens cost, and
 *   how long a token is owned by a thread that does not run yet, is then
 *   mostly the substrate.
 *
 * INLINE THREADS
 *
 *   In a world with a runner all threads of a CPU are operations that the
 *   kthread of its idle thread runs, one after the other. An operation keeps
 *   its state in memory of its own, behind td_arg. Where it has to wait, the
 *   function that would switch does the first half of a switch: it releases the
 *   thread's tokens, makes a pass, names the next thread in gd_curthread. Then
 *   it returns LWKT_AWAY, and the operation returns to the runner, which goes on
 *   with the thread that gd_curthread names: a switch is a return and a call.
 *
 *   The functions that can return LWKT_AWAY to an inline thread are
 *   lwkt_gettoken(), lwkt_gettoken_shared(), lwkt_switch(), lwkt_yield(),
 *   lwkt_user_yield(), lwkt_sleep_until(), lwkt_tsleep() and
 *   lwkt_lockmgr_exclusive(). When the runner goes on with the thread all its tokens
 *   are held, the one that was asked for included; the last three are to be asked
 *   again (lwkt_sleep_until(), lwkt_tsleep_again(), lwkt_lockmgr_again()), since
 *   something else may have made the thread runnable. Between LWKT_AWAY and that moment the thread
 *   is not current, and its operation must not touch a token.
 *
 * WHY NOT STACKS OF ITS OWN
 *
 *   Changing stacks within one kthread, as DragonFly does, is not safe for a
 *   module: tracers that hook returns (function graph, kretprobes) keep a stack
 *   of return addresses for each task, and would return into the wrong one.
 *
 * INVARIANTS
 *
 *   1. gd_curtask is the kthread of the idle thread as long as the world lasts,
 *      so that lwkt_curthread() is the thread that gd_curthread names.
 *   2. gd_curthread changes in that kthread only. If it names the idle thread the
 *      kthread makes passes (world.c), else the runner goes on with the thread.
 *   3. Linux may preempt the kthread at any time; the current thread keeps its
 *      tokens, as a kthread of its own would.
 *
 * LIMITS
 *
 *   An inline thread that sleeps in Linux puts all threads of its CPU to sleep.
 *   lwkt_sleep_ns(), which returns when the sleep is over, refuses it.
 *   Linux accounts CPU time and switches to the one kthread.
 */
#include <linux/export.h>

#include "base/compat.h"
#include "sched.h"

/**
 * lwkt_inline_next() - the thread that the runner has to go on with
 * @gd: the CPU
 *
 * Context: the runner, after an operation has returned to it.
 * Return: the thread, current, with all its tokens; NULL: the runner has to return
 */
struct lwkt_thread *lwkt_inline_next(struct lwkt_globaldata *gd)
{
	struct lwkt_thread *td = gd->gd_curthread;

	if (td->td_flags & TDF_IDLE)
		return NULL;
	/* Threads that wait for one another take turns: others need the CPU, too. */
	compat_relax_cpu();
	lwkt_note_resumed(td);
	return td;
}
EXPORT_SYMBOL_GPL(lwkt_inline_next);

/**
 * lwkt_inline_run() - run inline threads until the CPU is idle again
 * @gd: the CPU; its current thread is an inline thread
 *
 * Context: the kthread of the CPU's idle thread.
 */
void lwkt_inline_run(struct lwkt_globaldata *gd)
{
	struct lwkt_thread *td = lwkt_inline_next(gd);

	if (td)
		lwkt_runner(td);
}
