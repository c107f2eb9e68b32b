// SPDX-License-Identifier: GPL-2.0
/*
 * What the certificate judges in a run: the values, their limits, and the verdict
 * on a run by its own numbers. Pure.
 */
#include <string.h>

#include "base/cpulist.h"
#include "base/json.h"
#include "checks_lines.h"

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

#define TOTAL_VIOLATIONS "totals.violations"

static bool get_any(struct json_object *run, const char *key, double *v,
		    double *limit)
{
	*limit = 0;
	return json_number(run, key, v);
}

/* The totals of a run have them as well; a file may have lost one of the two. */
static bool get_violations(struct json_object *run, const char *key, double *v,
			   double *limit)
{
	double counted = 0, total = 0;
	bool any = json_number(run, key, &counted);

	any |= json_number(run, TOTAL_VIOLATIONS, &total);
	*limit = 0;
	*v = counted > total ? counted : total;
	return any;
}

static bool get_overlap(struct json_object *run, const char *key, double *v,
			double *limit)
{
	double percent;

	*limit = json_number(run, "params.overlap_min_pct", &percent) ?
			 percent / 100 :
			 OVERLAP_MIN;
	return json_number(run, key, v);
}

static bool get_skew(struct json_object *run, const char *key, double *v,
		     double *limit)
{
	double warmup, window;

	if (!json_number(run, key, v) ||
	    !json_number(run, "params.warmup_ms", &warmup) ||
	    !json_number(run, "totals.window_ns", &window))
		return false;
	*limit = warmup * 1e6 * SKEW_OF_WARMUP + window * SKEW_OF_WINDOW;
	return true;
}

static bool get_end_skew(struct json_object *run, const char *key, double *v,
			 double *limit)
{
	double window;

	if (!json_number(run, key, v) ||
	    !json_number(run, "totals.window_ns", &window))
		return false;
	*limit = window * SKEW_OF_WINDOW;
	return true;
}

static bool get_clock(struct json_object *run, const char *key, double *v,
		      double *limit)
{
	double op;

	if (strcmp(json_text_or(run, "params.measure", ""), "full") != 0 ||
	    !json_number(run, key, v) ||
	    !json_number(run, "certificate.none_ns", &op) || op <= 0)
		return false;
	*v *= CLOCK_READS / op;
	*limit = CLOCK_MAX;
	return true;
}

static bool get_harness(struct json_object *run, const char *key, double *v,
			double *limit)
{
	double nominal;

	if (!json_number(run, key, v) ||
	    !json_number(run, "certificate.nominal_ns", &nominal) ||
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
	unsigned int cpus = cpulist_count(json_text_or(run, "params.cpus", ""));
	double window;

	if (!json_number(run, key, v) || !cpus ||
	    !json_number(run, "totals.window_ns", &window) || window <= 0)
		return false;
	*v /= window * cpus;
	*limit = OTHER_MAX;
	return true;
}

#define CERT "certificate."

const struct line checks_lines[] = {
	{ "violations", get_violations, CERT "violations", false, false,
	  CHECK_FAILED, "two threads were in the section at once",
	  "the lock does not exclude: none of its numbers is worth anything" },
	{ "lost_updates", get_any, CERT "lost_updates", false, false,
	  CHECK_FAILED, "updates of protected counters were lost",
	  "the lock does not exclude: none of its numbers is worth anything" },
	{ "stream_errors", get_any, CERT "stream_errors", false, false,
	  CHECK_FAILED, "threads made other operations than they were to make",
	  "report it, with the command" },
	{ "overlap", get_overlap, CERT "overlap", true, true, CHECK_INVALID,
	  "not all threads were in the window for long enough",
	  "raise --duration and --warmup, or free the CPUs" },
	{ "late_threads", get_any, CERT "late_threads", false, false,
	  CHECK_INVALID, "threads began after the window had opened",
	  "raise --warmup, or free the CPUs" },
	{ "left_cpu", get_any, CERT "left_cpu", false, false, CHECK_INVALID,
	  "threads were seen on another CPU than theirs",
	  "find out what moves them: cpusets, hotplug, a management daemon" },
	{ "stopped", get_any, CERT "stopped", false, false, CHECK_INVALID,
	  "the run was stopped before its time", "let it run to its end" },
	{ "cpu_lost", get_any, CERT "cpu_lost", false, false, CHECK_INVALID,
	  "a CPU of the run, or the one it left free, went offline",
	  "leave the CPUs online" },
	{ "start_skew_ns", get_skew, CERT "start_skew_ns", false, true,
	  CHECK_WARNING, "the last thread began long after the first",
	  "raise --warmup" },
	{ "end_skew_ns", get_end_skew, CERT "end_skew_ns", false, true,
	  CHECK_WARNING, "the last thread left long after the first",
	  "raise --duration" },
	{ "clock_cost", get_clock, CERT "clock_cost_ns", false, true,
	  CHECK_WARNING,
	  "reading the clock is a large share of an operation without a lock",
	  "give --measure throughput, or raise --hold or --think" },
	{ "harness", get_harness, CERT "none_ns", false, true, CHECK_WARNING,
	  "the loop around the lock is a large share of the time asked for",
	  "raise --hold or --think" },
	{ "other_load", get_load, CERT "other_ns", false, true, CHECK_WARNING,
	  "other tasks had a share of the CPUs in the window",
	  "end them, or keep them off these CPUs" },
	{ "steal_load", get_load, CERT "steal_ns", false, true, CHECK_WARNING,
	  "the host took away a share of the CPUs in the window",
	  "give the virtual machine CPUs of its own" },
};

const size_t checks_nr_lines = sizeof(checks_lines) / sizeof(checks_lines[0]);

/**
 * checks_run() - Judge a run by its own numbers
 * @run: the run
 * @name: receives the name of the worst line
 * @why: receives its reason
 *
 * These are the module's rules, as far as its result has the numbers.
 *
 * Return: the worst verdict, without warnings.
 */
enum check_verdict checks_run(struct json_object *run, const char **name,
			      const char **why)
{
	enum check_verdict worst = CHECK_OK;
	double v, limit;
	size_t i;

	for (i = 0; i < checks_nr_lines; i++) {
		const struct line *l = &checks_lines[i];

		if (l->verdict < CHECK_INVALID || l->verdict <= worst ||
		    !l->get(run, l->key, &v, &limit) ||
		    (l->least ? v >= limit : v <= limit))
			continue;
		worst = l->verdict;
		*name = l->name;
		*why = l->why;
	}
	return worst;
}
