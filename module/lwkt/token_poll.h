/* SPDX-License-Identifier: GPL-2.0 */
/*
 * token_poll.h - the token generation of June 2010: how the scheduler takes a
 * thread's tokens and chooses whom to run (token_poll.c)
 */
#ifndef _LWKT_TOKEN_POLL_H
#define _LWKT_TOKEN_POLL_H

#include "thread.h"

void lwkt_poll_note_failure(struct lwkt_thread *td, struct lwkt_tokref *ref,
			    struct lwkt_tokref *owner);
void lwkt_poll_settle(struct lwkt_thread *td);
struct lwkt_thread *lwkt_poll_choose(struct lwkt_globaldata *gd);

#endif /* _LWKT_TOKEN_POLL_H */
