// SPDX-License-Identifier: GPL-2.0
/*
 * Damage to a JSON text that leaves it JSON, so that fuzzing is not all about
 * braces: one value anywhere is replaced, removed, doubled, renamed, made
 * another type, or taken from somewhere else in the document.
 */
#include <json-c/json.h>
#include <stdlib.h>
#include <string.h>

#include "target.h"

#define NODES_MAX 4096
#define NEST 40
#define N_OF(array) (sizeof(array) / sizeof((array)[0]))

/* A value and where it is; in an array if @key is NULL. */
struct node {
	struct json_object *above;
	const char *key;
	size_t index;
	struct json_object *value;
};

struct nodes {
	struct node node[NODES_MAX];
	size_t n;
};

static uint64_t state;

static size_t below(size_t n)
{
	state = state * 6364136223846793005ULL + 1442695040888963407ULL;
	return n ? (state >> 33) % n : 0;
}

static void add(struct nodes *all, struct json_object *above, const char *key,
		size_t index, struct json_object *value)
{
	size_t i;

	if (all->n == NODES_MAX)
		return;
	all->node[all->n++] = (struct node){ above, key, index, value };
	if (json_object_is_type(value, json_type_array))
		for (i = 0; i < json_object_array_length(value); i++)
			add(all, value, NULL, i,
			    json_object_array_get_idx(value, i));
	if (!json_object_is_type(value, json_type_object))
		return;
	json_object_object_foreach(value, name, val)
		add(all, value, name, 0, val);
}

static struct json_object *copy_of(struct json_object *value)
{
	struct json_object *copy = NULL;

	if (value)
		json_object_deep_copy(value, &copy, NULL);
	return copy;
}

static struct json_object *any_int(void)
{
	static const int64_t values[] = {
		0,	   1,	      2,       3,	 4,
		100,	   4096,      1000000, 1L << 53, (1L << 53) + 1,
		INT64_MAX, INT64_MIN, -1,      -20,	 INT32_MAX
	};

	if (!below(8))
		return json_object_new_uint64(UINT64_MAX - below(2));
	return json_object_new_int64(values[below(N_OF(values))]);
}

static struct json_object *any_double(void)
{
	static const char *const values[] = {
		"0.5",	  "-0.5",   "1e308",  "-1e308", "4.9e-324",
		"1e18",	  "1.9e19", "1e300",  "0.1",	"-0.0",
		"1e-300", "1e999",  "-1e999", "NaN",	"9007199254740993.0",
		"0.9999", "1.0001"
	};
	const char *text = values[below(N_OF(values))];

	return json_object_new_double_s(strtod(text, NULL), text);
}

static struct json_object *any_string(void)
{
	static const char *const values[] = { "",
					      "NaN",
					      "ok",
					      "FAILED",
					      "INVALID",
					      "meaningless",
					      "-",
					      "mutex",
					      "token-poll",
					      "none",
					      "<script>alert(1)</script>",
					      "`ls`",
					      "'; system 'ls",
					      "a\tb\nc",
					      "%s%n",
					      "\x01\x1b[31m",
					      "1,4",
					      "4",
					      "\xc3\xa9\xe6\xbc\xa2",
					      "threads_per_cpu",
					      "\xff\xfe",
					      "auto",
					      "hold_ns=10us/hold_ns=1us",
					      "18446744073709551616",
					      "0-8191" };
	char text[400];

	if (below(16))
		return json_object_new_string(values[below(N_OF(values))]);
	memset(text, 'x', sizeof(text));
	return json_object_new_string_len(text, below(sizeof(text)));
}

static struct json_object *any_value(void)
{
	struct json_object *value = NULL, *outer;
	size_t i;

	switch (below(8)) {
	case 0:
		return json_object_new_boolean(below(2));
	case 1:
		return json_object_new_array();
	case 2:
		return json_object_new_object();
	case 3:
		return any_string();
	case 4:
		return any_double();
	case 5:
		for (i = 0; i < below(NEST); i++) {
			outer = json_object_new_array();
			json_object_array_add(outer, value);
			value = outer;
		}
		return value;
	default:
		return any_int();
	}
}

/* Takes @value. */
static void put(const struct node *at, struct json_object *value)
{
	if (at->key)
		json_object_object_add(at->above, at->key, value);
	else
		json_object_array_put_idx(at->above, at->index, value);
}

static void rename_key(const struct node *at, const char *key)
{
	struct json_object *value = copy_of(at->value);

	json_object_object_del(at->above, at->key);
	json_object_object_add(at->above, key, value);
}

static void remove_value(const struct node *at)
{
	if (at->key)
		json_object_object_del(at->above, at->key);
	else
		json_object_array_del_idx(at->above, at->index, 1);
}

static void repeat(const struct node *at)
{
	size_t n = 1 + below(6);

	if (at->key) {
		put(at, copy_of(at->value));
		return;
	}
	while (n--)
		json_object_array_add(at->above, copy_of(at->value));
}

static void change_number(const struct node *at)
{
	double v = json_object_get_double(at->value);
	int64_t i = json_object_get_int64(at->value);

	switch (below(6)) {
	case 0:
		put(at, json_object_new_int64((uint64_t)i + 1));
		break;
	case 1:
		put(at, json_object_new_int64((uint64_t)i - 1));
		break;
	case 2:
		put(at, json_object_new_double(v * 1e6));
		break;
	case 3:
		put(at, json_object_new_double(v / 3));
		break;
	case 4:
		put(at, json_object_new_int64((uint64_t)i * 1000003));
		break;
	default:
		put(at,
		    json_object_new_string(json_object_get_string(at->value)));
	}
}

static void change(const struct nodes *all)
{
	/* The document itself stays an object, or nothing would be left. */
	const struct node *at = &all->node[1 + below(all->n - 1)];
	const struct node *other = &all->node[1 + below(all->n - 1)];

	switch (below(9)) {
	case 0:
		remove_value(at);
		break;
	case 1:
		repeat(at);
		break;
	case 2:
		put(at, copy_of(other->value));
		break;
	case 3:
		if (at->key && other->key) {
			char *key = strdup(other->key);

			rename_key(at, key);
			free(key);
		}
		break;
	case 4:
		if (other->key &&
		    json_object_is_type(at->value, json_type_object))
			json_object_object_add(at->value, other->key,
					       copy_of(other->value));
		break;
	case 5:
	case 6:
		if (json_object_is_type(at->value, json_type_int) ||
		    json_object_is_type(at->value, json_type_double)) {
			change_number(at);
			break;
		}
		__attribute__((fallthrough));
	default:
		put(at, any_value());
	}
}

size_t mutate_json(uint8_t *data, size_t size, size_t max, unsigned int seed)
{
	static struct nodes all;
	struct json_tokener *tok = json_tokener_new();
	struct json_object *doc;
	const char *text;
	size_t len = 0;

	state = seed;
	doc = json_tokener_parse_ex(tok, (const char *)data, size);
	json_tokener_free(tok);
	all.n = 0;
	if (doc)
		add(&all, NULL, NULL, 0, doc);
	if (all.n > 1) {
		change(&all);
		text = json_object_to_json_string_ext(doc,
						      JSON_C_TO_STRING_PLAIN);
		len = strlen(text);
		if (len <= max)
			memcpy(data, text, len);
		else
			len = 0;
	}
	json_object_put(doc);
	return len;
}
