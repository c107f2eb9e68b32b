// SPDX-License-Identifier: GPL-2.0
/*
 * Shifts by ranks: an estimate, an interval and a test that are one thing.
 *
 * Paired: n differences, and all averages of two of them, each also with itself
 * (Walsh averages). Wilcoxon's signed rank statistic is the number of those
 * above 0 (J. W. Tukey, 1949). Unpaired: all differences of a value of one
 * sample and one of the other; U of Mann and Whitney is the number of those
 * above 0. In both cases the estimate is the median of these numbers (J. L.
 * Hodges, E. L. Lehmann, Estimates of Location Based on Rank Tests, 1963), and
 * the interval is what the test does not reject: from the c+1st smallest number
 * to the c+1st largest, where c is the critical value (M. Hollander, D. A. Wolfe,
 * Nonparametric Statistical Methods, 1999, sections 3.2, 3.3, 4.2, 4.3). So the
 * interval excludes 0 exactly if the test rejects it.
 *
 * Ties and zeros. A number that is 0 speaks against an effect on either side:
 * it counts among those below for an effect above and among those above for
 * one below, and the distribution is that of data without ties. The interval
 * with its ends included then holds the true shift at least as often as without
 * ties (G. E. Noether, Wilcoxon Confidence Intervals for Location Parameters in
 * the Discrete Case, 1967). This ranks zeros with the others, as J. W. Pratt
 * (1959) does, instead of dropping them, and then takes the side of no effect.
 *
 * What the paired test takes for granted: without an effect the sign of each
 * difference is a toss of a coin. Nothing is asked of their sizes, which may be
 * anything, and another in each round.
 *
 * How many. The smallest two-sided p of n differences is 2 / 2^n: 0.0625 for 5,
 * no choice of ends gives 95 %; for 6 it is 0.03125, and the interval goes from
 * the smallest difference to the largest.
 *
 * The k-th smallest number is found by bisection over the doubles: how many
 * are not above one can be counted in a pass over the sorted values. There is
 * no table of all numbers, which would be half a million for 1000 runs. Pure.
 */
#include <gsl/gsl_sort.h>
#include <math.h>
#include <stdint.h>

#include "base/xalloc.h"
#include "ranks.h"
#include "shift.h"

/**
 * struct numbers - The numbers that are counted
 * @x: sorted values
 * @nx: how many
 * @y: sorted values of the other sample; NULL: paired
 * @ny: how many
 */
struct numbers {
	double *x;
	size_t nx;
	double *y;
	size_t ny;
};

/* Averages i, j >= i that are not above @v. */
static double walsh_up_to(const struct numbers *p, double v)
{
	size_t end = p->nx;
	double count = 0;
	size_t i;

	for (i = 0; i < end; i++) {
		while (end > i && (p->x[i] + p->x[end - 1]) / 2 > v)
			end--;
		count += end - i;
	}
	return count;
}

static double count_up_to(const struct numbers *p, double v)
{
	double count = 0;
	size_t j = 0;
	size_t i;

	if (!p->y)
		return walsh_up_to(p, v);
	for (i = 0; i < p->nx; i++) {
		while (j < p->ny && p->x[i] - p->y[j] > v)
			j++;
		count += p->ny - j;
	}
	return count;
}

/* Whole numbers in the order of the doubles they stand for; no NaN. */
static int64_t index_of(double v)
{
	int64_t bits;

	memcpy(&bits, &v, sizeof(bits));
	return bits < 0 ? INT64_MIN - bits : bits;
}

static double double_at(int64_t index)
{
	int64_t bits = index < 0 ? INT64_MIN - index : index;
	double v;

	memcpy(&v, &bits, sizeof(v));
	return v;
}

/* The @k-th smallest number, from 1. */
static double select_number(const struct numbers *p, double k)
{
	double least = p->y ? p->x[0] - p->y[p->ny - 1] : p->x[0];
	double most = p->y ? p->x[p->nx - 1] - p->y[0] : p->x[p->nx - 1];
	int64_t lo = index_of(least);
	int64_t hi = index_of(most);

	while (lo < hi) {
		int64_t mid = (lo & hi) + ((lo ^ hi) >> 1);

		if (count_up_to(p, double_at(mid)) >= k)
			hi = mid;
		else
			lo = mid + 1;
	}
	return double_at(hi);
}

static struct shift make(const struct numbers *p, const struct ranks *r)
{
	double not_above = count_up_to(p, 0);
	double not_below = r->pairs - count_up_to(p, nextafter(0, -1));
	double c = ranks_critical(r, SHIFT_P_MAX / 2);
	struct shift s = { .known = c >= 0 };
	double middle = floor(r->pairs / 2);

	s.value = select_number(p, middle + 1);
	if (middle * 2 == r->pairs)
		s.value = (s.value + select_number(p, middle)) / 2;
	s.p = fmin(2 * ranks_tail(r, fmin(not_above, not_below)), 1);
	if (s.known) {
		s.ci.lo = select_number(p, c + 1);
		s.ci.hi = select_number(p, r->pairs - c);
	}
	return s;
}

static double *sorted(const double *values, size_t n)
{
	double *copy = xcalloc(n, sizeof(*copy));

	memcpy(copy, values, n * sizeof(*copy));
	gsl_sort(copy, 1, n);
	return copy;
}

/**
 * shift_paired() - Are differences above 0, or below?
 * @diffs: finite numbers in any order
 * @n: how many, at least 1
 *
 * Return: the shift; with an interval from 6 differences on.
 */
struct shift shift_paired(const double *diffs, size_t n)
{
	struct numbers p = { .x = sorted(diffs, n), .nx = n };
	struct ranks r = ranks_signed(n);
	struct shift s = make(&p, &r);

	ranks_free(&r);
	free(p.x);
	return s;
}

/**
 * shift_unpaired() - How far are values above those of another sample?
 * @x: finite numbers in any order
 * @nx: how many, at least 1
 * @y: the other sample
 * @ny: how many, at least 1
 *
 * Return: the shift; with an interval if one of all orders in 40 is an extreme
 * one: from 4 values of both on.
 */
struct shift shift_unpaired(const double *x, size_t nx, const double *y,
			    size_t ny)
{
	struct numbers p = { sorted(x, nx), nx, sorted(y, ny), ny };
	struct ranks r = ranks_u(nx, ny);
	struct shift s = make(&p, &r);

	ranks_free(&r);
	free(p.y);
	free(p.x);
	return s;
}
