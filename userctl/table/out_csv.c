// SPDX-License-Identifier: GPL-2.0
/*
 * CSV (RFC 4180 with bare newlines), in two forms. The wide one has a line per run and a
 * column per key that any run has, for spreadsheets and data frames; the threads, which
 * would be most of its columns, are left out. The long one has a line per run and key, for
 * awk: a key that is new is a line there, and no column that moves the others.
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
static void collect(struct json_object *to, const char *key,
		    struct json_object *val)
{
	struct json_object *item;
	char name[192];
	size_t i;

	if (json_object_is_type(val, json_type_object)) {
		json_object_object_foreach(val, sub, inner)
		{
			snprintf(name, sizeof(name), "%s.%s", key, sub);
			collect(to, name, inner);
		}
	} else if (!json_object_is_type(val, json_type_array)) {
		json_object_object_add(to, key, json_object_get(val));
	} else if (!is_buckets(key)) {
		json_for_each(i, item, val) {
			snprintf(name, sizeof(name), "%s.%zu", key, i + 1);
			collect(to, name, item);
		}
	}
}

/* The values of a run by their keys. */
static struct json_object *values_of(const struct form *form,
				     struct json_object *run)
{
	struct json_object *to = json_object_new_object();
	struct json_object *part;
	size_t i;

	for (i = 0; i < form->nr_parts; i++)
		if (json_find(run, form->parts[i], &part) && part)
			collect(to, form->parts[i], part);
	return to;
}

static void put_value(FILE *f, struct json_object *val)
{
	const char *text = json_object_get_string(val);

	put_field(f, text ? text : "");
}

/* What all lines of a run begin with, and a comma; to be freed. */
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

/* What the header begins with. */
static void put_front(FILE *f, const struct form *form,
		      struct json_object *axes)
{
	const char *name;
	size_t i;

	for (i = 0; i < form->nr_fixed; i++)
		fprintf(f, "%s%s", i ? "," : "", form->fixed[i]);
	for (i = 0; (name = row_axis(axes, i)); i++) {
		fputc(',', f);
		put_field(f, name);
	}
}

static void put_long(FILE *f, const struct form *form, struct json_object *runs,
		     struct json_object *axes)
{
	struct json_object *run, *values;
	size_t i;

	put_front(f, form, axes);
	fputs(",key,value\n", f);
	json_for_each(i, run, runs) {
		char *front = front_of(form, run, axes);

		values = values_of(form, run);
		json_object_object_foreach(values, key, val)
		{
			fputs(front, f);
			put_field(f, key);
			fputc(',', f);
			put_value(f, val);
			fputc('\n', f);
		}
		json_object_put(values);
		free(front);
	}
}

static void put_wide(FILE *f, const struct form *form, struct json_object *runs,
		     struct json_object *axes)
{
	struct json_object **values =
		xcalloc(json_length(runs), sizeof(*values));
	struct json_object *all = json_object_new_object();
	struct json_object *run;
	size_t i;

	json_for_each(i, run, runs) {
		values[i] = values_of(form, run);
		json_object_object_foreach(values[i], key, val)
		{
			(void)val;
			json_object_object_add(all, key, NULL);
		}
	}
	put_front(f, form, axes);
	json_object_object_foreach(all, title, unused)
	{
		(void)unused;
		fputc(',', f);
		put_field(f, title);
	}
	fputc('\n', f);
	json_for_each(i, run, runs) {
		char *front = front_of(form, run, axes);

		fprintf(f, "%.*s", (int)strlen(front) - 1, front);
		json_object_object_foreach(all, key, none)
		{
			(void)none;
			fputc(',', f);
			put_value(f, json_object_object_get(values[i], key));
		}
		fputc('\n', f);
		json_object_put(values[i]);
		free(front);
	}
	json_object_put(all);
	free(values);
}

/**
 * out_csv() - Print the runs of a document as CSV
 * @f: stream to print on
 * @doc: finished document; without runs only the header is printed
 * @is_long: a line per run and key, not per run
 */
void out_csv(FILE *f, struct json_object *doc, bool is_long)
{
	static const char *const fixed[] = { "cell", "repeat", "run", "lock",
					     "verdict" };
	static const char *const parts[] = {
		"reasons", "flags",  "params", "certificate", "totals",
		"latency", "groups", "phases", "threads"
	};
	const struct form form = { fixed, N_OF(fixed), parts,
				   N_OF(parts) - !is_long };

	(is_long ? put_long : put_wide)(f, &form, json_array(doc, "runs"),
					json_object_at(doc, "plan.axes"));
}

/**
 * out_csv_compare() - Print the rows of a comparison as CSV
 * @f: stream to print on
 * @result: of compare_make()
 * @is_long: a line per row and key, not per row
 */
void out_csv_compare(FILE *f, struct json_object *result, bool is_long)
{
	static const char *const fixed[] = { "lock" };
	static const char *const parts[] = { "a", "b", "ratio", "undivided",
					     "sentinel" };
	static const struct form form = { fixed, N_OF(fixed), parts,
					  N_OF(parts) };

	(is_long ? put_long : put_wide)(f, &form, json_array(result, "rows"),
					json_object_at(result, "axes"));
}
