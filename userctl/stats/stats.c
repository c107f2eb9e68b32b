// SPDX-License-Identifier: GPL-2.0
/*
 * Statistics over repeats. The median, because one disturbed run out of five
 * must not move the answer. Pure.
 */
#include "stats.h"
#include "xalloc.h"

static int by_value(const void *a, const void *b)
{
	double x = *(const double *)a;
	double y = *(const double *)b;

	return (x > y) - (x < y);
}

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
	qsort(sorted, n, sizeof(*sorted), by_value);
	r.min = sorted[0];
	r.max = sorted[n - 1];
	r.median = n % 2 ? sorted[n / 2] :
			   sorted[n / 2 - 1] +
				   (sorted[n / 2] - sorted[n / 2 - 1]) / 2;
	free(sorted);
	return r;
}
