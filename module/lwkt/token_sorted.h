/* SPDX-License-Identifier: GPL-2.0 */
/*
 * token_sorted.h - tokens of release 3.0: the uncontended paths
 * (token_sorted.c)
 */
#ifndef _LWKT_TOKEN_SORTED_H
#define _LWKT_TOKEN_SORTED_H

#include "token_count.h"

bool lwkt_sorted_getall(struct lwkt_thread *td);
struct lwkt_thread *lwkt_sorted_choose(struct lwkt_globaldata *gd);

/* See lwkt_gettoken(). */
static __always_inline int lwkt_sorted_gettoken(struct lwkt_thread *td,
						struct lwkt_token *tok)
{
	return lwkt_count_gettoken(td, tok, LWKT_GEN_sorted);
}

/* See lwkt_gettoken_shared(). */
static __always_inline int lwkt_sorted_gettoken_shared(struct lwkt_thread *td,
						       struct lwkt_token *tok)
{
	return lwkt_count_gettoken_shared(td, tok, LWKT_GEN_sorted);
}

/* See lwkt_trytoken(). */
static __always_inline bool lwkt_sorted_trytoken(struct lwkt_thread *td,
						 struct lwkt_token *tok)
{
	return lwkt_count_trytoken(td, tok);
}

/* See lwkt_reltoken(). */
static __always_inline int lwkt_sorted_reltoken(struct lwkt_thread *td,
						struct lwkt_token *tok)
{
	return lwkt_count_reltoken(td, tok);
}

/* See lwkt_relalltokens(). */
static inline unsigned int lwkt_sorted_relall(struct lwkt_thread *td)
{
	return lwkt_count_relall(td);
}

/* For lwkt_token_swap(). */
static inline void lwkt_sorted_swapped(struct lwkt_thread *td,
				       struct lwkt_tokref *a,
				       struct lwkt_tokref *b)
{
	lwkt_count_swapped(a, b);
}

#endif /* _LWKT_TOKEN_SORTED_H */
