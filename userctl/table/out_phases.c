// SPDX-License-Identifier: GPL-2.0
/*
 * The parts of a window side by side, so that the same number of threads on
 * the way up and on the way down stand in one line.
 */
#include <string.h>

#include "out_rows.h"
#include "uapi/tokbench.h"

#define KEY_MAX 48
#define TITLE_MAX 24

_Static_assert(TB_PHASES_MAX <= COLUMNS_MAX, "room for all parts");

static struct json_object *parts_of(struct json_object *rows, size_t i)
{
	return json_array(json_object_array_get_idx(rows, i), "phases");
}

static bool same_levels(struct json_object *a, struct json_object *b)
{
	size_t i;

	for (i = 0; i < json_length(a) && i < json_length(b); i++) {
		struct json_object *x = json_object_array_get_idx(a, i);
		struct json_object *y = json_object_array_get_idx(b, i);

		if (strcmp(json_text_or(x, "threads_per_cpu", ""),
			   json_text_or(y, "threads_per_cpu", "")) != 0)
			return false;
	}
	return json_length(a) == json_length(b);
}

/* One table: rows that have the same parts. */
static void print_rows(FILE *f, const struct out_layout *l)
{
	struct json_object *parts = parts_of(l->rows, 0);
	struct column columns[TB_PHASES_MAX];
	char titles[TB_PHASES_MAX][TITLE_MAX];
	char keys[TB_PHASES_MAX][KEY_MAX];
	size_t i;

	for (i = 0; i < json_length(parts) && i < TB_PHASES_MAX; i++) {
		struct json_object *part = json_object_array_get_idx(parts, i);

		snprintf(titles[i], TITLE_MAX, "%s",
			 json_text_or(part, "threads_per_cpu", "?"));
		snprintf(keys[i], KEY_MAX, "phases.%zu.throughput.median",
			 i + 1);
		columns[i] = (struct column){ .title = titles[i],
					      .times = true,
					      .kind = COUNT,
					      .key = keys[i] };
	}
	out_rows(f, l, &(struct columns){ columns, i });
}

/* A table of the rows from this one on that have the same parts. */
static size_t print_alike(FILE *f, const struct out_layout *l, size_t first)
{
	struct json_object *parts = parts_of(l->rows, first);
	struct out_layout alike = *l;
	struct json_object *row;
	size_t i;

	alike.rows = json_object_new_array();
	for (i = first; i < json_length(l->rows); i++) {
		if (!same_levels(parts, parts_of(l->rows, i)))
			break;
		row = json_object_array_get_idx(l->rows, i);
		json_object_array_add(alike.rows, json_object_get(row));
	}
	print_rows(f, &alike);
	json_object_put(alike.rows);
	return i;
}

/**
 * out_phases() - Print the parts of the window, if the document has any
 * @f: stream to print on
 * @l: the document
 *
 * Rows with other parts are in a table of their own.
 */
void out_phases(FILE *f, const struct out_layout *l)
{
	bool any = false;
	size_t i = 0;

	while (i < json_length(l->rows)) {
		if (!json_length(parts_of(l->rows, i))) {
			i++;
			continue;
		}
		if (!any)
			fputs("\nParts of the window, in their order: operations per second with\n"
			      "so many locking threads per CPU\n",
			      f);
		any = true;
		i = print_alike(f, l, i);
	}
}
