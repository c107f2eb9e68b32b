// SPDX-License-Identifier: GPL-2.0
/*
 * What the document says of the plan of a sweep: what is going to be run, and
 * how often. Its keys are documented in tokbench-result(7).
 */
#include <stdlib.h>

#include "base/json.h"
#include "doc_plan.h"
#include "result/doc.h"
#include "result/sentinel.h"

static void append(struct json_object *list, const char *text)
{
	json_object_array_add(list, json_object_new_string(text));
}

static struct json_object *locks_of(const struct axis *locks,
				    const struct plan *plan)
{
	struct json_object *list = json_object_new_array();
	size_t i;

	for (i = 0; i < locks->n; i++)
		if (plan_has_lock(plan, i))
			append(list, locks->values[i]);
	return list;
}

/* What is a number in the run is one here. */
static struct json_object *value_of(enum param_id id, const char *text)
{
	if (params_is_text(params[id].kind))
		return json_object_new_string(text);
	return json_object_new_uint64(strtoull(text, NULL, 10));
}

static struct json_object *values_of(enum param_id id, const struct axis *axis)
{
	struct json_object *list = json_object_new_array();
	size_t i;

	for (i = 0; i < axis->n; i++)
		json_object_array_add(list, value_of(id, axis->values[i]));
	return list;
}

/**
 * plan_values() - Which values has a parameter in the plan of a document?
 * @doc: the document
 * @name: the parameter
 *
 * Return: an array if it varies, else one value; NULL if the plan has none.
 */
struct json_object *plan_values(struct json_object *doc, const char *name)
{
	static const char *const sections[] = { "plan.axes", "plan.constants" };
	struct json_object *values;
	size_t i;

	for (i = 0; i < sizeof(sections) / sizeof(sections[0]); i++)
		if (json_object_object_get_ex(json_object_at(doc, sections[i]),
					      name, &values))
			return values;
	return NULL;
}

/**
 * doc_set_plan() - Say what is going to be run
 * @doc: the document
 * @axes: all values; those of parameters that vary stand apart from the others
 * @plan: the order
 * @rounds: when to stop
 */
void doc_set_plan(struct json_object *doc, const struct axes *axes,
		  const struct plan *plan, const struct rounds *rounds)
{
	struct json_object *obj = doc_plan(doc);
	struct json_object *names = json_object_new_object();
	struct json_object *constants = json_object_new_object();
	size_t i;

	for (i = 0; i < NR_PARAMS; i++) {
		const struct axis *axis = &axes->axis[i];

		if (i == PARAM_lock || !axis->n)
			continue;
		if (axis->n > 1)
			json_object_object_add(names, params[i].name,
					       values_of(i, axis));
		else
			json_object_object_add(constants, params[i].name,
					       value_of(i, axis->values[0]));
	}
	json_object_object_add(obj, "locks",
			       locks_of(&axes->axis[PARAM_lock], plan));
	json_object_object_add(obj, "axes", names);
	json_object_object_add(obj, "constants", constants);
	json_object_object_add(obj, "seed", json_object_new_uint64(plan->seed));
	doc_set_rounds(doc, plan, rounds);
}

static void add_auto(struct json_object *obj, const struct rounds *r,
		     size_t nr_reps)
{
	struct json_object *out = json_object_new_object();
	const char *word = rounds_end_word(r->end);

	json_object_object_add(out, "precision", json_double(r->precision));
	json_object_object_add(out, "max_time_s",
			       json_object_new_uint64(r->max_time_s));
	json_object_object_add(out, "max_rounds",
			       json_object_new_uint64(r->max_rounds));
	json_object_object_add(out, "rounds", json_object_new_uint64(nr_reps));
	if (word) {
		json_object_object_add(out, "ended_by",
				       json_object_new_string(word));
		if (r->reached >= 0)
			json_object_object_add(out, "reached",
					       json_double(r->reached));
	}
	json_object_object_add(obj, "auto", out);
}

static void add_sentinel(struct json_object *obj, const struct plan *plan)
{
	struct json_object *out = json_object_new_object();
	struct json_object *list = json_object_new_array();
	size_t i;

	for (i = 0; i < plan->nr_cells; i++) {
		size_t owner = plan->sentinel[i];

		json_object_array_add(list,
				      owner == PLAN_NO_SENTINEL ?
					      NULL :
					      json_object_new_uint64(owner));
	}
	json_object_object_add(out, "lock",
			       json_object_new_string(SENTINEL_LOCK));
	json_object_object_add(out, "runs",
			       json_object_new_uint64(plan_nr_sentinels(plan)));
	json_object_object_add(out, "of_cell", list);
	json_object_object_add(obj, "sentinel", out);
}

/**
 * doc_set_rounds() - Say how many runs are planned
 * @doc: the document
 * @plan: the plan as it is now
 * @rounds: when to stop, and why it has stopped
 */
void doc_set_rounds(struct json_object *doc, const struct plan *plan,
		    const struct rounds *rounds)
{
	struct json_object *obj = doc_plan(doc);
	size_t runs = plan->nr_steps - plan_nr_sentinels(plan);

	json_object_object_add(obj, "repeats",
			       json_object_new_uint64(plan->nr_reps));
	json_object_object_add(obj, "runs", json_object_new_uint64(runs));
	if (plan->sentinel)
		add_sentinel(obj, plan);
	if (rounds->on)
		add_auto(obj, rounds, plan->nr_reps);
}
