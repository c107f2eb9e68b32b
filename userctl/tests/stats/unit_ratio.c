// SPDX-License-Identifier: GPL-2.0
/*
 * ratio.c: what is called a difference. First of all nothing that is none: in
 * an A/A comparison both locks are the same, and the noise is all there is.
 */
#include <gsl/gsl_randist.h>
#include <gsl/gsl_rng.h>
#include <float.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#include "ratio.h"
#include "unit.h"

#define ROUNDS 10
#define COMPARISONS 100

static uint32_t rounds[] = { 1, 2, 3, 4, 5, 6, 7, 8, 9, 10 };

/* Throughput of a run with the given round, from 0; about 1 without noise. */
typedef double (*noise_fn)(gsl_rng *rng, size_t round);

static double normal(gsl_rng *rng, size_t round)
{
	(void)round;
	return 1 + gsl_ran_gaussian(rng, 0.03);
}

/* Most runs near the best that can be had, some a good deal slower. */
static double skewed(gsl_rng *rng, size_t round)
{
	(void)round;
	return 1 / (1 + gsl_ran_exponential(rng, 0.05));
}

/* Student's t of two degrees of freedom has no variance. */
static double heavy_tailed(gsl_rng *rng, size_t round)
{
	(void)round;
	return fmax(1 + 0.03 * gsl_ran_tdist(rng, 2), 0);
}

/* A machine that gets slower by a fifth. */
static double drifting(gsl_rng *rng, size_t round)
{
	return 1 - 0.2 * round / ROUNDS + gsl_ran_gaussian(rng, 0.03);
}

/* Both locks of a round share a disturbance, another in each round. */
static double *disturbance(gsl_rng *rng)
{
	static double level[ROUNDS];
	size_t i;

	for (i = 0; i < ROUNDS; i++)
		level[i] = 1 + gsl_ran_gaussian(rng, 0.1);
	return level;
}

/* How often is a lock of @factor times the reference called @wanted? */
static size_t count(size_t comparisons, noise_fn noise, bool disturbed,
		    double factor, enum ratio_verdict wanted)
{
	gsl_rng *rng = gsl_rng_alloc(gsl_rng_mt19937);
	double a[ROUNDS], b[ROUNDS];
	struct sample lock = { a, rounds, ROUNDS };
	struct sample ref = { b, rounds, ROUNDS };
	size_t found = 0;
	size_t i, j;

	gsl_rng_set(rng, 20260101);
	for (i = 0; i < comparisons; i++) {
		double *level = disturbance(rng);
		struct ratio r;

		for (j = 0; j < ROUNDS; j++) {
			double both = disturbed ? level[j] : 1;

			a[j] = both * factor * noise(rng, j);
			b[j] = both * noise(rng, j);
		}
		assert_true(ratio_make(&lock, &ref, i, &r));
		found += r.verdict == wanted;
	}
	gsl_rng_free(rng);
	return found;
}

static const struct {
	const char *name;
	noise_fn noise;
	bool disturbed;
} shapes[] = {
	{ "normal", normal, false },
	{ "skewed", skewed, false },
	{ "heavy-tailed", heavy_tailed, false },
	{ "drifting", drifting, false },
	{ "disturbed rounds", normal, true },
};

static void the_same_lock_twice_is_no_difference(void **state)
{
	size_t i;

	(void)state;
	for (i = 0; i < N_OF(shapes); i++) {
		size_t same = count(COMPARISONS, shapes[i].noise,
				    shapes[i].disturbed, 1, RATIO_SAME);

		print_message("# A/A, %s: %zu of %d called a difference\n",
			      shapes[i].name, COMPARISONS - same, COMPARISONS);
		if (COMPARISONS - same > 8)
			fail_msg("%s: %zu false verdicts", shapes[i].name,
				 COMPARISONS - same);
	}
}

/* The largest of them that must be found, over normal noise of 3 %. */
static void a_tenth_is_found(void **state)
{
	size_t slower = count(COMPARISONS, normal, false, 0.9, RATIO_SLOWER);
	size_t faster = count(COMPARISONS, normal, false, 1.1, RATIO_FASTER);

	(void)state;
	print_message("# 10 %% slower: found %zu, faster: %zu of %d\n", slower,
		      faster, COMPARISONS);
	assert_true(slower >= 95);
	assert_true(faster >= 95);
}

static void a_larger_one_is_found_in_any_noise(void **state)
{
	size_t i;

	(void)state;
	for (i = 0; i < N_OF(shapes); i++)
		assert_in_range(count(20, shapes[i].noise, shapes[i].disturbed,
				      0.7, RATIO_SLOWER),
				19, 20);
}

static struct ratio ratio(const double *a, size_t na, const double *b,
			  size_t nb)
{
	struct sample lock = { (double *)a, NULL, na };
	struct sample ref = { (double *)b, NULL, nb };
	struct ratio r;

	assert_true(ratio_make(&lock, &ref, 1, &r));
	return r;
}

static void a_clear_difference(void **state)
{
	static const double low[] = { 60, 61, 62, 63, 64, 65 };
	static const double high[] = { 100, 101, 102, 103, 104, 105 };
	struct ratio r = ratio(low, 6, high, 6);

	(void)state;
	assert_int_equal(r.verdict, RATIO_SLOWER);
	assert_true(fabs(r.value - 62.5 / 102.5) < 0.000001);
	assert_true(r.ci.lo < r.value && r.value < r.ci.hi && r.ci.hi < 1);
	assert_true(r.p < 0.01);
	assert_true(r.within == 1 - r.ci.lo);
	r = ratio(high, 6, low, 6);
	assert_int_equal(r.verdict, RATIO_FASTER);
	assert_true(r.within == r.ci.hi - 1);
	/* Equal to the last digit, and still no more than no difference. */
	r = ratio(low, 6, low, 6);
	assert_int_equal(r.verdict, RATIO_SAME);
	assert_true(r.value == 1 && r.p == 1);
}

/* Half the runs are far apart, which ranks see; the medians are in the rest. */
static void the_test_alone_is_not_enough(void **state)
{
	static const double a[] = { 98.1, 98.2, 98.3, 98.4, 98.5, 101,
				    150,  151,	152,  153,  154,  155 };
	static const double b[] = { 50, 51,    52,    53,    54,    55,
				    99, 100.5, 100.6, 100.7, 100.8, 100.9 };
	struct ratio r = ratio(a, N_OF(a), b, N_OF(b));

	(void)state;
	assert_true(r.p < 0.02);
	assert_true(r.ci.lo < 1 && r.ci.hi > 1);
	assert_int_equal(r.verdict, RATIO_SAME);
	assert_true(r.within == r.ci.hi - 1);
}

/* The same 3 % in every round, over a drift that is larger by far. */
static void the_interval_alone_is_not_enough(void **state)
{
	double a[ROUNDS], b[ROUNDS];
	struct sample lock = { a, rounds, ROUNDS };
	struct sample ref = { b, rounds, ROUNDS };
	struct ratio r;
	size_t i;

	(void)state;
	for (i = 0; i < ROUNDS; i++) {
		b[i] = 100 + 10 * i;
		a[i] = 0.97 * b[i];
	}
	assert_true(ratio_make(&lock, &ref, 1, &r));
	assert_true(r.ci.hi < 1 && r.p > 0.05);
	assert_int_equal(r.verdict, RATIO_SAME);
	assert_true(r.within == 1 - r.ci.lo && r.within < 0.031);
	/* The same from the other side. */
	assert_true(ratio_make(&ref, &lock, 1, &r));
	assert_true(r.ci.lo > 1 && r.p > 0.05);
	assert_int_equal(r.verdict, RATIO_SAME);
}

static void constant_runs(void **state)
{
	static const double five[] = { 5, 5, 5, 5, 5, 5, 5 };
	static const double four[] = { 4, 4, 4, 4, 4, 4, 4 };
	static const double zero[] = { 0, 0, 0, 0, 0, 0, 0 };
	struct ratio r = ratio(four, 7, five, 7);

	(void)state;
	assert_int_equal(r.verdict, RATIO_SLOWER);
	assert_true(r.ci.lo == 0.8 && r.ci.hi == 0.8);
	r = ratio(five, 7, five, 7);
	assert_int_equal(r.verdict, RATIO_SAME);
	assert_true(r.within == 0);
	r = ratio(zero, 7, five, 7);
	assert_int_equal(r.verdict, RATIO_SLOWER);
	assert_true(r.value == 0 && r.ci.hi == 0 && r.within == 1);
}

static void too_few_runs_have_a_value_only(void **state)
{
	static const double runs[] = { 5, 6, 7, 8, 9, 10 };
	/* The half that does nothing is under the ratio in half the draws. */
	static const double starved[] = { 0, 0, 0, 5, 5, 5 };
	struct ratio r = ratio(runs, 5, runs, 6);

	(void)state;
	assert_int_equal(r.verdict, RATIO_FEW);
	assert_true(r.value == 7 / 7.5);
	r = ratio(runs, 6, runs, 1);
	assert_int_equal(r.verdict, RATIO_FEW);
	r = ratio(runs, 6, starved, 6);
	assert_int_equal(r.verdict, RATIO_FEW);
	assert_true(r.value == 3);
	assert_string_equal(ratio_word(r.verdict), "too few runs");
}

static void what_is_no_number_is_left_out(void **state)
{
	static const double bad[] = { NAN, 5, INFINITY, 6, -1, 7, 8, 9, 10 };
	static const double good[] = { 5, 6, 7, 8, 9, 10 };
	static const double none[] = { NAN, -INFINITY, -3 };
	struct sample lock = { (double *)bad, rounds, N_OF(bad) };
	struct sample ref = { (double *)good, rounds, N_OF(good) };
	struct sample empty = { (double *)none, rounds, N_OF(none) };
	struct ratio r;

	(void)state;
	assert_true(ratio_make(&lock, &ref, 1, &r));
	assert_true(r.value == 1 && r.verdict == RATIO_SAME);
	assert_false(ratio_make(&lock, &empty, 1, &r));
	assert_false(ratio_make(&empty, &ref, 1, &r));
	empty.n = 0;
	assert_false(ratio_make(&empty, &ref, 1, &r));
}

static void there_is_no_ratio_to_nothing(void **state)
{
	static const double idle[] = { 0, 0, 0, 0, 0, 0 };
	static const double tiny[] = { DBL_TRUE_MIN, DBL_TRUE_MIN };
	static const double runs[] = { 5, 6, 7, 8, 9, 10 };
	struct sample lock = { (double *)runs, rounds, N_OF(runs) };
	struct sample ref = { (double *)idle, rounds, N_OF(idle) };
	struct ratio r;

	(void)state;
	assert_false(ratio_make(&lock, &ref, 1, &r));
	ref = (struct sample){ (double *)tiny, rounds, N_OF(tiny) };
	assert_false(ratio_make(&lock, &ref, 1, &r));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_same_lock_twice_is_no_difference),
		cmocka_unit_test(a_tenth_is_found),
		cmocka_unit_test(a_larger_one_is_found_in_any_noise),
		cmocka_unit_test(a_clear_difference),
		cmocka_unit_test(the_test_alone_is_not_enough),
		cmocka_unit_test(the_interval_alone_is_not_enough),
		cmocka_unit_test(constant_runs),
		cmocka_unit_test(too_few_runs_have_a_value_only),
		cmocka_unit_test(what_is_no_number_is_left_out),
		cmocka_unit_test(there_is_no_ratio_to_nothing),
	};

	return cmocka_run_group_tests_name("ratio", tests, NULL, NULL);
}
