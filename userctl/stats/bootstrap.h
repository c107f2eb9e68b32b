/* SPDX-License-Identifier: GPL-2.0 */
/* Intervals by resampling. */
#ifndef _BOOTSTRAP_H
#define _BOOTSTRAP_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Fewer runs have no interval of 95 %. */
#define BOOTSTRAP_RUNS_MIN 6
#define BOOTSTRAP_RESAMPLES 10000

/**
 * struct interval - From where to where
 * @lo: lower end, included
 * @hi: upper end, included
 */
struct interval {
	double lo;
	double hi;
};

size_t bootstrap_resamples(size_t n);
double bootstrap_tail(size_t n);
bool bootstrap_median(const double *values, size_t n, uint64_t seed,
		      struct interval *ci);

#endif /* _BOOTSTRAP_H */
