/* SPDX-License-Identifier: GPL-2.0 */
/*
 * sorted.h - tokens of release 3.0: the uncontended paths
 * (gen/sorted.c)
 */
#ifndef _LWKT_TOKEN_SORTED_H
#define _LWKT_TOKEN_SORTED_H

#include "count_word.h"

bool lwkt_sorted_getall(struct lwkt_thread *td);
struct lwkt_thread *lwkt_sorted_choose(struct lwkt_globaldata *gd);

LWKT_COUNT_PATHS(sorted)

#endif /* _LWKT_TOKEN_SORTED_H */
