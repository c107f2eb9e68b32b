/* SPDX-License-Identifier: GPL-2.0 */
/*
 * ipi.h - tokens of 15 December 2010: the uncontended path (gen/ipi.c)
 *
 * A CPU whose threads all wait halts at once, and a release interrupts the CPUs
 * that contend.
 */
#ifndef _LWKT_TOKEN_IPI_H
#define _LWKT_TOKEN_IPI_H

#include "ptr_word.h"

int lwkt_ipi_contended(struct lwkt_thread *td, struct lwkt_token *tok,
		       struct lwkt_tokref *owner);
unsigned int lwkt_ipi_relall(struct lwkt_thread *td);
bool lwkt_ipi_getall(struct lwkt_thread *td);
struct lwkt_thread *lwkt_ipi_choose(struct lwkt_globaldata *gd);

/* A gettoken that fails leaves a mark in the mask (gen/ipi.c). */
LWKT_PATHS(ipi, ptr)

#endif /* _LWKT_TOKEN_IPI_H */
