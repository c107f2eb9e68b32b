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

#include "stats/ratio.h"
#include "tests/unit.h"

#define ROUNDS 20
#define COMPARISONS 4000

/* 5 % of them, and three times its binomial error. */
#define FALSE_MAX (0.05 * COMPARISONS + 3 * 13.8)

static uint32_t rounds[] = { 1,	 2,  3,	 4,  5,	 6,  7,	 8,  9,	 10,
			     11, 12, 13, 14, 15, 16, 17, 18, 19, 20 };

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
	return fmax(1 + 0.03 * gsl_ran_tdist(rng, 2), 0.01);
}

/* A machine that gets slower by a quarter from the first round to the last. */
static double drift(size_t round)
{
	return 1 - 0.25 * round / (ROUNDS - 1);
}

static double drifting(gsl_rng *rng, size_t round)
{
	return drift(round) * (1 + gsl_ran_gaussian(rng, 0.01));
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
static size_t count(size_t comparisons, size_t n, noise_fn noise,
		    bool disturbed, double factor, enum ratio_verdict wanted)
{
	gsl_rng *rng = gsl_rng_alloc(gsl_rng_mt19937);
	double a[ROUNDS], b[ROUNDS];
	struct sample lock = { a, rounds, n };
	struct sample ref = { b, rounds, n };
	size_t found = 0;
	size_t i, j;

	gsl_rng_set(rng, 20260101);
	for (i = 0; i < comparisons; i++) {
		double *level = disturbance(rng);
		struct ratio r;

		for (j = 0; j < n; j++) {
			double both = disturbed ? level[j] : 1;

			a[j] = both * factor * noise(rng, j);
			b[j] = both * noise(rng, j);
		}
		assert_true(ratio_make(&lock, &ref, &r));
		assert_int_equal(r.method, RATIO_SIGNED_RANK);
		assert_int_equal(r.pairs, n);
		/* Interval, p and verdict are one thing. */
		assert_int_equal(r.verdict != RATIO_SAME, r.p <= 0.05);
		assert_int_equal(r.verdict == RATIO_FASTER, r.ci.lo > 1);
		assert_int_equal(r.verdict == RATIO_SLOWER, r.ci.hi < 1);
		assert_true(r.ci.lo <= r.value && r.value <= r.ci.hi);
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

/* Also with the fewest rounds that have a verdict. */
static void the_same_lock_twice_is_no_difference(void **state)
{
	static const size_t sizes[] = { 6, 10, ROUNDS };
	size_t i, j;

	(void)state;
	for (i = 0; i < N_OF(shapes); i++) {
		for (j = 0; j < N_OF(sizes); j++) {
			size_t same = count(COMPARISONS, sizes[j],
					    shapes[i].noise,
					    shapes[i].disturbed, 1, RATIO_SAME);

			print_message("# A/A, %s, %zu rounds: %zu of %d called a difference\n",
				      shapes[i].name, sizes[j],
				      COMPARISONS - same, COMPARISONS);
			if (COMPARISONS - same > FALSE_MAX)
				fail_msg("%s: %zu false verdicts",
					 shapes[i].name, COMPARISONS - same);
		}
	}
}

/* The largest of them that must be found, over normal noise of 3 %. */
static void a_tenth_is_found(void **state)
{
	size_t slower = count(100, 10, normal, false, 0.9, RATIO_SLOWER);
	size_t faster = count(100, 10, normal, false, 1.1, RATIO_FASTER);

	(void)state;
	print_message("# 10 %% slower: found %zu, faster: %zu of 100\n", slower,
		      faster);
	assert_true(slower >= 95);
	assert_true(faster >= 95);
}

static void a_larger_one_is_found_in_any_noise(void **state)
{
	size_t i;

	(void)state;
	for (i = 0; i < N_OF(shapes); i++)
		assert_in_range(count(20, 10, shapes[i].noise,
				      shapes[i].disturbed, 0.7, RATIO_SLOWER),
				19, 20);
}

/* A lock that is 5 % ahead in every round is, whatever drifts below both. */
static void five_percent_over_a_drift_are_found(void **state)
{
	double a[ROUNDS], b[ROUNDS];
	struct sample lock = { a, rounds, ROUNDS };
	struct sample ref = { b, rounds, ROUNDS };
	struct ratio r;
	size_t i;

	(void)state;
	assert_int_equal(count(1000, ROUNDS, drifting, false, 1.05,
			       RATIO_FASTER),
			 1000);
	assert_int_equal(count(1000, ROUNDS, drifting, false, 1 / 1.05,
			       RATIO_SLOWER),
			 1000);
	/* And the fewest rounds: all six signs must agree. */
	assert_true(count(1000, 6, drifting, false, 1.05, RATIO_FASTER) > 950);
	for (i = 0; i < ROUNDS; i++) {
		b[i] = 1000 * drift(i);
		a[i] = 1.05 * b[i];
	}
	assert_true(ratio_make(&lock, &ref, &r));
	assert_int_equal(r.verdict, RATIO_FASTER);
	assert_true(fabs(r.ci.lo - 1.05) < 0.000000001 &&
		    fabs(r.ci.hi - 1.05) < 0.000000001);
	assert_true(r.p < 0.00001);
	/* The same numbers without their rounds: the drift hides it. */
	lock.rounds = NULL;
	assert_true(ratio_make(&lock, &ref, &r));
	assert_int_equal(r.method, RATIO_MANN_WHITNEY);
	assert_int_equal(r.pairs, 0);
	assert_int_equal(r.verdict, RATIO_SAME);
}

static struct ratio ratio(const double *a, size_t na, const double *b,
			  size_t nb)
{
	struct sample lock = { (double *)a, NULL, na };
	struct sample ref = { (double *)b, NULL, nb };
	struct ratio r;

	assert_true(ratio_make(&lock, &ref, &r));
	return r;
}

static void a_clear_difference(void **state)
{
	static const double low[] = { 60, 61, 62, 63, 64, 65 };
	static const double high[] = { 100, 101, 102, 103, 104, 105 };
	struct ratio r = ratio(low, 6, high, 6);

	(void)state;
	assert_int_equal(r.verdict, RATIO_SLOWER);
	assert_true(fabs(r.value - 62.5 / 102.5) < 0.001);
	assert_int_equal(r.method, RATIO_MANN_WHITNEY);
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

/* Rounds are matched by number, and one with one run only is left out. */
static void rounds_are_matched(void **state)
{
	static const double a[] = { 8, 7, 6, 5, 4, 3, 2, 1 };
	static const double b[] = { 10, 20, 30, 40, 50, 60, 70, 80 };
	static uint32_t down[] = { 8, 7, 6, 5, 4, 3, 2, 1 };
	static uint32_t later[] = { 3, 4, 5, 6, 7, 8, 9, 10 };
	static uint32_t far[] = { 4, 5, 6, 7, 8, 9, 10, 11 };
	static uint32_t others[] = { 11, 12, 13, 14, 15, 16, 17, 18 };
	static uint32_t twice[] = { 1, 2, 3, 4, 5, 6, 7, 7 };
	struct sample lock = { (double *)a, down, 8 };
	struct sample ref = { (double *)b, rounds, 8 };
	struct ratio r;

	(void)state;
	assert_true(ratio_make(&lock, &ref, &r));
	assert_true(r.pairs == 8 && r.verdict == RATIO_SLOWER);
	assert_true(fabs(r.ci.lo - 0.1) < 0.000000001 &&
		    fabs(r.ci.hi - 0.1) < 0.000000001);
	ref.rounds = later;
	assert_true(ratio_make(&lock, &ref, &r));
	assert_true(r.pairs == 6 && r.verdict == RATIO_SLOWER);
	/* Eight runs of each, but five pairs. */
	ref.rounds = far;
	assert_true(ratio_make(&lock, &ref, &r));
	assert_true(r.pairs == 5 && r.verdict == RATIO_FEW);
	assert_int_equal(r.method, RATIO_SIGNED_RANK);
	ref.rounds = others;
	assert_true(ratio_make(&lock, &ref, &r));
	assert_true(r.pairs == 0 && r.method == RATIO_MANN_WHITNEY);
	ref.rounds = twice;
	assert_true(ratio_make(&lock, &ref, &r));
	assert_true(r.pairs == 0 && r.method == RATIO_MANN_WHITNEY);
	assert_string_equal(ratio_method_word(r.method), "mann-whitney");
	assert_string_equal(ratio_method_word(RATIO_SIGNED_RANK),
			    "signed-rank");
}

static void constant_runs(void **state)
{
	static const double five[] = { 5, 5, 5, 5, 5, 5, 5 };
	static const double four[] = { 4, 4, 4, 4, 4, 4, 4 };
	static const double zero[] = { 0, 0, 0, 0, 0, 0, 0 };
	struct ratio r = ratio(four, 7, five, 7);

	(void)state;
	assert_int_equal(r.verdict, RATIO_SLOWER);
	assert_true(fabs(r.ci.lo - 0.8) < 0.000000001 &&
		    fabs(r.ci.hi - 0.8) < 0.000000001);
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
	/* One in six: beyond all ratios is more than the test can exclude. */
	static const double starved[] = { 0, 5, 5, 5, 5, 5 };
	static const double half[] = { 0, 0, 0, 5, 5, 5 };
	struct sample lock = { (double *)runs, NULL, 6 };
	struct sample ref = { (double *)half, NULL, 6 };
	struct ratio r = ratio(runs, 5, runs, 6);

	(void)state;
	assert_int_equal(r.verdict, RATIO_FEW);
	assert_true(r.value > 0.9 && r.value < 0.95);
	r = ratio(runs, 6, runs, 1);
	assert_int_equal(r.verdict, RATIO_FEW);
	r = ratio(runs, 6, starved, 6);
	assert_int_equal(r.verdict, RATIO_FEW);
	assert_false(ratio_make(&lock, &ref, &r));
	r = ratio(runs, 5, runs, 6);
	assert_string_equal(ratio_word(r.verdict), "too few runs");
}

static void what_is_no_number_is_left_out(void **state)
{
	static const double bad[] = { NAN, 5, INFINITY, 6, -1, 7, 8, 9, 10 };
	static uint32_t in[] = { 1, 1, 2, 2, 3, 3, 4, 5, 6 };
	static const double good[] = { 5, 6, 7, 8, 9, 10 };
	static const double none[] = { NAN, -INFINITY, -3 };
	struct sample lock = { (double *)bad, in, N_OF(bad) };
	struct sample ref = { (double *)good, rounds, N_OF(good) };
	struct sample empty = { (double *)none, rounds, N_OF(none) };
	struct ratio r;

	(void)state;
	assert_true(ratio_make(&lock, &ref, &r));
	assert_true(r.value == 1 && r.verdict == RATIO_SAME);
	assert_false(ratio_make(&lock, &empty, &r));
	assert_false(ratio_make(&empty, &ref, &r));
	empty.n = 0;
	assert_false(ratio_make(&empty, &ref, &r));
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
	assert_false(ratio_make(&lock, &ref, &r));
	ref = (struct sample){ (double *)tiny, rounds, N_OF(tiny) };
	assert_false(ratio_make(&lock, &ref, &r));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_same_lock_twice_is_no_difference),
		cmocka_unit_test(a_tenth_is_found),
		cmocka_unit_test(a_larger_one_is_found_in_any_noise),
		cmocka_unit_test(five_percent_over_a_drift_are_found),
		cmocka_unit_test(a_clear_difference),
		cmocka_unit_test(rounds_are_matched),
		cmocka_unit_test(constant_runs),
		cmocka_unit_test(too_few_runs_have_a_value_only),
		cmocka_unit_test(what_is_no_number_is_left_out),
		cmocka_unit_test(there_is_no_ratio_to_nothing),
	};

	return cmocka_run_group_tests_name("ratio", tests, NULL, NULL);
}
