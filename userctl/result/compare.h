/* SPDX-License-Identifier: GPL-2.0 */
/* Two documents against each other. */
#ifndef _COMPARE_H
#define _COMPARE_H

#include <json-c/json.h>
#include <stdbool.h>

bool compare_emulated(struct json_object *row);
struct json_object *compare_make(struct json_object *a, struct json_object *b);

/* compare_differ.c */
void compare_differences(struct json_object *list, struct json_object *a,
			 struct json_object *b, struct json_object *axes,
			 struct json_object *run_a, struct json_object *run_b);

#endif /* _COMPARE_H */
