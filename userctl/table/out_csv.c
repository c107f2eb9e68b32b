// SPDX-License-Identifier: GPL-2.0
/*
 * The runs of a document as CSV (RFC 4180 with bare newlines) in long form: a
 * line per run and key. Locks have different keys, and a table with a column
 * for each would be mostly empty; this form is what data frames and awk group
 * by, and a key that is new is a line and no column that moves the others.
 */
#include <stdlib.h>
#include <string.h>

#include "base/xalloc.h"
#include "out.h"
#include "result/row.h"

#define N_OF(array) (sizeof(array) / sizeof((array)[0]))

/**
 * struct form - Which lines a document becomes
 * @fixed: keys of a run that have a column, before the parameters that vary
 * @nr_fixed: their number
 * @parts: parts of a run whose values have lines
 * @nr_parts: their number
 */
struct form {
	const char *const *fixed;
	size_t nr_fixed;
	const char *const *parts;
	size_t nr_parts;
};

/* Quoted if need be. */
static void put_field(FILE *f, const char *text)
{
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

/* All values below a key; the elements of an array are numbered from 1. */
static void put_values(FILE *f, const char *front, const char *key,
		       struct json_object *val)
{
	struct json_object *item;
	const char *text;
	char name[192];
	size_t i;

	if (json_object_is_type(val, json_type_object)) {
		json_object_object_foreach(val, sub, inner)
		{
			snprintf(name, sizeof(name), "%s.%s", key, sub);
			put_values(f, front, name, inner);
		}
	} else if (!json_object_is_type(val, json_type_array)) {
		text = json_object_get_string(val);
		fputs(front, f);
		put_field(f, key);
		fputc(',', f);
		put_field(f, text ? text : "");
		fputc('\n', f);
	} else if (!is_buckets(key)) {
		json_for_each(i, item, val) {
			snprintf(name, sizeof(name), "%s.%zu", key, i + 1);
			put_values(f, front, name, item);
		}
	}
}

/* What all lines of a run begin with; to be freed. */
static char *front_of(const struct form *form, struct json_object *run,
		      struct json_object *axes)
{
	const char *name;
	char *text = NULL;
	size_t len = 0;
	char key[192];
	FILE *f;
	size_t i;

	f = xmemstream(&text, &len);
	for (i = 0; i < form->nr_fixed; i++) {
		put_field(f, json_text_or(run, form->fixed[i], ""));
		fputc(',', f);
	}
	for (i = 0; (name = row_axis(axes, i)); i++) {
		snprintf(key, sizeof(key), "params.%s", name);
		put_field(f, json_text_or(run, key, ""));
		fputc(',', f);
	}
	xmemclose(f);
	return text;
}

static void put_runs(FILE *f, const struct form *form, struct json_object *runs,
		     struct json_object *axes)
{
	struct json_object *run, *part;
	const char *name;
	size_t i, j;

	for (i = 0; i < form->nr_fixed; i++)
		fprintf(f, "%s,", form->fixed[i]);
	for (i = 0; (name = row_axis(axes, i)); i++) {
		put_field(f, name);
		fputc(',', f);
	}
	fputs("key,value\n", f);
	json_for_each(i, run, runs) {
		char *front = front_of(form, run, axes);

		for (j = 0; j < form->nr_parts; j++)
			if (json_find(run, form->parts[j], &part) && part)
				put_values(f, front, form->parts[j], part);
		free(front);
	}
}

/**
 * out_csv() - Print the runs of a document as CSV
 * @f: stream to print on
 * @doc: finished document; without runs only the header is printed
 */
void out_csv(FILE *f, struct json_object *doc)
{
	static const char *const fixed[] = { "cell", "repeat", "run", "lock",
					     "verdict" };
	static const char *const parts[] = {
		"reasons", "flags",  "params", "certificate", "totals",
		"latency", "groups", "phases", "threads"
	};
	static const struct form form = { fixed, N_OF(fixed), parts,
					  N_OF(parts) };

	put_runs(f, &form, json_array(doc, "runs"),
		 json_object_at(doc, "plan.axes"));
}

/**
 * out_csv_compare() - Print the rows of a comparison as CSV
 * @f: stream to print on
 * @result: of compare_make()
 */
void out_csv_compare(FILE *f, struct json_object *result)
{
	static const char *const fixed[] = { "lock" };
	static const char *const parts[] = { "a", "b", "ratio", "undivided",
					     "sentinel" };
	static const struct form form = { fixed, N_OF(fixed), parts,
					  N_OF(parts) };

	put_runs(f, &form, json_array(result, "rows"),
		 json_object_at(result, "axes"));
}
