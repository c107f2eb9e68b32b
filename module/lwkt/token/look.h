/* SPDX-License-Identifier: GPL-2.0 */
/*
 * look.h - LWKT threads and tokens as seen from outside (look.c)
 */
#ifndef _LWKT_LOOK_H
#define _LWKT_LOOK_H

struct lwkt_thread;
struct lwkt_token;

const char *lwkt_look_state(const struct lwkt_thread *td);
unsigned int lwkt_look_refs(const struct lwkt_thread *td);
const struct lwkt_token *lwkt_look_ref(const struct lwkt_thread *td,
				       unsigned int i);
const struct lwkt_thread *lwkt_look_owner(const struct lwkt_token *tok);
long lwkt_look_count(const struct lwkt_token *tok);

#endif /* _LWKT_LOOK_H */
