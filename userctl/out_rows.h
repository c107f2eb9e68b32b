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
 * struct out_column - One column
 * @title: its title
 * @time: is it made from a time?
 * @cell: makes the text of a row; false: the row has no such number
 * @key: of the row, for @cell
 */
struct out_column {
	const char *title;
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
 */
struct out_layout {
	struct json_object *axes;
	struct json_object *rows;
	bool emulated;
	bool marked;
	bool repeated;
};

void out_look(struct out_layout *l, struct json_object *doc);
bool out_is_ok(struct json_object *obj);
bool out_cell_count(struct json_object *row, const char *key, char *out);
void out_rows(struct libscols_table *tb, const struct out_layout *l,
	      const struct out_column *columns, size_t n);

/* out_ledger.c */
void out_ledger(FILE *f, const struct out_layout *l);

#endif /* _OUT_ROWS_H */
