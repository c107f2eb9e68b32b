// SPDX-License-Identifier: GPL-2.0
/*
 * Throughput: lines over the axis of the document, a panel per combination of
 * the other parameters; bars where there is no such axis. Where the document
 * has a fit of the Universal Scalability Law (Gunther, Guerrilla Capacity
 * Planning, 2007), its curve is drawn beside the points and never instead of
 * them.
 */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/units.h"
#include "base/xalloc.h"
#include "report_page.h"

#define XTICKS_MAX 10

/* Distance of two lines at one place, in parts of the axis. */
#define APART 0.014

static const char label[] = "throughput (operations per second)";

static bool get(const struct report_point *p, const char *name, double *v)
{
	char path[64];

	snprintf(path, sizeof(path), "throughput.%s", name);
	return json_number(p->row, path, v);
}

/* The interval of 95 %, or else the range of the repeats, or nothing. */
static bool point_of(const struct report_point *p, double x,
		     struct chart_point *out)
{
	double runs = 1;

	*out = (struct chart_point){ .x = x, .lo = NAN, .hi = NAN };
	if (!get(p, "median", &out->y))
		return false;
	out->y = chart_number(out->y);
	json_number(p->row, "runs", &runs);
	if ((!get(p, "ci95.1", &out->lo) || !get(p, "ci95.2", &out->hi)) &&
	    (runs < 2 || !get(p, "min", &out->lo) || !get(p, "max", &out->hi)))
		out->hi = NAN;
	if (isnan(out->hi))
		out->lo = NAN;
	return true;
}

static int by_x(const void *a, const void *b)
{
	double x = ((const struct chart_point *)a)->x;
	double y = ((const struct chart_point *)b)->x;

	return (x > y) - (x < y);
}

static int by_number(const void *a, const void *b)
{
	double x = *(const double *)a;
	double y = *(const double *)b;

	return (x > y) - (x < y);
}

static void make_line(const struct report_view *v, size_t panel, size_t lock,
		      struct chart_line *line)
{
	size_t i;

	line->points = xcalloc(v->nr_points, sizeof(*line->points));
	for (i = 0; i < v->nr_points; i++) {
		const struct report_point *p = &v->points[i];
		const struct report_cell *cell = &v->cells[p->cell];

		if (p->lock == lock && cell->panel == panel &&
		    point_of(p, cell->x, &line->points[line->n]))
			line->n++;
	}
	qsort(line->points, line->n, sizeof(*line->points), by_x);
}

/* --- axes ----------------------------------------------------------------- */

static const char *label_of_x(const struct report_view *v)
{
	return v->threads ? "threads" : v->axis;
}

static enum chart_unit unit_of_x(const struct report_view *v)
{
	size_t len = strlen(v->axis);

	return len > 3 && !strcmp(v->axis + len - 3, "_ns") ? CHART_TIME :
							      CHART_PLAIN;
}

/* Places of the cells, each once. */
static size_t places(const struct report_view *v, double *at)
{
	size_t out = 0;
	size_t i;

	for (i = 0; i < v->nr_cells; i++)
		at[i] = v->cells[i].x;
	qsort(at, v->nr_cells, sizeof(*at), by_number);
	for (i = 0; i < v->nr_cells; i++)
		if (!i || at[i] != at[out - 1])
			at[out++] = at[i];
	return out;
}

static void make_x(const struct report_view *v, struct chart_axis *x,
		   const double *at, size_t n)
{
	double lo = at[0], hi = at[n - 1];

	*x = (struct chart_axis){ .label = label_of_x(v),
				  .unit = unit_of_x(v) };
	x->log = lo > 0 && hi >= 8 * lo;
	if (n <= XTICKS_MAX) {
		x->ticks = at;
		x->nr_ticks = n;
	}
	if (x->log) {
		x->lo = lo / pow(hi / lo, 0.03);
		x->hi = hi * pow(hi / lo, 0.03);
	} else {
		double air = hi > lo ? (hi - lo) * 0.04 : fabs(lo) / 2 + 1;

		x->lo = lo - air;
		x->hi = hi + air;
	}
}

/* Medians say what kind of axis it is, intervals only how far it goes. */
static void widen(struct chart_axis *y, const struct chart_point *p)
{
	if (isfinite(p->hi) && p->hi * 1.06 > y->hi)
		y->hi = chart_number(p->hi) * 1.06;
	if (y->log && isfinite(p->lo) && p->lo > 0 && p->lo / 1.25 < y->lo)
		y->lo = p->lo / 1.25;
}

/* One scale for all charts, so that they can be compared. */
static void make_y(const struct report_view *v, struct chart_axis *y)
{
	struct chart_point *points = xcalloc(v->nr_points, sizeof(*points));
	double *medians = xcalloc(v->nr_points, sizeof(*medians));
	size_t n = 0;
	size_t i;

	for (i = 0; i < v->nr_points; i++)
		if (point_of(&v->points[i], 0, &points[n])) {
			medians[n] = points[n].y;
			n++;
		}
	*y = (struct chart_axis){ .label = label, .unit = CHART_COUNT };
	chart_fit(y, medians, n);
	for (i = 0; i < n; i++)
		widen(y, &points[i]);
	free(medians);
	free(points);
}

/* Intervals at one place would hide each other, so each line has its own. */
static void move_apart(struct chart_line *line, const struct chart_axis *x,
		       double parts)
{
	size_t i;

	for (i = 0; i < line->n; i++) {
		struct chart_point *p = &line->points[i];

		if (x->log)
			p->x *= pow(x->hi / x->lo, parts);
		else
			p->x += (x->hi - x->lo) * parts;
	}
}

/* --- charts --------------------------------------------------------------- */

static bool draw_chunk(struct report_page *p, size_t panel,
		       const struct chart_axis *x, const struct chart_axis *y,
		       const size_t *locks, size_t n)
{
	struct chart_line lines[2 * CHART_STYLES] = { 0 };
	struct chart_lines c = { .x = *x, .y = *y, .mark = NAN, .lines = lines };
	bool fits = false;
	size_t i;

	for (i = 0; i < n; i++, c.n++) {
		lines[c.n].name = p->v->locks[locks[i]];
		lines[c.n].style = locks[i] % CHART_STYLES;
		make_line(p->v, panel, locks[i], &lines[c.n]);
		if (p->l.repeated)
			move_apart(&lines[c.n], x, (i - (n - 1) / 2.0) * APART);
	}
	for (i = 0; i < n && p->v->threads; i++) {
		lines[c.n].style = locks[i] % CHART_STYLES;
		fit_curve(p->v, panel, locks[i], x, &lines[c.n]);
		fits |= lines[c.n].n > 0;
		c.n += lines[c.n].n > 0;
	}
	figure_chart(p, p->v->panels[panel], &c, NULL);
	for (i = 0; i < c.n; i++)
		free(lines[i].points);
	return fits;
}

static void end(struct report_page *p, size_t left_out, bool fits)
{
	char text[512];

	snprintf(text, sizeof(text),
		 "How many operations all threads together complete. Higher is better."
		 "%s%s%s",
		 !p->l.repeated ?
			 "" :
		 p->v->axis ?
			 " Points are medians over the repeats, drawn a little apart, thin "
			 "lines " :
			 " Bars are medians over the repeats, thin lines ",
		 !p->l.repeated ? "" :
		 p->l.intervals ? "their 95 % intervals." :
				  "their range.",
		 fits ? " Thin dotted curves are a fit, not a measurement: the Universal "
			"Scalability Law." :
			"");
	figure_end(p, left_out, text);
}

static void draw_lines(struct report_page *p)
{
	const struct report_view *v = p->v;
	double *at = xcalloc(v->nr_cells, sizeof(*at));
	size_t locks[CHART_STYLES];
	struct chart_axis x, y;
	bool fits = false;
	size_t i, n, chunk;

	make_x(v, &x, at, places(v, at));
	make_y(v, &y);
	figure_begin(p);
	for (i = 0; i < v->nr_panels; i++) {
		size_t cell;

		for (cell = 0; v->cells[cell].panel != i; cell++)
			;
		for (chunk = 0; (n = figure_locks(v, cell, true, chunk, locks));
		     chunk++)
			fits |= draw_chunk(p, i, &x, &y, locks, n);
	}
	end(p, 0, fits);
	free(at);
}

static bool bar_of(const struct report_point *at, struct chart_bar *b,
		   const void *arg)
{
	struct chart_point pt;
	char text[UNITS_MAX];

	(void)arg;
	if (!point_of(at, 0, &pt))
		return false;
	b->parts[0] = pt.y;
	b->lo = pt.lo;
	b->hi = pt.hi;
	snprintf(b->note, sizeof(b->note), "%s%s%.20s", units_count(text, pt.y),
		 row_is_ok(at->row) ? "" : " ",
		 row_is_ok(at->row) ? "" :
				      json_text_or(at->row, "verdict", "?"));
	return true;
}

/**
 * report_speed() - Put charts of throughput on a page
 * @p: the page
 *
 * Its first chart is what a page can open with; then the others go on.
 */
void report_speed(struct report_page *p)
{
	static const char *const one[] = { "" };
	struct chart_bars c = { .x = { .label = label, .unit = CHART_COUNT },
				.names = one,
				.nr_parts = 1,
				.air = 1.06 };
	size_t drawn = p->pictures;

	if (p->v->axis)
		draw_lines(p);
	else
		end(p, figure_bars(p, &c, bar_of, NULL), false);
	p->from = p->to == 1 ? p->pictures - drawn : 0;
	p->to = PAGE_CHARTS_MAX;
}
