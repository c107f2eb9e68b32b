// SPDX-License-Identifier: GPL-2.0
/*
 * The rows of a summary as a table, with whatever columns: first what varies
 * and the lock, last the verdict if there is one that is not ok.
 */
#include <err.h>
#include <string.h>

#include "jpath.h"
#include "out.h"
#include "out_fit.h"
#include "out_rows.h"
#include "status.h"

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
 * out_is_emulated() - Do the times of a row mean nothing?
 * @row: the row
 */
bool out_is_emulated(struct json_object *row)
{
	const char *times = jpath_text(row, "times");

	return times && !strcmp(times, "meaningless");
}

/**
 * out_is_ok() - Is the verdict of a run or of a row good?
 * @obj: the run or row
 */
bool out_is_ok(struct json_object *obj)
{
	const char *verdict = jpath_text(obj, "verdict");

	return verdict && !strcmp(verdict, "ok");
}

/**
 * out_look() - Look at a document before it is printed
 * @l: receives what was seen; borrows from @doc
 * @doc: finished document
 */
void out_look(struct out_layout *l, struct json_object *doc)
{
	size_t i;

	*l = (struct out_layout){ .rows = jpath_array(doc, "summary") };
	if (!jpath_get(doc, "plan.axes", &l->axes) ||
	    !json_object_is_type(l->axes, json_type_object))
		l->axes = NULL;
	for (i = 0; i < jpath_length(l->rows); i++) {
		struct json_object *row = json_object_array_get_idx(l->rows, i);
		struct json_object *groups = jpath_array(row, "groups");
		double v;

		l->emulated |= out_is_emulated(row);
		l->marked |= !out_is_ok(row);
		l->repeated |= jpath_number(row, "runs", &v) && v > 1;
		l->intervals |= jpath_number(row, "throughput.ci95.1", &v);
		l->closed |= !jpath_number(row, "refused.median", &v);
		l->grouped |= jpath_length(groups) > 0;
	}
}

static bool is_there(const struct out_layout *l, const struct out_column *c,
		     bool not_zero)
{
	size_t i;

	for (i = 0; i < jpath_length(l->rows); i++) {
		struct json_object *row = json_object_array_get_idx(l->rows, i);
		double v;

		if (jpath_number(row, c->key, &v) && (v != 0 || !not_zero))
			return true;
	}
	return false;
}

static bool is_wanted(const struct out_layout *l, const struct out_column *c)
{
	switch (c->when) {
	case OUT_ALWAYS:
		return true;
	case OUT_INTERVALS:
		return l->intervals;
	case OUT_RANGES:
		return l->repeated && !l->intervals;
	case OUT_CLOSED:
		return l->closed;
	case OUT_GROUPED:
		return l->grouped;
	case OUT_THERE:
		return is_there(l, c, false);
	case OUT_HAPPENED:
		return is_there(l, c, true);
	}
	return false;
}

/**
 * out_choose() - Which columns does this table have?
 * @l: the document
 * @all: columns it could have
 * @n: their number
 * @chosen: receives those it has
 *
 * Return: their number.
 */
size_t out_choose(const struct out_layout *l, const struct out_column *all,
		  size_t n, struct out_column *chosen)
{
	size_t out = 0;
	size_t i;

	for (i = 0; i < n; i++)
		if (is_wanted(l, &all[i]))
			chosen[out++] = all[i];
	return out;
}

static void new_columns(struct libscols_table *tb, const struct out_layout *l,
			const struct out_column *columns, size_t n)
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
	for (i = 0; i < n; i++) {
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
	if (out_is_ok(row) || runs <= 1)
		snprintf(out, CELL_MAX, "%s", verdict ? verdict : "?");
	else
		snprintf(out, CELL_MAX, "%s %.0f/%.0f", verdict ? verdict : "?",
			 runs - ok, runs);
}

static void new_line(struct libscols_table *tb, const struct out_layout *l,
		     struct json_object *row, const struct out_column *columns,
		     size_t n)
{
	struct libscols_line *line = scols_table_new_line(tb, NULL);
	const char *mark = out_is_emulated(row) ? "~" : "";
	char text[CELL_MAX] = "";
	char cell[CELL_MAX + 1];
	size_t at = 0;
	double number;
	size_t i;

	if (!line)
		errx(ST_BAD, "out of memory");
	if (jpath_number(row, "cell", &number))
		out_fit_cell(line, number);
	if (l->axes) {
		json_object_object_foreach(l->axes, name, unused)
		{
			(void)unused;
			snprintf(cell, sizeof(cell), "params.%s", name);
			scols_line_set_data(line, at++,
					    jpath_text_or(row, cell, "-"));
		}
	}
	scols_line_set_data(line, at++, jpath_text(row, "lock"));
	for (i = 0; i < n; i++) {
		const struct out_column *c = &columns[i];

		if (c->cell(row, c->key, text))
			snprintf(cell, sizeof(cell), "%s%s",
				 c->time ? mark : "", text);
		else
			strcpy(cell, "-");
		scols_line_set_data(line, at++, cell);
	}
	if (l->marked) {
		verdict_text(row, text);
		scols_line_set_data(line, at, text);
	}
	if (!out_is_ok(row))
		scols_line_set_color(line, strncmp(text, "FAILED", 6) ?
						   "yellow" :
						   "red");
}

/**
 * out_rows() - Print a table
 * @f: stream to print on
 * @l: the document
 * @columns: columns between the lock and the verdict
 * @n: their number
 *
 * It is not wider than a page, see out_end_fitted().
 */
void out_rows(FILE *f, const struct out_layout *l,
	      const struct out_column *columns, size_t n)
{
	size_t axes = l->axes ? json_object_object_length(l->axes) : 0;
	const struct out_keys keys = { .axes = axes,
				       .front = axes + 1,
				       .back = l->marked };
	struct libscols_table *tb = out_new_table(f);
	size_t i;

	new_columns(tb, l, columns, n);
	for (i = 0; i < jpath_length(l->rows); i++)
		new_line(tb, l, json_object_array_get_idx(l->rows, i), columns,
			 n);
	out_end_fitted(tb, &keys);
}
