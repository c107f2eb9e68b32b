// SPDX-License-Identifier: GPL-2.0
/*
 * Continuing a matrix: the runs of the sentinel. compare divides by them, so each
 * must be one that this plan asks for. Pure.
 */
#include <string.h>

#include "base/json.h"
#include "base/xalloc.h"
#include "result/doc.h"
#include "result/sentinel.h"
#include "result/row.h"
#include "resume.h"

/* Are all runs made that a sentinel would stand beside? */
static bool is_late(const struct plan *plan, size_t i)
{
	const struct plan_step *own = &plan->steps[i];
	const struct plan_step *end = plan->steps + plan->nr_steps;
	const struct plan_step *s = own;

	while (s > plan->steps && s[-1].cell == own->cell &&
	       s[-1].rep == own->rep)
		s--;
	while (s < end && s->cell == own->cell && s->rep == own->rep) {
		if (s != own && !s->made)
			return false;
		s++;
	}
	return true;
}

/* The cell of the sweep that stands for all with the sentinel of this run. */
static bool cell_of(struct json_object *run, const struct resume_cells *from,
		    const struct sweep *sw, size_t *cell)
{
	if (!resume_index(run, "cell", 0, from->n, cell))
		return false;
	*cell = sweep_sentinel_owner(sw, from->cell[*cell]);
	return true;
}

/*
 * Runs of the sentinel are taken over. One that is missing in a round whose runs
 * are all made is not made any more: it would be of another time.
 */
static void take_sentinels(struct json_object *old, struct json_object *doc,
			   const struct resume_cells *from,
			   const struct sweep *sw, struct plan *plan)
{
	struct json_object *list = json_array(old, "sentinels");
	size_t n = json_length(list);
	bool *used = xcalloc(n, sizeof(*used));
	size_t i, j;

	for (i = 0; i < plan->nr_steps; i++) {
		struct plan_step *s = &plan->steps[i];
		size_t cell, rep;

		if (!plan_is_sentinel(plan, s))
			continue;
		for (j = 0; j < n && !s->made; j++) {
			struct json_object *run =
				json_object_array_get_idx(list, j);

			if (used[j] || !resume_is_finished(run) ||
			    !cell_of(run, from, sw, &cell) ||
			    !resume_index(run, "repeat", 1, s->rep + 2, &rep) ||
			    cell != plan->sentinel[s->cell] ||
			    rep != s->rep + 1)
				continue;
			doc_add_sentinel(doc, json_object_get(run),
					 plan->sentinel[s->cell], s->rep + 1);
			used[j] = true;
			s->made = true;
		}
		s->made |= is_late(plan, i);
	}
	free(used);
}

/* Without a sentinel from here on; what was measured stays. */
static void keep_sentinels(struct json_object *old, struct json_object *doc,
			   const struct resume_cells *from,
			   const struct sweep *sw)
{
	struct json_object *there = json_array(old, "sentinels");
	struct json_object *list = json_array(doc, "sentinels");
	struct json_object *run, *plan;
	size_t i, cell, rep;

	for (i = 0; i < json_length(there); i++) {
		run = json_object_array_get_idx(there, i);
		if (!resume_is_finished(run) ||
		    !cell_of(run, from, sw, &cell) ||
		    !resume_index(run, "repeat", 1, PLAN_STEPS_MAX, &rep))
			continue;
		doc_add_sentinel(doc, json_object_get(run), cell, rep);
	}
	if (json_length(list) && json_find(old, "plan.sentinel", &plan))
		json_set(doc, "plan.sentinel", json_object_get(plan));
}

/* Is it a run of none in a cell of the file? */
static bool is_of_plan(struct json_object *run, const struct resume_cells *from,
		       const struct sweep *sw, struct plan_step *step)
{
	size_t cell;

	if (strcmp(json_text_or(run, "lock", ""), SENTINEL_LOCK) != 0 ||
	    !cell_of(run, from, sw, &cell))
		return false;
	*step = (struct plan_step){ .cell = cell, .lock = sw->plan.nr_locks };
	return true;
}

/**
 * resume_sentinels() - Take over the finished runs of the sentinel
 * @old: the document, from a file, of the same plan
 * @doc: new document; receives the runs
 * @from: where its cells are
 * @sw: the sweep; its plan receives what is made already
 * @m: receives the reason on error
 *
 * A sweep without a sentinel keeps those that were made for it earlier.
 *
 * Return: false if a run is not one of this plan.
 */
bool resume_sentinels(struct json_object *old, struct json_object *doc,
		      const struct resume_cells *from, struct sweep *sw,
		      struct msg *m)
{
	struct json_object *run;
	struct json_object *list = json_array(old, "sentinels");
	struct plan_step step;
	size_t i;

	json_for_each(i, run, list) {
		if (!resume_is_finished(run))
			continue;
		if (!is_of_plan(run, from, sw, &step)) {
			msg_set(m,
				"damaged: sentinel %zu of the file is none of this plan",
				i + 1);
			return false;
		}
		if (!resume_is_asked_for(run, sw, &step, "sentinel", i, m))
			return false;
	}
	if (sw->plan.sentinel)
		take_sentinels(old, doc, from, sw, &sw->plan);
	else
		keep_sentinels(old, doc, from, sw);
	return true;
}
