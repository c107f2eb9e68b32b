// SPDX-License-Identifier: GPL-2.0
/*
 * A lock compared with itself. Whatever difference is found comes from the
 * machine and from the method, so none must be found. But a verdict at the 5 %
 * level is wrong once in 20 times even where both are right, and a proof must
 * not fail by chance.
 *
 * So a set of VERIFY_ROUNDS rounds that shows a difference is followed by
 * another, up to VERIFY_SETS, and only if all of them show it in the same
 * direction is the proof a failure. Which side goes first is tossed anew for
 * each round, so without a difference the signs of the rounds are tosses of that
 * coin, whatever the machine does: one side is called faster in a set with the
 * probability 25 / 1024 (ten rounds, the critical value 8), and the same one of
 * the two in three sets with 2 (25 / 1024)^3 = 0.00003. A difference that is
 * there, because a slot or a label is not treated as the other, is found by all
 * sets.
 *
 * A set with too few good runs says nothing, and another is tried. Pure.
 */
#include <stdio.h>
#include <string.h>

#include "base/json.h"
#include "base/units.h"
#include "result/sample_runs.h"
#include "stats/ratio.h"
#include "stats/sample.h"
#include "verify.h"

static bool meaningless(struct json_object *run)
{
	return !strcmp(json_text_or(run, "certificate.times", ""),
		       "meaningless");
}

/**
 * verify_add() - Add a proof
 * @list: list to add to
 * @what: what was done
 * @expected: what had to come of it
 * @got: what came of it
 * @proven: "ok", "NOT" or "not judged"
 */
void verify_add(struct json_object *list, const char *what,
		const char *expected, const char *got, const char *proven)
{
	struct json_object *o = json_object_new_object();

	json_object_object_add(o, "what", json_object_new_string(what));
	json_object_object_add(o, "expected", json_object_new_string(expected));
	json_object_object_add(o, "got", json_object_new_string(got));
	json_object_object_add(o, "proven", json_object_new_string(proven));
	json_object_array_add(list, o);
}

/**
 * verify_aa_add() - Judge a set of runs
 * @aa: the sets so far, fewer than VERIFY_SETS
 * @a: runs of one side, each with its repeat
 * @b: runs of the other
 * @n: number of each, at least 1
 */
void verify_aa_add(struct verify_aa *aa, struct json_object *const *a,
		   struct json_object *const *b, size_t n)
{
	struct sample x = sample_of_runs(a, n);
	struct sample y = sample_of_runs(b, n);

	if (!ratio_make(&x, &y, &aa->last))
		aa->last.verdict = RATIO_FEW;
	aa->sets[aa->n++] = aa->last.verdict;
	aa->good[0] = x.n;
	aa->good[1] = y.n;
	aa->any_good |= x.n && y.n;
	aa->meaningless |= meaningless(a[0]);
	sample_free(&x);
	sample_free(&y);
}

/* Did a set show no difference, or two the opposite of each other? */
static bool is_refuted(const struct verify_aa *aa)
{
	bool faster = false, slower = false;
	size_t i;

	for (i = 0; i < aa->n; i++) {
		if (aa->sets[i] == RATIO_SAME)
			return true;
		faster |= aa->sets[i] == RATIO_FASTER;
		slower |= aa->sets[i] == RATIO_SLOWER;
	}
	return faster && slower;
}

/**
 * verify_aa_again() - Is another set needed?
 * @aa: the sets so far
 */
bool verify_aa_again(const struct verify_aa *aa)
{
	return aa->n < VERIFY_SETS && !is_refuted(aa) && !aa->meaningless;
}

static bool is_few(const struct verify_aa *aa)
{
	size_t i;

	for (i = 0; i < aa->n; i++)
		if (aa->sets[i] == RATIO_FEW)
			return true;
	return false;
}

/**
 * verify_aa_judge() - Judge all sets
 * @aa: the sets, until verify_aa_again() is false
 * @list: list that receives the proof
 */
void verify_aa_judge(const struct verify_aa *aa, struct json_object *list)
{
	const struct ratio *r = &aa->last;
	char got[160], share[UNITS_MAX], sets[40] = "";
	const char *proven = "NOT";

	if (aa->n > 1)
		snprintf(sets, sizeof(sets), "; set %zu of at most %d", aa->n,
			 VERIFY_SETS);
	if (r->verdict == RATIO_FEW)
		snprintf(got, sizeof(got), "%zu and %zu good runs: too few%s",
			 aa->good[0], aa->good[1], sets);
	else if (r->verdict == RATIO_SAME)
		snprintf(got, sizeof(got), "no difference within %s%s",
			 units_percent(share, r->within), sets);
	else
		snprintf(got, sizeof(got), "%s, ratio %.3f (%.3f to %.3f)%s%s",
			 ratio_word(r->verdict), r->value, r->ci.lo, r->ci.hi,
			 is_refuted(aa) ? ", but not in another set" : "",
			 sets);
	if (aa->meaningless)
		proven = "not judged";
	else if (is_refuted(aa))
		proven = "ok";
	else if (is_few(aa) && aa->any_good)
		proven = "not judged";
	verify_add(list, "mutex against itself", "no difference", got, proven);
}
