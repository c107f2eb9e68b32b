// SPDX-License-Identifier: GPL-2.0
/*
 * Can this be what tokctl wrote? A value that is not there is no problem: what
 * reads a document goes on without it. One of the wrong type, or a number that
 * nothing could have measured, is: it would be summed up, and the sum believed.
 * Pure.
 */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "doc.h"
#include "jpath.h"
#include "xalloc.h"

/* The way to a value, as "tokctl show" takes it: elements count from 1. */
struct place {
	const struct place *above;
	const char *name; /* NULL: element @nr */
	size_t nr;
};

static void print_place(FILE *f, const struct place *at)
{
	char quoted[MSG_QUOTE_MAX];

	if (at->above) {
		print_place(f, at->above);
		fputc('.', f);
	}
	if (!at->name) {
		fprintf(f, "%zu", at->nr);
		return;
	}
	/* A name of tokctl's own needs no quotes. */
	if (!at->name[strspn(at->name, "abcdefghijklmnopqrstuvwxyz0123456789_")])
		fputs(at->name, f);
	else
		fputs(msg_quote(quoted, at->name), f);
}

static bool refuse(struct msg *m, const struct place *at,
		   struct json_object *value, const char *wanted)
{
	char quoted[MSG_QUOTE_MAX];
	const char *text = json_object_get_string(value);
	char *name = NULL;
	size_t len = 0;
	FILE *f = open_memstream(&name, &len);

	if (!f)
		err(ST_BAD, "out of memory");
	print_place(f, at);
	fclose(f);
	msg_set(m, "damaged: %s is %s, not %s", name,
		msg_quote(quoted, text ? text : "null"), wanted);
	free(name);
	return false;
}

/* What numbers may be in a section. */
enum numbers {
	ANY, /* finite */
	COUNTED, /* and not below 0 */
};

static bool number_is_sound(struct json_object *value, enum numbers numbers,
			    const struct place *at, struct msg *m)
{
	const char *name = at->name ? at->name : "";
	double v = json_object_get_double(value);

	if (!isfinite(v))
		return refuse(m, at, value, "a finite number");
	if (numbers == ANY || !strcmp(name, "nice"))
		return true;
	return v >= 0 || refuse(m, at, value, "a number from 0");
}

/* Values of any of these names are estimates, which may be below 0. */
static bool is_estimate(const char *name)
{
	return !strcmp(name, "ratio") || !strcmp(name, "model");
}

static bool value_is_sound(struct json_object *value, enum numbers numbers,
			   const struct place *at, struct msg *m)
{
	size_t i;

	switch (json_object_get_type(value)) {
	case json_type_int:
	case json_type_double:
		return number_is_sound(value, numbers, at, m);
	case json_type_array:
		for (i = 0; i < json_object_array_length(value); i++) {
			struct place item = { at, NULL, i + 1 };

			if (!value_is_sound(json_object_array_get_idx(value, i),
					    numbers, &item, m))
				return false;
		}
		return true;
	case json_type_object: {
		json_object_object_foreach(value, name, val)
		{
			struct place item = { at, name, 0 };

			if (!value_is_sound(val,
					    is_estimate(name) ? ANY : numbers,
					    &item, m))
				return false;
		}
		return true;
	}
	default:
		return true;
	}
}

/* What a key has to be if it is there; null is the same as not there. */
struct type {
	const char *name;
	enum json_type type;
	const char *wanted;
};

static bool types_are_right(struct json_object *obj, const struct type *t,
			    const struct place *at, struct msg *m)
{
	struct json_object *value;

	for (; t->name; t++) {
		struct place here = { at, t->name, 0 };

		if (json_object_object_get_ex(obj, t->name, &value) && value &&
		    !json_object_is_type(value, t->type))
			return refuse(m, &here, value, t->wanted);
	}
	return true;
}

#define OBJECT(name)                                \
	{                                           \
		name, json_type_object, "an object" \
	}
#define ARRAY(name)                               \
	{                                         \
		name, json_type_array, "an array" \
	}
#define STRING(name)                             \
	{                                        \
		name, json_type_string, "a text" \
	}
#define INTEGER(name)                                 \
	{                                             \
		name, json_type_int, "a whole number" \
	}

/* Whole, and not too large for a double or a plan. */
static bool index_is_right(struct json_object *run, const char *name,
			   size_t least, const struct place *at, struct msg *m)
{
	struct place here = { at, name, 0 };
	struct json_object *value;
	int64_t v;

	if (!json_object_object_get_ex(run, name, &value) || !value)
		return true;
	v = json_object_get_int64(value);
	if (v >= (int64_t)least && v <= PLAN_STEPS_MAX)
		return true;
	return refuse(m, &here, value, "a number of this plan");
}

/* [lower, upper, count], behind the one before it, and room to add all up. */
static bool bucket_is_right(struct json_object *bucket, uint64_t *end,
			    uint64_t *sum, const struct place *at,
			    struct msg *m)
{
	uint64_t v[3];
	size_t i;

	if (!json_object_is_type(bucket, json_type_array) ||
	    json_object_array_length(bucket) != 3)
		return refuse(m, at, bucket, "a bucket");
	for (i = 0; i < 3; i++) {
		struct json_object *o = json_object_array_get_idx(bucket, i);

		if (!json_object_is_type(o, json_type_int))
			return refuse(m, at, bucket, "a bucket");
		v[i] = json_object_get_uint64(o);
	}
	if (v[0] < *end || v[1] <= v[0] ||
	    __builtin_add_overflow(*sum, v[2], sum))
		return refuse(m, at, bucket, "the next bucket");
	*end = v[1];
	return true;
}

static bool latency_is_right(struct json_object *latency,
			     const struct place *above, struct msg *m)
{
	static const struct type types[] = { ARRAY("buckets"),
					     INTEGER("count"),
					     { 0 } };

	json_object_object_foreach(latency, name, hist)
	{
		struct place at = { above, name, 0 };
		struct place in = { &at, "buckets", 0 };
		struct json_object *list;
		uint64_t end = 0, sum = 0;
		size_t i;

		if (hist && !json_object_is_type(hist, json_type_object))
			return refuse(m, &at, hist, "an object");
		if (!types_are_right(hist, types, &at, m))
			return false;
		list = jpath_array(hist, "buckets");
		for (i = 0; i < jpath_length(list); i++) {
			struct place here = { &in, NULL, i + 1 };

			if (!bucket_is_right(json_object_array_get_idx(list, i),
					     &end, &sum, &here, m))
				return false;
		}
	}
	return true;
}

static bool run_is_right(struct json_object *run, const struct place *at,
			 struct msg *m)
{
	static const struct type types[] = {
		STRING("lock"),	  INTEGER("run"),    STRING("verdict"),
		INTEGER("cell"),  INTEGER("repeat"), ARRAY("reasons"),
		ARRAY("flags"),	  OBJECT("params"),  OBJECT("certificate"),
		OBJECT("totals"), OBJECT("latency"), ARRAY("groups"),
		ARRAY("phases"),  ARRAY("threads"),  { 0 }
	};
	struct place in = { at, "latency", 0 };
	struct json_object *latency;

	if (!json_object_is_type(run, json_type_object))
		return refuse(m, at, run, "a run");
	if (!types_are_right(run, types, at, m) ||
	    !index_is_right(run, "cell", 0, at, m) ||
	    !index_is_right(run, "repeat", 1, at, m))
		return false;
	return !json_object_object_get_ex(run, "latency", &latency) ||
	       !latency || latency_is_right(latency, &in, m);
}

static bool row_is_right(struct json_object *row, const struct place *at,
			 struct msg *m)
{
	static const struct type types[] = { STRING("lock"),
					     STRING("verdict"),
					     OBJECT("params"),
					     OBJECT("latency"),
					     { 0 } };

	if (!json_object_is_type(row, json_type_object))
		return refuse(m, at, row, "a row");
	return types_are_right(row, types, at, m);
}

static bool list_is_right(struct json_object *doc, const char *name,
			  bool (*is_right)(struct json_object *item,
					   const struct place *at,
					   struct msg *m),
			  struct msg *m)
{
	struct json_object *list = jpath_array(doc, name);
	struct place above = { NULL, name, 0 };
	size_t i;

	for (i = 0; i < jpath_length(list); i++) {
		struct json_object *item = json_object_array_get_idx(list, i);
		struct place at = { &above, NULL, i + 1 };

		if (!is_right(item, &at, m) ||
		    !value_is_sound(item, COUNTED, &at, m))
			return false;
	}
	return true;
}

/**
 * doc_is_sound() - Could tokctl have written this?
 * @doc: document with the arrays runs and summary
 * @m: receives the first thing that is wrong, and where
 */
bool doc_is_sound(struct json_object *doc, struct msg *m)
{
	static const struct type types[] = { STRING("title"),
					     OBJECT("environment"),
					     OBJECT("plan"),
					     ARRAY("left_out"),
					     { "interrupted", json_type_boolean,
					       "true or false" },
					     { 0 } };

	if (!types_are_right(doc, types, NULL, m) ||
	    !list_is_right(doc, "runs", run_is_right, m) ||
	    !list_is_right(doc, "summary", row_is_right, m))
		return false;
	json_object_object_foreach(doc, name, val)
	{
		struct place at = { NULL, name, 0 };

		if (!value_is_sound(val, ANY, &at, m))
			return false;
	}
	return true;
}
