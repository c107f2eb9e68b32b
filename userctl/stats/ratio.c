// SPDX-License-Identifier: GPL-2.0
/*
 * A lock against a reference: the size of the effect with its interval, not
 * only whether there is one (T. Kalibera, R. Jones, ISMM 2013). A difference is
 * called one if two methods that fail in different ways agree on it: the
 * interval of the ratio of medians excludes 1, and the U test finds it at 5 %.
 * The interval of few runs is a little too short (see bootstrap.c) and the U
 * test, exact for few runs, keeps the rate of false differences below 5 %; a
 * difference of the distributions that is none of their medians is stopped by
 * the interval.
 *
 * What is not shown to be different is not shown to be equal. So "no
 * difference" comes with the bound beyond which the interval does exclude one:
 * 2 % is an answer, 40 % is a call for more runs. Pure.
 */
#include <math.h>

#include "ratio.h"
#include "stats.h"
#include "utest.h"
#include "xalloc.h"

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

static enum ratio_verdict verdict_of(const struct ratio *r)
{
	if (r->p <= RATIO_P_MAX && r->ci.lo > 1)
		return RATIO_FASTER;
	if (r->p <= RATIO_P_MAX && r->ci.hi < 1)
		return RATIO_SLOWER;
	return RATIO_SAME;
}

/* As ratio_make(), of samples that are usable. */
static bool make(const struct sample *lock, const struct sample *ref,
		 uint64_t seed, struct ratio *r)
{
	double median;

	*r = (struct ratio){ .verdict = RATIO_FEW };
	if (!lock->n || !ref->n)
		return false;
	median = stats_range(ref->values, ref->n).median;
	if (!(median > 0))
		return false;
	r->value = stats_range(lock->values, lock->n).median / median;
	if (!isfinite(r->value))
		return false;
	if (!bootstrap_ratio(lock, ref, seed, &r->ci))
		return true;
	r->p = utest_make(lock->values, lock->n, ref->values, ref->n).p;
	r->within = fmax(fabs(1 - r->ci.lo), fabs(r->ci.hi - 1));
	r->verdict = verdict_of(r);
	return true;
}

/**
 * ratio_make() - Compare a lock with a reference
 * @lock: throughputs of the lock
 * @ref: throughputs of the reference; if both have rounds, these are the same
 *	 rounds
 * @seed: the same seed and samples give the same interval
 * @r: receives the comparison
 *
 * Values that are no numbers, infinite or negative are left out. RATIO_FEW also
 * stands for a reference that is 0 in so many runs that the ratio has no upper
 * end.
 *
 * Return: false if there is no ratio: no value of one of the two, or a
 * reference whose median is 0.
 */
bool ratio_make(const struct sample *lock, const struct sample *ref,
		uint64_t seed, struct ratio *r)
{
	struct sample a = usable(lock);
	struct sample b = usable(ref);
	bool ok = make(&a, &b, seed, r);

	sample_free(&a);
	sample_free(&b);
	return ok;
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
