/* SPDX-License-Identifier: GPL-2.0 */
/*
 * eldest.h - the one thread for which a whole set is kept
 * (token-handoff)
 */
#ifndef _LWKT_HANDOFF_ELDEST_H
#define _LWKT_HANDOFF_ELDEST_H

#include "handoff.h"

void lwkt_eldest_start(void);
void lwkt_eldest_nominate(struct lwkt_thread *td);
bool lwkt_is_eldest(const struct lwkt_thread *td);
u64 lwkt_eldest_gap_left(u64 now);
bool lwkt_eldest_may_bind(const struct lwkt_thread *td);
bool lwkt_eldest_is_paused(void);
void lwkt_eldest_pause(const struct lwkt_thread *td, u64 until);
void lwkt_eldest_bind_set(struct lwkt_thread *td);
struct lwkt_tokref *lwkt_eldest_missing(struct lwkt_thread *td);
void lwkt_eldest_park(struct lwkt_thread *td);
void lwkt_eldest_resign(struct lwkt_thread *td);

#endif /* _LWKT_HANDOFF_ELDEST_H */
