// SPDX-License-Identifier: GPL-2.0
/*
 * Each lock against the reference of its cell, in a table of its own: the
 * ratio, its interval, and what can be said. Where a CPU was emulated there is
 * nothing to be said, and the word is not printed, whatever the file holds.
 */
#include <string.h>

#include "bootstrap.h"
#include "jpath.h"
#include "out.h"
#include "out_rows.h"
#include "ranges.h"
#include "units.h"

static const char *ratio_text(char out[UNITS_MAX], double v)
{
	if (v >= 9.9995)
		return units_count(out, v);
	snprintf(out, UNITS_MAX, v != 0 && v < 0.0995 ? "%.2g" : "%.3f", v);
	return out;
}

static bool cell_ratio(struct json_object *row, const char *key, char *out)
{
	double v;

	return jpath_number(row, key, &v) && ratio_text(out, v);
}

/* @key is that of the lower end. */
static bool cell_interval(struct json_object *row, const char *key, char *out)
{
	char from[UNITS_MAX], to[UNITS_MAX];
	double lo, hi;

	if (!jpath_number(row, key, &lo) ||
	    !jpath_number(row, "ratio.ci95.2", &hi))
		return false;
	snprintf(out, CELL_MAX, "%s-%s", ratio_text(from, lo),
		 ratio_text(to, hi));
	return true;
}

static bool cell_p(struct json_object *row, const char *key, char *out)
{
	double v;

	if (!jpath_number(row, key, &v))
		return false;
	snprintf(out, CELL_MAX, v < 0.001 ? "<0.001" : "%.3f", v);
	return true;
}

static bool has_verdict(struct json_object *row, const char *word)
{
	return !strcmp(jpath_text_or(row, "ratio.verdict", ""), word);
}

static bool cell_verdict(struct json_object *row, const char *key, char *out)
{
	static const char *const words[] = { "faster", "slower",
					     "no difference", "too few runs" };
	char within[UNITS_MAX];
	double v;
	size_t i;

	if (out_is_emulated(row))
		return false;
	for (i = 0; i < sizeof(words) / sizeof(words[0]); i++)
		if (!strcmp(jpath_text_or(row, key, ""), words[i]))
			break;
	if (i == sizeof(words) / sizeof(words[0]))
		return false;
	strcpy(out, words[i]);
	if (has_verdict(row, "no difference") &&
	    jpath_number(row, "ratio.within", &v))
		snprintf(out, CELL_MAX, "%s within %s", words[i],
			 units_percent(within, v));
	return true;
}

static const struct out_column all_columns[] = {
	{ "ratio", OUT_ALWAYS, true, cell_ratio, "ratio.value" },
	{ "95 % int.", OUT_THERE, true, cell_interval, "ratio.ci95.1" },
	{ "p", OUT_THERE, true, cell_p, "ratio.p" },
	{ "verdict", OUT_ALWAYS, true, cell_verdict, "ratio.verdict" },
};

#define NR_COLUMNS (sizeof(all_columns) / sizeof(all_columns[0]))

/* The rows that are compared to another; how many of them have too few runs? */
static struct json_object *compared_rows(const struct out_layout *l,
					 size_t *few)
{
	struct json_object *rows = json_object_new_array();
	size_t i;

	*few = 0;
	for (i = 0; i < jpath_length(l->rows); i++) {
		struct json_object *row = json_object_array_get_idx(l->rows, i);
		double v;

		if (!jpath_number(row, "ratio.value", &v) ||
		    has_verdict(row, "reference"))
			continue;
		json_object_array_add(rows, json_object_get(row));
		*few += !jpath_number(row, "ratio.p", &v);
	}
	return rows;
}

/**
 * out_ratios() - Print the ratios to the reference, if locks were compared
 * @f: stream to print on
 * @l: the document
 *
 * Where no ratio has an interval a line says what it takes; without repeats
 * there is nothing at all.
 */
void out_ratios(FILE *f, const struct out_layout *l)
{
	struct out_column columns[NR_COLUMNS];
	struct out_layout compared = *l;
	struct json_object *first;
	size_t few;

	if (!l->repeated)
		return;
	compared.rows = compared_rows(l, &few);
	compared.marked = false;
	if (jpath_length(compared.rows) > few) {
		first = json_object_array_get_idx(compared.rows, 0);
		fputs("\nRatio of operations per second to those of ", f);
		out_text(f, jpath_text_or(first, "ratio.reference", "?"));
		fputs(" in the same cell\n", f);
		out_rows(f, &compared, columns,
			 out_choose(&compared, all_columns, NR_COLUMNS,
				    columns));
	}
	if (few)
		fprintf(f,
			"too few runs: it takes %d good ones of each lock to tell a difference (-n)\n",
			BOOTSTRAP_RUNS_MIN);
	json_object_put(compared.rows);
}

/* Is this the run of a row and a repeat? */
static bool is_of(struct json_object *run, struct json_object *row,
		  const char *repeat, const struct out_layout *l)
{
	char key[CELL_MAX];

	if (strcmp(jpath_text_or(run, "lock", ""),
		   jpath_text_or(row, "lock", "")) != 0 ||
	    strcmp(jpath_text_or(run, "repeat", ""), repeat) != 0)
		return false;
	if (!l->axes)
		return true;
	json_object_object_foreach(l->axes, name, unused)
	{
		(void)unused;
		snprintf(key, sizeof(key), "params.%s", name);
		if (strcmp(jpath_text_or(run, key, ""),
			   jpath_text_or(row, key, "")) != 0)
			return false;
	}
	return true;
}

static void print_outlier(FILE *f, struct json_object *doc,
			  struct json_object *row, const char *repeat,
			  const struct out_layout *l)
{
	struct json_object *runs = jpath_array(doc, "runs");
	char rate[UNITS_MAX];
	double v;
	size_t i;

	fputs("outlier: ", f);
	out_text(f, jpath_text_or(row, "lock", "?"));
	out_axes(f, row, l);
	fputs(" repeat ", f);
	out_text(f, repeat);
	for (i = 0; i < jpath_length(runs); i++) {
		struct json_object *run = json_object_array_get_idx(runs, i);

		if (is_of(run, row, repeat, l) && ranges_throughput(run, &v)) {
			fprintf(f, ", %s ops/s", units_count(rate, v));
			break;
		}
	}
	fputs(" (flagged, not dropped)\n", f);
}

/**
 * out_outliers() - Name the runs that are far from the others of their row
 * @f: stream to print on
 * @doc: the document
 * @l: its layout
 */
void out_outliers(FILE *f, struct json_object *doc, const struct out_layout *l)
{
	size_t i, j;

	for (i = 0; i < jpath_length(l->rows); i++) {
		struct json_object *row = json_object_array_get_idx(l->rows, i);
		struct json_object *far =
			jpath_array(row, "throughput.outliers");

		if (out_is_emulated(row))
			continue;
		for (j = 0; j < jpath_length(far); j++) {
			const char *repeat = jpath_item(far, j);

			print_outlier(f, doc, row, repeat ? repeat : "?", l);
		}
	}
}
