// SPDX-License-Identifier: GPL-2.0
/*
 * The summary of a document as a table for people. Two rules are absolute:
 * a row that is not ok says so, with its reasons below; and where the CPU was
 * emulated, every number made from a time carries a '~' and the table stands
 * between two lines that say why.
 */
#include <err.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "digest.h"
#include "jpath.h"
#include "out.h"
#include "out_rows.h"
#include "status.h"

/* Printed above and below everything that shows times of an emulated CPU. */
const char out_times_warning[] =
	"Times mean nothing here: the CPU was emulated. Columns marked ~ are made from times;\n"
	"counts (failed attempts, fairness of operations) still hold.\n";

static const struct out_column all_columns[] = {
	{ "ops/s", OUT_ALWAYS, true, out_cell_count, "throughput.median" },
	{ "95 % int.", OUT_INTERVALS, true, out_cell_interval, "throughput" },
	{ "min-max", OUT_RANGES, true, out_cell_range, "throughput" },
	{ "ideal", OUT_CLOSED, true, out_cell_percent, "of_ideal.median" },
	{ "resp p50", OUT_THERE, true, out_cell_ns, "latency.response_ns.p50" },
	{ "resp p99", OUT_THERE, true, out_cell_ns, "latency.response_ns.p99" },
	{ "refused", OUT_THERE, true, out_cell_percent, "refused.median" },
	{ "acq p50", OUT_CLOSED, true, out_cell_ns, "latency.acquire_ns.p50" },
	{ "acq p99", OUT_ALWAYS, true, out_cell_ns, "latency.acquire_ns.p99" },
	{ "acq max", OUT_CLOSED, true, out_cell_ns, "latency.acquire_ns.max" },
	{ "Jain", OUT_ALWAYS, false, out_cell_index, "jain_ops.median" },
	{ "Jain hold", OUT_GROUPED, false, out_cell_index,
	  "jain_hold_nominal.median" },
	{ "failed/op", OUT_ALWAYS, false, out_cell_count,
	  "failed_per_op.median" },
	{ "undone/op", OUT_HAPPENED, false, out_cell_count,
	  "per_op.tokens_undone.median" },
	{ "stale", OUT_THERE, false, out_cell_count, "stale_per_block.median" },
	{ "byst. kept", OUT_THERE, true, out_cell_percent,
	  "bystander_kept.median" },
	{ "effic.", OUT_ALWAYS, true, out_cell_percent, "efficiency.median" },
};

#define NR_COLUMNS (sizeof(all_columns) / sizeof(all_columns[0]))

static void print_rows(FILE *f, const struct out_layout *l)
{
	struct out_column columns[NR_COLUMNS];

	out_rows(f, l, columns,
		 out_choose(l, all_columns, NR_COLUMNS, columns));
}

/**
 * out_text() - Print foreign text
 * @f: stream to print on
 * @text: any bytes; control characters become '?', they would reach the
 *	  terminal of whoever opens a file that somebody sent
 */
void out_text(FILE *f, const char *text)
{
	for (; *text; text++) {
		unsigned char c = *text;

		fputc(c < 0x20 || c == 0x7f ? '?' : c, f);
	}
}

/**
 * out_plain() - Print a line of foreign text
 * @f: stream to print on
 * @text: as for out_text()
 */
void out_plain(FILE *f, const char *text)
{
	out_text(f, text);
	fputc('\n', f);
}

/**
 * out_foreign() - Print foreign text among our own
 * @f: stream to print on
 * @fmt: as for printf; its control characters do not reach @f either
 */
void out_foreign(FILE *f, const char *fmt, ...)
{
	va_list ap;
	char *text;
	int n;

	va_start(ap, fmt);
	n = vasprintf(&text, fmt, ap);
	va_end(ap);
	if (n < 0)
		err(ST_BAD, "out of memory");
	out_text(f, text);
	free(text);
}

/**
 * out_axes() - Print what tells a cell from the others
 * @f: stream to print on
 * @obj: run or row of the cell
 * @l: the document
 *
 * " threads_per_cpu=4": with a blank before each.
 */
void out_axes(FILE *f, struct json_object *obj, const struct out_layout *l)
{
	char key[CELL_MAX];

	if (!l->axes)
		return;
	json_object_object_foreach(l->axes, name, unused)
	{
		(void)unused;
		snprintf(key, sizeof(key), "params.%s", name);
		fputc(' ', f);
		out_text(f, name);
		fputc('=', f);
		out_text(f, jpath_text_or(obj, key, "-"));
	}
}

/* "FAILED broken threads_per_cpu=4 repeat 2 (run 17): reason" */
static void print_reason(FILE *f, struct json_object *run,
			 const struct out_layout *l, const char *why)
{
	out_foreign(f, "%s %s", jpath_text_or(run, "verdict", "?"),
		    jpath_text_or(run, "lock", "?"));
	out_axes(f, run, l);
	if (l->repeated)
		out_foreign(f, " repeat %s", jpath_text_or(run, "repeat", "?"));
	out_foreign(f, " (run %s): ", jpath_text_or(run, "run", "?"));
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

/* All locks must have been asked for the same; see certificate.stream_digest. */
static void print_streams(FILE *f, struct json_object *doc)
{
	struct json_object *run = digest_odd_run(doc);

	if (!run)
		return;
	out_foreign(f, "FAILED: run %s, of %s, had other operations than ",
		    jpath_text_or(run, "run", "?"),
		    jpath_text_or(run, "lock", "?"));
	fputs("another run with the same parameters\n", f);
}

/* Whose sets were in another order than asked for? */
static void print_set_orders(FILE *f, const struct out_layout *l)
{
	struct json_object *seen = json_object_new_object();
	const char *sep = "sets in one order, as needed: ";
	size_t i;

	for (i = 0; i < jpath_length(l->rows); i++) {
		struct json_object *row = json_object_array_get_idx(l->rows, i);

		if (jpath_text(row, "set_order"))
			json_object_object_add(seen,
					       jpath_text_or(row, "lock", "?"),
					       NULL);
	}
	json_object_object_foreach(seen, lock, unused)
	{
		(void)unused;
		fputs(sep, f);
		out_text(f, lock);
		sep = ", ";
	}
	if (json_object_object_length(seen))
		fputc('\n', f);
	json_object_put(seen);
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

	if (n)
		jpath_number(json_object_array_get_idx(runs, n - 1),
			     "certificate.stopped", &stopped);
	fprintf(f, "interrupted: %zu", n);
	if (jpath_number(doc, "plan.runs", &planned))
		fprintf(f, " of %.0f", planned);
	fprintf(f, " runs were made%s\n",
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
		out_ratios(f, &l);
		out_groups(f, &l);
		out_phases(f, &l);
		if (ledger)
			out_ledger(f, &l);
		out_models(f, &l);
		out_scaling(f, &l, jpath_array(doc, "scaling"));
	}
	if (l.emulated)
		fputs(out_times_warning, f);
	print_reasons(f, doc, &l);
	out_outliers(f, doc, &l);
	print_streams(f, doc);
	out_checks(f, doc);
	print_set_orders(f, &l);
	out_refusals(f, "left out: ", jpath_array(doc, "left_out"));
	out_auto(f, doc);
	print_interrupted(f, doc);
}
