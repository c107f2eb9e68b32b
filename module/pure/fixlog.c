// SPDX-License-Identifier: GPL-2.0
/*
 * Logarithm and power of two by their series.
 *
 * Problem. The kernel has no floating point, and tables of constants are hard
 * to review. Series have coefficients that are well known.
 *
 * log2. With x = 2^e * m, 1 <= m < 2, and z = (m - 1) / (m + 1) < 1/3,
 *
 *	log2 m = 2 / ln 2 * (z + z^3 / 3 + z^5 / 5 + ...)
 *
 * The first term left out is z^21 / 21 < 5e-12. One division and ten
 * multiplications, some 20 ns.
 *
 * exp2. With y = n + f, 0 <= f < 1, and x = f * ln 2 < 0.7,
 *
 *	2^f = 1 + x + x^2 / 2! + x^3 / 3! + ...
 *
 * The first term left out is x^13 / 13! < 2e-12.
 *
 * Every step rounds down, hence the signs of the errors.
 */
#include "fixlog.h"

/* 1 / ln 2 in fixed point. */
#define FIX_INV_LN2 6196328018ULL

static u64 fix_mul(u64 a, u64 b)
{
	return a * b >> 32;
}

u64 tb_fix_log2(u64 x)
{
	static const u64 odd[] = {
		TB_FIX_ONE / 17, TB_FIX_ONE / 15, TB_FIX_ONE / 13,
		TB_FIX_ONE / 11, TB_FIX_ONE / 9,  TB_FIX_ONE / 7,
		TB_FIX_ONE / 5,	 TB_FIX_ONE / 3,  TB_FIX_ONE,
	};
	u32 e = fls64(x) - 1;
	u64 sum = TB_FIX_ONE / 19;
	u64 part, z, z2;
	u32 i;

	/* m - 1 in fixed point: what follows the leading bit */
	part = x << 1 << (63 - e) >> 32;
	z = div64_u64(part << 32, part + 2 * TB_FIX_ONE);
	z2 = fix_mul(z, z);
	for (i = 0; i < ARRAY_SIZE(odd); i++)
		sum = odd[i] + fix_mul(z2, sum);
	return ((u64)e << 32) + 2 * fix_mul(fix_mul(z, sum), FIX_INV_LN2);
}

/* 1 / n! with 60 bits behind the point. */
#define ONE_60 BIT_ULL(60)

u64 tb_fix_exp2(u64 y)
{
	static const u64 inverse[] = {
		ONE_60 / 39916800, ONE_60 / 3628800, ONE_60 / 362880,
		ONE_60 / 40320,	   ONE_60 / 5040,    ONE_60 / 720,
		ONE_60 / 120,	   ONE_60 / 24,	     ONE_60 / 6,
		ONE_60 / 2,	   ONE_60,	     ONE_60,
	};
	u64 x = fix_mul((u32)y, TB_FIX_LN2);
	u64 sum = ONE_60 / 479001600;
	u32 n = y >> 32;
	u32 i;

	for (i = 0; i < ARRAY_SIZE(inverse); i++)
		sum = inverse[i] + (u64)((__uint128_t)x * sum >> 32);
	return n < 60 ? sum >> (60 - n) : sum << (n - 60);
}
