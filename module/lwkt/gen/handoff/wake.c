// SPDX-License-Identifier: GPL-2.0
/*
 * wake.c - wake-ups that wait until a token's lock is dropped
 * (token-handoff); see handoff/wake.h
 */
#include <linux/bug.h>

#include "lwkt/core/testpoint.h"
#include "wake.h"

/**
 * lwkt_handoff_claim() - a waiting thread is to be made runnable
 * @w: gets it
 * @td: the thread; nothing happens if it is awake already
 *
 * Context: a lock held under which @td is found.
 */
void lwkt_handoff_claim(struct handoff_wakes *w, struct lwkt_thread *td)
{
	if (!lwkt_schedule_claim(td))
		return;
	td->td_wakenode.next = NULL;
	*w->last = &td->td_wakenode;
	w->last = &td->td_wakenode.next;
}

/**
 * lwkt_handoff_ask_by() - a CPU is to make a scheduler pass
 * @w: gets the request
 * @gd: the CPU
 * @by: by when, see lwkt_yield_by()
 *
 * Context: any.
 */
void lwkt_handoff_ask_by(struct handoff_wakes *w, struct lwkt_globaldata *gd,
			 u64 by)
{
	if (WARN_ON_ONCE(w->asks == HANDOFF_ASKS))
		return;
	w->ask[w->asks].gd = gd;
	w->ask[w->asks++].by = by;
}

/**
 * lwkt_handoff_wake_all() - do what was asked for, and be preemptible again
 * @w: it all
 *
 * Context: any; the lock that was held is dropped.
 */
void lwkt_handoff_wake_all(struct handoff_wakes *w)
{
	struct llist_node *node = w->first;
	unsigned int i;

	while (node) {
		struct lwkt_thread *td =
			llist_entry(node, struct lwkt_thread, td_wakenode);

		/* Before it is queued: the node is used again then. */
		node = node->next;
		lwkt_testpoint(LWKT_TP_WAKE, td, 0);
		lwkt_schedule_claimed(td);
	}
	/* In this order: the pass that takes the request finds the thread. */
	for (i = 0; i < w->asks; i++)
		lwkt_yield_by(w->ask[i].gd, w->ask[i].by);
	preempt_enable();
}
