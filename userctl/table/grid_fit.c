// SPDX-License-Identifier: GPL-2.0
/*
 * Tables that fit on a page, whatever they hold and without losing any of it.
 * Of these the first that suffices:
 *
 *  1. the table as it is;
 *  2. one space between the columns instead of two;
 *  3. if axes and locks take much of the page: the number of the cell in place
 *     of the axes, and a legend below the table;
 *  4. several tables, one below the other, that repeat the columns without
 *     which a row cannot be told from others.
 *
 * The last one always does: the repeated columns then take KEYS_MAX at most, or
 * are a number and a name, and no cell is wider than CELL_WIDTH, since longer
 * ones, which no module makes, go on in the next line.
 */
#include <inttypes.h>
#include <json-c/json.h>
#include <string.h>

#include "base/xalloc.h"
#include "grid.h"
#include "out.h"

#define NUMBER_WIDTH 10 /* of a cell */
#define CELL_WIDTH 28
#define KEYS_MAX 40

_Static_assert(KEYS_MAX + 2 * (1 + CELL_WIDTH) <= OUT_WIDTH, "no room");
_Static_assert(NUMBER_WIDTH + 3 * (1 + CELL_WIDTH) <= OUT_WIDTH, "no room");

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

/* Does what is shown? Columns stand closer rather than beyond the page. */
static bool fits(struct grid *g)
{
	bool wide = width_of(g, g->nr_columns, 2) > OUT_WIDTH + 2;

	g->gap = wide ? " " : "  ";
	return width_of(g, g->nr_columns, 1) <= OUT_WIDTH + 1;
}

/* Number of the columns, from the first on, that each part has. */
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

/* In lines; what a terminal may not show is not worth its escape sequences. */
static void wrap_text(char **text)
{
	char *out = xcalloc(2 * strlen(*text) + 1, 1);
	char *to = out;
	size_t i;

	for (i = 0; (*text)[i]; i++) {
		if (i && i % CELL_WIDTH == 0)
			*to++ = '\n';
		*to++ = char_width((*text)[i]) == 1 ? (*text)[i] : '?';
	}
	set_text(text, out);
}

/* Axes that are still shown are not too wide. */
static void wrap_columns(struct grid *g)
{
	size_t i, j;

	for (i = 0; i < g->nr_columns; i++) {
		struct grid_column *c = &g->columns[i];

		if (is(g, i, GRID_AXIS) || c->width <= CELL_WIDTH)
			continue;
		/* No title is so long that it gets a second line. */
		wrap_text(&c->title);
		for (j = 0; j < g->nr_rows; j++)
			wrap_text(grid_at(g, j, i));
		c->flags |= GRID_LINES;
		c->width = CELL_WIDTH;
	}
}

static void hide_all_but_keys(struct grid *g)
{
	size_t i;

	for (i = 0; i < g->nr_columns; i++)
		if (!is(g, i, GRID_KEY))
			g->columns[i].hidden = true;
}

static void put_parts(struct grid *g)
{
	size_t first, next, width;
	bool any;

	for (first = 0; first < g->nr_columns; first = next) {
		hide_all_but_keys(g);
		width = width_of(g, g->nr_columns, 1);
		for (next = first, any = false; next < g->nr_columns; next++) {
			if (is(g, next, GRID_KEY))
				continue;
			width += g->columns[next].width + 1;
			if (width > OUT_WIDTH + 1 && any)
				break;
			g->columns[next].hidden = false;
			any = true;
		}
		if (first)
			fputc('\n', g->f);
		fits(g);
		grid_put(g);
	}
}

/**
 * grid_end_fitted() - Print and free a table, not wider than a page
 * @g: the table
 */
void grid_end_fitted(struct grid *g)
{
	struct entry *legend = NULL;
	size_t front = nr_front(g);
	bool axes = false;
	const char *title;
	size_t i;

	for (i = 0; i < g->nr_columns; i++) {
		measure(g, i);
		axes |= is(g, i, GRID_AXIS);
	}
	if (!fits(g) && axes && width_of(g, front, 1) > KEYS_MAX + 1) {
		legend = make_legend(g, &title);
		number_cells(g, legend, title);
	}
	if (!fits(g))
		wrap_columns(g);
	if (fits(g))
		grid_put(g);
	else
		put_parts(g);
	if (legend)
		end_legend(g, legend, title);
	grid_free(g);
}
