// SPDX-License-Identifier: GPL-2.0
/*
 * The numbers of a row of the summary: what they are made from, and their
 * ranges over the repeats. Pure.
 */
#include <math.h>
#include <stdio.h>

#include "base/json.h"
#include "base/xalloc.h"
#include "ranges.h"
#include "stats/stats.h"

#define KEY_MAX 64

/*
 * One number of a row: (of + and) x factor / per. A run without either of the
 * first two, or with nothing to divide by, has no such number.
 */
struct quotient {
	const char *name; /* dotted key in the row */
	const char *of, *and; /* and: a second summand, or NULL */
	const char *per; /* NULL: 1 */
	double factor;
};

#define PER_OP(name)                                                  \
	{                                                             \
		"per_op." name, "totals." name, NULL, "totals.ops", 1 \
	}

/* Operations per second. */
static const struct quotient throughput = { "throughput", "totals.ops", NULL,
					    "totals.window_ns", 1e9 };

static const struct quotient quotients[] = {
	{ "of_ideal", "totals.ops", NULL, "totals.ideal_ops", 1 },
	{ "jain_ops", "totals.jain_ops", NULL, NULL, 1 },
	{ "jain_hold_nominal", "totals.jain_hold_nominal", NULL, NULL, 1 },
	{ "fair_jain_ops", "totals.fair_jain_ops", NULL, NULL, 1 },
	{ "failed_per_op", "totals.attempts_failed", NULL, "totals.ops", 1 },
	{ "stale_per_block", "totals.stale", NULL, "totals.blocks", 1 },
	{ "refused", "totals.refused", NULL, "totals.arrivals", 1 },
	{ "bystander_kept", "totals.bystander_kept", NULL, NULL, 1 },
	{ "efficiency", "totals.efficiency", NULL, NULL, 1 },
	/* What follows is the ledger's. */
	{ "failed_per_pass", "totals.attempts_failed", NULL,
	  "totals.switches_contended", 1 },
	PER_OP("head_retries"),
	PER_OP("tokens_undone"),
	PER_OP("restarts"),
	PER_OP("fail_on_tentative"),
	PER_OP("idle_polls"),
	PER_OP("ipis"),
	PER_OP("wakeups"),
	{ "per_op.futile", "totals.ipis_useless", "totals.futile_wakeups",
	  "totals.ops", 1 },
	PER_OP("spins"),
	PER_OP("sorted_entries"),
	PER_OP("grants"),
	PER_OP("switches"),
	{ "owned_not_running", "totals.owned_not_running_ns", NULL,
	  "totals.nominal_held_ns", 1 },
};

/*
 * The same for the elements of an array: @of is a name in the element, and so
 * is @per if it begins with a point.
 */
static const struct quotient of_groups[] = {
	{ "throughput", "ops", NULL, "totals.window_ns", 1e9 },
	{ "ops_share", "ops_share", NULL, NULL, 1 },
	{ "nominal_hold_share", "nominal_hold_share", NULL, NULL, 1 },
	{ "hold_share", "hold_share", NULL, NULL, 1 },
	{ "acquire_p50_ns", "acquire_p50_ns", NULL, NULL, 1 },
	{ "acquire_p99_ns", "acquire_p99_ns", NULL, NULL, 1 },
	{ "acquire_max_ns", "acquire_max_ns", NULL, NULL, 1 },
};

static const struct quotient of_phases[] = {
	{ "throughput", "ops", NULL, ".window_ns", 1e9 },
};

/* What is the same in all repeats, and copied. */
static const char *const group_settings[] = { "threads",  "hold_ns",
					      "think_ns", "shared_pct",
					      "nice",	  NULL };
static const char *const phase_settings[] = { "threads_per_cpu", NULL };

static const struct array {
	const char *name;
	const char *const *settings;
	const struct quotient *numbers;
	size_t nr_numbers;
} arrays[] = {
	{ "groups", group_settings, of_groups,
	  sizeof(of_groups) / sizeof(of_groups[0]) },
	{ "phases", phase_settings, of_phases,
	  sizeof(of_phases) / sizeof(of_phases[0]) },
};

static bool quotient_of(struct json_object *run, const struct quotient *q,
			double *v)
{
	double a = 0, b = 0, per = 1;
	bool any = json_number(run, q->of, &a);

	if (q->and)
		any |= json_number(run, q->and, &b);
	if (!any || (q->per && !json_number(run, q->per, &per)) || per <= 0)
		return false;
	*v = (a + b) * q->factor / per;
	return isfinite(*v);
}

/**
 * ranges_throughput() - Operations per second of a run
 * @run: the run
 * @v: receives the number
 *
 * Return: false if the run does not say.
 */
bool ranges_throughput(struct json_object *run, double *v)
{
	return quotient_of(run, &throughput, v);
}

static void add_range(struct json_object *row, struct json_object *const *runs,
		      size_t nr_runs, const struct quotient *q)
{
	double *values = xcalloc(nr_runs, sizeof(*values));
	struct json_object *obj;
	struct stats_range r;
	size_t n = 0;
	size_t i;

	for (i = 0; i < nr_runs; i++)
		n += quotient_of(runs[i], q, &values[n]);
	if (n) {
		r = stats_range(values, n);
		obj = json_object_new_object();
		json_add_number(obj, "median", r.median);
		json_add_number(obj, "min", r.min);
		json_add_number(obj, "max", r.max);
		json_set(row, q->name, obj);
	}
	free(values);
}

/* The element with this number, from 1, of all runs. */
static struct json_object *element(struct json_object *const *runs, size_t n,
				   const struct array *a, size_t number)
{
	struct json_object *obj = json_object_new_object();
	char of[KEY_MAX], per[KEY_MAX];
	struct json_object *value;
	size_t i;

	for (i = 0; a->settings[i]; i++) {
		snprintf(of, sizeof(of), "%s.%zu.%s", a->name, number,
			 a->settings[i]);
		if (json_find(runs[0], of, &value))
			json_object_object_add(obj, a->settings[i],
					       json_object_get(value));
	}
	for (i = 0; i < a->nr_numbers; i++) {
		struct quotient q = a->numbers[i];

		snprintf(of, sizeof(of), "%s.%zu.%s", a->name, number, q.of);
		q.of = of;
		if (q.per && *q.per == '.') {
			snprintf(per, sizeof(per), "%s.%zu%s", a->name, number,
				 q.per);
			q.per = per;
		}
		add_range(obj, runs, n, &q);
	}
	return obj;
}

/* As many elements as the first run has; without any there is no array. */
static void add_array(struct json_object *row, struct json_object *const *runs,
		      size_t n, const struct array *a)
{
	size_t len = json_length(json_array(runs[0], a->name));
	struct json_object *list;
	size_t i;

	if (!len)
		return;
	list = json_object_new_array();
	for (i = 1; i <= len; i++)
		json_object_array_add(list, element(runs, n, a, i));
	json_object_object_add(row, a->name, list);
}

/**
 * ranges_add_throughput() - Add the throughput of a row, and nothing else
 * @row: receives it as median, min and max
 * @runs: runs of one lock in one cell
 * @n: their number, at least 1
 */
void ranges_add_throughput(struct json_object *row,
			   struct json_object *const *runs, size_t n)
{
	add_range(row, runs, n, &throughput);
}

/**
 * ranges_add() - Add the numbers of a row
 * @row: receives them, each as median, min and max; and the arrays groups and
 *	 phases, if the runs have them
 * @runs: runs of one lock in one cell
 * @n: their number, at least 1
 */
void ranges_add(struct json_object *row, struct json_object *const *runs,
		size_t n)
{
	size_t i;

	add_range(row, runs, n, &throughput);
	for (i = 0; i < sizeof(quotients) / sizeof(quotients[0]); i++)
		add_range(row, runs, n, &quotients[i]);
	for (i = 0; i < sizeof(arrays) / sizeof(arrays[0]); i++)
		add_array(row, runs, n, &arrays[i]);
}
