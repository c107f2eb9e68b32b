// SPDX-License-Identifier: GPL-2.0
/*
 * The document that "run" produces and every output format is made from,
 * whether it was measured just now or read from a file. Its keys are
 * documented in tokctl(8).
 */
#include <string.h>

#include "checks.h"
#include "digest.h"
#include "doc.h"
#include "env.h"
#include "jpath.h"
#include "scaling.h"
#include "status.h"
#include "summary.h"

/**
 * doc_new() - Start a document
 * @title: a line for the reader, or NULL
 * @module_version: version of the loaded module
 *
 * Return: new document without runs.
 */
struct json_object *doc_new(const char *title, const char *module_version)
{
	struct json_object *doc = json_object_new_object();

	json_object_object_add(doc, "schema", json_object_new_int(TB_SCHEMA));
	doc_set_title(doc, title);
	json_object_object_add(doc, "environment", env_read(module_version));
	json_object_object_add(doc, "plan", json_object_new_object());
	json_object_object_add(doc, "left_out", json_object_new_array());
	json_object_object_add(doc, "interrupted",
			       json_object_new_boolean(false));
	json_object_object_add(doc, "runs", json_object_new_array());
	json_object_object_add(doc, "summary", json_object_new_array());
	return doc;
}

/**
 * doc_set_title() - Replace the title
 * @doc: the document
 * @title: new title; NULL leaves the old one
 */
void doc_set_title(struct json_object *doc, const char *title)
{
	if (title)
		json_object_object_add(doc, "title",
				       json_object_new_string(title));
}

static struct json_object *plan_of(struct json_object *doc)
{
	struct json_object *obj;

	json_object_object_get_ex(doc, "plan", &obj);
	return obj;
}

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

static struct json_object *values_of(const struct axis *axis)
{
	struct json_object *list = json_object_new_array();
	size_t i;

	for (i = 0; i < axis->n; i++)
		append(list, axis->values[i]);
	return list;
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
	struct json_object *obj = plan_of(doc);
	struct json_object *names = json_object_new_object();
	struct json_object *constants = json_object_new_object();
	struct json_object *value;
	size_t i;

	for (i = 0; i < NR_PARAMS; i++) {
		const struct axis *axis = &axes->axis[i];

		if (i == PARAM_lock || !axis->n)
			continue;
		if (axis->n > 1) {
			json_object_object_add(names, params[i].name,
					       values_of(axis));
		} else {
			value = json_object_new_string(axis->values[0]);
			json_object_object_add(constants, params[i].name,
					       value);
		}
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

	json_object_object_add(out, "precision", jpath_double(r->precision));
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
					       jpath_double(r->reached));
	}
	json_object_object_add(obj, "auto", out);
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
	struct json_object *obj = plan_of(doc);

	json_object_object_add(obj, "repeats",
			       json_object_new_uint64(plan->nr_reps));
	json_object_object_add(obj, "runs",
			       json_object_new_uint64(plan->nr_steps));
	if (rounds->on)
		add_auto(obj, rounds, plan->nr_reps);
}

/**
 * doc_set_reference() - Say with which lock the others are compared
 * @doc: the document
 * @lock: its name
 */
void doc_set_reference(struct json_object *doc, const char *lock)
{
	json_object_object_add(plan_of(doc), "reference",
			       json_object_new_string(lock));
}

/**
 * doc_set_command() - Keep the command line
 * @doc: the document
 * @argc: number of arguments
 * @argv: arguments, without the name of the command
 */
void doc_set_command(struct json_object *doc, int argc, char *const *argv)
{
	struct json_object *list = json_object_new_array();
	int i;

	for (i = 0; i < argc; i++)
		append(list, argv[i]);
	json_object_object_add(plan_of(doc), "command", list);
}

/**
 * doc_set_resumed() - Say that runs were made by an earlier tokctl
 * @doc: the document; keeps an earlier title unless it has one
 * @old: its document
 * @kept: number of runs that were taken over
 */
void doc_set_resumed(struct json_object *doc, struct json_object *old,
		     size_t kept)
{
	struct json_object *entry = json_object_new_object();
	struct json_object *list = jpath_array(old, "plan.resumed");
	struct json_object *env;

	if (!jpath_text(doc, "title"))
		doc_set_title(doc, jpath_text(old, "title"));
	list = list ? json_object_get(list) : json_object_new_array();
	json_object_object_add(entry, "runs", json_object_new_uint64(kept));
	if (jpath_get(old, "environment", &env))
		json_object_object_add(entry, "environment",
				       json_object_get(env));
	json_object_array_add(list, entry);
	json_object_object_add(plan_of(doc), "resumed", list);
}

/**
 * doc_set_left_out() - Say what is not going to be run, and why
 * @doc: the document
 * @list: list of leftout_list()
 */
void doc_set_left_out(struct json_object *doc, struct json_object *list)
{
	json_object_object_add(doc, "left_out", json_object_get(list));
}

/**
 * doc_add_run() - Add the result of a run
 * @doc: the document
 * @run: the result; ownership passes to @doc
 * @step: where the run belongs in the plan; NULL: a run of nobody's plan
 */
void doc_add_run(struct json_object *doc, struct json_object *run,
		 const struct plan_step *step)
{
	struct json_object *runs;

	json_object_object_add(run, "cell",
			       json_object_new_uint64(step ? step->cell : 0));
	json_object_object_add(run, "repeat",
			       json_object_new_uint64(step ? step->rep + 1 :
							     1));
	json_object_object_get_ex(doc, "runs", &runs);
	json_object_array_add(runs, run);
}

/**
 * doc_finish() - Close the document after its last run
 * @doc: the document; gets its summary, its certificate, and what the laws of
 *	 scaling make of it
 * @interrupted: not all planned runs were made, or not for their full time
 */
void doc_finish(struct json_object *doc, bool interrupted)
{
	json_object_object_add(doc, "interrupted",
			       json_object_new_boolean(interrupted));
	json_object_object_add(doc, "summary", summary_make(doc));
	json_object_object_add(doc, "scaling", scaling_make(doc));
	json_object_object_add(doc, "checks", checks_make(doc));
}

/**
 * doc_nr_runs() - Number of runs in a document
 * @doc: the document
 */
size_t doc_nr_runs(struct json_object *doc)
{
	return jpath_length(jpath_array(doc, "runs"));
}

/**
 * doc_status() - Exit status that a document calls for
 * @doc: the document
 *
 * Return: ST_OK if all planned runs were made in full, are good and had the
 * same operations; else ST_BAD.
 */
int doc_status(struct json_object *doc)
{
	struct json_object *runs = jpath_array(doc, "runs");
	struct json_object *flag;
	size_t i;

	if (jpath_get(doc, "interrupted", &flag) &&
	    json_object_get_boolean(flag))
		return ST_BAD;
	if (digest_odd_run(doc))
		return ST_BAD;
	for (i = 0; i < jpath_length(runs); i++) {
		const char *verdict =
			jpath_text(json_object_array_get_idx(runs, i),
				   "verdict");

		if (!verdict || strcmp(verdict, "ok") != 0)
			return ST_BAD;
	}
	return ST_OK;
}
