/* SPDX-License-Identifier: GPL-2.0 */
/* How far are numbers from where they would be without an effect? */
#ifndef _SHIFT_H
#define _SHIFT_H

#include <stdbool.h>
#include <stddef.h>

#include "bootstrap.h"

/* A difference that chance makes in more than one of 20 cases is none. */
#define SHIFT_P_MAX 0.05

/**
 * struct shift - A shift, its interval, and its test
 * @value: estimate of Hodges and Lehmann
 * @known: there are enough numbers for an interval
 * @ci: interval of 95 % of @value, if @known; excludes 0 exactly if @p is at
 *	most SHIFT_P_MAX
 * @p: two-sided probability of numbers as far from 0, if there is no shift
 */
struct shift {
	double value;
	bool known;
	struct interval ci;
	double p;
};

struct shift shift_paired(const double *diffs, size_t n);
struct shift shift_unpaired(const double *x, size_t nx, const double *y,
			    size_t ny);

#endif /* _SHIFT_H */
