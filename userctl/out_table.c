// SPDX-License-Identifier: GPL-2.0
/*
 * The summary of a document as a table for people. Two rules are absolute:
 * a row that is not ok says so, with its reasons below; and where the CPU was
 * emulated, every number made from a time carries a '~' and the table stands
 * between two lines that say why.
 */
#include <math.h>
#include <stdio.h>

#include "jpath.h"
#include "out.h"
#include "out_rows.h"
#include "units.h"

/* Printed above and below everything that shows times of an emulated CPU. */
const char out_times_warning[] =
	"Times mean nothing here: the CPU was emulated. Columns marked ~ are made from times;\n"
	"counts (failed attempts, fairness of operations) still hold.\n";

static bool cell_range(struct json_object *row, const char *key, char *out)
{
	char lo[UNITS_MAX], hi[UNITS_MAX];
	struct json_object *range;
	double min, max;

	if (!jpath_get(row, key, &range) || !jpath_number(range, "min", &min) ||
	    !jpath_number(range, "max", &max))
		return false;
	snprintf(out, CELL_MAX, "%s-%s", units_count(lo, min),
		 units_count(hi, max));
	return true;
}

static bool cell_percent(struct json_object *row, const char *key, char *out)
{
	double v;

	return jpath_number(row, key, &v) && units_percent(out, v);
}

static bool cell_ns(struct json_object *row, const char *key, char *out)
{
	double v;

	return jpath_number(row, key, &v) && units_ns(out, v);
}

static bool cell_index(struct json_object *row, const char *key, char *out)
{
	double v;

	if (!jpath_number(row, key, &v))
		return false;
	snprintf(out, CELL_MAX, "%.3f", v);
	return true;
}

static const struct out_column all_columns[] = {
	{ "ops/s", true, out_cell_count, "throughput.median" },
	{ "min-max", true, cell_range, "throughput" },
	{ "ideal", true, cell_percent, "of_ideal.median" },
	{ "acq p50", true, cell_ns, "latency.acquire_ns.p50" },
	{ "acq p99", true, cell_ns, "latency.acquire_ns.p99" },
	{ "acq max", true, cell_ns, "latency.acquire_ns.max" },
	{ "Jain", false, cell_index, "jain_ops.median" },
	{ "failed/op", false, out_cell_count, "failed_per_op.median" },
	{ "effic.", true, cell_percent, "efficiency.median" },
};

#define NR_COLUMNS (sizeof(all_columns) / sizeof(all_columns[0]))

static void print_rows(FILE *f, const struct out_layout *l)
{
	struct libscols_table *tb = out_new_table(f);
	struct out_column columns[NR_COLUMNS];
	size_t n = 0;
	size_t i;

	for (i = 0; i < NR_COLUMNS; i++)
		if (all_columns[i].cell != cell_range || l->repeated)
			columns[n++] = all_columns[i];
	out_rows(tb, l, columns, n);
	out_end_table(tb);
}

/**
 * out_plain() - Print a line of foreign text
 * @f: stream to print on
 * @text: any bytes; control characters become '?', they would reach the
 *	  terminal of whoever opens a file that somebody sent
 */
void out_plain(FILE *f, const char *text)
{
	for (; *text; text++) {
		unsigned char c = *text;

		fputc(c < 0x20 || c == 0x7f ? '?' : c, f);
	}
	fputc('\n', f);
}

/* "FAILED broken threads_per_cpu=4 repeat 2 (run 17): reason" */
static void print_reason(FILE *f, struct json_object *run,
			 const struct out_layout *l, const char *why)
{
	char key[CELL_MAX];

	fprintf(f, "%s %s", jpath_text_or(run, "verdict", "?"),
		jpath_text_or(run, "lock", "?"));
	if (l->axes) {
		json_object_object_foreach(l->axes, name, unused)
		{
			(void)unused;
			snprintf(key, sizeof(key), "params.%s", name);
			fprintf(f, " %s=%s", name,
				jpath_text_or(run, key, "-"));
		}
	}
	if (l->repeated)
		fprintf(f, " repeat %s", jpath_text_or(run, "repeat", "?"));
	fprintf(f, " (run %s): ", jpath_text_or(run, "run", "?"));
	out_plain(f, why ? why : "the module gave no reason");
}

static void print_reasons(FILE *f, struct json_object *doc,
			  const struct out_layout *l)
{
	struct json_object *runs = jpath_array(doc, "runs");
	size_t i, j;

	for (i = 0; i < jpath_length(runs); i++) {
		struct json_object *run = json_object_array_get_idx(runs, i);
		struct json_object *reasons = jpath_array(run, "reasons");

		if (out_is_ok(run))
			continue;
		for (j = 0; j < jpath_length(reasons); j++)
			print_reason(f, run, l, jpath_item(reasons, j));
		if (!jpath_length(reasons))
			print_reason(f, run, l, NULL);
	}
}

static void print_interrupted(FILE *f, struct json_object *doc)
{
	struct json_object *runs = jpath_array(doc, "runs");
	struct json_object *flag;
	double planned, stopped = 0;
	size_t n = jpath_length(runs);

	if (!jpath_get(doc, "interrupted", &flag) ||
	    !json_object_get_boolean(flag))
		return;

	if (!jpath_number(doc, "plan.runs", &planned))
		planned = NAN;
	if (n)
		jpath_number(json_object_array_get_idx(runs, n - 1),
			     "certificate.stopped", &stopped);
	fprintf(f, "interrupted: %zu of %.0f runs were made%s\n", n, planned,
		stopped > 0 ? ", the last was cut short" : "");
}

/**
 * out_table() - Print the summary of a document
 * @f: stream to print on
 * @doc: finished document
 * @ledger: print the ledger of waste as well
 */
void out_table(FILE *f, struct json_object *doc, bool ledger)
{
	const char *title = jpath_text(doc, "title");
	struct out_layout l;

	if (title)
		out_plain(f, title);
	out_look(&l, doc);
	if (l.emulated)
		fputs(out_times_warning, f);
	if (jpath_length(l.rows)) {
		print_rows(f, &l);
		if (ledger)
			out_ledger(f, &l);
	}
	if (l.emulated)
		fputs(out_times_warning, f);
	print_reasons(f, doc, &l);
	print_interrupted(f, doc);
}
