/* SPDX-License-Identifier: GPL-2.0 */
/* How a lock whose waiters all poll one cache line does with many CPUs. */
#ifndef _MODEL_H
#define _MODEL_H

/* So many CPUs are looked at, and no more. */
#define MODEL_CPUS_MAX 1024

/**
 * struct model - What the model is given
 * @hold_ns: time in the section, s
 * @think_ns: time from a release to the next request of the same CPU, a
 * @line_ns: time for a cache line to get from one CPU to another, c
 *
 * None is negative, and one of the first two is not 0.
 */
struct model {
	double hold_ns;
	double think_ns;
	double line_ns;
};

/**
 * struct model_knee - Where it collapses
 * @cpus: number of CPUs with the highest throughput; 0: throughput does not
 *	  fall, as far as was looked
 * @rate: that throughput, in operations per second
 * @half: the smallest number of CPUs beyond, with less than half of it; 0: not
 *	  found
 */
struct model_knee {
	unsigned int cpus;
	double rate;
	unsigned int half;
};

double model_rate(const struct model *m, unsigned int cpus);
struct model_knee model_knee(const struct model *m);

#endif /* _MODEL_H */
