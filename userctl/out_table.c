// SPDX-License-Identifier: GPL-2.0
/*
 * The summary of a document as a table for people. Two rules are absolute:
 * a row that is not ok says so, with its reasons below; and where the CPU was
 * emulated, every number made from a time carries a '~' and the table stands
 * between two lines that say why.
 */
#include <err.h>
#include <libsmartcols.h>
#include <math.h>
#include <string.h>

#include "jpath.h"
#include "out.h"
#include "status.h"
#include "units.h"

#define CELL_MAX 96
#define COLUMNS_MAX 48

/* Printed above and below everything that shows times of an emulated CPU. */
const char out_times_warning[] =
	"Times mean nothing here: the CPU was emulated. Columns marked ~ are made from times;\n"
	"counts (failed attempts, fairness of operations) still hold.\n";

typedef bool (*cell_fn)(struct json_object *row, char *out);

/* One column: title, is it made from a time, and its text. */
struct column {
	const char *title;
	bool time;
	cell_fn cell;
};

static bool cell_rate(struct json_object *row, char *out)
{
	double v;

	return jpath_number(row, "throughput.median", &v) &&
	       units_count(out, v);
}

static bool cell_rate_range(struct json_object *row, char *out)
{
	char lo[UNITS_MAX], hi[UNITS_MAX];
	double min, max;

	if (!jpath_number(row, "throughput.min", &min) ||
	    !jpath_number(row, "throughput.max", &max))
		return false;
	snprintf(out, CELL_MAX, "%s-%s", units_count(lo, min),
		 units_count(hi, max));
	return true;
}

static bool cell_ideal(struct json_object *row, char *out)
{
	double v;

	return jpath_number(row, "of_ideal.median", &v) &&
	       units_percent(out, v);
}

static bool cell_p50(struct json_object *row, char *out)
{
	double v;

	return jpath_number(row, "latency.acquire_ns.p50", &v) &&
	       units_ns(out, v);
}

static bool cell_p99(struct json_object *row, char *out)
{
	double v;

	return jpath_number(row, "latency.acquire_ns.p99", &v) &&
	       units_ns(out, v);
}

static bool cell_max(struct json_object *row, char *out)
{
	double v;

	return jpath_number(row, "latency.acquire_ns.max", &v) &&
	       units_ns(out, v);
}

static bool cell_jain(struct json_object *row, char *out)
{
	double v;

	if (!jpath_number(row, "jain_ops.median", &v))
		return false;
	snprintf(out, CELL_MAX, "%.3f", v);
	return true;
}

static bool cell_failed(struct json_object *row, char *out)
{
	double v;

	return jpath_number(row, "failed_per_op.median", &v) &&
	       units_count(out, v);
}

static bool cell_efficiency(struct json_object *row, char *out)
{
	double v;

	return jpath_number(row, "efficiency.median", &v) &&
	       units_percent(out, v);
}

static const struct column columns[] = {
	{ "ops/s", true, cell_rate },
	{ "min-max", true, cell_rate_range },
	{ "ideal", true, cell_ideal },
	{ "acq p50", true, cell_p50 },
	{ "acq p99", true, cell_p99 },
	{ "acq max", true, cell_max },
	{ "Jain", false, cell_jain },
	{ "failed/op", false, cell_failed },
	{ "effic.", true, cell_efficiency },
};

#define NR_COLUMNS (sizeof(columns) / sizeof(columns[0]))

static const char *text_or(struct json_object *obj, const char *key,
			   const char *other)
{
	const char *text = jpath_text(obj, key);

	return text ? text : other;
}

static bool meaningless(struct json_object *row)
{
	const char *times = jpath_text(row, "times");

	return times && !strcmp(times, "meaningless");
}

static bool is_ok(struct json_object *obj)
{
	const char *verdict = jpath_text(obj, "verdict");

	return verdict && !strcmp(verdict, "ok");
}

/* What the whole table needs to know before its first row. */
struct layout {
	struct json_object *axes; /* of the plan: params that vary, or NULL */
	bool emulated; /* a row whose times mean nothing */
	bool marked; /* a row that is not ok */
	bool repeated; /* a row of more than one run */
};

static void look(struct layout *l, struct json_object *doc)
{
	struct json_object *rows = jpath_array(doc, "summary");
	size_t i;

	*l = (struct layout){ 0 };
	if (!jpath_get(doc, "plan.axes", &l->axes) ||
	    !json_object_is_type(l->axes, json_type_object))
		l->axes = NULL;
	for (i = 0; i < jpath_length(rows); i++) {
		struct json_object *row = json_object_array_get_idx(rows, i);
		double runs;

		l->emulated |= meaningless(row);
		l->marked |= !is_ok(row);
		l->repeated |= jpath_number(row, "runs", &runs) && runs > 1;
	}
}

/**
 * out_new_table() - Start a table
 * @f: stream it will be printed on
 *
 * Return: new table; print and free it with out_end_table().
 */
struct libscols_table *out_new_table(FILE *f)
{
	struct libscols_table *tb = scols_new_table();

	if (!tb)
		errx(ST_BAD, "out of memory");
	scols_table_set_stream(tb, f);
	scols_table_set_column_separator(tb, "  ");
	scols_table_enable_colors(tb, out_colour(f));
	return tb;
}

/**
 * out_end_table() - Print and free a table
 * @tb: table of out_new_table()
 */
void out_end_table(struct libscols_table *tb)
{
	scols_print_table(tb);
	scols_unref_table(tb);
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

static void new_columns(struct libscols_table *tb, const struct layout *l)
{
	char title[CELL_MAX];
	size_t i;

	if (l->axes) {
		json_object_object_foreach(l->axes, name, unused)
		{
			(void)unused;
			scols_table_new_column(tb, name, 0, SCOLS_FL_RIGHT);
		}
	}
	scols_table_new_column(tb, "lock", 0, 0);
	for (i = 0; i < NR_COLUMNS; i++) {
		if (columns[i].cell == cell_rate_range && !l->repeated)
			continue;
		snprintf(title, sizeof(title), "%s%s",
			 l->emulated && columns[i].time ? "~" : "",
			 columns[i].title);
		scols_table_new_column(tb, title, 0, SCOLS_FL_RIGHT);
	}
	if (l->marked)
		scols_table_new_column(tb, "verdict", 0, 0);
}

static void verdict_text(struct json_object *row, char *out)
{
	const char *verdict = jpath_text(row, "verdict");
	double runs = 1, ok = 0;

	jpath_number(row, "runs", &runs);
	jpath_number(row, "ok", &ok);
	if (is_ok(row) || runs <= 1)
		snprintf(out, CELL_MAX, "%s", verdict ? verdict : "?");
	else
		snprintf(out, CELL_MAX, "%s %.0f/%.0f", verdict ? verdict : "?",
			 runs - ok, runs);
}

static void new_line(struct libscols_table *tb, const struct layout *l,
		     struct json_object *row)
{
	struct libscols_line *line = scols_table_new_line(tb, NULL);
	const char *mark = meaningless(row) ? "~" : "";
	char text[CELL_MAX] = "";
	char cell[CELL_MAX + 1];
	size_t n = 0;
	size_t i;

	if (!line)
		errx(ST_BAD, "out of memory");
	if (l->axes) {
		json_object_object_foreach(l->axes, name, unused)
		{
			(void)unused;
			snprintf(cell, sizeof(cell), "params.%s", name);
			scols_line_set_data(line, n++, text_or(row, cell, "-"));
		}
	}
	scols_line_set_data(line, n++, jpath_text(row, "lock"));
	for (i = 0; i < NR_COLUMNS; i++) {
		if (columns[i].cell == cell_rate_range && !l->repeated)
			continue;
		if (columns[i].cell(row, text))
			snprintf(cell, sizeof(cell), "%s%s",
				 columns[i].time ? mark : "", text);
		else
			strcpy(cell, "-");
		scols_line_set_data(line, n++, cell);
	}
	if (l->marked) {
		verdict_text(row, text);
		scols_line_set_data(line, n, text);
	}
	if (!is_ok(row))
		scols_line_set_color(line, strncmp(text, "FAILED", 6) ?
						   "yellow" :
						   "red");
}

/* "FAILED broken threads_per_cpu=4 repeat 2 (run 17): reason" */
static void print_reason(FILE *f, struct json_object *run,
			 const struct layout *l, const char *why)
{
	char key[CELL_MAX];

	fprintf(f, "%s %s", text_or(run, "verdict", "?"),
		text_or(run, "lock", "?"));
	if (l->axes) {
		json_object_object_foreach(l->axes, name, unused)
		{
			(void)unused;
			snprintf(key, sizeof(key), "params.%s", name);
			fprintf(f, " %s=%s", name, text_or(run, key, "-"));
		}
	}
	if (l->repeated)
		fprintf(f, " repeat %s", text_or(run, "repeat", "?"));
	fprintf(f, " (run %s): ", text_or(run, "run", "?"));
	out_plain(f, why ? why : "the module gave no reason");
}

static void print_reasons(FILE *f, struct json_object *doc,
			  const struct layout *l)
{
	struct json_object *runs = jpath_array(doc, "runs");
	size_t i, j;

	for (i = 0; i < jpath_length(runs); i++) {
		struct json_object *run = json_object_array_get_idx(runs, i);
		struct json_object *reasons = jpath_array(run, "reasons");

		if (is_ok(run))
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
 */
void out_table(FILE *f, struct json_object *doc)
{
	const char *title = jpath_text(doc, "title");
	struct json_object *rows = jpath_array(doc, "summary");
	struct libscols_table *tb;
	struct layout l;
	size_t i;

	if (title)
		out_plain(f, title);
	look(&l, doc);
	if (l.emulated)
		fputs(out_times_warning, f);
	if (jpath_length(rows)) {
		tb = out_new_table(f);
		new_columns(tb, &l);
		for (i = 0; i < jpath_length(rows); i++)
			new_line(tb, &l, json_object_array_get_idx(rows, i));
		out_end_table(tb);
	}
	if (l.emulated)
		fputs(out_times_warning, f);
	print_reasons(f, doc, &l);
	print_interrupted(f, doc);
}
