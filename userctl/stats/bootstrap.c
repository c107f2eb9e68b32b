// SPDX-License-Identifier: GPL-2.0
/*
 * Intervals of 95 % by resampling runs (B. Efron, R. Tibshirani, An
 * Introduction to the Bootstrap, 1993). What is resampled is the run: the
 * operations within one depend on each other, and what differs from run to run
 * would not be seen (T. Kalibera, R. Jones, Rigorous Benchmarking in Reasonable
 * Time, ISMM 2013; T. Hoefler, R. Belli, Scientific Benchmarking of Parallel
 * Computing Systems, SC 2015).
 *
 * Which interval. BCa (B. Efron, Better Bootstrap Confidence Intervals, 1987)
 * corrects the percentiles for bias and for skewness, the latter from the
 * jackknife; but the jackknife of a median has two different values, or three,
 * whatever the data, and estimates nothing. How often the interval held the
 * true value, in 1000 to 2000 samples of each size from a normal, a log-normal,
 * a Student's t (2 degrees) and an exponential distribution; the worst and the
 * best of the four:
 *
 *	runs			   6	   7	   10	   20
 *	median: percentile	.93-.95	.85-.90	.93-.95	.94-.95
 *	median: BCa		.93-.95	.87-.88	.93-.95	.94-.95
 *	median: percentile, wider .96-.97 .98-.99 .95-.97 .95-.97
 *
 * Hence percentiles. They are taken further out, as if from Student's t (T.
 * Hesterberg, What Teachers Should Know About the Bootstrap, 2015), because an
 * interval said to be of 95 % that is of 87 % misleads.
 *
 * How many runs. All of n lie on one side of the true median with probability
 * 2 / 2^n, and then no resample has its median on the other. That is 6.3 % for
 * n = 5, so that no choice of ends gives 95 %; for n = 6 it is 3.1 %.
 *
 * Two locks are not compared by resampling: see ratio.c.
 *
 * Limits: runs are taken to be independent of each other. A drift over rounds
 * makes the interval of a median wide, not wrong. Beyond 1000 runs the work is
 * bounded by fewer resamples, at least 400: the interval is short there, and an
 * error in its ends shorter still. Pure.
 */
#include <gsl/gsl_cdf.h>
#include <gsl/gsl_rng.h>
#include <gsl/gsl_sort.h>
#include <gsl/gsl_statistics.h>
#include <math.h>
#include <string.h>

#include "base/xalloc.h"
#include "bootstrap.h"

#define TAIL 0.025
#define DRAWS_MAX 10000000
#define RESAMPLES_MIN 400

/**
 * bootstrap_resamples() - How many resamples?
 * @n: number of runs
 *
 * Return: BOOTSTRAP_RESAMPLES, but less for more than 1000 runs.
 */
size_t bootstrap_resamples(size_t n)
{
	size_t most = DRAWS_MAX / (n ? n : 1);

	if (most > BOOTSTRAP_RESAMPLES)
		return BOOTSTRAP_RESAMPLES;
	return most < RESAMPLES_MIN ? RESAMPLES_MIN : most;
}

/**
 * bootstrap_tail() - What share of the resampled medians is below the interval?
 * @n: number of runs, at least 2
 *
 * Return: the share; 0.025 in the limit, less for few runs.
 */
double bootstrap_tail(size_t n)
{
	double t = gsl_cdf_tdist_Qinv(TAIL, n - 1);

	return gsl_cdf_ugaussian_Q(t * sqrt(n / (n - 1.0)));
}

/* The Mersenne Twister takes 32 bits of a seed. */
static gsl_rng *new_rng(uint64_t seed)
{
	gsl_rng *rng = gsl_rng_alloc(gsl_rng_mt19937);

	if (!rng)
		errx(ST_BAD, "out of memory");
	gsl_rng_set(rng, (uint32_t)(seed ^ seed >> 32));
	return rng;
}

/* Of what resamples have given, with @tail of them on each side; sorts them. */
static bool percentiles(double *stats, size_t n, double tail,
			struct interval *ci)
{
	gsl_sort(stats, 1, n);
	ci->lo = gsl_stats_quantile_from_sorted_data(stats, 1, n, tail);
	ci->hi = gsl_stats_quantile_from_sorted_data(stats, 1, n, 1 - tail);
	return isfinite(ci->lo) && isfinite(ci->hi);
}

/*
 * The median of as many values, drawn with replacement: @sorted are the values,
 * @rank has the place there of each value as it was given. Counting is faster
 * than to search among what was drawn.
 */
static double drawn_median(gsl_rng *rng, const double *sorted,
			   const size_t *rank, size_t n, size_t *times)
{
	size_t i, below = 0;
	double lower;

	memset(times, 0, n * sizeof(*times));
	for (i = 0; i < n; i++)
		times[rank[gsl_rng_uniform_int(rng, n)]]++;
	for (i = 0; below + times[i] <= (n - 1) / 2; i++)
		below += times[i];
	lower = sorted[i];
	for (; below + times[i] <= n / 2; i++)
		below += times[i];
	return n % 2 ? lower : (lower + sorted[i]) / 2;
}

/**
 * bootstrap_median() - Interval of a median
 * @values: one finite number per run, in any order and unit
 * @n: number of runs
 * @seed: the same seed and values give the same interval
 * @ci: receives the interval of 95 %
 *
 * Return: false if there are fewer than BOOTSTRAP_RUNS_MIN runs.
 */
bool bootstrap_median(const double *values, size_t n, uint64_t seed,
		      struct interval *ci)
{
	size_t many = bootstrap_resamples(n);
	size_t *order, *rank, *times;
	double *sorted, *medians;
	gsl_rng *rng;
	bool ok;
	size_t i;

	if (n < BOOTSTRAP_RUNS_MIN)
		return false;
	rng = new_rng(seed);
	order = xcalloc(n, sizeof(*order));
	rank = xcalloc(n, sizeof(*rank));
	times = xcalloc(n, sizeof(*times));
	sorted = xcalloc(n, sizeof(*sorted));
	medians = xcalloc(many, sizeof(*medians));
	gsl_sort_index(order, values, 1, n);
	for (i = 0; i < n; i++) {
		sorted[i] = values[order[i]];
		rank[order[i]] = i;
	}
	for (i = 0; i < many; i++)
		medians[i] = drawn_median(rng, sorted, rank, n, times);
	ok = percentiles(medians, many, bootstrap_tail(n), ci);
	free(medians);
	free(sorted);
	free(times);
	free(rank);
	free(order);
	gsl_rng_free(rng);
	return ok;
}
