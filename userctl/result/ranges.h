/* SPDX-License-Identifier: GPL-2.0 */
/* Numbers of several runs of the same thing: median, min, max. */
#ifndef _RANGES_H
#define _RANGES_H

#include <json-c/json.h>
#include <stdbool.h>
#include <stddef.h>

void ranges_add(struct json_object *row, struct json_object *const *runs,
		size_t n);
void ranges_add_throughput(struct json_object *row,
			   struct json_object *const *runs, size_t n);
bool ranges_throughput(struct json_object *run, double *v);

#endif /* _RANGES_H */
