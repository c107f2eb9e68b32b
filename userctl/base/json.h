/* SPDX-License-Identifier: GPL-2.0 */
/* Values of JSON by dotted keys, as people type them: "totals.ops". */
#ifndef _JSON_H
#define _JSON_H

#include <json-c/json.h>
#include <stdbool.h>
#include <stdint.h>

/**
 * json_for_each() - Iterate over an array
 * @i: size_t, index of the element
 * @item: struct json_object *, receives the element, borrowed from @array
 * @array: the array; NULL has no elements
 */
#define json_for_each(i, item, array)                               \
	for (struct json_object *i##_of = ((i) = 0, (array));       \
	     (i) < json_length(i##_of) &&                           \
	     ((item) = json_object_array_get_idx(i##_of, i), true); \
	     (i)++)

bool json_find(struct json_object *obj, const char *key,
	       struct json_object **out);
bool json_number(struct json_object *obj, const char *key, double *v);
struct json_object *json_object_at(struct json_object *obj, const char *key);
struct json_object *json_array(struct json_object *obj, const char *key);
size_t json_length(struct json_object *array);
const char *json_item(struct json_object *array, size_t i);
const char *json_text(struct json_object *obj, const char *key);
const char *json_text_or(struct json_object *obj, const char *key,
			 const char *other);
bool json_is(struct json_object *obj, const char *key, const char *text);

struct json_object *json_double(double v);
struct json_object *json_parent(struct json_object *obj, const char **key);
void json_set(struct json_object *obj, const char *key,
	      struct json_object *value);
void json_add_text(struct json_object *obj, const char *key, const char *text);
void json_add_number(struct json_object *obj, const char *key, double v);
void json_add_interval(struct json_object *obj, const char *key, double lo,
		       double hi);
void json_add_count(struct json_object *obj, const char *key, uint64_t n);
void json_add_bool(struct json_object *obj, const char *key, bool is);

#endif /* _JSON_H */
