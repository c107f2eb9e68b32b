// SPDX-License-Identifier: GPL-2.0
/*
 * Continuing a matrix. The file is somebody's: it may be of another matrix, of
 * another machine, or damaged. So the plans are compared first, value by value,
 * then where the runs were made, and then each run must be one that this plan
 * asks for, with its parameters.
 *
 * Runs that are ok are taken over, and so are FAILED ones: what a lock did
 * wrong is a result. INVALID ones, and one that was cut short by an interrupt,
 * are made again. Pure.
 */
#include <err.h>
#include <stdio.h>
#include <string.h>

#include "doc.h"
#include "echo.h"
#include "jpath.h"
#include "resume.h"
#include "xalloc.h"

/* A value that does not stand there is shown as what it is. */
static bool same(const char *what, struct json_object *old,
		 struct json_object *doc, const char *key, struct msg *m)
{
	const char *a = jpath_text_or(old, key, "(nothing)");
	const char *b = jpath_text_or(doc, key, "(nothing)");
	char there[MSG_QUOTE_MAX], here[MSG_QUOTE_MAX];

	if (!strcmp(a, b))
		return true;
	msg_set(m, "%s is %s in the file, but %s now", what,
		msg_quote(there, a), msg_quote(here, b));
	return false;
}

/* A parameter's values, whether there is one or several; or NULL. */
static struct json_object *values_of(struct json_object *doc, const char *name)
{
	static const char *const sections[] = { "plan.axes", "plan.constants" };
	struct json_object *obj, *value;
	size_t i;

	for (i = 0; i < sizeof(sections) / sizeof(sections[0]); i++)
		if (jpath_get(doc, sections[i], &obj) &&
		    json_object_is_type(obj, json_type_object) &&
		    json_object_object_get_ex(obj, name, &value))
			return value;
	return NULL;
}

/* "1,4", to be freed. */
static char *text_of(struct json_object *values)
{
	char *text = NULL;
	size_t i;

	if (!values)
		return xstrdup("(the lock's own)");
	if (!json_object_is_type(values, json_type_array))
		return xstrdup(json_object_get_string(values));
	text = xstrdup("");
	for (i = 0; i < json_object_array_length(values); i++) {
		const char *item = jpath_item(values, i);
		char *longer;

		if (asprintf(&longer, "%s%s%s", text, i ? "," : "",
			     item ? item : "?") < 0)
			err(ST_BAD, "out of memory");
		free(text);
		text = longer;
	}
	return text;
}

static bool same_values(const char *what, struct json_object *a,
			struct json_object *b, struct msg *m)
{
	char there[MSG_QUOTE_MAX], here[MSG_QUOTE_MAX];
	char *x = text_of(a);
	char *y = text_of(b);
	bool ok = !strcmp(x, y);

	if (!ok)
		msg_set(m, "%s: %s in the file, but %s now", what,
			msg_quote(there, x), msg_quote(here, y));
	free(x);
	free(y);
	return ok;
}

/* What -n was. */
static const char *rounds_of(struct json_object *doc)
{
	struct json_object *obj;

	return jpath_get(doc, "plan.auto", &obj) ?
		       "auto" :
		       jpath_text_or(doc, "plan.repeats", "(nothing)");
}

/**
 * resume_same_plan() - Is a document a part of the same matrix?
 * @old: the document, from a file
 * @doc: new document with its plan
 * @m: receives the first difference
 *
 * With -n auto, precision, time and number of rounds may differ: they do not
 * change any run.
 *
 * Return: true if locks, axes, constants, repeats and seed are the same.
 */
bool resume_same_plan(struct json_object *old, struct json_object *doc,
		      struct msg *m)
{
	char there[MSG_QUOTE_MAX], here[MSG_QUOTE_MAX];
	struct json_object *a;
	const char *x, *y;
	size_t i;

	if (!jpath_get(old, "plan.constants", &a) ||
	    !json_object_is_type(a, json_type_object)) {
		msg_set(m,
			"has no plan that could be continued (plan.constants)");
		return false;
	}
	if (!same_values("--lock", jpath_array(old, "plan.locks"),
			 jpath_array(doc, "plan.locks"), m))
		return false;
	for (i = 0; i < NR_PARAMS; i++) {
		char what[PARAM_OPTION_MAX + 2];

		snprintf(what, sizeof(what), "--%s", params_option(i));
		if (i != PARAM_lock &&
		    !same_values(what, values_of(old, params[i].name),
				 values_of(doc, params[i].name), m))
			return false;
	}
	x = rounds_of(old);
	y = rounds_of(doc);
	if (!strcmp(x, y))
		return true;
	msg_set(m, "-n: %s in the file, but %s now", msg_quote(there, x),
		msg_quote(here, y));
	return false;
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
	char key[64];
	size_t i;

	for (i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
		snprintf(key, sizeof(key), "environment.%s", names[i]);
		if (!same(key, old, doc, key, m))
			return false;
	}
	return true;
}

static bool is_finished(struct json_object *run)
{
	const char *verdict = jpath_text_or(run, "verdict", "");
	double stopped = 0;

	jpath_number(run, "certificate.stopped", &stopped);
	return !stopped &&
	       (!strcmp(verdict, "ok") || !strcmp(verdict, "FAILED"));
}

/* A whole number from @from to below @end. */
static bool index_in(struct json_object *run, const char *key, size_t from,
		     size_t end, size_t *out)
{
	double v;

	if (!jpath_number(run, key, &v) || v < from || v >= end ||
	    v != (size_t)v)
		return false;
	*out = v;
	return true;
}

static bool place_of(struct json_object *run, const struct sweep *sw,
		     struct plan_step *step)
{
	const struct axis *locks = &sw->axes.axis[PARAM_lock];
	size_t most = PLAN_STEPS_MAX / (sw->plan.nr_cells * sw->plan.nr_locks);
	const char *lock = jpath_text_or(run, "lock", "");
	size_t cell, rep, i;

	for (i = 0; i < locks->n && strcmp(locks->values[i], lock); i++)
		;
	if (i == locks->n ||
	    !index_in(run, "cell", 0, sw->plan.nr_cells, &cell) ||
	    !index_in(run, "repeat", 1, most + 1, &rep) ||
	    !sw->plan.runs[cell * sw->plan.nr_locks + i])
		return false;
	*step = (struct plan_step){ .cell = cell, .lock = i, .rep = rep - 1 };
	return true;
}

static bool is_asked_for(struct json_object *run, const struct sweep *sw,
			 const struct plan_step *step, size_t i, struct msg *m)
{
	char there[MSG_QUOTE_MAX], here[MSG_QUOTE_MAX];
	const char *values[NR_PARAMS];
	const char *echoed;
	enum param_id id;

	sweep_values(sw, step, values);
	id = echo_differs(run, values, &echoed);
	if (id == NR_PARAMS)
		return true;
	msg_set(m, "damaged: run %zu of the file has %s %s, but its cell %s",
		i + 1, params[id].name,
		msg_quote(there, echoed ? echoed : "(nothing)"),
		msg_quote(here, values[id]));
	return false;
}

/* Find the run's step in the plan, which is as long as it has to be. */
static bool mark(struct sweep *sw, bool *taken, const struct plan_step *step)
{
	size_t pairs = sw->plan.nr_cells * sw->plan.nr_locks;
	size_t i =
		step->rep * pairs + step->cell * sw->plan.nr_locks + step->lock;

	if (step->rep >= sw->plan.nr_reps || taken[i])
		return false;
	taken[i] = true;
	return true;
}

/* With -n auto: rounds that were added earlier; only what was made of them. */
static bool grow(struct json_object *runs, struct sweep *sw, struct msg *m)
{
	size_t n = sw->plan.nr_cells * sw->plan.nr_locks;
	struct plan_step step;
	bool *wanted = xcalloc(n, sizeof(*wanted));
	size_t most = 0;
	bool ok = true;
	size_t i;

	for (i = 0; i < jpath_length(runs); i++)
		if (place_of(json_object_array_get_idx(runs, i), sw, &step) &&
		    step.rep + 1 > most)
			most = step.rep + 1;
	while (ok && sw->plan.nr_reps < most) {
		memset(wanted, 0, n * sizeof(*wanted));
		for (i = 0; i < jpath_length(runs); i++) {
			struct json_object *run =
				json_object_array_get_idx(runs, i);

			if (place_of(run, sw, &step) && is_finished(run) &&
			    step.rep == sw->plan.nr_reps)
				wanted[step.cell * sw->plan.nr_locks +
				       step.lock] = true;
		}
		ok = plan_add_round(&sw->plan, wanted, m);
	}
	free(wanted);
	return ok;
}

static void mark_steps(struct plan *plan, const bool *taken)
{
	size_t pairs = plan->nr_cells * plan->nr_locks;
	size_t i;

	for (i = 0; i < plan->nr_steps; i++) {
		struct plan_step *s = &plan->steps[i];

		s->made = taken[s->rep * pairs + s->cell * plan->nr_locks +
				s->lock];
	}
}

/**
 * resume_take() - Take over the finished runs of a document
 * @old: the document, from a file, of the same plan
 * @doc: new document; receives the runs
 * @sw: the sweep; its plan receives what is made already, and with -n auto the
 *	rounds that were added
 * @count: receives how many were taken
 * @m: receives the reason on error
 *
 * Return: false if a run is not one of this plan.
 */
bool resume_take(struct json_object *old, struct json_object *doc,
		 struct sweep *sw, struct resume_count *count, struct msg *m)
{
	struct json_object *runs = jpath_array(old, "runs");
	struct plan_step step;
	bool *taken;
	bool ok = true;
	size_t i;

	*count = (struct resume_count){ 0 };
	if (sw->rounds.on && !grow(runs, sw, m))
		return false;
	taken = xcalloc(sw->plan.nr_reps * sw->plan.nr_cells *
				sw->plan.nr_locks,
			sizeof(*taken));
	for (i = 0; i < jpath_length(runs) && ok; i++) {
		struct json_object *run = json_object_array_get_idx(runs, i);

		ok = place_of(run, sw, &step) && step.rep < sw->plan.nr_reps;
		if (!ok) {
			msg_set(m,
				"damaged: run %zu of the file is none of this plan",
				i + 1);
		} else if (!is_finished(run)) {
			count->again++;
		} else if (!is_asked_for(run, sw, &step, i, m)) {
			ok = false;
		} else if (!mark(sw, taken, &step)) {
			msg_set(m,
				"damaged: run %zu of the file is there twice",
				i + 1);
			ok = false;
		} else {
			doc_add_run(doc, json_object_get(run), &step);
			count->kept++;
		}
	}
	if (ok)
		mark_steps(&sw->plan, taken);
	free(taken);
	return ok;
}

/**
 * resume_say() - Tell the user what was taken over
 * @path: name of the file
 * @count: how many runs
 */
void resume_say(const char *path, const struct resume_count *count)
{
	char again[64] = "";

	if (count->again)
		snprintf(again, sizeof(again),
			 "; %zu INVALID or cut short, made again",
			 count->again);
	fprintf(stderr, "%s: %zu run%s kept%s\n", path, count->kept,
		count->kept == 1 ? "" : "s", again);
}
