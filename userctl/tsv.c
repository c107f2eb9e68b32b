// SPDX-License-Identifier: GPL-2.0
/*
 * Reader of the module's tables. Columns are found by the names in the
 * header, so that a newer module may add some. Pure; cuts up its input.
 */
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
	size_t i;

	for (i = 0; i < t->n; i++)
		if (!strcmp(t->names[i], name))
			return t->fields[i];
	return NULL;
}
