/* SPDX-License-Identifier: GPL-2.0 */
/* The rows of a summary against their reference. */
#ifndef _RATIO_ROW_H
#define _RATIO_ROW_H

#include <json-c/json.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "stats/ratio.h"
#include "stats/sample.h"

/**
 * struct row_sample - What a row of a summary is made from
 * @row: the row
 * @cell: number of its cell
 * @sample: throughputs of its good runs
 * @waits: the longest wait of each of them, in ns; may be empty
 */
struct row_sample {
	struct json_object *row;
	double cell;
	struct sample sample;
	struct sample waits;
};

struct json_object *ratio_object(const struct ratio *r, bool judged);
uint64_t ratio_seed(struct json_object *doc);
const char *ratio_reference(struct json_object *doc);
bool ratio_row_is_compared(struct json_object *row);
void ratio_rows_add(struct json_object *doc, const struct row_sample *rows,
		    size_t n);
void ratio_rows_brief(struct json_object *doc, const struct row_sample *rows,
		      size_t n, bool look);

#endif /* _RATIO_ROW_H */
