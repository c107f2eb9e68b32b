// SPDX-License-Identifier: GPL-2.0
/*
 * Statistics over repeats. The median, because one disturbed run out of five
 * must not move the answer. Pure.
 */
#include <gsl/gsl_sort.h>
#include <gsl/gsl_statistics.h>

#include "base/xalloc.h"
#include "stats.h"

/**
 * stats_range() - Median, minimum and maximum
 * @values: sample in any order and unit, no NaN
 * @n: its size, at least 1
 *
 * Return: the three in the unit of @values; the median of an even number of
 * values is the mean of the middle two.
 */
struct stats_range stats_range(const double *values, size_t n)
{
	double *sorted = xcalloc(n, sizeof(*sorted));
	struct stats_range r;

	memcpy(sorted, values, n * sizeof(*sorted));
	gsl_sort(sorted, 1, n);
	r.min = sorted[0];
	r.max = sorted[n - 1];
	/* As a median, GSL adds both before it halves: large ones overflow. */
	r.median = gsl_stats_quantile_from_sorted_data(sorted, 1, n, 0.5);
	free(sorted);
	return r;
}
