/* SPDX-License-Identifier: GPL-2.0 */
/* What the model says of the runs of one row of a summary. */
#ifndef _MODEL_ROW_H
#define _MODEL_ROW_H

#include <json-c/json.h>
#include <stddef.h>

unsigned int model_row_cpus(struct json_object *run);
struct json_object *model_row(struct json_object *doc,
			      struct json_object *const *runs, size_t n);

#endif /* _MODEL_ROW_H */
