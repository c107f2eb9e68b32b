/* SPDX-License-Identifier: GPL-2.0 */
/*
 * sorted.h - tokens of release 3.0: the uncontended paths
 * (gen/sorted.c)
 */
#ifndef _LWKT_TOKEN_SORTED_H
#define _LWKT_TOKEN_SORTED_H

#include "count_word.h"

int lwkt_sorted_contended(struct lwkt_thread *td, struct lwkt_tokref *ref);
bool lwkt_sorted_getall(struct lwkt_thread *td);
struct lwkt_thread *lwkt_sorted_choose(struct lwkt_globaldata *gd);

LWKT_PATHS(sorted, count)

/* See lwkt_relalltokens(). */
static inline unsigned int lwkt_sorted_relall(struct lwkt_thread *td)
{
	return lwkt_count_relall(td);
}

#endif /* _LWKT_TOKEN_SORTED_H */
