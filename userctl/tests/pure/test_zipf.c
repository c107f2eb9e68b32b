// SPDX-License-Identifier: GPL-2.0
/* zipf.c, and the sets that workload.c makes with it. */
#include <math.h>
#include <time.h>

#include "test_workload.h"

#include "pure/zipf.h"

#define TABLE_MAX 100000

static u32 table[TABLE_MAX], set[SET_MAX], other[SET_MAX];

/* Probability of thing @i out of @n, from 0. */
static double probability(u32 i, u32 n, double exponent)
{
	double sum = 0;
	u32 j;

	for (j = n; j; j--)
		sum += pow(j, -exponent);
	return pow(i + 1, -exponent) / sum;
}

/* Chi-square of @n cells against Zipf's law. */
static double chi_zipf(const u32 *cell, u32 n, double exponent)
{
	double total = 0, want, chi = 0;
	u32 i;

	for (i = 0; i < n; i++)
		total += cell[i];
	for (i = 0; i < n; i++) {
		want = total * probability(i, n, exponent);
		chi += (cell[i] - want) * (cell[i] - want) / want;
	}
	return chi;
}

static void tables_are_exact(void **state)
{
	static const struct {
		u32 n, milli;
	} shape[] = { { 1, 0 },	       { 1, 5000 },	{ 2, 1000 },
		      { 10, 0 },       { 100, 990 },	{ 1000, 1000 },
		      { 1000, 2000 },  { 1000, 1 },	{ 100000, 0 },
		      { 100000, 990 }, { 100000, 5000 } };
	double sum, total, worst = 0, error;
	size_t s;
	u32 i;

	(void)state;
	for (s = 0; s < ARRAY_SIZE(shape); s++) {
		tb_zipf_make(table, shape[s].n, shape[s].milli);
		assert_int_equal(table[shape[s].n - 1], U32_MAX);
		total = 0;
		for (i = shape[s].n; i; i--)
			total += pow(i, shape[s].milli / -1000.0);
		sum = 0;
		for (i = 0; i < shape[s].n; i++) {
			assert_true(!i || table[i - 1] <= table[i]);
			sum += pow(i + 1, shape[s].milli / -1000.0);
			error = fabs((table[i] + 1.0) / 4294967296.0 -
				     sum / total);
			worst = fmax(worst, error);
		}
	}
	print_message("# largest error of a table: %.1e\n", worst);
	assert_true(worst * 5e8 < 1);
}

static void large_tables_are_affordable(void **state)
{
	struct timespec t0, t1;
	double ms;

	(void)state;
	clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t0);
	tb_zipf_make(table, TABLE_MAX, 990);
	clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t1);
	ms = (t1.tv_sec - t0.tv_sec) * 1e3 + (t1.tv_nsec - t0.tv_nsec) / 1e6;
	print_message("# a table of 100000: %.1f ms\n", ms);
}

static void picks_are_the_table(void **state)
{
	struct tb_rng rng;
	u32 i;

	(void)state;
	tb_zipf_make(table, 1000, 990);
	for (i = 0; i < 1000; i++) {
		rng = rng_with((u64)table[i] << 32);
		assert_int_equal(tb_zipf_pick(table, 1000, &rng), i);
		rng = rng_with((table[i] + 1ULL) << 32);
		if (i < 999)
			assert_int_equal(tb_zipf_pick(table, 1000, &rng),
					 i + 1);
	}
	rng = rng_with(0);
	assert_int_equal(tb_zipf_pick(table, 1000, &rng), 0);
}

static void picks_follow_the_law(void **state)
{
	static const u32 milli[] = { 0, 500, 990, 1000, 2000 };
	struct tb_rng rng;
	size_t m;
	u32 i;

	(void)state;
	for (m = 0; m < ARRAY_SIZE(milli); m++) {
		u32 cell[20] = { 0 };

		tb_zipf_make(table, 20, milli[m]);
		tb_rng_seed(&rng, 7, m);
		for (i = 0; i < 100000; i++)
			cell[tb_zipf_pick(table, 20, &rng)]++;
		/* 19 df, p = 0.001 */
		assert_true(chi_zipf(cell, 20, milli[m] / 1000.0) < 43.8);
	}
}

static struct tb_workload zipf(u32 locks, u32 set_size, enum tb_order order,
			       u32 milli)
{
	struct tb_workload wl = make(locks, set_size, order);

	wl.pick = TB_PICK_zipf;
	wl.zipf = table;
	tb_zipf_make(table, locks, milli);
	return wl;
}

static void single_locks_follow_the_law(void **state)
{
	struct tb_workload wl = zipf(20, 1, TB_ORDER_same, 990);
	u32 i, cell[20] = { 0 };
	struct tb_stream s;

	(void)state;
	tb_stream_init(&s, &wl, 2, 0, set);
	for (i = 0; i < 100000; i++) {
		tb_stream_next(&s);
		cell[set[0]]++;
	}
	assert_true(chi_zipf(cell, 20, 0.99) < 43.8);
}

/* Two of three locks with the weights 6, 3, 2: one draw, then one of the rest. */
static void sets_are_draws_without_replacement(void **state)
{
	struct tb_workload wl = zipf(3, 2, TB_ORDER_same, 1000);
	const double want[] = {
		6 / 11. * 3 / 5 + 3 / 11. * 6 / 8,
		6 / 11. * 2 / 5 + 2 / 11. * 6 / 9,
		3 / 11. * 2 / 8 + 2 / 11. * 3 / 9,
	};
	u32 i, cell[3] = { 0 };
	struct tb_stream s;
	double chi = 0;

	(void)state;
	tb_stream_init(&s, &wl, 0, 0, set);
	for (i = 0; i < 100000; i++) {
		tb_stream_next(&s);
		assert_true(set[0] < set[1]);
		cell[set[0] + set[1] - 1]++;
	}
	for (i = 0; i < 3; i++)
		chi += pow(cell[i] - want[i] * 1e5, 2) / (want[i] * 1e5);
	assert_true(chi < 13.8); /* 2 df, p = 0.001 */
}

static void sets_are_distinct_under_every_order(void **state)
{
	static const struct {
		u32 locks, set_size, milli;
	} shape[] = { { 2, 1, 990 },	{ 10, 9, 5000 },     { 100, 50, 5000 },
		      { 1000, 8, 990 }, { 1000, 800, 990 },  { 5, 4, 0 },
		      { 5, 5, 990 },	{ 100000, 800, 990 } };
	struct tb_stream a, b;
	size_t i;
	u32 j, k;

	(void)state;
	for (i = 0; i < ARRAY_SIZE(shape); i++) {
		struct tb_workload wl = zipf(shape[i].locks, shape[i].set_size,
					     TB_ORDER_same, shape[i].milli);
		struct tb_workload random = wl, opposite = wl;

		random.order = TB_ORDER_random;
		opposite.order = TB_ORDER_opposite;
		tb_stream_init(&a, &wl, 1, 0, set);
		tb_stream_init(&b, &random, 1, 0, other);
		for (j = 0; j < 5; j++) {
			tb_stream_next(&a);
			tb_stream_next(&b);
			for (k = 1; k < wl.set_size; k++)
				assert_true(set[k - 1] < set[k]);
			assert_true(set[k - 1] < wl.locks);
			qsort(other, k, sizeof(*other), ascending);
			assert_memory_equal(set, other, k * sizeof(*set));
		}
		tb_stream_init(&b, &opposite, 1, 0, other);
		for (j = 0; j < 5; j++)
			tb_stream_next(&b);
		for (k = 0; k < wl.set_size; k++)
			assert_int_equal(set[k], other[wl.set_size - 1 - k]);
	}
}

/* A table that gives lock 5 nearly always: the rest are the lowest ones. */
static void what_chance_does_not_give_is_the_most_popular(void **state)
{
	static const u32 want[] = { 0, 1, 2, 5 },
			 full[] = { 0, 1, 2, 3, 4, 5, 6 };
	struct tb_workload wl = zipf(10, 4, TB_ORDER_same, 0);
	struct tb_stream s;
	u32 i;

	(void)state;
	for (i = 0; i < 10; i++)
		table[i] = i < 5 ? 0 : U32_MAX;
	tb_stream_init(&s, &wl, 0, 0, set);
	for (i = 0; i < 20; i++) {
		tb_stream_next(&s);
		assert_memory_equal(set, want, sizeof(want));
	}
	wl.set_size = ARRAY_SIZE(full);
	tb_stream_init(&s, &wl, 0, 0, set);
	tb_stream_next(&s);
	assert_memory_equal(set, full, sizeof(full));
}

static void whole_range_takes_no_draws(void **state)
{
	static const u32 down[] = { 4, 3, 2, 1, 0 };
	struct tb_workload wl = zipf(5, 5, TB_ORDER_opposite, 990);
	struct tb_stream s;
	struct tb_rng before;

	(void)state;
	tb_stream_init(&s, &wl, 1, 0, set);
	assert_true(s.fixed);
	before = s.choice;
	tb_stream_next(&s);
	assert_memory_equal(set, down, sizeof(down));
	assert_memory_equal(&before, &s.choice, sizeof(before));

	wl = zipf(1, 1, TB_ORDER_random, 990);
	set[0] = 99;
	tb_stream_init(&s, &wl, 0, 0, set);
	assert_true(s.fixed);
	tb_stream_next(&s);
	assert_int_equal(set[0], 0);

	wl = zipf(5, 5, TB_ORDER_random, 990);
	tb_stream_init(&s, &wl, 0, 0, set);
	assert_false(s.fixed);
	before = s.choice;
	tb_stream_next(&s);
	assert_memory_equal(&before, &s.choice, sizeof(before));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(tables_are_exact),
		cmocka_unit_test(large_tables_are_affordable),
		cmocka_unit_test(picks_are_the_table),
		cmocka_unit_test(picks_follow_the_law),
		cmocka_unit_test(single_locks_follow_the_law),
		cmocka_unit_test(sets_are_draws_without_replacement),
		cmocka_unit_test(sets_are_distinct_under_every_order),
		cmocka_unit_test(what_chance_does_not_give_is_the_most_popular),
		cmocka_unit_test(whole_range_takes_no_draws),
	};

	return cmocka_run_group_tests_name("zipf", tests, NULL, NULL);
}
