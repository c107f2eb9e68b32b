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
 *   for each acquisition. What a token's own words mean is the business of its
 *   generation: token_ptr.h (token-poll, token-ipi), token_count.h
 *   (token-sorted, token-backoff), token_handoff.c.
 *
 * GENERATION NUMBER
 *
 *   t_gen is incremented by the owner each time the token was really taken
 *   exclusively (gettoken, trytoken, a try that succeeded), under the token's
 *   own protection. A thread that drops the token notes it, and on retaking it
 *   sees whether it moved. DragonFly has no such number since 2009; it is an
 *   addition of this port. A shared holder changes nothing and moves nothing.
 *
 * INVARIANTS
 *
 *   1. A token is owned by a thread that is current on its CPU, or for which
 *      that CPU's scheduler is trying right now.
 *   2. A thread that is not current owns nothing. (So the whole of getall and
 *      relall runs on the thread's CPU, by whoever holds the baton there.)
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

#include "misuse.h"
#include "token.h"
#include "token_backoff.h"
#include "token_handoff.h"
#include "token_ipi.h"
#include "token_poll.h"
#include "token_sorted.h"

/* What lwkt_GENERATION_op(...) does, for the generation that is alive. */
#define DISPATCH(op, ...)                                      \
	do {                                                   \
		switch (READ_ONCE(lwkt_gen)) {                 \
		case LWKT_GEN_poll:                            \
			return lwkt_poll_##op(__VA_ARGS__);    \
		case LWKT_GEN_ipi:                             \
			return lwkt_ipi_##op(__VA_ARGS__);     \
		case LWKT_GEN_sorted:                          \
			return lwkt_sorted_##op(__VA_ARGS__);  \
		case LWKT_GEN_backoff:                         \
			return lwkt_backoff_##op(__VA_ARGS__); \
		case LWKT_GEN_handoff:                         \
		default:                                       \
			return lwkt_handoff_##op(__VA_ARGS__); \
		}                                              \
	} while (0)

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
	tok->t_elder = NULL;
	tok->t_futile = 0;
	tok->t_quiet = false;
}
EXPORT_SYMBOL_GPL(lwkt_token_init);

/**
 * lwkt_token_uninit() - the end of a token
 * @tok: must be free and wanted by nobody, which is checked
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
	if (READ_ONCE(tok->t_ref) || atomic_long_read(&tok->t_count) > 3 ||
	    !list_empty(&tok->t_waiters) || tok->t_elder)
		lwkt_misuse(LWKT_MISUSE_RETURNED, tok->t_desc);
	raw_spin_unlock_irqrestore(&tok->t_lock, flags);
	tok->t_desc = NULL;
}
EXPORT_SYMBOL_GPL(lwkt_token_uninit);

/**
 * lwkt_gettoken() - take a token, waiting for it if need be
 * @tok: the token; may be held by the caller already (recursion)
 *
 * Pushes a reference and tries. If the token cannot be had, the thread gives up
 * all tokens it holds and switches away; the scheduler takes all of them, this
 * one included, before it runs again.
 *
 * Context: an LWKT thread; may switch, and then drops all tokens.
 * Return: 0; -EOVERFLOW (no reference left), -EWOULDBLOCK (it would have to
 * wait where it may not sleep), -EDEADLK (the caller holds it shared), -EPERM
 * (not an LWKT thread). An error is reported with the token's name and leaves
 * everything as it was.
 */
int lwkt_gettoken(struct lwkt_token *tok)
{
	struct lwkt_thread *td = lwkt_curthread();

	DISPATCH(gettoken, td, tok);
}
EXPORT_SYMBOL_GPL(lwkt_gettoken);

/**
 * lwkt_gettoken_shared() - take a token together with others
 * @tok: the token; may be held by the caller already, in either mode
 *
 * Context: as lwkt_gettoken().
 * Return: as lwkt_gettoken(); -EOPNOTSUPP from a generation without shared mode
 */
int lwkt_gettoken_shared(struct lwkt_token *tok)
{
	struct lwkt_thread *td = lwkt_curthread();

	DISPATCH(gettoken_shared, td, tok);
}
EXPORT_SYMBOL_GPL(lwkt_gettoken_shared);

/**
 * lwkt_trytoken() - take a token exclusively if that is possible at once
 * @tok: the token
 *
 * Never waits, never spins, never switches, leaves no request behind.
 *
 * Context: an LWKT thread; any context it can be in.
 * Return: true if the caller holds it now. False also when no reference is
 * left, which is reported.
 */
bool lwkt_trytoken(struct lwkt_token *tok)
{
	struct lwkt_thread *td = lwkt_curthread();

	DISPATCH(trytoken, td, tok);
}
EXPORT_SYMBOL_GPL(lwkt_trytoken);

/**
 * lwkt_reltoken() - release the token taken last
 * @tok: must be the token of the caller's newest reference
 *
 * Context: an LWKT thread; any context it can be in. Never switches.
 * Return: 0; -EINVAL if @tok is not what was taken last or is not held, -EPERM
 * if the caller is no LWKT thread; reported with the token's name, and nothing
 * is released.
 */
int lwkt_reltoken(struct lwkt_token *tok)
{
	struct lwkt_thread *td = lwkt_curthread();

	DISPATCH(reltoken, td, tok);
}
EXPORT_SYMBOL_GPL(lwkt_reltoken);

/* The words of what @a and @b name now follow them. */
static void swapped(struct lwkt_thread *td, struct lwkt_tokref *a,
		    struct lwkt_tokref *b)
{
	DISPATCH(swapped, td, a, b);
}

/**
 * lwkt_token_swap() - exchange the two newest references of the caller
 *
 * So that the token taken last but one can be released first (DragonFly
 * d79f0a1a09). If both name the same token there is nothing to exchange: each
 * is as good as the other (315422416a).
 *
 * Context: an LWKT thread.
 * Return: 0; -EINVAL, reported, if the caller has fewer than two
 */
int lwkt_token_swap(void)
{
	struct lwkt_thread *td = lwkt_curthread();
	struct lwkt_tokref *a = td->td_toks_stop - 2;
	struct lwkt_tokref *b = td->td_toks_stop - 1;

	if (td->td_toks_stop - td->td_toks < 2) {
		lwkt_misuse(LWKT_MISUSE_ORDER, "lwkt_token_swap");
		return -EINVAL;
	}
	if (a->tr_tok == b->tr_tok)
		return 0;
	swap(a->tr_tok, b->tr_tok);
	swap(a->tr_gen, b->tr_gen);
	swap(a->tr_flags, b->tr_flags);
	swapped(td, a, b);
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
		n += ref->tr_tok == tok;
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
 * lwkt_token_is_stale() - did somebody else hold it while the caller slept?
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
 * lwkt_relalltokens() - give up all tokens of a thread, keep the references
 * @td: the thread, current on this CPU
 *
 * Context: the baton holder of the thread's CPU.
 * Return: how many tokens were owned
 */
unsigned int lwkt_relalltokens(struct lwkt_thread *td)
{
	DISPATCH(relall, td);
}

/**
 * lwkt_getalltokens() - take all tokens a thread has references to, or none
 * @td: the thread; not current, owns nothing
 *
 * Context: the baton holder of the thread's CPU.
 * Return: true if the thread owns them all now and may run
 */
bool lwkt_getalltokens(struct lwkt_thread *td)
{
	DISPATCH(getall, td);
}

/**
 * lwkt_choose_thread() - the generation's part of a scheduler pass
 * @gd: the CPU
 *
 * The thread returned owns all its tokens. @gd->gd_contended tells whether the
 * head could not get its tokens.
 *
 * Context: the CPU's baton holder, tokens of the outgoing thread released.
 * Return: whom to run, NULL for the idle thread
 */
struct lwkt_thread *lwkt_choose_thread(struct lwkt_globaldata *gd)
{
	DISPATCH(choose, gd);
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
