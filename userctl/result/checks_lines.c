// SPDX-License-Identifier: GPL-2.0
/*
 * The lines of the certificate that are about runs. Each is judged over all
 * runs of a document and shows the worst of them. Pure.
 */
#include <stdio.h>
#include <string.h>

#include "checks.h"
#include "cpulist.h"
#include "digest.h"
#include "jpath.h"

/* Of the window, where a run does not say what was asked for. */
#define OVERLAP_MIN 0.95

/* A thread that begins later than this had hardly any warm-up. */
#define SKEW_OF_WARMUP 0.5

/*
 * Beside it, and for what happens behind the window: a thread that cannot be
 * started, or does not look at its phase, for so long a part of the window may
 * well be kept from its work by the same thing within it.
 */
#define SKEW_OF_WINDOW 0.05

/* An operation reads the clock so often, with measure=full. */
#define CLOCK_READS 3

/*
 * What measuring may cost: measure=full within 5 % of measure=throughput is
 * what this project promises for operations of 1 us.
 */
#define CLOCK_MAX 0.05

/* A tenth of an operation that no lock can be blamed for hides what locks do. */
#define HARNESS_MAX 0.1

/* Other tasks on the CPUs: a third of the 3 % that are to be told apart. */
#define OTHER_MAX 0.01

/**
 * struct line - One line about runs
 * @name: its name
 * @get: gives value and limit of a run; false: the run has no such value
 * @key: for @get
 * @least: values below the limit are bad, not above
 * @timed: says nothing where the CPU was emulated
 * @verdict: of a bad value
 * @why: the reason
 * @todo: what to do about it
 */
struct line {
	const char *name;
	bool (*get)(struct json_object *run, const char *key, double *v,
		    double *limit);
	const char *key;
	bool least;
	bool timed;
	enum check_verdict verdict;
	const char *why;
	const char *todo;
};

static bool get_any(struct json_object *run, const char *key, double *v,
		    double *limit)
{
	*limit = 0;
	return jpath_number(run, key, v);
}

static bool get_overlap(struct json_object *run, const char *key, double *v,
			double *limit)
{
	double percent;

	*limit = jpath_number(run, "params.overlap_min_pct", &percent) ?
			 percent / 100 :
			 OVERLAP_MIN;
	return jpath_number(run, key, v);
}

static bool get_skew(struct json_object *run, const char *key, double *v,
		     double *limit)
{
	double warmup, window;

	if (!jpath_number(run, key, v) ||
	    !jpath_number(run, "params.warmup_ms", &warmup) ||
	    !jpath_number(run, "totals.window_ns", &window))
		return false;
	*limit = warmup * 1e6 * SKEW_OF_WARMUP + window * SKEW_OF_WINDOW;
	return true;
}

static bool get_end_skew(struct json_object *run, const char *key, double *v,
			 double *limit)
{
	double window;

	if (!jpath_number(run, key, v) ||
	    !jpath_number(run, "totals.window_ns", &window))
		return false;
	*limit = window * SKEW_OF_WINDOW;
	return true;
}

static bool get_clock(struct json_object *run, const char *key, double *v,
		      double *limit)
{
	double op;

	if (strcmp(jpath_text_or(run, "params.measure", ""), "full") != 0 ||
	    !jpath_number(run, key, v) ||
	    !jpath_number(run, "certificate.none_ns", &op) || op <= 0)
		return false;
	*v *= CLOCK_READS / op;
	*limit = CLOCK_MAX;
	return true;
}

static bool get_harness(struct json_object *run, const char *key, double *v,
			double *limit)
{
	double nominal;

	if (!jpath_number(run, key, v) ||
	    !jpath_number(run, "certificate.nominal_ns", &nominal) ||
	    nominal <= 0)
		return false;
	*v = *v > nominal ? *v / nominal - 1 : 0;
	*limit = HARNESS_MAX;
	return true;
}

/* A share of what the CPUs of the run had to give in the window. */
static bool get_load(struct json_object *run, const char *key, double *v,
		     double *limit)
{
	unsigned int cpus =
		cpulist_count(jpath_text_or(run, "params.cpus", ""));
	double window;

	if (!jpath_number(run, key, v) || !cpus ||
	    !jpath_number(run, "totals.window_ns", &window) || window <= 0)
		return false;
	*v /= window * cpus;
	*limit = OTHER_MAX;
	return true;
}

#define CERT "certificate."

static const struct line lines[] = {
	{ "violations", get_any, CERT "violations", false, false, CHECK_FAILED,
	  "two threads were in the section at once",
	  "the lock does not exclude: none of its numbers is worth anything" },
	{ "lost_updates", get_any, CERT "lost_updates", false, false,
	  CHECK_FAILED, "updates of protected counters were lost",
	  "the lock does not exclude: none of its numbers is worth anything" },
	{ "stream_errors", get_any, CERT "stream_errors", false, false,
	  CHECK_FAILED, "threads made other operations than they were to make",
	  "report it, with the command" },
	{ "overlap", get_overlap, CERT "overlap", true, true, CHECK_INVALID,
	  "not all threads were in the window for long enough",
	  "raise --duration-ms and --warmup-ms, or free the CPUs" },
	{ "late_threads", get_any, CERT "late_threads", false, false,
	  CHECK_INVALID, "threads began after the window had opened",
	  "raise --warmup-ms, or free the CPUs" },
	{ "left_cpu", get_any, CERT "left_cpu", false, false, CHECK_INVALID,
	  "threads were seen on another CPU than theirs",
	  "find out who moves them: cpusets, hotplug, a management daemon" },
	{ "stopped", get_any, CERT "stopped", false, false, CHECK_INVALID,
	  "the run was stopped before its time", "let it run to its end" },
	{ "cpu_lost", get_any, CERT "cpu_lost", false, false, CHECK_INVALID,
	  "a CPU of the run, or the one it left free, went offline",
	  "leave the CPUs online" },
	{ "start_skew_ns", get_skew, CERT "start_skew_ns", false, true,
	  CHECK_WARNING, "the last thread began long after the first",
	  "raise --warmup-ms" },
	{ "end_skew_ns", get_end_skew, CERT "end_skew_ns", false, true,
	  CHECK_WARNING, "the last thread left long after the first",
	  "raise --duration-ms" },
	{ "clock_cost", get_clock, CERT "clock_cost_ns", false, true,
	  CHECK_WARNING,
	  "reading the clock is a large share of an operation without a lock",
	  "give --measure throughput, or raise --hold-ns or --think-ns" },
	{ "harness", get_harness, CERT "none_ns", false, true, CHECK_WARNING,
	  "the loop around the lock is a large share of the time asked for",
	  "raise --hold-ns or --think-ns" },
	{ "other_load", get_load, CERT "other_ns", false, true, CHECK_WARNING,
	  "other tasks had a share of the CPUs in the window",
	  "end them, or keep them off these CPUs" },
	{ "steal_load", get_load, CERT "steal_ns", false, true, CHECK_WARNING,
	  "the host took away a share of the CPUs in the window",
	  "give the virtual machine CPUs of its own" },
};

#define NR_LINES (sizeof(lines) / sizeof(lines[0]))

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
	double v, limit, excess;
	size_t i;

	*w = (struct worst){ 0 };
	for (i = 0; i < jpath_length(runs); i++) {
		struct json_object *run = json_object_array_get_idx(runs, i);

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

/* "... (run 7 of mutex, and 2 others)" */
static void say_where(char *out, size_t len, const char *why,
		      struct json_object *run, size_t bad)
{
	char others[48] = "";

	if (bad > 1)
		snprintf(others, sizeof(others), " and %zu other%s", bad - 1,
			 bad > 2 ? "s" : "");
	snprintf(out, len, "%s (run %.20s of %.40s%s)", why,
		 jpath_text_or(run, "run", "?"),
		 jpath_text_or(run, "lock", "?"), others);
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
	say_where(why, sizeof(why), l->why, w.run, w.bad);
	c.value = jpath_double(w.value);
	c.verdict = w.bad ? l->verdict : CHECK_OK;
	c.why = why;
	checks_add(list, &c);
}

static void add_streams(struct json_object *list, struct json_object *doc)
{
	struct json_object *odd = digest_odd_run(doc);
	struct check c = { .name = "stream_digest",
			   .verdict = odd ? CHECK_FAILED : CHECK_OK,
			   .todo = "report it, with the command" };
	char why[256];

	say_where(why, sizeof(why),
		  "two runs with the same parameters had different operations",
		  odd, 1);
	c.why = why;
	c.value = json_object_new_string(odd ? "different" : "equal");
	checks_add(list, &c);
}

/* The module's own word, which may have reasons that no other line knows. */
static void add_verdict(struct json_object *list, struct json_object *runs)
{
	struct check c = { .name = "verdict" };
	struct json_object *worst = NULL;
	size_t n = jpath_length(runs);
	char text[64];
	bool failed = false;
	char why[256];
	size_t bad = 0;
	size_t i;

	for (i = 0; i < n; i++) {
		struct json_object *run = json_object_array_get_idx(runs, i);
		const char *verdict = jpath_text_or(run, "verdict", "FAILED");
		bool fails = strcmp(verdict, "INVALID") != 0;

		if (!strcmp(verdict, "ok"))
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
	c.value = json_object_new_string(text);
	c.verdict = failed ? CHECK_FAILED : bad ? CHECK_INVALID : CHECK_OK;
	c.why = why;
	checks_add(list, &c);
}

/**
 * checks_runs() - Add the lines about runs
 * @list: list to add to
 * @doc: document with runs; without any, nothing is added
 */
void checks_runs(struct json_object *list, struct json_object *doc)
{
	struct json_object *runs = jpath_array(doc, "runs");
	bool meaningless = checks_meaningless(doc);
	size_t i;

	if (!jpath_length(runs))
		return;
	add_verdict(list, runs);
	for (i = 0; i < NR_LINES; i++)
		if (!lines[i].timed || !meaningless)
			add_line(list, &lines[i], runs);
	add_streams(list, doc);
}
