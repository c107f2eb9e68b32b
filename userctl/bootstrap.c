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
 *	ratio: percentile	.93-.94	.93-.94	.95-.96	.95-.97
 *	ratio: BCa		.90-.93	.92-.93	.92-.95	.94-.95
 *
 * Hence percentiles. For the median of one lock they are taken further out, as
 * if from Student's t (T. Hesterberg, What Teachers Should Know About the
 * Bootstrap, 2015), because an interval said to be of 95 % that is of 87 %
 * misleads; the ratio of two medians, less of a lattice, needs none of it. The
 * ends of a percentile interval move with the data under every monotonous
 * scale: a ratio and its inverse have the same interval.
 *
 * How many runs. All of n lie on one side of the true median with probability
 * 2 / 2^n, and then no resample has its median on the other. That is 6.3 % for
 * n = 5, so that no choice of ends gives 95 %; for n = 6 it is 3.1 %.
 *
 * Two locks. A round has one run of each, close in time, and what disturbs it
 * reaches both. Rounds are drawn and both locks take their run of each: the
 * disturbance is in numerator and denominator, and leaves the ratio. A lock
 * whose run of a round was bad has none in it. A resample in which one of the
 * two has no run at all is drawn anew (its share is below 0.3 %). Where the two
 * have no round in common, or one has a round twice, nothing relates their runs
 * and they are drawn independently.
 *
 * Limits: runs, or rounds, are taken to be independent of each other. A drift
 * over rounds makes the interval of a median wide, not wrong. Beyond 1000 runs
 * the work is bounded by fewer resamples, at least 400: the interval is short
 * there, and an error in its ends shorter still. Pure.
 */
#include <gsl/gsl_cdf.h>
#include <gsl/gsl_rng.h>
#include <gsl/gsl_sort.h>
#include <gsl/gsl_statistics.h>
#include <math.h>

#include "bootstrap.h"
#include "xalloc.h"

#define TAIL 0.025
#define DRAWS_MAX 10000000
#define RESAMPLES_MIN 400
#define NO_RUN SIZE_MAX

/* Where the runs of a round are in the two samples. */
struct pair {
	uint32_t round;
	size_t lock; /* NO_RUN: it has none */
	size_t ref;
};

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

/**
 * bootstrap_percentiles() - Interval of what resamples have given
 * @stats: one number per resample; is sorted; no NaN, but infinity is allowed
 * @n: how many, at least 1
 * @tail: share of them below the interval, and above it
 * @ci: receives the interval
 *
 * Return: false if one of the ends is infinite.
 */
bool bootstrap_percentiles(double *stats, size_t n, double tail,
			   struct interval *ci)
{
	gsl_sort(stats, 1, n);
	ci->lo = gsl_stats_quantile_from_sorted_data(stats, 1, n, tail);
	ci->hi = gsl_stats_quantile_from_sorted_data(stats, 1, n, 1 - tail);
	return isfinite(ci->lo) && isfinite(ci->hi);
}

/* The median of as many values, drawn with replacement. */
static double drawn_median(gsl_rng *rng, const double *values, size_t n,
			   double *drawn)
{
	size_t i;

	for (i = 0; i < n; i++)
		drawn[i] = values[gsl_rng_uniform_int(rng, n)];
	return gsl_stats_median(drawn, 1, n);
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
	double *drawn, *medians;
	gsl_rng *rng;
	bool ok;
	size_t i;

	if (n < BOOTSTRAP_RUNS_MIN)
		return false;
	rng = new_rng(seed);
	drawn = xcalloc(n, sizeof(*drawn));
	medians = xcalloc(many, sizeof(*medians));
	for (i = 0; i < many; i++)
		medians[i] = drawn_median(rng, values, n, drawn);
	ok = bootstrap_percentiles(medians, many, bootstrap_tail(n), ci);
	free(medians);
	free(drawn);
	gsl_rng_free(rng);
	return ok;
}

static int by_round(const void *a, const void *b)
{
	const struct pair *x = a;
	const struct pair *y = b;

	return (x->round > y->round) - (x->round < y->round);
}

/*
 * The rounds that at least one of the two has a run in; NULL if nothing
 * relates their runs.
 */
static struct pair *new_pairs(const struct sample *lock,
			      const struct sample *ref, size_t *nr_pairs)
{
	size_t all = lock->n + ref->n;
	bool twice = false;
	struct pair *pairs;
	size_t common = 0;
	size_t n = 0;
	size_t i;

	if (!lock->rounds || !ref->rounds)
		return NULL;
	pairs = xcalloc(all, sizeof(*pairs));
	for (i = 0; i < lock->n; i++)
		pairs[i] = (struct pair){ lock->rounds[i], i, NO_RUN };
	for (i = 0; i < ref->n; i++)
		pairs[lock->n + i] = (struct pair){ ref->rounds[i], NO_RUN, i };
	qsort(pairs, all, sizeof(*pairs), by_round);
	for (i = 0; i < all; i++) {
		struct pair *last = n ? &pairs[n - 1] : NULL;

		if (!last || last->round != pairs[i].round) {
			pairs[n++] = pairs[i];
			continue;
		}
		common++;
		if (last->lock == NO_RUN && pairs[i].lock != NO_RUN)
			last->lock = pairs[i].lock;
		else if (last->ref == NO_RUN && pairs[i].ref != NO_RUN)
			last->ref = pairs[i].ref;
		else
			twice = true;
	}
	*nr_pairs = n;
	if (common && !twice)
		return pairs;
	free(pairs);
	return NULL;
}

/* Who does nothing in a resample is beyond every ratio. */
static double quotient(double lock, double ref)
{
	return ref > 0 ? lock / ref : INFINITY;
}

/* The ratio of the medians of as many rounds, drawn with replacement. */
static double drawn_ratio(gsl_rng *rng, const struct pair *pairs, size_t n,
			  const struct sample *lock, const struct sample *ref,
			  double *locks, double *refs)
{
	size_t nr_locks, nr_refs, i;

	do {
		nr_locks = 0;
		nr_refs = 0;
		for (i = 0; i < n; i++) {
			const struct pair *p =
				&pairs[gsl_rng_uniform_int(rng, n)];

			if (p->lock != NO_RUN)
				locks[nr_locks++] = lock->values[p->lock];
			if (p->ref != NO_RUN)
				refs[nr_refs++] = ref->values[p->ref];
		}
	} while (!nr_locks || !nr_refs);
	return quotient(gsl_stats_median(locks, 1, nr_locks),
			gsl_stats_median(refs, 1, nr_refs));
}

/**
 * bootstrap_ratio() - Interval of the ratio of two medians
 * @lock: what is compared; finite numbers that are not negative
 * @ref: what it is compared to; the same
 * @seed: the same seed and samples give the same interval
 * @ci: receives the interval of 95 % of median of @lock / median of @ref
 *
 * Return: false if one of the two has fewer than BOOTSTRAP_RUNS_MIN runs, or
 * if @ref is 0 so often that the ratio has no upper end.
 */
bool bootstrap_ratio(const struct sample *lock, const struct sample *ref,
		     uint64_t seed, struct interval *ci)
{
	size_t all = lock->n + ref->n;
	size_t many = bootstrap_resamples(all / 2);
	double *locks, *refs, *ratios;
	struct pair *pairs;
	size_t n = 0;
	gsl_rng *rng;
	bool ok;
	size_t i;

	if (lock->n < BOOTSTRAP_RUNS_MIN || ref->n < BOOTSTRAP_RUNS_MIN)
		return false;
	rng = new_rng(seed);
	pairs = new_pairs(lock, ref, &n);
	locks = xcalloc(all, sizeof(*locks));
	refs = xcalloc(all, sizeof(*refs));
	ratios = xcalloc(many, sizeof(*ratios));
	for (i = 0; i < many; i++) {
		if (pairs) {
			ratios[i] = drawn_ratio(rng, pairs, n, lock, ref, locks,
						refs);
			continue;
		}
		ratios[i] =
			quotient(drawn_median(rng, lock->values, lock->n,
					      locks),
				 drawn_median(rng, ref->values, ref->n, refs));
	}
	ok = bootstrap_percentiles(ratios, many, TAIL, ci);
	free(ratios);
	free(refs);
	free(locks);
	free(pairs);
	gsl_rng_free(rng);
	return ok;
}
