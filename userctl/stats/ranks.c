// SPDX-License-Identifier: GPL-2.0
/*
 * The distributions of two statistics without an effect (M. Hollander, D. A.
 * Wolfe, Nonparametric Statistical Methods, 1999, sections 3.1 and 4.1).
 *
 * Wilcoxon's signed rank statistic of n differences: each rank from 1 to n is in
 * the sum or not, with probability 1/2 and independently of the others:
 *
 *	p(n, t) = 1/2 p(n-1, t) + 1/2 p(n-1, t-n)
 *
 * U of Mann and Whitney, of m and n values: the largest of all is one of the m
 * with probability m / (m+n), and is then larger than all n of the others:
 *
 *	p(m, n, u) = m / (m+n) p(m-1, n, u-n) + n / (m+n) p(m, n-1, u)
 *
 * All terms are positive, so that nothing cancels. Both are symmetric. Beyond
 * SIGNED_EXACT differences, and from U_EXACT values of a sample on, the normal
 * distribution is used, half a step off for continuity. Pure.
 */
#include <gsl/gsl_cdf.h>
#include <math.h>

#include "base/xalloc.h"
#include "ranks.h"

#define SIGNED_EXACT 200
#define U_EXACT 50

static void accumulate(double *p, size_t n)
{
	size_t i;

	for (i = 1; i < n; i++)
		p[i] += p[i - 1];
}

/**
 * ranks_signed() - Distribution of the signed rank statistic
 * @n: number of differences
 *
 * Return: the distribution; free with ranks_free().
 */
struct ranks ranks_signed(size_t n)
{
	struct ranks r = { NULL, n * (n + 1.0) / 2,
			   sqrt(n * (n + 1.0) * (2 * n + 1.0) / 24) };
	size_t width = r.pairs + 1;
	size_t i, t;

	if (n > SIGNED_EXACT)
		return r;
	r.below = xcalloc(width, sizeof(*r.below));
	r.below[0] = 1;
	for (i = 1; i <= n; i++)
		for (t = i * (i + 1) / 2 + 1; t-- > 0;)
			r.below[t] =
				(r.below[t] + (t < i ? 0 : r.below[t - i])) / 2;
	accumulate(r.below, width);
	return r;
}

/**
 * ranks_u() - Distribution of the U statistic
 * @m: size of one sample
 * @n: size of the other
 *
 * Return: the distribution; free with ranks_free().
 */
struct ranks ranks_u(size_t m, size_t n)
{
	struct ranks r = { NULL, m * (double)n,
			   sqrt(m * (double)n * (m + n + 1.0) / 12) };
	size_t width = r.pairs + 1;
	size_t i, j, k;
	double *p;

	if (m >= U_EXACT || n >= U_EXACT)
		return r;
	/* Row i is p(i, j, .); the row above it is already that of this j. */
	p = xcalloc((m + 1) * width, sizeof(*p));
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
	r.below = xcalloc(width, sizeof(*r.below));
	memcpy(r.below, p + m * width, width * sizeof(*p));
	free(p);
	accumulate(r.below, width);
	return r;
}

/**
 * ranks_tail() - How likely are values up to a bound?
 * @r: the distribution
 * @at_most: the bound, a whole number below the mean
 */
double ranks_tail(const struct ranks *r, double at_most)
{
	if (at_most < 0)
		return 0;
	if (at_most >= r->pairs)
		return 1;
	if (r->below)
		return r->below[(size_t)at_most];
	return gsl_cdf_ugaussian_P((at_most + 0.5 - r->pairs / 2) / r->sd);
}

/**
 * ranks_critical() - Up to which value is the tail thin enough?
 * @r: the distribution
 * @tail: the probability that is allowed, below 1/2
 *
 * Return: the largest value whose ranks_tail() is at most @tail; -1: none.
 */
double ranks_critical(const struct ranks *r, double tail)
{
	double thin = -1;
	double thick = ceil(r->pairs / 2) + 1;

	while (thick - thin > 1) {
		double mid = floor((thin + thick) / 2);

		if (ranks_tail(r, mid) <= tail)
			thin = mid;
		else
			thick = mid;
	}
	return thin;
}

/**
 * ranks_free() - Free a distribution
 * @r: distribution to empty
 */
void ranks_free(struct ranks *r)
{
	free(r->below);
	*r = (struct ranks){ 0 };
}
