// SPDX-License-Identifier: GPL-2.0
/*
 * token_handoff.c - LWKT tokens whose waiters sleep (lwkt/gen/handoff/handoff.c)
 */
#include "lwkt/gen/handoff/handoff.h"

#define GENERATION handoff
#define NAME "token-handoff"
#define DOC \
	"LWKT tokens whose waiters sleep until a release wakes or waits for them"
#define MORE_FLAGS 0

#include "token_variant.h"
