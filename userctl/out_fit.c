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
#include <err.h>
#include <inttypes.h>
#include <json-c/json.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "out.h"
#include "out_fit.h"
#include "status.h"
#include "xalloc.h"

#define NUMBER_WIDTH 10 /* of a cell */
#define CELL_WIDTH 28
#define KEYS_MAX 40

_Static_assert(KEYS_MAX + 2 * (1 + CELL_WIDTH) <= OUT_WIDTH, "no room");
_Static_assert(NUMBER_WIDTH + 3 * (1 + CELL_WIDTH) <= OUT_WIDTH, "no room");

/* At most: what a terminal may not show is shown as an escape sequence. */
static size_t char_width(char c)
{
	return c >= ' ' && c < 0x7f && c != '\\' ? 1 : strlen("\\x1b");
}

static size_t text_width(const char *text)
{
	size_t width = 0;

	for (; text && *text; text++)
		width += char_width(*text);
	return width;
}

/* The lines and widths of a table, since a table must search for its lines. */
struct fit {
	struct libscols_table *tb;
	const struct out_keys *keys;
	struct libscols_line **lines;
	size_t nr_lines;
	size_t *widths;
	size_t nr_columns;
};

static const char *cell_text(const struct libscols_cell *cell)
{
	const char *text = scols_cell_get_data(cell);

	return text ? text : "";
}

static struct libscols_cell *title_of(const struct fit *t, size_t column)
{
	return scols_column_get_header(scols_table_get_column(t->tb, column));
}

static const char *text_of(struct libscols_line *line, size_t column)
{
	return cell_text(scols_line_get_cell(line, column));
}

static void measure(struct fit *t, size_t column)
{
	size_t width = text_width(cell_text(title_of(t, column)));
	size_t i, w;

	for (i = 0; i < t->nr_lines; i++) {
		w = text_width(text_of(t->lines[i], column));
		if (w > width)
			width = w;
	}
	t->widths[column] = width;
}

static void fit_init(struct fit *t)
{
	struct libscols_iter *it = scols_new_iter(SCOLS_ITER_FORWARD);
	size_t i;

	if (!it)
		errx(ST_BAD, "out of memory");
	t->nr_columns = scols_table_get_ncols(t->tb);
	t->nr_lines = scols_table_get_nlines(t->tb);
	t->widths = xcalloc(t->nr_columns, sizeof(*t->widths));
	t->lines = xcalloc(t->nr_lines, sizeof(*t->lines));
	for (i = 0; i < t->nr_lines; i++)
		scols_table_next_line(t->tb, it, &t->lines[i]);
	scols_free_iter(it);
	for (i = 0; i < t->nr_columns; i++)
		measure(t, i);
}

static bool is_shown(const struct fit *t, size_t column)
{
	return !scols_column_is_hidden(scols_table_get_column(t->tb, column));
}

static void show(struct fit *t, size_t column, bool shown)
{
	struct libscols_column *c = scols_table_get_column(t->tb, column);
	int flags = scols_column_get_flags(c) & ~SCOLS_FL_HIDDEN;

	scols_column_set_flags(c, flags | (shown ? 0 : SCOLS_FL_HIDDEN));
}

/* Of the columns from @first to @end that are shown, each with a gap. */
static size_t width_from(const struct fit *t, size_t first, size_t end,
			 size_t gap)
{
	size_t width = 0;
	size_t i;

	for (i = first; i < end; i++)
		if (is_shown(t, i))
			width += t->widths[i] + gap;
	return width;
}

/* Does what is shown? Columns stand closer rather than beyond the page. */
static bool fits(struct fit *t)
{
	bool wide = width_from(t, 0, t->nr_columns, 2) > OUT_WIDTH + 2;

	scols_table_set_column_separator(t->tb, wide ? " " : "  ");
	return width_from(t, 0, t->nr_columns, 1) <= OUT_WIDTH + 1;
}

struct entry {
	uint32_t number;
	char *text;
};

/* What stands in place of the axes. */
struct legend {
	const char *title;
	struct entry *entries; /* per line */
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
static char *describe(const struct fit *t, struct libscols_line *line)
{
	size_t end = t->keys->before + t->keys->axes;
	char *text = NULL;
	size_t len = 0;
	FILE *f = open_memstream(&text, &len);
	size_t i;

	if (!f)
		err(ST_BAD, "out of memory");
	for (i = t->keys->before; i < end; i++)
		fprintf(f, "%s=%s ", cell_text(title_of(t, i)),
			text_of(line, i));
	if (fclose(f))
		err(ST_BAD, "out of memory");
	return text;
}

/* Do all lines know the number of their cell? */
static bool are_cells(const struct fit *t)
{
	size_t i;

	for (i = 0; i < t->nr_lines; i++)
		if (!scols_line_get_userdata(t->lines[i]))
			return false;
	return true;
}

static void legend_init(struct legend *l, const struct fit *t)
{
	struct json_object *seen = json_object_new_object();
	bool cells = are_cells(t);
	size_t i;

	l->title = cells ? "cell" : "case";
	l->entries = xcalloc(t->nr_lines, sizeof(*l->entries));
	for (i = 0; i < t->nr_lines; i++) {
		uintptr_t cell =
			(uintptr_t)scols_line_get_userdata(t->lines[i]);
		struct entry *e = &l->entries[i];
		struct json_object *number;
		int n;

		e->text = describe(t, t->lines[i]);
		if (cells) {
			e->number = cell - 1;
			continue;
		}
		if (!json_object_object_get_ex(seen, e->text, &number)) {
			n = json_object_object_length(seen);
			number = json_object_new_int64(n);
			json_object_object_add(seen, e->text, number);
		}
		e->number = json_object_get_int64(number);
	}
	json_object_put(seen);
}

/* The number of the cell in place of the axes. */
static void number_cells(struct fit *t, const struct legend *l)
{
	size_t at = t->keys->before;
	char text[24];
	size_t i;

	scols_cell_set_data(title_of(t, at), l->title);
	for (i = 0; i < t->nr_lines; i++) {
		snprintf(text, sizeof(text), "%" PRIu32, l->entries[i].number);
		scols_line_set_data(t->lines[i], at, text);
	}
	measure(t, at);
	for (i = 1; i < t->keys->axes; i++)
		show(t, at + i, false);
}

static void print_legend(FILE *f, const struct legend *l, size_t n)
{
	char head[40];
	size_t i;

	qsort(l->entries, n, sizeof(*l->entries), by_number);
	for (i = 0; i < n; i++) {
		const struct entry *e = &l->entries[i];

		if (i && !by_number(e - 1, e))
			continue;
		snprintf(head, sizeof(head), "%s %" PRIu32 ":", l->title,
			 e->number);
		out_words(f, e->text, out_words(f, head, 0));
		fputc('\n', f);
	}
}

static void legend_free(struct legend *l, size_t n)
{
	size_t i;

	for (i = 0; l->entries && i < n; i++)
		free(l->entries[i].text);
	free(l->entries);
}

/* In lines; what a terminal may not show is not worth its escape sequences. */
static void wrap_cell(struct libscols_cell *cell)
{
	const char *text = cell_text(cell);
	size_t i;
	char *out, *to;

	out = xcalloc(2 * strlen(text) + 1, 1);
	for (i = 0, to = out; text[i]; i++) {
		if (i && i % CELL_WIDTH == 0)
			*to++ = '\n';
		*to++ = char_width(text[i]) == 1 ? text[i] : '?';
	}
	scols_cell_set_data(cell, out);
	free(out);
}

static void wrap_column(struct fit *t, size_t column)
{
	struct libscols_column *c = scols_table_get_column(t->tb, column);
	size_t i;

	/* No title is so long that it gets a second line. */
	wrap_cell(title_of(t, column));
	for (i = 0; i < t->nr_lines; i++)
		wrap_cell(scols_line_get_cell(t->lines[i], column));
	scols_column_set_flags(c, scols_column_get_flags(c) | SCOLS_FL_WRAP);
	scols_column_set_wrapfunc(c, scols_wrapnl_chunksize,
				  scols_wrapnl_nextchunk, NULL);
	scols_column_set_safechars(c, "\n");
	t->widths[column] = CELL_WIDTH;
}

/* Axes that are still shown are not too wide. */
static void wrap_columns(struct fit *t)
{
	size_t end = t->keys->before + t->keys->axes;
	size_t i;

	for (i = 0; i < t->nr_columns; i++)
		if ((i < t->keys->before || i >= end) &&
		    t->widths[i] > CELL_WIDTH)
			wrap_column(t, i);
}

static void print_parts(struct fit *t)
{
	size_t end = t->nr_columns - t->keys->back;
	size_t first = t->keys->front;
	size_t i, next, width;
	size_t keys;

	keys = width_from(t, 0, first, 1) +
	       width_from(t, end, t->nr_columns, 1);
	for (; first < end; first = next) {
		for (i = t->keys->front; i < end; i++)
			show(t, i, false);
		width = keys;
		for (next = first; next < end; next++) {
			width += t->widths[next] + 1;
			if (width > OUT_WIDTH + 1 && next > first)
				break;
			show(t, next, true);
		}
		if (first > t->keys->front)
			fputc('\n', scols_table_get_stream(t->tb));
		fits(t);
		scols_print_table(t->tb);
	}
}

/**
 * out_end_fitted() - Print and free a table, not wider than a page
 * @tb: table of out_new_table()
 * @keys: what its columns are
 *
 * If all lines know the number of their cell, from out_fit_cell(), it can stand
 * in place of the axes; else lines with equal axes are counted.
 */
void out_end_fitted(struct libscols_table *tb, const struct out_keys *keys)
{
	struct fit t = { .tb = tb, .keys = keys };
	struct legend legend = { 0 };

	fit_init(&t);
	if (!fits(&t) && keys->axes &&
	    width_from(&t, 0, keys->front, 1) > KEYS_MAX + 1) {
		legend_init(&legend, &t);
		number_cells(&t, &legend);
	}
	if (!fits(&t))
		wrap_columns(&t);
	if (fits(&t))
		scols_print_table(tb);
	else
		print_parts(&t);
	if (legend.entries)
		print_legend(scols_table_get_stream(tb), &legend, t.nr_lines);
	legend_free(&legend, t.nr_lines);
	free(t.widths);
	free(t.lines);
	scols_unref_table(tb);
}

/**
 * out_fit_cell() - Say to which cell a line belongs
 * @line: the line
 * @cell: number of the cell; anything that is none is ignored
 */
void out_fit_cell(struct libscols_line *line, double cell)
{
	if (cell >= 0 && cell < UINT32_MAX)
		scols_line_set_userdata(line, (void *)((uintptr_t)cell + 1));
}
