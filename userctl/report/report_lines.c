// SPDX-License-Identifier: GPL-2.0
/*
 * A chart of lines, for gnuplot. Each line has a colour, dashes and a shape of
 * points of its own, so that no difference is one of colour alone, and its name
 * stands at its end, where the eye arrives, instead of in a key. Pure.
 */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/xalloc.h"
#include "report_chart.h"
#include "report_html.h"

#define WIDTH 480
#define HEIGHT 340

/* Height of a name in parts of the axis, with some air. */
#define NAME_GAP 0.062

/* Nothing is known between so few points: a line would be made up. */
#define POINTS_FEW 2

/* More points than these are a curve that shows where it is only here and there. */
#define POINTS_MANY 20

static const struct {
	int point;
	const char *dashes;
} styles[CHART_STYLES] = {
	{ 7, "solid" }, /* disc */
	{ 5, "(9,4)" }, /* square */
	{ 9, "(3,3)" }, /* triangle */
	{ 13, "(12,3,3,3)" }, /* diamond */
	{ 6, "solid" }, /* circle */
	{ 4, "(6,3)" }, /* open square */
	{ 11, "(9,3,2,3,2,3)" }, /* triangle that points down */
	{ 8, "(2,2)" }, /* open triangle */
};

struct end {
	const struct chart_line *line;
	double at; /* fraction of the axis */
	double name_at;
};

static int by_height(const void *a, const void *b)
{
	double x = ((const struct end *)a)->at;
	double y = ((const struct end *)b)->at;

	return (x > y) - (x < y);
}

/**
 * chart_spread() - Move labels apart
 * @at: where they want to be, ascending, 0 to 1; receives where they can be
 * @n: their number
 * @gap: the least distance between two
 *
 * Labels that would overlap make a block around the middle of where they want
 * to be, which joins the next one when they meet.
 */
void chart_spread(double *at, size_t n, double gap)
{
	struct {
		double middle;
		size_t n;
	} *blocks = xcalloc(n, sizeof(*blocks));
	size_t nr = 0;
	size_t i, j, k = 0;

	for (i = 0; i < n; i++) {
		blocks[nr].middle = at[i];
		blocks[nr++].n = 1;
		for (; nr > 1; nr--) {
			size_t a = blocks[nr - 2].n;
			size_t b = blocks[nr - 1].n;

			if (blocks[nr - 1].middle - blocks[nr - 2].middle >=
			    (a + b) * gap / 2)
				break;
			blocks[nr - 2].middle = (blocks[nr - 2].middle * a +
						 blocks[nr - 1].middle * b) /
						(a + b);
			blocks[nr - 2].n = a + b;
		}
	}
	for (i = 0; i < nr; i++)
		for (j = 0; j < blocks[i].n; j++)
			at[k++] = blocks[i].middle +
				  (j - (blocks[i].n - 1) / 2.0) * gap;
	free(blocks);
	/* Nothing stands below or above the axis, as far as there is room. */
	for (i = 0; i < n && at[i] < i * gap; i++)
		at[i] = i * gap;
	for (i = n; i-- && at[i] > 1 - (n - 1 - i) * gap;)
		at[i] = 1 - (n - 1 - i) * gap;
}

static size_t nr_ends(const struct chart_lines *c, struct end *ends)
{
	size_t n = 0;
	size_t i;

	for (i = 0; i < c->n; i++) {
		const struct chart_line *line = &c->lines[i];

		if (!line->name || !line->n)
			continue;
		ends[n].line = line;
		ends[n++].at =
			chart_fraction(&c->y, line->points[line->n - 1].y);
	}
	qsort(ends, n, sizeof(*ends), by_height);
	return n;
}

/* A name, the shape of its points, and a thread to its line. */
static void put_name(FILE *f, const struct chart_lines *c, const struct end *e)
{
	const struct chart_line *line = e->line;
	const struct chart_point *last = &line->points[line->n - 1];
	unsigned int style = line->style % CHART_STYLES;

	fputs("set label ", f);
	plot_text(f, line->name);
	fprintf(f, " at graph 1.06, graph %.4f left tc rgb '#00000a'\n",
		e->name_at);
	fprintf(f,
		"set label '' at graph 1.04, graph %.4f point pt %d ps 0.8 lc rgb '#00000%x'\n",
		e->name_at, styles[style].point, style + 1);
	fprintf(f,
		"set arrow from graph %.4f, graph %.4f to graph 1.025, graph %.4f nohead lw 0.7 lc rgb '#00000%x'\n",
		chart_fraction(&c->x, last->x), e->at, e->name_at, style + 1);
}

static size_t longest(const struct chart_lines *c)
{
	size_t most = 0;
	size_t i;

	for (i = 0; i < c->n; i++)
		if (c->lines[i].name && strlen(c->lines[i].name) > most)
			most = strlen(c->lines[i].name);
	return most < 30 ? most : 30;
}

static void put_names(FILE *f, const struct chart_lines *c)
{
	struct end *ends = xcalloc(c->n, sizeof(*ends));
	double *at = xcalloc(c->n, sizeof(*at));
	size_t n = nr_ends(c, ends);
	size_t i;

	for (i = 0; i < n; i++)
		at[i] = ends[i].at;
	chart_spread(at, n, NAME_GAP);
	for (i = 0; i < n; i++) {
		ends[i].name_at = at[i];
		put_name(f, c, &ends[i]);
	}
	fprintf(f, "set rmargin %.1f\n", longest(c) * 0.8 + 3.5);
	free(at);
	free(ends);
}

/* A number, or what gnuplot takes for none. */
static void put_value(FILE *f, double v)
{
	if (isfinite(v))
		fprintf(f, " %.9g", chart_number(v));
	else
		fputs(" NaN", f);
}

static bool put_data(FILE *f, const struct chart_line *line, size_t nr)
{
	bool intervals = false;
	size_t i;

	fprintf(f, "$d%zu << EOD\n", nr);
	for (i = 0; i < line->n; i++) {
		const struct chart_point *p = &line->points[i];

		put_value(f, p->x);
		put_value(f, p->y);
		put_value(f, p->lo);
		put_value(f, p->hi);
		fputc('\n', f);
		intervals |= isfinite(p->lo) && isfinite(p->hi);
	}
	fputs("EOD\n", f);
	return intervals;
}

static void put_line(FILE *f, const struct chart_line *line, size_t nr,
		     bool intervals)
{
	unsigned int style = line->style % CHART_STYLES;

	if (line->curve) {
		fprintf(f,
			"$d%zu using 1:2 with lines lw 1.2 dt (1.5,2.5) lc rgb '#00000%x'",
			nr, style + 1);
		return;
	}
	if (intervals)
		fprintf(f,
			"$d%zu using 1:2:3:4 with yerrorbars pt 0 ps 0.4 lw 1.2 lc rgb '#00000%x', ",
			nr, style + 1);
	fprintf(f, "$d%zu using 1:2 with ", nr);
	if (line->n > POINTS_FEW)
		fprintf(f, "linespoints lw 2 dt %s", styles[style].dashes);
	else
		fputs("points", f);
	fprintf(f, " pt %d ps 0.8 lc rgb '#00000%x'", styles[style].point,
		style + 1);
	if (line->n > POINTS_MANY)
		fprintf(f, " pi %zu", line->n / 6);
}

/**
 * chart_put_lines() - Print a chart of lines for gnuplot
 * @f: stream to print on
 * @c: the chart, with the ends of its axes
 */
void chart_put_lines(FILE *f, const struct chart_lines *c)
{
	bool *intervals = xcalloc(c->n, sizeof(*intervals));
	const char *sep = "plot ";
	size_t i;

	chart_put_head(f, WIDTH, HEIGHT);
	fputs("unset key\nset grid ytics lt 1 lw 0.6 lc rgb '#00000c'\n", f);
	chart_put_axis(f, 'x', &c->x);
	chart_put_axis(f, 'y', &c->y);
	put_names(f, c);
	if (isfinite(c->mark))
		fprintf(f,
			"set arrow from graph 0, first %.9g to graph 1, first %.9g nohead lw 1 dt (4,4) lc rgb '#00000a' back\n",
			c->mark, c->mark);
	for (i = 0; i < c->n; i++)
		intervals[i] = put_data(f, &c->lines[i], i);
	for (i = 0; i < c->n; i++) {
		if (!c->lines[i].n)
			continue;
		fputs(sep, f);
		put_line(f, &c->lines[i], i, intervals[i]);
		sep = ", \\\n  ";
	}
	fputc('\n', f);
	free(intervals);
}
