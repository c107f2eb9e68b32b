// SPDX-License-Identifier: GPL-2.0
/* A sweep that is run, from its first run to its last. */
#include <err.h>
#include <inttypes.h>
#include <stdio.h>

#include "doc.h"
#include "intr.h"
#include "pace.h"
#include "progress.h"
#include "runner.h"
#include "status.h"
#include "sweep.h"
#include "xalloc.h"

/* One sitting: from the start of tokctl to its end. */
struct sitting {
	struct sweep *sw;
	const struct dbgfs *d;
	struct json_object *doc;
	struct progress progress;
	uint64_t started_ms;
	struct plan_step last; /* that was announced */
	bool any; /* was announced */
	bool stopped;
};

/* Not always after the end of another: some runs can have been made before. */
static bool begins_cell(struct sitting *s, const struct plan_step *step)
{
	bool same = s->any && s->last.cell == step->cell &&
		    s->last.rep == step->rep;

	s->last = *step;
	s->any = true;
	return !same;
}

static bool ends_cell(const struct plan *plan, const struct plan_step *step)
{
	return step + 1 == plan->steps + plan->nr_steps ||
	       step[1].cell != step->cell || step[1].rep != step->rep;
}

static void announce(struct sitting *s, const struct plan_step *step)
{
	const struct sweep *sw = s->sw;
	const char *lock = sw->axes.axis[PARAM_lock].values[step->lock];
	char cell[192];
	char what[256];
	char rep[64] = "";

	sweep_describe(sw, step, cell, sizeof(cell));
	if (sw->rounds.on)
		snprintf(rep, sizeof(rep), " round %" PRIu32, step->rep + 1);
	else if (sw->plan.nr_reps > 1)
		snprintf(rep, sizeof(rep), " rep %" PRIu32 "/%zu",
			 step->rep + 1, sw->plan.nr_reps);
	if (begins_cell(s, step)) {
		snprintf(what, sizeof(what), "%s%s", *cell ? cell : "one cell",
			 rep);
		progress_cell(&s->progress, what);
	}
	snprintf(what, sizeof(what), "%s%s%s%s", lock, *cell ? " " : "", cell,
		 rep);
	progress_step(&s->progress, what, sweep_step_ms(sw, step));
}

static int run_step(struct sitting *s, const struct plan_step *step)
{
	const char *values[NR_PARAMS];
	struct json_object *result;
	int ret;

	sweep_values(s->sw, step, values);
	announce(s, step);
	ret = runner_run(s->d, values, &s->progress, &result, &s->stopped);
	if (result)
		doc_add_run(s->doc, result, step);
	if (!ret)
		progress_step_done(&s->progress);
	return ret;
}

/* Is there time for the runs that were just added? */
static bool fits(const struct sitting *s, size_t first)
{
	const struct sweep *sw = s->sw;
	uint64_t spent = pace_now_ms() - s->started_ms;
	uint64_t nominal;
	size_t runs;

	nominal = sweep_nominal_ms(sw, first, &runs);
	return spent + pace_estimate(&s->progress.pace, runs, nominal) <=
	       sw->rounds.max_time_s * 1000;
}

/* One more round, where it is needed; none, and the reason, if it is not. */
static int next_round(struct sitting *s)
{
	struct rounds *r = &s->sw->rounds;
	struct plan *plan = &s->sw->plan;
	size_t first = plan->nr_steps;
	int ret = ST_OK;
	bool *wanted;
	struct msg m;

	wanted = xcalloc(plan->nr_cells * plan->nr_locks, sizeof(*wanted));
	doc_finish(s->doc, true);
	if (!rounds_wanted(r, s->doc, &s->sw->axes, plan, wanted)) {
		r->end = ROUNDS_PRECISION;
	} else if (plan->nr_reps >= r->max_rounds) {
		r->end = ROUNDS_MAX_ROUNDS;
	} else if (!plan_add_round(plan, wanted, &m)) {
		warnx("%s", m.text);
		ret = ST_BAD;
	} else if (!fits(s, first)) {
		plan_drop_round(plan, first);
		r->end = ROUNDS_MAX_TIME;
	}
	free(wanted);
	doc_set_rounds(s->doc, plan, r);
	return ret;
}

/* Runs that are planned; *i receives the index of the first that was not made. */
static int run_planned(struct sitting *s, struct saver *save, size_t *i)
{
	struct sweep *sw = s->sw;
	int ret = ST_OK;

	for (; *i < sw->plan.nr_steps && !s->stopped && !intr_pending(); ++*i) {
		struct plan_step *step = &sw->plan.steps[*i];

		if (step->made)
			continue;
		ret = run_step(s, step);
		if (ret)
			break;
		saver_tick(save, s->doc, ends_cell(&sw->plan, step));
	}
	return ret;
}

/**
 * sweep_run() - Make all runs
 * @sw: planned sweep; grows, if the number of rounds is not fixed
 * @d: open module that this process owns
 * @doc: document that receives the results
 * @save: file that is written now and then
 * @quiet: no progress
 * @complete: receives true if all runs were made, and each for its full time
 *
 * Return: ST_OK, also after an interrupt; an exit status after a message if
 * a run could not be made.
 */
int sweep_run(struct sweep *sw, const struct dbgfs *d, struct json_object *doc,
	      struct saver *save, bool quiet, bool *complete)
{
	struct sitting s = { .sw = sw,
			     .d = d,
			     .doc = doc,
			     .started_ms = pace_now_ms() };
	uint64_t left_ms;
	size_t runs;
	size_t i = 0;
	int ret;

	save->last_ms = s.started_ms;
	progress_init(&s.progress, quiet);
	if (sw->rounds.on)
		s.progress.limit_ms = sw->rounds.max_time_s * 1000;
	for (;;) {
		left_ms = sweep_nominal_ms(sw, i, &runs);
		progress_plan(&s.progress, sw->plan.nr_steps, runs, left_ms);
		ret = run_planned(&s, save, &i);
		if (ret || s.stopped || i < sw->plan.nr_steps ||
		    !sw->rounds.on || sw->rounds.end != ROUNDS_GO_ON)
			break;
		ret = next_round(&s);
		if (ret)
			break;
	}
	progress_clear(&s.progress);
	*complete = !ret && !s.stopped && i == sw->plan.nr_steps;
	return ret;
}
