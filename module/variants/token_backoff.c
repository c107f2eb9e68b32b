// SPDX-License-Identifier: GPL-2.0
/*
 * token_backoff.c - LWKT tokens as of release 5.4 (lwkt/gen/backoff.c)
 */
#include "lwkt/gen/backoff.h"

#define GENERATION backoff
#define NAME "token-backoff"
#define DOC \
	"LWKT tokens of 2018: exponential backoff, slots, address order later"
#define MORE_FLAGS TB_FLAG(shared)

#include "token_variant.h"
