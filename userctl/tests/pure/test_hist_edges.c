// SPDX-License-Identifier: GPL-2.0
/* hist.c: full buckets, sums that saturate, negative values, new maxima. */
#include "test_hist.h"

static void full_bucket_stays_full(void **state)
{
	(void)state;
	hist.bucket[7] = TB_HIST_FULL - 2;
	hist.bucket[9] = 1;
	recorded = TB_HIST_FULL - 1;
	record(7);
	tb_hist_settle(&hist);
	assert_int_equal(hist.bucket[7], TB_HIST_FULL - 1);
	record(7);
	record(7);
	tb_hist_settle(&hist);
	assert_int_equal(hist.bucket[7], TB_HIST_FULL);
	tb_hist_settle(&hist);
	assert_int_equal(hist.bucket[7], TB_HIST_FULL);
	assert_int_equal(hist.bucket[9], 1);
	record(7);
	merge();
	assert_int_equal(sum.bucket[7], (u64)TB_HIST_FULL + 2);
	assert_int_equal(sum.count, (u64)TB_HIST_FULL + 3);
	assert_int_equal(sum.guessed, 0);
}

/* As many as may come between two calls of tb_hist_settle(), and more. */
static void settling_late_loses_nothing(void **state)
{
	u64 i;

	(void)state;
	for (i = 0; i < 5; i++) {
		hist.bucket[7] += 2 * (u32)TB_HIST_SETTLE - 1;
		recorded += 2 * TB_HIST_SETTLE - 1;
		tb_hist_settle(&hist);
	}
	record(9);
	merge();
	assert_int_equal(sum.bucket[7], 5 * (2 * TB_HIST_SETTLE - 1));
	assert_int_equal(sum.bucket[9], 1);
	assert_int_equal(sum.guessed, 0);
}

static void one_full_bucket_is_exact(void **state)
{
	(void)state;
	/* 10^11 times 7 ns and 3 times 9 ns. */
	hist.bucket[7] = TB_HIST_FULL;
	hist.bucket[9] = 3;
	recorded = 100000000003ULL;
	hist.max = 9;
	merge();
	assert_int_equal(sum.bucket[7], 100000000000ULL);
	assert_int_equal(sum.bucket[9], 3);
	assert_int_equal(sum.guessed, 0);
	assert_int_equal(tb_hist_percentile(&sum, 999999), 7);
}

static void several_full_buckets_share(void **state)
{
	u64 total = 0;
	u32 i;

	(void)state;
	hist.bucket[7] = TB_HIST_FULL;
	hist.bucket[8] = TB_HIST_FULL;
	hist.bucket[9] = 1;
	recorded = 2 * (u64)TB_HIST_FULL + 1 + 11;
	merge();
	assert_int_equal(sum.guessed, 11);
	assert_int_equal(sum.bucket[7], (u64)TB_HIST_FULL + 6);
	assert_int_equal(sum.bucket[8], (u64)TB_HIST_FULL + 5);
	for (i = 0; i < TB_HIST_BUCKETS; i++)
		total += sum.bucket[i];
	assert_int_equal(total, sum.count);
}

static void exactly_full_bucket_has_nothing_missing(void **state)
{
	(void)state;
	hist.bucket[7] = TB_HIST_FULL;
	recorded = TB_HIST_FULL;
	merge();
	assert_int_equal(sum.bucket[7], TB_HIST_FULL);
	assert_int_equal(sum.guessed, 0);
}

static void sums_saturate(void **state)
{
	(void)state;
	record(LARGEST);
	merge();
	merge();
	merge();
	assert_int_equal(sum.sum, U64_MAX);
	assert_int_equal(tb_hist_percentile(&sum, 500000), LARGEST);
}

/* What a clock that stepped back gives. */
static void negative_values_count_as_zero(void **state)
{
	static const u64 values[] = { 7, -1ULL, 100, -1000000ULL, LARGEST + 1 };
	size_t i;

	(void)state;
	/* The first one, too. */
	record(-5ULL);
	for (i = 0; i < ARRAY_SIZE(values); i++)
		record(values[i]);
	assert_int_equal(hist.negative, 4);
	assert_int_equal(hist.sum, 107);
	assert_int_equal(hist.max, 100);
	assert_int_equal(hist.bucket[0], 4);
	assert_int_equal(hist.bucket[TB_HIST_LAST], 0);
	merge();
	merge();
	assert_int_equal(sum.negative, 8);
	assert_int_equal(sum.count, 12);
	assert_int_equal(sum.max, 100);
	assert_int_equal(tb_hist_percentile(&sum, 500000), 0);
	assert_int_equal(tb_hist_percentile(&sum, 1000000), 100);
}

/* Where bucket 0 is full they are missing like others, and the sum still holds. */
static void negative_values_beside_full_buckets(void **state)
{
	u64 total = 0;
	u32 i;

	(void)state;
	hist.bucket[0] = TB_HIST_FULL;
	hist.bucket[TB_HIST_LAST] = TB_HIST_FULL;
	recorded = 2 * (u64)TB_HIST_FULL;
	record(-5ULL);
	tb_hist_settle(&hist);
	assert_int_equal(hist.sum, 0);
	assert_int_equal(hist.negative, 1);
	merge();
	for (i = 0; i < TB_HIST_BUCKETS; i++)
		total += sum.bucket[i];
	assert_int_equal(total, sum.count);
	assert_int_equal(total, recorded);
}

/* What is not smaller than anything before goes another way (edge). */
static void new_maxima_are_noticed(void **state)
{
	static const u64 values[] = { 5,
				      5,
				      100,
				      7,
				      TB_HIST_LIMIT - 1,
				      100,
				      TB_HIST_LIMIT,
				      TB_HIST_LIMIT - 1,
				      TB_HIST_LIMIT + 1,
				      TB_HIST_LIMIT,
				      0 };
	u64 total = 0;
	size_t i;

	(void)state;
	for (i = 0; i < ARRAY_SIZE(values); i++) {
		record(values[i]);
		total += values[i];
		assert_true(hist.edge < TB_HIST_LIMIT);
		assert_true(hist.max >= values[i]);
	}
	assert_int_equal(hist.max, TB_HIST_LIMIT + 1);
	assert_int_equal(hist.sum, total);
	assert_int_equal(hist.bucket[TB_HIST_LAST], 3);
	assert_int_equal(hist.bucket[TB_HIST_LAST - 1], 2);
	assert_int_equal(hist.bucket[tb_hist_index(100)], 2);
	assert_int_equal(hist.bucket[0], 1);
}

static void huge_counts_do_not_overflow(void **state)
{
	(void)state;
	sum.bucket[5] = 1ULL << 62;
	sum.bucket[6] = 1ULL << 62;
	sum.count = 1ULL << 63;
	sum.max = 6;
	assert_int_equal(tb_hist_percentile(&sum, 500000), 5);
	assert_int_equal(tb_hist_percentile(&sum, 500001), 6);
}

/* Of two threads, one after the other, and of the sums of each. */
static void a_sum_of_sums_is_the_sum(void **state)
{
	static struct tb_hist_sum each[2], all;
	u32 i;

	(void)state;
	memset(each, 0, sizeof(each));
	memset(&all, 0, sizeof(all));
	for (i = 0; i < 2; i++) {
		memset(&hist, 0, sizeof(hist));
		recorded = 0;
		record(1000 * (i + 1));
		record(-5ULL);
		/* Two full buckets: what is missing is a guess. */
		hist.bucket[3] = TB_HIST_FULL;
		hist.bucket[4] = TB_HIST_FULL;
		recorded += 2ULL * TB_HIST_FULL + 10;
		merge();
		tb_hist_merge(&each[i], &hist, recorded);
		tb_hist_add(&all, &each[i]);
	}
	assert_int_equal(all.max, 2000);
	assert_int_equal(all.negative, 2);
	assert_int_equal(all.guessed, 20);
	assert_memory_equal(&all, &sum, sizeof(sum));
	all.sum = U64_MAX - 1;
	tb_hist_add(&all, &sum);
	assert_int_equal(all.sum, U64_MAX);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		T(full_bucket_stays_full),
		T(settling_late_loses_nothing),
		T(one_full_bucket_is_exact),
		T(several_full_buckets_share),
		T(exactly_full_bucket_has_nothing_missing),
		T(sums_saturate),
		T(huge_counts_do_not_overflow),
		T(a_sum_of_sums_is_the_sum),
		T(negative_values_count_as_zero),
		T(negative_values_beside_full_buckets),
		T(new_maxima_are_noticed),
	};

	return cmocka_run_group_tests_name("hist_edges", tests, NULL, NULL);
}
