/* SPDX-License-Identifier: GPL-2.0 */
/* Printing a document. */
#ifndef _OUT_H
#define _OUT_H

#include <json-c/json.h>
#include <stdbool.h>
#include <stdio.h>

#include "msg.h"
#include "variants.h"

#define OUT_WIDTH 100 /* of tables and wrapped text */

enum out_format {
	OUT_TABLE,
	OUT_JSON,
	OUT_CSV,
};

/* out.c */
bool out_format_parse(const char *word, enum out_format *format, struct msg *m);
bool out_colour(FILE *f);
void out_print(FILE *f, struct json_object *doc, enum out_format format,
	       bool ledger);
int out_probe(const char *path);
int out_write(const char *path, bool (*print)(FILE *f, const void *what),
	      const void *what);
int out_save(const char *path, struct json_object *doc, enum out_format format,
	     bool ledger);

/* out_auto.c */
void out_auto(FILE *f, struct json_object *doc);

/* out_checks.c */
void out_checks(FILE *f, struct json_object *doc);
void out_all_checks(FILE *f, struct json_object *doc);

/* out_compare.c */
void out_compare(FILE *f, struct json_object *result, enum out_format format);
void out_differences(FILE *f, struct json_object *result);

/* out_csv.c */
void out_csv(FILE *f, struct json_object *doc);
void out_csv_field(FILE *f, const char *text);
void out_csv_values(FILE *f, const char *front, const char *key,
		    struct json_object *val);

/* out_json.c */
void out_json(FILE *f, struct json_object *doc);

/* out_locks.c */
void out_locks(FILE *f, const struct variants *vs);

/* out_refusals.c */
void out_refusals(FILE *f, const char *before, struct json_object *list);

/* out_run.c */
void out_run(FILE *f, struct json_object *run);

/* out_rows.c */
struct libscols_table *out_new_table(FILE *f);
void out_end_table(struct libscols_table *tb);

/* out_table.c */
extern const char out_times_warning[];

void out_table(FILE *f, struct json_object *doc, bool ledger);
void out_text(FILE *f, const char *text);
void out_plain(FILE *f, const char *text);
__attribute__((format(printf, 2, 3))) void out_foreign(FILE *f, const char *fmt,
						       ...);

/* out_words.c */
size_t out_words(FILE *f, const char *text, size_t at);

#endif /* _OUT_H */
