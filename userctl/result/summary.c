// SPDX-License-Identifier: GPL-2.0
/*
 * One row per cell and lock. Runs that are not ok take no part in the numbers
 * as long as there is one that is; the row says how many were left out. Pure.
 */
#include <math.h>
#include <stdio.h>

#include "base/json.h"
#include "base/xalloc.h"
#include "group.h"
#include "hist_json.h"
#include "model_row.h"
#include "ranges.h"
#include "ratio_row.h"
#include "row.h"
#include "sample_runs.h"
#include "summary.h"

static void add_percentiles(struct json_object *stats, const struct hist *h,
			    double max)
{
	static const struct {
		const char *name;
		unsigned int per_10k;
	} wanted[] = { { "p50", 5000 },
		       { "p90", 9000 },
		       { "p99", 9900 },
		       { "p999", 9990 },
		       { "p9999", 9999 } };
	size_t i;

	for (i = 0; i < sizeof(wanted) / sizeof(wanted[0]); i++) {
		uint64_t v = hist_percentile(h, wanted[i].per_10k, max);

		json_add_count(stats, wanted[i].name, v);
	}
}

/* The statistics of several runs, from all their buckets together. */
static struct json_object *merged(const struct group *g, const char *name)
{
	struct json_object *stats = NULL;
	struct hist h = { 0 };
	double sum = 0;
	double max = 0;
	char key[96];
	size_t i;

	for (i = 0; i < g->n; i++) {
		struct json_object *latency;
		double count, mean, m;

		snprintf(key, sizeof(key), "latency.%s", name);
		if (!json_find(g->runs[i], key, &latency) ||
		    !json_number(latency, "count", &count) ||
		    !json_number(latency, "mean", &mean) ||
		    !json_number(latency, "max", &m) ||
		    !hist_add_json(&h, json_array(latency, "buckets")))
			goto out;
		sum += mean * count;
		max = m > max ? m : max;
	}
	if (!h.count)
		goto out;
	stats = json_object_new_object();
	json_add_count(stats, "count", h.count);
	json_add_number(stats, "mean", sum / h.count);
	add_percentiles(stats, &h, max);
	json_add_count(stats, "max", max);
out:
	hist_free(&h);
	return stats;
}

/* One run: the kernel's own statistics, and the percentile that it does not give. */
static struct json_object *copied(struct json_object *latency)
{
	struct json_object *stats = json_object_new_object();
	struct hist h = { 0 };
	double max;

	if (json_number(latency, "max", &max) &&
	    hist_add_json(&h, json_array(latency, "buckets")) && h.count)
		json_add_count(stats, "p9999", hist_percentile(&h, 9999, max));
	hist_free(&h);

	json_object_object_foreach(latency, key, val)
	{
		if (strcmp(key, "buckets") != 0)
			json_object_object_add(stats, key,
					       json_object_get(val));
	}
	return stats;
}

static void add_latency(struct json_object *row, const struct group *g)
{
	struct json_object *latency = json_object_at(g->runs[0], "latency");
	struct json_object *out = json_object_new_object();

	json_object_object_add(row, "latency", out);
	if (!latency)
		return;
	json_object_object_foreach(latency, name, hist)
	{
		struct json_object *stats = NULL;

		if (!json_object_is_type(hist, json_type_object))
			continue;
		stats = g->n == 1 ? copied(hist) : merged(g, name);
		if (stats)
			json_object_object_add(out, name, stats);
	}
}

/*
 * The verdict, which is the worst of all runs, and what the times are worth: one
 * run under emulation is enough. Returns the runs that the numbers are made of,
 * whose array is to be freed.
 */
static struct group add_verdict(struct json_object *row,
				const struct group *all)
{
	struct group used = *all;
	const char *worst = "ok", *times = "ok";
	size_t good = 0;
	size_t i;

	used.runs = xcalloc(all->n, sizeof(*used.runs));
	for (i = 0; i < all->n; i++) {
		if (row_is_ok(all->runs[i]))
			used.runs[good++] = all->runs[i];
		else if (strcmp(worst, "FAILED") != 0)
			worst = json_text_or(all->runs[i], "verdict", "FAILED");
		if (run_is_emulated(all->runs[i]))
			times = "meaningless";
		else if (json_is(all->runs[i], "certificate.times",
				 "simulated"))
			times = "simulated";
	}
	if (good)
		used.n = good;
	else
		memcpy(used.runs, all->runs, all->n * sizeof(*used.runs));
	json_add_text(row, "verdict", worst);
	json_add_count(row, "runs", all->n);
	json_add_count(row, "ok", good);
	json_add_text(row, "times", times);
	return used;
}

/* A lock that needs one order for all sets has it, whatever was asked for. */
static void add_set_order(struct json_object *row, struct json_object *run)
{
	const char *got = json_text(run, "certificate.set_order");

	if (got && json_text(run, "params.order") &&
	    !json_is(run, "params.order", got))
		json_add_text(row, "set_order", got);
}

static void add_cell(struct json_object *row, const struct group *all)
{
	struct json_object *value;

	if (json_find(all->runs[0], "cell", &value))
		json_object_object_add(row, "cell", json_object_get(value));
}

static struct json_object *make_row(struct json_object *doc,
				    const struct group *all)
{
	struct json_object *row = json_object_new_object();
	struct json_object *model;
	struct group used;

	add_cell(row, all);
	json_add_text(row, "lock", all->lock);
	json_object_object_add(row, "params",
			       group_params(all,
					    json_object_at(doc, "plan.axes")));
	used = add_verdict(row, all);
	add_set_order(row, all->runs[0]);
	ranges_add(row, used.runs, used.n);
	add_latency(row, &used);
	model = model_row(doc, used.runs, used.n);
	if (model)
		json_object_object_add(row, "model", model);
	free(used.runs);
	return row;
}

/* What decides on another round: see rounds.c. */
static struct json_object *brief_row(const struct group *all)
{
	struct json_object *row = json_object_new_object();
	double repeat, last = 0;
	struct group used;
	size_t i;

	json_add_text(row, "lock", all->lock);
	add_cell(row, all);
	for (i = 0; i < all->n; i++)
		if (json_number(all->runs[i], "repeat", &repeat))
			last = fmax(last, repeat);
	json_add_number(row, "last", last);
	used = add_verdict(row, all);
	ranges_add_throughput(row, used.runs, used.n);
	free(used.runs);
	return row;
}

/* All rows; @look, if not NULL: brief ones, with a look at intervals or not. */
static struct json_object *make(struct json_object *doc, const bool *look)
{
	struct json_object *rows = json_object_new_array();
	struct groups gs = groups_make(doc);
	struct row_sample *samples = xcalloc(gs.n, sizeof(*samples));
	size_t i;

	for (i = 0; i < gs.n; i++) {
		const struct group *g = &gs.of[i];

		samples[i] = (struct row_sample){
			.row = look ? brief_row(g) : make_row(doc, g),
			.cell = g->cell,
			.sample = sample_of_runs(g->runs, g->n),
			.waits = look ? sample_new(0) :
					sample_of_waits(g->runs, g->n),
		};
	}
	if (look)
		ratio_rows_brief(doc, samples, gs.n, *look);
	else
		ratio_rows_add(doc, samples, gs.n);
	for (i = 0; i < gs.n; i++) {
		json_object_array_add(rows, samples[i].row);
		sample_free(&samples[i].sample);
		sample_free(&samples[i].waits);
	}
	free(samples);
	groups_free(&gs);
	return rows;
}

/**
 * summary_make() - Sum up the runs of a document
 * @doc: document with runs, and with the plan they belong to
 *
 * Return: new array; one object per cell and lock that has a run, in the
 * order of the cells and of the locks asked for.
 */
struct json_object *summary_make(struct json_object *doc)
{
	return make(doc, NULL);
}

/**
 * summary_brief() - Sum up what decides on another round
 * @doc: document with runs, and with the plan they belong to
 * @look: also resample, where there is no other way to an interval
 *
 * Return: new array of the rows of summary_make(), with cell, lock, runs, ok,
 * throughput, last (the largest repeat), and what ratio_rows_brief() adds.
 */
struct json_object *summary_brief(struct json_object *doc, bool look)
{
	return make(doc, &look);
}
