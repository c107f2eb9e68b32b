// SPDX-License-Identifier: GPL-2.0
/*
 * fairq.c - the fair run queue of August 2010 to October 2011, used by
 * token-ipi and token-ticket
 *
 * Source: DragonFly BSD f9235b6d9c, read at fc55f5f280 (lwkt_thread.c:175,
 * 743-751, 1049-1075, 1297-1321) and in release 2.10; the port's own code.
 *
 * WHAT IT DOES
 *
 *   One queue for all priorities. Each thread has an account, td_fair, that
 *   pays for its place:
 *
 *     chosen by a pass       - 1
 *     the clock ticks while  - the sum of the priorities of all queued threads
 *     it runs
 *     found negative by a    + its priority x FAIRQ_SCALE, and it moves to the
 *     pass                   end of the queue
 *     woken in another tick  + that sum
 *     than it was charged
 *
 *   The account stays within the sum x FAIRQ_SCALE on either side.
 *
 *   A thread that becomes runnable goes before all of its priority and below. A
 *   thread that is chosen goes to the head, unless the head has a higher
 *   priority. A thread that is not chosen keeps its place. So a thread stays
 *   first until its account is negative: for tens of switches, or for a few
 *   ticks. With equal priorities and M threads that is 8 / M ticks of running.
 *
 *   A thread of low priority gets its share beside those of higher priority that
 *   are runnable all the time, since these move behind it when they have none
 *   left.
 *
 * DEPARTURES
 *
 *   1. The tick is lwkt_quantum_ns. It is noticed by the pass that follows it;
 *      between two passes one thread is current, so the right one is charged.
 *   2. A thread that has had no slice yet, or gave it up with lwkt_yield(),
 *      gives the rest of its account away: thread.h promises each a first turn.
 *      DragonFly's lwkt_yield() does nothing unless the account is negative or
 *      the head has a higher priority.
 */
#include <linux/list.h>
#include <linux/minmax.h>

#include "base/clock.h"
#include "base/compat.h"
#include "fairq.h"

static s64 account_limit(const struct lwkt_globaldata *gd)
{
	return gd->gd_fair_total * FAIRQ_SCALE;
}

/* Charge the thread that has run since the last pass. */
static void charge_runner(struct lwkt_globaldata *gd)
{
	struct lwkt_thread *td = gd->gd_curthread;
	u64 now = tb_clock_ns(), ticks;

	if ((s64)(now - gd->gd_tick_ns) < 0)
		return;
	ticks = (now - gd->gd_tick_ns) / lwkt_quantum_ns + 1;
	gd->gd_tick_ns += ticks * lwkt_quantum_ns;
	gd->gd_ticks += ticks;
	if (td->td_flags & TDF_IDLE)
		return;
	/* From one limit to the other at most. */
	ticks = min_t(u64, ticks, 2 * FAIRQ_SCALE);
	td->td_fair -= (s64)ticks * gd->gd_fair_total;
	td->td_fair_tick = gd->gd_ticks;
	lwkt_fairq_floor(gd, td);
}

/**
 * lwkt_fairq_add() - queue a thread that became runnable
 * @gd: its CPU
 * @td: the thread
 *
 * Its priority is not in gd_fair_total yet.
 */
void lwkt_fairq_add(struct lwkt_globaldata *gd, struct lwkt_thread *td)
{
	struct list_head *at;

	list_for_each(at, &gd->gd_tdrunq[LWKT_FAIR_QUEUE])
		if (list_entry(at, struct lwkt_thread, td_threadq)->td_pri <=
		    td->td_pri)
			break;
	list_add_tail(&td->td_threadq, at);
	charge_runner(gd);
	if (td->td_fair_tick != gd->gd_ticks) {
		s64 total = gd->gd_fair_total + td->td_pri;

		td->td_fair_tick = gd->gd_ticks;
		td->td_fair =
			min_t(s64, td->td_fair + total, total * FAIRQ_SCALE);
	}
}

/**
 * lwkt_fairq_refill() - a pass found a thread's account negative
 * @gd: the CPU
 * @td: the thread; moves to the end of the queue
 */
void lwkt_fairq_refill(struct lwkt_globaldata *gd, struct lwkt_thread *td)
{
	td->td_fair = min_t(s64, td->td_fair + td->td_pri * FAIRQ_SCALE,
			    account_limit(gd));
	list_move_tail(&td->td_threadq, &gd->gd_tdrunq[LWKT_FAIR_QUEUE]);
}

/**
 * lwkt_fairq_floor() - keep an account from falling without end
 * @gd: the CPU
 * @td: the thread
 */
void lwkt_fairq_floor(struct lwkt_globaldata *gd, struct lwkt_thread *td)
{
	td->td_fair = max_t(s64, td->td_fair, -account_limit(gd));
}

/**
 * lwkt_fairq_begin() - a call of the scheduler begins
 * @gd: the CPU
 */
void lwkt_fairq_begin(struct lwkt_globaldata *gd)
{
	struct lwkt_thread *td = gd->gd_curthread;

	gd->gd_contended = false;
	charge_runner(gd);
	if (!td->td_slice_end && !list_empty(&td->td_threadq))
		td->td_fair = min_t(s64, td->td_fair, -1);
}

/**
 * lwkt_fairq_contended() - a thread could not get its tokens
 * @gd: the CPU
 *
 * The first one of a call makes it a contended one.
 */
void lwkt_fairq_contended(struct lwkt_globaldata *gd)
{
	if (gd->gd_contended)
		return;
	gd->gd_contended = true;
	gd->gd_scan_from = tb_clock_ns();
	lwkt_cpu_stats(gd)->switches_contended++;
}

/* Round by round, since the window can open or close meanwhile. */
static void count_scan(struct lwkt_globaldata *gd)
{
	u64 now;

	if (!gd->gd_contended)
		return;
	now = tb_clock_ns();
	lwkt_cpu_stats(gd)->scan_ns += now - gd->gd_scan_from;
	gd->gd_scan_from = now;
}

/**
 * lwkt_fairq_again() - the call makes a further round
 * @gd: the CPU
 *
 * A round is a pass of its own; see lwkt_choose().
 *
 * Context: may sleep.
 */
void lwkt_fairq_again(struct lwkt_globaldata *gd)
{
	compat_relax_cpu();
	count_scan(gd);
	atomic_andnot(RQF_RESCHED, &gd->gd_reqflags);
	lwkt_drain_wakeups(gd);
}

/**
 * lwkt_fairq_end() - a call of the scheduler ends
 * @gd: the CPU
 * @td: the thread that it chose, or NULL
 */
void lwkt_fairq_end(struct lwkt_globaldata *gd, struct lwkt_thread *td)
{
	count_scan(gd);
	if (!td)
		return;
	td->td_fair--;
	if (td->td_pri >= lwkt_fairq_first(gd)->td_pri)
		list_move(&td->td_threadq, &gd->gd_tdrunq[LWKT_FAIR_QUEUE]);
}
