// SPDX-License-Identifier: GPL-2.0
/*
 * Fairness and other summaries of per-thread results.
 *
 * Problem. The sums below need more than 64 bits (the square of one hour in ns
 * alone takes 83), the kernel has no floating point, and gcc's division of
 * 128-bit numbers lives in a library that the kernel is not linked with.
 *
 * Jain's index is A / B with A = (sum v)^2 and B = n x sum v^2. While
 * v < 2^42 and n <= 2^12:
 *
 *	sum v   < 2^54    A < 2^108
 *	sum v^2 < 2^96    B < 2^108    A <= B (Cauchy and Schwarz)
 *
 * so 10^6 x A / B is at most 10^6 < 2^20, and the long division by
 * subtraction of B << 19 .. B << 0 stays below 2^128 throughout.
 *
 * Larger values are shifted right by s, so that the largest is in
 * [2^41, 2^42). Each loses less than 1: the sum, which is at least 2^41, is
 * off by less than 2^12 / 2^41 = 2^-29 of itself, its square by 2^-28, and the
 * sum of squares, by 2 x sqrt(n) / 2^41, by less than 2^-33. Together below
 * 4e-9, or 0.004 ppm.
 *
 * Limits. n up to 4096, which is TB_THREADS_MAX.
 */
#include "stats.h"

#define JAIN_BITS 42
#define JAIN_THREADS 4096

u64 tb_stats_min(const u64 *v, u32 n)
{
	u64 least = n ? v[0] : 0;
	u32 i;

	for (i = 1; i < n; i++)
		least = min(least, v[i]);
	return least;
}

u64 tb_stats_max(const u64 *v, u32 n)
{
	u64 most = 0;
	u32 i;

	for (i = 0; i < n; i++)
		most = max(most, v[i]);
	return most;
}

u64 tb_stats_sum(const u64 *v, u32 n)
{
	u64 sum = 0;
	u32 i;

	for (i = 0; i < n; i++)
		sum = tb_sat_add(sum, v[i]);
	return sum;
}

/* 10^6 x a / b to nearest, for a <= b < 2^108 and b > 0. */
static u32 ppm_of(__uint128_t a, __uint128_t b)
{
	u32 quotient = 0;
	int i;

	a *= TB_PPM;
	for (i = 19; i >= 0; i--) {
		if (a >= b << i) {
			a -= b << i;
			quotient |= 1U << i;
		}
	}
	if (a >= b - a)
		quotient++;
	return quotient;
}

u32 tb_stats_jain(const u64 *v, u32 n)
{
	__uint128_t squares = 0;
	u64 sum = 0;
	int shift;
	u32 i;

	if (n > JAIN_THREADS)
		return 0;
	shift = fls64(tb_stats_max(v, n)) - JAIN_BITS;
	if (shift < 0)
		shift = 0;

	for (i = 0; i < n; i++) {
		u64 x = v[i] >> shift;

		sum += x;
		squares += (__uint128_t)x * x;
	}
	if (!sum)
		return 0;
	return ppm_of((__uint128_t)sum * sum, squares * n);
}

static int descending(const void *a, const void *b)
{
	u64 x = *(const u64 *)a;
	u64 y = *(const u64 *)b;

	return (x < y) - (x > y);
}

u32 tb_stats_top_half(u64 *v, u32 n)
{
	__uint128_t total = 0, top = 0;
	u32 i;

	sort(v, n, sizeof(*v), descending, NULL);
	for (i = 0; i < n; i++) {
		total += v[i];
		if (i < n / 2)
			top += v[i];
	}
	if (!total)
		return 0;

	/* Twice everything, to halve the one in the middle. */
	top *= 2;
	if (n % 2)
		top += v[n / 2];
	return ppm_of(top, 2 * total);
}

u32 tb_stats_overlap(u64 start, u64 end, u64 max_enter, u64 min_leave)
{
	u64 from = max(start, max_enter);
	u64 to = min(end, min_leave);

	if (start >= end || from >= to)
		return 0;
	return ppm_of(to - from, end - start);
}

u64 tb_stats_ratio(u64 num, u64 den)
{
	u64 rem, ratio;

	if (!den)
		return 0;
	ratio = tb_mul_div(num, TB_PPM, den, &rem);
	/* Not for a saturated ratio: its remainder is given as 0. */
	if (rem && rem >= den - rem)
		ratio++;
	return ratio;
}

int tb_fmt_ppm(char *buf, size_t len, u64 ppm)
{
	u64 whole = div64_u64(ppm, TB_PPM);
	u32 part = ppm - whole * TB_PPM;
	int decimals = 6;

	while (decimals > 4 && part % 10 == 0) {
		part /= 10;
		decimals--;
	}
	return scnprintf(buf, len, "%llu.%0*u", whole, decimals, part);
}
