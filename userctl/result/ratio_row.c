// SPDX-License-Identifier: GPL-2.0
/*
 * What a row of the summary says of its throughput besides the range: the
 * interval, the outliers, and the ratio to the reference of its cell. Where a
 * CPU was emulated the numbers stand, as all others do, but there is no
 * verdict: it would be one over times that mean nothing. Pure.
 */
#include <math.h>

#include "bootstrap.h"
#include "jpath.h"
#include "outliers.h"
#include "ratio.h"
#include "ratio_row.h"
#include "xalloc.h"

/**
 * ratio_seed() - Seed of the resampling of a document
 * @doc: the document
 *
 * Return: plan.seed; in a document without one, the seed of its first run; 1
 * if there is none either.
 */
uint64_t ratio_seed(struct json_object *doc)
{
	const char *text = jpath_text(doc, "plan.seed");

	if (!text)
		text = jpath_text_or(doc, "runs.1.params.seed", "1");
	return strtoull(text, NULL, 10);
}

/**
 * ratio_reference() - Name of the lock that the others are compared to
 * @doc: the document
 *
 * Return: plan.reference, or else the first of plan.locks, borrowed from @doc;
 * NULL if there is neither.
 */
const char *ratio_reference(struct json_object *doc)
{
	const char *name = jpath_text(doc, "plan.reference");

	return name ? name : jpath_text(doc, "plan.locks.1");
}

static struct json_object *new_interval(const struct interval *ci)
{
	struct json_object *list = json_object_new_array_ext(2);

	json_object_array_add(list, jpath_double(ci->lo));
	json_object_array_add(list, jpath_double(ci->hi));
	return list;
}

/* The repeats whose runs are far from the others. */
static struct json_object *new_outliers(const struct sample *s)
{
	struct json_object *list = json_object_new_array();
	bool *far = xcalloc(s->n, sizeof(*far));
	size_t i;

	outliers_find(s->values, s->n, far);
	for (i = 0; i < s->n; i++) {
		uint64_t repeat = s->rounds ? s->rounds[i] : i + 1;

		if (far[i])
			json_object_array_add(list,
					      json_object_new_uint64(repeat));
	}
	free(far);
	return list;
}

static void add_interval(const struct row_sample *r, uint64_t seed)
{
	struct json_object *obj;
	struct interval ci;

	if (!jpath_get(r->row, "throughput", &obj) ||
	    !json_object_is_type(obj, json_type_object))
		return;
	if (bootstrap_median(r->sample.values, r->sample.n, seed, &ci))
		json_object_object_add(obj, "ci95", new_interval(&ci));
	json_object_object_add(obj, "n", json_object_new_uint64(r->sample.n));
	json_object_object_add(obj, "outliers", new_outliers(&r->sample));
}

static bool has_times(struct json_object *row)
{
	return !strcmp(jpath_text_or(row, "times", "ok"), "ok");
}

static void set_text(struct json_object *obj, const char *key, const char *text)
{
	json_object_object_add(obj, key, json_object_new_string(text));
}

static void set_number(struct json_object *obj, const char *key, double v)
{
	json_object_object_add(obj, key, jpath_double(v));
}

/**
 * ratio_object() - A ratio as JSON
 * @r: the ratio
 * @judged: false if it is made from times that mean nothing: then no verdict
 *
 * Return: new object: value, with enough runs ci95, p and within, and verdict.
 */
struct json_object *ratio_object(const struct ratio *r, bool judged)
{
	struct json_object *obj = json_object_new_object();

	set_number(obj, "value", r->value);
	if (r->verdict != RATIO_FEW) {
		json_object_object_add(obj, "ci95", new_interval(&r->ci));
		set_number(obj, "p", r->p);
		set_number(obj, "within", r->within);
	}
	if (judged)
		set_text(obj, "verdict", ratio_word(r->verdict));
	return obj;
}

static void add_ratio(const struct row_sample *r, const struct row_sample *ref,
		      const char *name, uint64_t seed)
{
	struct json_object *obj;
	struct ratio ratio;

	if (!ratio_make(&r->sample, &ref->sample, seed, &ratio))
		return;
	if (r == ref) {
		obj = json_object_new_object();
		set_number(obj, "value", ratio.value);
		set_text(obj, "verdict", "reference");
	} else {
		obj = ratio_object(&ratio,
				   has_times(r->row) && has_times(ref->row));
	}
	set_text(obj, "reference", name);
	json_object_object_add(r->row, "ratio", obj);
}

static const struct row_sample *find_reference(const struct row_sample *rows,
					       size_t n, double cell,
					       const char *name)
{
	size_t i;

	for (i = 0; i < n; i++)
		if (rows[i].cell == cell &&
		    !strcmp(jpath_text_or(rows[i].row, "lock", ""), name))
			return &rows[i];
	return NULL;
}

/**
 * ratio_rows_add() - Add intervals, outliers and ratios to rows of a summary
 * @doc: the document, for its plan
 * @rows: all rows, those of one cell beside each other
 * @n: their number
 *
 * Keys: throughput.ci95, throughput.n, throughput.outliers; ratio with
 * reference, value, ci95, p, within, verdict.
 */
void ratio_rows_add(struct json_object *doc, const struct row_sample *rows,
		    size_t n)
{
	const struct row_sample *ref = NULL;
	const char *name = ratio_reference(doc);
	uint64_t seed = ratio_seed(doc);
	size_t i;

	for (i = 0; i < n; i++) {
		add_interval(&rows[i], seed);
		if (name && (!i || rows[i].cell != rows[i - 1].cell))
			ref = find_reference(rows + i, n - i, rows[i].cell,
					     name);
		if (ref)
			add_ratio(&rows[i], ref, name, seed);
	}
}

static bool is_reference(struct json_object *row)
{
	return !strcmp(jpath_text_or(row, "ratio.verdict", ""), "reference");
}

static bool same_cell(struct json_object *a, struct json_object *b)
{
	struct json_object *x, *y;

	return jpath_get(a, "params", &x) && jpath_get(b, "params", &y) &&
	       json_object_equal(x, y);
}

/* Is there another row that is compared to this one? */
static bool is_compared(struct json_object *rows, size_t i)
{
	struct json_object *row = json_object_array_get_idx(rows, i);
	size_t j;

	for (j = 0; j < jpath_length(rows); j++) {
		struct json_object *o = json_object_array_get_idx(rows, j);
		double v;

		if (j != i && jpath_number(o, "ratio.value", &v) &&
		    same_cell(row, o))
			return true;
	}
	return false;
}

/* Of the interval below a key, as a share of the number it is for. */
static double half_width(struct json_object *row, const char *key,
			 const char *number)
{
	struct json_object *ci;
	double lo, hi, v;

	if (!jpath_get(row, key, &ci) || !jpath_number(ci, "1", &lo) ||
	    !jpath_number(ci, "2", &hi) || !jpath_number(row, number, &v))
		return INFINITY;
	if (hi <= lo)
		return 0;
	return v > 0 ? (hi - lo) / 2 / v : INFINITY;
}

/**
 * ratio_half_width() - How precisely does a row know what it is asked for?
 * @rows: rows of summary_make()
 * @i: index of the row
 *
 * That is its ratio, or the throughput where there is nothing to compare with.
 *
 * Return: half the width of its interval of 95 %, as a share of the number
 * itself; infinite without an interval; 0 if there is nothing to wait for: no
 * run is good, or the row is the reference of others, whose ratios tell.
 */
double ratio_half_width(struct json_object *rows, size_t i)
{
	struct json_object *row = json_object_array_get_idx(rows, i);
	double v;

	if (!jpath_number(row, "ok", &v) || v < 1)
		return 0;
	if (is_reference(row) || !jpath_number(row, "ratio.value", &v))
		return is_reference(row) && is_compared(rows, i) ?
			       0 :
			       half_width(row, "throughput.ci95",
					  "throughput.median");
	return half_width(row, "ratio.ci95", "ratio.value");
}
