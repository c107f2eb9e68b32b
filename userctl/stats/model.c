// SPDX-License-Identifier: GPL-2.0
/*
 * The model of Boyd-Wickizer, Kaashoek, Morris and Zeldovich (Non-scalable
 * locks are dangerous, OLS 2012) for a lock whose waiters all poll one line.
 *
 * n CPUs think, ask for the lock, hold it and release it. Of k CPUs that hold
 * the lock or wait for it one holds it. The next one has it only when the line
 * that the release took from all of them is back, for which it waits in a row
 * with the others: half of them are in front of it on the average. So
 *
 *	k -> k + 1	at the rate (n - k) / a		a: think
 *	k -> k - 1	at the rate 1 / (s + c k / 2)	s: hold, c: line
 *
 * with exponential times: a birth-death chain, whose weights relative to the
 * state 0 are products of quotients of these rates. All are scaled down when one
 * gets large, because 1024! is no double; what vanishes then is too little to
 * matter. Throughput is the mean rate of arrivals; it rises with n until the lock
 * is busy all the time, and then each further CPU makes its sections longer. Pure.
 */
#include <stdbool.h>

#include "model.h"

/* What falls by less than this has not collapsed, and may be rounding. */
#define COLLAPSED 0.99
#define EQUAL 0.999999999
/* No quotient of two rates is as large as a double divided by this. */
#define LARGE 1e200

/* Mean time from one release to the next with k CPUs at the lock. */
static double section_ns(const struct model *m, unsigned int k)
{
	return m->hold_ns + m->line_ns * k / 2;
}

/**
 * model_rate() - Throughput
 * @m: the model
 * @cpus: how many CPUs, 1 to MODEL_CPUS_MAX
 *
 * Return: operations per second.
 */
double model_rate(const struct model *m, unsigned int cpus)
{
	double weight = 1, sum = 1, thinking = cpus;
	unsigned int k;

	/* All of them are always at the lock. */
	if (!(m->think_ns > 0))
		return 1e9 / section_ns(m, cpus);

	for (k = 1; k <= cpus; k++) {
		/* 0 where a section takes no time: no thread ever waits. */
		weight *= (cpus - k + 1) * section_ns(m, k) / m->think_ns;
		sum += weight;
		thinking += weight * (cpus - k);
		if (weight > LARGE) {
			weight /= LARGE;
			sum /= LARGE;
			thinking /= LARGE;
		}
	}
	return thinking / sum / m->think_ns * 1e9;
}

/* Is there less, or no more, with one CPU more? */
static bool is_top(const struct model *m, unsigned int cpus, double unused)
{
	(void)unused;
	return model_rate(m, cpus + 1) * EQUAL <= model_rate(m, cpus);
}

static bool is_below(const struct model *m, unsigned int cpus, double rate)
{
	return model_rate(m, cpus) < rate;
}

/*
 * The first number from @cpus on of which something is true that stays true, or
 * MODEL_CPUS_MAX. In growing steps, as a throughput takes the longer to compute
 * the more CPUs there are.
 */
static unsigned int first(const struct model *m, unsigned int cpus, double rate,
			  bool (*is)(const struct model *m, unsigned int cpus,
				     double rate))
{
	unsigned int from = cpus, to = cpus;

	while (to < MODEL_CPUS_MAX && !is(m, to, rate)) {
		from = to + 1;
		to = to * 2 < MODEL_CPUS_MAX ? to * 2 : MODEL_CPUS_MAX;
	}
	while (from < to) {
		unsigned int middle = from + (to - from) / 2;

		if (is(m, middle, rate))
			to = middle;
		else
			from = middle + 1;
	}
	return to;
}

/**
 * model_knee() - Where throughput is highest, and where it has collapsed
 * @m: the model
 *
 * Throughput rises to one highest value and then falls.
 */
struct model_knee model_knee(const struct model *m)
{
	double last = model_rate(m, MODEL_CPUS_MAX);
	struct model_knee knee = { 0 };
	unsigned int cpus = first(m, 1, 0, is_top);

	knee.rate = model_rate(m, cpus);
	if (last >= knee.rate * COLLAPSED)
		return knee;
	knee.cpus = cpus;
	if (last < knee.rate / 2)
		knee.half = first(m, cpus, knee.rate / 2, is_below);
	return knee;
}
