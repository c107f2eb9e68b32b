/* SPDX-License-Identifier: GPL-2.0 */
/*
 * handoff_eldest.h - the one thread for which a whole set is kept
 * (token-handoff)
 */
#ifndef _LWKT_HANDOFF_ELDEST_H
#define _LWKT_HANDOFF_ELDEST_H

#include "token_handoff.h"

void lwkt_eldest_nominate(struct lwkt_thread *td);
bool lwkt_eldest_is(const struct lwkt_thread *td);
void lwkt_eldest_claim(struct lwkt_thread *td);
struct lwkt_tokref *lwkt_eldest_lacks(struct lwkt_thread *td);
void lwkt_eldest_park(struct lwkt_thread *td);
void lwkt_eldest_resign(struct lwkt_thread *td);

#endif /* _LWKT_HANDOFF_ELDEST_H */
