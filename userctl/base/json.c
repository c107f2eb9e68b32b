// SPDX-License-Identifier: GPL-2.0
/*
 * Access to JSON by dotted keys. Made for documents read from files as well, so
 * a wrong type is the same as a missing key and never more than that. Pure.
 */
#include <json-c/json_pointer.h>
#include <math.h>
#include <stdio.h>

#include "json.h"
#include "xalloc.h"

/* Longer keys than any document has. */
#define POINTER_MAX 256

/* A name of @len characters as a part of a pointer; returns its end. */
static char *put_name(char *out, const char *name, size_t len)
{
	*out++ = '/';
	for (; len--; name++) {
		if (*name != '~' && *name != '/') {
			*out++ = *name;
			continue;
		}
		*out++ = '~';
		*out++ = *name == '~' ? '0' : '1';
	}
	*out = '\0';
	return out;
}

/*
 * The pointer (RFC 6901) of a dotted key. Elements of arrays count from 1 in a
 * key; what looks like a number may be the name of a value as well.
 */
static bool pointer_of(struct json_object *obj, const char *key,
		       char out[POINTER_MAX])
{
	struct json_object *at;
	char *end = out;
	size_t len, nr;

	/* Each character may become two, and there is a first slash. */
	if (2 * strlen(key) + 2 > POINTER_MAX)
		return false;
	for (*out = '\0';; key += len + 1) {
		len = strcspn(key, ".");
		if (strspn(key, "0123456789") == len && len &&
		    !json_pointer_get(obj, out, &at) &&
		    json_object_is_type(at, json_type_array)) {
			nr = strtoul(key, NULL, 10);
			if (!nr)
				return false;
			end += sprintf(end, "/%zu", nr - 1);
		} else {
			end = put_name(end, key, len);
		}
		if (!key[len])
			return true;
	}
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
	char pointer[POINTER_MAX];

	*out = NULL;
	return pointer_of(obj, key, pointer) &&
	       !json_pointer_get(obj, pointer, out);
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
