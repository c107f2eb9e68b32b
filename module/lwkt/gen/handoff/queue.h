/* SPDX-License-Identifier: GPL-2.0 */
/*
 * queue.h - the waiters of a token (token-handoff)
 */
#ifndef _LWKT_HANDOFF_QUEUE_H
#define _LWKT_HANDOFF_QUEUE_H

#include "handoff.h"
#include "waiter.h"

/* The oldest of those that wait for a token. Context: t_lock held. */
static inline struct lwkt_thread *lwkt_handoff_first(struct lwkt_token *tok)
{
	struct lwkt_waiter *wt = list_first_entry_or_null(&tok->t_waiters,
							  struct lwkt_waiter,
							  wt_link);

	return wt ? lwkt_waiter_thread(wt) : NULL;
}

/* Both wait: did @a begin before @b? */
static inline bool lwkt_handoff_older(const struct lwkt_thread *a,
				      const struct lwkt_thread *b)
{
	return (s64)(a->td_since_ns - b->td_since_ns) < 0;
}

void lwkt_handoff_ask_cpu(struct lwkt_thread *td);
bool lwkt_handoff_park(struct lwkt_thread *td, struct lwkt_token *tok);
void lwkt_handoff_end_queueing(struct lwkt_thread *td);
void lwkt_handoff_unmark(struct lwkt_token *tok);
void lwkt_handoff_count_futile(struct lwkt_token *tok);
void lwkt_handoff_start_retry(struct lwkt_thread *td);
void lwkt_handoff_set_timer(struct lwkt_thread *td, u64 ns);
void lwkt_handoff_set_aside(struct lwkt_thread *td);

#endif /* _LWKT_HANDOFF_QUEUE_H */
