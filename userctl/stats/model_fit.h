/* SPDX-License-Identifier: GPL-2.0 */
/* The model of collapse, fitted to throughput. */
#ifndef _MODEL_FIT_H
#define _MODEL_FIT_H

#include "curve.h"
#include "model.h"

/* So many different numbers of CPUs, for two parameters. */
#define MODEL_FIT_POINTS_MIN 3

/**
 * enum model_value - What a fit finds, the values of a struct curve_fit
 * @MODEL_HOLD_NS: time in the section
 * @MODEL_LINE_NS: time of the cache line from one CPU to another
 * @MODEL_KNEE: number of CPUs with the highest throughput; infinite: none
 * @MODEL_PEAK: that throughput, per second; infinite if there is no knee
 * @MODEL_HALF: number of CPUs beyond with less than half of it; infinite: none
 */
enum model_value {
	MODEL_HOLD_NS,
	MODEL_LINE_NS,
	MODEL_KNEE,
	MODEL_PEAK,
	MODEL_HALF,
	MODEL_NR_VALUES,
};

const char *model_fit(const struct curve_points *points,
		      const struct model *guess, unsigned long seed,
		      struct curve_fit *fit);

#endif /* _MODEL_FIT_H */
