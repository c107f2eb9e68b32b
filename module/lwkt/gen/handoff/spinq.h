/* SPDX-License-Identifier: GPL-2.0 */
/*
 * spinq.h - the CPUs that spin for a token, in the order in which they came
 * (token-handoff)
 */
#ifndef _LWKT_HANDOFF_SPINQ_H
#define _LWKT_HANDOFF_SPINQ_H

#include <linux/cache.h>
#include <linux/types.h>

struct lwkt_globaldata;
struct lwkt_token;

/**
 * struct lwkt_spinner - a CPU in the queue of a token's spinners
 * @sp_next: the one behind it; NULL as well while one of the two is on its way
 * @sp_prev: the one before it; meaningless for the first
 * @sp_first: it is the first
 *
 * A CPU spins for one token at a time, so each has one. What other CPUs write
 * is here, and a spinner that is not the first reads nothing else of theirs.
 */
struct lwkt_spinner {
	struct lwkt_spinner *sp_next;
	struct lwkt_spinner *sp_prev;
	int sp_first;
} ____cacheline_aligned_in_smp;

bool lwkt_spinq_join(struct lwkt_token *tok, struct lwkt_globaldata *gd);
void lwkt_spinq_leave(struct lwkt_token *tok, struct lwkt_globaldata *gd);

#endif /* _LWKT_HANDOFF_SPINQ_H */
