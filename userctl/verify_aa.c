// SPDX-License-Identifier: GPL-2.0
/*
 * A lock compared with itself. Whatever difference is found comes from the
 * machine and from the method, so none must be found. A verdict at the 5 % level
 * is wrong once in 20 times even where both are right. Pure.
 */
#include <stdio.h>
#include <string.h>

#include "jpath.h"
#include "ratio.h"
#include "sample.h"
#include "units.h"
#include "verify.h"

static bool meaningless(struct json_object *run)
{
	return !strcmp(jpath_text_or(run, "certificate.times", ""),
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
 * verify_judge_aa() - Judge runs of one lock that are said to be of two
 * @list: list that receives the proof
 * @a: runs of one side, each with its repeat
 * @b: runs of the other
 * @n: number of each
 */
void verify_judge_aa(struct json_object *list, struct json_object *const *a,
		     struct json_object *const *b, size_t n)
{
	struct sample x = sample_of_runs(a, n);
	struct sample y = sample_of_runs(b, n);
	char got[128], share[UNITS_MAX];
	const char *proven = "NOT";
	struct ratio r;

	if (!ratio_make(&x, &y, 1, &r))
		r.verdict = RATIO_FEW;
	if (r.verdict == RATIO_FEW) {
		snprintf(got, sizeof(got), "%zu and %zu good runs: too few",
			 x.n, y.n);
	} else if (r.verdict == RATIO_SAME) {
		snprintf(got, sizeof(got), "no difference within %s",
			 units_percent(share, r.within));
		proven = "ok";
	} else {
		snprintf(got, sizeof(got), "%s, ratio %.3f (%.3f to %.3f)",
			 ratio_word(r.verdict), r.value, r.ci.lo, r.ci.hi);
	}
	if (n && meaningless(a[0]))
		proven = "not judged";
	verify_add(list, "mutex against itself", "no difference", got, proven);
	sample_free(&x);
	sample_free(&y);
}
