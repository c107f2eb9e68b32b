/* SPDX-License-Identifier: GPL-2.0 */
/*
 * mask.h - the CPUs that contend for a token, and how a release tells
 * them: what token-ipi and token-ticket share (gen/mask.c)
 */
#ifndef _LWKT_TOKEN_MASK_H
#define _LWKT_TOKEN_MASK_H

#include "lwkt/core/sched.h"
#include "lwkt/token/token.h"

/* A token knows the CPUs that contend for it. */
static inline bool lwkt_gen_masks(enum lwkt_generation gen)
{
	return gen == LWKT_GEN_ipi || gen == LWKT_GEN_ticket;
}

/* Facts and hooks of both, for their struct lwkt_gen_ops. */
#define LWKT_MASK_OPS                                          \
	.fair_queue = true, .halts_contended = true,           \
	.collides_atomically = true, .start = lwkt_mask_start, \
	.halting = lwkt_mask_halting, .doze = lwkt_mask_doze,  \
	.up = lwkt_mask_up

void lwkt_mask_kick(struct lwkt_token *tok, bool awake_too);
void lwkt_mask_set(struct lwkt_globaldata *gd, struct lwkt_token *tok);
void lwkt_mask_clear(struct lwkt_globaldata *gd, struct lwkt_token *tok);
void lwkt_mask_chosen(struct lwkt_globaldata *gd, struct lwkt_thread *td);

/* For the idle thread (world.c). */
void lwkt_mask_start(const struct cpumask *cpus);
void lwkt_mask_halting(struct lwkt_globaldata *gd);
bool lwkt_mask_doze(struct lwkt_globaldata *gd);
void lwkt_mask_up(struct lwkt_globaldata *gd, bool woken);

#endif /* _LWKT_TOKEN_MASK_H */
