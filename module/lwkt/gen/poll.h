/* SPDX-License-Identifier: GPL-2.0 */
/*
 * poll.h - tokens of June 2010: the uncontended path (gen/poll.c)
 *
 * Waiting is polling by the scheduler, and a release wakes no thread.
 */
#ifndef _LWKT_TOKEN_POLL_H
#define _LWKT_TOKEN_POLL_H

#include "ptr_word.h"

int lwkt_poll_contended(struct lwkt_thread *td, struct lwkt_token *tok,
			struct lwkt_tokref *owner);
unsigned int lwkt_poll_relall(struct lwkt_thread *td);
bool lwkt_poll_getall(struct lwkt_thread *td);
struct lwkt_thread *lwkt_poll_choose(struct lwkt_globaldata *gd);

LWKT_PATHS(poll, ptr)

#endif /* _LWKT_TOKEN_POLL_H */
