// SPDX-License-Identifier: GPL-2.0
/*
 * runq.c - who is runnable: the run queue of each CPU, and how to get into it
 *
 * The queue belongs to the CPU's baton holder (sched.c): 32 FIFOs, one per
 * priority, and a mask of those that are not empty. The current thread stays
 * queued while it runs, as in DragonFly; it moves to the tail when it is
 * chosen.
 *
 * WAKING
 *
 *   Anybody, in any context and on any CPU, may make a thread runnable. It is
 *   put on the CPU's gd_wakeups list without a lock, and the baton holder
 *   moves the list to the run queue at its next pass. If the holder is the
 *   idle thread it may be asleep, so it is woken:
 *
 *      lwkt_schedule()                    halt_cpu() of world.c
 *      [W] gd_wakeups                     [W] gd_curthread = idle (before)
 *          MB (llist_add's cmpxchg)       [W] task state = TASK_IDLE
 *      [R] gd_curthread == idle?              MB (set_current_state)
 *          wake_up_process()              [R] gd_wakeups empty?  schedule()
 *
 *   Either the waker sees the idle thread current and wakes it, or the idle
 *   thread sees the list not empty and does not sleep. td_blocked makes each
 *   departure from the run queue end in exactly one wakeup: it is set before
 *   the thread can be found by a waker, and only the xchg that finds it set
 *   puts the thread on the list. A wakeup that comes before the thread has
 *   switched away is no special case: the thread finds itself in the list.
 */
#include <linux/export.h>

#include "../clock.h"
#include "sched.h"

static void runq_add(struct lwkt_thread *td)
{
	struct lwkt_globaldata *gd = td->td_gd;

	list_add_tail(&td->td_threadq, &gd->gd_tdrunq[td->td_pri]);
	gd->gd_runqmask |= BIT(td->td_pri);
}

/**
 * lwkt_runq_remove() - take a thread off the run queue
 * @td: a queued thread
 *
 * Context: the baton holder of the thread's CPU.
 */
void lwkt_runq_remove(struct lwkt_thread *td)
{
	struct lwkt_globaldata *gd = td->td_gd;

	list_del_init(&td->td_threadq);
	if (list_empty(&gd->gd_tdrunq[td->td_pri]))
		gd->gd_runqmask &= ~BIT(td->td_pri);
}

/**
 * lwkt_runq_rotate() - move a thread to the tail of its queue
 * @td: a queued thread
 *
 * Context: the baton holder of the thread's CPU.
 */
void lwkt_runq_rotate(struct lwkt_thread *td)
{
	list_move_tail(&td->td_threadq, &td->td_gd->gd_tdrunq[td->td_pri]);
}

/**
 * lwkt_drain_wakeups() - queue whom anybody made runnable since the last pass
 * @gd: the CPU
 *
 * Oldest first.
 *
 * Context: the CPU's baton holder.
 */
void lwkt_drain_wakeups(struct lwkt_globaldata *gd)
{
	struct llist_node *list;

	if (llist_empty(&gd->gd_wakeups))
		return;
	/* Pairs with llist_add() in lwkt_schedule(). */
	list = llist_reverse_order(llist_del_all(&gd->gd_wakeups));
	while (list) {
		struct lwkt_thread *td =
			llist_entry(list, struct lwkt_thread, td_wakenode);

		/* Before runq_add(): the node may be used again from there. */
		list = list->next;
		runq_add(td);
		td->td_woken = true;
		lwkt_thread_stats(td)->wakeups++;
	}
}

/**
 * lwkt_deschedule() - take a thread off the run queue until it is woken
 * @td: a queued thread; the caller, who then switches, or one that is not
 * current
 *
 * From now on lwkt_schedule() can find it.
 *
 * Context: the baton holder of the thread's CPU.
 */
void lwkt_deschedule(struct lwkt_thread *td)
{
	lwkt_runq_remove(td);
	/* Pairs with the xchg in lwkt_schedule(). */
	atomic_set_release(&td->td_blocked, 1);
}

/**
 * lwkt_schedule() - make a thread runnable
 * @td: the thread; nothing happens if it is runnable already
 *
 * Context: any, any CPU. The thread does not end before this returns: a waker
 * calls it only for a thread that waits for that very call.
 */
void lwkt_schedule(struct lwkt_thread *td)
{
	struct lwkt_globaldata *gd = td->td_gd;
	struct lwkt_thread *idle = gd->gd_idle;

	/* Pairs with lwkt_deschedule(); full barrier. */
	if (!atomic_xchg(&td->td_blocked, 0))
		return;
	WRITE_ONCE(td->td_entered, true);
	/* One that waits for its tokens again could run all the time since. */
	if (!READ_ONCE(td->td_since_ns))
		WRITE_ONCE(td->td_wake_ns, tb_clock_ns());
	llist_add(&td->td_wakenode, &gd->gd_wakeups);
	/* llist_add() is a full barrier; see WAKING above. */
	if (READ_ONCE(gd->gd_curthread) == idle)
		wake_up_process(idle->td_task);
}
EXPORT_SYMBOL_GPL(lwkt_schedule);
