// SPDX-License-Identifier: GPL-2.0
/*
 * A lock against a reference: the size of the effect with its interval, not
 * only whether there is one (T. Kalibera, R. Jones, ISMM 2013). All of it is
 * made from logarithms of throughputs, so that a ratio and its inverse have the
 * same interval, and from ranks, so that no run can decide it alone.
 *
 * A round has one run of each lock, close in time, in random order: what
 * disturbs it reaches both. Where the two were run in the same rounds, the
 * ratios of the rounds are tested, and a machine that drifts is in none of them:
 * Wilcoxon's signed rank test. A round in which one of the two has no good run
 * is left out. Where the two have no round in common, or one has a round twice,
 * nothing relates their runs: the test of Mann and Whitney. The ratio is the
 * estimate of Hodges and Lehmann that belongs to the test, and the interval is
 * the inverse of the test (see shift.c): a lock is called faster or slower
 * exactly if the interval excludes 1.
 *
 * What is not shown to be different is not shown to be equal. So "no
 * difference" comes with the bound beyond which the interval does exclude one:
 * 2 % is an answer, 40 % is a call for more runs. Pure.
 */
#include <math.h>

#include "base/xalloc.h"
#include "ratio.h"
#include "shift.h"
#include "stats.h"

/* What a ratio can be made from; runs of a damaged file may hold anything. */
static struct sample usable(const struct sample *s)
{
	struct sample u = { xcalloc(s->n, sizeof(*u.values)), NULL, 0 };
	size_t i;

	if (s->rounds)
		u.rounds = xcalloc(s->n, sizeof(*u.rounds));
	for (i = 0; i < s->n; i++) {
		if (!isfinite(s->values[i]) || s->values[i] < 0)
			continue;
		u.values[u.n] = s->values[i];
		if (u.rounds)
			u.rounds[u.n] = s->rounds[i];
		u.n++;
	}
	return u;
}

/* Beyond the logarithm of every double, and small enough to be averaged. */
#define LOG_OF_ZERO -1e6

static double log_of(double v)
{
	return v > 0 ? log(v) : LOG_OF_ZERO;
}

/* Differences of logarithms, a round each; NULL if nothing relates the two. */
static double *new_diffs(const struct sample *lock, const struct sample *ref,
			 size_t *n)
{
	struct sample a, b;
	double *diffs = NULL;
	size_t i;

	*n = sample_pair(lock, ref, &a, &b);
	if (*n)
		diffs = xcalloc(*n, sizeof(*diffs));
	for (i = 0; i < *n; i++)
		diffs[i] = a.values[i] == b.values[i] ?
				   0 :
				   log_of(a.values[i]) - log_of(b.values[i]);
	sample_free(&a);
	sample_free(&b);
	return diffs;
}

static double *new_logs(const struct sample *s)
{
	double *logs = xcalloc(s->n, sizeof(*logs));
	size_t i;

	for (i = 0; i < s->n; i++)
		logs[i] = log_of(s->values[i]);
	return logs;
}

/* The shift of the logarithms; returns the number of runs that it is from. */
static size_t shift_of(const struct sample *lock, const struct sample *ref,
		       struct ratio *r, struct shift *shift)
{
	double *x, *y, *diffs = new_diffs(lock, ref, &r->pairs);

	if (diffs) {
		r->method = RATIO_SIGNED_RANK;
		*shift = shift_paired(diffs, r->pairs);
		free(diffs);
		return r->pairs;
	}
	r->method = RATIO_MANN_WHITNEY;
	x = new_logs(lock);
	y = new_logs(ref);
	*shift = shift_unpaired(x, lock->n, y, ref->n);
	free(x);
	free(y);
	return lock->n < ref->n ? lock->n : ref->n;
}

static enum ratio_verdict verdict_of(const struct ratio *r)
{
	if (r->ci.lo > 1)
		return RATIO_FASTER;
	if (r->ci.hi < 1)
		return RATIO_SLOWER;
	return RATIO_SAME;
}

/* As ratio_make(), of samples that are usable. */
static bool make(const struct sample *lock, const struct sample *ref,
		 struct ratio *r)
{
	struct shift shift;
	size_t n;

	*r = (struct ratio){ .verdict = RATIO_FEW };
	if (!lock->n || !ref->n ||
	    !(stats_range(ref->values, ref->n).median > 0))
		return false;
	n = shift_of(lock, ref, r, &shift);
	r->value = exp(shift.value);
	if (!isfinite(r->value))
		return false;
	r->ci = (struct interval){ exp(shift.ci.lo), exp(shift.ci.hi) };
	if (n < RATIO_RUNS_MIN || !isfinite(r->ci.hi))
		return true;
	r->p = shift.p;
	r->within = fmax(fabs(1 - r->ci.lo), fabs(r->ci.hi - 1));
	r->verdict = verdict_of(r);
	return true;
}

/**
 * ratio_make() - Compare a lock with a reference
 * @lock: throughputs of the lock
 * @ref: throughputs of the reference; if both have rounds, these are the same
 *	 rounds
 * @r: receives the comparison
 *
 * Values that are no numbers, infinite or negative are left out. RATIO_FEW also
 * stands for a reference that is 0 in so many runs that the ratio has no upper
 * end.
 *
 * Return: false if there is no ratio: no value of one of the two, or a
 * reference that is 0 in about half its runs.
 */
bool ratio_make(const struct sample *lock, const struct sample *ref,
		struct ratio *r)
{
	struct sample a = usable(lock);
	struct sample b = usable(ref);
	bool ok = make(&a, &b, r);

	sample_free(&a);
	sample_free(&b);
	return ok;
}

/**
 * ratio_method_word() - Word of the JSON for a method
 * @method: the method
 */
const char *ratio_method_word(enum ratio_method method)
{
	return method == RATIO_SIGNED_RANK ? "signed-rank" : "mann-whitney";
}

/**
 * ratio_word() - A verdict as it is written
 * @verdict: the verdict
 */
const char *ratio_word(enum ratio_verdict verdict)
{
	switch (verdict) {
	case RATIO_FEW:
		return "too few runs";
	case RATIO_SAME:
		return "no difference";
	case RATIO_FASTER:
		return "faster";
	case RATIO_SLOWER:
		return "slower";
	}
	return "?";
}
