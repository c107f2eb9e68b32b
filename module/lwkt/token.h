/* SPDX-License-Identifier: GPL-2.0 */
/*
 * token.h - LWKT serializing tokens: types and the uncontended path
 *
 * The contract, and the reasoning, stand at the head of token.c. The
 * uncontended get and release are inline: they run in every timed loop, and
 * a token must not cost more than the mutex it is compared with.
 *
 * Callers: LWKT threads (thread.h) in process context. The functions that may
 * switch say so.
 */
#ifndef _LWKT_TOKEN_H
#define _LWKT_TOKEN_H

#include <linux/atomic.h>
#include <linux/cache.h>
#include <linux/compiler.h>
#include <linux/errno.h>
#include <linux/types.h>

#include "sched.h"
#include "thread.h"

/**
 * struct lwkt_token - a serializing token
 * @t_ref: the owning reference, NULL if free; layout in token.c
 * @t_gen: grows by one each time the token is taken; written by the owner
 * @t_stale_gen: equal to @t_gen if its holder, having dropped it, found on
 * retaking it that somebody else had held it; written by the owner
 * @t_desc: its name, for reports; not copied
 *
 * On a cache line of its own, so that neighbours do not disturb each other.
 */
struct lwkt_token {
	struct lwkt_tokref *t_ref;
	u64 t_gen;
	u64 t_stale_gen;
	const char *t_desc;
} ____cacheline_aligned_in_smp;

void lwkt_token_init(struct lwkt_token *tok, const char *desc);
void lwkt_token_uninit(struct lwkt_token *tok);
bool lwkt_token_is_held(const struct lwkt_token *tok);
bool lwkt_token_is_stale(const struct lwkt_token *tok);

/* Slow paths of the inline functions below. */
int lwkt_gettoken_contended(struct lwkt_thread *td, struct lwkt_token *tok,
			    struct lwkt_tokref *owner);
int lwkt_gettoken_overflow(struct lwkt_token *tok);
int lwkt_reltoken_illegal(struct lwkt_token *tok);

/* The scheduler's side. */
unsigned int lwkt_relalltokens(struct lwkt_thread *td);
bool lwkt_getalltokens(struct lwkt_thread *td);

/* True if @ref, without its tag, is one of @td's own references. */
static __always_inline bool lwkt_ref_is_mine(const struct lwkt_thread *td,
					     const struct lwkt_tokref *ref)
{
	return (uintptr_t)ref - (uintptr_t)td < td->td_bytes;
}

/*
 * lwkt_gettoken() of a caller that has its own thread at hand, as DragonFly's
 * code has with "td = curthread". The timed loops do.
 */
static __always_inline int lwkt_gettoken_td(struct lwkt_thread *td,
					    struct lwkt_token *tok)
{
	struct lwkt_tokref *ref = td->td_toks_stop, *word;

	if (unlikely(ref == td->td_toks_end))
		return lwkt_gettoken_overflow(tok);
	/*
	 * Reserve the slot, then fill it, then try: an interrupt that takes
	 * and releases a token of its own uses the slots above (DragonFly
	 * b528f10fca). It is the same CPU, so the compiler's order suffices.
	 */
	td->td_toks_stop = ref + 1;
	barrier();
	ref->tr_tok = tok;
	/*
	 * The acquire pairs with the release stores that empty t_ref. A lost
	 * race leaves the winner in word.
	 */
	word = READ_ONCE(tok->t_ref);
	if (likely(!word && try_cmpxchg_acquire(&tok->t_ref, &word, ref))) {
		tok->t_gen++;
		return 0;
	}
	if (lwkt_ref_is_mine(td, word))
		return 0;
	return lwkt_gettoken_contended(td, tok, word);
}

/**
 * lwkt_gettoken() - take a token, waiting for it if need be
 * @tok: the token; may be held by the caller already (recursion)
 *
 * Pushes a reference and tries once, without spinning. If somebody else owns
 * the token the thread gives up all tokens it holds and switches away; the
 * scheduler takes all of them, this one included, before it runs again.
 *
 * Context: an LWKT thread; may switch, and then drops all tokens.
 * Return: 0; -EOVERFLOW (no reference left), -EWOULDBLOCK (it would have to
 * wait where it may not sleep), -EPERM (not an LWKT thread). An error is
 * reported with the token's name and leaves everything as it was.
 */
static __always_inline int lwkt_gettoken(struct lwkt_token *tok)
{
	return lwkt_gettoken_td(lwkt_curthread(), tok);
}

/* lwkt_reltoken() of a caller that has its own thread at hand. */
static __always_inline int lwkt_reltoken_td(struct lwkt_thread *td,
					    struct lwkt_token *tok)
{
	struct lwkt_tokref *ref = td->td_toks_stop - 1;

	/* Slot -1 of the array is a sentinel that names no token. */
	if (unlikely(ref->tr_tok != tok))
		return lwkt_reltoken_illegal(tok);
	/*
	 * A recursive reference never owns the word. Empty the word first,
	 * give the slot back afterwards (DragonFly b528f10fca). The release
	 * pairs with the acquire of whoever takes the token next. Nobody else
	 * can change the word while it is mine, and if it is not, nobody can
	 * make it mine: the read needs no protection.
	 */
	if (likely(data_race(tok->t_ref == ref)))
		smp_store_release(&tok->t_ref, NULL); /* see above */
	barrier();
	td->td_toks_stop = ref;
	return 0;
}

/**
 * lwkt_reltoken() - release the token taken last
 * @tok: must be the token of the caller's newest reference
 *
 * Context: an LWKT thread; any context it can be in. Never switches, wakes
 * nobody: waiting threads find out by trying (token-poll).
 * Return: 0; -EINVAL if @tok is not what was taken last or is not held, -EPERM
 * if the caller is no LWKT thread; reported with the token's name, and nothing
 * is released.
 */
static __always_inline int lwkt_reltoken(struct lwkt_token *tok)
{
	return lwkt_reltoken_td(lwkt_curthread(), tok);
}

/**
 * lwkt_trytoken() - take a token if that is possible at once
 * @tok: the token
 *
 * Never waits, never spins, never switches.
 *
 * Context: an LWKT thread; any context it can be in.
 * Return: true if the caller holds it now. False also when no reference is
 * left, which is reported.
 */
bool lwkt_trytoken(struct lwkt_token *tok);

#endif /* _LWKT_TOKEN_H */
