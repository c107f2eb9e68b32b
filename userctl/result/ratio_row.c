// SPDX-License-Identifier: GPL-2.0
/*
 * What a row of the summary says of its throughput besides the range: the
 * interval, the outliers, and the ratio to the reference of its cell. Where a
 * CPU was emulated the numbers stand, as all others do, but there is no
 * verdict: it would be one over times that mean nothing. Pure.
 */
#include <math.h>

#include "base/json.h"
#include "base/xalloc.h"
#include "ratio_row.h"
#include "row.h"
#include "stats/bootstrap.h"
#include "stats/outliers.h"
#include "stats/ratio.h"

/**
 * ratio_seed() - Seed of the resampling of a document
 * @doc: the document
 *
 * Return: plan.seed; in a document without one, the seed of its first run; 1
 * if there is none either.
 */
uint64_t ratio_seed(struct json_object *doc)
{
	const char *text = json_text(doc, "plan.seed");

	if (!text)
		text = json_text_or(doc, "runs.1.params.seed", "1");
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
	const char *name = json_text(doc, "plan.reference");

	return name ? name : json_text(doc, "plan.locks.1");
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
	struct json_object *obj = json_object_at(r->row, "throughput");
	struct interval ci;

	if (!obj)
		return;
	if (bootstrap_median(r->sample.values, r->sample.n, seed, &ci))
		json_add_interval(obj, "ci95", ci.lo, ci.hi);
	json_add_count(obj, "n", r->sample.n);
	json_object_object_add(obj, "outliers", new_outliers(&r->sample));
}

/**
 * ratio_object() - A ratio as JSON
 * @r: the ratio
 * @judged: false if it is made from times that mean nothing: then no verdict
 *
 * Return: new object: value, method, for paired runs pairs, with enough runs
 * ci95, p and within, and verdict.
 */
struct json_object *ratio_object(const struct ratio *r, bool judged)
{
	struct json_object *obj = json_object_new_object();

	json_add_number(obj, "value", r->value);
	json_add_text(obj, "method", ratio_method_word(r->method));
	if (r->pairs)
		json_add_count(obj, "pairs", r->pairs);
	if (r->verdict != RATIO_FEW) {
		json_add_interval(obj, "ci95", r->ci.lo, r->ci.hi);
		json_add_number(obj, "p", r->p);
		json_add_number(obj, "within", r->within);
	}
	if (judged)
		json_add_text(obj, "verdict", ratio_word(r->verdict));
	return obj;
}

static void add_ratio(const struct row_sample *r, const struct row_sample *ref,
		      const char *name)
{
	struct json_object *obj;
	struct ratio ratio;
	bool judged;

	if (!ratio_make(&r->sample, &ref->sample, &ratio))
		return;
	if (r == ref) {
		obj = json_object_new_object();
		json_add_number(obj, "value", ratio.value);
		json_add_text(obj, "verdict", "reference");
	} else {
		judged = !row_is_emulated(r->row) && !row_is_emulated(ref->row);
		obj = ratio_object(&ratio, judged);
	}
	json_add_text(obj, "reference", name);
	json_object_object_add(r->row, "ratio", obj);
	if (r != ref && r->waits.n &&
	    ratio_make(&r->waits, &ref->waits, &ratio))
		json_object_object_add(r->row, "longest_wait",
				       ratio_object(&ratio, false));
}

static const struct row_sample *find_reference(const struct row_sample *rows,
					       size_t n, double cell,
					       const char *name)
{
	size_t i;

	for (i = 0; i < n; i++)
		if (rows[i].cell == cell && json_is(rows[i].row, "lock", name))
			return &rows[i];
	return NULL;
}

static void add_ratios(struct json_object *doc, const struct row_sample *rows,
		       size_t n)
{
	const struct row_sample *ref = NULL;
	const char *name = ratio_reference(doc);
	size_t i;

	for (i = 0; i < n; i++) {
		if (name && (!i || rows[i].cell != rows[i - 1].cell))
			ref = find_reference(rows + i, n - i, rows[i].cell,
					     name);
		if (ref)
			add_ratio(&rows[i], ref, name);
	}
}

/**
 * ratio_rows_add() - Add intervals, outliers and ratios to rows of a summary
 * @doc: the document, for its plan
 * @rows: all rows, those of one cell beside each other
 * @n: their number
 *
 * Keys: throughput.ci95, throughput.n, throughput.outliers; ratio with
 * reference, value, method, pairs, ci95, p, within, verdict; longest_wait, the same of the
 * longest wait of each run, without a verdict.
 */
void ratio_rows_add(struct json_object *doc, const struct row_sample *rows,
		    size_t n)
{
	uint64_t seed = ratio_seed(doc);
	size_t i;

	for (i = 0; i < n; i++)
		add_interval(&rows[i], seed);
	add_ratios(doc, rows, n);
}

/**
 * ratio_row_is_compared() - Has a row a ratio to the reference of its cell?
 * @row: the row
 *
 * A ratio of times that mean nothing has no verdict, and is one all the same.
 */
bool ratio_row_is_compared(struct json_object *row)
{
	double v;

	return json_number(row, "ratio.value", &v) &&
	       !json_is(row, "ratio.verdict", "reference");
}

/* Is there no ratio that tells what is asked about this row? */
static bool is_alone(const struct row_sample *rows, size_t n, size_t i)
{
	size_t j;

	if (ratio_row_is_compared(rows[i].row))
		return false;
	if (!json_is(rows[i].row, "ratio.verdict", "reference"))
		return true;
	for (j = 0; j < n; j++)
		if (rows[j].cell == rows[i].cell &&
		    ratio_row_is_compared(rows[j].row))
			return false;
	return true;
}

/**
 * ratio_rows_brief() - Add to rows what decides on another round
 * @doc: the document, for its plan
 * @rows: all rows, those of one cell beside each other
 * @n: their number
 * @look: also resample, where there is no other way to an interval
 *
 * Keys: ratio, as by ratio_rows_add(); alone, true for a row whose throughput
 * must be known because no ratio tells anything of it, which with @look also
 * gets its interval. Ratios need no resampling, and rows that others are compared
 * with need no interval.
 */
void ratio_rows_brief(struct json_object *doc, const struct row_sample *rows,
		      size_t n, bool look)
{
	uint64_t seed = ratio_seed(doc);
	size_t i;

	add_ratios(doc, rows, n);
	for (i = 0; i < n; i++) {
		if (!is_alone(rows, n, i))
			continue;
		json_add_bool(rows[i].row, "alone", true);
		if (look)
			add_interval(&rows[i], seed);
	}
}
