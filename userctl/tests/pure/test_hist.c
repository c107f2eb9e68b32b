// SPDX-License-Identifier: GPL-2.0
/* hist.c: layout, and error of percentiles against an exact sort. */
#include <math.h>

#include "test_hist.h"

#include "pure/workload.h" /* tb_rng */

#define SAMPLES 20000

static u64 sample[SAMPLES];

static int ascending(const void *a, const void *b)
{
	u64 x = *(const u64 *)a, y = *(const u64 *)b;

	return (x > y) - (x < y);
}

static void bounds_partition_the_range(void **state)
{
	u64 lower, upper, next = 0;
	u32 i;

	(void)state;
	for (i = 0; i < TB_HIST_BUCKETS; i++) {
		tb_hist_bounds(i, &lower, &upper);
		assert_int_equal(lower, next);
		assert_true(upper > lower);
		assert_int_equal(tb_hist_index(lower), i);
		assert_int_equal(tb_hist_index(upper - 1), i);
		if (i < TB_HIST_LAST)
			assert_int_equal(tb_hist_index(upper), i + 1);
		next = upper;
	}
	assert_int_equal(next, U64_MAX);
}

static void buckets_are_narrow(void **state)
{
	u64 lower, upper;
	u32 i;

	(void)state;
	for (i = 0; i < TB_HIST_LAST; i++) {
		tb_hist_bounds(i, &lower, &upper);
		if (lower < 64)
			assert_int_equal(upper - lower, 1);
		else
			assert_true((upper - lower) * 32 <= lower);
	}
}

static void last_bucket_is_open(void **state)
{
	u64 lower, upper;

	(void)state;
	assert_int_equal(tb_hist_index(TB_HIST_LIMIT - 1), TB_HIST_LAST - 1);
	assert_int_equal(tb_hist_index(TB_HIST_LIMIT), TB_HIST_LAST);
	assert_int_equal(tb_hist_index(U64_MAX), TB_HIST_LAST);
	tb_hist_bounds(U32_MAX, &lower, &upper);
	assert_int_equal(lower, TB_HIST_LIMIT);
	assert_int_equal(upper, U64_MAX);
}

static void index_is_monotonic(void **state)
{
	struct tb_rng rng;
	int i;

	(void)state;
	tb_rng_seed(&rng, 3, 0);
	for (i = 0; i < 200000; i++) {
		u64 v = tb_rng_next(&rng) >> tb_rng_below(&rng, 64);
		u64 lower, upper;

		tb_hist_bounds(tb_hist_index(v), &lower, &upper);
		assert_true(lower <= v && (v < upper || upper == U64_MAX));
	}
}

static void empty_histogram(void **state)
{
	(void)state;
	merge();
	assert_int_equal(tb_hist_percentile(&sum, 500000), 0);
	assert_int_equal(tb_hist_percentile(&sum, 1000000), 0);
	assert_int_equal(tb_hist_mean(&sum), 0);
}

static void one_value_is_exact(void **state)
{
	static const u64 values[] = { 0, 1, 63, 64, 12345, 1ULL << 36, LARGEST };
	size_t i;

	for (i = 0; i < ARRAY_SIZE(values); i++) {
		clear(state);
		record(values[i]);
		merge();
		assert_int_equal(tb_hist_percentile(&sum, 0), values[i]);
		assert_int_equal(tb_hist_percentile(&sum, 500000), values[i]);
		assert_int_equal(tb_hist_percentile(&sum, U32_MAX), values[i]);
		assert_int_equal(tb_hist_mean(&sum), values[i]);
	}
}

static void small_values_are_exact(void **state)
{
	u32 i;

	(void)state;
	for (i = 0; i < 64; i++)
		record(i);
	merge();
	for (i = 1; i <= 64; i++)
		assert_int_equal(tb_hist_percentile(&sum, i * 1000000 / 64),
				 i - 1);
	assert_int_equal(tb_hist_mean(&sum), 32); /* 31.5 */
}

static void mean_rounds_to_nearest(void **state)
{
	record(10);
	record(10);
	record(11);
	merge();
	assert_int_equal(tb_hist_mean(&sum), 10);
	clear(state);
	record(10);
	record(11);
	merge();
	assert_int_equal(tb_hist_mean(&sum), 11);
}

static void rank_rounds_up(void **state)
{
	(void)state;
	/* p50 of three is the 2nd, p33.4 too, p33.3 the 1st. */
	record(10);
	record(20);
	record(30);
	merge();
	assert_int_equal(tb_hist_percentile(&sum, 0), 10);
	assert_int_equal(tb_hist_percentile(&sum, 333333), 10);
	assert_int_equal(tb_hist_percentile(&sum, 333334), 20);
	assert_int_equal(tb_hist_percentile(&sum, 500000), 20);
	assert_int_equal(tb_hist_percentile(&sum, 666667), 30);
}

enum shape { CONSTANT, UNIFORM, EXPONENTIAL, BIMODAL, PARETO, TINY, SHAPES };

static u64 draw(enum shape shape, struct tb_rng *rng)
{
	double u = ((tb_rng_next(rng) >> 11) + 1) / 9007199254740993.0;

	switch (shape) {
	case CONSTANT:
		return 987654321;
	case UNIFORM:
		return 100 + tb_rng_below(rng, 1000000);
	case EXPONENTIAL:
		return -5000 * log(u);
	case BIMODAL:
		return tb_rng_below(rng, 100) ? 150 + tb_rng_below(rng, 9) :
						4000000 + 1000 * u;
	case PARETO: /* capped below the last bucket */
		return min(40 * pow(u, -1.5), TB_HIST_LIMIT - 1);
	default:
		return tb_rng_below(rng, 70);
	}
}

static void percentiles_are_within_1_in_32(void **state)
{
	static const u32 ppms[] = { 0,	    1,	    1000,   10000,  250000,
				    500000, 900000, 990000, 999000, 999900,
				    999950, 999999, 1000000 };
	struct tb_rng rng;
	enum shape shape;
	size_t p;
	u64 i, n, total;

	for (shape = 0; shape < SHAPES; shape++) {
		for (n = 1; n <= SAMPLES; n = n * 3 + 1) {
			clear(state);
			tb_rng_seed(&rng, shape, n);
			for (i = 0, total = 0; i < n; i++) {
				sample[i] = draw(shape, &rng);
				total += sample[i];
				record(sample[i]);
			}
			qsort(sample, n, sizeof(u64), ascending);
			merge();
			assert_int_equal(sum.max, sample[n - 1]);
			assert_int_equal(tb_hist_mean(&sum),
					 (total + n / 2) / n);
			for (p = 0; p < ARRAY_SIZE(ppms); p++) {
				u64 rank = (n * ppms[p] + 999999) / 1000000;
				u64 exact = sample[rank ? rank - 1 : 0];
				u64 got = tb_hist_percentile(&sum, ppms[p]);
				u64 error = got > exact ? got - exact :
							  exact - got;

				assert_true(got <= sum.max);
				assert_true(error * 64 <= exact);
				if (exact < 64 || rank == n)
					assert_int_equal(got, exact);
			}
		}
	}
}

static void overflowed_ranks_give_the_maximum(void **state)
{
	(void)state;
	record(50);
	record(TB_HIST_LIMIT);
	record(TB_HIST_LIMIT * 3);
	merge();
	assert_int_equal(tb_hist_percentile(&sum, 300000), 50);
	assert_int_equal(tb_hist_percentile(&sum, 500000), TB_HIST_LIMIT * 3);
}

static void merge_is_recording_into_one(void **state)
{
	static struct tb_hist parts[4], whole;
	static struct tb_hist_sum merged;
	struct tb_rng rng;
	int i;

	(void)state;
	tb_rng_seed(&rng, 4, 0);
	for (i = 0; i < 50000; i++) {
		u64 v = tb_rng_next(&rng) >> (20 + tb_rng_below(&rng, 40));

		tb_hist_record(&parts[i % 4], v);
		tb_hist_record(&whole, v);
	}
	for (i = 0; i < 4; i++)
		tb_hist_merge(&merged, &parts[i], 12500);
	tb_hist_merge(&sum, &whole, 50000);
	assert_memory_equal(&merged, &sum, sizeof(sum));
	assert_int_equal(sum.count, 50000);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		T(bounds_partition_the_range),
		T(buckets_are_narrow),
		T(last_bucket_is_open),
		T(index_is_monotonic),
		T(empty_histogram),
		T(one_value_is_exact),
		T(small_values_are_exact),
		T(mean_rounds_to_nearest),
		T(rank_rounds_up),
		T(percentiles_are_within_1_in_32),
		T(overflowed_ranks_give_the_maximum),
		T(merge_is_recording_into_one),
	};

	return cmocka_run_group_tests_name("hist", tests, NULL, NULL);
}
