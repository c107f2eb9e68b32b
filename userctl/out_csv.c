// SPDX-License-Identifier: GPL-2.0
/*
 * The runs of a document as CSV (RFC 4180 with bare newlines) in long form: a
 * line per run and key. Locks have different keys, and a table with a column
 * for each would be mostly empty; this form is what data frames and awk group
 * by, and a key that is new is a line and no column that moves the others.
 */
#include <err.h>
#include <stdlib.h>
#include <string.h>

#include "jpath.h"
#include "out.h"
#include "status.h"

/* Columns before those of the parameters that vary. */
static const char *const fixed[] = { "cell", "repeat", "run", "lock",
				     "verdict" };

/* Parts of a run, in the order of the lines. */
static const char *const sections[] = { "reasons",     "flags",	 "params",
					"certificate", "totals", "latency",
					"groups",      "phases", "threads" };

/**
 * out_csv_field() - Print a field of CSV
 * @f: stream to print on
 * @text: the text, quoted if need be; NULL: an empty field
 */
void out_csv_field(FILE *f, const char *text)
{
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

static bool is_buckets(const char *key)
{
	const char *dot = strrchr(key, '.');

	return dot && !strcmp(dot, ".buckets");
}

/**
 * out_csv_values() - Print all values below a key, a line each
 * @f: stream to print on
 * @front: what each line begins with, with a comma at its end
 * @key: the key
 * @val: what it stands for; the elements of an array are numbered from 1, and
 *	 buckets are left out
 */
void out_csv_values(FILE *f, const char *front, const char *key,
		    struct json_object *val)
{
	char name[192];
	size_t i;

	if (json_object_is_type(val, json_type_object)) {
		json_object_object_foreach(val, sub, inner)
		{
			snprintf(name, sizeof(name), "%s.%s", key, sub);
			out_csv_values(f, front, name, inner);
		}
	} else if (!json_object_is_type(val, json_type_array)) {
		fputs(front, f);
		out_csv_field(f, key);
		fputc(',', f);
		out_csv_field(f, json_object_get_string(val));
		fputc('\n', f);
	} else if (!is_buckets(key)) {
		for (i = 0; i < json_object_array_length(val); i++) {
			snprintf(name, sizeof(name), "%s.%zu", key, i + 1);
			out_csv_values(f, front, name,
				       json_object_array_get_idx(val, i));
		}
	}
}

/* What all lines of a run begin with; to be freed. */
static char *front_of(struct json_object *run, struct json_object *axes)
{
	char *text = NULL;
	size_t len = 0;
	char key[192];
	FILE *f;
	size_t i;

	f = open_memstream(&text, &len);
	if (!f)
		err(ST_BAD, "out of memory");
	for (i = 0; i < sizeof(fixed) / sizeof(fixed[0]); i++) {
		out_csv_field(f, jpath_text(run, fixed[i]));
		fputc(',', f);
	}
	if (axes) {
		json_object_object_foreach(axes, name, unused)
		{
			(void)unused;
			snprintf(key, sizeof(key), "params.%s", name);
			out_csv_field(f, jpath_text(run, key));
			fputc(',', f);
		}
	}
	if (fclose(f))
		err(ST_BAD, "out of memory");
	return text;
}

static void put_header(FILE *f, struct json_object *axes)
{
	size_t i;

	for (i = 0; i < sizeof(fixed) / sizeof(fixed[0]); i++)
		fprintf(f, "%s,", fixed[i]);
	if (axes) {
		json_object_object_foreach(axes, name, unused)
		{
			(void)unused;
			out_csv_field(f, name);
			fputc(',', f);
		}
	}
	fputs("key,value\n", f);
}

/**
 * out_csv() - Print the runs of a document as CSV
 * @f: stream to print on
 * @doc: finished document; without runs only the header is printed
 */
void out_csv(FILE *f, struct json_object *doc)
{
	struct json_object *runs = jpath_array(doc, "runs");
	struct json_object *axes, *part;
	size_t i, j;

	if (!jpath_get(doc, "plan.axes", &axes) ||
	    !json_object_is_type(axes, json_type_object))
		axes = NULL;
	put_header(f, axes);
	for (i = 0; i < jpath_length(runs); i++) {
		struct json_object *run = json_object_array_get_idx(runs, i);
		char *front = front_of(run, axes);

		for (j = 0; j < sizeof(sections) / sizeof(sections[0]); j++)
			if (jpath_get(run, sections[j], &part) && part)
				out_csv_values(f, front, sections[j], part);
		free(front);
	}
}
