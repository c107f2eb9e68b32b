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

#include "base/json.h"
#include "checks.h"
#include "row.h"

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

	json_add_text(o, "name", c->name);
	json_object_object_add(o, "value", c->value);
	json_add_text(o, "verdict", verdicts[c->verdict]);
	if (c->verdict != CHECK_OK) {
		json_add_text(o, "why", c->why);
		if (c->todo)
			json_add_text(o, "todo", c->todo);
	}
	json_object_array_add(list, o);
}

/**
 * checks_add_text() - Add a line whose value is a text
 * @list: list to add to
 * @name: as in struct check
 * @value: the text
 * @verdict: as in struct check
 * @why: likewise
 * @todo: likewise
 */
void checks_add_text(struct json_object *list, const char *name,
		     const char *value, enum check_verdict verdict,
		     const char *why, const char *todo)
{
	struct check c = { name, json_object_new_string(value), verdict, why,
			   todo };

	checks_add(list, &c);
}

/**
 * checks_meaningless() - Is there a run whose times mean nothing?
 * @doc: document with runs
 */
bool checks_meaningless(struct json_object *doc)
{
	struct json_object *run;
	size_t i;

	json_for_each(i, run, json_array(doc, "runs"))
		if (run_is_emulated(run))
			return true;
	return false;
}

/**
 * checks_make() - Judge a document
 * @doc: document with environment and runs
 *
 * Return: new array; an object per line with name, value, verdict and, if that
 * is not ok, why and perhaps todo. First the runs, then the sentinel, then the
 * machine.
 */
struct json_object *checks_make(struct json_object *doc)
{
	struct json_object *list = json_object_new_array();

	checks_runs(list, doc);
	checks_sentinel(list, doc);
	checks_machine(list, doc);
	return list;
}
