// SPDX-License-Identifier: GPL-2.0
/*
 * What a document has to draw: which parameter is drawn to the right, which
 * ones make panels beside each other, and which runs stand behind a row.
 *
 * Problem: a sweep can have any number of axes of any kind, a drawing has one.
 * Number of threads comes first, because contention is what this is about; it
 * is not a parameter itself, but threads_per_cpu and cpus make it. Else it is
 * the axis of numbers with the most values. All others make panels.
 *
 * A row of the summary does not say of which cell it is, and where a lock has
 * no such knob several cells have the same row. So a run belongs to the first
 * row of its lock with its parameters that no other cell has taken.
 *
 * Limits: made for any document that can be parsed; what is missing or of the
 * wrong type is not drawn. Pure.
 */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "base/units.h"
#include "base/xalloc.h"
#include "report_view.h"
#include "result/row.h"
#include "result/simulated.h"

static bool param_of(struct json_object *row, const char *name,
		     struct json_object **value)
{
	return json_find(json_object_at(row, "params"), name, value) && *value;
}

/* How many values an axis has in the summary; 0 if one is not a number. */
static size_t nr_numbers(struct json_object *rows, const char *name)
{
	double *seen = xcalloc(json_length(rows), sizeof(*seen));
	struct json_object *row, *value;
	size_t nr = 0;
	size_t i, j;
	double v;

	json_for_each(i, row, rows) {
		/* A lock without this knob. */
		if (!param_of(row, name, &value))
			continue;
		if (!json_number(json_object_at(row, "params"), name, &v)) {
			nr = 0;
			break;
		}
		for (j = 0; j < nr && seen[j] != v; j++)
			;
		if (j == nr)
			seen[nr++] = v;
	}
	free(seen);
	return nr;
}

static void choose_axis(struct report_view *v, struct json_object *rows)
{
	size_t most = 1;
	const char *name;
	size_t i;

	if (nr_numbers(rows, "threads_per_cpu") > 1 &&
	    json_object_object_get_ex(v->axes, "threads_per_cpu", NULL)) {
		v->axis = "threads_per_cpu";
		v->threads = true;
		return;
	}
	if (json_object_object_get_ex(v->axes, "cpus", NULL)) {
		v->axis = "cpus";
		v->threads = true;
		return;
	}
	for (i = 0; (name = row_axis(v->axes, i)); i++) {
		size_t n = nr_numbers(rows, name);

		if (n > most) {
			most = n;
			v->axis = name;
		}
	}
}

/* --- runs to rows --------------------------------------------------------- */

static bool same_params(struct json_object *axes, struct json_object *row,
			struct json_object *run)
{
	struct json_object *a, *b;
	const char *name;
	size_t i;

	for (i = 0; (name = row_axis(axes, i)); i++) {
		bool x = param_of(row, name, &a);
		bool y = param_of(run, name, &b);

		if (x != y || (x && !json_object_equal(a, b)))
			return false;
	}
	return true;
}

/* The numbers of a row are made from its good runs, if there is one. */
static void keep_good(struct report_point *p)
{
	size_t good = 0;
	size_t i;

	for (i = 0; i < p->nr_runs; i++)
		good += row_is_ok(p->runs[i]);
	if (!good)
		return;
	for (i = 0, good = 0; i < p->nr_runs; i++)
		if (row_is_ok(p->runs[i]))
			p->runs[good++] = p->runs[i];
	p->nr_runs = good;
}

static void add_runs(struct report_view *v, double *place)
{
	struct json_object *run;
	size_t i, j;

	json_for_each(i, run, json_array(v->doc, "runs")) {
		const char *lock = json_text_or(run, "lock", "?");
		double cell = 0;

		json_number(run, "cell", &cell);
		for (j = 0; j < v->nr_points; j++) {
			struct report_point *p = &v->points[j];

			if (strcmp(v->locks[p->lock], lock) != 0 ||
			    (p->nr_runs && place[j] != cell) ||
			    !same_params(v->axes, p->row, run))
				continue;
			place[j] = cell;
			p->runs = xrealloc(p->runs, p->nr_runs + 1,
					   sizeof(struct json_object *));
			p->runs[p->nr_runs++] = run;
			break;
		}
	}
	for (j = 0; j < v->nr_points; j++)
		keep_good(&v->points[j]);
}

/* --- cells and panels ----------------------------------------------------- */

static size_t index_of(char ***list, size_t *n, const char *text)
{
	size_t i;

	for (i = 0; i < *n; i++)
		if (!strcmp((*list)[i], text))
			return i;
	*list = xrealloc(*list, *n + 1, sizeof(**list));
	(*list)[*n] = xstrdup(text);
	return (*n)++;
}

/* A row may lack a knob that others of its cell have. */
static struct json_object *row_with(const struct report_view *v,
				    const double *place, size_t i,
				    const char *name)
{
	struct json_object *value;
	size_t j;

	if (param_of(v->points[i].row, name, &value))
		return v->points[i].row;
	for (j = 0; v->points[i].nr_runs && j < v->nr_points; j++)
		if (v->points[j].nr_runs && place[j] == place[i] &&
		    param_of(v->points[j].row, name, &value))
			return v->points[j].row;
	return NULL;
}

static const char *value_in_cell(const struct report_view *v,
				 const double *place, size_t i,
				 const char *name, double *number)
{
	struct json_object *params =
		json_object_at(row_with(v, place, i, name), "params");

	*number = NAN;
	json_number(params, name, number);
	return json_text(params, name);
}

static void put_setting(FILE *f, const char *name, const char *text, double v)
{
	size_t len = strlen(name);
	char scaled[UNITS_MAX];

	fprintf(f, "%s%s = ", ftell(f) > 0 ? ", " : "", name);
	if (len > 3 && !strcmp(name + len - 3, "_ns") && v >= 0)
		fputs(units_ns(scaled, v), f);
	else
		fputs(text ? text : "-", f);
}

/* The parameters of a cell in words, with or without what is drawn to the right. */
static char *words(const struct report_view *v, const double *place, size_t i,
		   bool all)
{
	const char *name, *value;
	char *text = NULL;
	double number;
	size_t len, j;
	FILE *f = xmemstream(&text, &len);

	for (j = 0; (name = row_axis(v->axes, j)); j++) {
		if (!all && v->axis && !strcmp(name, v->axis))
			continue;
		value = value_in_cell(v, place, i, name, &number);
		put_setting(f, name, value, number);
	}
	xmemclose(f);
	return text;
}

static double place_of(const struct report_view *v, const double *place,
		       size_t i)
{
	const struct report_point *p = &v->points[i];
	double x = NAN;

	if (!v->axis)
		return NAN;
	if (v->threads && p->nr_runs &&
	    json_number(p->runs[0], "totals.threads", &x))
		return x;
	value_in_cell(v, place, i, v->axis, &x);
	return x;
}

static size_t cell_of(struct report_view *v, const double *place, size_t i)
{
	char *panel = words(v, place, i, false);
	char *title = words(v, place, i, true);
	size_t nr = index_of(&v->panels, &v->nr_panels, panel);
	size_t c;

	free(panel);
	for (c = 0; c < v->nr_cells; c++)
		if (v->cells[c].panel == nr &&
		    !strcmp(v->cells[c].title, title))
			break;
	if (c < v->nr_cells) {
		free(title);
		return c;
	}
	v->cells = xrealloc(v->cells, v->nr_cells + 1, sizeof(*v->cells));
	v->cells[v->nr_cells++] = (struct report_cell){
		.title = title,
		.panel = nr,
		.x = place_of(v, place, i),
	};
	return c;
}

static size_t lock_of(struct report_view *v, const char *name)
{
	size_t i;

	for (i = 0; i < v->nr_locks; i++)
		if (!strcmp(v->locks[i], name))
			return i;
	v->locks = xrealloc(v->locks, v->nr_locks + 1, sizeof(*v->locks));
	v->locks[v->nr_locks] = name;
	return v->nr_locks++;
}

static void make_cells(struct report_view *v, const double *place)
{
	size_t i;

	for (i = 0; i < v->nr_points; i++)
		v->points[i].cell = cell_of(v, place, i);
}

static void drop_cells(struct report_view *v)
{
	size_t i;

	for (i = 0; i < v->nr_cells; i++)
		free(v->cells[i].title);
	for (i = 0; i < v->nr_panels; i++)
		free(v->panels[i]);
	free(v->cells);
	free(v->panels);
	v->cells = NULL;
	v->panels = NULL;
	v->nr_cells = 0;
	v->nr_panels = 0;
}

/* Has each cell of a panel a place of its own? Sets of CPUs may be as large. */
static bool axis_works(const struct report_view *v)
{
	size_t i, j;

	for (i = 0; i < v->nr_cells; i++) {
		if (!isfinite(v->cells[i].x))
			return false;
		for (j = 0; j < i; j++)
			if (v->cells[j].panel == v->cells[i].panel &&
			    v->cells[j].x == v->cells[i].x)
				return false;
	}
	return true;
}

/**
 * report_view_new() - Put a document in order for drawing
 * @doc: document with runs and summary, which lives as long as the view
 *
 * Return: new view.
 */
struct report_view *report_view_new(struct json_object *doc)
{
	struct report_view *v = xcalloc(1, sizeof(*v));
	struct json_object *rows = json_array(doc, "summary");
	size_t n = json_length(rows);
	double *place = xcalloc(n, sizeof(*place));
	struct json_object *row;
	size_t i;

	v->doc = doc;
	v->simulated =
		simulated_note(json_object_at(doc, "runs.1.certificate"));
	v->axes = json_object_at(doc, "plan.axes");
	v->points = xcalloc(n, sizeof(*v->points));
	json_for_each(i, row, rows) {
		if (!json_object_is_type(row, json_type_object))
			continue;
		v->points[v->nr_points++] = (struct report_point){
			.row = row,
			.lock = lock_of(v, json_text_or(row, "lock", "?")),
		};
		v->emulated |= row_is_emulated(row);
	}
	add_runs(v, place);
	choose_axis(v, rows);
	make_cells(v, place);
	while (v->axis && !axis_works(v)) {
		drop_cells(v);
		/* Before there is none: the parameter itself. */
		if (!v->threads || !strcmp(v->axis, "cpus"))
			v->axis = NULL;
		v->threads = false;
		make_cells(v, place);
	}
	free(place);
	return v;
}

/**
 * report_view_free() - Free a view
 * @v: the view
 */
void report_view_free(struct report_view *v)
{
	size_t i;

	for (i = 0; i < v->nr_points; i++)
		free(v->points[i].runs);
	drop_cells(v);
	free(v->points);
	free(v->locks);
	free(v->simulated);
	free(v);
}

/**
 * report_view_find() - The row of a lock in a cell
 * @v: the view
 * @lock: index of the lock
 * @cell: index of the cell
 *
 * Return: the point, borrowed from @v; NULL if the lock was not run there.
 */
const struct report_point *report_view_find(const struct report_view *v,
					    size_t lock, size_t cell)
{
	size_t i;

	for (i = 0; i < v->nr_points; i++)
		if (v->points[i].lock == lock && v->points[i].cell == cell)
			return &v->points[i];
	return NULL;
}
