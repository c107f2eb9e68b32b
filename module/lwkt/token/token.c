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
 *   for each acquisition; token-handoff one for several in a row of the same
 *   token (TR_AGAIN). What a token's own words mean is the business of its
 *   generation: gen/ptr_word.h (token-poll, token-ipi, token-ticket),
 *   gen/count_word.h (token-sorted, token-backoff), handoff/handoff.c.
 *
 * GENERATION NUMBER
 *
 *   t_gen is incremented by the owner each time the token was really taken
 *   exclusively (gettoken, trytoken, a try that succeeded), under the token's
 *   own protection; in token-handoff at least each first time after a thread
 *   dropped it (gen/handoff/handoff.c). A thread that drops the token notes it,
 *   and on retaking it sees whether it moved. DragonFly has no such number since 2009; it is an
 *   addition of this port. A shared holder changes nothing and moves nothing.
 *
 * INVARIANTS
 *
 *   1. A token is owned by a thread that is current on its CPU, or for which
 *      that CPU's scheduler is trying right now.
 *   2. A thread that is not current owns nothing. (So the whole of getall and
 *      relall runs on the thread's CPU, by its baton holder.)
 *   3. A failed try leaves every token as it found it.
 *
 * LIMITS
 *
 *   References per thread are fixed when the thread is made.
 *   DragonFly's lwkt_gettoken() returns nothing; here it returns an error, and
 *   illegal use is reported instead of asserted (misuse.c).
 */
#include <linux/export.h>
#include <linux/kernel.h>
#include <linux/sched.h>

#include "lwkt/core/gen_ops.h"
#include "lwkt/core/misuse.h"
#include "token.h"
#include "tries.h"

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
	atomic_long_set(&tok->t_count, 0);
	tok->t_mask = 0;
	/* 0 in a reference says that it had no token. */
	tok->t_gen = 1;
	atomic_long_set(&tok->t_collisions, 0);
	tok->t_desc = desc;
	raw_spin_lock_init(&tok->t_lock);
	INIT_LIST_HEAD(&tok->t_waiters);
	tok->t_heir = NULL;
	tok->t_eldest = NULL;
	tok->t_spinners = NULL;
	tok->t_futile = 0;
	tok->t_quiet = false;
}
EXPORT_SYMBOL_GPL(lwkt_token_init);

/**
 * lwkt_token_uninit() - the end of a token
 * @tok: must be free and without waiters, which is checked
 *
 * Its last owner may free it: a release that is still busy with the queue is
 * waited for.
 *
 * Context: any.
 */
void lwkt_token_uninit(struct lwkt_token *tok)
{
	unsigned long flags;

	raw_spin_lock_irqsave(&tok->t_lock, flags);
	if (lwkt_strip(READ_ONCE(tok->t_ref)) ||
	    atomic_long_read(&tok->t_count) > 3 ||
	    !list_empty(&tok->t_waiters) || tok->t_eldest || tok->t_heir)
		lwkt_misuse(LWKT_MISUSE_RETURNED, tok->t_desc);
	raw_spin_unlock_irqrestore(&tok->t_lock, flags);
	tok->t_desc = NULL;
}
EXPORT_SYMBOL_GPL(lwkt_token_uninit);

/**
 * lwkt_token_swap() - exchange the two newest references of the caller
 *
 * So that the token taken last but one can be released first (DragonFly
 * d79f0a1a09). If both name the same token there is nothing to exchange: each
 * is as good as the other (315422416a). If the older of the two is one of several
 * in its slot it moves to a slot of its own, above the newer.
 *
 * Context: an LWKT thread.
 * Return: 0; -EINVAL, reported, if the caller has fewer than two
 */
int lwkt_token_swap(void)
{
	struct lwkt_thread *td = lwkt_curthread();
	struct lwkt_tokref *a = td->td_toks_stop - 2;
	struct lwkt_tokref *b = td->td_toks_stop - 1;

	/* Of a thread that has none this is the sentinel. */
	if (lwkt_ref_count(b) > 1)
		return 0;
	if (td->td_toks_stop - td->td_toks < 2) {
		lwkt_misuse(LWKT_MISUSE_ORDER, "lwkt_token_swap");
		return -EINVAL;
	}
	if (a->tr_tok == b->tr_tok)
		return 0;
	if (lwkt_ref_count(a) > 1) {
		lwkt_push_ref(td, a->tr_tok, 0);
		a->tr_flags -= TR_AGAIN;
		return 0;
	}
	swap(a->tr_tok, b->tr_tok);
	swap(a->tr_gen, b->tr_gen);
	swap(a->tr_flags, b->tr_flags);
	lwkt_token_swapped(td, a, b);
	return 0;
}
EXPORT_SYMBOL_GPL(lwkt_token_swap);

/**
 * lwkt_cnttoken() - how many references to a token a thread has
 * @tok: the token
 * @td: the thread
 *
 * Context: @td is the caller, or cannot run.
 */
unsigned int lwkt_cnttoken(const struct lwkt_token *tok,
			   const struct lwkt_thread *td)
{
	const struct lwkt_tokref *ref;
	unsigned int n = 0;

	for (ref = td->td_toks; ref < td->td_toks_stop; ref++)
		if (ref->tr_tok == tok)
			n += lwkt_ref_count(ref);
	return n;
}
EXPORT_SYMBOL_GPL(lwkt_cnttoken);

/**
 * lwkt_token_is_held() - does the calling thread hold the token?
 * @tok: the token
 *
 * A thread that runs holds whatever it has a reference to.
 *
 * Context: an LWKT thread.
 */
bool lwkt_token_is_held(const struct lwkt_token *tok)
{
	return lwkt_cnttoken(tok, lwkt_curthread());
}
EXPORT_SYMBOL_GPL(lwkt_token_is_held);

/**
 * lwkt_token_is_stale() - did another thread hold it while the caller slept?
 * @tok: a token the caller holds
 *
 * Speaks of the last time the caller dropped and retook it, and of exclusive
 * holders; false if it never did since it took it.
 *
 * Context: an LWKT thread.
 */
bool lwkt_token_is_stale(const struct lwkt_token *tok)
{
	const struct lwkt_thread *td = lwkt_curthread();
	const struct lwkt_tokref *ref;

	for (ref = td->td_toks; ref < td->td_toks_stop; ref++)
		if (ref->tr_tok == tok && ref->tr_flags & TR_STALE)
			return true;
	return false;
}
EXPORT_SYMBOL_GPL(lwkt_token_is_stale);

/**
 * lwkt_token_collisions() - the token's own count of failures
 * @tok: the token
 *
 * Return: 0 unless the world was started with collisions=faithful
 */
u64 lwkt_token_collisions(const struct lwkt_token *tok)
{
	return atomic_long_read(&tok->t_collisions);
}
EXPORT_SYMBOL_GPL(lwkt_token_collisions);

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
 * lwkt_gettoken_atomic() - lwkt_gettoken() that would have to wait where it
 * may not; the reference is gone already
 * @tok: the token
 *
 * Return: -EWOULDBLOCK
 */
int lwkt_gettoken_atomic(struct lwkt_token *tok)
{
	lwkt_misuse(LWKT_MISUSE_ATOMIC, tok->t_desc);
	return -EWOULDBLOCK;
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

/**
 * lwkt_drop_leftover() - the function of a thread has returned with tokens
 * @td: the thread, current on this CPU
 *
 * Reports it and releases them.
 *
 * Context: the baton holder of the thread's CPU.
 */
void lwkt_drop_leftover(struct lwkt_thread *td)
{
	lwkt_misuse(LWKT_MISUSE_RETURNED, td->td_toks->tr_tok->t_desc);
	lwkt_relalltokens(td);
	td->td_toks_stop = td->td_toks;
}
