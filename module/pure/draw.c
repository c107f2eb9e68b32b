// SPDX-License-Identifier: GPL-2.0
/*
 * Random times by inversion.
 *
 * Of the 64 random bits of a draw the upper 32 choose the time, as a real
 * number. The lower 32 choose whether it is rounded up or down, up with the
 * probability of its fraction: then the mean of many draws is exact, and a mean
 * of 1 ns is one as well.
 *
 * exp. U is the middle of one of 2^32 equal parts of (0, 1), the time
 * mean * -ln U. So the largest is 33 * ln 2 = 22.9 times the mean, with one more
 * for the rounding.
 *
 * bimodal. With a short time of 10 / 19 of the mean in nine of ten draws, and
 * ten times that in the tenth, the mean is 0.9 * 10 / 19 + 0.1 * 100 / 19 = 1.
 */
#include "draw.h"
#include "fixlog.h"

/* -ln U in fixed point, times @mean, rounded at random. */
static u64 draw_exp(u32 random, u32 dither, u64 mean)
{
	/* U = odd / 2^33 */
	u64 odd = 2ULL * random + 1;
	u64 bits = 33 * TB_FIX_ONE - tb_fix_log2(odd);
	/* 53 + 38 + 32 bits */
	__uint128_t product = (__uint128_t)mean * bits * TB_FIX_LN2;

	return (product + ((__uint128_t)dither << 32)) >> 64;
}

static u64 draw_bimodal(u32 random, u32 dither, u64 mean)
{
	u64 tenths = mean * (random < U32_MAX / 10 ? 100 : 10);
	u64 whole = div64_u64(tenths, 19);
	u64 rest = tenths - whole * 19;

	return whole + (rest << 32 > dither * 19ULL);
}

u64 tb_draw(struct tb_rng *rng, enum tb_dist dist, u64 mean)
{
	u64 random;

	if (dist == TB_DIST_const)
		return mean;
	random = tb_rng_next(rng);
	if (dist == TB_DIST_exp)
		return draw_exp(random >> 32, random, mean);
	return draw_bimodal(random >> 32, random, mean);
}
