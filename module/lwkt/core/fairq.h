/* SPDX-License-Identifier: GPL-2.0 */
/*
 * fairq.h - the fair run queue of the generations with masks (fairq.c)
 *
 * Context of all: the baton holder of the CPU.
 */
#ifndef _LWKT_FAIRQ_H
#define _LWKT_FAIRQ_H

#include "sched.h"

/* A thread's refill is its priority times this, the most it has the sum of all. */
#define FAIRQ_SCALE 8

void lwkt_fairq_add(struct lwkt_globaldata *gd, struct lwkt_thread *td);
void lwkt_fairq_refill(struct lwkt_globaldata *gd, struct lwkt_thread *td);
void lwkt_fairq_floor(struct lwkt_globaldata *gd, struct lwkt_thread *td);

/* One call of the scheduler. */
void lwkt_fairq_begin(struct lwkt_globaldata *gd);
void lwkt_fairq_contended(struct lwkt_globaldata *gd);
void lwkt_fairq_again(struct lwkt_globaldata *gd);
void lwkt_fairq_end(struct lwkt_globaldata *gd, struct lwkt_thread *td);

/* The head of the queue, or NULL. */
static inline struct lwkt_thread *lwkt_fairq_first(struct lwkt_globaldata *gd)
{
	return list_first_entry_or_null(&gd->gd_tdrunq[LWKT_FAIR_QUEUE],
					struct lwkt_thread, td_threadq);
}

/* The thread behind @td, or NULL. */
static inline struct lwkt_thread *lwkt_fairq_next(struct lwkt_globaldata *gd,
						  struct lwkt_thread *td)
{
	if (list_is_last(&td->td_threadq, &gd->gd_tdrunq[LWKT_FAIR_QUEUE]))
		return NULL;
	return list_next_entry(td, td_threadq);
}

#endif /* _LWKT_FAIRQ_H */
