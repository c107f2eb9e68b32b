/* SPDX-License-Identifier: GPL-2.0 */
/* Do the runs of a cell have the same parameters? */
#ifndef _ALIKE_H
#define _ALIKE_H

#include <json-c/json.h>
#include <stdbool.h>

/**
 * struct alike_difference - Two runs of a cell that are not comparable
 * @a: the first run of the cell that says something; NULL: all are alike
 * @b: another
 * @name: parameter that differs, borrowed from @a
 * @x: its value in @a
 * @y: its value in @b
 */
struct alike_difference {
	struct json_object *a, *b;
	const char *name;
	const char *x, *y;
};

struct json_object *alike_firsts(struct json_object *doc, const char *key);
bool alike_is_invalid(struct json_object *run);
bool alike_runs(struct json_object *a, struct json_object *b,
		struct alike_difference *d);
void alike_find(struct json_object *doc, struct alike_difference *d);

#endif /* _ALIKE_H */
