// SPDX-License-Identifier: GPL-2.0
/*
 * Continuing a matrix: is what a file holds a part of it, was it made here, and where in
 * the sweep are its cells? Pure.
 */
#include <stdio.h>
#include <string.h>

#include "base/json.h"
#include "base/xalloc.h"
#include "doc_plan.h"
#include "resume.h"

/* @what ends in "is" or ':'. */
static bool same(const char *what, const char *old, const char *now,
		 struct msg *m)
{
	char there[MSG_QUOTE_MAX], here[MSG_QUOTE_MAX];

	if (!strcmp(old, now))
		return true;
	msg_set(m, "%s %s in the file, but %s now", what, msg_quote(there, old),
		msg_quote(here, now));
	return false;
}

/* "1, 4", to be freed. */
static char *text_of(struct json_object *values)
{
	char *text;
	size_t i;

	if (!values)
		return xstrdup("(the lock's own)");
	if (!json_object_is_type(values, json_type_array))
		return xstrdup(json_object_get_string(values));
	text = xstrdup("");
	for (i = 0; i < json_length(values); i++) {
		const char *item = json_item(values, i);

		text = variants_append(text, item ? item : "?");
	}
	return text;
}

/* The same list of a command line, to be freed. */
static char *text_of_axis(const struct axis *axis)
{
	char *text = xstrdup(axis->n ? "" : "(the lock's own)");
	size_t i;

	for (i = 0; i < axis->n; i++)
		text = variants_append(text, axis->values[i]);
	return text;
}

static size_t find_value(enum param_id id, const struct axis *axis,
			 const char *text)
{
	size_t i;

	for (i = 0; i < axis->n; i++)
		if (text && params_equal(id, axis->values[i], text))
			break;
	return i;
}

static bool leaves_cpus_open(struct json_object *values)
{
	const char *cpus = json_object_get_string(values);

	return cpus && !*cpus;
}

/*
 * Index in the axis of the i-th value of a file. A file of before CPUs were frozen leaves
 * them open; its runs say which they had.
 */
static size_t index_of(enum param_id id, const struct axis *axis,
		       struct json_object *values, size_t i)
{
	if (!axis->n || (id == PARAM_cpus && leaves_cpus_open(values)))
		return 0;
	if (json_object_is_type(values, json_type_array))
		return find_value(id, axis, json_item(values, i));
	return find_value(id, axis, json_object_get_string(values));
}

static size_t nr_values(struct json_object *values)
{
	return json_object_is_type(values, json_type_array) ?
		       json_length(values) :
		       1;
}

/* Are all values of the file among those of the command line? */
static bool has_values(const char *what, enum param_id id,
		       struct json_object *values, const struct axis *axis,
		       struct msg *m)
{
	char *old, *now;
	bool ok = !values == !axis->n;
	size_t i;

	for (i = 0; ok && values && i < nr_values(values); i++)
		ok = index_of(id, axis, values, i) < axis->n;
	if (ok)
		return true;
	old = text_of(values);
	now = text_of_axis(axis);
	same(what, old, now, m);
	free(old);
	free(now);
	return false;
}

/* Does the command line ask for at least as many? */
static bool has_rounds(struct json_object *old, const struct sweep *sw,
		       struct msg *m)
{
	struct json_object *obj;
	bool was_auto = json_find(old, "plan.auto", &obj);
	double repeats = 0;
	char now[24];

	json_number(old, "plan.repeats", &repeats);
	if (was_auto == sw->rounds.on &&
	    (was_auto || (repeats >= 1 && repeats <= sw->plan.nr_reps)))
		return true;
	snprintf(now, sizeof(now), "%zu", sw->plan.nr_reps);
	return same("-n:",
		    was_auto ? "auto" :
			       json_text_or(old, "plan.repeats", "(nothing)"),
		    sw->rounds.on ? "auto" : now, m);
}

/**
 * resume_same_plan() - Is a document a part of the matrix?
 * @old: the document, from a file
 * @sw: planned sweep
 * @m: receives the first difference
 *
 * The sweep may have more locks, values and repeats. With -n auto, precision, time and
 * number of rounds may differ: they do not change any run.
 *
 * Return: true if the sweep has the locks, values and repeats of the document.
 */
bool resume_same_plan(struct json_object *old, const struct sweep *sw,
		      struct msg *m)
{
	const struct axis *axes = sw->axes.axis;
	char what[PARAM_OPTION_MAX + 3];
	size_t i;

	if (!json_object_at(old, "plan.constants")) {
		msg_set(m,
			"has no plan that could be continued (plan.constants)");
		return false;
	}
	if (!has_values("--lock:", PARAM_lock, json_array(old, "plan.locks"),
			&axes[PARAM_lock], m))
		return false;
	for (i = 0; i < NR_PARAMS; i++) {
		snprintf(what, sizeof(what), "--%s:", params_option(i));
		if (i != PARAM_lock &&
		    !has_values(what, i, plan_values(old, params[i].name),
				&axes[i], m))
			return false;
	}
	return has_rounds(old, sw, m);
}

/**
 * resume_find_cells() - Where are the cells of a document in the sweep?
 * @old: the document, of a plan that the sweep has all values of
 * @sw: the sweep
 * @from: receives where they are; its array is to be freed
 *
 * Return: false if there are more of them than a sweep may have.
 */
bool resume_find_cells(struct json_object *old, const struct sweep *sw,
		       struct resume_cells *from)
{
	size_t i, id, rest, at, scale;

	*from = (struct resume_cells){ NULL, 1 };
	for (id = 0; id < NR_PARAMS; id++) {
		if (id != PARAM_lock)
			from->n *= nr_values(plan_values(old, params[id].name));
		if (!from->n || from->n > PLAN_STEPS_MAX)
			return false;
	}
	from->cell = xcalloc(from->n, sizeof(*from->cell));
	for (i = 0; i < from->n; i++) {
		rest = i;
		scale = 1;
		/* As in plan_value(): the last one changes fastest. */
		for (id = NR_PARAMS; id-- > 0;) {
			struct json_object *values =
				plan_values(old, params[id].name);
			size_t n = nr_values(values);

			if (id == PARAM_lock)
				continue;
			at = index_of(id, &sw->axes.axis[id], values, rest % n);
			rest /= n;
			from->cell[i] += at * scale;
			scale *= sw->plan.counts[id];
		}
	}
	return true;
}

/**
 * resume_same_place() - Was a document made where we are?
 * @old: the document, from a file
 * @doc: new document
 * @m: receives the first difference
 *
 * Return: true if kernel, machine, lab and module are the same.
 */
bool resume_same_place(struct json_object *old, struct json_object *doc,
		       struct msg *m)
{
	static const char *const names[] = {
		"kernel", "machine", "cpu", "online_cpus", "lab", "module"
	};
	char key[64], what[64];
	size_t i;

	for (i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
		snprintf(key, sizeof(key), "environment.%s", names[i]);
		snprintf(what, sizeof(what), "environment.%s is", names[i]);
		if (!same(what, json_text_or(old, key, "(nothing)"),
			  json_text_or(doc, key, "(nothing)"), m))
			return false;
	}
	return true;
}
