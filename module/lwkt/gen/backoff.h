/* SPDX-License-Identifier: GPL-2.0 */
/*
 * backoff.h - tokens of release 5.4 and later: the uncontended paths
 * (gen/backoff.c)
 */
#ifndef _LWKT_TOKEN_BACKOFF_H
#define _LWKT_TOKEN_BACKOFF_H

#include "count_word.h"

int lwkt_backoff_contended(struct lwkt_thread *td, struct lwkt_tokref *ref);
bool lwkt_backoff_getall(struct lwkt_thread *td);
struct lwkt_thread *lwkt_backoff_choose(struct lwkt_globaldata *gd);

LWKT_PATHS(backoff, count)

/* See lwkt_relalltokens(). */
static inline unsigned int lwkt_backoff_relall(struct lwkt_thread *td)
{
	return lwkt_count_relall(td);
}

#endif /* _LWKT_TOKEN_BACKOFF_H */
