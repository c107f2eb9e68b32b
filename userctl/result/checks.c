// SPDX-License-Identifier: GPL-2.0
/*
 * The certificate of a document: one line for everything that is known to
 * spoil such measurements, judged over all of its runs.
 *
 * Problem: a number does not show that it was made on a busy machine, at a
 * clock rate that wandered, or by threads that were not all there. Whoever
 * reads it later must be told by the result itself.
 *
 * Invariants: a line is there only if what it judges is known, so an absent
 * line is no "ok"; INVALID and FAILED come from what a run says of itself and
 * never from the machine, which is only worth a warning; the module's own
 * verdict is not weakened: its worst is the line "verdict".
 *
 * Limits: what the machine was like is read once, before the first run.
 *
 * What to look at follows the guards of other lock benchmarks: clock rate and
 * full concurrency of lockhammer, the reference lock of refscale. Pure.
 */
#include <string.h>

#include "checks.h"
#include "jpath.h"

static const char *const verdicts[] = {
	[CHECK_OK] = "ok",
	[CHECK_WARNING] = "warning",
	[CHECK_INVALID] = "INVALID",
	[CHECK_FAILED] = "FAILED",
};

/**
 * checks_add() - Add a line
 * @list: list to add to
 * @c: the line
 */
void checks_add(struct json_object *list, const struct check *c)
{
	struct json_object *o = json_object_new_object();

	json_object_object_add(o, "name", json_object_new_string(c->name));
	json_object_object_add(o, "value", c->value);
	json_object_object_add(o, "verdict",
			       json_object_new_string(verdicts[c->verdict]));
	if (c->verdict != CHECK_OK) {
		json_object_object_add(o, "why",
				       json_object_new_string(c->why));
		if (c->todo)
			json_object_object_add(o, "todo",
					       json_object_new_string(c->todo));
	}
	json_object_array_add(list, o);
}

/**
 * checks_meaningless() - Is there a run whose times mean nothing?
 * @doc: document with runs
 */
bool checks_meaningless(struct json_object *doc)
{
	struct json_object *runs = jpath_array(doc, "runs");
	size_t i;

	for (i = 0; i < jpath_length(runs); i++)
		if (!strcmp(jpath_text_or(json_object_array_get_idx(runs, i),
					  "certificate.times", ""),
			    "meaningless"))
			return true;
	return false;
}

/**
 * checks_make() - Judge a document
 * @doc: document with environment and runs
 *
 * Return: new array; an object per line with name, value, verdict and, if that
 * is not ok, why and perhaps todo. First the runs, then the machine.
 */
struct json_object *checks_make(struct json_object *doc)
{
	struct json_object *list = json_object_new_array();

	checks_runs(list, doc);
	checks_machine(list, doc);
	return list;
}
