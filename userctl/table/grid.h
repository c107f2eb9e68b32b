/* SPDX-License-Identifier: GPL-2.0 */
/* A table of texts, printed by libsmartcols. */
#ifndef _GRID_H
#define _GRID_H

#include <libsmartcols.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#define GRID_RIGHT SCOLS_FL_RIGHT
#define GRID_WRAP SCOLS_FL_WRAP
/* A cell is several lines. */
#define GRID_LINES 0x100000
/* It is there however narrow the terminal is. */
#define GRID_KEY 0x200000
/* A key whose place can be taken by the number of the cell. */
#define GRID_AXIS (0x400000 | GRID_KEY | GRID_RIGHT)

#define GRID_NO_CELL UINT32_MAX

struct grid_column {
	char *title;
	int flags;
	size_t width;
	bool hidden;
};

struct grid_row {
	const char *colour;
	uint32_t cell; /* of the sweep; or GRID_NO_CELL */
};

/**
 * struct grid - A table
 * @f: where it is printed
 * @gap: between two columns
 * @markdown: as a table of Markdown
 * @columns: all columns, which come before the first row
 * @nr_columns: their number
 * @rows: all rows
 * @nr_rows: their number
 * @texts: of the cells, row by row
 * @nr_texts: their number
 */
struct grid {
	FILE *f;
	const char *gap;
	bool markdown;
	struct grid_column *columns;
	size_t nr_columns;
	struct grid_row *rows;
	size_t nr_rows;
	char **texts;
	size_t nr_texts;
};

void grid_start(struct grid *g, FILE *f);
void grid_column(struct grid *g, const char *title, int flags);
void grid_row(struct grid *g, const char *colour, double cell);
void grid_text(struct grid *g, const char *text);
__attribute__((format(printf, 2, 3))) void grid_format(struct grid *g,
						       const char *fmt, ...);
void grid_end(struct grid *g);

/* grid_fit.c */
void grid_end_fitted(struct grid *g);

/* for grid_fit.c */
char **grid_at(const struct grid *g, size_t row, size_t column);
void grid_put(const struct grid *g);
void grid_free(struct grid *g);

#endif /* _GRID_H */
