// SPDX-License-Identifier: GPL-2.0
/*
 * What was fitted to throughput against threads: a table with a line for each
 * curve, beside its highest measured point, then a line or two where the model
 * of collapse was fitted as well. It stands apart from the tables of what was
 * measured, and says that it is a fit.
 */
#include <string.h>

#include "base/units.h"
#include "out.h"
#include "out_rows.h"

static const char heading[] =
	"\nScaling: the Universal Scalability Law (Gunther 2007) fitted to the medians, "
	"[95 % intervals].\nA fit, not a measurement, but for best: "
	"the highest throughput measured, and with how many threads\n";

static const char beyond[] =
	"* beyond the threads of these runs: no more than a forecast\n";

/* An entry as a row of a table, with the highest of its points. */
static struct json_object *row_of(struct json_object *entry)
{
	struct json_object *row = json_object_new_object();
	struct json_object *p, *best = NULL;
	double most = 0, top = 0, v;
	size_t i;

	json_object_object_foreach(entry, name, val)
		json_object_object_add(row, name, json_object_get(val));
	json_for_each(i, p, json_array(entry, "points")) {
		if (json_number(p, "n", &v) && v > most)
			most = v;
		if (json_number(p, "median", &v) && v > top) {
			top = v;
			best = p;
		}
	}
	json_object_object_add(row, "most", json_double(most));
	json_object_object_add(row, "best", json_object_get(best));
	return row;
}

/* Of the parameters that vary, those that tell these rows apart. */
static struct json_object *axes_of(struct json_object *rows,
				   struct json_object *axes)
{
	struct json_object *some = json_object_new_object();
	struct json_object *row, *value;
	const char *name;
	char key[CELL_MAX];
	size_t i, j;

	for (i = 0; (name = row_axis(axes, i)); i++) {
		snprintf(key, sizeof(key), "params.%s", name);
		json_for_each(j, row, rows)
			if (json_find(row, key, &value))
				json_object_object_add(some, name, NULL);
	}
	return some;
}

static void print_table(FILE *f, const struct out_layout *l,
			struct json_object *rows)
{
	struct out_layout table = {
		.axes = axes_of(rows, l->axes),
		.rows = rows,
		.emulated = l->emulated,
	};
	struct json_object *row;
	bool any = false;
	size_t i;

	fputs(heading, f);
	out_rows(f, &table, &columns_fits);
	json_for_each(i, row, rows)
		any |= cell_is_beyond(row);
	if (any)
		fputs(beyond, f);
	json_object_put(table.axes);
}

static void print_ns(FILE *f, struct json_object *bw, const char *key)
{
	char out[UNITS_MAX], text[CELL_MAX];
	struct json_object *value;
	double v, a, b;

	if (!json_find(bw, key, &value) || !json_number(value, "value", &v) ||
	    v < 0)
		return;
	fputs(units_ns(out, v), f);
	if (!json_number(value, "ci95.1", &a) ||
	    !json_number(value, "ci95.2", &b) || a < 0 || b < 0)
		return;
	strcpy(text, units_ns(out, a));
	fprintf(f, " [%s to %s]", text, units_ns(out, b));
}

/* "; knee 16 CPUs [14-18] (predicted 14), 2.61M ops/s, half of it with 24" */
static void print_knee(FILE *f, struct json_object *bw)
{
	char text[CELL_MAX], out[UNITS_MAX];
	double v;

	fputs("; knee ", f);
	if (!cell_fit(bw, "knee_cpus", 1, " CPUs", text)) {
		fputs("not certain", f);
		return;
	}
	fputs(text, f);
	if (json_number(bw, "predicted_knee_cpus", &v))
		fprintf(f, " (predicted %.0f)", v);
	if (json_number(bw, "knee_ops_per_s", &v) && v >= 0)
		fprintf(f, ", %s ops/s", units_count(out, v));
	if (json_number(bw, "half_cpus.value", &v))
		fprintf(f, ", half of it with %.0f", v);
}

/* The model of collapse of ticket and tas. */
static void print_model(FILE *f, struct json_object *entry)
{
	char out[UNITS_MAX];
	struct json_object *bw;
	double v;

	if (!json_find(entry, "bw.line_ns.value", &bw) ||
	    !json_find(entry, "bw", &bw))
		return;
	out_name(f, entry, json_object_at(entry, "params"));
	fputs(": fit of the model of collapse: hold ", f);
	print_ns(f, bw, "hold_ns");
	fputs(", cache line ", f);
	print_ns(f, bw, "line_ns");
	if (json_number(bw, "measured_line_ns", &v) && v >= 0)
		fprintf(f, " (measured %s)", units_ns(out, v));
	fputs("\n ", f);
	if (json_number(bw, "think_ns", &v) && v >= 0)
		fprintf(f, " think %s as given", units_ns(out, v));
	print_knee(f, bw);
	if (json_number(bw, "off", &v))
		fprintf(f, "; off %s", units_percent(out, v));
	fputc('\n', f);
}

/* For out_refusals(). */
static void add_refusal(struct json_object *list, struct json_object *entry,
			const char *why)
{
	struct json_object *o = json_object_new_object();
	const char *lock = json_text_or(entry, "lock", "?");
	struct json_object *some = json_object_at(entry, "params");

	json_object_object_add(o, "lock", json_object_new_string(lock));
	json_object_object_add(o, "reason", json_object_new_string(why));
	if (some && json_object_object_length(some))
		json_object_object_add(o, "params", json_object_get(some));
	json_object_array_add(list, o);
}

/* If nothing can be fitted, and always for the same reason, that is all. */
static void print_refusals(FILE *f, struct json_object *refused, bool all)
{
	static const char before[] = "no fit of the law of scaling: ";
	struct json_object *o = json_object_array_get_idx(refused, 0);
	const char *why = json_text_or(o, "reason", "");
	size_t i;

	if (!o)
		return;
	json_for_each(i, o, refused)
		all &= !strcmp(why, json_text_or(o, "reason", ""));
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
	struct json_object *entry;
	size_t i;

	json_for_each(i, entry, list) {
		const char *usl = json_text(entry, "usl.none");
		const char *bw = json_text(entry, "bw.none");

		if (!json_object_is_type(entry, json_type_object))
			continue;
		if (usl)
			add_refusal(refused, entry, usl);
		else
			json_object_array_add(rows, row_of(entry));
		if (bw && (!usl || strcmp(bw, usl) != 0))
			add_refusal(models, entry, bw);
	}
	if (json_length(rows))
		print_table(f, l, rows);
	else if (json_length(refused))
		fputc('\n', f);
	print_refusals(f, refused, !json_length(rows));
	json_for_each(i, entry, list)
		print_model(f, entry);
	out_refusals(f, "no fit of the model of collapse: ", models);
	json_object_put(models);
	json_object_put(refused);
	json_object_put(rows);
}
