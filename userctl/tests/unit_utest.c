// SPDX-License-Identifier: GPL-2.0
/*
 * utest.c against published data, against R's answers for them, and against
 * counting by hand.
 */
#include <math.h>
#include <stdlib.h>

#include "unit.h"
#include "utest.h"

static void assert_near(double is, double wanted, double error)
{
	if (!(fabs(is - wanted) <= error))
		fail_msg("%.9g, not %.9g", is, wanted);
}

/*
 * Permeability constants of the human chorioamnion at term and before
 * (Hollander and Wolfe, 1973, page 69), the example of R's wilcox.test, which
 * answers W = 35 and, one-sided, p = 0.1272.
 */
static void permeability(void **state)
{
	static const double x[] = { 0.80, 0.83, 1.89, 1.04, 1.45,
				    1.38, 1.91, 1.64, 0.73, 1.46 };
	static const double y[] = { 1.15, 0.88, 0.90, 0.74, 1.21 };
	struct utest t = utest_make(x, N_OF(x), y, N_OF(y));
	struct utest back = utest_make(y, N_OF(y), x, N_OF(x));

	(void)state;
	assert_true(t.exact);
	assert_true(t.u == 35);
	assert_near(t.p / 2, 0.1272, 0.00005);
	/* The same of the other side: u of both add up to the pairs. */
	assert_true(back.u == 50 - 35);
	assert_near(back.p, t.p, 0.000000000001);
}

/*
 * Ozone in New York, May against August 1973 (R's airquality): W = 127.5,
 * p = 0.0001208, from a normal distribution, as there are ties.
 */
static void ozone(void **state)
{
	static const double may[] = { 41, 36, 12, 18, 28, 23, 19,  8,  7,
				      16, 11, 14, 18, 14, 34, 6,   30, 11,
				      1,  11, 4,  32, 23, 45, 115, 37 };
	static const double august[] = { 39, 9,	 16,  78, 35, 66,  122, 89, 110,
					 44, 28, 65,  22, 59, 23,  31,	44, 21,
					 9,  45, 168, 73, 76, 118, 84,	85 };
	struct utest t = utest_make(may, N_OF(may), august, N_OF(august));

	(void)state;
	assert_false(t.exact);
	assert_true(t.u == 127.5);
	assert_near(t.p, 0.0001208, 0.00000005);
}

/* Sizes up to 6 and 6: u of every choice of ranks, counted. */
static void all_orders_are_counted(void **state)
{
	size_t m, n, i;

	(void)state;
	for (m = 1; m <= 6; m++) {
		for (n = 1; n <= 6; n++) {
			double counts[37] = { 0 };
			double all = 0, as_far = 0;
			double x[6], y[6];
			unsigned int set, k;
			struct utest t;

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
			/* x has ranks 1..m-1 and the last: u = n */
			for (i = 0; i < m; i++)
				x[i] = i + 1 == m ? 100 : i;
			for (i = 0; i < n; i++)
				y[i] = 50 + i;
			t = utest_make(x, m, y, n);
			assert_true(t.exact && t.u == n);
			for (i = 0; i <= m * n; i++)
				if (fabs(i - m * n / 2.0) >=
				    fabs(n - m * n / 2.0))
					as_far += counts[i];
			assert_near(t.p, as_far / all, 0.000000000001);
		}
	}
}

/* Values that are all different and spread over both samples alike. */
static void fill(double *x, double *y, size_t n, double shift)
{
	size_t i;

	for (i = 0; i < n; i++) {
		x[i] = (i * 7919) % 10007;
		y[i] = (i * 6007) % 10009 + 0.5 + shift;
	}
}

/* One tie makes it normal; that says nearly the same as the exact one. */
static void normal_meets_exact(void **state)
{
	double x[49], y[49];
	struct utest exact, normal;
	double shift;

	(void)state;
	for (shift = 0; shift < 3000; shift += 500) {
		fill(x, y, 49, shift);
		exact = utest_make(x, 49, y, 49);
		assert_true(exact.exact);
		x[0] = y[0];
		normal = utest_make(x, 49, y, 49);
		assert_false(normal.exact);
		assert_near(normal.p, exact.p, 0.02);
	}
}

static void extremes(void **state)
{
	static const double same[] = { 5, 5, 5, 5, 5, 5 };
	static const double low[] = { 1, 2, 3, 4, 5, 6 };
	static const double high[] = { 7, 8, 9, 10, 11, 12 };
	static const double zero[] = { 0, 0, 0, 0, 0, 0 };
	struct utest t;

	(void)state;
	t = utest_make(same, 6, same, 6);
	assert_true(t.p == 1 && t.u == 18);
	/* 2 of 924 orders. */
	t = utest_make(low, 6, high, 6);
	assert_true(t.exact && t.u == 0);
	assert_near(t.p, 2 / 924.0, 0.000000000001);
	t = utest_make(high, 1, low, 1);
	assert_true(t.u == 1 && t.p == 1);
	t = utest_make(zero, 6, same, 6);
	assert_true(t.u == 0 && t.p < 0.01 && t.p > 0);
}

static void large_samples_are_quick(void **state)
{
	enum { N = 100000 };
	double *x = calloc(N, sizeof(*x));
	double *y = calloc(N, sizeof(*y));
	struct utest t;

	(void)state;
	assert_true(x && y);
	fill(x, y, N, 0);
	t = utest_make(x, N, y, N);
	assert_true(t.p >= 0 && t.p <= 1);
	free(x);
	free(y);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(permeability),
		cmocka_unit_test(ozone),
		cmocka_unit_test(all_orders_are_counted),
		cmocka_unit_test(normal_meets_exact),
		cmocka_unit_test(extremes),
		cmocka_unit_test(large_samples_are_quick),
	};

	return cmocka_run_group_tests_name("utest", tests, NULL, NULL);
}
