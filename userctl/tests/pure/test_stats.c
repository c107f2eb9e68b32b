// SPDX-License-Identifier: GPL-2.0
/* stats.c and the arithmetic of pure.h. */
#include <math.h>

#include "test.h"

#include "pure/stats.h"
#include "pure/workload.h" /* tb_rng */

#define MANY 4096

static u64 v[MANY];

/* The first half of @n threads got @a each, the second half @b. */
static void halves(u32 n, u64 a, u64 b)
{
	u32 i;

	for (i = 0; i < n; i++)
		v[i] = i < n / 2 ? a : b;
}

static double jain_reference(const u64 *values, u32 n)
{
	long double sum = 0, squares = 0;
	u32 i;

	for (i = 0; i < n; i++) {
		sum += values[i];
		squares += (long double)values[i] * values[i];
	}
	return (double)(sum * sum / (n * squares) * 1e6L);
}

static void mul_div_is_exact(void **state)
{
	struct tb_rng rng;
	int i;

	(void)state;
	tb_rng_seed(&rng, 1, 1);
	for (i = 0; i < 200000; i++) {
		u64 a = tb_rng_next(&rng) >> tb_rng_below(&rng, 64);
		u64 b = tb_rng_next(&rng) >> tb_rng_below(&rng, 64);
		u64 d = tb_rng_next(&rng) >> tb_rng_below(&rng, 64);
		__uint128_t product = (__uint128_t)a * b;
		u64 rem, quotient = tb_mul_div(a, b, d, &rem);

		if (!d || product / d > U64_MAX) {
			assert_int_equal(quotient, U64_MAX);
			assert_int_equal(rem, 0);
		} else {
			assert_int_equal(quotient, (u64)(product / d));
			assert_int_equal(rem, (u64)(product % d));
		}
	}
	assert_int_equal(tb_mul_div(U64_MAX, U64_MAX, U64_MAX, NULL), U64_MAX);
	assert_int_equal(tb_mul_div(U64_MAX, U64_MAX, 0, NULL), U64_MAX);
	assert_int_equal(tb_mul_div(0, 5, 1, NULL), 0);
}

static void sat_add_saturates(void **state)
{
	(void)state;
	assert_int_equal(tb_sat_add(1, 2), 3);
	assert_int_equal(tb_sat_add(U64_MAX, 0), U64_MAX);
	assert_int_equal(tb_sat_add(U64_MAX, 1), U64_MAX);
	assert_int_equal(tb_sat_add(U64_MAX, U64_MAX), U64_MAX);
}

static void extremes(void **state)
{
	const u64 some[] = { 5, 3, U64_MAX, 9 };

	(void)state;
	assert_int_equal(tb_stats_min(some, 4), 3);
	assert_int_equal(tb_stats_max(some, 4), U64_MAX);
	assert_int_equal(tb_stats_sum(some, 2), 8);
	assert_int_equal(tb_stats_sum(some, 4), U64_MAX);
	assert_int_equal(tb_stats_min(some, 0), 0);
	assert_int_equal(tb_stats_max(some, 0), 0);
	assert_int_equal(tb_stats_sum(some, 0), 0);
}

static void jain_known_values(void **state)
{
	(void)state;
	halves(8, 1, 10);
	assert_int_equal(tb_stats_jain(v, 8), 599010);
	halves(8, 1, 3);
	assert_int_equal(tb_stats_jain(v, 8), 800000);
	halves(8, 7, 7);
	assert_int_equal(tb_stats_jain(v, 8), 1000000);
	halves(2, 0, 7);
	assert_int_equal(tb_stats_jain(v, 2), 500000);
	v[0] = 42;
	assert_int_equal(tb_stats_jain(v, 1), 1000000);
}

static void jain_of_nothing(void **state)
{
	(void)state;
	halves(8, 0, 0);
	assert_int_equal(tb_stats_jain(v, 8), 0);
	assert_int_equal(tb_stats_jain(v, 0), 0);
	assert_int_equal(tb_stats_jain(v, 4097), 0);
}

static void jain_extremes(void **state)
{
	static const u64 big[] = { (1ULL << 41) - 1, (1ULL << 42) - 1,
				   1ULL << 42,	     (1ULL << 63) - 1,
				   1ULL << 63,	     U64_MAX };
	size_t i;

	(void)state;
	for (i = 0; i < ARRAY_SIZE(big); i++) {
		halves(MANY, big[i], big[i]);
		assert_int_equal(tb_stats_jain(v, MANY), 1000000);
		halves(MANY, 0, big[i]);
		assert_int_equal(tb_stats_jain(v, MANY), 500000);
		halves(MANY, big[i] / 3, big[i]);
		assert_in_range(tb_stats_jain(v, MANY), 799999, 800001);
		/* one got everything: 1 / 4096 */
		halves(MANY, 0, 0);
		v[17] = big[i];
		assert_int_equal(tb_stats_jain(v, MANY), 244);
	}
}

static void jain_ignores_scale(void **state)
{
	u32 shift;

	(void)state;
	for (shift = 0; shift < 60; shift++) {
		halves(10, 1ULL << shift, 10ULL << shift);
		assert_int_equal(tb_stats_jain(v, 10), 599010);
	}
}

static void jain_against_reference(void **state)
{
	struct tb_rng rng;
	u32 round, i, n;

	(void)state;
	tb_rng_seed(&rng, 2, 2);
	for (round = 0; round < 2000; round++) {
		u32 shift = tb_rng_below(&rng, 60);

		n = 1 + tb_rng_below(&rng, 300);
		for (i = 0; i < n; i++)
			v[i] = tb_rng_next(&rng) >> shift >>
			       tb_rng_below(&rng, 4);
		v[0] |= 1;
		assert_true(fabs(tb_stats_jain(v, n) - jain_reference(v, n)) <
			    0.52);
	}
}

static void top_half_of_even(void **state)
{
	(void)state;
	halves(8, 1, 3);
	assert_int_equal(tb_stats_top_half(v, 8), 750000);
	assert_int_equal(v[0], 3); /* sorted, descending */
	assert_int_equal(v[7], 1);
	halves(4, 5, 5);
	assert_int_equal(tb_stats_top_half(v, 4), 500000);
	halves(2, 0, 5);
	assert_int_equal(tb_stats_top_half(v, 2), 1000000);
}

static void top_half_of_odd(void **state)
{
	(void)state;
	halves(5, 5, 5);
	assert_int_equal(tb_stats_top_half(v, 5), 500000);
	v[0] = 1;
	v[1] = 6;
	v[2] = 3;
	/* 6 and half of 3, of 10 */
	assert_int_equal(tb_stats_top_half(v, 3), 750000);
	v[0] = 9;
	assert_int_equal(tb_stats_top_half(v, 1), 500000);
}

static void top_half_extremes(void **state)
{
	(void)state;
	assert_int_equal(tb_stats_top_half(v, 0), 0);
	halves(6, 0, 0);
	assert_int_equal(tb_stats_top_half(v, 6), 0);
	halves(MANY, U64_MAX, U64_MAX);
	assert_int_equal(tb_stats_top_half(v, MANY), 500000);
	halves(MANY, 0, U64_MAX);
	assert_int_equal(tb_stats_top_half(v, MANY), 1000000);
}

static void overlap(void **state)
{
	const u64 far = U64_MAX;

	(void)state;
	assert_int_equal(tb_stats_overlap(100, 200, 50, 250), 1000000);
	assert_int_equal(tb_stats_overlap(100, 200, 100, 200), 1000000);
	assert_int_equal(tb_stats_overlap(100, 200, 110, 250), 900000);
	assert_int_equal(tb_stats_overlap(100, 200, 50, 195), 950000);
	assert_int_equal(tb_stats_overlap(100, 200, 110, 195), 850000);
	assert_int_equal(tb_stats_overlap(100, 200, 200, 250), 0);
	assert_int_equal(tb_stats_overlap(100, 200, 50, 100), 0);
	assert_int_equal(tb_stats_overlap(100, 200, 300, 40), 0);
	assert_int_equal(tb_stats_overlap(100, 100, 50, 250), 0);
	assert_int_equal(tb_stats_overlap(200, 100, 0, 250), 0);
	assert_int_equal(tb_stats_overlap(0, far, 0, far), 1000000);
	assert_int_equal(tb_stats_overlap(0, far, far / 2, far), 500000);
	assert_int_equal(tb_stats_overlap(0, 3, 1, 3), 666667);
}

static void ratio(void **state)
{
	(void)state;
	assert_int_equal(tb_stats_ratio(1, 2), 500000);
	assert_int_equal(tb_stats_ratio(1, 3), 333333);
	assert_int_equal(tb_stats_ratio(2, 3), 666667);
	assert_int_equal(tb_stats_ratio(5, 2), 2500000);
	assert_int_equal(tb_stats_ratio(0, 2), 0);
	assert_int_equal(tb_stats_ratio(7, 0), 0);
	assert_int_equal(tb_stats_ratio(U64_MAX, U64_MAX), 1000000);
	assert_int_equal(tb_stats_ratio(U64_MAX, 1), U64_MAX);
	assert_int_equal(tb_stats_ratio(1, U64_MAX), 0);
}

static void fmt(void **state)
{
	static const struct {
		u64 ppm;
		const char *text;
	} table[] = {
		{ 0, "0.0000" },
		{ 1, "0.000001" },
		{ 10, "0.00001" },
		{ 100, "0.0001" },
		{ 998700, "0.9987" },
		{ 998710, "0.99871" },
		{ 998712, "0.998712" },
		{ 500000, "0.5000" },
		{ 1000000, "1.0000" },
		{ 12345678, "12.345678" },
		{ U64_MAX, "18446744073709.551615" },
	};
	char buf[TB_PPM_TEXT_MAX];
	size_t i;

	(void)state;
	for (i = 0; i < ARRAY_SIZE(table); i++) {
		int n = tb_fmt_ppm(buf, sizeof(buf), table[i].ppm);

		assert_string_equal(buf, table[i].text);
		assert_int_equal(n, strlen(buf));
	}
	assert_int_equal(tb_fmt_ppm(buf, 4, 998700), 3);
	assert_string_equal(buf, "0.9");
	assert_int_equal(tb_fmt_ppm(buf, 0, 998700), 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(mul_div_is_exact),
		cmocka_unit_test(sat_add_saturates),
		cmocka_unit_test(extremes),
		cmocka_unit_test(jain_known_values),
		cmocka_unit_test(jain_of_nothing),
		cmocka_unit_test(jain_extremes),
		cmocka_unit_test(jain_ignores_scale),
		cmocka_unit_test(jain_against_reference),
		cmocka_unit_test(top_half_of_even),
		cmocka_unit_test(top_half_of_odd),
		cmocka_unit_test(top_half_extremes),
		cmocka_unit_test(overlap),
		cmocka_unit_test(ratio),
		cmocka_unit_test(fmt),
	};

	return cmocka_run_group_tests_name("stats", tests, NULL, NULL);
}
