/* SPDX-License-Identifier: GPL-2.0 */
/*
 * ptr_word.h - the generations whose token word is one pointer: June 2010 to
 * October 2011
 *
 * STATE
 *
 *   t_ref is all there is:
 *
 *     NULL          free
 *     ref           owned by ref->tr_owner; ref is its OLDEST reference to the
 *                   token, newer ones are recursion and own nothing
 *     ref | tag     the same, but only for the length of a scheduler's try
 *                   that wants further tokens and may yet give it back
 *                   (tries.c)
 *
 *   Whether a token is mine is a range check of the word against my own
 *   array: no foreign memory is read, and recursion needs no atomic operation.
 *
 * TRANSITIONS
 *
 *   NULL -> ref         gettoken, trytoken (cmpxchg, acquire)
 *   NULL -> ref         a scheduler's try, one reference (cmpxchg, acquire)
 *   NULL -> ref|tag     a scheduler's try, several references
 *   ref|tag -> ref      the try succeeded
 *   ref|tag -> NULL     the try failed (store, release)
 *   ref -> NULL         reltoken, relall (store, release)
 *   ref -> ref'         lwkt_token_swap(), both the owner's own
 *
 *   Only the owner's CPU leaves the owned states, so plain stores do. Each
 *   release store pairs with the acquire of the next cmpxchg that finds NULL.
 *
 * A TRY FOR ALL
 *
 *   For each reference, in the order of asking: free -> cmpxchg; mine already
 *   (recursion) -> nothing; foreign -> fail, give back everything this try
 *   took. A lost cmpxchg only looks again, as in 2010.
 *
 * The functions here are emitted once per generation: @gen is a constant in
 * every use.
 */
#ifndef _LWKT_TOKEN_PTR_H
#define _LWKT_TOKEN_PTR_H

#include "base/compat.h"
#include "lwkt/core/testpoint.h"
#include "lwkt/token/token.h"
#include "lwkt/token/tries.h"
#include "mask.h"
#include "paths.h"

/* Empty the word of a token that @td owns. */
static __always_inline void lwkt_ptr_release(struct lwkt_token *tok,
					     enum lwkt_generation gen)
{
	/* Pairs with the acquire of the next owner's cmpxchg. */
	smp_store_release(&tok->t_ref, NULL);
	/* data_race: a bit that is missed heals (gen/mask.c). */
	if (lwkt_gen_masks(gen) && unlikely(data_race(tok->t_mask)))
		lwkt_mask_kick(tok, gen == LWKT_GEN_ipi);
}

/*
 * Try for the token of the newest reference; @word gets what was found. A lost
 * race leaves the winner in it. The acquire pairs with lwkt_ptr_release().
 */
static __always_inline bool lwkt_ptr_try(struct lwkt_thread *td,
					 struct lwkt_token *tok,
					 struct lwkt_tokref *ref,
					 struct lwkt_tokref **word)
{
	*word = READ_ONCE(tok->t_ref);
	if (likely(!*word && try_cmpxchg_acquire(&tok->t_ref, word, ref))) {
		tok->t_gen++;
		return true;
	}
	return lwkt_ref_is_mine(td, *word);
}

/* gettoken() that met a foreign owner, found as @owner. */
typedef int (*lwkt_ptr_contended_fn)(struct lwkt_thread *td,
				     struct lwkt_token *tok,
				     struct lwkt_tokref *owner);

/* The uncontended paths. */

static __always_inline int lwkt_ptr_gettoken(struct lwkt_thread *td,
					     struct lwkt_token *tok,
					     lwkt_ptr_contended_fn contended)
{
	struct lwkt_tokref *ref, *word;

	if (unlikely(!lwkt_ref_left(td)))
		return lwkt_gettoken_overflow(tok);
	ref = lwkt_push_ref(td, tok, 0);
	if (likely(lwkt_ptr_try(td, tok, ref, &word)))
		return 0;
	return contended(td, tok, word);
}

/* No shared mode before November 2011. */
static __always_inline int
lwkt_ptr_gettoken_shared(struct lwkt_thread *td, struct lwkt_token *tok,
			 lwkt_ptr_contended_fn contended,
			 enum lwkt_generation gen)
{
	return -EOPNOTSUPP;
}

static __always_inline bool lwkt_ptr_trytoken(struct lwkt_thread *td,
					      struct lwkt_token *tok)
{
	struct lwkt_tokref *ref, *word;

	if (unlikely(!lwkt_ref_left(td))) {
		lwkt_gettoken_overflow(tok);
		return false;
	}
	ref = lwkt_push_ref(td, tok, 0);
	if (lwkt_ptr_try(td, tok, ref, &word))
		return true;
	lwkt_pop_ref(td, ref);
	return false;
}

static __always_inline int lwkt_ptr_reltoken(struct lwkt_thread *td,
					     struct lwkt_token *tok,
					     enum lwkt_generation gen)
{
	struct lwkt_tokref *ref = td->td_toks_stop - 1;

	/*
	 * A word that names the newest reference names one to this token; a
	 * recursive one never stands in a word. Empty the word first, give the
	 * slot back afterwards. No other thread can change the word while it is
	 * mine, or make it mine if it is not: the read needs no
	 * protection.
	 */
	if (likely(data_race(tok->t_ref == ref)))
		lwkt_ptr_release(tok, gen);
	else if (unlikely(ref->tr_tok != tok))
		/* Or the sentinel in slot -1, which names no token. */
		return lwkt_reltoken_illegal(tok);
	lwkt_pop_ref(td, ref);
	return 0;
}

/* What is called for a whole thread. */

/* Drop all tokens of @td in the order of taking; how many were owned. */
static __always_inline unsigned int lwkt_ptr_relall(struct lwkt_thread *td,
						    enum lwkt_generation gen)
{
	struct lwkt_tokref *ref;
	unsigned int n = 0;

	for (ref = td->td_toks; ref < td->td_toks_stop; ref++) {
		struct lwkt_token *tok = ref->tr_tok;

		/* Not mine, or a recursive reference. */
		if (READ_ONCE(tok->t_ref) != ref)
			continue;
		ref->tr_gen = tok->t_gen;
		lwkt_ptr_release(tok, gen);
		n++;
	}
	return n;
}

/* Give back what a try took before it failed at @stop. */
static __always_inline void lwkt_ptr_undo(struct lwkt_thread *td,
					  struct lwkt_tokref *stop,
					  enum lwkt_generation gen)
{
	struct lwkt_thread_stats *st = lwkt_thread_stats(td);
	struct lwkt_tokref *ref;

	lwkt_testpoint(LWKT_TP_UNDO, td, stop - td->td_toks);
	for (ref = td->td_toks; ref < stop; ref++) {
		struct lwkt_token *tok = ref->tr_tok;

		if (lwkt_strip(READ_ONCE(tok->t_ref)) != ref)
			continue;
		lwkt_ptr_release(tok, gen);
		st->tokens_undone++;
	}
}

/* All tokens are there: they are held from now on, not just tried for. */
static __always_inline void lwkt_ptr_settle(struct lwkt_thread *td,
					    enum lwkt_generation gen)
{
	struct lwkt_tokref *ref;

	for (ref = td->td_toks; ref < td->td_toks_stop; ref++) {
		struct lwkt_token *tok = ref->tr_tok;
		struct lwkt_tokref *word = READ_ONCE(tok->t_ref);

		if (lwkt_strip(word) != ref)
			continue;
		if (word != ref)
			WRITE_ONCE(tok->t_ref, ref);
		if (gen == LWKT_GEN_ticket)
			lwkt_mask_clear(td->td_gd, tok);
		lwkt_retaken(td, ref);
	}
}

/* One try for all tokens of @td, in a critical section as in 2010. */
static __always_inline bool lwkt_ptr_getall(struct lwkt_thread *td,
					    enum lwkt_generation gen)
{
	bool several = td->td_toks_stop - td->td_toks > 1;
	u32 seq = lwkt_try_seq(td);
	struct lwkt_tokref *ref;

	/* A try that Linux stopped half-way would obstruct for a time slice. */
	preempt_disable();
	lwkt_cpu_stats(td->td_gd)->scans++;
	for (ref = td->td_toks; ref < td->td_toks_stop; ref++) {
		struct lwkt_token *tok = ref->tr_tok;
		struct lwkt_tokref *mine = several ? lwkt_tag(ref, seq) : ref;
		struct lwkt_tokref *word = READ_ONCE(tok->t_ref);
		bool marked = false;

		lwkt_testpoint(LWKT_TP_GETALL, td, ref - td->td_toks);
		for (;;) {
			/*
			 * Pairs with lwkt_ptr_release(), and with
			 * see_tentative(), which must not see this try's mark
			 * and an older td_tries than the last try left.
			 */
			if (!word && try_cmpxchg(&tok->t_ref, &word, mine))
				break;
			if (lwkt_ref_is_mine(td, word))
				break;
			if (!word)
				continue;
			if (lwkt_gen_masks(gen) && !marked) {
				marked = true;
				lwkt_mask_set(td->td_gd, tok);
				word = READ_ONCE(tok->t_ref);
				continue;
			}
			lwkt_ptr_undo(td, ref, gen);
			if (several)
				lwkt_end_try(td, true);
			lwkt_note_failure(td, ref, word);
			preempt_enable();
			return false;
		}
		/* A try for several may yet give it back (gen/mask.c). */
		if (gen == LWKT_GEN_ipi && marked && !several)
			lwkt_mask_clear(td->td_gd, tok);
	}
	lwkt_ptr_settle(td, gen);
	if (several)
		lwkt_end_try(td, false);
	td->td_fails = 0;
	preempt_enable();
	return true;
}

/*
 * gettoken() that met a foreign owner, found as @owner. The thread stays on
 * its run queue (waiting is being runnable) and gives the CPU away; when it
 * comes back the scheduler has taken everything for it.
 */
static __always_inline int lwkt_ptr_contended(struct lwkt_thread *td,
					      struct lwkt_token *tok,
					      struct lwkt_tokref *owner,
					      enum lwkt_generation gen)
{
	struct lwkt_tokref *ref = td->td_toks_stop - 1;

	if (unlikely(!compat_may_block())) {
		lwkt_pop_ref(td, ref);
		return lwkt_gettoken_atomic(tok);
	}
	lwkt_testpoint(LWKT_TP_CONTENDED, td, ref - td->td_toks);
	lwkt_note_failure(td, ref, owner);
	lwkt_thread_stats(td)->tokens_get_undone += lwkt_ptr_relall(td, gen);
	return lwkt_switch();
}

/*
 * What is called for a whole thread, emitted in gen/NAME.c: lwkt_relalltokens()
 * and lwkt_getalltokens() of the generation @name.
 */
#define LWKT_PTR_ALL(name)                                        \
	unsigned int lwkt_##name##_relall(struct lwkt_thread *td) \
	{                                                         \
		return lwkt_ptr_relall(td, LWKT_GEN_##name);      \
	}                                                         \
	bool lwkt_##name##_getall(struct lwkt_thread *td)         \
	{                                                         \
		return lwkt_ptr_getall(td, LWKT_GEN_##name);      \
	}

#endif /* _LWKT_TOKEN_PTR_H */
