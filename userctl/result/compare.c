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
 * samples: what drifted between the two measurements would be part of the ratio,
 * and its interval would not know. So each run is divided by that of the sentinel
 * in its round, where both documents have one, and the ratio of the sentinels
 * says whether the machine changed. That is right as far as the lock feels
 * what a run without a lock feels. Interleaving, which tokctl run does, is better;
 * this is for what cannot be interleaved. Pure.
 */
#include <stdio.h>
#include <string.h>

#include "base/json.h"
#include "base/xalloc.h"
#include "compare.h"
#include "group.h"
#include "ratio_row.h"
#include "sample_runs.h"
#include "sentinel.h"
#include "stats/ratio.h"
#include "stats/sample.h"
#include "summary.h"

static void add_axes(struct json_object *axes, struct json_object *doc)
{
	struct json_object *own = json_object_at(doc, "plan.axes");

	if (!own)
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

	if (strcmp(a->lock, b->lock) != 0)
		return false;
	json_object_object_foreach(axes, name, unused)
	{
		(void)unused;
		snprintf(key, sizeof(key), "params.%s", name);
		if (strcmp(json_text_or(a->runs[0], key, "-"),
			   json_text_or(b->runs[0], key, "-")))
			return false;
	}
	return true;
}

static struct json_object *head_of(const struct group *g,
				   struct json_object *axes)
{
	struct json_object *o = json_object_new_object();

	json_add_text(o, "lock", g->lock);
	json_object_object_add(o, "params", group_params(g, axes));
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
		if (json_object_object_get_ex(json_object_array_get_idx(rows,
									0),
					      keys[i], &value))
			json_object_object_add(out, keys[i],
					       json_object_get(value));
	json_object_put(rows);
	json_object_put(doc);
	return out;
}

/* The rounds of two files have nothing in common but their numbers. */
static bool ratio_unpaired(const struct sample *b, const struct sample *a,
			   struct ratio *r)
{
	const struct sample x = { a->values, NULL, a->n };
	const struct sample y = { b->values, NULL, b->n };

	return ratio_make(&y, &x, r);
}

/*
 * What the machine did meanwhile, and the lock without it. Returns false if one
 * of the two has too few rounds with a sentinel.
 */
static bool add_divided(struct json_object *row, const struct sample *a,
			const struct sample *b, const struct sample *by_a,
			const struct sample *by_b, bool judged)
{
	struct sample x = sentinel_divide(a, by_a);
	struct sample y = sentinel_divide(b, by_b);
	struct json_object *obj;
	struct ratio r, machine;
	bool ok = x.n >= RATIO_RUNS_MIN && y.n >= RATIO_RUNS_MIN &&
		  ratio_unpaired(&y, &x, &r) &&
		  ratio_unpaired(by_b, by_a, &machine);

	if (ok) {
		obj = ratio_object(&r, judged);
		json_add_text(obj, "divided_by", SENTINEL_LOCK);
		json_object_object_add(row, "ratio", obj);
		json_object_object_add(row, "sentinel",
				       ratio_object(&machine, judged));
	}
	sample_free(&x);
	sample_free(&y);
	return ok;
}

static void add_ratio(struct json_object *row, const struct group *a,
		      const struct group *b, struct json_object *doc_a,
		      struct json_object *doc_b, bool judged)
{
	struct sample x = sample_of_runs(a->runs, a->n);
	struct sample y = sample_of_runs(b->runs, b->n);
	struct sample by_x = sentinel_sample(doc_a, a->cell);
	struct sample by_y = sentinel_sample(doc_b, b->cell);
	bool divided = strcmp(a->lock, SENTINEL_LOCK) != 0 &&
		       add_divided(row, &x, &y, &by_x, &by_y, judged);
	struct ratio r;

	if (ratio_unpaired(&y, &x, &r))
		json_object_object_add(row, divided ? "undivided" : "ratio",
				       ratio_object(&r, judged));
	sample_free(&by_x);
	sample_free(&by_y);
	sample_free(&x);
	sample_free(&y);
}

/**
 * compare_emulated() - Was a side of a row measured on an emulated CPU?
 * @row: row of a result of compare_make()
 */
bool compare_emulated(struct json_object *row)
{
	return json_is(row, "a.times", "meaningless") ||
	       json_is(row, "b.times", "meaningless");
}

static struct json_object *pair_row(const struct group *a,
				    const struct group *b,
				    struct json_object *doc_a,
				    struct json_object *doc_b,
				    struct json_object *axes)
{
	struct json_object *row = head_of(a, axes);

	json_object_object_add(row, "a", side_row(a));
	json_object_object_add(row, "b", side_row(b));
	add_ratio(row, a, b, doc_a, doc_b, !compare_emulated(row));
	return row;
}

/* Those that are left of a side. */
static struct json_object *only(const struct groups *side, const bool *paired,
				struct json_object *axes)
{
	struct json_object *list = json_object_new_array();
	size_t i;

	for (i = 0; i < side->n; i++)
		if (!paired[i])
			json_object_array_add(list,
					      head_of(&side->of[i], axes));
	return list;
}

/**
 * compare_make() - Compare two documents
 * @a: document that is the reference
 * @b: document that is compared with it
 *
 * Return: new object with differences (what, a, b: what keeps the two from
 * being comparable), axes, rows (lock, params, a, b, ratio: b over a, and where
 * that is divided by the sentinel undivided and sentinel, its own ratio), and
 * only_in_a and only_in_b (lock, params).
 */
struct json_object *compare_make(struct json_object *a, struct json_object *b)
{
	struct json_object *out = json_object_new_object();
	struct json_object *axes = json_object_new_object();
	struct json_object *rows = json_object_new_array();
	struct json_object *list = json_object_new_array();
	struct groups x = groups_make(a), y = groups_make(b);
	bool *x_paired = xcalloc(x.n, sizeof(*x_paired));
	bool *y_paired = xcalloc(y.n, sizeof(*y_paired));
	size_t i, j;

	add_axes(axes, a);
	add_axes(axes, b);
	for (i = 0; i < x.n; i++) {
		for (j = 0; j < y.n; j++)
			if (!y_paired[j] && is_pair(&x.of[i], &y.of[j], axes))
				break;
		if (j == y.n)
			continue;
		x_paired[i] = true;
		y_paired[j] = true;
		compare_differences(list, a, b, axes, x.of[i].runs[0],
				    y.of[j].runs[0]);
		json_object_array_add(rows,
				      pair_row(&x.of[i], &y.of[j], a, b, axes));
	}
	json_object_object_add(out, "schema", json_object_new_int(1));
	json_object_object_add(out, "differences", list);
	json_object_object_add(out, "axes", axes);
	json_object_object_add(out, "rows", rows);
	json_object_object_add(out, "only_in_a", only(&x, x_paired, axes));
	json_object_object_add(out, "only_in_b", only(&y, y_paired, axes));
	free(x_paired);
	free(y_paired);
	groups_free(&x);
	groups_free(&y);
	return out;
}
