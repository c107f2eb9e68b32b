// SPDX-License-Identifier: GPL-2.0
/*
 * Figures of a page. A figure is one or more charts beside each other that are
 * read in the same way, and a sentence that says how. What does not fit is
 * named below it, never just missing.
 */
#include <math.h>
#include <stdlib.h>

#include "base/units.h"
#include "base/xalloc.h"
#include "report_html.h"
#include "report_page.h"

/**
 * figure_begin() - Start a figure
 * @p: the page
 *
 * It is on the page from its first chart on.
 */
void figure_begin(struct report_page *p)
{
	p->charts = 0;
	p->drawn = 0;
}

static void put_value(FILE *f, enum chart_unit unit, double v)
{
	char text[UNITS_MAX];

	switch (unit) {
	case CHART_COUNT:
		fputs(units_count(text, v), f);
		break;
	case CHART_TIME:
		fputs(units_ns(text, v), f);
		break;
	case CHART_SHARE:
		fputs(units_percent(text, v), f);
		break;
	default:
		fprintf(f, "%.3g", v);
	}
}

static void label_lines(FILE *f, const struct chart_lines *c)
{
	const char *sep = " At the right end: ";
	size_t i;

	for (i = 0; i < c->n; i++) {
		const struct chart_line *line = &c->lines[i];

		if (!line->name || !line->n)
			continue;
		fprintf(f, "%s%s ", sep, line->name);
		put_value(f, c->y.unit, line->points[line->n - 1].y);
		sep = ", ";
	}
}

static void label_bars(FILE *f, const struct chart_bars *c)
{
	size_t i, j;

	for (i = 0; i < c->n; i++) {
		fprintf(f, " %s: %s", c->bars[i].name,
			c->nr_parts ? "" : c->bars[i].note);
		for (j = 0; j < c->nr_parts; j++) {
			fprintf(f, "%s %s ", j ? "," : "",
				c->nr_parts > 1 ? c->names[j] : "");
			put_value(f, c->x.unit, c->bars[i].parts[j]);
		}
		fputs(i + 1 < c->n ? ";" : ".", f);
	}
}

/* What is said to those who cannot see the picture. */
static void put_label(FILE *f, const char *title,
		      const struct chart_lines *lines,
		      const struct chart_bars *bars)
{
	if (lines)
		fprintf(f, "Chart of lines: %s against %s", lines->y.label,
			lines->x.label);
	if (bars)
		fprintf(f, "Chart of bars: %s", bars->x.label);
	fprintf(f, *title ? "; %s." : ".%s", title);
	if (lines)
		label_lines(f, lines);
	if (bars)
		label_bars(f, bars);
}

/* Have a script drawn, and put the picture on the page. */
static void put_picture(struct report_page *p, const char *script, size_t len,
			const char *label)
{
	char *svg = NULL;
	char id[24];

	if (!gnuplot_run(script, len, &svg, &p->m)) {
		p->failed = true;
		return;
	}
	snprintf(id, sizeof(id), "picture-%u", ++p->pictures);
	if (!svg_put(p->f, svg, id, label)) {
		p->failed = true;
		msg_set(&p->m, "gnuplot printed no SVG");
	}
	free(svg);
}

/**
 * figure_chart() - Add a chart to a figure
 * @p: the page
 * @title: stands above it; may be empty
 * @lines: a chart of lines with the ends of its axes, or NULL
 * @bars: a chart of bars, or NULL; one of the two is there
 *
 * Only those between @from and @to of the page are drawn, the others counted.
 */
void figure_chart(struct report_page *p, const char *title,
		  const struct chart_lines *lines,
		  const struct chart_bars *bars)
{
	size_t nr = p->charts++;
	char *script, *label;
	size_t len, unused;
	FILE *s, *l;

	if (nr < p->from || nr >= p->to)
		return;
	if (!p->drawn++)
		fputs("<figure>\n<div class=\"charts\">\n", p->f);
	s = xmemstream(&script, &len);
	l = xmemstream(&label, &unused);
	if (lines)
		chart_put_lines(s, lines);
	if (bars)
		chart_put_bars(s, bars);
	put_label(l, title, lines, bars);
	xmemclose(s);
	xmemclose(l);
	fputs("<div class=\"chart\">", p->f);
	if (*title)
		html_element(p->f, "<h3>", title, "</h3>");
	fputs("<div class=\"scroll\" tabindex=\"0\">\n", p->f);
	if (!p->failed)
		put_picture(p, script, len, label);
	fputs("</div></div>\n", p->f);
	free(script);
	free(label);
}

/* A line for each of some locks. */
static void make_lines(struct report_page *p, const struct figure_lines *t,
		       size_t cell, const size_t *locks, size_t n,
		       struct chart_lines *c)
{
	size_t i;

	c->n = 0;
	for (i = 0; i < n; i++) {
		struct chart_line *line = &c->lines[c->n];

		*line = (struct chart_line){
			.name = p->v->locks[locks[i]],
			.style = locks[i] % CHART_STYLES,
		};
		line->n = t->points(report_view_find(p->v, locks[i], cell),
				    t->key, &line->points);
		c->n += line->n > 0;
	}
}

static void reach(const struct chart_line *line, struct chart_point ends[2])
{
	size_t i;

	for (i = 0; i < line->n; i++) {
		const struct chart_point *at = &line->points[i];

		ends[0].x = fmin(ends[0].x, at->x);
		ends[0].y = fmin(ends[0].y, at->y);
		ends[1].x = fmax(ends[1].x, at->x);
		ends[1].y = fmax(ends[1].y, at->y);
	}
}

static void for_lines(struct report_page *p, const struct figure_lines *t,
		      size_t cell, struct chart_point *ends)
{
	struct chart_line lines[CHART_STYLES];
	struct chart_lines c = {
		.x = t->x,
		.y = t->y,
		.mark = t->mark,
		.lines = lines,
	};
	size_t locks[CHART_STYLES];
	size_t i, n, chunk;

	for (chunk = 0; (n = figure_locks(p->v, cell, false, chunk, locks));
	     chunk++) {
		make_lines(p, t, cell, locks, n, &c);
		if (c.n && !ends)
			figure_chart(p, p->v->cells[cell].title, &c, NULL);
		for (i = 0; i < c.n; i++) {
			if (ends)
				reach(&lines[i], ends);
			free(lines[i].points);
		}
	}
}

/**
 * figure_reach() - How far do the lines of a cell reach?
 * @p: the page
 * @t: what they show
 * @cell: index of the cell
 * @ends: smallest and largest x and y so far, NAN at first
 */
void figure_reach(struct report_page *p, const struct figure_lines *t,
		  size_t cell, struct chart_point ends[2])
{
	for_lines(p, t, cell, ends);
}

/**
 * figure_lines() - Add charts of a cell to a figure, with a line per lock
 * @p: the page
 * @t: what they show, with the ends of its axes
 * @cell: index of the cell
 */
void figure_lines(struct report_page *p, const struct figure_lines *t,
		  size_t cell)
{
	for_lines(p, t, cell, NULL);
}

/* From 0 to the end of the longest bar, or of its interval. */
static double longest(const struct chart_bars *c)
{
	double most = 0;
	size_t i, j;

	for (i = 0; i < c->n; i++) {
		double sum = 0;

		for (j = 0; j < c->nr_parts; j++)
			sum += chart_number(c->bars[i].parts[j]);
		most = fmax(most, fmax(sum, chart_number(c->bars[i].hi)));
	}
	return most;
}

static void make_bars(struct report_page *p, struct chart_bars *c, size_t cell,
		      figure_bar *bar, const void *arg)
{
	size_t i;

	for (i = 0, c->n = 0; i < p->v->nr_locks; i++) {
		const struct report_point *at = report_view_find(p->v, i, cell);
		struct chart_bar *b = &c->bars[c->n];

		*b = (struct chart_bar){ .name = p->v->locks[i],
					 .lo = NAN,
					 .hi = NAN };
		c->n += at && bar(at, b, arg);
	}
}

/**
 * figure_bars() - A figure of charts with a bar per lock, one for each cell
 * @p: the page
 * @c: the charts: names of parts, and the axis without its ends, which all of
 *     them share
 * @bar: makes the bar of a lock in its cell; false: there is nothing to show
 * @arg: for @bar
 *
 * End it with figure_end().
 *
 * Return: number of cells that have no chart.
 */
size_t figure_bars(struct report_page *p, struct chart_bars *c, figure_bar *bar,
		   const void *arg)
{
	size_t cells[PAGE_CHARTS_MAX];
	size_t n = figure_cells(p->v, PAGE_CHARTS_MAX, cells);
	size_t i;

	c->bars = xcalloc(p->v->nr_locks, sizeof(*c->bars));
	for (i = 0; i < n; i++) {
		make_bars(p, c, cells[i], bar, arg);
		c->x.hi = c->rest ? 1 : fmax(c->x.hi, longest(c) * c->air);
	}
	figure_begin(p);
	for (i = 0; i < n && c->x.hi > 0; i++) {
		make_bars(p, c, cells[i], bar, arg);
		if (c->n)
			figure_chart(p, p->v->cells[cells[i]].title, NULL, c);
	}
	free(c->bars);
	return p->v->nr_cells - n;
}

/**
 * figure_end() - End a figure
 * @p: the page
 * @left_out: so many charts of its kind are not there
 * @text: how to read it
 */
void figure_end(struct report_page *p, size_t left_out, const char *text)
{
	if (!p->drawn)
		return;
	html_element(p->f, "</div>\n<figcaption>", text, "");
	if (p->charts > p->to)
		left_out += p->charts - p->to;
	if (left_out && p->to == 1)
		fprintf(p->f,
			" <a href=\"#throughput\">%zu more such chart%s below</a>.",
			left_out, left_out > 1 ? "s are" : " is");
	else if (left_out)
		fprintf(p->f,
			" <strong>%zu more such chart%s left out</strong>; the tables have "
			"all numbers.",
			left_out, left_out > 1 ? "s are" : " is");
	if (p->v->emulated)
		fputs(" <strong>Times mean nothing here.</strong>", p->f);
	if (p->v->simulated)
		fputs(" <strong>Simulated.</strong>", p->f);
	fputs("</figcaption>\n</figure>\n", p->f);
}

static bool was_run(const struct report_view *v, size_t lock, size_t cell,
		    bool panel)
{
	size_t i;

	if (!panel)
		return report_view_find(v, lock, cell);
	for (i = 0; i < v->nr_points; i++)
		if (v->points[i].lock == lock &&
		    v->cells[v->points[i].cell].panel == v->cells[cell].panel)
			return true;
	return false;
}

/**
 * figure_locks() - The locks of one chart
 * @v: the document
 * @cell: only locks that were run in this cell
 * @panel: or in any other of its panel
 * @chunk: number of the chart, from 0: locks that are too many for one are
 *	   spread evenly over several, and no two locks of one have the same
 *	   index modulo CHART_STYLES
 * @locks: receives their indices; has room for CHART_STYLES
 *
 * Return: their number; 0 when there is no further chart.
 */
size_t figure_locks(const struct report_view *v, size_t cell, bool panel,
		    size_t chunk, size_t *locks)
{
	size_t *all = xcalloc(v->nr_locks, sizeof(*all));
	size_t n = 0, out = 0, charts, i;

	for (i = 0; i < v->nr_locks; i++)
		if (was_run(v, i, cell, panel))
			all[n++] = i;
	charts = (n + CHART_STYLES - 1) / CHART_STYLES;
	if (chunk < charts)
		for (i = n * chunk / charts; i < n * (chunk + 1) / charts; i++)
			locks[out++] = all[i];
	free(all);
	return out;
}

/**
 * figure_cells() - The cells that get a chart each
 * @v: the document
 * @max: at most so many
 * @cells: receives their indices: all, or some from the first to the last
 *
 * Return: their number.
 */
size_t figure_cells(const struct report_view *v, size_t max, size_t *cells)
{
	size_t n = v->nr_cells < max ? v->nr_cells : max;
	size_t i;

	for (i = 0; i < n; i++)
		cells[i] = n > 1 ? i * (v->nr_cells - 1) / (n - 1) : 0;
	return n;
}
