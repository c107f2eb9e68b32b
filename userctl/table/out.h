/* SPDX-License-Identifier: GPL-2.0 */
/* Printing a document. */
#ifndef _OUT_H
#define _OUT_H

#include <json-c/json.h>
#include <stdbool.h>
#include <stdio.h>

#include "base/msg.h"
#include "base/outfile.h"
#include "base/units.h"
#include "kernel/variants.h"

enum out_format {
	OUT_TABLE,
	OUT_JSON,
	OUT_CSV,
	OUT_CSV_LONG,
	OUT_MD,
};

/* For the help of options. */
#define OUT_FORMATS "table|json|csv|csv-long|md"
#define OUT_COLUMNS_HELP \
	"Columns of the table, by name; all: every one (an unknown name: a list of them)"
#define OUT_SORT_HELP \
	"Rows of the table in the order of this column, with '-' before it the largest first"

/**
 * struct out_view - What a table has, as asked for
 * @ledger: the ledger of waste below it
 * @checks: all of the certificate below it
 * @columns: names of its columns, or NULL
 * @sort: the column that its rows are sorted by, or NULL
 */
struct out_view {
	bool ledger;
	bool checks;
	const char *columns;
	const char *sort;
};

/* out.c */
bool out_format_parse(const char *word, enum out_format *format, struct msg *m);
bool out_format_of_name(const char *file, enum out_format *format);
const char *out_format_word(enum out_format format);
bool out_colour(FILE *f);
size_t out_width(FILE *f);
void out_print(FILE *f, struct json_object *doc, enum out_format format,
	       const struct out_view *view);
int out_save(struct outfile *file, struct json_object *doc,
	     enum out_format format, const struct out_view *view, bool last);
void out_rescue(struct json_object *doc, enum out_format format,
		const struct out_view *view);

/* out_choose.c */
bool out_columns_check(const char *list, struct msg *m);
bool out_sort_check(const char *name, struct msg *m);

/* out_auto.c */
void out_auto(FILE *f, struct json_object *doc);

/* out_checks.c */
const char *out_check_value(struct json_object *line, char out[UNITS_MAX]);
void out_checks(FILE *f, struct json_object *doc);
void out_all_checks(FILE *f, struct json_object *doc);

/* out_compare.c */
void out_compare(FILE *f, struct json_object *result, enum out_format format);
void out_differences(FILE *f, struct json_object *result);

/* out_csv.c */
void out_csv(FILE *f, struct json_object *doc, bool is_long);
void out_csv_compare(FILE *f, struct json_object *result, bool is_long);

/* out_json.c */
void out_json(FILE *f, struct json_object *doc);

/* out_locks.c */
void out_locks(FILE *f, const struct variants *vs);

/* out_refusals.c */
void out_refusals(FILE *f, const char *before, struct json_object *list);

/* out_run.c */
void out_run(FILE *f, struct json_object *run);

/* out_table.c */
extern const char out_times_warning[];
void out_simulated(FILE *f, struct json_object *certificate);

void out_table(FILE *f, struct json_object *doc, const struct out_view *view,
	       bool markdown);

/* out_words.c */
void out_text(FILE *f, const char *text);
void out_plain(FILE *f, const char *text);
__attribute__((format(printf, 2, 3))) void out_foreign(FILE *f, const char *fmt,
						       ...);
size_t out_words(FILE *f, const char *text, size_t at);

#endif /* _OUT_H */
