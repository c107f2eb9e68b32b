// SPDX-License-Identifier: GPL-2.0
/*
 * Reader of the module's tables. Columns are found by the names in the
 * header, so that a newer module may add some. Pure; cuts up its input.
 */
#include <stdio.h>
#include <string.h>

#include "tsv.h"

static char *next_line(struct tsv *t)
{
	char *line;

	do {
		if (!t->rest || !*t->rest)
			return NULL;
		line = strsep(&t->rest, "\n");
		t->line++;
	} while (!*line);
	return line;
}

static size_t column(const struct tsv *t, const char *name)
{
	size_t i = 0;

	while (i < t->n && strcmp(t->names[i], name) != 0)
		i++;
	return i;
}

static size_t split(char *line, char *out[TSV_COLS_MAX])
{
	size_t n = 0;

	while (line && n < TSV_COLS_MAX)
		out[n++] = strsep(&line, "\t");
	return n;
}

/**
 * tsv_open() - Read the header of a table
 * @t: receives the table
 * @text: its text, which is cut up and must stay until the end; may be empty:
 *	  then there are no columns and no rows
 * @m: receives the reason on error
 *
 * Return: false if the header has the same name twice.
 */
bool tsv_open(struct tsv *t, char *text, struct msg *m)
{
	char quoted[MSG_QUOTE_MAX];
	char *line;
	size_t i, j;

	*t = (struct tsv){ .rest = text };
	line = next_line(t);
	if (!line)
		return true;
	t->n = split(line, t->names);
	for (i = 0; i < t->n; i++) {
		for (j = 0; j < i; j++) {
			if (strcmp(t->names[i], t->names[j]))
				continue;
			msg_set(m, "the header has the column %s twice",
				msg_quote(quoted, t->names[i]));
			return false;
		}
	}
	return true;
}

/**
 * tsv_next() - Read one row
 * @t: the table
 * @m: receives the reason on error
 *
 * Return: 1 if @t->fields holds a row, 0 at the end, -1 if the row has not as
 * many fields as the header.
 */
int tsv_next(struct tsv *t, struct msg *m)
{
	char *line = next_line(t);
	size_t n;

	if (!line)
		return 0;
	n = split(line, t->fields);
	if (n == t->n)
		return 1;
	msg_set(m, "line %zu has %zu fields, the header has %zu", t->line, n,
		t->n);
	return -1;
}

/**
 * tsv_get() - A field of the current row
 * @t: the table
 * @name: name of the column
 *
 * Return: the field, or NULL if there is no such column.
 */
const char *tsv_get(const struct tsv *t, const char *name)
{
	size_t i = column(t, name);

	return i < t->n ? t->fields[i] : NULL;
}

static bool has_columns(const struct tsv *t, const char *const *needed,
			struct msg *m)
{
	char list[256] = "";
	bool all = true;
	size_t i;

	for (i = 0; needed[i]; i++) {
		size_t len = strlen(list);

		snprintf(list + len, sizeof(list) - len, "%s%s", i ? ", " : "",
			 needed[i]);
		all &= column(t, needed[i]) < t->n;
	}
	if (!all)
		msg_set(m, "the header must have the columns %s", list);
	return all;
}

/**
 * tsv_each() - Read a whole table
 * @text: its text, which is cut up; without any column there is no row
 * @needed: columns that the header must have, then NULL
 * @row: called for each row; false after an error, which ends the reading
 * @to: for @row
 * @m: receives the reason on error
 *
 * Return: true if all of @text was read and every row was taken.
 */
bool tsv_each(char *text, const char *const *needed, tsv_row_fn row, void *to,
	      struct msg *m)
{
	struct tsv t;
	int left;

	if (!tsv_open(&t, text, m) || (t.n && !has_columns(&t, needed, m)))
		return false;
	while ((left = tsv_next(&t, m)) > 0)
		if (!row(to, &t, m))
			return false;
	return left == 0;
}
