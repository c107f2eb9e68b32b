/* SPDX-License-Identifier: GPL-2.0 */
/*
 * tsleep.h - sleep until a wakeup for the same address
 *
 * Which race the interlock closes: tsleep.c, and tsleep-interlock in PROOFS.rst.
 */
#ifndef _LWKT_TSLEEP_H
#define _LWKT_TSLEEP_H

#include <linux/types.h>

struct lwkt_thread;

int lwkt_tsleep_interlock(const void *ident);
int lwkt_tsleep(const void *ident, u64 timeout_ns);
int lwkt_tsleep_again(struct lwkt_thread *td);
void lwkt_wakeup(const void *ident);
void lwkt_wakeup_one(const void *ident);

/* For thread.c and world.c. */
void lwkt_tsleep_init(void);
void lwkt_tsleep_remove(struct lwkt_thread *td);
bool lwkt_endtsleep(struct lwkt_thread *td);

#endif /* _LWKT_TSLEEP_H */
