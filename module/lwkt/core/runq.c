// SPDX-License-Identifier: GPL-2.0
/*
 * runq.c - the run queue of each CPU, and how a thread gets into it
 *
 * The queue belongs to the CPU's baton holder (sched.c): 32 FIFOs, one per
 * priority, and a mask of those that are not empty; or one fair queue (fairq.c).
 * The current thread stays queued while it runs, as in DragonFly. Where it moves
 * when it is chosen is the generation's rule.
 *
 * WAKING
 *
 *   Any context on any CPU may make a thread runnable. It is put on the CPU's
 *   gd_wakeups list without a lock, and the baton holder moves the list to the
 *   run queue at its next pass. If the holder is the idle thread it may be
 *   asleep, so it is woken. Proofs: wake-idle, wake-once (PROOFS.rst).
 */
#include <linux/export.h>

#include "base/clock.h"
#include "fairq.h"
#include "sched.h"

static void runq_add(struct lwkt_thread *td)
{
	struct lwkt_globaldata *gd = td->td_gd;

	if (td->td_queue == LWKT_FAIR_QUEUE)
		lwkt_fairq_add(gd, td);
	else
		list_add_tail(&td->td_threadq, &gd->gd_tdrunq[td->td_queue]);
	/* Read by other CPUs. */
	WRITE_ONCE(gd->gd_runqmask, gd->gd_runqmask | BIT(td->td_queue));
	gd->gd_fair_total += td->td_pri;
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
	list_del_init(&td->td_awakeq);
	gd->gd_fair_total -= td->td_pri;
	if (list_empty(&gd->gd_tdrunq[td->td_queue]))
		WRITE_ONCE(gd->gd_runqmask,
			   gd->gd_runqmask & ~BIT(td->td_queue));
}

/**
 * lwkt_runq_rotate() - move a thread to the tail of its queue
 * @td: a queued thread
 *
 * Context: the baton holder of the thread's CPU.
 */
void lwkt_runq_rotate(struct lwkt_thread *td)
{
	list_move_tail(&td->td_threadq, &td->td_gd->gd_tdrunq[td->td_queue]);
}

/**
 * lwkt_drain_wakeups() - queue the threads that were made runnable since the last
 * pass
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
		if (td->td_since_ns)
			list_add_tail(&td->td_awakeq, &gd->gd_awake);
		td->td_woken = true;
		lwkt_thread_stats(td)->wakeups++;
	}
}

/**
 * lwkt_deschedule() - take a thread off the run queue until it is woken
 * @td: a queued thread; the caller, which then switches, or one that is not
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
 * lwkt_schedule_claim() - be the one waker of a thread
 * @td: the thread
 *
 * The caller has to call lwkt_schedule_claimed() then. Until it does the thread
 * does not run, and does not end.
 *
 * Context: any, any CPU; see lwkt_schedule().
 * Return: false if the thread is runnable already, or another waker makes it so
 */
bool lwkt_schedule_claim(struct lwkt_thread *td)
{
	/* Pairs with lwkt_deschedule(); full barrier. Proof: wake-once. */
	return atomic_xchg(&td->td_blocked, 0);
}

/**
 * lwkt_schedule_claimed() - make a claimed thread runnable
 * @td: the thread
 *
 * Context: any, any CPU.
 */
void lwkt_schedule_claimed(struct lwkt_thread *td)
{
	struct lwkt_globaldata *gd = td->td_gd;
	struct lwkt_thread *idle = gd->gd_idle;

	WRITE_ONCE(td->td_entered, true);
	/* One that waits for its tokens again could run all the time since. */
	if (!READ_ONCE(td->td_since_ns))
		WRITE_ONCE(td->td_wake_ns, tb_clock_ns());
	llist_add(&td->td_wakenode, &gd->gd_wakeups);
	/* llist_add() is a full barrier. Proof: wake-idle. */
	if (READ_ONCE(gd->gd_curthread) == idle)
		wake_up_process(idle->td_task);
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
	if (lwkt_schedule_claim(td))
		lwkt_schedule_claimed(td);
}
EXPORT_SYMBOL_GPL(lwkt_schedule);
