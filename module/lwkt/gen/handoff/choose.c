// SPDX-License-Identifier: GPL-2.0
/*
 * choose.c - one pass of the scheduler (token-handoff)
 *
 * The run queue's order of priorities holds: a pass does not look below the
 * best priority at which a thread can run. Waiters below it that are awake are
 * set aside, so that nothing is kept for a thread that the CPU does not come to,
 * and no release is silent for one (PRIORITIES in handoff/handover.c).
 */
#include "base/clock.h"
#include "base/compat.h"
#include "eldest.h"
#include "handover.h"
#include "spin.h"

/*
 * The CPU was asked to yield for a first waiter, an heir or the eldest: try
 * the one that has been first for the longest time before the others.
 */
static void bring_first_forward(struct list_head *queue)
{
	struct list_head *pos, *best = NULL;
	struct lwkt_thread *td;
	u64 oldest = 0, since;

	list_for_each(pos, queue) {
		td = list_entry(pos, struct lwkt_thread, td_threadq);
		since = READ_ONCE(lwkt_waiter(td)->wt_first_ns);
		if (since && (!best || (s64)(since - oldest) < 0)) {
			best = pos;
			oldest = since;
		}
	}
	if (best)
		list_move(best, queue);
}

/* @td runs: any other thread that the CPU was asked to yield for still waits. */
static void renew_requests(const struct lwkt_thread *td)
{
	struct lwkt_thread *other;

	list_for_each_entry(other, &td->td_gd->gd_tdrunq[td->td_pri],
			    td_threadq)
		if (other != td)
			lwkt_handoff_ask_cpu(other);
}

/* Waiters that are awake, and that the CPU does not come to because of @td. */
static void set_aside_outranked(const struct lwkt_thread *td)
{
	struct lwkt_thread *other, *next;

	list_for_each_entry_safe(other, next, &td->td_gd->gd_awake, td_awakeq)
		if (other->td_pri < td->td_pri)
			lwkt_handoff_set_aside(other);
}

/* @td could not get its tokens: spin for them, or let it wait. */
static void spin_or_park(struct lwkt_globaldata *gd, struct lwkt_thread *td)
{
	struct lwkt_token *tok = lwkt_handoff_cpu(gd)->fail_tok;

	lwkt_handoff_count_futile(tok);
	lwkt_waiter(td)->wt_spun = lwkt_handoff_spin(td, tok, NULL, NULL);
	if (!lwkt_waiter(td)->wt_spun) {
		if (lwkt_eldest_may_bind(td)) {
			lwkt_eldest_park(td);
			return;
		}
		if (lwkt_handoff_park(td, tok))
			return;
	}
	/* It is free by now, and @td the head still. */
	lwkt_cpu_stats(gd)->head_retries++;
	compat_relax_cpu();
}

/**
 * lwkt_handoff_choose() - one pass of the scheduler
 * @gd: the CPU
 *
 * The first thread that needs no tokens or gets them. A thread that does not get
 * them leaves the run queue, so no CPU polls.
 *
 * Context: the CPU's baton holder, tokens of the outgoing thread released.
 * Return: the thread to run, NULL for the idle thread
 */
struct lwkt_thread *lwkt_handoff_choose(struct lwkt_globaldata *gd)
{
	u64 asked = gd->gd_asked_ns, start = 0;
	struct lwkt_thread *td = NULL;
	struct lwkt_handoff_cpu *cpu;
	bool asked_now;

	asked_now = asked && (s64)(tb_clock_ns() - asked) >= 0;
	if (asked && !asked_now)
		lwkt_yield_by(gd, asked);
	gd->gd_contended = false;
	while (gd->gd_runqmask) {
		struct list_head *queue =
			&gd->gd_tdrunq[fls(gd->gd_runqmask) - 1];

		if (asked_now)
			bring_first_forward(queue);
		td = list_first_entry(queue, struct lwkt_thread, td_threadq);
		if (lwkt_may_run(td, lwkt_handoff_getall)) {
			lwkt_runq_rotate(td);
			set_aside_outranked(td);
			if (asked)
				renew_requests(td);
			break;
		}
		if (!start) {
			start = tb_clock_ns();
			gd->gd_contended = true;
			lwkt_cpu_stats(gd)->switches_contended++;
		}
		spin_or_park(gd, td);
		td = NULL;
	}
	if (start)
		lwkt_cpu_stats(gd)->scan_ns += tb_clock_ns() - start;
	if (td)
		return td;
	/* No thread polls: the CPU may sleep. */
	gd->gd_contended = false;
	cpu = lwkt_handoff_cpu(gd);
	if (cpu->parked) {
		lwkt_handoff_start_retry(cpu->parked);
		cpu->parked = NULL;
	}
	return NULL;
}
