// SPDX-License-Identifier: GPL-2.0
/*
 * The runs of a cell are repeats of one thing, or of one thing with different
 * locks. A file can hold others: runs that lost a CPU between them, or that
 * were put together by hand. They make no row. Knobs are the locks' own. Pure.
 */
#include <string.h>

#include "alike.h"
#include "base/cpulist.h"
#include "base/json.h"

/**
 * alike_is_invalid() - Does a run say nothing?
 * @run: the run
 */
bool alike_is_invalid(struct json_object *run)
{
	return json_is(run, "verdict", "INVALID");
}

static bool is_equal(const char *name, const char *x, const char *y)
{
	return !strcmp(x, y) || (!strcmp(name, "cpus") && cpulist_equal(x, y));
}

/**
 * alike_runs() - Do two runs have the same parameters, but for their locks?
 * @a: a run
 * @b: another
 * @d: receives the first difference
 *
 * What only one of them says counts as the same.
 */
bool alike_runs(struct json_object *a, struct json_object *b,
		struct alike_difference *d)
{
	struct json_object *x = json_object_at(a, "params");
	struct json_object *y = json_object_at(b, "params");

	*d = (struct alike_difference){ 0 };
	if (!x || !y)
		return true;
	json_object_object_foreach(x, name, val)
	{
		struct json_object *other;

		if (!strcmp(name, "lock") ||
		    json_object_is_type(val, json_type_object) ||
		    !json_object_object_get_ex(y, name, &other) || !val ||
		    !other)
			continue;
		*d = (struct alike_difference){
			.a = a,
			.b = b,
			.name = name,
			.x = json_object_get_string(val),
			.y = json_object_get_string(other),
		};
		if (!is_equal(name, d->x, d->y))
			return false;
	}
	*d = (struct alike_difference){ 0 };
	return true;
}

/**
 * alike_firsts() - The runs that the others of their cells are held against
 * @doc: the document
 * @key: what such a run must have
 *
 * Return: new object; for each cell its first run that is not INVALID.
 */
struct json_object *alike_firsts(struct json_object *doc, const char *key)
{
	struct json_object *firsts = json_object_new_object();
	struct json_object *run, *unused;
	size_t i;

	json_for_each(i, run, json_array(doc, "runs")) {
		const char *cell = json_text_or(run, "cell", "0");

		if (!alike_is_invalid(run) && json_find(run, key, &unused) &&
		    !json_object_object_get_ex(firsts, cell, &unused))
			json_object_object_add(firsts, cell,
					       json_object_get(run));
	}
	return firsts;
}

/**
 * alike_find() - Find runs of one cell that have different parameters
 * @doc: the document
 * @d: receives the first two of them
 *
 * An INVALID run takes no part in a row, and so in no difference.
 */
void alike_find(struct json_object *doc, struct alike_difference *d)
{
	struct json_object *firsts = alike_firsts(doc, "params");
	struct json_object *run, *first;
	size_t i;

	*d = (struct alike_difference){ 0 };
	json_for_each(i, run, json_array(doc, "runs")) {
		const char *cell = json_text_or(run, "cell", "0");

		if (!alike_is_invalid(run) &&
		    json_object_object_get_ex(firsts, cell, &first) &&
		    !alike_runs(first, run, d))
			break;
	}
	json_object_put(firsts);
}
