/* SPDX-License-Identifier: GPL-2.0 */
/*
 * ticket.h - tokens of 18 December 2010 to October 2011: the uncontended
 * path (gen/ticket.c)
 *
 * A CPU whose threads all wait makes some rounds in turn with the others, then
 * halts; a release interrupts those that halted.
 */
#ifndef _LWKT_TOKEN_TICKET_H
#define _LWKT_TOKEN_TICKET_H

#include "ptr_word.h"

int lwkt_ticket_contended(struct lwkt_thread *td, struct lwkt_token *tok,
			  struct lwkt_tokref *owner);
unsigned int lwkt_ticket_relall(struct lwkt_thread *td);
bool lwkt_ticket_getall(struct lwkt_thread *td);
struct lwkt_thread *lwkt_ticket_choose(struct lwkt_globaldata *gd);

/* ticket_turn.c */
void lwkt_ticket_turn(struct lwkt_globaldata *gd);

/* A gettoken that fails leaves no mark (gen/ticket.c). */
LWKT_PATHS(ticket, ptr)

#endif /* _LWKT_TOKEN_TICKET_H */
