// SPDX-License-Identifier: GPL-2.0
/*
 * The model of collapse (model.c) the other way round: not what follows from
 * the section and the cache line, but which section and which line explain the
 * throughput that was measured with some numbers of CPUs. think_ns is taken as
 * given, for with few CPUs all that a curve shows is the sum of a thought and a
 * section. What the lock and the loop around it take of their own is in the
 * section therefore. Pure.
 */
#include <math.h>

#include "model_fit.h"

enum { HOLD, LINE, NR_PARAMS };

static struct model model_of(const double *params, double think_ns)
{
	return (struct model){ params[HOLD], think_ns, params[LINE] };
}

static double log_rate(const double *params, double n, const void *arg)
{
	const struct model *given = arg;
	struct model m = model_of(params, given->think_ns);

	/* Each section takes some time, the first and the last as well. */
	if (m.hold_ns + m.line_ns / 2 < 0 || m.hold_ns + m.line_ns * n / 2 < 0)
		return NAN;
	return log(model_rate(&m, n));
}

static void derive(const double *params, const void *arg,
		   struct curve_value *values)
{
	const struct model *given = arg;
	struct model m = model_of(params, given->think_ns);
	struct model_knee knee = { 0 };

	/* Without a thought, the first CPU is always at the lock already. */
	if (m.think_ns > 0)
		knee = model_knee(&m);
	values[MODEL_HOLD_NS].value = m.hold_ns;
	values[MODEL_LINE_NS].value = m.line_ns;
	values[MODEL_KNEE].value = knee.cpus ? knee.cpus : INFINITY;
	values[MODEL_PEAK].value = knee.cpus ? knee.rate : INFINITY;
	values[MODEL_HALF].value = knee.half ? knee.half : INFINITY;
}

/**
 * model_fit() - Fit the model
 * @points: throughput against numbers of CPUs, which are whole, and from 1 to
 *	    MODEL_CPUS_MAX
 * @guess: its think_ns is taken, the others are where to start
 * @seed: for the intervals
 * @fit: receives the fit
 *
 * Return: NULL; the reason if there is no fit.
 */
const char *model_fit(const struct curve_points *points,
		      const struct model *guess, unsigned long seed,
		      struct curve_fit *fit)
{
	const struct curve curve = {
		.nr_params = NR_PARAMS,
		.log_rate = log_rate,
		.derive = derive,
		.nr_values = MODEL_NR_VALUES,
		.arg = guess,
	};

	if (curve_distinct(points) < MODEL_FIT_POINTS_MIN)
		return "at least 3 different numbers of CPUs are needed";
	*fit = (struct curve_fit){
		.params = { guess->hold_ns, guess->line_ns },
	};
	return curve_fit(&curve, points, seed, fit);
}
