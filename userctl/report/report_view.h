/* SPDX-License-Identifier: GPL-2.0 */
/* A document, put in order for drawing. */
#ifndef _REPORT_VIEW_H
#define _REPORT_VIEW_H

#include <json-c/json.h>
#include <stdbool.h>
#include <stddef.h>

/**
 * struct report_cell - All locks under the same parameters
 * @title: parameters that vary, in words; "" if none does
 * @panel: the panel of which it is one place
 * @x: the place; NAN: no such axis
 */
struct report_cell {
	char *title;
	size_t panel;
	double x;
};

/**
 * struct report_point - One row of the summary: a lock in a cell
 * @row: the row
 * @runs: the runs its numbers are made from
 * @nr_runs: their number
 * @lock: index of the lock
 * @cell: index of the cell
 */
struct report_point {
	struct json_object *row;
	struct json_object **runs;
	size_t nr_runs;
	size_t lock;
	size_t cell;
};

/**
 * struct report_view - A document
 * @doc: the document; all else borrows from it
 * @axes: its parameters that vary, or NULL
 * @axis: parameter that is drawn to the right; NULL: none
 * @threads: what is drawn to the right is the number of threads, which @axis
 *	     makes
 * @locks: names, in the order of the summary
 * @nr_locks: their number
 * @panels: the other parameters that vary, in words, per combination
 * @nr_panels: their number
 * @cells: the cells, those of a panel from left to right
 * @nr_cells: their number
 * @points: one per row of the summary, in its order
 * @nr_points: their number
 * @emulated: there is a row whose times mean nothing
 * @simulated: what a result of a simulated machine says of itself; else NULL
 */
struct report_view {
	struct json_object *doc;
	struct json_object *axes;
	const char *axis;
	bool threads;
	const char **locks;
	size_t nr_locks;
	char **panels;
	size_t nr_panels;
	struct report_cell *cells;
	size_t nr_cells;
	struct report_point *points;
	size_t nr_points;
	bool emulated;
	char *simulated;
};

struct report_view *report_view_new(struct json_object *doc);
void report_view_free(struct report_view *v);
const struct report_point *report_view_find(const struct report_view *v,
					    size_t lock, size_t cell);

#endif /* _REPORT_VIEW_H */
