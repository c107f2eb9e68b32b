// SPDX-License-Identifier: GPL-2.0
/*
 * A table of texts. All tables of tokctl are made here: first their columns,
 * then each row with its cells from left to right.
 */
#include <err.h>
#include <stdarg.h>

#include "base/status.h"
#include "base/xalloc.h"
#include "grid.h"
#include "out.h"
#include "text.h"

/**
 * grid_start() - Start a table
 * @g: receives the table; print and free it with grid_end() or
 *     grid_end_fitted()
 * @f: stream it will be printed on
 */
void grid_start(struct grid *g, FILE *f)
{
	*g = (struct grid){ .f = f, .gap = "  " };
}

/**
 * grid_column() - Add a column
 * @g: table without rows
 * @title: its title
 * @flags: GRID_ flags
 */
void grid_column(struct grid *g, const char *title, int flags)
{
	g->columns =
		xrealloc(g->columns, g->nr_columns + 1, sizeof(*g->columns));
	g->columns[g->nr_columns++] = (struct grid_column){
		.title = xstrdup(title),
		.flags = flags,
	};
}

/**
 * grid_row() - Begin a row
 * @g: table whose rows have all their cells
 * @colour: of the row on a terminal, or NULL
 * @cell: cell of the sweep; any other number than one of those: none is known
 */
void grid_row(struct grid *g, const char *colour, double cell)
{
	bool known = cell >= 0 && cell < GRID_NO_CELL;

	g->rows = xrealloc(g->rows, g->nr_rows + 1, sizeof(*g->rows));
	g->rows[g->nr_rows++] = (struct grid_row){
		.colour = colour,
		.cell = known ? cell : GRID_NO_CELL,
	};
}

/**
 * grid_text() - Add a cell to the last row
 * @g: the table
 * @text: its text, may be NULL
 */
void grid_text(struct grid *g, const char *text)
{
	g->texts = xrealloc(g->texts, g->nr_texts + 1, sizeof(*g->texts));
	g->texts[g->nr_texts++] = xstrdup(text ? text : "");
}

/**
 * grid_format() - Add a cell to the last row
 * @g: the table
 * @fmt: as for printf
 */
void grid_format(struct grid *g, const char *fmt, ...)
{
	va_list ap;
	char *text;

	va_start(ap, fmt);
	text = text_format(fmt, ap);
	va_end(ap);
	grid_text(g, text);
	free(text);
}

/**
 * grid_at() - A cell
 * @g: the table
 * @row: index of its row
 * @column: index of its column
 *
 * Return: where the table has its text.
 */
char **grid_at(const struct grid *g, size_t row, size_t column)
{
	return &g->texts[row * g->nr_columns + column];
}

static void put_column(struct libscols_table *tb, const struct grid_column *c)
{
	int flags = c->flags & (GRID_RIGHT | GRID_WRAP);
	struct libscols_column *column;

	if (c->flags & GRID_LINES)
		flags |= GRID_WRAP;
	column = scols_table_new_column(tb, c->title, 0, flags);
	if (!column)
		errx(ST_BAD, "out of memory");
	if (!(c->flags & GRID_LINES))
		return;
	scols_column_set_wrapfunc(column, scols_wrapnl_chunksize,
				  scols_wrapnl_nextchunk, NULL);
	scols_column_set_safechars(column, "\n");
}

static void put_row(struct libscols_table *tb, const struct grid *g, size_t row)
{
	struct libscols_line *line = scols_table_new_line(tb, NULL);
	size_t at = 0;
	size_t i;

	if (!line)
		errx(ST_BAD, "out of memory");
	for (i = 0; i < g->nr_columns; i++)
		if (!g->columns[i].hidden &&
		    scols_line_set_data(line, at++, *grid_at(g, row, i)))
			errx(ST_BAD, "out of memory");
	if (g->rows[row].colour)
		scols_line_set_color(line, g->rows[row].colour);
}

/* A cell of Markdown; what would end it, or begin something else, is no text. */
static void put_cell(const struct grid *g, const char *text)
{
	fputs(" ", g->f);
	for (; *text; text++)
		if (*text == '|')
			fputs("\\|", g->f);
		else
			fputc(*text < ' ' && *text > 0 ? '?' : *text, g->f);
	fputs(" |", g->f);
}

static void put_markdown(const struct grid *g)
{
	size_t i, j;

	/* A table stands between empty lines. */
	fputs("\n|", g->f);
	for (j = 0; j < g->nr_columns; j++)
		put_cell(g, g->columns[j].title);
	fputs("\n|", g->f);
	for (j = 0; j < g->nr_columns; j++)
		fputs(g->columns[j].flags & GRID_RIGHT ? "---:|" : "---|",
		      g->f);
	for (i = 0; i < g->nr_rows; i++) {
		fputs("\n|", g->f);
		for (j = 0; j < g->nr_columns; j++)
			put_cell(g, *grid_at(g, i, j));
	}
	fputs("\n\n", g->f);
}

/**
 * grid_put() - Print what is not hidden of a table
 * @g: the table
 */
void grid_put(const struct grid *g)
{
	struct libscols_table *tb;
	size_t i;

	if (g->markdown) {
		put_markdown(g);
		return;
	}
	tb = scols_new_table();

	if (!tb)
		errx(ST_BAD, "out of memory");
	scols_table_set_stream(tb, g->f);
	scols_table_set_column_separator(tb, g->gap);
	scols_table_enable_colors(tb, out_colour(g->f));
	for (i = 0; i < g->nr_columns; i++)
		if (!g->columns[i].hidden)
			put_column(tb, &g->columns[i]);
	for (i = 0; i < g->nr_rows; i++)
		put_row(tb, g, i);
	scols_print_table(tb);
	scols_unref_table(tb);
}

/**
 * grid_free() - Free a table
 * @g: table to empty
 */
void grid_free(struct grid *g)
{
	size_t i;

	for (i = 0; i < g->nr_columns; i++)
		free(g->columns[i].title);
	for (i = 0; i < g->nr_texts; i++)
		free(g->texts[i]);
	free(g->columns);
	free(g->rows);
	free(g->texts);
}

/**
 * grid_end() - Print and free a table, however wide it is
 * @g: the table
 */
void grid_end(struct grid *g)
{
	grid_put(g);
	grid_free(g);
}
