// SPDX-License-Identifier: GPL-2.0
/*
 * token_sorted.c - LWKT tokens as of release 3.0 (lwkt/gen/sorted.c)
 */
#include "lwkt/gen/sorted.h"

#define GENERATION sorted
#define NAME "token-sorted"
#define DOC "LWKT tokens of 2011: short spin, address order after 10 failures"
#define MORE_FLAGS TB_FLAG(shared)

#include "token_variant.h"
