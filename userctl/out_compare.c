// SPDX-License-Identifier: GPL-2.0
/* A comparison of two documents, for people and for programs. */
#include <err.h>
#include <stdlib.h>
#include <string.h>

#include "compare.h"
#include "jpath.h"
#include "out.h"
#include "out_fit.h"
#include "out_rows.h"
#include "status.h"
#include "units.h"

static struct json_object *axes_of(struct json_object *result)
{
	struct json_object *axes;

	jpath_get(result, "axes", &axes);
	return axes;
}

static bool count_of(struct json_object *row, const char *key, char *out)
{
	double v;

	if (!jpath_number(row, key, &v))
		return false;
	units_count(out, v);
	return true;
}

/* Half the width of the interval, as a share of the median. */
static bool width_of(struct json_object *row, const char *key, char *out)
{
	char share[UNITS_MAX], name[64];
	double median, lo, hi;

	snprintf(name, sizeof(name), "%s.median", key);
	if (!jpath_number(row, name, &median) || median <= 0)
		return false;
	snprintf(name, sizeof(name), "%s.ci95.1", key);
	if (!jpath_number(row, name, &lo))
		return false;
	snprintf(name, sizeof(name), "%s.ci95.2", key);
	if (!jpath_number(row, name, &hi))
		return false;
	snprintf(out, CELL_MAX, "+-%s",
		 units_percent(share, (hi - lo) / 2 / median));
	return true;
}

static bool time_of(struct json_object *row, const char *key, char *out)
{
	double v;

	if (!jpath_number(row, key, &v) || v < 0)
		return false;
	units_ns(out, v);
	return true;
}

static bool ratio_of(struct json_object *row, const char *key, char *out)
{
	double v, lo, hi;

	if (!jpath_number(row, key, &v))
		return false;
	if (jpath_number(row, "ratio.ci95.1", &lo) &&
	    jpath_number(row, "ratio.ci95.2", &hi))
		snprintf(out, CELL_MAX, "%.3f (%.3f-%.3f)", v, lo, hi);
	else
		snprintf(out, CELL_MAX, "%.3f", v);
	return true;
}

static bool verdict_of(struct json_object *row, const char *key, char *out)
{
	const char *verdict = jpath_text(row, key);
	char share[UNITS_MAX];
	double v;

	if (!verdict)
		return false;
	if (!strcmp(verdict, "no difference") &&
	    jpath_number(row, "ratio.within", &v))
		snprintf(out, CELL_MAX, "%s within %s", verdict,
			 units_percent(share, v));
	else
		snprintf(out, CELL_MAX, "%s", verdict);
	return true;
}

struct column {
	const char *title;
	bool (*cell)(struct json_object *row, const char *key, char *out);
	const char *key;
};

static const struct column rates[] = {
	{ "A ops/s", count_of, "a.throughput.median" },
	{ "A 95 %", width_of, "a.throughput" },
	{ "B ops/s", count_of, "b.throughput.median" },
	{ "B 95 %", width_of, "b.throughput" },
	{ "B/A (95 %)", ratio_of, "ratio.value" },
	{ "B is", verdict_of, "ratio.verdict" },
	{ NULL, NULL, NULL },
};

static const struct column times[] = {
	{ "A p50", time_of, "a.latency.acquire_ns.p50" },
	{ "B p50", time_of, "b.latency.acquire_ns.p50" },
	{ "A p90", time_of, "a.latency.acquire_ns.p90" },
	{ "B p90", time_of, "b.latency.acquire_ns.p90" },
	{ "A p99", time_of, "a.latency.acquire_ns.p99" },
	{ "B p99", time_of, "b.latency.acquire_ns.p99" },
	{ "A p99.9", time_of, "a.latency.acquire_ns.p999" },
	{ "B p99.9", time_of, "b.latency.acquire_ns.p999" },
	{ NULL, NULL, NULL },
};

static size_t put_cell(struct libscols_line *line, size_t at, const char *text)
{
	if (scols_line_set_data(line, at, text))
		errx(ST_BAD, "out of memory");
	return at + 1;
}

static bool any_emulated(struct json_object *result)
{
	struct json_object *rows = jpath_array(result, "rows");
	size_t i;

	for (i = 0; i < jpath_length(rows); i++)
		if (compare_emulated(json_object_array_get_idx(rows, i)))
			return true;
	return false;
}

/* Every column is made from times. */
static void put_titles(struct libscols_table *tb, const struct column *c,
		       bool emulated)
{
	char title[CELL_MAX];

	for (; c->title; c++) {
		snprintf(title, sizeof(title), "%s%s", emulated ? "~" : "",
			 c->title);
		scols_table_new_column(tb, title, 0,
				       c->cell == verdict_of ? 0 :
							       SCOLS_FL_RIGHT);
	}
}

static const char *cell_text(struct json_object *row, const struct column *c,
			     char *out)
{
	char text[CELL_MAX];

	if (!c->cell(row, c->key, text))
		return "-";
	snprintf(out, CELL_MAX + 1, "%s%s", compare_emulated(row) ? "~" : "",
		 text);
	return out;
}

static void print_table(FILE *f, struct json_object *result,
			const struct column *columns)
{
	struct json_object *rows = jpath_array(result, "rows");
	struct json_object *axes = axes_of(result);
	size_t nr_axes = json_object_object_length(axes);
	const struct out_keys keys = { .axes = nr_axes, .front = nr_axes + 1 };
	struct libscols_table *tb = out_new_table(f);
	const struct column *c;
	char text[CELL_MAX + 1];
	char key[128];
	size_t i;

	json_object_object_foreach(axes, title, none)
	{
		(void)none;
		scols_table_new_column(tb, title, 0, SCOLS_FL_RIGHT);
	}
	scols_table_new_column(tb, "lock", 0, 0);
	put_titles(tb, columns, any_emulated(result));
	for (i = 0; i < jpath_length(rows); i++) {
		struct json_object *row = json_object_array_get_idx(rows, i);
		struct libscols_line *line = scols_table_new_line(tb, NULL);
		size_t at = 0;

		json_object_object_foreach(axes, name, unused)
		{
			(void)unused;
			snprintf(key, sizeof(key), "params.%s", name);
			at = put_cell(line, at, jpath_text_or(row, key, "-"));
		}
		at = put_cell(line, at, jpath_text_or(row, "lock", "?"));
		for (c = columns; c->title; c++)
			at = put_cell(line, at, cell_text(row, c, text));
	}
	out_end_fitted(tb, &keys);
}

/* "mutex threads_per_cpu=4" */
static void print_name(FILE *f, struct json_object *result,
		       struct json_object *row)
{
	char key[128];

	out_text(f, jpath_text_or(row, "lock", "?"));
	json_object_object_foreach(axes_of(result), name, unused)
	{
		(void)unused;
		snprintf(key, sizeof(key), "params.%s", name);
		fputc(' ', f);
		out_text(f, name);
		fputc('=', f);
		out_text(f, jpath_text_or(row, key, "-"));
	}
}

static void print_only(FILE *f, struct json_object *result, const char *key,
		       const char *where)
{
	struct json_object *list = jpath_array(result, key);
	size_t i;

	for (i = 0; i < jpath_length(list); i++) {
		fprintf(f, "only in %s: ", where);
		print_name(f, result, json_object_array_get_idx(list, i));
		fputc('\n', f);
	}
}

/* Rows of which a side is made from runs that are not ok. */
static void print_bad(FILE *f, struct json_object *result)
{
	static const char *const keys[] = { "a.verdict", "b.verdict" };
	struct json_object *rows = jpath_array(result, "rows");
	size_t i, j;

	for (i = 0; i < jpath_length(rows); i++) {
		struct json_object *row = json_object_array_get_idx(rows, i);

		for (j = 0; j < 2; j++) {
			const char *verdict = jpath_text_or(row, keys[j], "?");

			if (!strcmp(verdict, "ok"))
				continue;
			out_foreign(f, "%s in %s: ", verdict, j ? "B" : "A");
			print_name(f, result, row);
			fputc('\n', f);
		}
	}
}

/**
 * out_differences() - Print what keeps two documents from being comparable
 * @f: stream to print on
 * @result: of compare_make()
 */
void out_differences(FILE *f, struct json_object *result)
{
	struct json_object *list = jpath_array(result, "differences");
	size_t i;

	for (i = 0; i < jpath_length(list); i++) {
		struct json_object *o = json_object_array_get_idx(list, i);

		fputs("different: ", f);
		out_text(f, jpath_text_or(o, "what", "?"));
		fputs(": A ", f);
		out_text(f, jpath_text_or(o, "a", "?"));
		fputs(", B ", f);
		out_plain(f, jpath_text_or(o, "b", "?"));
	}
}

static void print_csv(FILE *f, struct json_object *result)
{
	static const char *const parts[] = { "a", "b", "ratio" };
	struct json_object *rows = jpath_array(result, "rows");
	struct json_object *val;
	char key[128];
	size_t i, j;

	fputs("lock,", f);
	json_object_object_foreach(axes_of(result), title, none)
	{
		(void)none;
		out_csv_field(f, title);
		fputc(',', f);
	}
	fputs("key,value\n", f);
	for (i = 0; i < jpath_length(rows); i++) {
		struct json_object *row = json_object_array_get_idx(rows, i);
		char *front = NULL;
		size_t len = 0;
		FILE *m = open_memstream(&front, &len);

		if (!m)
			err(ST_BAD, "out of memory");
		out_csv_field(m, jpath_text(row, "lock"));
		fputc(',', m);
		json_object_object_foreach(axes_of(result), name, unused)
		{
			(void)unused;
			snprintf(key, sizeof(key), "params.%s", name);
			out_csv_field(m, jpath_text(row, key));
			fputc(',', m);
		}
		if (fclose(m))
			err(ST_BAD, "out of memory");
		for (j = 0; j < sizeof(parts) / sizeof(parts[0]); j++)
			if (jpath_get(row, parts[j], &val))
				out_csv_values(f, front, parts[j], val);
		free(front);
	}
}

/**
 * out_compare() - Print a comparison
 * @f: stream to print on
 * @result: of compare_make()
 * @format: the format
 */
void out_compare(FILE *f, struct json_object *result, enum out_format format)
{
	if (format == OUT_JSON) {
		out_json(f, result);
		return;
	}
	if (format == OUT_CSV) {
		print_csv(f, result);
		return;
	}
	if (any_emulated(result))
		fputs(out_times_warning, f);
	if (jpath_length(jpath_array(result, "rows"))) {
		print_table(f, result, rates);
		fputs("\nTime to acquire, over all good runs of each\n", f);
		print_table(f, result, times);
	} else {
		fputs("nothing is in both\n", f);
	}
	print_bad(f, result);
	print_only(f, result, "only_in_a", "A");
	print_only(f, result, "only_in_b", "B");
}
