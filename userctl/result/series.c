// SPDX-License-Identifier: GPL-2.0
/*
 * Which rows of a summary make a curve of throughput against threads: those of
 * one lock that differ in one thing, the CPUs or the threads on each CPU. These
 * are the two readings that the law of usl.c has (Gunther 2007): more processors
 * with the same load on each, or more load on the same processors. Where both
 * vary, each has curves of its own, for each value of the other: four threads on
 * four CPUs and four threads on one are no two measurements of the same.
 * Pure.
 */
#include <stdio.h>
#include <string.h>

#include "base/json.h"
#include "base/xalloc.h"
#include "row.h"
#include "series.h"

static bool same_text(struct json_object *a, struct json_object *b,
		      const char *key)
{
	return !strcmp(json_text_or(a, key, ""), json_text_or(b, key, ""));
}

/* A run, and what says to which row it belongs. */
struct member {
	struct json_object *run;
	const char *cell;
	const char *lock;
	bool ok;
};

static struct member member_of(struct json_object *obj)
{
	return (struct member){
		.run = obj,
		.cell = json_text_or(obj, "cell", ""),
		.lock = json_text_or(obj, "lock", ""),
		.ok = row_is_ok(obj),
	};
}

static struct member *all_members(struct json_object *runs)
{
	struct member *members = xcalloc(json_length(runs), sizeof(*members));
	struct json_object *run;
	size_t i;

	json_for_each(i, run, runs)
		members[i] = member_of(run);
	return members;
}

/* A run of a row, and a good one if there is one. */
static struct json_object *run_of(const struct member *members, size_t nr,
				  struct json_object *row)
{
	struct member like = member_of(row);
	struct json_object *found = NULL;
	size_t i;

	for (i = 0; i < nr; i++) {
		const struct member *m = &members[i];

		if ((found && !m->ok) || strcmp(m->cell, like.cell) != 0 ||
		    strcmp(m->lock, like.lock) != 0)
			continue;
		found = m->run;
		if (m->ok)
			break;
	}
	return found;
}

static size_t all_points(struct json_object *doc, struct series_point *points)
{
	struct json_object *runs = json_array(doc, "runs");
	struct member *members = all_members(runs);
	struct json_object *row;
	size_t nr = 0;
	size_t i;

	json_for_each(i, row, json_array(doc, "summary")) {
		struct series_point *p = &points[nr];
		double ok = 0;

		p->row = row;
		p->run = run_of(members, json_length(runs), p->row);
		if (!json_number(p->run, "totals.threads", &p->threads) ||
		    p->threads < 1)
			continue;
		p->rate = 0;
		json_number(p->row, "ok", &ok);
		if (ok > 0)
			json_number(p->row, "throughput.median", &p->rate);
		nr++;
	}
	free(members);
	return nr;
}

/* What a row has of the parameters that vary, but for one. */
static struct json_object *params_but(struct json_object *row, const char *axis)
{
	struct json_object *some = json_object_new_object();
	struct json_object *all = json_object_at(row, "params");

	if (!all)
		return some;
	json_object_object_foreach(all, name, val)
	{
		if (strcmp(name, axis) != 0)
			json_object_object_add(some, name,
					       json_object_get(val));
	}
	return some;
}

static bool is_on_curve(struct json_object *row, struct json_object *with,
			struct json_object *params, const char *axis)
{
	struct json_object *own = params_but(row, axis);
	bool is;

	is = same_text(row, with, "lock") && json_object_equal(own, params);

	json_object_put(own);
	return is;
}

static int by_threads(const void *a, const void *b)
{
	const struct series_point *x = a;
	const struct series_point *y = b;

	if (x->threads != y->threads)
		return x->threads < y->threads ? -1 : 1;
	return (x->rate > y->rate) - (x->rate < y->rate);
}

/* The curve that begins with the first point; its points are taken out. */
static struct series take_curve(struct series_point *points, size_t *nr,
				const char *axis)
{
	struct series s = {
		.axis = axis,
		.params = params_but(points[0].row, axis),
		.points = xcalloc(*nr, sizeof(*s.points)),
	};
	struct json_object *first = points[0].row;
	size_t left = 0;
	size_t i;

	for (i = 0; i < *nr; i++) {
		if (is_on_curve(points[i].row, first, s.params, axis))
			s.points[s.nr++] = points[i];
		else
			points[left++] = points[i];
	}
	*nr = left;
	qsort(s.points, s.nr, sizeof(*s.points), by_threads);
	return s;
}

/**
 * series_find() - Find the curves of a document
 * @doc: document with runs and their summary
 * @axis: what they are over: cpus or threads_per_cpu
 * @found: receives an array of them, in the order of their first rows, which
 *	   borrow from @doc; free it with series_free()
 *
 * Return: how many there are; none, if this did not vary.
 */
size_t series_find(struct json_object *doc, const char *axis,
		   struct series **found)
{
	size_t nr = json_length(json_array(doc, "summary"));
	struct series_point *points;
	struct json_object *values;
	size_t curves = 0;
	char key[40];

	*found = NULL;
	snprintf(key, sizeof(key), "plan.axes.%s", axis);
	if (!json_find(doc, key, &values))
		return 0;
	points = xcalloc(nr, sizeof(*points));
	*found = xcalloc(nr, sizeof(**found));
	nr = all_points(doc, points);
	while (nr)
		(*found)[curves++] = take_curve(points, &nr, axis);
	free(points);
	return curves;
}

/**
 * series_free() - Free what series_find() found
 * @found: the array, or NULL
 * @nr: how many
 */
void series_free(struct series *found, size_t nr)
{
	size_t i;

	for (i = 0; i < nr; i++) {
		json_object_put(found[i].params);
		free(found[i].points);
	}
	free(found);
}
