// SPDX-License-Identifier: GPL-2.0
/* A sweep that is run, from its first run to its last. */
#include <err.h>
#include <inttypes.h>
#include <stdio.h>
#include <sys/random.h>

#include "base/clock.h"
#include "base/intr.h"
#include "base/status.h"
#include "base/xalloc.h"
#include "doc_plan.h"
#include "kernel/runner.h"
#include "pace.h"
#include "progress.h"
#include "result/doc.h"
#include "result/summary.h"
#include "sweep.h"

/* One sitting: from the start of tokctl to its end. */
struct sitting {
	struct sweep *sw;
	const struct dbgfs *d;
	struct json_object *doc;
	struct progress progress;
	uint64_t started_ms;
	struct plan_step last; /* that was announced */
	bool any; /* was announced */
	uint64_t decide_ms; /* the longest decision on another round */
	uint64_t sum_up_ms; /* a whole summary, of the runs of the first rounds */
	size_t sum_up_runs;
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
	const char *lock = sweep_lock(sw, step);
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

/* The module's own number starts again each time it is loaded. */
static void add_id(struct json_object *run)
{
	char text[20];
	uint64_t id;

	if (getrandom(&id, sizeof(id), 0) != sizeof(id))
		return;
	snprintf(text, sizeof(text), "%016" PRIx64, id);
	json_object_object_add(run, "id", json_object_new_string(text));
}

static int run_step(struct sitting *s, const struct plan_step *step)
{
	struct runner_watch watch = progress_watch(&s->progress);
	const char *values[NR_PARAMS];
	struct json_object *result;
	int ret;

	sweep_values(s->sw, step, values);
	announce(s, step);
	ret = runner_run(s->d, values, &watch, &result, &s->stopped);
	if (result)
		add_id(result);
	if (result && plan_is_sentinel(&s->sw->plan, step))
		doc_add_sentinel(s->doc, result,
				 s->sw->plan.sentinel[step->cell],
				 step->rep + 1);
	else if (result)
		doc_add_run(s->doc, result, step->cell, step->rep + 1);
	if (!ret)
		progress_step_done(&s->progress);
	return ret;
}

/*
 * What tokctl computes behind another round: whether there is one more, and the
 * summary at the end, which grows with the number of runs.
 */
static uint64_t own_ms(const struct sitting *s)
{
	return s->decide_ms +
	       s->sum_up_ms * s->sw->plan.nr_steps / s->sum_up_runs;
}

/* Is there time for the runs that were just added? */
static bool fits(const struct sitting *s, size_t first)
{
	const struct sweep *sw = s->sw;
	uint64_t nominal;
	size_t runs;

	nominal = sweep_nominal_ms(sw, first, &runs);
	return rounds_fit(&sw->rounds, clock_now_ms() - s->started_ms,
			  pace_estimate(&s->progress.pace, runs, nominal),
			  own_ms(s));
}

/* Once, after the first rounds: how long does a summary take? */
static void time_summary(struct sitting *s)
{
	uint64_t begin = clock_now_ms();

	if (s->sum_up_runs)
		return;
	doc_finish(s->doc, true);
	s->sum_up_ms = clock_now_ms() - begin;
	s->sum_up_runs = s->sw->plan.nr_steps;
}

static size_t ask(struct sitting *s, bool look, bool *wanted)
{
	struct json_object *rows = summary_brief(s->doc, look);
	size_t n;

	n = rounds_wanted(&s->sw->rounds, rows, look, &s->sw->axes,
			  &s->sw->plan, wanted);
	json_object_put(rows);
	return n;
}

/* One more round, where it is needed; none, and the reason, if it is not. */
static int next_round(struct sitting *s)
{
	struct rounds *r = &s->sw->rounds;
	struct plan *plan = &s->sw->plan;
	bool look = rounds_is_look_due(r, plan->nr_reps);
	size_t first = plan->nr_steps;
	int ret = ST_OK;
	uint64_t begin;
	bool *wanted;
	struct msg m;
	size_t n;

	time_summary(s);
	begin = clock_now_ms();
	wanted = xcalloc(plan->nr_cells * plan->nr_locks, sizeof(*wanted));
	n = ask(s, look, wanted);
	if (clock_now_ms() - begin > s->decide_ms)
		s->decide_ms = clock_now_ms() - begin;
	if (!n) {
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
	/* What is said to be reached is that of all intervals. */
	if (r->end != ROUNDS_GO_ON && !look && !ask(s, true, wanted))
		r->end = ROUNDS_PRECISION;
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
			     .started_ms = clock_now_ms() };
	uint64_t left_ms;
	size_t runs;
	size_t i = 0;
	int ret;

	save->last_ms = s.started_ms;
	progress_init(&s.progress, quiet, sw->status_ms);
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
