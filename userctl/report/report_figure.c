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
 */
void figure_begin(struct report_page *p)
{
	fputs("<figure>\n<div class=\"charts\">\n", p->f);
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
		fprintf(f, " %s:", c->bars[i].name);
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
 */
void figure_chart(struct report_page *p, const char *title,
		  const struct chart_lines *lines,
		  const struct chart_bars *bars)
{
	char *script, *label;
	size_t len, unused;
	FILE *s = xmemstream(&script, &len);
	FILE *l = xmemstream(&label, &unused);

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
static void put_lines(struct report_page *p, const struct figure_lines *t,
		      size_t cell, const size_t *locks, size_t n)
{
	struct chart_line lines[CHART_STYLES] = { 0 };
	struct chart_lines c = {
		.x = t->x,
		.y = t->y,
		.mark = t->mark,
		.lines = lines,
	};
	size_t i;

	for (i = 0; i < n; i++) {
		struct chart_line *line = &lines[c.n];

		line->n = t->points(report_view_find(p->v, locks[i], cell),
				    t->key, &line->points);
		if (!line->n)
			continue;
		line->name = p->v->locks[locks[i]];
		line->style = locks[i] % CHART_STYLES;
		c.n++;
	}
	if (c.n) {
		t->fit(&c);
		figure_chart(p, p->v->cells[cell].title, &c, NULL);
	}
	for (i = 0; i < c.n; i++)
		free(lines[i].points);
}

/**
 * figure_lines() - Add charts of a cell to a figure, with a line per lock
 * @p: the page
 * @t: what they show
 * @cell: index of the cell
 */
void figure_lines(struct report_page *p, const struct figure_lines *t,
		  size_t cell)
{
	size_t locks[CHART_STYLES];
	size_t n, chunk;

	for (chunk = 0; (n = figure_locks(p->v, cell, false, chunk, locks));
	     chunk++)
		put_lines(p, t, cell, locks, n);
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

/**
 * figure_bars() - A figure of charts with a bar per lock, one for each cell
 * @p: the page
 * @c: the charts: names of parts, and the axis without its ends
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
	const struct report_view *v = p->v;
	size_t cells[PAGE_CHARTS_MAX];
	size_t n = figure_cells(v, PAGE_CHARTS_MAX, cells);
	const struct report_point *at;
	size_t i, j;

	c->bars = xcalloc(v->nr_locks, sizeof(*c->bars));
	figure_begin(p);
	for (i = 0; i < n; i++) {
		for (j = 0, c->n = 0; j < v->nr_locks; j++) {
			struct chart_bar *b = &c->bars[c->n];

			*b = (struct chart_bar){ .name = v->locks[j],
						 .lo = NAN,
						 .hi = NAN };
			at = report_view_find(v, j, cells[i]);
			c->n += at && bar(at, b, arg);
		}
		c->x.hi = c->rest ? 1 : longest(c) * c->air;
		if (c->n && c->x.hi > 0)
			figure_chart(p, v->cells[cells[i]].title, NULL, c);
	}
	free(c->bars);
	return v->nr_cells - n;
}

/**
 * figure_end() - End a figure
 * @p: the page
 * @left_out: so many charts of its kind are not there
 * @text: how to read it
 */
void figure_end(struct report_page *p, size_t left_out, const char *text)
{
	html_element(p->f, "</div>\n<figcaption>", text, "");
	if (left_out)
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
