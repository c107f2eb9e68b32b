/* SPDX-License-Identifier: GPL-2.0 */
/* The page of a report and its parts. */
#ifndef _REPORT_PAGE_H
#define _REPORT_PAGE_H

#include <stdbool.h>
#include <stdio.h>

#include "base/msg.h"
#include "report_chart.h"
#include "report_view.h"
#include "stats/hist.h"
#include "table/out_rows.h"

/* More charts than these of one kind make a page that is too long to read. */
#define PAGE_CHARTS_MAX 8

/**
 * struct report_page - A page that is being written
 * @f: where to
 * @v: the document
 * @l: the document, as tables see it
 * @from: of each figure, the first chart that is drawn
 * @to: behind the last one
 * @charts: of the figure so far
 * @drawn: how many of them
 * @pictures: made so far
 * @failed: a picture could not be made; nothing more is
 * @m: why
 */
struct report_page {
	FILE *f;
	const struct report_view *v;
	struct out_layout l;
	size_t from;
	size_t to;
	size_t charts;
	size_t drawn;
	unsigned int pictures;
	bool failed;
	struct msg m;
};

/* report.c */
bool report_put(FILE *f, struct json_object *doc, struct msg *m);
bool report_put_picture(FILE *f, struct json_object *doc, unsigned int nr,
			struct msg *m);

/* report_style.c */
extern const char report_colours[];
extern const char report_style[];

/* report_head.c */
void report_head(struct report_page *p);
void report_asked(struct report_page *p);
void report_machine(struct report_page *p);

/* report_verdict.c */
void report_verdict(struct report_page *p);

/* report_certificate.c */
void report_certificate(struct report_page *p);

/* report_figure.c */

/**
 * struct figure_lines - Charts with a line per lock
 * @x: axis to the right, without its ends
 * @y: axis up, likewise
 * @mark: as in struct chart_lines
 * @key: for @points
 * @points: makes the points of a lock in its cell, to be freed; 0: none
 */
struct figure_lines {
	struct chart_axis x;
	struct chart_axis y;
	double mark;
	const char *key;
	size_t (*points)(const struct report_point *at, const char *key,
			 struct chart_point **points);
};

/* Fills the parts of a bar and its note; false: there is nothing to show. */
typedef bool figure_bar(const struct report_point *at, struct chart_bar *b,
			const void *arg);

void figure_begin(struct report_page *p);
void figure_reach(struct report_page *p, const struct figure_lines *t,
		  size_t cell, struct chart_point ends[2]);
void figure_lines(struct report_page *p, const struct figure_lines *t,
		  size_t cell);
void figure_chart(struct report_page *p, const char *title,
		  const struct chart_lines *lines,
		  const struct chart_bars *bars);
size_t figure_bars(struct report_page *p, struct chart_bars *c, figure_bar *bar,
		   const void *arg);
void figure_end(struct report_page *p, size_t left_out, const char *text);
size_t figure_locks(const struct report_view *v, size_t cell, bool panel,
		    size_t chunk, size_t *locks);
size_t figure_cells(const struct report_view *v, size_t max, size_t *cells);

/* report_fits.c */
void table_fits(struct report_page *p);
void fit_curve(const struct report_view *v, size_t panel, size_t lock,
	       const struct chart_axis *x, struct chart_line *line);

/* report_tables.c */
void table_put(struct report_page *p, const char *caption,
	       const struct columns *all);
void table_others(struct report_page *p);

/* report_speed.c */
void report_speed(struct report_page *p);

/* report_waits.c */
size_t waits_curve(const struct hist *h, double max,
		   struct chart_point **points);
void report_waits(struct report_page *p);

/* report_fair.c */
size_t fair_line(const struct report_point *p, const char *key,
		 struct chart_point **points);
void report_fair(struct report_page *p);

/* report_waste.c */
bool waste_cpu(const struct report_point *at, double parts[3]);
void report_waste(struct report_page *p);
void report_cpu(struct report_page *p);

#endif /* _REPORT_PAGE_H */
