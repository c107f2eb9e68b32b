// SPDX-License-Identifier: GPL-2.0
/*
 * Access to JSON by the names that people type: "latency.acquire_ns.p99".
 * Made for documents read from files as well, so a wrong type is the same as
 * a missing key and never more than that. Pure.
 */
#include <ctype.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "jpath.h"
#include "xalloc.h"

/* What a name, or the number of an element from 1, stands for. */
static bool step(struct json_object *obj, const char *name,
		 struct json_object **out)
{
	unsigned long i;
	char *end;

	if (json_object_is_type(obj, json_type_object))
		return json_object_object_get_ex(obj, name, out);
	if (!json_object_is_type(obj, json_type_array) ||
	    !isdigit((unsigned char)*name))
		return false;
	i = strtoul(name, &end, 10);
	if (*end || !i || i > json_object_array_length(obj))
		return false;
	*out = json_object_array_get_idx(obj, i - 1);
	return true;
}

/**
 * jpath_get() - Look up a dotted key
 * @obj: where to start; may be NULL
 * @key: names separated by dots; an element of an array is named by its
 *	 number, from 1
 * @out: receives the value, borrowed from @obj; NULL if there is none
 *
 * Return: true if there is such a key.
 */
bool jpath_get(struct json_object *obj, const char *key,
	       struct json_object **out)
{
	char name[64];

	*out = NULL;
	for (;;) {
		size_t len = strcspn(key, ".");

		if (len >= sizeof(name))
			return false;
		memcpy(name, key, len);
		name[len] = '\0';
		if (!step(obj, name, &obj))
			return false;
		if (!key[len]) {
			*out = obj;
			return true;
		}
		key += len + 1;
	}
}

/**
 * jpath_parent() - Walk to the object that is to hold the last name of a key
 * @obj: where to start; objects that are missing on the way are made
 * @key: the dotted key; receives its last name
 *
 * Return: the object, borrowed; NULL if there is a value in the way.
 */
struct json_object *jpath_parent(struct json_object *obj, const char **key)
{
	size_t len;

	while ((*key)[len = strcspn(*key, ".")]) {
		char *name = xstrndup(*key, len);
		struct json_object *child;

		if (!json_object_object_get_ex(obj, name, &child)) {
			child = json_object_new_object();
			json_object_object_add(obj, name, child);
		}
		free(name);
		if (!json_object_is_type(child, json_type_object))
			return NULL;
		obj = child;
		*key += len + 1;
	}
	return obj;
}

/**
 * jpath_set() - Put a value where a key says
 * @obj: where to start; objects that are missing on the way are made
 * @key: the dotted key
 * @value: the value, which is given away; is lost if there is another in the way
 */
void jpath_set(struct json_object *obj, const char *key,
	       struct json_object *value)
{
	obj = jpath_parent(obj, &key);
	if (obj)
		json_object_object_add(obj, key, value);
	else
		json_object_put(value);
}

/**
 * jpath_number() - Look up a number
 * @obj: where to start; may be NULL
 * @key: names separated by dots
 * @v: receives the number; untouched if there is none
 *
 * Return: true if there is a finite number of this name.
 */
bool jpath_number(struct json_object *obj, const char *key, double *v)
{
	struct json_object *o;
	double d;

	if (!jpath_get(obj, key, &o))
		return false;
	if (json_object_is_type(o, json_type_int)) {
		int64_t i = json_object_get_int64(o);

		/* Numbers above INT64_MAX are kept as uint64 by json-c. */
		*v = i == INT64_MAX ? (double)json_object_get_uint64(o) :
				      (double)i;
		return true;
	}
	if (!json_object_is_type(o, json_type_double))
		return false;
	d = json_object_get_double(o);
	if (!isfinite(d))
		return false;
	*v = d;
	return true;
}

/**
 * jpath_text() - Look up a value as text
 * @obj: where to start; may be NULL
 * @key: names separated by dots
 *
 * Return: the text, borrowed from @obj; NULL if there is no such key.
 */
const char *jpath_text(struct json_object *obj, const char *key)
{
	struct json_object *o;

	return jpath_get(obj, key, &o) ? json_object_get_string(o) : NULL;
}

/**
 * jpath_text_or() - Look up a value as text that is to be shown
 * @obj: where to start; may be NULL
 * @key: names separated by dots
 * @other: what to show where there is no such key
 *
 * Return: the text, borrowed from @obj, or @other.
 */
const char *jpath_text_or(struct json_object *obj, const char *key,
			  const char *other)
{
	const char *text = jpath_text(obj, key);

	return text ? text : other;
}

/**
 * jpath_array() - Look up an array
 * @obj: where to start; may be NULL
 * @key: names separated by dots
 *
 * Return: the array, borrowed from @obj; NULL if there is none.
 */
struct json_object *jpath_array(struct json_object *obj, const char *key)
{
	struct json_object *o;

	jpath_get(obj, key, &o);
	return json_object_is_type(o, json_type_array) ? o : NULL;
}

/**
 * jpath_length() - Number of elements of an array
 * @array: the array; NULL has none
 */
size_t jpath_length(struct json_object *array)
{
	return array ? json_object_array_length(array) : 0;
}

/**
 * jpath_item() - Element of an array as text
 * @array: the array
 * @i: index of the element
 *
 * Return: the text, borrowed from @array; NULL if there is none.
 */
const char *jpath_item(struct json_object *array, size_t i)
{
	return json_object_get_string(json_object_array_get_idx(array, i));
}

/**
 * jpath_double() - Make a JSON number that reads well
 * @v: finite number
 *
 * Nine digits are more than any of our values has; json-c's own 17 would
 * print 0.1 as 0.10000000000000001.
 *
 * Return: new object.
 */
struct json_object *jpath_double(double v)
{
	char text[32];

	snprintf(text, sizeof(text), "%.9g", v);
	return json_object_new_double_s(v, text);
}
