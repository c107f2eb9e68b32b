/* SPDX-License-Identifier: GPL-2.0 */
/*
 * token_backoff.h - tokens of release 5.4 and later: the uncontended paths
 * (token_backoff.c)
 */
#ifndef _LWKT_TOKEN_BACKOFF_H
#define _LWKT_TOKEN_BACKOFF_H

#include "token_count.h"

bool lwkt_backoff_getall(struct lwkt_thread *td);
struct lwkt_thread *lwkt_backoff_choose(struct lwkt_globaldata *gd);

/* See lwkt_gettoken(). */
static __always_inline int lwkt_backoff_gettoken(struct lwkt_thread *td,
						 struct lwkt_token *tok)
{
	return lwkt_count_gettoken(td, tok, LWKT_GEN_backoff);
}

/* See lwkt_gettoken_shared(). */
static __always_inline int lwkt_backoff_gettoken_shared(struct lwkt_thread *td,
							struct lwkt_token *tok)
{
	return lwkt_count_gettoken_shared(td, tok, LWKT_GEN_backoff);
}

/* See lwkt_trytoken(). */
static __always_inline bool lwkt_backoff_trytoken(struct lwkt_thread *td,
						  struct lwkt_token *tok)
{
	return lwkt_count_trytoken(td, tok);
}

/* See lwkt_reltoken(). */
static __always_inline int lwkt_backoff_reltoken(struct lwkt_thread *td,
						 struct lwkt_token *tok)
{
	return lwkt_count_reltoken(td, tok);
}

/* See lwkt_relalltokens(). */
static inline unsigned int lwkt_backoff_relall(struct lwkt_thread *td)
{
	return lwkt_count_relall(td);
}

/* For lwkt_token_swap(). */
static inline void lwkt_backoff_swapped(struct lwkt_thread *td,
					struct lwkt_tokref *a,
					struct lwkt_tokref *b)
{
	lwkt_count_swapped(a, b);
}

#endif /* _LWKT_TOKEN_BACKOFF_H */
