/* SPDX-License-Identifier: GPL-2.0 */
/* The Universal Scalability Law, fitted to throughput. */
#ifndef _USL_H
#define _USL_H

#include "curve.h"

/* So many different numbers of threads, for three parameters. */
#define USL_POINTS_MIN 4

/**
 * struct usl - What a fit found
 * @lambda: throughput of one thread, per second
 * @sigma: contention
 * @kappa: coherence
 * @knee: number of threads with the highest throughput; infinite: none
 * @peak: the highest throughput, that of infinitely many threads if there is no
 *	  knee; infinite: no limit
 * @half: number of threads beyond the knee with half of @peak; infinite: none
 * @off: as in struct curve_fit
 * @r2: as in struct curve_fit
 */
struct usl {
	struct curve_value lambda;
	struct curve_value sigma;
	struct curve_value kappa;
	struct curve_value knee;
	struct curve_value peak;
	struct curve_value half;
	double off;
	double r2;
};

double usl_rate(const struct usl *usl, double n);
const char *usl_fit(const struct curve_points *points, unsigned long seed,
		    struct usl *usl);

#endif /* _USL_H */
