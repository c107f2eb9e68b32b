/* SPDX-License-Identifier: GPL-2.0 */
/*
 * handoff.h - tokens whose waiters sleep until a release wakes them: the
 * uncontended path (handoff/handoff.c, RECURSION there)
 */
#ifndef _LWKT_TOKEN_HANDOFF_H
#define _LWKT_TOKEN_HANDOFF_H

#include "word.h"

int lwkt_handoff_contended(struct lwkt_thread *td, struct lwkt_token *tok,
			   struct lwkt_tokref *word);
int lwkt_handoff_overflow(struct lwkt_thread *td, struct lwkt_token *tok);
int lwkt_handoff_rel_slow(struct lwkt_thread *td, struct lwkt_token *tok);
void lwkt_handoff_release(struct lwkt_token *tok);
bool lwkt_handoff_trytoken(struct lwkt_thread *td, struct lwkt_token *tok);
unsigned int lwkt_handoff_relall(struct lwkt_thread *td);
bool lwkt_handoff_getall(struct lwkt_thread *td);
struct lwkt_thread *lwkt_handoff_choose(struct lwkt_globaldata *gd);
void lwkt_handoff_swapped(struct lwkt_thread *td, struct lwkt_tokref *a,
			  struct lwkt_tokref *b);

/* The newest reference goes, after its token was released: lwkt_push_ref(). */
static __always_inline void lwkt_handoff_pop(struct lwkt_thread *td)
{
	barrier();
	td->td_toks_stop--;
	td->td_left++;
}

/* True if @td can have a reference more, which td_left counts from now on. */
static __always_inline bool lwkt_handoff_count(struct lwkt_thread *td)
{
	/* data_race: lwkt_nobody is for all; nothing follows from its value. */
	return likely(data_race(--td->td_left) >= 0);
}

/* See lwkt_gettoken(). */
static __always_inline int lwkt_handoff_gettoken(struct lwkt_thread *td,
						 struct lwkt_token *tok)
{
	struct lwkt_tokref *ref, *word;

	if (!lwkt_handoff_count(td))
		return lwkt_handoff_overflow(td, tok);
	word = READ_ONCE(tok->t_ref);
	/*
	 * Recursion. Not decided by tr_tok, since an interrupt can find the newest
	 * reference half made; the word names it only if it owns the token. Likely,
	 * so that it is short: what follows costs one jump more, and has a locked
	 * instruction anyway.
	 */
	if (likely(word + 1 == td->td_toks_stop)) {
		word->tr_flags += TR_AGAIN;
		return 0;
	}
	/* Lets the compiler read td_toks_stop twice, of which recursion needs one. */
	barrier();
	ref = lwkt_push_ref(td, tok, 0);
	/* Pairs with the releases: lwkt_handoff_reltoken(), lwkt_handoff_release(). */
	if (likely(!word && try_cmpxchg_acquire(&tok->t_ref, &word, ref)))
		return 0;
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

	if (ref->tr_flags >= TR_AGAIN) {
		if (unlikely(ref->tr_tok != tok))
			return lwkt_reltoken_illegal(tok);
		/* Read anew: no register is needed, one instruction less each way. */
		barrier();
		ref->tr_flags -= TR_AGAIN;
		td->td_left++;
		return 0;
	}
	/*
	 * A waiter may add HANDOFF_QUEUE at any moment, hence the cmpxchg; it
	 * pairs with the acquire of the next owner. A word that names the
	 * newest reference names one to this token.
	 */
	if (unlikely(!try_cmpxchg_release(&tok->t_ref, &word, NULL)))
		return lwkt_handoff_rel_slow(td, tok);
	lwkt_handoff_pop(td);
	return 0;
}

#endif /* _LWKT_TOKEN_HANDOFF_H */
