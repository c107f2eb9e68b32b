// SPDX-License-Identifier: GPL-2.0
/*
 * How long requests waited: a curve of percentiles per lock, from the buckets of
 * all repeats together. The scale to the right gives each further nine of the
 * percentage the same room, because the rare long waits are what locks differ
 * in. Gil Tene's HdrHistogram draws its percentiles in this way.
 */
#include <math.h>

#include "hist_json.h"
#include "jpath.h"
#include "report_page.h"
#include "xalloc.h"

/* Points closer than this, in nines, are not drawn apart. */
#define STEP 0.02

static bool merge(const struct report_point *p, const char *name,
		  struct hist *h, double *max)
{
	char key[64];
	size_t i;

	*max = 0;
	for (i = 0; i < p->nr_runs; i++) {
		double m;

		snprintf(key, sizeof(key), "latency.%s.buckets", name);
		if (!hist_add_json(h, jpath_array(p->runs[i], key)))
			return false;
		snprintf(key, sizeof(key), "latency.%s.max", name);
		if (jpath_number(p->runs[i], key, &m) && m > *max)
			*max = m;
	}
	return h->count > 0;
}

/**
 * waits_curve() - The curve of percentiles of a histogram
 * @h: the histogram
 * @max: its largest value; 0: not known
 * @points: receives the curve: x is -log10(1 - share), y the nanoseconds below
 *	    which that share of the values is, at least 1; to be freed
 *
 * Return: number of points.
 */
size_t waits_curve(const struct hist *h, double max,
		   struct chart_point **points)
{
	struct chart_point *p = xcalloc(h->n + 1, sizeof(*p));
	double seen = 0;
	size_t n = 0;
	size_t i;

	for (i = 0; i < h->n; i++) {
		const struct hist_bucket *b = &h->buckets[i];
		double last = b->upper > b->lower ? b->upper - 1 : b->lower;
		double y = ((double)b->lower + last) / 2;
		double x;

		/* Where the values of this bucket begin, and the last one ends. */
		x = -log10(1 - seen / h->count);
		seen += b->count;
		if (n && i + 1 < h->n && x - p[n - 1].x < STEP)
			continue;
		p[n++] = (struct chart_point){ x, y < 1 ? 1 : y, NAN, NAN };
	}
	if (n && max >= 1)
		p[n - 1].y = max;
	*points = p;
	return n;
}

static const char *label_of(const char *name)
{
	return *name == 'r' ? "response time" : "wait for the lock";
}

static void draw_chunk(struct report_page *p, const char *name, size_t cell,
		       const size_t *locks, size_t n)
{
	struct chart_line lines[CHART_STYLES] = { 0 };
	struct chart_lines c = {
		.x = { .label = "percentage of requests", .unit = CHART_NINES },
		.y = { .label = label_of(name),
		       .unit = CHART_TIME,
		       .log = true },
		.mark = NAN,
		.lines = lines,
	};
	double ends[2 * CHART_STYLES];
	size_t nr = 0;
	size_t i;

	for (i = 0; i < n; i++) {
		const struct report_point *at =
			report_view_find(p->v, locks[i], cell);
		struct chart_line *line = &lines[c.n];
		struct hist h = { 0 };
		double max;

		if (merge(at, name, &h, &max))
			line->n = waits_curve(&h, max, &line->points);
		hist_free(&h);
		if (!line->n)
			continue;
		line->name = p->v->locks[locks[i]];
		line->style = locks[i] % CHART_STYLES;
		ends[nr++] = line->points[0].y;
		ends[nr++] = line->points[line->n - 1].y;
		c.x.hi = fmax(c.x.hi, line->points[line->n - 1].x);
		c.n++;
	}
	if (c.n) {
		c.x.hi = fmax(c.x.hi, 1);
		chart_fit(&c.y, ends, nr);
		figure_lines(p, p->v->cells[cell].title, &c);
	}
	for (i = 0; i < c.n; i++)
		free(lines[i].points);
}

static bool has_any(const struct report_view *v, const char *name)
{
	char key[64];
	size_t i;

	snprintf(key, sizeof(key), "latency.%s.buckets", name);
	for (i = 0; i < v->nr_points; i++)
		if (v->points[i].nr_runs &&
		    jpath_length(jpath_array(v->points[i].runs[0], key)))
			return true;
	return false;
}

static void draw(struct report_page *p, const char *name)
{
	size_t cells[PAGE_CHARTS_MAX], locks[CHART_STYLES];
	size_t per_cell = (p->v->nr_locks + CHART_STYLES - 1) / CHART_STYLES;
	size_t max = PAGE_CHARTS_MAX / per_cell ? PAGE_CHARTS_MAX / per_cell :
						  1;
	size_t n = figure_cells(p->v, max, cells);
	size_t i, k, chunk;

	figure_begin(p);
	for (i = 0; i < n; i++)
		for (chunk = 0;
		     (k = figure_locks(p->v, cells[i], false, chunk, locks));
		     chunk++)
			draw_chunk(p, name, cells[i], locks, k);
	figure_end(p, (p->v->nr_cells - n) * per_cell,
		   "Lower is better, and a line that stays flat to the right. Where a "
		   "line crosses 99 %, one request in a hundred waited longer than "
		   "the time at the left, which is logarithmic. All repeats together.");
}

/**
 * report_waits() - Put the distributions of waiting times on a page
 * @p: the page
 */
void report_waits(struct report_page *p)
{
	static const char *const names[] = { "acquire_ns", "response_ns" };
	size_t i;

	for (i = 0; i < 2; i++)
		if (has_any(p->v, names[i]))
			draw(p, names[i]);
}
