/* SPDX-License-Identifier: GPL-2.0 */
/* The Universal Scalability Law, fitted to throughput. */
#ifndef _USL_H
#define _USL_H

#include "curve.h"

/* So many different numbers of threads, for three parameters. */
#define USL_POINTS_MIN 4

/**
 * enum usl_value - What a fit finds, the values of a struct curve_fit
 * @USL_LAMBDA: throughput of one thread, per second
 * @USL_SIGMA: contention
 * @USL_KAPPA: coherence
 * @USL_KNEE: number of threads with the highest throughput; infinite: none
 * @USL_PEAK: the highest throughput, without a knee that of infinitely many
 *	      threads; infinite: no limit
 * @USL_HALF: number of threads beyond the knee with half of that; infinite:
 *	      none
 */
enum usl_value {
	USL_LAMBDA,
	USL_SIGMA,
	USL_KAPPA,
	USL_KNEE,
	USL_PEAK,
	USL_HALF,
	USL_NR_VALUES,
};

const char *usl_fit(const struct curve_points *points, unsigned long seed,
		    struct curve_fit *usl);

#endif /* _USL_H */
