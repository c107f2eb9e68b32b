// SPDX-License-Identifier: GPL-2.0
/* fixlog.c and draw.c: against the C library's functions. */
#include <math.h>

#include "test.h"

#include "pure/draw.h"
#include "pure/fixlog.h"

static void log2_is_close_and_never_too_large(void **state)
{
	struct tb_rng rng;
	double real, error;
	u64 x;
	int i;

	(void)state;
	tb_rng_seed(&rng, 1, 0);
	for (i = 0; i < 64; i++)
		assert_int_equal(tb_fix_log2(1ULL << i), (u64)i << 32);
	for (i = 0; i < 200000; i++) {
		x = i < 1000 ? (u64)i + 1 : tb_rng_next(&rng) >> i % 64 | 1;
		if (i % 50 == 1)
			x = (2ULL << i / 50 % 63) - 1;
		real = log2(x);
		error = real - (double)tb_fix_log2(x) / TB_FIX_ONE;
		/* Less than the errors of the C library, which are 1e-14. */
		assert_true(error >= -0.00000000000002 && error < 0.000000004);
	}
}

static void exp2_is_close_and_never_too_large(void **state)
{
	struct tb_rng rng;
	double real, got;
	u64 y;
	int i;

	(void)state;
	tb_rng_seed(&rng, 2, 0);
	for (i = 0; i < 63; i++)
		assert_int_equal(tb_fix_exp2((u64)i << 32), 1ULL << i);
	for (i = 0; i < 200000; i++) {
		y = (tb_rng_next(&rng) >> 32) + ((u64)(i % 63) << 32);
		if (i < 1000)
			y = ((u64)(i % 63 + 1) << 32) - 1;
		real = exp2((double)y / TB_FIX_ONE);
		got = tb_fix_exp2(y);
		assert_true(got / real < 1.0000000000000004);
		assert_true((got + 1) / real > 0.999999998);
	}
	assert_int_equal(TB_FIX_LN2, (u64)floor(log(2) * TB_FIX_ONE));
}

static void numbers_drawn(void **state)
{
	struct tb_rng a, b;

	(void)state;
	tb_rng_seed(&a, 3, 0);
	b = a;
	assert_int_equal(tb_draw(&a, TB_DIST_const, 12345), 12345);
	assert_memory_equal(&a, &b, sizeof(a));
	tb_draw(&a, TB_DIST_exp, 12345);
	tb_rng_next(&b);
	assert_memory_equal(&a, &b, sizeof(a));
	tb_draw(&a, TB_DIST_bimodal, 12345);
	tb_rng_next(&b);
	assert_memory_equal(&a, &b, sizeof(a));
}

static const u64 means[] = { 1, 2, 7, 19, 1000, 1000000000, TB_DRAW_MEAN_MAX };

static u64 draw(enum tb_dist dist, u64 mean, u32 random, u32 dither)
{
	struct tb_rng rng = rng_with((u64)random << 32 | dither);

	return tb_draw(&rng, dist, mean);
}

#define STEPS 65536

/* @i-th of STEPS numbers that lie evenly among those of 32 bits. */
static u32 even(u32 i)
{
	return i * (1U << 16) + (1U << 15);
}

/* Every draw is the quantile it should be: stronger than any sampling. */
static void exp_is_the_quantile(void **state)
{
	double mean, want;
	u64 low, high;
	size_t m;
	u32 i;

	(void)state;
	for (m = 0; m < ARRAY_SIZE(means); m++) {
		mean = means[m];
		for (i = 0; i < STEPS; i++) {
			low = draw(TB_DIST_exp, means[m], even(i), 0);
			high = draw(TB_DIST_exp, means[m], even(i), U32_MAX);
			want = -mean * log((even(i) + 0.5) / 4294967296.0);
			assert_true(high - low <= 1);
			assert_true(low <= want + mean / 1e8);
			assert_true(low > want - 1 - mean / 1e8);
			assert_true(high >= want - mean / 1e8);
			assert_true(high < want + 1 + mean / 1e8);
		}
	}
}

static void draws_have_their_mean(void **state)
{
	enum tb_dist dist;
	double sum;
	size_t m;
	u32 i;

	(void)state;
	for (dist = TB_DIST_exp; dist <= TB_DIST_bimodal; dist++) {
		for (m = 0; m < ARRAY_SIZE(means); m++) {
			sum = 0;
			/* The multiplier makes the roundings even as well. */
			for (i = 0; i < STEPS; i++)
				sum += draw(dist, means[m], even(i),
					    i * 2654435761U);
			assert_true(fabs(sum / STEPS / means[m] - 1) < 0.001);
		}
	}
}

static void draws_have_bounds(void **state)
{
	static const u32 edge[] = { 0, 1, U32_MAX - 1, U32_MAX };
	enum tb_dist dist;
	size_t m, i, j;
	u64 got;

	(void)state;
	for (dist = 0; dist < TB_DIST_COUNT; dist++)
		for (i = 0; i < ARRAY_SIZE(edge); i++)
			for (j = 0; j < ARRAY_SIZE(edge); j++) {
				assert_int_equal(draw(dist, 0, edge[i],
						      edge[j]),
						 0);
				for (m = 0; m < ARRAY_SIZE(means); m++) {
					got = draw(dist, means[m], edge[i],
						   edge[j]);
					assert_true(got <=
						    TB_DRAW_MOST * means[m]);
				}
			}
	/* The largest is where it should be, not only below the bound. */
	assert_int_equal(draw(TB_DIST_exp, 1000, 0, 0), 22873);
	assert_int_equal(draw(TB_DIST_exp, 1000, U32_MAX, 0), 0);
}

static int ascending(const void *a, const void *b)
{
	u64 x = *(const u64 *)a, y = *(const u64 *)b;

	return (x > y) - (x < y);
}

/* The largest distance of the two distributions. */
static void exp_passes_kolmogorov_smirnov(void **state)
{
	enum { N = 100000 };
	static u64 got[N];
	double far = 0, below;
	struct tb_rng rng;
	u32 i;

	(void)state;
	tb_rng_seed(&rng, 4, 0);
	for (i = 0; i < N; i++)
		got[i] = tb_draw(&rng, TB_DIST_exp, 1000000000);
	qsort(got, N, sizeof(got[0]), ascending);
	for (i = 0; i < N; i++) {
		below = 1 - exp(-(got[i] / 1e9));
		far = fmax(far, (i + 1.0) / N - below);
		far = fmax(far, below - (double)i / N);
	}
	assert_true(far * sqrt(N) < 1.95); /* p = 0.001 */
}

static void bimodal_has_two_times(void **state)
{
	struct tb_rng rng;
	u32 i, n[4] = { 0 };

	(void)state;
	tb_rng_seed(&rng, 5, 0);
	for (i = 0; i < 100000; i++) {
		/* 526.3 and 5263.2 */
		u64 got = tb_draw(&rng, TB_DIST_bimodal, 1000);

		assert_true(got == 526 || got == 527 || got == 5263 ||
			    got == 5264);
		n[got == 526 ? 0 : got == 527 ? 1 : got == 5263 ? 2 : 3]++;
	}
	/* Within 5 standard deviations. */
	assert_in_range(n[2] + n[3], 10000 - 475, 10000 + 475);
	assert_in_range(n[1], 90000 * 6 / 19 - 700, 90000 * 6 / 19 + 700);
	assert_in_range(n[3], 10000 * 3 / 19 - 200, 10000 * 3 / 19 + 200);
	/* No rounding where there is nothing to round. */
	for (i = 0; i < 1000; i++) {
		u64 got = tb_draw(&rng, TB_DIST_bimodal, 1900);

		assert_true(got == 1000 || got == 10000);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(log2_is_close_and_never_too_large),
		cmocka_unit_test(exp2_is_close_and_never_too_large),
		cmocka_unit_test(numbers_drawn),
		cmocka_unit_test(exp_is_the_quantile),
		cmocka_unit_test(draws_have_their_mean),
		cmocka_unit_test(draws_have_bounds),
		cmocka_unit_test(exp_passes_kolmogorov_smirnov),
		cmocka_unit_test(bimodal_has_two_times),
	};

	return cmocka_run_group_tests_name("draw", tests, NULL, NULL);
}
