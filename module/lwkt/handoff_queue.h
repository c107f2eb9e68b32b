/* SPDX-License-Identifier: GPL-2.0 */
/*
 * handoff_queue.h - the waiters of a token (token-handoff)
 */
#ifndef _LWKT_HANDOFF_QUEUE_H
#define _LWKT_HANDOFF_QUEUE_H

#include "token_handoff.h"

/* A word that is free for t_heir only. */
#define HANDOFF_KEPT_WORD ((struct lwkt_tokref *)(HANDOFF_QUEUE | HANDOFF_KEPT))

bool lwkt_handoff_park(struct lwkt_thread *td, struct lwkt_token *tok);
void lwkt_handoff_leave_queue(struct lwkt_thread *td);
bool lwkt_handoff_kept_for(const struct lwkt_token *tok,
			   const struct lwkt_thread *td);
void lwkt_handoff_inherit(struct lwkt_tokref *ref);
void lwkt_handoff_wake(struct lwkt_thread *td);
void lwkt_handoff_futile(struct lwkt_token *tok);
void lwkt_handoff_retry(struct lwkt_thread *td);

#endif /* _LWKT_HANDOFF_QUEUE_H */
