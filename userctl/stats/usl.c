// SPDX-License-Identifier: GPL-2.0
/*
 * The Universal Scalability Law (Gunther, Guerrilla Capacity Planning, Springer
 * 2007, chapters 4 to 6): n threads together do
 *
 *	X(n) = lambda n / (1 + sigma (n - 1) + kappa n (n - 1))
 *
 * operations per second. lambda is what one thread does alone, sigma the share
 * of the work that is serial, kappa what each pair of threads costs to keep each
 * other informed. With kappa = 0 it is Amdahl's law, with sigma = 0 as well a
 * straight line. X is highest at the knee
 *
 *	n* = sqrt((1 - sigma) / kappa)
 *
 * and falls beyond it. It has half of that where
 * kappa n^2 + (sigma - kappa - 2 lambda / X*) n + 1 - sigma = 0.
 *
 * The law knows sigma from 0 to 1. A lock can have more: one thread alone never
 * waits and never gives a cache line away, so with two threads there may be
 * less done than with one. sigma is not bounded above therefore; if it is 1 or
 * more, the highest throughput is that of one thread.
 *
 * Where to start: n / X(n) = 1 / lambda (1 + sigma (n - 1) + kappa n (n - 1)) is
 * linear in 1 / lambda, sigma / lambda and kappa / lambda. Pure.
 */
#include <gsl/gsl_errno.h>
#include <gsl/gsl_multifit.h>
#include <math.h>

#include "usl.h"

enum { LOG_LAMBDA, SIGMA, KAPPA, NR_PARAMS };

static double log_rate(const double *params, double n, const void *arg)
{
	double slower =
		1 + params[SIGMA] * (n - 1) + params[KAPPA] * n * (n - 1);

	(void)arg;
	return params[LOG_LAMBDA] + log(n) - log(slower);
}

/* From the linear form, in which an error is a share of n / X as well. */
static void start(const struct curve_points *p, double *params)
{
	gsl_multifit_linear_workspace *w =
		gsl_multifit_linear_alloc(p->nr, NR_PARAMS);
	gsl_matrix *x = gsl_matrix_alloc(p->nr, NR_PARAMS);
	gsl_matrix *covariance = gsl_matrix_alloc(NR_PARAMS, NR_PARAMS);
	gsl_vector *ones = gsl_vector_alloc(p->nr);
	gsl_vector *found = gsl_vector_alloc(NR_PARAMS);
	double squares, per_op;
	size_t i;

	gsl_vector_set_all(ones, 1);
	for (i = 0; i < p->nr; i++) {
		double weight = p->rate[i] / p->n[i];

		gsl_matrix_set(x, i, 0, weight);
		gsl_matrix_set(x, i, 1, weight * (p->n[i] - 1));
		gsl_matrix_set(x, i, 2, weight * p->n[i] * (p->n[i] - 1));
	}
	per_op = gsl_multifit_linear(x, ones, found, covariance, &squares, w) ?
			 0 :
			 gsl_vector_get(found, 0);
	if (per_op > 0) {
		params[LOG_LAMBDA] = -log(per_op);
		params[SIGMA] = fmax(gsl_vector_get(found, 1) / per_op, 0);
		params[KAPPA] = fmax(gsl_vector_get(found, 2) / per_op, 0);
	} else {
		params[LOG_LAMBDA] = log(p->rate[0] / p->n[0]);
		params[SIGMA] = 0.1;
		params[KAPPA] = 0;
	}
	gsl_vector_free(found);
	gsl_vector_free(ones);
	gsl_matrix_free(covariance);
	gsl_matrix_free(x);
	gsl_multifit_linear_free(w);
}

/* What follows from the three parameters. */
static void derive(const double *params, const void *unused,
		   struct curve_value *values)
{
	double lambda = exp(params[LOG_LAMBDA]);
	double sigma = params[SIGMA], kappa = params[KAPPA];
	double knee = 1, half = INFINITY, peak, b, root;

	(void)unused;
	values[USL_LAMBDA].value = lambda;
	values[USL_SIGMA].value = sigma;
	values[USL_KAPPA].value = kappa;
	if (sigma < 1)
		knee = fmax(sqrt((1 - sigma) / kappa), 1);
	peak = isinf(knee) ? lambda / sigma : exp(log_rate(params, knee, NULL));
	b = 2 * lambda / peak + kappa - sigma;
	root = sqrt(b * b - 4 * kappa * (1 - sigma));
	/* Two forms of the larger solution: one of them is a sum, no difference. */
	if (b < 0)
		half = 2 * (sigma - 1) / (root - b);
	else if (kappa > 0)
		half = (b + root) / 2 / kappa;
	values[USL_KNEE].value = knee;
	values[USL_PEAK].value = peak;
	values[USL_HALF].value = half;
}

static const struct curve curve = {
	.nr_params = NR_PARAMS,
	.nr_any = 1,
	.log_rate = log_rate,
	.derive = derive,
	.nr_values = USL_NR_VALUES,
};

/**
 * usl_fit() - Fit the law
 * @points: the points, in any order
 * @seed: for the intervals
 * @usl: receives the fit
 *
 * Return: NULL; the reason if there is no fit.
 */
const char *usl_fit(const struct curve_points *points, unsigned long seed,
		    struct curve_fit *usl)
{
	gsl_error_handler_t *handler;

	if (curve_distinct(points) < USL_POINTS_MIN)
		return "at least 4 different numbers of threads are needed";
	handler = gsl_set_error_handler_off();
	start(points, usl->params);
	gsl_set_error_handler(handler);
	return curve_fit(&curve, points, seed, usl);
}
