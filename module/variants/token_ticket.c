// SPDX-License-Identifier: GPL-2.0
/*
 * token_ticket.c - LWKT tokens of 18 December 2010 to October 2011
 * (lwkt/gen/ticket.c)
 */
#include "lwkt/gen/ticket.h"

#define GENERATION ticket
#define NAME "token-ticket"
#define DOC "LWKT tokens of 2011: contending CPUs take turns, then halt"
#define MORE_FLAGS 0

#include "token_variant.h"
