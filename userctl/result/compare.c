// SPDX-License-Identifier: GPL-2.0
/*
 * Two documents against each other, lock by lock and cell by cell.
 *
 * A pair is a lock with the same values of all parameters that vary in either
 * document; a value that varies in one and is fixed in the other may well be
 * in both. The rows of each side are made from its runs anew and not taken
 * from its summary, which a file may have from an older tokctl.
 *
 * The runs of the two were not made in the same rounds, so they are independent
 * samples: what drifted between the two measurements is part of the ratio, and
 * its interval does not know. Interleaving, which tokctl run does, is better;
 * this is for what cannot be interleaved. Pure.
 */
#include <stdio.h>
#include <string.h>

#include "compare.h"
#include "jpath.h"
#include "ratio.h"
#include "ratio_row.h"
#include "sample.h"
#include "summary.h"
#include "xalloc.h"

/**
 * struct group - The runs of a lock in a cell
 * @lock: the lock
 * @cell: number of the cell
 * @runs: the runs
 * @n: their number
 * @paired: has the other document the same?
 */
struct group {
	const char *lock;
	double cell;
	struct json_object **runs;
	size_t n;
	bool paired;
};

struct side {
	struct json_object *doc;
	struct group *groups;
	size_t n;
};

static void add_run(struct side *s, struct json_object *run)
{
	const char *lock = jpath_text_or(run, "lock", "?");
	struct group *g;
	double cell = 0;
	size_t i;

	jpath_number(run, "cell", &cell);
	for (i = 0; i < s->n; i++)
		if (s->groups[i].cell == cell &&
		    !strcmp(s->groups[i].lock, lock))
			break;
	if (i == s->n) {
		s->groups = xrealloc(s->groups, ++s->n, sizeof(*s->groups));
		s->groups[i] = (struct group){ .lock = lock, .cell = cell };
	}
	g = &s->groups[i];
	g->runs = xrealloc(g->runs, g->n + 1, sizeof(struct json_object *));
	g->runs[g->n++] = run;
}

/* In the order of cells; the order in which locks were run is random. */
static int by_cell(const void *a, const void *b)
{
	const struct group *x = a;
	const struct group *y = b;

	if (x->cell != y->cell)
		return x->cell < y->cell ? -1 : 1;
	return strcmp(x->lock, y->lock);
}

static struct side side_of(struct json_object *doc)
{
	struct json_object *runs = jpath_array(doc, "runs");
	struct side s = { .doc = doc };
	size_t i;

	for (i = 0; i < jpath_length(runs); i++)
		add_run(&s, json_object_array_get_idx(runs, i));
	if (s.n)
		qsort(s.groups, s.n, sizeof(*s.groups), by_cell);
	return s;
}

static void side_free(struct side *s)
{
	size_t i;

	for (i = 0; i < s->n; i++)
		free(s->groups[i].runs);
	free(s->groups);
}

static void add_axes(struct json_object *axes, struct json_object *doc)
{
	struct json_object *own;

	if (!jpath_get(doc, "plan.axes", &own) ||
	    !json_object_is_type(own, json_type_object))
		return;
	json_object_object_foreach(own, name, unused)
	{
		(void)unused;
		json_object_object_add(axes, name, NULL);
	}
}

static bool is_pair(const struct group *a, const struct group *b,
		    struct json_object *axes)
{
	char key[192];

	if (b->paired || strcmp(a->lock, b->lock) != 0)
		return false;
	json_object_object_foreach(axes, name, unused)
	{
		(void)unused;
		snprintf(key, sizeof(key), "params.%s", name);
		if (strcmp(jpath_text_or(a->runs[0], key, "-"),
			   jpath_text_or(b->runs[0], key, "-")))
			return false;
	}
	return true;
}

static struct json_object *params_of(const struct group *g,
				     struct json_object *axes)
{
	struct json_object *obj = json_object_new_object();
	struct json_object *value;
	char key[192];

	json_object_object_foreach(axes, name, unused)
	{
		(void)unused;
		snprintf(key, sizeof(key), "params.%s", name);
		if (jpath_get(g->runs[0], key, &value))
			jpath_set(obj, name, json_object_get(value));
	}
	return obj;
}

static struct json_object *head_of(const struct group *g,
				   struct json_object *axes)
{
	struct json_object *o = json_object_new_object();

	json_object_object_add(o, "lock", json_object_new_string(g->lock));
	json_object_object_add(o, "params", params_of(g, axes));
	return o;
}

/* What a summary says of one side. */
static struct json_object *side_row(const struct group *g)
{
	static const char *const keys[] = {
		"verdict", "runs", "ok", "times", "throughput", "latency"
	};
	struct json_object *doc = json_object_new_object();
	struct json_object *runs = json_object_new_array();
	struct json_object *out = json_object_new_object();
	struct json_object *rows, *value;
	size_t i;

	for (i = 0; i < g->n; i++)
		json_object_array_add(runs, json_object_get(g->runs[i]));
	json_object_object_add(doc, "runs", runs);
	rows = summary_make(doc);
	for (i = 0; i < sizeof(keys) / sizeof(keys[0]); i++)
		if (jpath_length(rows) &&
		    jpath_get(json_object_array_get_idx(rows, 0), keys[i],
			      &value))
			json_object_object_add(out, keys[i],
					       json_object_get(value));
	json_object_put(rows);
	json_object_put(doc);
	return out;
}

static struct sample independent(const struct group *g)
{
	struct sample s = sample_of_runs(g->runs, g->n);

	free(s.rounds);
	s.rounds = NULL;
	return s;
}

static void add_ratio(struct json_object *row, const struct group *a,
		      const struct group *b, uint64_t seed, bool judged)
{
	struct sample x = independent(a);
	struct sample y = independent(b);
	struct ratio r;

	if (ratio_make(&y, &x, seed, &r))
		json_object_object_add(row, "ratio", ratio_object(&r, judged));
	sample_free(&x);
	sample_free(&y);
}

/**
 * compare_emulated() - Was a side of a row measured on an emulated CPU?
 * @row: row of a result of compare_make()
 */
bool compare_emulated(struct json_object *row)
{
	return !strcmp(jpath_text_or(row, "a.times", ""), "meaningless") ||
	       !strcmp(jpath_text_or(row, "b.times", ""), "meaningless");
}

static struct json_object *pair_row(const struct group *a,
				    const struct group *b,
				    struct json_object *axes, uint64_t seed)
{
	struct json_object *row = head_of(a, axes);

	json_object_object_add(row, "a", side_row(a));
	json_object_object_add(row, "b", side_row(b));
	add_ratio(row, a, b, seed, !compare_emulated(row));
	return row;
}

static struct json_object *only(const struct side *s, struct json_object *axes)
{
	struct json_object *list = json_object_new_array();
	size_t i;

	for (i = 0; i < s->n; i++)
		if (!s->groups[i].paired)
			json_object_array_add(list,
					      head_of(&s->groups[i], axes));
	return list;
}

/**
 * compare_make() - Compare two documents
 * @a: document that is the reference
 * @b: document that is compared with it
 *
 * Return: new object with differences (what, a, b: what keeps the two from
 * being comparable), axes, rows (lock, params, a, b, ratio: b over a), and
 * only_in_a and only_in_b (lock, params).
 */
struct json_object *compare_make(struct json_object *a, struct json_object *b)
{
	struct json_object *out = json_object_new_object();
	struct json_object *axes = json_object_new_object();
	struct json_object *rows = json_object_new_array();
	struct json_object *list = json_object_new_array();
	struct side x = side_of(a), y = side_of(b);
	size_t i, j;

	add_axes(axes, a);
	add_axes(axes, b);
	for (i = 0; i < x.n; i++) {
		for (j = 0; j < y.n; j++)
			if (is_pair(&x.groups[i], &y.groups[j], axes))
				break;
		if (j == y.n)
			continue;
		x.groups[i].paired = true;
		y.groups[j].paired = true;
		compare_differences(list, a, b, axes, x.groups[i].runs[0],
				    y.groups[j].runs[0]);
		json_object_array_add(rows, pair_row(&x.groups[i], &y.groups[j],
						     axes, ratio_seed(a)));
	}
	json_object_object_add(out, "schema", json_object_new_int(1));
	json_object_object_add(out, "differences", list);
	json_object_object_add(out, "axes", axes);
	json_object_object_add(out, "rows", rows);
	json_object_object_add(out, "only_in_a", only(&x, axes));
	json_object_object_add(out, "only_in_b", only(&y, axes));
	side_free(&x);
	side_free(&y);
	return out;
}
