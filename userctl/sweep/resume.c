// SPDX-License-Identifier: GPL-2.0
/*
 * Continuing a matrix, which may have grown: more locks, values or repeats. The file may
 * come from anywhere: it may be of another matrix, of another machine, or damaged. So the
 * plans are compared first, value by value, then where the runs were made, and then each
 * run must be one that this plan asks for, with its parameters.
 *
 * Runs that are ok are taken over, and so are FAILED ones: what a lock did
 * wrong is a result. INVALID ones, and one that was cut short by an interrupt,
 * are made again. Pure.
 */
#include <err.h>
#include <stdio.h>
#include <string.h>

#include "base/xalloc.h"
#include "kernel/echo.h"
#include "result/doc.h"
#include "result/row.h"
#include "resume.h"

/**
 * resume_is_finished() - Is a run of a file one that is not made again?
 * @run: the run
 */
bool resume_is_finished(struct json_object *run)
{
	const char *verdict = json_text_or(run, "verdict", "");
	double stopped = 0;

	json_number(run, "certificate.stopped", &stopped);
	return !stopped &&
	       (!strcmp(verdict, "ok") || !strcmp(verdict, "FAILED"));
}

/**
 * resume_index() - Read a whole number of a run
 * @run: the run
 * @key: what is read
 * @from: the least that is taken
 * @end: one above the most
 * @out: receives the number
 */
bool resume_index(struct json_object *run, const char *key, size_t from,
		  size_t end, size_t *out)
{
	double v;

	if (!json_number(run, key, &v) || v < from || v >= end ||
	    v != (size_t)v)
		return false;
	*out = v;
	return true;
}

static bool place_of(struct json_object *run, const struct resume_cells *from,
		     const struct sweep *sw, struct plan_step *step)
{
	const struct axis *locks = &sw->axes.axis[PARAM_lock];
	size_t most = PLAN_STEPS_MAX / (sw->plan.nr_cells * sw->plan.nr_locks);
	const char *lock = json_text_or(run, "lock", "");
	size_t i = sweep_find_lock(locks, lock);
	size_t cell, rep;

	if (i == locks->n || !resume_index(run, "cell", 0, from->n, &cell) ||
	    !resume_index(run, "repeat", 1, most + 1, &rep))
		return false;
	cell = from->cell[cell];
	if (!sw->plan.runs[cell * sw->plan.nr_locks + i])
		return false;
	*step = (struct plan_step){ .cell = cell, .lock = i, .rep = rep - 1 };
	return true;
}

/**
 * resume_is_asked_for() - Has a run the parameters of its place in the plan?
 * @run: the run
 * @sw: the sweep
 * @step: its place
 * @what: what it is called in a message
 * @i: its index in the file
 * @m: receives the first difference
 */
bool resume_is_asked_for(struct json_object *run, const struct sweep *sw,
			 const struct plan_step *step, const char *what,
			 size_t i, struct msg *m)
{
	char there[MSG_QUOTE_MAX], here[MSG_QUOTE_MAX];
	const char *values[NR_PARAMS];
	const char *echoed;
	enum param_id id;

	sweep_values(sw, step, values);
	id = echo_differs(run, values, &echoed);
	if (id == NR_PARAMS)
		return true;
	msg_set(m, "damaged: %s %zu of the file has %s %s, but its cell %s",
		what, i + 1, params[id].name,
		msg_quote(there, echoed ? echoed : "(nothing)"),
		msg_quote(here, values[id]));
	return false;
}

/* Number of a run of a lock, whatever the order. */
static size_t number_of(const struct plan *plan, const struct plan_step *step)
{
	return (step->rep * plan->nr_cells + step->cell) * plan->nr_locks +
	       step->lock;
}

/* With -n auto: rounds that were added earlier; only what was made of them. */
static bool grow(struct json_object *runs, const struct resume_cells *from,
		 struct sweep *sw, struct msg *m)
{
	size_t n = sw->plan.nr_cells * sw->plan.nr_locks;
	struct plan_step step;
	bool *wanted = xcalloc(n, sizeof(*wanted));
	struct json_object *run;
	size_t most = 0;
	bool ok = true;
	size_t i;

	json_for_each(i, run, runs)
		if (place_of(run, from, sw, &step) && step.rep + 1 > most)
			most = step.rep + 1;
	while (ok && sw->plan.nr_reps < most) {
		memset(wanted, 0, n * sizeof(*wanted));
		json_for_each(i, run, runs)
			if (place_of(run, from, sw, &step) &&
			    resume_is_finished(run) &&
			    step.rep == sw->plan.nr_reps)
				wanted[step.cell * sw->plan.nr_locks +
				       step.lock] = true;
		ok = plan_add_round(&sw->plan, wanted, m);
	}
	free(wanted);
	return ok;
}

static void mark_steps(struct plan *plan, const bool *taken)
{
	size_t i;

	for (i = 0; i < plan->nr_steps; i++) {
		struct plan_step *s = &plan->steps[i];

		if (!plan_is_sentinel(plan, s))
			s->made = taken[number_of(plan, s)];
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
 * Return: false if a run, or one of the sentinel, is not one of this plan.
 */
bool resume_take(struct json_object *old, struct json_object *doc,
		 struct sweep *sw, struct resume_count *count, struct msg *m)
{
	struct json_object *runs = json_array(old, "runs");
	struct resume_cells from;
	struct plan_step step;
	bool *taken;
	bool ok = true;
	size_t i;

	*count = (struct resume_count){ 0 };
	if (!resume_find_cells(old, sw, &from)) {
		msg_set(m, "damaged: plan.axes has too many values");
		return false;
	}
	if (sw->rounds.on && !grow(runs, &from, sw, m)) {
		free(from.cell);
		return false;
	}
	taken = xcalloc(sw->plan.nr_reps * sw->plan.nr_cells *
				sw->plan.nr_locks,
			sizeof(*taken));
	for (i = 0; i < json_length(runs) && ok; i++) {
		struct json_object *run = json_object_array_get_idx(runs, i);

		ok = place_of(run, &from, sw, &step) &&
		     step.rep < sw->plan.nr_reps;
		if (!ok) {
			msg_set(m,
				"damaged: run %zu of the file is none of this plan",
				i + 1);
		} else if (!resume_is_finished(run)) {
			count->again++;
		} else if (!resume_is_asked_for(run, sw, &step, "run", i, m)) {
			ok = false;
		} else if (taken[number_of(&sw->plan, &step)]) {
			msg_set(m,
				"damaged: run %zu of the file is there twice",
				i + 1);
			ok = false;
		} else {
			taken[number_of(&sw->plan, &step)] = true;
			doc_add_run(doc, json_object_get(run), step.cell,
				    step.rep + 1);
			count->kept++;
		}
	}
	if (ok) {
		mark_steps(&sw->plan, taken);
		ok = resume_sentinels(old, doc, &from, sw, m);
	}
	free(taken);
	free(from.cell);
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
