// SPDX-License-Identifier: GPL-2.0
/*
 * The Mann-Whitney U test (H. B. Mann, D. R. Whitney, On a Test of Whether One
 * of Two Random Variables is Stochastically Larger than the Other, 1947; also
 * known as Wilcoxon's rank sum test). It sees ranks only, so that no value, be
 * it ever so far off, can decide it alone.
 *
 * If all orders of m + n different values are equally likely, u of them have
 * the probability p(m, n, u). The largest of all values is one of the m with
 * probability m / (m + n), and is then larger than all n of the others:
 *
 *	p(m, n, u) = m / (m+n) p(m-1, n, u-n) + n / (m+n) p(m, n-1, u)
 *
 * All terms are positive, so that nothing cancels. Where values are equal, or
 * with 50 and more of them, u is taken to be normal, with the variance that
 * equal values leave and half a step off for continuity (M. Hollander, D. A.
 * Wolfe, Nonparametric Statistical Methods, 1999, section 4.1); the rule is
 * that of R's wilcox.test, whose answers the tests compare with.
 *
 * Limits: the runs of a round are taken as if nothing related them. What the
 * rounds have in common adds to the spread of both samples alike: the test then
 * finds less, but not what is not there. Pure.
 */
#include <gsl/gsl_cdf.h>
#include <math.h>

#include "utest.h"
#include "xalloc.h"

#define EXACT_BELOW 50

struct ranked {
	double value;
	bool first; /* of the first sample */
};

static int by_value(const void *a, const void *b)
{
	const struct ranked *x = a;
	const struct ranked *y = b;

	return (x->value > y->value) - (x->value < y->value);
}

/*
 * Sum of the ranks, from 1, of the first sample; equal values share the mean of
 * theirs. @ties receives the sum of t^3 - t over all groups of t equal values.
 */
static double rank_sum(const struct ranked *all, size_t n, double *ties)
{
	double sum = 0;
	size_t i, j, k;

	*ties = 0;
	for (i = 0; i < n; i = j) {
		double t;

		for (j = i + 1; j < n && all[j].value == all[i].value;)
			j++;
		t = j - i;
		*ties += t * t * t - t;
		for (k = i; k < j; k++)
			if (all[k].first)
				sum += (i + 1 + j) / 2.0;
	}
	return sum;
}

/*
 * Probability of at most @u. Row i of the table is p(i, j, .) for the j that
 * the outer loop is at; the row above it is already that of this j.
 */
static double exact_below(size_t m, size_t n, size_t u)
{
	size_t width = m * n + 1;
	double *p = xcalloc((m + 1) * width, sizeof(*p));
	double sum = 0;
	size_t i, j, k;

	for (i = 0; i <= m; i++)
		p[i * width] = 1; /* n = 0 */
	for (j = 1; j <= n; j++) {
		for (i = 1; i <= m; i++) {
			double *row = p + i * width;
			const double *above = row - width;
			double share = (double)i / (i + j);

			for (k = i * j + 1; k-- > 0;)
				row[k] = (1 - share) * row[k] +
					 (k < j ? 0 : share * above[k - j]);
		}
	}
	for (k = 0; k <= u; k++)
		sum += p[m * width + k];
	free(p);
	return sum;
}

/* Two-sided, for u that is @off from its mean. */
static double normal_p(double m, double n, double off, double ties)
{
	double all = m + n;
	double var = m * n / 12 * (all + 1 - ties / (all * (all - 1)));
	double z = fmax(off - 0.5, 0) / sqrt(var);

	return var > 0 ? fmin(2 * gsl_cdf_ugaussian_Q(z), 1) : 1;
}

/**
 * utest_make() - Compare two samples
 * @x: first sample, in any order and unit; no NaN
 * @nx: its size, at least 1
 * @y: second sample
 * @ny: its size, at least 1
 *
 * Return: the outcome; p is 1 if all values are equal.
 */
struct utest utest_make(const double *x, size_t nx, const double *y, size_t ny)
{
	struct ranked *all = xcalloc(nx + ny, sizeof(*all));
	double mean = nx * (double)ny / 2;
	struct utest t;
	double ties, off;
	size_t i;

	for (i = 0; i < nx; i++)
		all[i] = (struct ranked){ x[i], true };
	for (i = 0; i < ny; i++)
		all[nx + i] = (struct ranked){ y[i], false };
	qsort(all, nx + ny, sizeof(*all), by_value);
	t.u = rank_sum(all, nx + ny, &ties) - nx * (nx + 1.0) / 2;
	free(all);
	off = fabs(t.u - mean);
	t.exact = nx < EXACT_BELOW && ny < EXACT_BELOW && ties == 0;
	if (t.exact)
		t.p = fmin(2 * exact_below(nx, ny, mean - off), 1);
	else
		t.p = normal_p(nx, ny, off, ties);
	return t;
}
