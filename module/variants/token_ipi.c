// SPDX-License-Identifier: GPL-2.0
/*
 * token_ipi.c - LWKT tokens of 15 December 2010 (lwkt/gen/ipi.c)
 */
#include "lwkt/gen/ipi.h"

#define GENERATION ipi
#define NAME "token-ipi"
#define DOC "LWKT tokens of December 2010: a release interrupts contending CPUs"
#define MORE_FLAGS 0

#include "token_variant.h"
