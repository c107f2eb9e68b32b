/* SPDX-License-Identifier: GPL-2.0 */
/* Curves of throughput against a number of threads, fitted to points. */
#ifndef _CURVE_H
#define _CURVE_H

#include <stddef.h>

#define CURVE_PARAMS_MAX 3
#define CURVE_VALUES_MAX 6

struct curve_value;

/**
 * struct curve - A family of curves
 * @nr_params: how many parameters it has, at most CURVE_PARAMS_MAX
 * @nr_any: so many of them, the first ones, can be any number; the others are
 *	    never negative
 * @log_rate: logarithm of the throughput with these parameters and so many
 *	      threads; NaN where there is none. Is also asked a little way below
 *	      zero
 * @derive: makes values from parameters, infinite ones as well
 * @nr_values: how many, at most CURVE_VALUES_MAX
 * @arg: for @log_rate and @derive
 */
struct curve {
	size_t nr_params;
	size_t nr_any;
	double (*log_rate)(const double *params, double n, const void *arg);
	void (*derive)(const double *params, const void *arg,
		       struct curve_value *values);
	size_t nr_values;
	const void *arg;
};

/**
 * struct curve_points - What is known
 * @n: numbers of threads
 * @rate: throughput with each of them, above 0
 * @nr: how many points
 */
struct curve_points {
	const double *n;
	const double *rate;
	size_t nr;
};

/**
 * struct curve_value - A number with its interval
 * @value: the number
 * @lo: lower end of its 95 % interval
 * @hi: upper end; both NaN if it has none
 */
struct curve_value {
	double value;
	double lo;
	double hi;
};

/**
 * struct curve_fit - The curve that is closest
 * @params: its parameters
 * @values: what @derive makes of them
 * @off: standard deviation of the points from it, as a share of its value
 * @r2: share of the variance of the logarithms that it explains; NaN if they
 *	have none
 */
struct curve_fit {
	double params[CURVE_PARAMS_MAX];
	struct curve_value values[CURVE_VALUES_MAX];
	double off;
	double r2;
};

size_t curve_distinct(const struct curve_points *points);
const char *curve_fit(const struct curve *curve,
		      const struct curve_points *points, unsigned long seed,
		      struct curve_fit *fit);

#endif /* _CURVE_H */
