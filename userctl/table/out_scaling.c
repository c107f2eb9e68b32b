// SPDX-License-Identifier: GPL-2.0
/*
 * What was fitted to throughput against threads: a table with a line for each
 * curve, beside its highest measured point, then a line or two where the model
 * of collapse was fitted as well. It stands apart from the tables of what was
 * measured, and says that it is a fit.
 */
#include <stdbool.h>
#include <string.h>

#include "jpath.h"
#include "out.h"
#include "out_rows.h"
#include "units.h"

static const char heading[] =
	"\nScaling: the Universal Scalability Law (Gunther 2007) fitted to the medians, "
	"[95 % intervals].\nA fit, not a measurement, but for best: "
	"the highest throughput measured, and with how many threads\n";

static const char beyond[] =
	"* beyond the threads of these runs: no more than a forecast\n";

#define NUMBER_MAX 16

/* Two digits, and no exponent unless the number is tiny or huge. */
static const char *number(char out[NUMBER_MAX], double v)
{
	int digits = v >= 9.95 ? 0 : v >= 0.995 ? 1 : v >= 0.0995 ? 2 : 3;

	if (v == 0)
		strcpy(out, "0");
	else if (v < 0.00995 || v >= 999999.5)
		snprintf(out, NUMBER_MAX, "%.0e", v);
	else
		snprintf(out, NUMBER_MAX, "%.*f", digits, v);
	return out;
}

/* "5.2% [4.6-5.9]": @times as much as the value, and what stands behind it. */
static bool interval(struct json_object *value, double times, const char *unit,
		     char *out)
{
	char v[NUMBER_MAX], lo[NUMBER_MAX], hi[NUMBER_MAX];
	double x, a, b;

	if (!jpath_number(value, "value", &x))
		return false;
	number(v, x * times);
	if (jpath_number(value, "ci95.1", &a) &&
	    jpath_number(value, "ci95.2", &b))
		snprintf(out, CELL_MAX, "%s%s [%s-%s]", v, unit,
			 number(lo, a * times), number(hi, b * times));
	else
		snprintf(out, CELL_MAX, "%s%s", v, unit);
	return true;
}

static bool cell_share(struct json_object *row, const char *key, char *out)
{
	struct json_object *value;

	return jpath_get(row, key, &value) && interval(value, 100, "%", out);
}

static bool cell_milli(struct json_object *row, const char *key, char *out)
{
	struct json_object *value;

	return jpath_get(row, key, &value) && interval(value, 1000, "", out);
}

/* Is it more than all that was measured? */
static bool is_beyond(struct json_object *row)
{
	double knee, most;

	return jpath_number(row, "usl.knee.value", &knee) &&
	       jpath_number(row, "most", &most) && knee > most;
}

static bool cell_knee(struct json_object *row, const char *key, char *out)
{
	struct json_object *value;

	return jpath_get(row, key, &value) &&
	       interval(value, 1, is_beyond(row) ? "*" : "", out);
}

static const struct out_column all_columns[] = {
	{ "best", OUT_ALWAYS, true, out_cell_count, "best.median" },
	{ "with", OUT_ALWAYS, false, out_cell_number, "best.n" },
	{ "sigma", OUT_ALWAYS, true, cell_share, "usl.sigma" },
	{ "1000 kappa", OUT_ALWAYS, true, cell_milli, "usl.kappa" },
	{ "knee", OUT_ALWAYS, true, cell_knee, "usl.knee" },
	{ "peak", OUT_ALWAYS, true, out_cell_count, "usl.peak_ops_per_s" },
	{ "half", OUT_ALWAYS, true, out_cell_number, "usl.half.value" },
	{ "R2", OUT_ALWAYS, true, out_cell_index, "usl.r2" },
	{ "off", OUT_ALWAYS, true, out_cell_percent, "usl.off" },
};

#define NR_COLUMNS (sizeof(all_columns) / sizeof(all_columns[0]))

/* An entry as a row of a table, with the highest of its points. */
static struct json_object *row_of(struct json_object *entry)
{
	struct json_object *points = jpath_array(entry, "points");
	struct json_object *row = json_object_new_object();
	struct json_object *best = NULL;
	double most = 0, top = 0, v;
	size_t i;

	json_object_object_foreach(entry, name, val)
		json_object_object_add(row, name, json_object_get(val));
	json_object_object_add(row, "verdict", json_object_new_string("ok"));
	for (i = 0; i < jpath_length(points); i++) {
		struct json_object *p = json_object_array_get_idx(points, i);

		if (jpath_number(p, "n", &v) && v > most)
			most = v;
		if (jpath_number(p, "median", &v) && v > top) {
			top = v;
			best = p;
		}
	}
	json_object_object_add(row, "most", jpath_double(most));
	json_object_object_add(row, "best", json_object_get(best));
	return row;
}

/* Of the parameters that vary, those that tell these rows apart. */
static struct json_object *axes_of(struct json_object *rows,
				   struct json_object *axes)
{
	struct json_object *some = json_object_new_object();
	struct json_object *value;
	char key[CELL_MAX];
	size_t i;

	if (!axes)
		return some;
	json_object_object_foreach(axes, name, val)
	{
		snprintf(key, sizeof(key), "params.%s", name);
		for (i = 0; i < jpath_length(rows); i++)
			if (jpath_get(json_object_array_get_idx(rows, i), key,
				      &value))
				json_object_object_add(some, name,
						       json_object_get(val));
	}
	return some;
}

static void print_table(FILE *f, const struct out_layout *l,
			struct json_object *rows)
{
	struct out_column columns[NR_COLUMNS];
	struct out_layout table = {
		.axes = axes_of(rows, l->axes),
		.rows = rows,
		.emulated = l->emulated,
	};
	bool any = false;
	size_t i;

	fputs(heading, f);
	out_rows(f, &table, columns,
		 out_choose(&table, all_columns, NR_COLUMNS, columns));
	for (i = 0; i < jpath_length(rows); i++)
		any |= is_beyond(json_object_array_get_idx(rows, i));
	if (any)
		fputs(beyond, f);
	json_object_put(table.axes);
}

/* "ticket hold_ns=100": an entry by its name. */
static void print_name(FILE *f, struct json_object *entry)
{
	struct json_object *some;

	out_text(f, jpath_text_or(entry, "lock", "?"));
	if (!jpath_get(entry, "params", &some) ||
	    !json_object_is_type(some, json_type_object))
		return;
	json_object_object_foreach(some, name, val)
	{
		const char *text = json_object_get_string(val);

		fputc(' ', f);
		out_text(f, name);
		fputc('=', f);
		out_text(f, text ? text : "?");
	}
}

static void print_ns(FILE *f, struct json_object *bw, const char *key)
{
	char out[UNITS_MAX], text[CELL_MAX];
	struct json_object *value;
	double v, a, b;

	if (!jpath_get(bw, key, &value) || !jpath_number(value, "value", &v) ||
	    v < 0)
		return;
	fputs(units_ns(out, v), f);
	if (!jpath_number(value, "ci95.1", &a) ||
	    !jpath_number(value, "ci95.2", &b) || a < 0 || b < 0)
		return;
	strcpy(text, units_ns(out, a));
	fprintf(f, " [%s to %s]", text, units_ns(out, b));
}

/* "; knee 16 CPUs [14-18] (predicted 14), 2.61M ops/s, half of it with 24" */
static void print_knee(FILE *f, struct json_object *bw)
{
	char text[CELL_MAX], out[UNITS_MAX];
	struct json_object *value;
	double v;

	fputs("; knee ", f);
	if (!jpath_get(bw, "knee_cpus", &value) ||
	    !interval(value, 1, " CPUs", text)) {
		fputs("not certain", f);
		return;
	}
	fputs(text, f);
	if (jpath_number(bw, "predicted_knee_cpus", &v))
		fprintf(f, " (predicted %.0f)", v);
	if (jpath_number(bw, "knee_ops_per_s", &v) && v >= 0)
		fprintf(f, ", %s ops/s", units_count(out, v));
	if (jpath_number(bw, "half_cpus.value", &v))
		fprintf(f, ", half of it with %.0f", v);
}

/* The model of collapse of ticket and tas. */
static void print_model(FILE *f, struct json_object *entry)
{
	char out[UNITS_MAX];
	struct json_object *bw;
	double v;

	if (!jpath_get(entry, "bw.line_ns.value", &bw) ||
	    !jpath_get(entry, "bw", &bw))
		return;
	print_name(f, entry);
	fputs(": fit of the model of collapse: hold ", f);
	print_ns(f, bw, "hold_ns");
	fputs(", cache line ", f);
	print_ns(f, bw, "line_ns");
	if (jpath_number(bw, "measured_line_ns", &v) && v >= 0)
		fprintf(f, " (measured %s)", units_ns(out, v));
	fputs("\n ", f);
	if (jpath_number(bw, "think_ns", &v) && v >= 0)
		fprintf(f, " think %s as given", units_ns(out, v));
	print_knee(f, bw);
	if (jpath_number(bw, "off", &v))
		fprintf(f, "; off %s", units_percent(out, v));
	fputc('\n', f);
}

/* For out_refusals(). */
static void add_refusal(struct json_object *list, struct json_object *entry,
			const char *why)
{
	struct json_object *o = json_object_new_object();
	const char *lock = jpath_text_or(entry, "lock", "?");
	struct json_object *some;

	json_object_object_add(o, "lock", json_object_new_string(lock));
	json_object_object_add(o, "reason", json_object_new_string(why));
	if (jpath_get(entry, "params", &some) &&
	    json_object_is_type(some, json_type_object) &&
	    json_object_object_length(some))
		json_object_object_add(o, "params", json_object_get(some));
	json_object_array_add(list, o);
}

/* If nothing can be fitted, and always for the same reason, that is all. */
static void print_refusals(FILE *f, struct json_object *refused, bool all)
{
	static const char before[] = "no fit of the law of scaling: ";
	struct json_object *first = json_object_array_get_idx(refused, 0);
	const char *why = jpath_text_or(first, "reason", "");
	size_t i;

	if (!first)
		return;
	for (i = 0; i < jpath_length(refused); i++) {
		struct json_object *o = json_object_array_get_idx(refused, i);

		all &= !strcmp(why, jpath_text_or(o, "reason", ""));
	}
	if (all) {
		fputs(before, f);
		out_plain(f, why);
	} else {
		out_refusals(f, before, refused);
	}
}

/**
 * out_scaling() - Print what was fitted to throughput against threads
 * @f: stream to print on
 * @l: the document
 * @list: its array scaling; may be NULL
 */
void out_scaling(FILE *f, const struct out_layout *l, struct json_object *list)
{
	struct json_object *rows = json_object_new_array();
	struct json_object *refused = json_object_new_array();
	struct json_object *models = json_object_new_array();
	size_t i;

	for (i = 0; i < jpath_length(list); i++) {
		struct json_object *entry = json_object_array_get_idx(list, i);
		const char *usl = jpath_text(entry, "usl.none");
		const char *bw = jpath_text(entry, "bw.none");

		if (!json_object_is_type(entry, json_type_object))
			continue;
		if (usl)
			add_refusal(refused, entry, usl);
		else
			json_object_array_add(rows, row_of(entry));
		if (bw && (!usl || strcmp(bw, usl) != 0))
			add_refusal(models, entry, bw);
	}
	if (jpath_length(rows))
		print_table(f, l, rows);
	else if (jpath_length(refused))
		fputc('\n', f);
	print_refusals(f, refused, !jpath_length(rows));
	for (i = 0; i < jpath_length(list); i++)
		print_model(f, json_object_array_get_idx(list, i));
	out_refusals(f, "no fit of the model of collapse: ", models);
	json_object_put(models);
	json_object_put(refused);
	json_object_put(rows);
}
