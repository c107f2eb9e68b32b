// SPDX-License-Identifier: GPL-2.0
/*
 * Tables that fit on a terminal. Of these the first that suffices:
 *
 *  1. the table as it is;
 *  2. one space between the columns instead of two;
 *  3. if axes and locks take much of the line: the number of the cell in place
 *     of the axes, and a legend below the table;
 *  4. the last columns are left out, and named below the table.
 *
 * No row is in two places. What has no width, a pipe, has the table as it is.
 */
#include <inttypes.h>
#include <json-c/json.h>
#include <string.h>

#include "base/xalloc.h"
#include "grid.h"
#include "out.h"

/* Axes and locks take much of a line. */
#define MUCH(width) (2 * (width) / 5)

static bool is(const struct grid *g, size_t column, int flags)
{
	return (g->columns[column].flags & flags) == flags;
}

/* At most: what a terminal may not show is shown as an escape sequence. */
static size_t char_width(char c)
{
	return c >= ' ' && c < 0x7f && c != '\\' ? 1 : strlen("\\x1b");
}

static size_t text_width(const char *text)
{
	size_t width = 0;

	for (; *text; text++)
		width += char_width(*text);
	return width;
}

static void measure(struct grid *g, size_t column)
{
	size_t width = text_width(g->columns[column].title);
	size_t i, w;

	for (i = 0; i < g->nr_rows; i++) {
		w = text_width(*grid_at(g, i, column));
		if (w > width)
			width = w;
	}
	g->columns[column].width = width;
}

/* Of the columns before @end that are shown, each with a gap. */
static size_t width_of(const struct grid *g, size_t end, size_t gap)
{
	size_t width = 0;
	size_t i;

	for (i = 0; i < end; i++)
		if (!g->columns[i].hidden)
			width += g->columns[i].width + gap;
	return width;
}

/* Does what is shown? Columns stand closer rather than beyond the line. */
static bool fits(struct grid *g, size_t line)
{
	bool wide = line && width_of(g, g->nr_columns, 2) > line + 2;

	g->gap = wide ? " " : "  ";
	return !line || width_of(g, g->nr_columns, 1) <= line + 1;
}

/* Number of the columns, from the first on, that are always there. */
static size_t nr_front(const struct grid *g)
{
	size_t n = 0;

	while (n < g->nr_columns && is(g, n, GRID_KEY))
		n++;
	return n;
}

/* What stands in place of the axes, for a row. */
struct entry {
	uint32_t number;
	char *text;
};

static int by_number(const void *a, const void *b)
{
	const struct entry *x = a;
	const struct entry *y = b;

	if (x->number != y->number)
		return x->number < y->number ? -1 : 1;
	return strcmp(x->text, y->text);
}

/* "threads_per_cpu=4 hold_ns=100" */
static char *describe(const struct grid *g, size_t row)
{
	char *text = NULL;
	size_t len = 0;
	FILE *f = xmemstream(&text, &len);
	size_t i;

	for (i = 0; i < g->nr_columns; i++)
		if (is(g, i, GRID_AXIS))
			fprintf(f, "%s=%s ", g->columns[i].title,
				*grid_at(g, row, i));
	xmemclose(f);
	return text;
}

/* The number of the cell if all rows know theirs; else equal axes are counted. */
static struct entry *make_legend(const struct grid *g, const char **title)
{
	struct entry *entries = xcalloc(g->nr_rows, sizeof(*entries));
	struct json_object *seen = json_object_new_object();
	struct json_object *number;
	bool cells = true;
	size_t i;

	for (i = 0; i < g->nr_rows; i++)
		cells &= g->rows[i].cell != GRID_NO_CELL;
	*title = cells ? "cell" : "case";
	for (i = 0; i < g->nr_rows; i++) {
		struct entry *e = &entries[i];
		int n = json_object_object_length(seen);

		e->text = describe(g, i);
		if (!json_object_object_get_ex(seen, e->text, &number)) {
			number = json_object_new_int(n);
			json_object_object_add(seen, e->text, number);
		}
		e->number = cells ? g->rows[i].cell :
				    json_object_get_int64(number);
	}
	json_object_put(seen);
	return entries;
}

static void set_text(char **to, char *text)
{
	free(*to);
	*to = text;
}

/* The number of the cell in place of the axes. */
static void number_cells(struct grid *g, const struct entry *entries,
			 const char *title)
{
	size_t at = 0;
	char text[24];
	size_t i;

	while (!is(g, at, GRID_AXIS))
		at++;
	set_text(&g->columns[at].title, xstrdup(title));
	for (i = 0; i < g->nr_rows; i++) {
		snprintf(text, sizeof(text), "%" PRIu32, entries[i].number);
		set_text(grid_at(g, i, at), xstrdup(text));
	}
	measure(g, at);
	for (i = at + 1; i < g->nr_columns; i++)
		g->columns[i].hidden = is(g, i, GRID_AXIS);
}

static void end_legend(const struct grid *g, struct entry *entries,
		       const char *title)
{
	char head[40];
	size_t i;

	qsort(entries, g->nr_rows, sizeof(*entries), by_number);
	for (i = 0; i < g->nr_rows; i++) {
		const struct entry *e = &entries[i];

		if (i && !by_number(e - 1, e))
			continue;
		snprintf(head, sizeof(head), "%s %" PRIu32 ":", title,
			 e->number);
		out_words(g->f, e->text, out_words(g->f, head, 0));
		fputc('\n', g->f);
	}
	for (i = 0; i < g->nr_rows; i++)
		free(entries[i].text);
	free(entries);
}

/* From the last on, as far as rows can still be told apart. */
static void hide_last(struct grid *g, size_t line)
{
	size_t i;

	for (i = g->nr_columns; i-- > 0 && !fits(g, line);)
		if (!is(g, i, GRID_KEY))
			g->columns[i].hidden = true;
}

static void name_hidden(const struct grid *g)
{
	size_t i, at = 0;

	for (i = 0; i < g->nr_columns; i++) {
		if (!g->columns[i].hidden || is(g, i, GRID_AXIS))
			continue;
		if (!at)
			at = out_words(g->f, "no room for:", 0);
		at = out_words(g->f, g->columns[i].title, at);
	}
	if (at)
		fputc('\n', g->f);
}

/**
 * grid_end_fitted() - Print and free a table, not wider than the terminal
 * @g: the table
 */
void grid_end_fitted(struct grid *g)
{
	size_t line = g->markdown ? 0 : out_width(g->f);
	struct entry *legend = NULL;
	size_t front = nr_front(g);
	bool axes = false;
	const char *title;
	size_t i;

	for (i = 0; i < g->nr_columns; i++) {
		measure(g, i);
		axes |= is(g, i, GRID_AXIS);
	}
	if (!fits(g, line) && axes && width_of(g, front, 1) > MUCH(line)) {
		legend = make_legend(g, &title);
		number_cells(g, legend, title);
	}
	hide_last(g, line);
	grid_put(g);
	name_hidden(g);
	if (legend)
		end_legend(g, legend, title);
	grid_free(g);
}
