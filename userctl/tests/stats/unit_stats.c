// SPDX-License-Identifier: GPL-2.0
/* stats.c, hist.c: numbers over repeats. */
#include <stdlib.h>
#include <string.h>

#include "stats/hist.h"
#include "stats/stats.h"
#include "tests/unit.h"

static void ranges(void **state)
{
	static const double odd[] = { 5, 1, 3 };
	static const double even[] = { 4, 1, 3, 2 };
	static const double one[] = { -7 };
	static const double large[] = { 1e308, 1.5e308 };
	struct stats_range r;

	(void)state;
	r = stats_range(odd, 3);
	assert_true(r.median == 3 && r.min == 1 && r.max == 5);
	r = stats_range(even, 4);
	assert_true(r.median == 2.5 && r.min == 1 && r.max == 4);
	r = stats_range(one, 1);
	assert_true(r.median == -7 && r.min == -7 && r.max == -7);
	/* The sum of both would be infinite. */
	r = stats_range(large, 2);
	assert_true(r.median == 1.25e308);
	assert_true(odd[0] == 5);
}

static void buckets_are_sorted_and_added(void **state)
{
	struct hist h = { 0 };
	size_t i;

	(void)state;
	hist_add(&h, 64, 66, 1);
	hist_add(&h, 0, 1, 2);
	hist_add(&h, 128, 132, 3);
	hist_add(&h, 64, 66, 4);
	assert_int_equal(h.n, 3);
	assert_int_equal(h.count, 10);
	for (i = 1; i < h.n; i++)
		assert_true(h.buckets[i - 1].lower < h.buckets[i].lower);
	assert_int_equal(h.buckets[1].count, 5);
	hist_free(&h);
	assert_int_equal(h.n, 0);
}

/* Buckets of width one hold their values exactly, so sorting is the proof. */
static int by_value(const void *a, const void *b)
{
	return *(const int *)a - *(const int *)b;
}

static void percentiles_are_order_statistics(void **state)
{
	static const unsigned int permilles[] = { 1,   70,  500, 900,
						  990, 999, 1000 };
	int values[1000] = { 0 };
	size_t n, i;

	(void)state;
	srand(1);
	for (n = 1; n <= N_OF(values); n += 37) {
		struct hist h = { 0 };

		for (i = 0; i < n; i++) {
			values[i] = rand() % 60;
			hist_add(&h, values[i], values[i] + 1, 1);
		}
		qsort(values, n, sizeof(values[0]), by_value);
		for (i = 0; i < N_OF(permilles); i++) {
			/* ceil(n * p / 1000), counted from 1 */
			size_t rank = n * permilles[i] / 1000 +
				      !!(n * permilles[i] % 1000);

			assert_int_equal(hist_percentile(&h, permilles[i] * 10,
							 values[n - 1]),
					 values[rank - 1]);
		}
		hist_free(&h);
	}
}

/* The module's layout: above 64, 32 buckets for each power of two. */
static void add_to_bucket(struct hist *h, uint64_t v)
{
	unsigned int shift = 0;

	while (v >> shift >= 64)
		shift++;
	hist_add(h, v >> shift << shift,
		 (v >> shift << shift) + (1ULL << shift), 1);
}

static int by_size(const void *a, const void *b)
{
	const uint64_t *x = a;
	const uint64_t *y = b;

	return (*x > *y) - (*x < *y);
}

/* The runs of a row, from nanoseconds to minutes, against all their values. */
static void merged_percentiles_are_within_a_32nd(void **state)
{
	static const unsigned int permilles[] = { 1, 250, 500, 900, 990, 999 };
	enum { RUNS = 5, OPS = 2000 };
	static uint64_t values[RUNS * OPS];
	size_t round, i;

	(void)state;
	srand(2);
	for (round = 0; round < 20; round++) {
		struct hist h = { 0 };

		for (i = 0; i < N_OF(values); i++) {
			/* Another magnitude for each, and others per run. */
			uint64_t bits = rand() % 20 + i / OPS * 4;

			values[i] = ((uint64_t)rand() << 16 ^ rand()) &
				    ((1ULL << bits) - 1);
			add_to_bucket(&h, values[i]);
		}
		qsort(values, N_OF(values), sizeof(values[0]), by_size);
		for (i = 0; i < N_OF(permilles); i++) {
			size_t rank = N_OF(values) * permilles[i] / 1000;
			uint64_t exact = values[rank - 1];
			uint64_t is = hist_percentile(&h, permilles[i] * 10,
						      values[N_OF(values) - 1]);
			uint64_t off = is > exact ? is - exact : exact - is;

			if (off > exact / 32)
				fail_msg("%lu permille: %lu, not %lu",
					 (unsigned long)permilles[i],
					 (unsigned long)is,
					 (unsigned long)exact);
		}
		hist_free(&h);
	}
}

static void percentiles_are_in_the_middle_and_below_max(void **state)
{
	struct hist h = { 0 };

	(void)state;
	assert_int_equal(hist_percentile(&h, 5000, 0), 0);
	hist_add(&h, 1000, 1032, 10);
	assert_int_equal(hist_percentile(&h, 5000, 1031), 1015);
	assert_int_equal(hist_percentile(&h, 5000, 1003), 1003);
	assert_int_equal(hist_percentile(&h, 10000, 1003), 1003);
	/* The last bucket of the module has no upper bound. */
	hist_add(&h, 1ULL << 40, UINT64_MAX, 90);
	assert_int_equal(hist_percentile(&h, 5000, 1ULL << 41), 1ULL << 41);
	hist_free(&h);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(ranges),
		cmocka_unit_test(buckets_are_sorted_and_added),
		cmocka_unit_test(percentiles_are_order_statistics),
		cmocka_unit_test(merged_percentiles_are_within_a_32nd),
		cmocka_unit_test(percentiles_are_in_the_middle_and_below_max),
	};

	return cmocka_run_group_tests_name("stats", tests, NULL, NULL);
}
