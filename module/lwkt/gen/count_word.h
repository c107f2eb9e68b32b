/* SPDX-License-Identifier: GPL-2.0 */
/*
 * count_word.h - the generations whose token word is a count: releases 3.0
 * (token-sorted) and 5.4 (token-backoff); the uncontended paths
 *
 * PROBLEM
 *
 *   From November 2011 on (DragonFly 54341a3b44) a token can be held by many
 *   at once, so one pointer no longer names its holder. A count does, and the
 *   pointer is left to tell an exclusive holder that the token is its own.
 *
 * STATE
 *
 *   t_count   bit 0 EXCLUSIVE, bit 1 EXCLREQ, and the number of holds that are
 *             not the exclusive one, in steps of 4
 *   t_ref     the reference that holds EXCLUSIVE, else NULL; with the mark of
 *             tries.h while a scheduler's try for several references lasts
 *
 *   What one reference holds:
 *
 *     t_ref == ref    EXCLUSIVE. It is its thread's oldest to that token.
 *     TR_HELD         one step of the count: taken shared, or anew by the
 *                     thread that has EXCLUSIVE already, in either mode
 *     neither         nothing: its thread waits, or is not current
 *
 *   EXCLREQ says that a thread waits to have the token exclusively. It is set
 *   by a try that fails and is going to wait, and cleared by the one that gets
 *   EXCLUSIVE, so with two waiters it is missing until the other fails anew;
 *   and it stays while the waiter's CPU runs another thread. Only token-backoff
 *   heeds it.
 *
 *   Shared mode came with this word. It is for gettoken alone: trytoken is
 *   exclusive in all generations, as it was.
 *
 * TRANSITIONS
 *
 *   t_count: 0, EXCLREQ -> EXCLUSIVE   exclusive get; then t_ref = ref
 *            n -> n + 4                shared get, EXCLUSIVE not set: cmpxchg,
 *                                      or an add that is taken back if it was
 *            n -> n + 4                recursion of the exclusive holder: add
 *            n -> n | EXCLREQ          a get that has to wait
 *            n -> n - 4                release of a share
 *            n -> n & ~EXCLUSIVE       release; t_ref = NULL before
 *   t_ref:   marked -> plain           the scheduler's try got all
 *            ref -> ref'               lwkt_token_swap()
 *
 *   t_ref is written by the holder of EXCLUSIVE only. So a reader that finds
 *   one of its own references there has the token, and one that does not has
 *   it not, whatever else it may have read; to other threads the word is a hint
 *   that comes a moment after the count and goes a moment before it.
 *
 * ORDER
 *
 *   Every successful change of t_count that takes a hold is an acquire and
 *   every one that gives a hold back is a release; they pair with one another.
 *   The two plain adds (recursion, taking back a share) order nothing and need
 *   not: the first is made inside the section, the second protects nothing.
 *
 * INVARIANTS
 *
 *   1. EXCLUSIVE and a share of another thread exclude one another, but for an
 *      add that is about to be taken back and protected nothing.
 *   2. A thread that has EXCLUSIVE gives its steps back before EXCLUSIVE:
 *      releases are last in first out, a try that fails goes backward, and
 *      references to one token keep their order in a sorted try and in
 *      lwkt_token_swap(). So an older reference is never shared while a younger
 *      one has EXCLUSIVE; taking it in that order is refused (-EDEADLK, where
 *      DragonFly livelocks).
 *
 * The functions here and in count_all.h are emitted once per generation: @gen
 * is a constant in every use.
 */
#ifndef _LWKT_TOKEN_COUNT_H
#define _LWKT_TOKEN_COUNT_H

#include "lwkt/token/token.h"
#include "paths.h"

#define TOK_EXCLUSIVE 1L
#define TOK_EXCLREQ 2L
#define TOK_STEP 4L

/**
 * struct lwkt_count_try - one attempt at one token
 * @ref: the reference it is for
 * @mine: what stands in t_ref while it has EXCLUSIVE: @ref, perhaps marked
 * @word: on failure what was found in t_ref
 * @count: on failure what was found in t_count
 * @others: other tokens are held, or were taken by the same attempt
 * @settled: held as soon as it is got; not so in a try for all tokens
 */
struct lwkt_count_try {
	struct lwkt_tokref *ref;
	struct lwkt_tokref *mine;
	struct lwkt_tokref *word;
	long count;
	bool others;
	bool settled;
};

/* gen/count_word.c */
bool lwkt_count_trytoken_failed(struct lwkt_thread *td,
				struct lwkt_tokref *ref);

unsigned int lwkt_count_relall(struct lwkt_thread *td);

/* gettoken() that has to wait, in either mode: @ref has it. */
typedef int (*lwkt_count_contended_fn)(struct lwkt_thread *td,
				       struct lwkt_tokref *ref);

/* Give EXCLUSIVE back; every step of the caller's is given back already. */
static __always_inline void lwkt_count_rel_excl(struct lwkt_token *tok)
{
	WRITE_ONCE(tok->t_ref, NULL);
	smp_mb__before_atomic(); /* the release of ORDER */
	atomic_long_andnot(TOK_EXCLUSIVE, &tok->t_count);
}

/* Give one step of the count back. */
static __always_inline void lwkt_count_rel_step(struct lwkt_token *tok)
{
	smp_mb__before_atomic(); /* the release of ORDER */
	atomic_long_sub(TOK_STEP, &tok->t_count);
}

/*
 * The try was turned away by what it found: unless the caller has EXCLUSIVE
 * itself, in which case the reference gets a step of the count.
 */
static __always_inline bool lwkt_count_recurse(struct lwkt_thread *td,
					       struct lwkt_count_try *t)
{
	struct lwkt_token *tok = t->ref->tr_tok;

	t->word = READ_ONCE(tok->t_ref);
	if (!lwkt_ref_is_mine(td, t->word))
		return false;
	atomic_long_add(TOK_STEP, &tok->t_count);
	t->ref->tr_flags |= TR_HELD;
	return true;
}

/* One try for EXCLUSIVE. Looks before it writes (43e72e79e5). */
static __always_inline bool lwkt_count_try_excl(struct lwkt_thread *td,
						struct lwkt_count_try *t)
{
	struct lwkt_token *tok = t->ref->tr_tok;

	t->count = atomic_long_read(&tok->t_count);
	while (likely(!(t->count & ~TOK_EXCLREQ))) {
		/*
		 * Acquire, pairs with the releases above. A full barrier, since
		 * see_tentative() (tries.c) must not see this try's mark and an
		 * older td_tries than the last try left.
		 */
		if (unlikely(!atomic_long_try_cmpxchg(&tok->t_count, &t->count,
						      TOK_EXCLUSIVE)))
			continue;
		WRITE_ONCE(tok->t_ref, t->mine);
		if (t->settled)
			tok->t_gen++;
		return true;
	}
	return lwkt_count_recurse(td, t);
}

/*
 * One try for a share. With @defer a request for EXCLUSIVE is as good as a
 * holder.
 */
static __always_inline bool lwkt_count_try_share(struct lwkt_thread *td,
						 struct lwkt_count_try *t,
						 bool defer,
						 enum lwkt_generation gen)
{
	atomic_long_t *word = &t->ref->tr_tok->t_count;
	long bars = TOK_EXCLUSIVE | (defer ? TOK_EXCLREQ : 0), next;

	t->count = atomic_long_read(word);
	while (likely(!(t->count & bars))) {
		/* Acquire, pairs with lwkt_count_rel_excl(). */
		if (gen == LWKT_GEN_sorted) {
			next = t->count + TOK_STEP;
			if (!atomic_long_try_cmpxchg_acquire(word, &t->count,
							     next))
				continue;
		} else {
			t->count =
				atomic_long_fetch_add_acquire(TOK_STEP, word);
			if (unlikely(t->count & TOK_EXCLUSIVE)) {
				/* Another try was faster. It was never a hold. */
				t->count =
					atomic_long_sub_return_relaxed(TOK_STEP,
								       word);
				continue;
			}
		}
		t->ref->tr_flags |= TR_HELD;
		return true;
	}
	return lwkt_count_recurse(td, t);
}

/*
 * Does a shared getter that is ready to wait give way to EXCLREQ? Not in 3.0,
 * and never with a second reference: it might have what the other waits for
 * (83c891d5d2).
 */
static __always_inline bool lwkt_count_defers(const struct lwkt_thread *td,
					      enum lwkt_generation gen)
{
	return gen == LWKT_GEN_backoff && td->td_toks_stop == td->td_toks + 1;
}

/* The uncontended paths. */

static __always_inline int
lwkt_count_gettoken(struct lwkt_thread *td, struct lwkt_token *tok,
		    lwkt_count_contended_fn contended)
{
	struct lwkt_count_try t = { .settled = true };

	if (unlikely(!lwkt_ref_left(td)))
		return lwkt_gettoken_overflow(tok);
	t.ref = lwkt_push_ref(td, tok, 0);
	t.mine = t.ref;
	if (likely(lwkt_count_try_excl(td, &t)))
		return 0;
	return contended(td, t.ref);
}

static __always_inline int
lwkt_count_gettoken_shared(struct lwkt_thread *td, struct lwkt_token *tok,
			   lwkt_count_contended_fn contended,
			   enum lwkt_generation gen)
{
	struct lwkt_count_try t = {};

	if (unlikely(!lwkt_ref_left(td)))
		return lwkt_gettoken_overflow(tok);
	t.ref = lwkt_push_ref(td, tok, TR_SHARED);
	if (likely(lwkt_count_try_share(td, &t, lwkt_count_defers(td, gen),
					gen)))
		return 0;
	return contended(td, t.ref);
}

static __always_inline bool lwkt_count_trytoken(struct lwkt_thread *td,
						struct lwkt_token *tok)
{
	struct lwkt_count_try t = { .settled = true };

	if (unlikely(!lwkt_ref_left(td))) {
		lwkt_gettoken_overflow(tok);
		return false;
	}
	t.ref = lwkt_push_ref(td, tok, 0);
	t.mine = t.ref;
	if (likely(lwkt_count_try_excl(td, &t)))
		return true;
	return lwkt_count_trytoken_failed(td, t.ref);
}

/* Both generations release alike. */
static __always_inline int lwkt_count_reltoken(struct lwkt_thread *td,
					       struct lwkt_token *tok,
					       enum lwkt_generation gen)
{
	struct lwkt_tokref *ref = td->td_toks_stop - 1;

	/*
	 * No other thread can make the word name one of my references, or change a
	 * word that does: the read needs no protection. If it names the newest
	 * one, that one is to this token.
	 *
	 * First the hold, then the slot. A thread that runs has what it has
	 * references to, so what is not EXCLUSIVE is a step of the count.
	 */
	if (likely(data_race(tok->t_ref == ref)))
		lwkt_count_rel_excl(tok);
	else if (likely(ref->tr_tok == tok))
		lwkt_count_rel_step(tok);
	else /* slot -1 of the array is a sentinel that names no token */
		return lwkt_reltoken_illegal(tok);
	lwkt_pop_ref(td, ref);
	return 0;
}

#endif /* _LWKT_TOKEN_COUNT_H */
