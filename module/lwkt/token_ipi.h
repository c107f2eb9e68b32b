/* SPDX-License-Identifier: GPL-2.0 */
/*
 * token_ipi.h - tokens of December 2010: the uncontended path (token_ipi.c)
 *
 * Waiting is polling by the scheduler until it has tried everybody once; then
 * the CPU halts, and a release interrupts the CPUs that contend.
 */
#ifndef _LWKT_TOKEN_IPI_H
#define _LWKT_TOKEN_IPI_H

#include "sched.h"
#include "token_ptr.h"

int lwkt_ipi_contended(struct lwkt_thread *td, struct lwkt_token *tok,
		       struct lwkt_tokref *owner);
unsigned int lwkt_ipi_relall(struct lwkt_thread *td);
bool lwkt_ipi_getall(struct lwkt_thread *td);
struct lwkt_thread *lwkt_ipi_choose(struct lwkt_globaldata *gd);

/* ipi_ticket.c */
void lwkt_ipi_take_turn(struct lwkt_globaldata *gd);

/* For the idle thread (world.c). */
void lwkt_ipi_start(const struct cpumask *cpus);
void lwkt_ipi_halting(struct lwkt_globaldata *gd);
bool lwkt_ipi_doze(struct lwkt_globaldata *gd);
void lwkt_ipi_up(struct lwkt_globaldata *gd, bool woken);

/* See lwkt_gettoken(). A failure leaves no trace in the mask (token_ipi.c). */
static __always_inline int lwkt_ipi_gettoken(struct lwkt_thread *td,
					     struct lwkt_token *tok)
{
	struct lwkt_tokref *ref, *word;

	if (unlikely(!lwkt_ref_left(td)))
		return lwkt_gettoken_overflow(tok);
	ref = lwkt_push_ref(td, tok, 0);
	if (likely(lwkt_ptr_try(td, tok, ref, &word)))
		return 0;
	return lwkt_ipi_contended(td, tok, word);
}

/* No shared mode before November 2011. */
static __always_inline int lwkt_ipi_gettoken_shared(struct lwkt_thread *td,
						    struct lwkt_token *tok)
{
	return -EOPNOTSUPP;
}

/* See lwkt_trytoken(). */
static __always_inline bool lwkt_ipi_trytoken(struct lwkt_thread *td,
					      struct lwkt_token *tok)
{
	return lwkt_ptr_trytoken(td, tok);
}

/* See lwkt_reltoken(). */
static __always_inline int lwkt_ipi_reltoken(struct lwkt_thread *td,
					     struct lwkt_token *tok)
{
	return lwkt_ptr_reltoken(td, tok, LWKT_GEN_ipi);
}

/* For lwkt_token_swap(). */
static inline void lwkt_ipi_swapped(struct lwkt_thread *td,
				    struct lwkt_tokref *a,
				    struct lwkt_tokref *b)
{
	lwkt_ptr_swapped(a, b);
}

#endif /* _LWKT_TOKEN_IPI_H */
