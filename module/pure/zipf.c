// SPDX-License-Identifier: GPL-2.0
/*
 * Zipf's law by a table of its distribution.
 *
 * Entry i is the probability of things 0 to i, as a share of 2^32, less 1: thing
 * i is the first one whose entry is not below a random number of 32 bits. The
 * last entry is U32_MAX, so there always is one.
 *
 * The weights are 2^47 / i^exponent. 100000 of them fit in 64 bits together, and
 * the last ones may well be 0. There is no room to keep them: they are computed
 * twice, first for their sum.
 */
#include "fixlog.h"
#include "zipf.h"

#define WEIGHT_BITS 47

/* Weight of thing @i, from 1. */
static u64 weight(u32 i, u32 milli)
{
	u64 most = WEIGHT_BITS * TB_FIX_ONE;
	u64 bits = div64_u64(tb_fix_log2(i) * milli, 1000);

	return bits < most ? tb_fix_exp2(most - bits) : 0;
}

void tb_zipf_make(u32 *table, u32 n, u32 milli)
{
	u64 total = 0, sum = 0;
	u32 i, shift;

	for (i = 1; i <= n; i++)
		total += weight(i, milli);

	/* The upper 32 bits of the total suffice, and divide easily. */
	shift = fls64(total) - 32;
	total >>= shift;
	for (i = 1; i <= n; i++) {
		sum += weight(i, milli);
		table[i - 1] = div64_u64(sum >> shift << 32, total) - 1;
	}
}

u32 tb_zipf_pick(const u32 *table, u32 n, struct tb_rng *rng)
{
	return tb_lower_bound(table, n, tb_rng_next(rng) >> 32);
}
