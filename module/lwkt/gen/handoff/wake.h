/* SPDX-License-Identifier: GPL-2.0 */
/*
 * wake.h - wake-ups that wait until a token's lock is dropped
 * (token-handoff)
 *
 * A wake-up takes Linux's run queue lock and may interrupt another CPU, which
 * is too long for a section with interrupts off that every release of the token
 * waits for. So it has two halves: the thread is claimed under the lock, and made
 * runnable after it. Proof: handoff-claim (PROOFS.rst).
 */
#ifndef _LWKT_HANDOFF_WAKE_H
#define _LWKT_HANDOFF_WAKE_H

#include <linux/llist.h>
#include <linux/preempt.h>

#include "lwkt/core/sched.h"

/* What one section under a lock can ask for: the eldest's CPU, and a waiter's. */
#define HANDOFF_ASKS 2

/**
 * struct handoff_wakes - what to do once the lock is dropped
 * @first: the threads that were claimed, linked by td_wakenode
 * @last: where to link the next one
 * @ask: CPUs to ask for a scheduler pass, and by when
 * @asks: how many
 */
struct handoff_wakes {
	struct llist_node *first;
	struct llist_node **last;
	struct {
		struct lwkt_globaldata *gd;
		u64 by;
	} ask[HANDOFF_ASKS];
	unsigned int asks;
};

/*
 * Begin one, before the lock is taken. Not preemptible until the end of
 * lwkt_handoff_wake_all(): no other waker wakes a thread that is claimed.
 */
static inline void lwkt_handoff_wakes_init(struct handoff_wakes *w)
{
	preempt_disable();
	w->first = NULL;
	w->last = &w->first;
	w->asks = 0;
}

void lwkt_handoff_claim(struct handoff_wakes *w, struct lwkt_thread *td);
void lwkt_handoff_ask_by(struct handoff_wakes *w, struct lwkt_globaldata *gd,
			 u64 by);
void lwkt_handoff_wake_all(struct handoff_wakes *w);

#endif /* _LWKT_HANDOFF_WAKE_H */
