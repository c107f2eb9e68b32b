// SPDX-License-Identifier: GPL-2.0
/*
 * The keys of a document, their types, and what their numbers may be stand in
 * tokctl.schema.json and nowhere else. It is a JSON Schema (draft 7), which tests
 * hold every result against in full. Here it is used for two things: to tell a
 * key that a result can have from a typing error, and to refuse a file with a
 * value that tokctl never wrote.
 *
 * A file may be from an older or a newer tokctl. So a key that is not there, or
 * not described, is no problem, nor is a word or a number beyond a limit. A value
 * of another type is refused, and so is a number below 0 that is described as one
 * from 0, or that is not described and stands in runs or in their summary: it would
 * be summed up, and the sum believed. Pure.
 */
#include <json-c/json_pointer.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "json.h"
#include "schema.h"
#include "xalloc.h"

/* Found by the assembler as headers are found by the compiler, with -I. */
asm(".pushsection .rodata; schema_text: .incbin \"tokctl.schema.json\"; .byte 0; .popsection");

static struct json_object *schema_root(void)
{
	static struct json_object *root;

	if (!root)
		root = json_tokener_parse(schema_text);
	if (!root)
		errx(ST_BAD, "tokctl was built with a broken schema");
	return root;
}

/* Also of NULL, and of what is no object: there is none. */
static struct json_object *member(struct json_object *obj, const char *name)
{
	struct json_object *value;

	return json_object_object_get_ex(obj, name, &value) ? value : NULL;
}

/* What a description refers to, alone or with words of its own beside it. */
static struct json_object *resolve(struct json_object *schema)
{
	struct json_object *all, *ref;

	for (;;) {
		all = member(schema, "allOf");
		if (all)
			schema = json_object_array_get_idx(all, 0);
		ref = member(schema, "$ref");
		if (!ref)
			return schema;
		/* "#/definitions/NAME" */
		json_pointer_get(schema_root(), json_object_get_string(ref) + 1,
				 &schema);
	}
}

/* How a value of an object is described; NULL: it is not. */
static struct json_object *schema_of(struct json_object *schema,
				     const char *name)
{
	struct json_object *found = member(member(schema, "properties"), name);

	if (!found)
		found = member(schema, "additionalProperties");
	return json_object_is_type(found, json_type_object) ? resolve(found) :
							      NULL;
}

/* Likewise of an array, by its number. */
static struct json_object *schema_of_item(struct json_object *schema,
					  const char *nr)
{
	struct json_object *most = member(schema, "maxItems");
	unsigned long i = strtoul(nr, NULL, 10);

	if (!i || nr[strspn(nr, "0123456789")] ||
	    (most && i > json_object_get_uint64(most)))
		return NULL;
	return resolve(member(schema, "items"));
}

/**
 * schema_find() - Look up how a key is described
 * @definition: what it is a key of: "run" or "thread", for instance
 * @key: dotted key; elements of arrays count from 1
 *
 * Return: the description, which lasts; NULL if there can be no such key.
 */
struct json_object *schema_find(const char *definition, const char *key)
{
	struct json_object *schema =
		member(member(schema_root(), "definitions"), definition);
	char *copy = xstrdup(key), *rest = copy, *name;

	while (schema && (name = strsep(&rest, ".")))
		schema = member(schema, "items") ?
				 schema_of_item(schema, name) :
				 schema_of(schema, name);
	free(copy);
	return schema;
}

/**
 * schema_is_text() - Is a value text, whatever it looks like?
 * @definition: as for schema_find()
 * @key: as for schema_find()
 */
bool schema_is_text(const char *definition, const char *key)
{
	return json_is(schema_find(definition, key), "type", "string");
}

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
	/* A name of tokctl's own needs no quotes. */
	if (!at->name)
		fprintf(f, "%zu", at->nr);
	else if (at->name[strspn(at->name,
				 "abcdefghijklmnopqrstuvwxyz0123456789_")])
		fputs(msg_quote(quoted, at->name), f);
	else
		fputs(at->name, f);
}

/**
 * schema_refuse() - Say what is wrong with a value
 * @m: receives the sentence
 * @place: dotted key of the value
 * @value: the value
 * @wanted: what it ought to be
 *
 * Return: false.
 */
bool schema_refuse(struct msg *m, const char *place, struct json_object *value,
		   const char *wanted)
{
	const char *text = json_object_get_string(value);
	char quoted[MSG_QUOTE_MAX];

	msg_set(m, "damaged: %s is %s, not %s", place,
		msg_quote(quoted, text ? text : "null"), wanted);
	return false;
}

/* A description can have words of its own for what is wanted: its title. */
static bool refuse(struct msg *m, const struct place *at,
		   struct json_object *schema, struct json_object *value,
		   const char *wanted)
{
	char *name = NULL;
	size_t len = 0;
	FILE *f = xmemstream(&name, &len);

	print_place(f, at);
	xmemclose(f);
	schema_refuse(m, name, value, json_text_or(schema, "title", wanted));
	free(name);
	return false;
}

/* What a type asks for; NULL: @value has it. json-c's names are the schema's. */
static const char *wanted_of(const char *type, struct json_object *value)
{
	static const struct {
		const char *type;
		const char *wanted;
	} words[] = {
		{ "object", "an object" }, { "array", "an array" },
		{ "string", "a text" },	   { "boolean", "true or false" },
		{ "null", "null" },
	};
	enum json_type is = json_object_get_type(value);
	size_t i;

	for (i = 0; i < sizeof(words) / sizeof(words[0]); i++)
		if (!strcmp(type, words[i].type))
			return strcmp(type, json_type_to_name(is)) ?
				       words[i].wanted :
				       NULL;
	if (is != json_type_int && is != json_type_double)
		return "a number";
	return is == json_type_double && !strcmp(type, "integer") ?
		       "a whole number" :
		       NULL;
}

/* Several types mean any of them. */
static const char *wrong_type(struct json_object *schema,
			      struct json_object *value)
{
	struct json_object *type = member(schema, "type");
	const char *wanted = NULL;
	size_t i;

	if (json_object_is_type(type, json_type_string))
		wanted = wanted_of(json_object_get_string(type), value);
	for (i = 0; i < json_length(type); i++) {
		wanted = wanted_of(json_item(type, i), value);
		if (!wanted)
			return NULL;
	}
	return wanted;
}

static bool number_is_right(struct json_object *value,
			    struct json_object *schema, bool counted,
			    const struct place *at, struct msg *m)
{
	double v = json_object_get_double(value), least;

	if (!isfinite(v))
		return refuse(m, at, schema, value, "a finite number");
	if (schema)
		counted = json_number(schema, "minimum", &least) && least >= 0;
	return v >= 0 || !counted ||
	       refuse(m, at, schema, value, "a number from 0");
}

/* @counted: a number that is not described is not below 0. */
static bool value_is_right(struct json_object *value,
			   struct json_object *schema, bool counted,
			   const struct place *at, struct msg *m)
{
	struct json_object *item;
	const char *wanted;
	size_t i;

	wanted = schema ? wrong_type(schema, value) : NULL;
	if (wanted)
		return refuse(m, at,
			      json_is(schema, "type", "integer") ? NULL :
								   schema,
			      value, wanted);
	switch (json_object_get_type(value)) {
	case json_type_int:
	case json_type_double:
		return number_is_right(value, schema, counted, at, m);
	case json_type_array:
		schema = member(schema, "items");
		json_for_each(i, item, value) {
			struct place here = { at, NULL, i + 1 };

			if (!value_is_right(item,
					    schema ? resolve(schema) : NULL,
					    counted, &here, m))
				return false;
		}
		return true;
	case json_type_object: {
		json_object_object_foreach(value, name, val)
		{
			struct place here = { at, name, 0 };

			/* null is the same as not there. */
			if (val && !value_is_right(val, schema_of(schema, name),
						   counted, &here, m))
				return false;
		}
		return true;
	}
	default:
		return true;
	}
}

/**
 * schema_check() - Could tokctl have written this?
 * @doc: the document
 * @m: receives the first value that is wrong, and where
 */
bool schema_check(struct json_object *doc, struct msg *m)
{
	static const char *const counted[] = { "runs", "sentinels", "summary" };

	json_object_object_foreach(doc, name, value)
	{
		struct place at = { NULL, name, 0 };
		bool is = false;
		size_t i;

		for (i = 0; i < sizeof(counted) / sizeof(counted[0]); i++)
			is |= !strcmp(name, counted[i]);
		if (value &&
		    !value_is_right(value, schema_of(schema_root(), name), is,
				    &at, m))
			return false;
	}
	return true;
}
