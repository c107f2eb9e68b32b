// SPDX-License-Identifier: GPL-2.0
/* Locks that are in the list and not in variants.c: like none but by name. */
#include "config/variant.h"
#include "shim.h"

#define UNKNOWN(symbol)                                                       \
	__attribute__((weak)) const struct tb_variant tb_variant_##symbol = { \
		.name = #symbol,                                              \
		.flags = TB_FLAG(blocks) | TB_FLAG(unchecked)                 \
	};

TB_VARIANTS(UNKNOWN)
