/* SPDX-License-Identifier: GPL-2.0 */
/*
 * handoff.h - tokens whose waiters sleep until a release wakes them: the
 * uncontended path (handoff/handoff.c)
 */
#ifndef _LWKT_TOKEN_HANDOFF_H
#define _LWKT_TOKEN_HANDOFF_H

#include "word.h"

int lwkt_handoff_contended(struct lwkt_thread *td, struct lwkt_token *tok,
			   struct lwkt_tokref *word);
void lwkt_handoff_release(struct lwkt_token *tok);
bool lwkt_handoff_trytoken(struct lwkt_thread *td, struct lwkt_token *tok);
unsigned int lwkt_handoff_relall(struct lwkt_thread *td);
bool lwkt_handoff_getall(struct lwkt_thread *td);
struct lwkt_thread *lwkt_handoff_choose(struct lwkt_globaldata *gd);
void lwkt_handoff_swapped(struct lwkt_thread *td, struct lwkt_tokref *a,
			  struct lwkt_tokref *b);

/* See lwkt_gettoken(). */
static __always_inline int lwkt_handoff_gettoken(struct lwkt_thread *td,
						 struct lwkt_token *tok)
{
	struct lwkt_tokref *ref, *word;

	if (unlikely(!lwkt_ref_left(td)))
		return lwkt_gettoken_overflow(tok);
	ref = lwkt_push_ref(td, tok, 0);
	word = READ_ONCE(tok->t_ref);
	/* Pairs with the releases: lwkt_handoff_reltoken(), lwkt_handoff_release(). */
	if (likely(!word && try_cmpxchg_acquire(&tok->t_ref, &word, ref))) {
		tok->t_gen++;
		return 0;
	}
	if (lwkt_ref_is_mine(td, word))
		return 0;
	return lwkt_handoff_contended(td, tok, word);
}

/* No shared mode: see LIMITS in handoff/handoff.c. */
static __always_inline int lwkt_handoff_gettoken_shared(struct lwkt_thread *td,
							struct lwkt_token *tok)
{
	return -EOPNOTSUPP;
}

/* See lwkt_reltoken(). */
static __always_inline int lwkt_handoff_reltoken(struct lwkt_thread *td,
						 struct lwkt_token *tok)
{
	struct lwkt_tokref *ref = td->td_toks_stop - 1, *word = ref;

	/*
	 * A waiter may add HANDOFF_QUEUE at any moment, hence the cmpxchg; it
	 * pairs with the acquire of the next owner. A word that names the
	 * newest reference names one to this token. The look before it spares
	 * recursion the locked instruction; if it is wrong, the cmpxchg is not.
	 */
	if (unlikely(!data_race(tok->t_ref == ref) ||
		     !try_cmpxchg_release(&tok->t_ref, &word, NULL))) {
		/* Slot -1 of the array is a sentinel that names no token. */
		if (ref->tr_tok != tok)
			return lwkt_reltoken_illegal(tok);
		/* Recursion: the word names an older reference. */
		if (lwkt_strip(READ_ONCE(tok->t_ref)) == ref)
			lwkt_handoff_release(tok);
	}
	lwkt_pop_ref(td, ref);
	return 0;
}

#endif /* _LWKT_TOKEN_HANDOFF_H */
