/* SPDX-License-Identifier: GPL-2.0 */
/*
 * token_poll.h - tokens of June 2010: the uncontended path (token_poll.c)
 *
 * Waiting is polling by the scheduler, and a release wakes nobody.
 */
#ifndef _LWKT_TOKEN_POLL_H
#define _LWKT_TOKEN_POLL_H

#include "token_ptr.h"

int lwkt_poll_contended(struct lwkt_thread *td, struct lwkt_token *tok,
			struct lwkt_tokref *owner);
unsigned int lwkt_poll_relall(struct lwkt_thread *td);
bool lwkt_poll_getall(struct lwkt_thread *td);
struct lwkt_thread *lwkt_poll_choose(struct lwkt_globaldata *gd);

/* See lwkt_gettoken(). */
static __always_inline int lwkt_poll_gettoken(struct lwkt_thread *td,
					      struct lwkt_token *tok)
{
	struct lwkt_tokref *ref, *word;

	if (unlikely(!lwkt_ref_left(td)))
		return lwkt_gettoken_overflow(tok);
	ref = lwkt_push_ref(td, tok, 0);
	if (likely(lwkt_ptr_try(td, tok, ref, &word)))
		return 0;
	return lwkt_poll_contended(td, tok, word);
}

/* No shared mode before November 2011. */
static __always_inline int lwkt_poll_gettoken_shared(struct lwkt_thread *td,
						     struct lwkt_token *tok)
{
	return -EOPNOTSUPP;
}

/* See lwkt_trytoken(). */
static __always_inline bool lwkt_poll_trytoken(struct lwkt_thread *td,
					       struct lwkt_token *tok)
{
	return lwkt_ptr_trytoken(td, tok);
}

/* See lwkt_reltoken(). */
static __always_inline int lwkt_poll_reltoken(struct lwkt_thread *td,
					      struct lwkt_token *tok)
{
	return lwkt_ptr_reltoken(td, tok, LWKT_GEN_poll);
}

/* For lwkt_token_swap(). */
static inline void lwkt_poll_swapped(struct lwkt_thread *td,
				     struct lwkt_tokref *a,
				     struct lwkt_tokref *b)
{
	lwkt_ptr_swapped(a, b);
}

#endif /* _LWKT_TOKEN_POLL_H */
