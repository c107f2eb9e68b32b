// SPDX-License-Identifier: GPL-2.0
/*
 * Each lock against the reference of its cell, in a table of its own: the
 * ratio, its interval, and what can be said. Where a CPU was emulated there is
 * nothing to be said, and the word is not printed, whatever the file holds.
 */
#include <string.h>

#include "base/units.h"
#include "out.h"
#include "out_rows.h"
#include "result/ranges.h"
#include "stats/ratio.h"

static bool has_verdict(struct json_object *row, const char *word)
{
	return !strcmp(json_text_or(row, "ratio.verdict", ""), word);
}

/* The rows that are compared to another; how many of them have too few runs? */
static struct json_object *compared_rows(const struct out_layout *l,
					 size_t *few)
{
	struct json_object *rows = json_object_new_array();
	struct json_object *row;
	size_t i;
	double v;

	*few = 0;
	json_for_each(i, row, l->rows) {
		if (!json_number(row, "ratio.value", &v) ||
		    has_verdict(row, "reference"))
			continue;
		json_object_array_add(rows, json_object_get(row));
		*few += !json_number(row, "ratio.p", &v);
	}
	return rows;
}

/**
 * out_ratio_method() - How ratios were made, for a heading
 * @rows: rows of a summary
 *
 * Return: a text in brackets with a blank before it; empty if no row says so, or
 * not all of them the same.
 */
const char *out_ratio_method(struct json_object *rows)
{
	const char *all = NULL;
	struct json_object *row;
	size_t i;

	json_for_each(i, row, rows) {
		const char *method = json_text(row, "ratio.method");

		if (method && all && strcmp(method, all) != 0)
			return "";
		if (method)
			all = method;
	}
	if (!all)
		return "";
	if (!strcmp(all, ratio_method_word(RATIO_SIGNED_RANK)))
		return " (round by round: Wilcoxon)";
	return " (unpaired: Mann-Whitney)";
}

/**
 * out_ratios() - Print the ratios to the reference, if locks were compared
 * @f: stream to print on
 * @l: the document
 *
 * Where no ratio has an interval a line says what it takes; without repeats
 * there is nothing at all.
 */
void out_ratios(FILE *f, const struct out_layout *l)
{
	struct out_layout compared = *l;
	struct json_object *first;
	size_t few;

	if (!l->repeated)
		return;
	compared.rows = compared_rows(l, &few);
	compared.marked = false;
	if (json_length(compared.rows) > few) {
		first = json_object_array_get_idx(compared.rows, 0);
		fputs("\nRatio of operations per second to those of ", f);
		out_text(f, json_text_or(first, "ratio.reference", "?"));
		fprintf(f, " in the same cell%s\n",
			out_ratio_method(compared.rows));
		out_rows(f, &compared, &columns_ratios);
	}
	if (few)
		fprintf(f,
			"too few runs: it takes %d good ones of each lock, in the same rounds, to tell a difference (-n)\n",
			RATIO_RUNS_MIN);
	json_object_put(compared.rows);
}

/* Is this the run of a row and a repeat? */
static bool is_of(struct json_object *run, struct json_object *row,
		  const char *repeat, struct json_object *axes)
{
	const char *name;
	size_t i;

	if (strcmp(json_text_or(run, "lock", ""),
		   json_text_or(row, "lock", "")) != 0 ||
	    strcmp(json_text_or(run, "repeat", ""), repeat) != 0)
		return false;
	for (i = 0; (name = row_axis(axes, i)); i++)
		if (strcmp(row_param(run, name), row_param(row, name)) != 0)
			return false;
	return true;
}

static void print_outlier(FILE *f, struct json_object *doc,
			  struct json_object *row, const char *repeat,
			  struct json_object *axes)
{
	struct json_object *run;
	char rate[UNITS_MAX];
	size_t i;
	double v;

	fputs("outlier: ", f);
	out_name(f, row, axes);
	out_foreign(f, " repeat %s", repeat);
	json_for_each(i, run, json_array(doc, "runs")) {
		if (is_of(run, row, repeat, axes) &&
		    ranges_throughput(run, &v)) {
			fprintf(f, ", %s ops/s", units_count(rate, v));
			break;
		}
	}
	fputs(" (flagged, not dropped)\n", f);
}

/**
 * out_outliers() - Name the runs that are far from the others of their row
 * @f: stream to print on
 * @doc: the document
 * @l: its layout
 */
void out_outliers(FILE *f, struct json_object *doc, const struct out_layout *l)
{
	struct json_object *row, *far;
	const char *repeat;
	size_t i, j;

	json_for_each(i, row, l->rows) {
		far = json_array(row, "throughput.outliers");
		if (row_is_emulated(row))
			continue;
		for (j = 0; j < json_length(far); j++) {
			repeat = json_item(far, j);
			print_outlier(f, doc, row, repeat ? repeat : "?",
				      l->axes);
		}
	}
}
