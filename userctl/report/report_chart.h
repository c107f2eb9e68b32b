/* SPDX-License-Identifier: GPL-2.0 */
/* Charts: what is in them, as scripts of gnuplot, and as SVG. */
#ifndef _REPORT_CHART_H
#define _REPORT_CHART_H

#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>

#include "base/msg.h"

/* So many lines, or parts of a bar, can be told apart in one chart. */
#define CHART_STYLES 8

/**
 * enum chart_unit - How the numbers of an axis are written
 * @CHART_COUNT: scaled to k, M, G
 * @CHART_TIME: nanoseconds, scaled to a unit
 * @CHART_SHARE: percent; 1 is 100 %
 * @CHART_PLAIN: as they are
 * @CHART_NINES: -log10(1 - share), in percent: 1 is 90, 2 is 99
 */
enum chart_unit {
	CHART_COUNT,
	CHART_TIME,
	CHART_SHARE,
	CHART_PLAIN,
	CHART_NINES,
};

/**
 * struct chart_axis - An axis
 * @label: what it shows
 * @unit: how its numbers are written
 * @log: logarithmic
 * @lo: its lower end
 * @hi: its upper end
 * @ticks: where it has numbers; NULL: where they are round
 * @nr_ticks: their number
 */
struct chart_axis {
	const char *label;
	enum chart_unit unit;
	bool log;
	double lo;
	double hi;
	const double *ticks;
	size_t nr_ticks;
};

/* A point; lo and hi are NAN where there is no interval. */
struct chart_point {
	double x;
	double y;
	double lo;
	double hi;
};

/**
 * struct chart_line - A line of a chart
 * @name: stands at its end; NULL: nothing does
 * @style: colour, dashes and shape of the points, from 0
 * @curve: a curve without points of its own
 * @points: from left to right
 * @n: their number
 */
struct chart_line {
	const char *name;
	unsigned int style;
	bool curve;
	struct chart_point *points;
	size_t n;
};

/**
 * struct chart_lines - A chart of lines
 * @x: axis to the right
 * @y: axis up
 * @mark: height of a thin line all across; NAN: none
 * @lines: the lines
 * @n: their number
 */
struct chart_lines {
	struct chart_axis x;
	struct chart_axis y;
	double mark;
	struct chart_line *lines;
	size_t n;
};

/**
 * struct chart_bar - A bar of parts
 * @name: stands before it
 * @note: stands behind it
 * @parts: lengths, as many as the chart has names of parts
 * @lo: lower end of an interval of the whole; NAN: none
 * @hi: its upper end
 */
struct chart_bar {
	const char *name;
	char note[64];
	double parts[CHART_STYLES];
	double lo;
	double hi;
};

/* A dot in the row of a bar. */
struct chart_dot {
	double x;
	size_t row;
	bool hollow;
};

/**
 * struct chart_bars - A chart of horizontal bars
 * @x: axis to the right, of bars from 0
 * @mark: place of a thin line all the way up; 0: none
 * @names: of the parts
 * @nr_parts: their number
 * @rest: the last part is what is left over, and is to look like that
 * @air: how much longer the axis is than the longest bar, unless they make a
 *	 whole
 * @bars: from top to bottom
 * @n: their number
 * @dots: dots in rows of which the bars have no parts
 * @nr_dots: their number
 */
struct chart_bars {
	struct chart_axis x;
	double mark;
	const char *const *names;
	size_t nr_parts;
	bool rest;
	double air;
	struct chart_bar *bars;
	size_t n;
	struct chart_dot *dots;
	size_t nr_dots;
};

/* report_axis.c */
double chart_number(double v);
size_t chart_ticks(const struct chart_axis *axis, double *at, size_t max);
void chart_fit(struct chart_axis *axis, const double *values, size_t n);
double chart_fraction(const struct chart_axis *axis, double v);
void chart_put_axis(FILE *f, char name, const struct chart_axis *axis);
void chart_put_head(FILE *f, unsigned int width, unsigned int height);

/* report_lines.c */
void chart_put_lines(FILE *f, const struct chart_lines *c);
void chart_spread(double *at, size_t n, double gap);

/* report_bars.c */
void chart_put_bars(FILE *f, const struct chart_bars *c);

/* report_gnuplot.c */
bool gnuplot_run(const char *script, size_t len, char **svg, struct msg *m);

/* report_svg.c */
bool svg_put(FILE *f, const char *svg, const char *id, const char *label);

#endif /* _REPORT_CHART_H */
