// SPDX-License-Identifier: GPL-2.0
/*
 * One row per cell and lock. Runs that are not ok take no part in the numbers
 * as long as there is one that is; the row says how many were left out. Pure.
 */
#include <stdio.h>
#include <string.h>

#include "hist_json.h"
#include "jpath.h"
#include "model_row.h"
#include "ranges.h"
#include "ratio_row.h"
#include "summary.h"
#include "xalloc.h"

/* The runs of one row. */
struct group {
	struct json_object **runs;
	size_t n;
};

static void add_percentiles(struct json_object *stats, const struct hist *h,
			    double max)
{
	static const struct {
		const char *name;
		unsigned int permille;
	} wanted[] = { { "p50", 500 },
		       { "p90", 900 },
		       { "p99", 990 },
		       { "p999", 999 } };
	size_t i;

	for (i = 0; i < sizeof(wanted) / sizeof(wanted[0]); i++) {
		uint64_t v = hist_percentile(h, wanted[i].permille, max);

		json_object_object_add(stats, wanted[i].name,
				       json_object_new_uint64(v));
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
		if (!jpath_get(g->runs[i], key, &latency) ||
		    !jpath_number(latency, "count", &count) ||
		    !jpath_number(latency, "mean", &mean) ||
		    !jpath_number(latency, "max", &m) ||
		    !hist_add_json(&h, jpath_array(latency, "buckets")))
			goto out;
		sum += mean * count;
		max = m > max ? m : max;
	}
	if (!h.count)
		goto out;
	stats = json_object_new_object();
	json_object_object_add(stats, "count", json_object_new_uint64(h.count));
	json_object_object_add(stats, "mean", jpath_double(sum / h.count));
	add_percentiles(stats, &h, max);
	json_object_object_add(stats, "max", json_object_new_uint64(max));
out:
	hist_free(&h);
	return stats;
}

/* One run: the kernel's own statistics, which nothing here can improve. */
static struct json_object *copied(struct json_object *latency)
{
	struct json_object *stats = json_object_new_object();

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
	struct json_object *out = json_object_new_object();
	struct json_object *latency;

	json_object_object_add(row, "latency", out);
	if (!jpath_get(g->runs[0], "latency", &latency) ||
	    !json_object_is_type(latency, json_type_object))
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

static const char *verdict_of(struct json_object *run)
{
	const char *verdict = jpath_text(run, "verdict");

	return verdict ? verdict : "FAILED";
}

/* Worst verdict of all runs, and which runs the numbers are made from. */
static void add_verdict(struct json_object *row, const struct group *all,
			struct group *used)
{
	const char *worst = "ok";
	size_t good = 0;
	size_t i;

	for (i = 0; i < all->n; i++) {
		const char *verdict = verdict_of(all->runs[i]);

		if (!strcmp(verdict, "ok"))
			used->runs[good++] = all->runs[i];
		else if (strcmp(worst, "FAILED") != 0)
			worst = verdict;
	}
	used->n = good;
	if (!good) {
		memcpy(used->runs, all->runs, all->n * sizeof(*used->runs));
		used->n = all->n;
	}
	json_object_object_add(row, "verdict", json_object_new_string(worst));
	json_object_object_add(row, "runs", json_object_new_uint64(all->n));
	json_object_object_add(row, "ok", json_object_new_uint64(good));
}

/* One run under emulation is enough to make the times of its row worthless. */
static void add_times(struct json_object *row, const struct group *all)
{
	const char *times = "ok";
	size_t i;

	for (i = 0; i < all->n; i++) {
		const char *t = jpath_text(all->runs[i], "certificate.times");

		if (t && !strcmp(t, "meaningless"))
			times = "meaningless";
	}
	json_object_object_add(row, "times", json_object_new_string(times));
}

/* A lock that needs one order for all sets has it, whatever was asked for. */
static void add_set_order(struct json_object *row, struct json_object *run)
{
	const char *got = jpath_text(run, "certificate.set_order");
	const char *asked = jpath_text(run, "params.order");

	if (got && asked && strcmp(got, asked) != 0)
		json_object_object_add(row, "set_order",
				       json_object_new_string(got));
}

static struct json_object *make_row(struct json_object *doc, const char *lock,
				    const struct group *all)
{
	struct group used = { xcalloc(all->n, sizeof(*used.runs)), 0 };
	struct json_object *row = json_object_new_object();
	struct json_object *params_obj = json_object_new_object();
	struct json_object *axes, *value, *model;
	char key[96];

	if (jpath_get(all->runs[0], "cell", &value))
		json_object_object_add(row, "cell", json_object_get(value));
	json_object_object_add(row, "lock", json_object_new_string(lock));
	if (jpath_get(all->runs[0], "cell", &value))
		json_object_object_add(row, "cell", json_object_get(value));
	json_object_object_add(row, "params", params_obj);
	if (jpath_get(doc, "plan.axes", &axes) &&
	    json_object_is_type(axes, json_type_object)) {
		json_object_object_foreach(axes, name, unused)
		{
			(void)unused;
			snprintf(key, sizeof(key), "params.%s", name);
			if (jpath_get(all->runs[0], key, &value))
				jpath_set(params_obj, name,
					  json_object_get(value));
		}
	}
	add_verdict(row, all, &used);
	add_times(row, all);
	add_set_order(row, all->runs[0]);
	ranges_add(row, used.runs, used.n);
	add_latency(row, &used);
	model = model_row(doc, used.runs, used.n);
	if (model)
		json_object_object_add(row, "model", model);
	free(used.runs);
	return row;
}

/* Position of a lock in the plan, so that rows stand in the order asked for. */
static size_t lock_rank(struct json_object *doc, const char *lock)
{
	struct json_object *locks = jpath_array(doc, "plan.locks");
	size_t i;

	for (i = 0; i < jpath_length(locks); i++) {
		const char *name = jpath_item(locks, i);

		if (name && !strcmp(name, lock))
			break;
	}
	return i;
}

struct place {
	double cell;
	size_t rank;
	size_t index; /* of the run in the document: keeps the sort stable */
	const char *lock;
	struct json_object *run;
};

static int by_place(const void *a, const void *b)
{
	const struct place *x = a;
	const struct place *y = b;

	if (x->cell != y->cell)
		return x->cell < y->cell ? -1 : 1;
	if (x->rank != y->rank)
		return x->rank < y->rank ? -1 : 1;
	return (x->index > y->index) - (x->index < y->index);
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
	struct json_object *rows = json_object_new_array();
	struct json_object *runs = jpath_array(doc, "runs");
	struct row_sample *samples;
	struct place *places;
	struct group g;
	size_t n = jpath_length(runs);
	size_t nr_rows = 0;
	size_t i, first;

	places = xcalloc(n, sizeof(*places));
	samples = xcalloc(n, sizeof(*samples));
	g.runs = xcalloc(n, sizeof(*g.runs));
	for (i = 0; i < n; i++) {
		struct place *p = &places[i];

		p->run = json_object_array_get_idx(runs, i);
		p->index = i;
		p->lock = jpath_text(p->run, "lock");
		if (!p->lock)
			p->lock = "?";
		p->rank = lock_rank(doc, p->lock);
		jpath_number(p->run, "cell", &p->cell);
	}
	qsort(places, n, sizeof(*places), by_place);
	for (first = 0; first < n; first += g.n) {
		for (g.n = 0; first + g.n < n; g.n++) {
			const struct place *p = &places[first + g.n];

			if (p->cell != places[first].cell ||
			    strcmp(p->lock, places[first].lock) != 0)
				break;
			g.runs[g.n] = p->run;
		}
		samples[nr_rows++] = (struct row_sample){
			make_row(doc, places[first].lock, &g),
			places[first].cell, sample_of_runs(g.runs, g.n)
		};
	}
	ratio_rows_add(doc, samples, nr_rows);
	for (i = 0; i < nr_rows; i++) {
		json_object_array_add(rows, samples[i].row);
		sample_free(&samples[i].sample);
	}
	free(samples);
	free(g.runs);
	free(places);
	return rows;
}
