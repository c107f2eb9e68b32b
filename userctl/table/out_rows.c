// SPDX-License-Identifier: GPL-2.0
/*
 * The rows of a summary as a table, with whatever columns: first what varies
 * and the lock, last the verdict if there is one that is not ok.
 */
#include <string.h>

#include "grid.h"
#include "kernel/params.h"
#include "out.h"
#include "out_rows.h"
#include "result/compare.h"
#include "result/ratio_row.h"

static const struct out_view no_view;

/**
 * out_look() - Look at a document before it is printed
 * @l: receives what was seen; borrows from @doc
 * @doc: finished document
 */
void out_look(struct out_layout *l, struct json_object *doc)
{
	struct json_object *row;
	size_t i;
	double v;

	*l = (struct out_layout){ .axes = json_object_at(doc, "plan.axes"),
				  .rows = json_array(doc, "summary"),
				  .view = &no_view };
	json_for_each(i, row, l->rows) {
		l->emulated |= row_is_emulated(row);
		l->marked |= !row_is_ok(row);
		l->repeated |= json_number(row, "runs", &v) && v > 1;
		l->intervals |= json_number(row, "throughput.ci95.1", &v);
		l->compared |= ratio_row_is_compared(row);
		l->closed |= !json_number(row, "refused.median", &v);
		l->grouped |= json_length(json_array(row, "groups")) > 0;
	}
}

/* "40 us" of hold_ns; a file may have parameters that we have not. */
static const char *axis_value(struct json_object *row, const char *name,
			      char out[UNITS_MAX])
{
	const char *text = row_param(row, name);
	enum param_id id = params_find(name);

	return id == NR_PARAMS ? text : params_show(id, text, out);
}

/**
 * out_is_emulated() - Do the times of a row mean nothing?
 * @row: row of a summary or of a comparison
 */
bool out_is_emulated(struct json_object *row)
{
	return row_is_emulated(row) || compare_emulated(row);
}

/**
 * out_name() - Print what tells a row from the others
 * @f: stream to print on
 * @row: row or run
 * @axes: parameters that vary, or NULL
 *
 * "mutex threads_per_cpu=4"
 */
void out_name(FILE *f, struct json_object *row, struct json_object *axes)
{
	char title[PARAM_FILE_MAX], value[UNITS_MAX];
	const char *name;
	size_t i;

	out_text(f, json_text_or(row, "lock", "?"));
	for (i = 0; (name = row_axis(axes, i)); i++)
		out_foreign(f, " %s=%s", params_title(name, title),
			    axis_value(row, name, value));
}

static void add_verdict(struct grid *g, struct json_object *row)
{
	const char *verdict = json_text_or(row, "verdict", "?");
	double runs = 1, ok = 0;

	json_number(row, "runs", &runs);
	json_number(row, "ok", &ok);
	if (row_is_ok(row) || runs <= 1)
		grid_text(g, verdict);
	else
		grid_format(g, "%s %.0f/%.0f", verdict, runs - ok, runs);
}

/* Rows of a comparison have a verdict for each side, and no colour. */
static const char *colour_of(struct json_object *row)
{
	const char *verdict = json_text_or(row, "verdict", "ok");

	return !strcmp(verdict, "ok")	  ? NULL :
	       !strcmp(verdict, "FAILED") ? "red" :
					    "yellow";
}

static void add_row(struct grid *g, const struct out_layout *l,
		    struct json_object *row, const struct column *c, size_t n)
{
	const char *mark = out_is_emulated(row) ? "~" : "";
	char text[CELL_MAX], value[UNITS_MAX];
	double cell = -1;
	const char *name;
	size_t i;

	json_number(row, "cell", &cell);
	grid_row(g, colour_of(row), cell);
	for (i = 0; (name = row_axis(l->axes, i)); i++)
		grid_text(g, axis_value(row, name, value));
	grid_text(g, json_text(row, "lock"));
	for (i = 0; i < n; i++) {
		if (cell_text(row, &c[i], text))
			grid_format(g, "%s%s", c[i].times ? mark : "", text);
		else
			grid_text(g, "-");
	}
	if (l->marked)
		add_verdict(g, row);
}

/* "~ops/s", "p99 us", "vs mutex" */
static void title_of(const struct out_layout *l, const struct column *c,
		     char out[CELL_MAX])
{
	const char *unit = c->unit && c->kind == TIME ? c->unit->suffix : "";
	struct json_object *row;
	size_t i;

	if (c->kind == RATIO_FULL && !strcmp(c->title, "vs"))
		json_for_each(i, row, l->rows)
			if (json_text(row, "ratio.reference"))
				unit = json_text(row, "ratio.reference");
	snprintf(out, CELL_MAX, "%s%s%s%s", l->emulated && c->times ? "~" : "",
		 c->title, *unit ? " " : "", unit);
}

/**
 * out_rows() - Print a table
 * @f: stream to print on
 * @l: the document
 * @all: columns between the lock and the verdict, if they are there
 *
 * It is not wider than the terminal, see grid_end_fitted().
 */
void out_rows(FILE *f, const struct out_layout *l, const struct columns *all)
{
	struct column c[COLUMNS_MAX];
	size_t n = out_choose(l, all, c);
	char title[CELL_MAX], axis[PARAM_FILE_MAX];
	struct json_object *row;
	const char *name;
	struct grid g;
	size_t i;

	grid_start(&g, f);
	g.markdown = l->markdown;
	for (i = 0; (name = row_axis(l->axes, i)); i++)
		grid_column(&g, params_title(name, axis), GRID_AXIS);
	grid_column(&g, "lock", GRID_KEY);
	for (i = 0; i < n; i++) {
		cell_unit(l->rows, &c[i]);
		title_of(l, &c[i], title);
		grid_column(&g, title,
			    c[i].kind == CHANGE || c[i].kind == WORD ?
				    0 :
				    GRID_RIGHT);
	}
	if (l->marked)
		grid_column(&g, "verdict", GRID_KEY);
	json_for_each(i, row, l->rows)
		add_row(&g, l, row, c, n);
	grid_end_fitted(&g);
}
