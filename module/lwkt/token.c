// SPDX-License-Identifier: GPL-2.0
/*
 * token.c - LWKT serializing tokens: what all generations share
 *
 * A port of the idea, not of the code. Source: DragonFly BSD, sys/kern/
 * lwkt_token.c as of June 2010 (c843cbf7c4) for the algorithm, thread.h for
 * the contract.
 *
 * THE CONTRACT
 *
 *   A token serialises its holder only while the holder runs or is preempted
 *   against its will. Every voluntary switch (yield, sleep, waiting for a
 *   further token or for a sleep lock) releases all of the thread's tokens,
 *   and the scheduler takes all of them again, or none, before the thread
 *   runs again. Hence no order of taking can deadlock; hence also whatever a
 *   token protects may have changed across any call that can switch, which
 *   lwkt_token_is_stale() tells. Tokens recurse. Releases are last in, first
 *   out.
 *
 * STATE
 *
 *   A thread keeps a stack of references, td_toks[] up to td_toks_stop, one
 *   for each acquisition. A token is one word, t_ref:
 *
 *     NULL          free
 *     ref           owned by ref->tr_owner; ref is its OLDEST reference to the
 *                   token, newer ones are recursion and own nothing
 *     ref | tag     the same, but only for the length of a scheduler's try
 *                   that wants further tokens and may yet give it back. Bit 0
 *                   is set, bits 1-4 are the low bits of the try's number.
 *                   Other threads only ever look at the tag to count; it is
 *                   what makes fail_on_tentative exact without a single
 *                   write to a line of anybody else.
 *
 *   Whether a token is mine is a range check of the word against my own
 *   array: no foreign memory is read, and recursion needs no atomic operation.
 *
 * TRANSITIONS (t_ref)
 *
 *   NULL -> ref         lwkt_gettoken, lwkt_trytoken (cmpxchg, acquire)
 *   NULL -> ref         a scheduler's try, one reference (cmpxchg, acquire)
 *   NULL -> ref|tag     a scheduler's try, several references
 *   ref|tag -> ref      the try succeeded
 *   ref|tag -> NULL     the try failed (store, release)
 *   ref -> NULL         lwkt_reltoken, lwkt_relalltokens (store, release)
 *
 *   Only the owner's CPU leaves the owned states, so plain stores do. Each
 *   release store pairs with the acquire of the next cmpxchg that finds NULL.
 *
 * GENERATION
 *
 *   t_gen is incremented by the owner each time the token was really taken
 *   (gettoken, trytoken, a try that succeeded), under the token's own
 *   protection. A thread that drops the token notes it, and on retaking it
 *   sees whether it moved. DragonFly has no such number since 2009; it is an
 *   addition of this port.
 *
 * INVARIANTS
 *
 *   1. t_ref's owner bits point into the array of a thread that is current on
 *      its CPU, or for which that CPU's scheduler is trying right now.
 *   2. A thread that is not current owns nothing. (So the whole of getall and
 *      relall runs on the thread's CPU, by whoever holds the baton there.)
 *   3. A failed try leaves every token as it found it.
 *
 * LIMITS
 *
 *   References per thread are fixed when the thread is made. Exclusive mode
 *   only, no pool tokens, no exchange of the two newest references.
 */
#include <linux/kernel.h>
#include <linux/sched.h>

#include "../clock.h"
#include "../compat.h"
#include "misuse.h"
#include "token.h"
#include "token_poll.h"

/**
 * lwkt_token_init() - make a token
 * @tok: the memory
 * @desc: its name; must live as long as the token
 *
 * Context: any.
 */
void lwkt_token_init(struct lwkt_token *tok, const char *desc)
{
	tok->t_ref = NULL;
	tok->t_gen = 0;
	tok->t_stale_gen = 0;
	tok->t_desc = desc;
}

/**
 * lwkt_token_uninit() - the end of a token
 * @tok: must be free, which is checked
 *
 * Context: any.
 */
void lwkt_token_uninit(struct lwkt_token *tok)
{
	if (READ_ONCE(tok->t_ref))
		lwkt_misuse(LWKT_MISUSE_RETURNED, tok->t_desc);
	tok->t_desc = NULL;
}

/**
 * lwkt_token_is_held() - does the calling thread hold the token?
 * @tok: the token
 *
 * Context: an LWKT thread.
 */
bool lwkt_token_is_held(const struct lwkt_token *tok)
{
	return lwkt_ref_is_mine(lwkt_curthread(), READ_ONCE(tok->t_ref));
}

/**
 * lwkt_token_is_stale() - did somebody else hold it while the caller slept?
 * @tok: a token the caller holds
 *
 * Speaks of the last time the caller dropped and retook it; false if it never
 * did since it took it.
 *
 * Context: an LWKT thread.
 */
bool lwkt_token_is_stale(const struct lwkt_token *tok)
{
	return lwkt_token_is_held(tok) && tok->t_stale_gen == tok->t_gen;
}

/**
 * lwkt_gettoken_overflow() - lwkt_gettoken() with no reference left
 * @tok: the token; not pushed
 *
 * Return: -EOVERFLOW, or -EPERM if the caller is no LWKT thread at all (the
 * stand-in for "no current thread" has room for no reference).
 */
int lwkt_gettoken_overflow(struct lwkt_token *tok)
{
	if (lwkt_is_nobody(lwkt_curthread())) {
		lwkt_misuse(LWKT_MISUSE_FOREIGN, tok->t_desc);
		return -EPERM;
	}
	lwkt_misuse(LWKT_MISUSE_OVERFLOW, tok->t_desc);
	return -EOVERFLOW;
}

/**
 * lwkt_gettoken_contended() - lwkt_gettoken() that met a foreign owner
 * @td: the caller
 * @tok: the token; already pushed as the newest reference
 * @owner: the word that was found in it
 *
 * The thread stays on its run queue (waiting is being runnable) and gives the
 * CPU away; when it comes back the scheduler has taken everything for it.
 *
 * Return: 0 or -EWOULDBLOCK, see lwkt_gettoken()
 */
int lwkt_gettoken_contended(struct lwkt_thread *td, struct lwkt_token *tok,
			    struct lwkt_tokref *owner)
{
	struct lwkt_tokref *ref = td->td_toks_stop - 1;

	if (unlikely(!compat_may_block())) {
		td->td_toks_stop = ref;
		lwkt_misuse(LWKT_MISUSE_ATOMIC, tok->t_desc);
		return -EWOULDBLOCK;
	}
	lwkt_poll_note_failure(td, ref, owner);
	lwkt_thread_stats(td)->tokens_get_undone += lwkt_relalltokens(td);
	lwkt_switch();
	return 0;
}

/**
 * lwkt_reltoken_illegal() - lwkt_reltoken() of what is not on top of the stack
 * @tok: what the caller wanted to release
 *
 * Return: -EINVAL or -EPERM, see lwkt_reltoken()
 */
int lwkt_reltoken_illegal(struct lwkt_token *tok)
{
	if (lwkt_is_nobody(lwkt_curthread())) {
		lwkt_misuse(LWKT_MISUSE_FOREIGN, tok->t_desc);
		return -EPERM;
	}
	lwkt_misuse(LWKT_MISUSE_ORDER, tok->t_desc);
	return -EINVAL;
}

bool lwkt_trytoken(struct lwkt_token *tok)
{
	struct lwkt_thread *td = lwkt_curthread();
	struct lwkt_tokref *ref = td->td_toks_stop, *word;

	if (unlikely(ref == td->td_toks_end)) {
		lwkt_gettoken_overflow(tok);
		return false;
	}
	td->td_toks_stop = ref + 1;
	barrier(); /* reserve before fill, as in lwkt_gettoken() */
	ref->tr_tok = tok;
	word = READ_ONCE(tok->t_ref);
	/* The acquire pairs with the release stores that empty t_ref. */
	if (!word && try_cmpxchg_acquire(&tok->t_ref, &word, ref)) {
		tok->t_gen++;
		return true;
	}
	if (lwkt_ref_is_mine(td, word))
		return true;
	barrier();
	td->td_toks_stop = ref;
	return false;
}

/**
 * lwkt_relalltokens() - give up all tokens of a thread, keep the references
 * @td: the thread, current on this CPU
 *
 * In the order of taking, as in June 2010 (later generations reverse it).
 *
 * Context: the baton holder of the thread's CPU.
 * Return: how many tokens were owned
 */
unsigned int lwkt_relalltokens(struct lwkt_thread *td)
{
	struct lwkt_tokref *ref;
	unsigned int n = 0;

	for (ref = td->td_toks; ref < td->td_toks_stop; ref++) {
		struct lwkt_token *tok = ref->tr_tok;

		/* Not mine, or a recursive reference. */
		if (READ_ONCE(tok->t_ref) != ref)
			continue;
		ref->tr_gen = tok->t_gen;
		/* Pairs with the acquire of the next owner's cmpxchg. */
		smp_store_release(&tok->t_ref, NULL);
		n++;
	}
	return n;
}
