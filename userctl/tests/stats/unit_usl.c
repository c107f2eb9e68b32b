// SPDX-License-Identifier: GPL-2.0
/* usl.c, curve.c: a law that is known is found again. */
#include <gsl/gsl_randist.h>
#include <gsl/gsl_rng.h>
#include <math.h>

#include "stats/usl.h"
#include "tests/law.h"
#include "tests/unit.h"

#define MILLIONTH (1 / 1e6)

static const double wide[] = { 1, 2, 4, 8, 16, 32 };
static const double narrow[] = { 1, 2, 3, 4, 5, 6, 7, 8 };

static struct curve_fit law(double lambda, double sigma, double kappa)
{
	return (struct curve_fit){
		.values[USL_LAMBDA].value = lambda,
		.values[USL_SIGMA].value = sigma,
		.values[USL_KAPPA].value = kappa,
	};
}

static double rate_of(const struct curve_fit *usl, double n)
{
	return law_rate(usl->values[USL_LAMBDA].value,
			usl->values[USL_SIGMA].value,
			usl->values[USL_KAPPA].value, n);
}

/* Points of the law, off by this share of their value. */
static void points_of(struct curve_points *p, double *rate,
		      const struct curve_fit *usl, gsl_rng *rng, double off)
{
	size_t i;

	p->rate = rate;
	for (i = 0; i < p->nr; i++) {
		double noise = rng ? gsl_ran_gaussian(rng, off) : 0;

		rate[i] = rate_of(usl, p->n[i]) * exp(noise);
	}
}

static bool near(double got, double wanted, double share)
{
	return fabs(got - wanted) <= share * fabs(wanted) + MILLIONTH / 1000;
}

static const struct {
	double lambda, sigma, kappa, knee;
} laws[] = {
	{ 1e6, 0, 0, INFINITY }, /* a straight line */
	{ 2e7, 0.05, 0, INFINITY }, /* contention alone */
	{ 300, 0.6, 0, INFINITY },
	{ 1e6, 0.02, 0.0005, 44.2718872 }, /* a knee beyond the points */
	{ 1e6, 0.1, 0.01, 9.48683298 }, /* a collapse within them */
	{ 5e7, 0, 0.04, 5 },
	{ 1e6, 0.95, 0.2, 1 }, /* one thread is best */
	{ 5e7, 1.5, 0.02, 1 },
	{ 5e7, 3, 0, 1 },
};

static void without_noise_it_is_exact(void **state)
{
	double rate[N_OF(wide)];
	size_t i;

	(void)state;
	for (i = 0; i < N_OF(laws); i++) {
		struct curve_fit truth =
			law(laws[i].lambda, laws[i].sigma, laws[i].kappa);
		struct curve_points p = { .n = wide, .nr = N_OF(wide) };
		struct curve_fit u;

		points_of(&p, rate, &truth, NULL, 0);
		assert_null(usl_fit(&p, 1, &u));
		assert_true(near(u.values[USL_LAMBDA].value, laws[i].lambda,
				 MILLIONTH));
		assert_true(near(u.values[USL_SIGMA].value, laws[i].sigma,
				 MILLIONTH));
		assert_true(near(u.values[USL_KAPPA].value, laws[i].kappa,
				 MILLIONTH));
		/* Rounding may leave a little of a parameter that is none. */
		if (isinf(laws[i].knee))
			assert_true(u.values[USL_KNEE].value > 1e4);
		else
			assert_true(near(u.values[USL_KNEE].value, laws[i].knee,
					 100 * MILLIONTH));
		assert_true(u.off < MILLIONTH);
		assert_true(u.r2 > 0.999999);
		assert_true(u.values[USL_SIGMA].lo <=
			    u.values[USL_SIGMA].value);
		assert_true(u.values[USL_SIGMA].hi >=
			    u.values[USL_SIGMA].value);
	}
}

static void peak_and_half_belong_to_the_curve(void **state)
{
	struct curve_points p = { .n = wide, .nr = N_OF(wide) };
	double rate[N_OF(wide)];
	size_t i;

	(void)state;
	for (i = 0; i < N_OF(laws); i++) {
		struct curve_fit truth =
			law(laws[i].lambda, laws[i].sigma, laws[i].kappa);
		struct curve_fit u;
		double n, top;

		if (isinf(laws[i].knee))
			continue;
		points_of(&p, rate, &truth, NULL, 0);
		assert_null(usl_fit(&p, 1, &u));
		for (n = 1; n < 1000; n += 0.25)
			assert_true(rate_of(&u, n) <=
				    u.values[USL_PEAK].value * 1.000001);
		top = rate_of(&u, u.values[USL_KNEE].value);
		assert_true(near(top, u.values[USL_PEAK].value, MILLIONTH));
		assert_true(u.values[USL_HALF].value >
			    u.values[USL_KNEE].value);
		assert_true(near(rate_of(&u, u.values[USL_HALF].value),
				 u.values[USL_PEAK].value / 2, MILLIONTH));
	}
}

static bool holds(const struct curve_value *v, double truth)
{
	return v->lo <= truth + MILLIONTH / 1e6 &&
	       v->hi >= truth - MILLIONTH / 1e6;
}

/* How many of 100 intervals hold each of what is known. */
static void intervals_hold_the_truth(void **state)
{
	static const struct {
		const double *n;
		size_t nr;
	} grids[] = { { wide, N_OF(wide) }, { narrow, N_OF(narrow) } };
	gsl_rng *rng = gsl_rng_alloc(gsl_rng_mt19937);
	double rate[N_OF(narrow)];
	size_t i, set;

	(void)state;
	for (i = 0; i < N_OF(laws); i += i % 3 ? 2 : 1) {
		struct curve_fit truth =
			law(laws[i].lambda, laws[i].sigma, laws[i].kappa);
		struct curve_points p = { .n = grids[i % 2].n,
					  .nr = grids[i % 2].nr };
		unsigned int lambda = 0, sigma = 0, kappa = 0, knee = 0;

		gsl_rng_set(rng, 42 + i);
		for (set = 0; set < 100; set++) {
			struct curve_fit u;

			points_of(&p, rate, &truth, rng, 0.03);
			assert_null(usl_fit(&p, set, &u));
			lambda += holds(&u.values[USL_LAMBDA], laws[i].lambda);
			sigma += holds(&u.values[USL_SIGMA], laws[i].sigma);
			kappa += holds(&u.values[USL_KAPPA], laws[i].kappa);
			knee += isinf(laws[i].knee) ?
					isinf(u.values[USL_KNEE].hi) :
					holds(&u.values[USL_KNEE],
					      laws[i].knee);
		}
		print_message("law %zu: lambda %u, sigma %u, kappa %u, knee %u\n",
			      i, lambda, sigma, kappa, knee);
		assert_true(lambda >= 88 && sigma >= 88 && kappa >= 88 &&
			    knee >= 88);
		/* And they are no wider than that: some must miss. */
		if (laws[i].kappa > 0.001 && laws[i].sigma > 0)
			assert_true(lambda < 100 || sigma < 100 || kappa < 100);
	}
	gsl_rng_free(rng);
}

static void a_seed_makes_the_same_intervals(void **state)
{
	struct curve_fit truth = law(1e6, 0.1, 0.01), a, b;
	struct curve_points p = { .n = wide, .nr = N_OF(wide) };
	gsl_rng *rng = gsl_rng_alloc(gsl_rng_mt19937);
	double rate[N_OF(wide)];

	(void)state;
	points_of(&p, rate, &truth, rng, 0.03);
	gsl_rng_free(rng);
	assert_null(usl_fit(&p, 7, &a));
	assert_null(usl_fit(&p, 7, &b));
	assert_memory_equal(&a, &b, sizeof(a));
	assert_null(usl_fit(&p, 8, &b));
	assert_true(a.values[USL_KAPPA].value == b.values[USL_KAPPA].value);
	assert_true(a.values[USL_KAPPA].hi != b.values[USL_KAPPA].hi);
	/* More noise, less known. */
	assert_true(a.values[USL_KAPPA].lo > 0 && a.values[USL_KAPPA].hi < 0.1);
}

/* A lock that is always taken: more threads change nothing. */
static void a_flat_line_is_a_law_too(void **state)
{
	static const double rate[] = { 5e5, 5e5, 5e5, 5e5, 5e5, 5e5 };
	struct curve_points p = { wide, rate, N_OF(wide) };
	struct curve_fit u;

	(void)state;
	assert_null(usl_fit(&p, 1, &u));
	assert_true(near(u.values[USL_SIGMA].value, 1, MILLIONTH));
	assert_true(near(u.values[USL_KAPPA].value, 0, MILLIONTH));
	assert_true(near(u.values[USL_PEAK].value, 5e5, MILLIONTH));
	assert_true(isnan(u.r2) || u.r2 < MILLIONTH);
}

static void some_points_make_no_curve(void **state)
{
	static const double same[] = { 1, 2, 4, 4, 2, 1 };
	static const double rate[] = { 1, 2, 3, 3, 2, 1, 1, 1 };
	static const double zigzag[] = { 1, 10, 1, 10, 1, 10 };
	struct curve_points p = { wide, rate, 3 };
	struct curve_fit u;

	(void)state;
	assert_has(usl_fit(&p, 1, &u), "at least 4");
	p = (struct curve_points){ same, rate, N_OF(same) };
	assert_int_equal(curve_distinct(&p), 3);
	assert_has(usl_fit(&p, 1, &u), "at least 4");
	p = (struct curve_points){ wide, zigzag, N_OF(wide) };
	assert_has(usl_fit(&p, 1, &u), "off the closest curve");
	p = (struct curve_points){ NULL, NULL, 0 };
	assert_has(usl_fit(&p, 1, &u), "at least 4");
}

/* Whatever the points, every number is one, and the bounds hold. */
static void nonsense_is_survived(void **state)
{
	static const double values[] = { 1 / 1e300, 1, 1e18, 1e300 };
	static const double far[] = { 1, 2, 3, 1048576 };
	struct curve_points p = { .n = far, .nr = N_OF(far) };
	double rate[N_OF(far)];
	struct curve_fit u;
	size_t i, j;

	(void)state;
	for (i = 0; i < 256; i++) {
		for (j = 0; j < p.nr; j++)
			rate[j] = values[i >> 2 * j & 3];
		p.rate = rate;
		if (usl_fit(&p, i, &u))
			continue;
		assert_true(isfinite(u.values[USL_LAMBDA].value) &&
			    u.values[USL_LAMBDA].value > 0);
		assert_true(u.values[USL_SIGMA].value >= 0 &&
			    isfinite(u.values[USL_SIGMA].value));
		assert_true(u.values[USL_KAPPA].value >= 0 &&
			    isfinite(u.values[USL_KAPPA].value));
		assert_true(u.values[USL_KNEE].value >= 1);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(without_noise_it_is_exact),
		cmocka_unit_test(peak_and_half_belong_to_the_curve),
		cmocka_unit_test(intervals_hold_the_truth),
		cmocka_unit_test(a_seed_makes_the_same_intervals),
		cmocka_unit_test(a_flat_line_is_a_law_too),
		cmocka_unit_test(some_points_make_no_curve),
		cmocka_unit_test(nonsense_is_survived),
	};

	return cmocka_run_group_tests_name("usl", tests, NULL, NULL);
}
