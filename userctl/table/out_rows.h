/* SPDX-License-Identifier: GPL-2.0 */
/* The rows of a summary as a table: what all such tables share. */
#ifndef _OUT_ROWS_H
#define _OUT_ROWS_H

#include <json-c/json.h>
#include <stdbool.h>
#include <stdio.h>

#include "columns.h"
#include "out.h"
#include "result/row.h"

/**
 * struct out_layout - What a table needs to know before its first row
 * @axes: of the plan: parameters that vary, or NULL
 * @rows: of the summary
 * @view: what was asked for
 * @markdown: tables are of Markdown
 * @emulated: there is a row whose times mean nothing
 * @marked: there is a row that is not ok
 * @repeated: there is a row of more than one run
 * @intervals: there is a row with an interval of its throughput
 * @compared: there is a row that is compared to another
 * @closed: there is a row of a closed loop
 * @grouped: there is a row with groups of threads
 */
struct out_layout {
	struct json_object *axes;
	struct json_object *rows;
	const struct out_view *view;
	bool markdown;
	bool emulated;
	bool marked;
	bool repeated;
	bool intervals;
	bool compared;
	bool closed;
	bool grouped;
};

void out_look(struct out_layout *l, struct json_object *doc);
bool out_is_emulated(struct json_object *row);
void out_name(FILE *f, struct json_object *row, struct json_object *axes);
void out_rows(FILE *f, const struct out_layout *l, const struct columns *all);

/* out_choose.c */
size_t out_choose(const struct out_layout *l, const struct columns *all,
		  struct column chosen[COLUMNS_MAX]);
struct json_object *out_sorted(const struct out_layout *l);

/* out_answers.c */
char *out_answer(const struct out_layout *l, size_t row);
void out_answers(FILE *f, const struct out_layout *l);

/* out_groups.c */
void out_groups(FILE *f, const struct out_layout *l);

/* out_ledger.c */
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
