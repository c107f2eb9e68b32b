// SPDX-License-Identifier: GPL-2.0
/*
 * bootstrap.c against the bootstrap distribution itself: all n^n resamples of
 * few runs, each once.
 */
#include <gsl/gsl_cdf.h>
#include <gsl/gsl_sort.h>
#include <gsl/gsl_statistics.h>
#include <math.h>
#include <stdlib.h>

#include "stats/bootstrap.h"
#include "tests/unit.h"

#define N 6
#define ALL 46656 /* 6^6 */

static const double lock_values[N] = { 103, 98, 110, 101, 95, 99 };

static double drawn_median(const double *values, size_t code)
{
	double drawn[N];
	size_t i;

	for (i = 0; i < N; i++) {
		drawn[i] = values[code % N];
		code /= N;
	}
	gsl_sort(drawn, 1, N);
	return (drawn[N / 2 - 1] + drawn[N / 2]) / 2;
}

/*
 * An end found by 10,000 resamples is within the quantiles of the whole
 * distribution four standard errors of its rank away.
 */
static void assert_end(double is, const double *sorted, size_t n, double share)
{
	double error = 4 * sqrt(share * (1 - share) / BOOTSTRAP_RESAMPLES);
	double below = fmax(share - error, 0);
	double above = fmin(share + error, 1);
	double lo = gsl_stats_quantile_from_sorted_data(sorted, 1, n, below);
	double hi = gsl_stats_quantile_from_sorted_data(sorted, 1, n, above);

	if (!(is >= lo && is <= hi))
		fail_msg("%.9g is not from %.9g to %.9g", is, lo, hi);
}

static void assert_interval(const struct interval *ci, double *all, size_t n,
			    double tail)
{
	gsl_sort(all, 1, n);
	assert_end(ci->lo, all, n, tail);
	assert_end(ci->hi, all, n, 1 - tail);
	assert_true(ci->lo <= ci->hi);
}

static void median_of_all_resamples(void **state)
{
	double *all = calloc(ALL, sizeof(*all));
	struct interval ci;
	uint64_t seed;
	size_t i;

	(void)state;
	assert_non_null(all);
	for (seed = 1; seed <= 5; seed++) {
		for (i = 0; i < ALL; i++)
			all[i] = drawn_median(lock_values, i);
		assert_true(bootstrap_median(lock_values, N, seed, &ci));
		assert_interval(&ci, all, ALL, bootstrap_tail(N));
	}
	free(all);
}

/* Probability that all runs are on one side of the median, both sides. */
static void few_runs_have_no_interval(void **state)
{
	struct interval ci;
	size_t n;

	(void)state;
	for (n = 1; n < 10; n++)
		assert_int_equal(2 * pow(0.5, n) <= 0.05,
				 n >= BOOTSTRAP_RUNS_MIN);
	assert_false(bootstrap_median(lock_values, 5, 1, &ci));
	assert_false(bootstrap_median(lock_values, 0, 1, &ci));
}

static void same_seed_same_interval(void **state)
{
	double values[25];
	struct interval a, b;
	bool differ = false;
	uint64_t seed, large;
	size_t i;

	(void)state;
	for (i = 0; i < N_OF(values); i++)
		values[i] = sqrt(i * 37 % 101);
	for (seed = 0; seed < 10; seed++) {
		assert_true(bootstrap_median(values, 24, seed, &a));
		assert_true(bootstrap_median(values, 24, seed, &b));
		assert_true(a.lo == b.lo && a.hi == b.hi);
		/* All 64 bits count. */
		large = seed + (1ULL << 40);
		assert_true(bootstrap_median(values, 24, large, &b));
		differ |= a.lo != b.lo || a.hi != b.hi;
	}
	assert_true(differ);
}

static void tails_are_of_student_t(void **state)
{
	size_t n;

	(void)state;
	for (n = 2; n < 1000; n++)
		assert_true(bootstrap_tail(n) < bootstrap_tail(n + 1));
	assert_true(bootstrap_tail(6) > 0.002 && bootstrap_tail(6) < 0.003);
	assert_true(bootstrap_tail(100000) > 0.02499);
	assert_true(bootstrap_tail(100000) < 0.025);
}

static void odd_input(void **state)
{
	static const double same[N] = { 7, 7, 7, 7, 7, 7 };
	struct interval ci;

	(void)state;
	assert_true(bootstrap_median(same, N, 1, &ci));
	assert_true(ci.lo == 7 && ci.hi == 7);
}

/* The work is bounded; the ends agree with the order statistics. */
static void many_runs(void **state)
{
	enum { MANY = 100000 };
	double *values = calloc(MANY, sizeof(*values));
	struct interval ci;
	size_t i;

	(void)state;
	assert_non_null(values);
	assert_int_equal(bootstrap_resamples(10), BOOTSTRAP_RESAMPLES);
	assert_int_equal(bootstrap_resamples(1000), BOOTSTRAP_RESAMPLES);
	assert_int_equal(bootstrap_resamples(10000), 1000);
	assert_int_equal(bootstrap_resamples(MANY), 400);
	for (i = 0; i < MANY; i++)
		values[i] = i * 7919 % MANY;
	assert_true(bootstrap_median(values, MANY, 1, &ci));
	/* n/2 -+ 1.96 sqrt(n)/2 */
	assert_true(fabs(ci.lo - (50000 - 310)) < 75);
	assert_true(fabs(ci.hi - (50000 + 310)) < 75);
	free(values);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(median_of_all_resamples),
		cmocka_unit_test(few_runs_have_no_interval),
		cmocka_unit_test(same_seed_same_interval),
		cmocka_unit_test(tails_are_of_student_t),
		cmocka_unit_test(odd_input),
		cmocka_unit_test(many_runs),
	};

	return cmocka_run_group_tests_name("bootstrap", tests, NULL, NULL);
}
