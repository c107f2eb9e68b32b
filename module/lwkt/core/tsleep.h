/* SPDX-License-Identifier: GPL-2.0 */
/*
 * tsleep.h - sleep until somebody calls wakeup for the same address
 *
 * The race that the interlock closes stands at the head of tsleep.c.
 */
#ifndef _LWKT_TSLEEP_H
#define _LWKT_TSLEEP_H

#include <linux/types.h>

struct lwkt_thread;

int lwkt_tsleep_interlock(const void *ident);
int lwkt_tsleep(const void *ident, u64 timeout_ns);
void lwkt_wakeup(const void *ident);
void lwkt_wakeup_one(const void *ident);

/* For thread.c and world.c. */
void lwkt_tsleep_init(void);
void lwkt_tsleep_remove(struct lwkt_thread *td);
bool lwkt_endtsleep(struct lwkt_thread *td);

#endif /* _LWKT_TSLEEP_H */
