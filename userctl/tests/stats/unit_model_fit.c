// SPDX-License-Identifier: GPL-2.0
/* model_fit.c: a section and a cache line that are known are found again. */
#include <gsl/gsl_randist.h>
#include <gsl/gsl_rng.h>
#include <math.h>

#include "stats/model_fit.h"
#include "tests/unit.h"

static const double cpus[] = { 1, 2, 4, 8, 12, 16, 24 };

static const struct {
	struct model model;
	double knee;
} models[] = {
	{ { 100, 4000, 100 }, 14 },
	{ { 100, 900, 0 }, INFINITY }, /* saturates and stays */
	{ { 300, 500, 40 }, 4 },
	{ { 250, 0, 60 }, INFINITY }, /* always at the lock */
};

static void points_of(struct curve_points *p, double *rate,
		      const struct model *m, gsl_rng *rng, double off)
{
	size_t i;

	p->rate = rate;
	for (i = 0; i < p->nr; i++)
		rate[i] = model_rate(m, p->n[i]) *
			  exp(rng ? gsl_ran_gaussian(rng, off) : 0);
}

/* What the parameters and the measured line suggest: about right. */
static struct model guess_of(const struct model *m)
{
	return (struct model){ m->hold_ns * 1.5, m->think_ns,
			       m->line_ns * 0.7 + 10 };
}

static void without_noise_it_is_exact(void **state)
{
	double rate[N_OF(cpus)];
	size_t i;

	(void)state;
	for (i = 0; i < N_OF(models); i++) {
		const struct model *m = &models[i].model;
		struct curve_points p = { .n = cpus, .nr = N_OF(cpus) };
		struct model guess = guess_of(m);
		struct curve_fit fit;

		points_of(&p, rate, m, NULL, 0);
		assert_null(model_fit(&p, &guess, 1, &fit));
		assert_true(fabs(fit.values[MODEL_HOLD_NS].value - m->hold_ns) <
			    0.001);
		assert_true(fabs(fit.values[MODEL_LINE_NS].value - m->line_ns) <
			    0.001);
		if (isinf(models[i].knee))
			assert_true(isinf(fit.values[MODEL_KNEE].value));
		else
			assert_true(fit.values[MODEL_KNEE].value ==
				    models[i].knee);
		assert_true(fit.off < 0.00001);
	}
}

static bool holds(const struct curve_value *v, double truth)
{
	return v->lo <= truth + 0.001 && v->hi >= truth - 0.001;
}

static void intervals_hold_the_truth(void **state)
{
	gsl_rng *rng = gsl_rng_alloc(gsl_rng_mt19937);
	double rate[N_OF(cpus)];
	size_t i, set;

	(void)state;
	for (i = 0; i < N_OF(models); i++) {
		const struct model *m = &models[i].model;
		struct curve_points p = { .n = cpus, .nr = N_OF(cpus) };
		struct model guess = guess_of(m);
		unsigned int hold = 0, line = 0, knee = 0;

		gsl_rng_set(rng, 7 + i);
		for (set = 0; set < 100; set++) {
			struct curve_fit fit;

			points_of(&p, rate, m, rng, 0.03);
			assert_null(model_fit(&p, &guess, set, &fit));
			hold += holds(&fit.values[MODEL_HOLD_NS], m->hold_ns);
			line += holds(&fit.values[MODEL_LINE_NS], m->line_ns);
			knee += isinf(models[i].knee) ?
					isinf(fit.values[MODEL_KNEE].hi) :
					holds(&fit.values[MODEL_KNEE],
					      models[i].knee);
		}
		print_message("model %zu: hold %u, line %u, knee %u\n", i, hold,
			      line, knee);
		assert_true(hold >= 88 && line >= 88 && knee >= 88);
		/* No wider than that: some must miss. */
		if (m->line_ns > 0)
			assert_true(hold < 100 || line < 100);
	}
	gsl_rng_free(rng);
}

static void some_points_make_no_curve(void **state)
{
	static const double rate[] = { 1e6, 2e6, 1e6, 3e6 };
	static const double zigzag[] = { 1e6, 9e6, 1e3, 9e6, 1e3, 9e6, 1e3 };
	struct curve_points p = { cpus, rate, 2 };
	struct model guess = { 100, 1000, 100 };
	struct curve_fit fit;

	(void)state;
	assert_has(model_fit(&p, &guess, 1, &fit), "at least 3");
	p = (struct curve_points){ cpus, zigzag, N_OF(zigzag) };
	assert_has(model_fit(&p, &guess, 1, &fit), "off the closest curve");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(without_noise_it_is_exact),
		cmocka_unit_test(intervals_hold_the_truth),
		cmocka_unit_test(some_points_make_no_curve),
	};

	return cmocka_run_group_tests_name("model_fit", tests, NULL, NULL);
}
