// SPDX-License-Identifier: GPL-2.0
/*
 * A chart of horizontal bars, for gnuplot: names read without turning the head,
 * and a chart of many locks becomes longer instead of narrower. Parts differ in
 * pattern as well as in colour. Pure.
 */
#include <math.h>
#include <string.h>

#include "report_chart.h"
#include "report_html.h"

#define WIDTH 480
#define BAR_HEIGHT 26
#define FRAME_HEIGHT 84

/* Fill styles in the order of the parts; neighbours differ most. */
static const char *const fills[CHART_STYLES] = {
	"solid 1.0", "pattern 4", "pattern 2", "pattern 5",
	"pattern 1", "pattern 7", "pattern 6", "solid 0.4",
};

static void put_part(FILE *f, const struct chart_bars *c, size_t part)
{
	size_t i, j;

	fprintf(f, "$p%zu << EOD\n", part);
	for (i = 0; i < c->n; i++) {
		double from = 0;

		for (j = 0; j < part; j++)
			from += chart_number(c->bars[i].parts[j]);
		fprintf(f, "%zu %.9g %.9g\n", i, from,
			from + chart_number(c->bars[i].parts[part]));
	}
	fputs("EOD\n", f);
}

static double length_of(const struct chart_bars *c, size_t bar)
{
	double sum = 0;
	size_t i;

	for (i = 0; i < c->nr_parts; i++)
		sum += chart_number(c->bars[bar].parts[i]);
	return sum;
}

static bool put_intervals(FILE *f, const struct chart_bars *c)
{
	bool any = false;
	size_t i;

	fputs("$i << EOD\n", f);
	for (i = 0; i < c->n; i++) {
		const struct chart_bar *b = &c->bars[i];

		if (!isfinite(b->lo) || !isfinite(b->hi))
			continue;
		fprintf(f, "%zu %.9g %.9g %.9g\n", i, length_of(c, i),
			chart_number(b->lo), chart_number(b->hi));
		any = true;
	}
	fputs("EOD\n", f);
	return any;
}

static void put_dots(FILE *f, const struct chart_bars *c)
{
	size_t i;

	fputs("$d << EOD\n", f);
	for (i = 0; i < c->nr_dots; i++)
		fprintf(f, "%.9g %zu %d\n", chart_number(c->dots[i].x),
			c->dots[i].row, c->dots[i].hollow ? 6 : 7);
	fputs("EOD\n", f);
}

static void put_names(FILE *f, const struct chart_bars *c)
{
	size_t note = 0;
	size_t i;

	fprintf(f, "set yrange [%.1f:-0.6]\nset ytics scale 0 (", c->n - 0.4);
	for (i = 0; i < c->n; i++) {
		fputs(i ? ", " : "", f);
		plot_tick(f, c->bars[i].name);
		fprintf(f, " %zu", i);
	}
	fputs(")\n", f);
	for (i = 0; i < c->n; i++) {
		const struct chart_bar *b = &c->bars[i];
		double end = length_of(c, i);

		if (!*b->note)
			continue;
		if (isfinite(b->hi) && b->hi > end)
			end = chart_number(b->hi);
		fputs("set label ", f);
		plot_text(f, b->note);
		fprintf(f,
			" at first %.9g, first %zu left offset 1,0 tc rgb '#00000a'\n",
			end < c->x.hi ? end : c->x.hi, i);
		if (strlen(b->note) > note)
			note = strlen(b->note);
	}
	fprintf(f, "set rmargin %zu\n", note + 3);
}

/**
 * chart_put_bars() - Print a chart of bars for gnuplot
 * @f: stream to print on
 * @c: the chart, with the ends of its axis
 */
void chart_put_bars(FILE *f, const struct chart_bars *c)
{
	bool intervals;
	const char *sep = "plot ";
	size_t i;

	chart_put_head(f, WIDTH,
		       FRAME_HEIGHT + BAR_HEIGHT * c->n +
			       (c->nr_parts > 1 ? 18 * c->nr_parts : 0));
	if (c->nr_parts > 1)
		fputs("set key above left horizontal Left reverse samplen 1.5 "
		      "width 1 maxcols 1 tc rgb '#00000a'\n",
		      f);
	else
		fputs("unset key\n", f);
	fputs("set border 1\nset grid xtics lt 1 lw 0.6 lc rgb '#00000c'\n", f);
	chart_put_axis(f, 'x', &c->x);
	put_names(f, c);
	if (c->mark > 0)
		fprintf(f,
			"set arrow from first %.9g, graph 0 to first %.9g, graph 1 nohead lw 1 dt (4,4) lc rgb '#00000a' back\n",
			c->mark, c->mark);
	for (i = 0; i < c->nr_parts; i++)
		put_part(f, c, i);
	put_dots(f, c);
	intervals = put_intervals(f, c);
	for (i = 0; i < c->nr_parts; i++) {
		bool rest = c->rest && i + 1 == c->nr_parts;

		fprintf(f,
			"%s$p%zu using (0):1:2:3:($1-0.34):($1+0.34) "
			"with boxxyerror lw 1 lc rgb '#00000%zx' fs %s border%s title ",
			sep, i, rest ? 12 : i + 1,
			rest ? "solid 1.0" : fills[i],
			rest ? " lc rgb '#00000b'" : "");
		plot_text(f, c->names[i]);
		sep = ", \\\n  ";
	}
	if (c->nr_dots)
		fprintf(f,
			"%s$d using 1:2:3 with points pt variable ps 0.9 lw 1.5 "
			"lc rgb '#000001' notitle",
			sep);
	if (intervals)
		fputs(", \\\n  $i using 2:1:3:4 with xerrorbars pt 0 lw 1.2 "
		      "lc rgb '#00000a' notitle",
		      f);
	fputc('\n', f);
}
