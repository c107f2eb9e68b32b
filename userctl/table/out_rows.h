/* SPDX-License-Identifier: GPL-2.0 */
/* The rows of a summary as a table: what all such tables share. */
#ifndef _OUT_ROWS_H
#define _OUT_ROWS_H

#include <json-c/json.h>
#include <libsmartcols.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>

#define CELL_MAX 96

/**
 * enum out_when - When does a table have a column?
 * @OUT_ALWAYS: always
 * @OUT_INTERVALS: there is a row with an interval of its throughput
 * @OUT_RANGES: there is none, but a row of more than one run
 * @OUT_CLOSED: there is a row of a closed loop
 * @OUT_GROUPED: there is a row with groups of threads
 * @OUT_THERE: there is a row that has the number
 * @OUT_HAPPENED: there is a row in which it is not zero
 */
enum out_when {
	OUT_ALWAYS,
	OUT_INTERVALS,
	OUT_RANGES,
	OUT_CLOSED,
	OUT_GROUPED,
	OUT_THERE,
	OUT_HAPPENED,
};

/**
 * struct out_column - One column
 * @title: its title
 * @when: when it is in the table
 * @time: is it made from a time?
 * @cell: makes the text of a row; false: the row has no such number
 * @key: of the row, for @cell and @when
 */
struct out_column {
	const char *title;
	enum out_when when;
	bool time;
	bool (*cell)(struct json_object *row, const char *key, char *out);
	const char *key;
};

/**
 * struct out_layout - What a table needs to know before its first row
 * @axes: of the plan: parameters that vary, or NULL
 * @rows: of the summary
 * @emulated: there is a row whose times mean nothing
 * @marked: there is a row that is not ok
 * @repeated: there is a row of more than one run
 * @intervals: there is a row with an interval of its throughput
 * @closed: there is a row of a closed loop
 * @grouped: there is a row with groups of threads
 */
struct out_layout {
	struct json_object *axes;
	struct json_object *rows;
	bool emulated;
	bool marked;
	bool repeated;
	bool intervals;
	bool closed;
	bool grouped;
};

void out_look(struct out_layout *l, struct json_object *doc);
bool out_is_ok(struct json_object *obj);
bool out_is_emulated(struct json_object *row);
void out_axes(FILE *f, struct json_object *obj, const struct out_layout *l);
size_t out_choose(const struct out_layout *l, const struct out_column *all,
		  size_t n, struct out_column *chosen);
void out_rows(FILE *f, const struct out_layout *l,
	      const struct out_column *columns, size_t n);

/* out_cells.c */
bool out_cell_count(struct json_object *row, const char *key, char *out);
bool out_cell_range(struct json_object *row, const char *key, char *out);
bool out_cell_interval(struct json_object *row, const char *key, char *out);
bool out_cell_percent(struct json_object *row, const char *key, char *out);
bool out_cell_ns(struct json_object *row, const char *key, char *out);
bool out_cell_index(struct json_object *row, const char *key, char *out);
bool out_cell_number(struct json_object *row, const char *key, char *out);
bool out_cell_per_1000(struct json_object *row, const char *key, char *out);

/* out_groups.c */
void out_groups(FILE *f, const struct out_layout *l);

/* out_ledger.c */
#define OUT_LEDGER_MAX 20

size_t out_ledger_columns(const struct out_layout *l,
			  struct out_column *chosen);
void out_ledger(FILE *f, const struct out_layout *l);

/* out_model.c */
void out_models(FILE *f, const struct out_layout *l);

/* out_phases.c */
void out_phases(FILE *f, const struct out_layout *l);

/* out_ratios.c */
void out_ratios(FILE *f, const struct out_layout *l);
void out_outliers(FILE *f, struct json_object *doc, const struct out_layout *l);

/* out_scaling.c */
void out_scaling(FILE *f, const struct out_layout *l, struct json_object *list);

#endif /* _OUT_ROWS_H */
