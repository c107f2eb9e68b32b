// SPDX-License-Identifier: GPL-2.0
/*
 * The lines of the certificate that are about runs. Each is judged over all
 * runs of a document and shows the worst of them. Pure.
 */
#include <stdio.h>
#include <string.h>

#include "alike.h"
#include "base/json.h"
#include "base/msg.h"
#include "checks.h"
#include "checks_lines.h"
#include "digest.h"
#include "row.h"

#define RUN_NAME_MAX 80

/* Lines that threads make bad by not being run at all. */
static bool is_of_late_threads(const struct line *l)
{
	return !strcmp(l->name, "overlap") ||
	       !strcmp(l->name, "late_threads") ||
	       !strcmp(l->name, "start_skew_ns");
}

/*
 * The LWKT scheduler runs the highest priority first, always: a group of a
 * larger nice value gets what the others of its CPU leave, which can be nothing.
 * Only locks on that scheduler count its switches.
 */
#define NOT_RUN_WHY \
	"LWKT runs higher priorities first: a group of a larger nice value was not run"
#define NOT_RUN_TODO \
	"give all groups one nice value, or time to think; no warm-up changes that"

static bool has_strict_priorities(struct json_object *run)
{
	double switches;

	return strstr(json_text_or(run, "params.groups", ""), "nice=") &&
	       json_number(run, "totals.switches", &switches);
}

/**
 * struct worst - What is worst over all runs
 * @run: the run
 * @value: its value
 * @excess: how far it is beyond the limit; bad if above 0
 * @bad: number of runs with a bad value
 */
struct worst {
	struct json_object *run;
	double value;
	double excess;
	size_t bad;
};

static void find_worst(struct worst *w, const struct line *l,
		       struct json_object *runs)
{
	struct json_object *run;
	double v, limit, excess;
	size_t i;

	*w = (struct worst){ 0 };
	json_for_each(i, run, runs) {
		if (!l->get(run, l->key, &v, &limit))
			continue;
		excess = l->least ? limit - v : v - limit;
		w->bad += excess > 0;
		if (w->run && excess <= w->excess)
			continue;
		w->run = run;
		w->value = v;
		w->excess = excess;
	}
}

/* "run 7 of mutex" */
static const char *name_of(char out[RUN_NAME_MAX], struct json_object *run)
{
	const char *nr = json_text_or(run, "run", "?");
	const char *lock = json_text_or(run, "lock", "?");

	snprintf(out, RUN_NAME_MAX, "run %.*s of %.*s", msg_fit(nr, 20), nr,
		 msg_fit(lock, 40), lock);
	return out;
}

/* "... (run 7 of mutex, and 2 others)" */
static void say_where(char *out, size_t len, const char *why,
		      struct json_object *run, size_t bad)
{
	char name[RUN_NAME_MAX], others[48] = "";

	if (bad > 1)
		snprintf(others, sizeof(others), " and %zu other%s", bad - 1,
			 bad > 2 ? "s" : "");
	snprintf(out, len, "%s (%s%s)", why, name_of(name, run), others);
}

static void add_line(struct json_object *list, const struct line *l,
		     struct json_object *runs)
{
	struct check c = { .name = l->name, .todo = l->todo };
	struct worst w;
	char why[256];

	find_worst(&w, l, runs);
	if (!w.run)
		return;
	if (is_of_late_threads(l) && has_strict_priorities(w.run)) {
		say_where(why, sizeof(why), NOT_RUN_WHY, w.run, w.bad);
		c.todo = NOT_RUN_TODO;
	} else {
		say_where(why, sizeof(why), l->why, w.run, w.bad);
	}
	c.value = json_double(w.value);
	c.verdict = w.bad ? l->verdict : CHECK_OK;
	c.why = why;
	checks_add(list, &c);
}

static void add_streams(struct json_object *list, struct json_object *doc)
{
	struct json_object *odd = digest_odd_run(doc);
	char why[256];

	say_where(why, sizeof(why),
		  "two runs with the same parameters had different operations",
		  odd, 1);
	checks_add_text(list, "stream_digest", odd ? "different" : "equal",
			odd ? CHECK_FAILED : CHECK_OK, why,
			"report it, with the command");
}

/* Runs that make no row: not even the module's fault. */
static void add_parameters(struct json_object *list, struct json_object *doc)
{
	char a[RUN_NAME_MAX], b[RUN_NAME_MAX];
	struct alike_difference d;
	char why[400] = "";

	alike_find(doc, &d);
	if (d.a)
		snprintf(why, sizeof(why),
			 "runs of one row had different %.*s: %.*s (%s), %.*s (%s)",
			 msg_fit(d.name, 40), d.name, msg_fit(d.x, 60), d.x,
			 name_of(a, d.a), msg_fit(d.y, 60), d.y,
			 name_of(b, d.b));
	checks_add_text(list, "parameters", d.a ? "different" : "equal",
			d.a ? CHECK_INVALID : CHECK_OK, why,
			"measure them again in one sweep");
}

/* The module's own word, which may have reasons that no other line knows. */
static void add_verdict(struct json_object *list, struct json_object *runs)
{
	struct json_object *run, *worst = NULL;
	size_t n = json_length(runs);
	char text[64];
	bool failed = false;
	char why[256];
	size_t bad = 0;
	size_t i;

	json_for_each(i, run, runs) {
		bool fails = !json_is(run, "verdict", "INVALID");

		if (row_is_ok(run))
			continue;
		bad++;
		if (!worst || (fails && !failed))
			worst = run;
		failed |= fails;
	}
	snprintf(text, sizeof(text), "%zu of %zu runs ok", n - bad, n);
	say_where(why, sizeof(why),
		  failed ? "the module found the lock, or itself, wrong" :
			   "the module found runs that say nothing",
		  worst, bad);
	checks_add_text(list, "verdict", text,
			failed ? CHECK_FAILED :
			bad    ? CHECK_INVALID :
				 CHECK_OK,
			why, NULL);
}

/**
 * checks_runs() - Add the lines about runs
 * @list: list to add to
 * @doc: document with runs; without any, nothing is added
 */
void checks_runs(struct json_object *list, struct json_object *doc)
{
	struct json_object *runs = json_array(doc, "runs");
	bool meaningless = checks_meaningless(doc);
	size_t i;

	if (!json_length(runs))
		return;
	add_verdict(list, runs);
	for (i = 0; i < checks_nr_lines; i++)
		if (!checks_lines[i].timed || !meaningless)
			add_line(list, &checks_lines[i], runs);
	add_parameters(list, doc);
	add_streams(list, doc);
}

/**
 * checks_sentinel() - Add the line about the sentinel
 * @list: list to add to
 * @doc: document; without runs of the sentinel, nothing is added
 *
 * No lock is judged by them, so a bad one is a warning and no more.
 */
void checks_sentinel(struct json_object *list, struct json_object *doc)
{
	struct json_object *run, *runs = json_array(doc, "sentinels");
	size_t n = json_length(runs);
	size_t ok = 0;
	char text[64];
	size_t i;

	if (!n)
		return;
	json_for_each(i, run, runs)
		ok += row_is_ok(run);
	snprintf(text, sizeof(text), "%zu of %zu runs of the sentinel ok", ok,
		 n);
	checks_add_text(list, "sentinel", text,
			ok < n ? CHECK_WARNING : CHECK_OK,
			"compare divides no run of the other rounds by it",
			"the reasons of these runs stand in the JSON, under sentinels");
}
