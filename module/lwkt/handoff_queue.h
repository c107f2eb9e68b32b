/* SPDX-License-Identifier: GPL-2.0 */
/*
 * handoff_queue.h - the waiters of a token (token-handoff)
 */
#ifndef _LWKT_HANDOFF_QUEUE_H
#define _LWKT_HANDOFF_QUEUE_H

#include "token_handoff.h"

/* A word that is free for t_heir only. */
#define HANDOFF_KEPT_WORD ((struct lwkt_tokref *)(HANDOFF_QUEUE | HANDOFF_KEPT))

bool lwkt_handoff_park(struct lwkt_thread *td, struct lwkt_token *tok);
void lwkt_handoff_leave_queue(struct lwkt_thread *td);
void lwkt_handoff_inherit(struct lwkt_tokref *ref);
void lwkt_handoff_wake(struct lwkt_thread *td);
void lwkt_handoff_futile(struct lwkt_token *tok);
void lwkt_handoff_retry(struct lwkt_thread *td);

/**
 * lwkt_handoff_kept_for() - is a token free, and for this thread only?
 * @tok: the token
 * @td: the thread
 *
 * Once true it stays true until @td takes it.
 *
 * Context: any.
 */
static inline bool lwkt_handoff_kept_for(const struct lwkt_token *tok,
					 const struct lwkt_thread *td)
{
	/* Pairs with the release store of keep(): t_heir is that of the word. */
	struct lwkt_tokref *word = smp_load_acquire(&tok->t_ref);

	return word == HANDOFF_KEPT_WORD && READ_ONCE(tok->t_heir) == td;
}

#endif /* _LWKT_HANDOFF_QUEUE_H */
