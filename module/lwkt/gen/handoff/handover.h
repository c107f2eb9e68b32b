/* SPDX-License-Identifier: GPL-2.0 */
/*
 * handover.h - how a token without an owner comes to a thread that waits for it
 * (token-handoff)
 */
#ifndef _LWKT_HANDOFF_HANDOVER_H
#define _LWKT_HANDOFF_HANDOVER_H

#include "queue.h"
#include "try.h"
#include "wake.h"

u64 lwkt_handoff_window_ns(void);
u64 lwkt_handoff_keep_left(const struct lwkt_thread *td, u64 now);
void lwkt_handoff_expire_keeps(struct lwkt_thread *td);
bool lwkt_handoff_window_over(const struct lwkt_thread *td, u64 now);
struct lwkt_thread *lwkt_handoff_find_first(struct lwkt_token *tok, u64 now,
					    struct handoff_wakes *w);
void lwkt_handoff_offer(struct lwkt_token *tok, u64 now,
			struct handoff_wakes *w);
void lwkt_handoff_wake_first(struct lwkt_token *tok, u64 now,
			     struct handoff_wakes *w);
bool lwkt_handoff_keep_free(struct lwkt_token *tok, struct lwkt_thread *td,
			    u64 now);
bool lwkt_handoff_give_up_keep(struct lwkt_token *tok, struct lwkt_thread *td,
			       u64 now, struct handoff_wakes *w);
bool lwkt_handoff_take_as_heir(struct lwkt_token *tok, struct lwkt_thread *td,
			       struct lwkt_tokref *mine);
bool lwkt_handoff_take_unowned(struct lwkt_token *tok,
			       struct lwkt_tokref *mine);

/**
 * lwkt_handoff_kept_for() - is a token free, and for this thread only?
 * @tok: the token
 * @td: the thread
 *
 * A look: it can be over in the next moment.
 *
 * Context: any.
 */
static inline bool lwkt_handoff_kept_for(const struct lwkt_token *tok,
					 const struct lwkt_thread *td)
{
	/* Pairs with the release store of keep_token(): t_heir is that of the word. */
	struct lwkt_tokref *word = smp_load_acquire(&tok->t_ref);

	return word == HANDOFF_KEPT_WORD && READ_ONCE(tok->t_heir) == td;
}

#endif /* _LWKT_HANDOFF_HANDOVER_H */
