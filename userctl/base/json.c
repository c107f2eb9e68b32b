// SPDX-License-Identifier: GPL-2.0
/*
 * Access to JSON by dotted keys. Made for documents read from files as well, so
 * a wrong type is the same as a missing key and never more than that. Pure.
 *
 * Tables and pages look a key up in each run for each row. So a lookup walks the
 * key where it stands, and copies no more than the names before the last one,
 * which json-c wants to end in a NUL. (Its own json_pointer copies the whole key,
 * on the heap.)
 */
#include <math.h>
#include <stdio.h>

#include "json.h"
#include "xalloc.h"

/* Of the names before the last one; longer ones are in no document. */
#define NAME_MAX_LEN 127

/* Elements of arrays count from 1 in a key. */
static bool find_child(struct json_object *obj, const char *name,
		       struct json_object **out)
{
	size_t nr;

	if (!json_object_is_type(obj, json_type_array))
		return json_object_object_get_ex(obj, name, out);
	if (name[strspn(name, "0123456789")])
		return false;
	nr = strtoul(name, NULL, 10);
	if (!nr || nr > json_object_array_length(obj))
		return false;
	*out = json_object_array_get_idx(obj, nr - 1);
	return true;
}

/**
 * json_find() - Look up a dotted key
 * @obj: where to start; may be NULL
 * @key: names separated by dots; an element of an array is named by its
 *	 number, from 1
 * @out: receives the value, borrowed from @obj; NULL if there is none
 *
 * Return: true if there is such a key.
 */
bool json_find(struct json_object *obj, const char *key,
	       struct json_object **out)
{
	char name[NAME_MAX_LEN + 1];
	size_t len;

	*out = NULL;
	for (; key[len = strcspn(key, ".")]; key += len + 1) {
		if (len > NAME_MAX_LEN)
			return false;
		memcpy(name, key, len);
		name[len] = '\0';
		if (!find_child(obj, name, &obj))
			return false;
	}
	return find_child(obj, key, out);
}

/**
 * json_parent() - Walk to the object that is to hold the last name of a key
 * @obj: where to start; objects that are missing on the way are made
 * @key: the dotted key; receives its last name
 *
 * Return: the object, borrowed; NULL if there is a value in the way.
 */
struct json_object *json_parent(struct json_object *obj, const char **key)
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
 * json_set() - Put a value where a key says
 * @obj: where to start; objects that are missing on the way are made
 * @key: the dotted key
 * @value: the value, which is given away; is lost if there is another in the way
 */
void json_set(struct json_object *obj, const char *key,
	      struct json_object *value)
{
	obj = json_parent(obj, &key);
	if (obj)
		json_object_object_add(obj, key, value);
	else
		json_object_put(value);
}

/**
 * json_number() - Look up a number
 * @obj: where to start; may be NULL
 * @key: names separated by dots
 * @v: receives the number; untouched if there is none
 *
 * Return: true if there is a finite number of this name.
 */
bool json_number(struct json_object *obj, const char *key, double *v)
{
	struct json_object *o;
	double d;

	if (!json_find(obj, key, &o))
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

static struct json_object *typed_at(struct json_object *obj, const char *key,
				    enum json_type type)
{
	struct json_object *o;

	json_find(obj, key, &o);
	return json_object_is_type(o, type) ? o : NULL;
}

/**
 * json_object_at() - Look up an object
 * @obj: where to start; may be NULL
 * @key: names separated by dots
 *
 * Return: the object, borrowed from @obj; NULL if there is none.
 */
struct json_object *json_object_at(struct json_object *obj, const char *key)
{
	return typed_at(obj, key, json_type_object);
}

/**
 * json_array() - Look up an array
 * @obj: where to start; may be NULL
 * @key: names separated by dots
 *
 * Return: the array, borrowed from @obj; NULL if there is none.
 */
struct json_object *json_array(struct json_object *obj, const char *key)
{
	return typed_at(obj, key, json_type_array);
}

/**
 * json_text() - Look up a value as text
 * @obj: where to start; may be NULL
 * @key: names separated by dots
 *
 * Return: the text, borrowed from @obj; NULL if there is no such key.
 */
const char *json_text(struct json_object *obj, const char *key)
{
	struct json_object *o;

	return json_find(obj, key, &o) ? json_object_get_string(o) : NULL;
}

/**
 * json_text_or() - Look up a value as text that is to be shown
 * @obj: where to start; may be NULL
 * @key: names separated by dots
 * @other: what to show where there is no such key
 *
 * Return: the text, borrowed from @obj, or @other.
 */
const char *json_text_or(struct json_object *obj, const char *key,
			 const char *other)
{
	const char *text = json_text(obj, key);

	return text ? text : other;
}

/**
 * json_is() - Is this text the value of a key?
 * @obj: where to start; may be NULL
 * @key: names separated by dots
 * @text: the text
 *
 * Return: false also if there is no such key.
 */
bool json_is(struct json_object *obj, const char *key, const char *text)
{
	const char *value = json_text(obj, key);

	return value && !strcmp(value, text);
}

/**
 * json_length() - Number of elements of an array
 * @array: the array; anything else, and NULL, has none
 */
size_t json_length(struct json_object *array)
{
	return json_object_is_type(array, json_type_array) ?
		       json_object_array_length(array) :
		       0;
}

/**
 * json_item() - Element of an array as text
 * @array: the array
 * @i: index of the element
 *
 * Return: the text, borrowed from @array; NULL if there is none.
 */
const char *json_item(struct json_object *array, size_t i)
{
	return json_object_get_string(json_object_array_get_idx(array, i));
}

/**
 * json_double() - Make a JSON number that reads well
 * @v: finite number
 *
 * Nine digits are more than any of our values has; json-c's own 17 would
 * print 0.1 as 0.10000000000000001.
 *
 * Return: new object.
 */
struct json_object *json_double(double v)
{
	char text[32];

	snprintf(text, sizeof(text), "%.9g", v);
	return json_object_new_double_s(v, text);
}

/**
 * json_add_text() - Add a text to an object
 * @obj: the object
 * @key: its key
 * @text: the text
 */
void json_add_text(struct json_object *obj, const char *key, const char *text)
{
	json_object_object_add(obj, key, json_object_new_string(text));
}

/**
 * json_add_number() - Add a number to an object
 * @obj: the object
 * @key: its key
 * @v: finite number
 */
void json_add_number(struct json_object *obj, const char *key, double v)
{
	json_object_object_add(obj, key, json_double(v));
}

/**
 * json_add_interval() - Add two numbers to an object
 * @obj: the object
 * @key: key of the array that they become
 * @lo: finite number
 * @hi: finite number
 */
void json_add_interval(struct json_object *obj, const char *key, double lo,
		       double hi)
{
	struct json_object *list = json_object_new_array_ext(2);

	json_object_array_add(list, json_double(lo));
	json_object_array_add(list, json_double(hi));
	json_object_object_add(obj, key, list);
}

/**
 * json_add_count() - Add a whole number to an object
 * @obj: the object
 * @key: its key
 * @n: the number
 */
void json_add_count(struct json_object *obj, const char *key, uint64_t n)
{
	json_object_object_add(obj, key, json_object_new_uint64(n));
}

/**
 * json_add_bool() - Add true or false to an object
 * @obj: the object
 * @key: its key
 * @is: which of the two
 */
void json_add_bool(struct json_object *obj, const char *key, bool is)
{
	json_object_object_add(obj, key, json_object_new_boolean(is));
}
