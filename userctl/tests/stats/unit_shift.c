// SPDX-License-Identifier: GPL-2.0
/*
 * shift.c and ranks.c against published data and critical values, against R's
 * answers for them, and against counting all cases.
 */
#include <gsl/gsl_randist.h>
#include <gsl/gsl_rng.h>
#include <gsl/gsl_sort.h>
#include <math.h>
#include <stdlib.h>

#include "stats/ranks.h"
#include "stats/shift.h"
#include "tests/unit.h"

static void assert_near(double is, double wanted, double error)
{
	if (!(fabs(is - wanted) <= error))
		fail_msg("%.9g, not %.9g", is, wanted);
}

/* Two-sided 5 %, n from 5 to 30: the table of every book (Wilcoxon, 1945). */
static void critical_values_of_the_signed_rank_test(void **state)
{
	static const int published[] = { -1, 0,	 2,  3,	 5,   8,   10,	13, 17,
					 21, 25, 29, 34, 40,  46,  52,	58, 65,
					 73, 81, 89, 98, 107, 116, 126, 137 };
	size_t i;

	(void)state;
	for (i = 0; i < N_OF(published); i++) {
		struct ranks r = ranks_signed(5 + i);

		assert_near(ranks_critical(&r, 0.025), published[i], 0);
		ranks_free(&r);
	}
}

/* Two-sided 5 %, both samples of one size from 3 to 20 (Mann, Whitney, 1947). */
static void critical_values_of_u(void **state)
{
	static const int published[] = { -1, 0,	 2,  5,	 8,  13, 17, 23,  30,
					 37, 45, 55, 64, 75, 87, 99, 113, 127 };
	struct ranks r;
	size_t i;

	(void)state;
	for (i = 0; i < N_OF(published); i++) {
		r = ranks_u(3 + i, 3 + i);
		assert_near(ranks_critical(&r, 0.025), published[i], 0);
		ranks_free(&r);
	}
	r = ranks_u(5, 12);
	assert_near(ranks_critical(&r, 0.025), 11, 0);
	ranks_free(&r);
}

/* All 2^n choices of signs, up to n = 12. */
static void all_signs_are_counted(void **state)
{
	size_t n, t;

	(void)state;
	for (n = 1; n <= 12; n++) {
		struct ranks r = ranks_signed(n);
		double counts[79] = { 0 };
		double up_to = 0;
		unsigned int set, k;

		for (set = 0; set < 1U << n; set++) {
			size_t sum = 0;

			for (k = 0; k < n; k++)
				sum += set & 1U << k ? k + 1 : 0;
			counts[sum]++;
		}
		for (t = 0; t <= n * (n + 1) / 2; t++) {
			up_to += counts[t];
			assert_near(ranks_tail(&r, t), up_to / (1U << n),
				    0.000000000001);
		}
		ranks_free(&r);
	}
}

/* All choices of ranks, sizes up to 6 and 6. */
static void all_orders_are_counted(void **state)
{
	size_t m, n, i;

	(void)state;
	for (m = 1; m <= 6; m++) {
		for (n = 1; n <= 6; n++) {
			struct ranks r = ranks_u(m, n);
			double counts[37] = { 0 };
			double all = 0, up_to = 0;
			unsigned int set, k;

			for (set = 0; set < 1U << (m + n); set++) {
				size_t u = 0, below = 0;

				if ((size_t)__builtin_popcount(set) != m)
					continue;
				for (k = 0; k < m + n; k++) {
					if (set & 1U << k)
						u += below;
					else
						below++;
				}
				counts[u]++;
				all++;
			}
			for (i = 0; i <= m * n; i++) {
				up_to += counts[i];
				assert_near(ranks_tail(&r, i), up_to / all,
					    0.000000000001);
			}
			ranks_free(&r);
		}
	}
}

/*
 * Hamilton's depression scale of nine patients before and after treatment
 * (Hollander and Wolfe, 1973, page 29), the example of R's wilcox.test, which
 * answers V = 40, one-sided p = 0.01953; the book has the estimate 0.46.
 */
static void depression(void **state)
{
	static const double before[] = { 1.83, 0.50, 1.62, 2.48, 1.68,
					 1.88, 1.55, 3.06, 1.30 };
	static const double after[] = { 0.878, 0.647, 0.598, 2.05, 1.06,
					1.29,  1.06,  3.14,  1.29 };
	double d[9];
	struct shift s;
	size_t i;

	(void)state;
	for (i = 0; i < 9; i++)
		d[i] = before[i] - after[i];
	s = shift_paired(d, 9);
	assert_near(s.p / 2, 0.01953, 0.000005);
	assert_near(s.value, 0.46, 0.000001);
	assert_true(s.known && s.ci.lo > 0);
}

/*
 * Permeability constants of the human chorioamnion at term and before
 * (Hollander and Wolfe, 1973, page 69), the example of R's wilcox.test, which
 * answers one-sided p = 0.1272 and, two-sided, 0.305 with -0.15 to 0.76.
 */
static void permeability(void **state)
{
	static const double x[] = { 0.80, 0.83, 1.89, 1.04, 1.45,
				    1.38, 1.91, 1.64, 0.73, 1.46 };
	static const double y[] = { 1.15, 0.88, 0.90, 0.74, 1.21 };
	struct shift s = shift_unpaired(x, N_OF(x), y, N_OF(y));
	struct shift back = shift_unpaired(y, N_OF(y), x, N_OF(x));

	(void)state;
	assert_near(s.p / 2, 0.1272, 0.00005);
	assert_near(s.value, 0.305, 0.000001);
	assert_near(s.ci.lo, -0.15, 0.000001);
	assert_near(s.ci.hi, 0.76, 0.000001);
	assert_near(back.p, s.p, 0.000000000001);
	assert_near(back.value, -s.value, 0.000001);
}

static int above(const double *numbers, size_t n, double than)
{
	int count = 0;
	size_t i;

	for (i = 0; i < n; i++)
		count += numbers[i] > than;
	return count;
}

static double middle(const double *sorted, size_t n)
{
	return (sorted[(n - 1) / 2] + sorted[n / 2]) / 2;
}

/* Small whole numbers, so that there are many ties and zeros. */
static void fill(gsl_rng *rng, double *values, size_t n, bool whole)
{
	size_t i;

	for (i = 0; i < n; i++)
		values[i] = whole ? (double)gsl_rng_uniform_int(rng, 7) - 2 :
				    gsl_ran_gaussian(rng, 1) + 0.5;
}

/*
 * The interval is the one of the sorted list of all numbers, and it excludes 0
 * exactly where p says so: paired, with ties and without.
 */
static void interval_and_test_are_one_paired(void **state)
{
	gsl_rng *rng = gsl_rng_alloc(gsl_rng_mt19937);
	size_t excluded = 0;
	size_t round;

	(void)state;
	gsl_rng_set(rng, 1);
	for (round = 0; round < 2000; round++) {
		size_t n = 6 + round % 13, m = 0, i, j;
		double d[18], all[171];
		struct ranks r = ranks_signed(n);
		size_t c = ranks_critical(&r, 0.025);
		struct shift s;

		fill(rng, d, n, round & 1);
		for (i = 0; i < n; i++)
			for (j = i; j < n; j++)
				all[m++] = (d[i] + d[j]) / 2;
		gsl_sort(all, 1, m);
		s = shift_paired(d, n);
		assert_true(s.known);
		assert_near(s.ci.lo, all[c], 0);
		assert_near(s.ci.hi, all[m - 1 - c], 0);
		assert_near(s.value, middle(all, m), 0.000000000000001);
		assert_int_equal(s.ci.lo > 0 || s.ci.hi < 0,
				 s.p <= SHIFT_P_MAX);
		if (!(round & 1))
			assert_near(s.p,
				    fmin(2 * ranks_tail(&r,
							fmin(above(all, m, 0),
							     m - above(all, m,
								       0))),
					 1),
				    0.000000000001);
		excluded += s.p <= SHIFT_P_MAX;
		ranks_free(&r);
	}
	assert_in_range(excluded, 200, 1800);
	gsl_rng_free(rng);
}

static void interval_and_test_are_one_unpaired(void **state)
{
	gsl_rng *rng = gsl_rng_alloc(gsl_rng_mt19937);
	size_t excluded = 0;
	size_t round;

	(void)state;
	gsl_rng_set(rng, 1);
	for (round = 0; round < 2000; round++) {
		size_t nx = 6 + round % 7, ny = 6 + round % 5, m = 0, i, j;
		double x[12], y[10], all[120];
		struct ranks r = ranks_u(nx, ny);
		size_t c = ranks_critical(&r, 0.025);
		struct shift s;

		fill(rng, x, nx, round & 1);
		fill(rng, y, ny, round & 1);
		for (i = 0; i < nx; i++)
			for (j = 0; j < ny; j++)
				all[m++] = x[i] + round % 3 - y[j];
		for (i = 0; i < nx; i++)
			x[i] += round % 3;
		gsl_sort(all, 1, m);
		s = shift_unpaired(x, nx, y, ny);
		assert_true(s.known);
		assert_near(s.ci.lo, all[c], 0);
		assert_near(s.ci.hi, all[m - 1 - c], 0);
		assert_near(s.value, middle(all, m), 0.000000000000001);
		assert_int_equal(s.ci.lo > 0 || s.ci.hi < 0,
				 s.p <= SHIFT_P_MAX);
		excluded += s.p <= SHIFT_P_MAX;
		ranks_free(&r);
	}
	assert_in_range(excluded, 200, 1800);
	gsl_rng_free(rng);
}

/*
 * Ties and zeros: of all 2^n signs of given sizes, which are equally likely
 * without an effect, not more than 5 % exclude 0.
 */
static void ties_and_zeros_keep_the_size(void **state)
{
	static const double sizes[][10] = {
		{ 1, 1, 1, 1, 1, 1, 1, 1, 1, 1 },
		{ 0, 0, 0, 1, 1, 1, 2, 2, 2, 2 },
		{ 0, 1, 2, 3, 4, 5, 6, 7, 8, 9 },
		{ 1, 1, 2, 2, 3, 3, 4, 4, 5, 5 },
		{ 0, 0, 0, 0, 0, 0, 0, 0, 0, 0 },
		{ 1, 2, 4, 8, 16, 32, 64, 128, 256, 512 },
	};
	size_t i, k, n;

	(void)state;
	for (i = 0; i < N_OF(sizes); i++) {
		for (n = 6; n <= 10; n++) {
			size_t excluded = 0;
			unsigned int set;

			for (set = 0; set < 1U << n; set++) {
				double d[10];
				struct shift s;

				for (k = 0; k < n; k++)
					d[k] = set & 1U << k ? sizes[i][k] :
							       -sizes[i][k];
				s = shift_paired(d, n);
				excluded += s.ci.lo > 0 || s.ci.hi < 0;
			}
			assert_true(excluded <= 0.05 * (1U << n));
			if (sizes[i][9] == 512)
				assert_true(excluded >= 0.02 * (1U << n));
		}
	}
}

static void how_many_it_takes(void **state)
{
	static const double up[] = { 1, 2, 3, 4, 5, 6 };
	static const double same[] = { 0, 0, 0, 0, 0, 0 };
	struct shift s = shift_paired(up, 6);

	(void)state;
	assert_true(s.known && s.ci.lo == 1 && s.ci.hi == 6 && s.value == 3.5);
	assert_near(s.p, 0.03125, 0.000000000000001);
	s = shift_paired(up, 5);
	assert_true(!s.known && s.value == 3);
	assert_near(s.p, 0.0625, 0.000000000000001);
	s = shift_paired(up, 1);
	assert_true(!s.known && s.value == 1 && s.p == 1);
	s = shift_paired(same, 6);
	assert_true(s.known && s.ci.lo == 0 && s.ci.hi == 0 && s.p == 1);
	assert_true(shift_unpaired(up, 4, same, 4).known);
	assert_false(shift_unpaired(up, 3, same, 3).known);
	assert_near(shift_unpaired(up, 6, same, 6).p, 2 / 924.0,
		    0.000000000001);
	assert_true(shift_unpaired(up, 6, up, 6).value == 0);
}

/* The first size without the exact distribution says nearly the same. */
static void normal_meets_exact(void **state)
{
	struct ranks a = ranks_signed(200), b = ranks_signed(201);
	double tail;

	(void)state;
	assert_non_null(a.below);
	assert_null(b.below);
	for (tail = 0.001; tail < 0.4; tail *= 2)
		assert_near(ranks_critical(&a, tail) / a.pairs,
			    ranks_critical(&b, tail) / b.pairs, 0.0015);
	ranks_free(&a);
	a = ranks_u(49, 49);
	b = ranks_u(50, 50);
	assert_non_null(a.below);
	assert_null(b.below);
	for (tail = 0.001; tail < 0.4; tail *= 2)
		assert_near(ranks_critical(&a, tail) / a.pairs,
			    ranks_critical(&b, tail) / b.pairs, 0.005);
	ranks_free(&a);
}

/* Work that grows with the numbers of pairs would not end here. */
static void large_samples(void **state)
{
	enum { N = 100000 };
	double *x = calloc(N, sizeof(*x));
	double *y = calloc(N, sizeof(*y));
	struct shift s;
	size_t i;

	(void)state;
	assert_true(x && y);
	for (i = 0; i < N; i++) {
		x[i] = (i * 7919) % 10007;
		y[i] = (i * 6007) % 10009 - 10;
	}
	s = shift_unpaired(x, N, y, N);
	assert_true(s.known && s.ci.lo <= s.value && s.value <= s.ci.hi);
	assert_near(s.value, 9, 30);
	s = shift_paired(x, N);
	assert_true(s.p < 0.001 && s.ci.lo < s.value && s.value < s.ci.hi);
	assert_near(s.value, 5003, 30);
	free(x);
	free(y);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(critical_values_of_the_signed_rank_test),
		cmocka_unit_test(critical_values_of_u),
		cmocka_unit_test(all_signs_are_counted),
		cmocka_unit_test(all_orders_are_counted),
		cmocka_unit_test(depression),
		cmocka_unit_test(permeability),
		cmocka_unit_test(interval_and_test_are_one_paired),
		cmocka_unit_test(interval_and_test_are_one_unpaired),
		cmocka_unit_test(ties_and_zeros_keep_the_size),
		cmocka_unit_test(how_many_it_takes),
		cmocka_unit_test(normal_meets_exact),
		cmocka_unit_test(large_samples),
	};

	return cmocka_run_group_tests_name("shift", tests, NULL, NULL);
}
