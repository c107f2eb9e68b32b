/* SPDX-License-Identifier: GPL-2.0 */
/* Dotted keys into JSON objects. */
#ifndef _JPATH_H
#define _JPATH_H

#include <json-c/json.h>
#include <stdbool.h>

bool jpath_get(struct json_object *obj, const char *key,
	       struct json_object **out);
struct json_object *jpath_parent(struct json_object *obj, const char **key);
void jpath_set(struct json_object *obj, const char *key,
	       struct json_object *value);
bool jpath_number(struct json_object *obj, const char *key, double *v);
struct json_object *jpath_array(struct json_object *obj, const char *key);
size_t jpath_length(struct json_object *array);
const char *jpath_item(struct json_object *array, size_t i);
const char *jpath_text(struct json_object *obj, const char *key);
const char *jpath_text_or(struct json_object *obj, const char *key,
			  const char *other);
struct json_object *jpath_double(double v);

#endif /* _JPATH_H */
