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
 * state 0 are products of quotients of these rates. They are kept as logarithms
 * less the largest of them, because 1024! is no double. Throughput is the mean
 * rate of arrivals; it rises with n until the lock is busy all the time, and
 * then each further CPU makes its sections longer. Pure.
 */
#include <math.h>

#include "model.h"

/* What falls by less than this has not collapsed, and may be rounding. */
#define COLLAPSED 0.99
#define EQUAL 0.999999999

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
	double weight[MODEL_CPUS_MAX + 1];
	double max = 0, sum = 0, thinking = 0;
	unsigned int k;

	/* All of them are always at the lock. */
	if (!(m->think_ns > 0))
		return 1e9 / section_ns(m, cpus);

	weight[0] = 0;
	for (k = 1; k <= cpus; k++) {
		/* -INFINITY where a section takes no time: nobody ever waits. */
		weight[k] = weight[k - 1] + log(cpus - k + 1) +
			    log(section_ns(m, k)) - log(m->think_ns);
		max = fmax(max, weight[k]);
	}
	for (k = 0; k <= cpus; k++) {
		double p = exp(weight[k] - max);

		sum += p;
		thinking += p * (cpus - k);
	}
	return thinking / sum / m->think_ns * 1e9;
}

/**
 * model_knee() - Where throughput is highest, and where it has collapsed
 * @m: the model
 */
struct model_knee model_knee(const struct model *m)
{
	double rate[MODEL_CPUS_MAX + 1];
	struct model_knee knee = { 0 };
	unsigned int n, cpus = 1;

	for (n = 1; n <= MODEL_CPUS_MAX; n++) {
		rate[n] = model_rate(m, n);
		knee.rate = fmax(knee.rate, rate[n]);
	}
	if (rate[MODEL_CPUS_MAX] >= knee.rate * COLLAPSED)
		return knee;
	while (rate[cpus] < knee.rate * EQUAL)
		cpus++;
	knee.cpus = cpus;
	for (n = cpus; n <= MODEL_CPUS_MAX && !knee.half; n++)
		if (rate[n] < knee.rate / 2)
			knee.half = n;
	return knee;
}
