// SPDX-License-Identifier: GPL-2.0
/*
 * The runs of a document as CSV (RFC 4180 with bare newlines): one line per
 * run, one column per key. Locks have different counters, so the columns are
 * the union over all runs and a field can be empty.
 */
#include <string.h>

#include "jpath.h"
#include "out.h"
#include "xalloc.h"

struct columns {
	char **keys;
	size_t n;
};

static void add_column(struct columns *cols, const char *key)
{
	size_t i;

	for (i = 0; i < cols->n; i++)
		if (!strcmp(cols->keys[i], key))
			return;
	cols->keys = xrealloc(cols->keys, cols->n + 1, sizeof(*cols->keys));
	cols->keys[cols->n++] = xstrdup(key);
}

/* All values below an object; buckets are no value of one run. */
static void add_section(struct columns *cols, struct json_object *obj,
			const char *prefix)
{
	char key[192];

	json_object_object_foreach(obj, name, val)
	{
		snprintf(key, sizeof(key), "%s.%s", prefix, name);
		if (json_object_is_type(val, json_type_object))
			add_section(cols, val, key);
		else if (!json_object_is_type(val, json_type_array))
			add_column(cols, key);
	}
}

static void put_field(FILE *f, const char *text, const char *sep)
{
	fputs(sep, f);
	if (!text)
		return;
	if (!strpbrk(text, ",\"\n\r")) {
		fputs(text, f);
		return;
	}
	fputc('"', f);
	for (; *text; text++) {
		if (*text == '"')
			fputc('"', f);
		fputc(*text, f);
	}
	fputc('"', f);
}

/* Reasons and flags are lists: one field, entries joined. */
static void put_value(FILE *f, struct json_object *val, const char *sep)
{
	char *joined;
	size_t i;

	if (!json_object_is_type(val, json_type_array)) {
		put_field(f, json_object_get_string(val), sep);
		return;
	}
	joined = xstrdup("");
	for (i = 0; i < json_object_array_length(val); i++) {
		const char *item = jpath_item(val, i);
		size_t len = strlen(joined);

		if (!item)
			continue;
		joined = xrealloc(joined, len + strlen(item) + 3, 1);
		strcat(strcpy(joined + len, len ? "; " : ""), item);
	}
	put_field(f, joined, sep);
	free(joined);
}

/**
 * out_csv() - Print the runs of a document as CSV
 * @f: stream to print on
 * @doc: finished document; without runs only the fixed columns are printed
 */
void out_csv(FILE *f, struct json_object *doc)
{
	static const char *const fixed[] = { "cell", "repeat",	"run",
					     "lock", "verdict", "reasons",
					     "flags" };
	static const char *const sections[] = { "params", "certificate",
						"totals", "latency" };
	struct columns cols = { NULL, 0 };
	struct json_object *runs = jpath_array(doc, "runs");
	size_t nr_runs = jpath_length(runs);
	struct json_object *part;
	size_t i, j;

	for (i = 0; i < sizeof(fixed) / sizeof(fixed[0]); i++)
		add_column(&cols, fixed[i]);
	for (j = 0; j < sizeof(sections) / sizeof(sections[0]); j++)
		for (i = 0; i < nr_runs; i++)
			if (jpath_get(json_object_array_get_idx(runs, i),
				      sections[j], &part) &&
			    json_object_is_type(part, json_type_object))
				add_section(&cols, part, sections[j]);

	for (j = 0; j < cols.n; j++)
		put_field(f, cols.keys[j], j ? "," : "");
	fputc('\n', f);
	for (i = 0; i < nr_runs; i++) {
		for (j = 0; j < cols.n; j++) {
			jpath_get(json_object_array_get_idx(runs, i),
				  cols.keys[j], &part);
			put_value(f, part, j ? "," : "");
		}
		fputc('\n', f);
	}
	for (j = 0; j < cols.n; j++)
		free(cols.keys[j]);
	free(cols.keys);
}
