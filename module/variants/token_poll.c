// SPDX-License-Identifier: GPL-2.0
/*
 * token_poll.c - LWKT tokens as of June 2010 (lwkt/gen/poll.c)
 */
#include "lwkt/gen/poll.h"

#define GENERATION poll
#define NAME "token-poll"
#define DOC "LWKT tokens of June 2010: acquisition order, no spin, polling idle"
#define MORE_FLAGS 0

#include "token_variant.h"
