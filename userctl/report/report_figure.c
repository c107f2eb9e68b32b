// SPDX-License-Identifier: GPL-2.0
/*
 * Figures of a page. A figure is one or more charts beside each other that are
 * read in the same way, and a sentence that says how. What does not fit is
 * named below it, never just missing.
 */
#include <stdlib.h>
#include <string.h>

#include "report_html.h"
#include "report_page.h"
#include "units.h"
#include "xalloc.h"

/**
 * figure_begin() - Start a figure
 * @p: the page
 */
void figure_begin(struct report_page *p)
{
	fputs("<figure>\n<div class=\"charts\">\n", p->f);
}

/* Takes the script, and the text for those who cannot see the picture. */
static void put_picture(struct report_page *p, const char *title,
			const char *script, size_t len, const char *label)
{
	char *svg = NULL;
	char id[24];

	if (p->failed)
		return;
	if (!gnuplot_run(script, len, &svg, &p->m)) {
		p->failed = true;
		return;
	}
	snprintf(id, sizeof(id), "picture-%u", ++p->pictures);
	fputs("<div class=\"chart\">", p->f);
	if (*title)
		html_element(p->f, "<h3>", title, "</h3>");
	fputs("<div class=\"scroll\" tabindex=\"0\">\n", p->f);
	if (!svg_put(p->f, svg, id, label)) {
		p->failed = true;
		msg_set(&p->m, "gnuplot printed no SVG");
	}
	fputs("</div></div>\n", p->f);
	free(svg);
}

static FILE *open_text(char **text, size_t *len)
{
	FILE *f = open_memstream(text, len);

	if (!f)
		err(ST_BAD, "out of memory");
	return f;
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

static char *label_of_lines(const struct chart_lines *c, const char *title)
{
	const char *sep = " At the right end: ";
	char *text;
	size_t len;
	FILE *f = open_text(&text, &len);
	size_t i;

	fprintf(f, "Chart of lines: %s against %s", c->y.label, c->x.label);
	fprintf(f, *title ? "; %s." : ".%s", title);
	for (i = 0; i < c->n; i++) {
		const struct chart_line *line = &c->lines[i];

		if (!line->name || !line->n)
			continue;
		fprintf(f, "%s%s ", sep, line->name);
		put_value(f, c->y.unit, line->points[line->n - 1].y);
		sep = ", ";
	}
	fclose(f);
	return text;
}

/**
 * figure_lines() - Add a chart of lines to a figure
 * @p: the page
 * @title: stands above it; may be empty
 * @c: the chart, with the ends of its axes
 */
void figure_lines(struct report_page *p, const char *title,
		  const struct chart_lines *c)
{
	char *label = label_of_lines(c, title);
	char *script;
	size_t len;
	FILE *f = open_text(&script, &len);

	chart_put_lines(f, c);
	fclose(f);
	put_picture(p, title, script, len, label);
	free(script);
	free(label);
}

static char *label_of_bars(const struct chart_bars *c, const char *title)
{
	char *text;
	size_t len;
	FILE *f = open_text(&text, &len);
	size_t i, j;

	fprintf(f, "Chart of bars: %s", c->x.label);
	fprintf(f, *title ? "; %s." : ".%s", title);
	for (i = 0; i < c->n; i++) {
		fprintf(f, " %s:", c->bars[i].name);
		for (j = 0; j < c->nr_parts; j++) {
			fprintf(f, "%s %s ", j ? "," : "",
				c->nr_parts > 1 ? c->names[j] : "");
			put_value(f, c->x.unit, c->bars[i].parts[j]);
		}
		fputs(i + 1 < c->n ? ";" : ".", f);
	}
	fclose(f);
	return text;
}

/**
 * figure_bars() - Add a chart of bars to a figure
 * @p: the page
 * @title: stands above it; may be empty
 * @c: the chart, with the ends of its axis
 */
void figure_bars(struct report_page *p, const char *title,
		 const struct chart_bars *c)
{
	char *label = label_of_bars(c, title);
	char *script;
	size_t len;
	FILE *f = open_text(&script, &len);

	chart_put_bars(f, c);
	fclose(f);
	put_picture(p, title, script, len, label);
	free(script);
	free(label);
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
