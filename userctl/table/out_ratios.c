// SPDX-License-Identifier: GPL-2.0
/* What stands below a table about its ratios, and about runs far from the others. */
#include <string.h>

#include "base/units.h"
#include "out.h"
#include "out_rows.h"
#include "result/ranges.h"
#include "result/ratio_row.h"
#include "stats/ratio.h"

/* How they were made, with a blank before it; not all may be made the same. */
static const char *method_of(struct json_object *rows)
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
 * out_ratios() - Print what the ratios of a table are
 * @f: stream to print on
 * @l: the document
 *
 * Where a ratio has no interval a line says what it takes; without repeats
 * there is nothing at all.
 */
void out_ratios(FILE *f, const struct out_layout *l)
{
	bool intervals = false, few = false;
	const char *reference = NULL;
	struct json_object *row;
	char text[256];
	size_t i;
	double v;

	if (!l->repeated)
		return;
	json_for_each(i, row, l->rows) {
		if (!ratio_row_is_compared(row))
			continue;
		reference = json_text_or(row, "ratio.reference", "?");
		if (json_number(row, "ratio.p", &v))
			intervals = true;
		else
			few = true;
	}
	if (intervals) {
		snprintf(text, sizeof(text),
			 "vs %.60s: ratio of operations per second in the same cell, with its "
			 "95 %% interval%s",
			 reference, method_of(l->rows));
		out_words(f, text, 0);
		fputc('\n', f);
	}
	if (few)
		fprintf(f,
			"too few runs: it takes %d good ones of each lock, in the same rounds, to tell a difference (-n)\n",
			RATIO_RUNS_MIN);
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
