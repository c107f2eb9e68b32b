/* SPDX-License-Identifier: GPL-2.0 */
/*
 * backoff.h - tokens of release 5.4 and later: the uncontended paths
 * (gen/backoff.c)
 */
#ifndef _LWKT_TOKEN_BACKOFF_H
#define _LWKT_TOKEN_BACKOFF_H

#include "count_word.h"

bool lwkt_backoff_getall(struct lwkt_thread *td);
struct lwkt_thread *lwkt_backoff_choose(struct lwkt_globaldata *gd);

LWKT_COUNT_PATHS(backoff)

#endif /* _LWKT_TOKEN_BACKOFF_H */
