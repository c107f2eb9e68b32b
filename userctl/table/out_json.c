// SPDX-License-Identifier: GPL-2.0
/* The document as JSON. */
#include <json-c/printbuf.h>
#include <string.h>

#include "result/row.h"
#include "out.h"

/*
 * Buckets and threads are tables of hundreds of small rows. Pretty printing
 * would give every number its own line, so they are printed a row a line.
 */
static int print_row(struct json_object *row, struct printbuf *pb, int level,
		     int flags)
{
	const char *sep = "";

	(void)level;
	(void)flags;
	if (json_object_is_type(row, json_type_array)) {
		size_t i;

		sprintbuf(pb, "[");
		for (i = 0; i < json_object_array_length(row); i++) {
			sprintbuf(pb, "%s%s", sep,
				  json_object_to_json_string_ext(json_object_array_get_idx(row,
											   i),
								 JSON_C_TO_STRING_PLAIN));
			sep = ",";
		}
		return sprintbuf(pb, "]");
	}
	sprintbuf(pb, "{");
	json_object_object_foreach(row, key, val)
	{
		struct json_object *name = json_object_new_string(key);

		sprintbuf(pb, "%s%s:%s", sep,
			  json_object_to_json_string_ext(name,
							 JSON_C_TO_STRING_PLAIN),
			  json_object_to_json_string_ext(val,
							 JSON_C_TO_STRING_PLAIN));
		json_object_put(name);
		sep = ",";
	}
	return sprintbuf(pb, "}");
}

static void rows_on_one_line(struct json_object *list)
{
	struct json_object *row;
	size_t i;

	json_for_each(i, row, list) {
		if (json_object_is_type(row, json_type_array) ||
		    json_object_is_type(row, json_type_object))
			json_object_set_serializer(row, print_row, NULL, NULL);
	}
}

static void prepare_run(struct json_object *run)
{
	static const char *const tables[] = { "groups", "phases", "threads" };
	struct json_object *part;
	size_t i;

	for (i = 0; i < sizeof(tables) / sizeof(tables[0]); i++)
		rows_on_one_line(json_array(run, tables[i]));
	if (!json_find(run, "latency", &part) ||
	    !json_object_is_type(part, json_type_object))
		return;
	json_object_object_foreach(part, name, hist)
	{
		(void)name;
		rows_on_one_line(json_array(hist, "buckets"));
	}
}

/**
 * out_json() - Print a document as JSON
 * @f: stream to print on
 * @doc: finished document
 */
void out_json(FILE *f, struct json_object *doc)
{
	static const char *const lists[] = { "runs", "sentinels" };
	size_t i, j;

	for (j = 0; j < sizeof(lists) / sizeof(lists[0]); j++) {
		struct json_object *runs = json_array(doc, lists[j]);

		for (i = 0; i < json_length(runs); i++)
			prepare_run(json_object_array_get_idx(runs, i));
	}
	fprintf(f, "%s\n",
		json_object_to_json_string_ext(doc,
					       JSON_C_TO_STRING_PRETTY |
						       JSON_C_TO_STRING_SPACED |
						       JSON_C_TO_STRING_NOSLASHESCAPE));
}
