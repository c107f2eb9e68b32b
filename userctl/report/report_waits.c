// SPDX-License-Identifier: GPL-2.0
/*
 * How long requests waited: a curve of percentiles per lock, from the buckets of
 * all repeats together. The scale to the right gives each further nine of the
 * percentage the same room, because the rare long waits are what locks differ
 * in. Gil Tene's HdrHistogram draws its percentiles in this way.
 */
#include <float.h>
#include <math.h>

#include "base/xalloc.h"
#include "report_page.h"
#include "result/hist_json.h"

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
		if (!hist_add_json(h, json_array(p->runs[i], key)))
			return false;
		snprintf(key, sizeof(key), "latency.%s.max", name);
		if (json_number(p->runs[i], key, &m) && m > *max)
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

		/*
		 * Where the values of this bucket begin, and the last one ends.
		 * Some are left, even if a double cannot tell.
		 */
		x = -log10(1 - fmin(seen / h->count, 1 - DBL_EPSILON));
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

static size_t points_of(const struct report_point *at, const char *name,
			struct chart_point **points)
{
	struct hist h = { 0 };
	size_t n = 0;
	double max;

	if (merge(at, name, &h, &max))
		n = waits_curve(&h, max, points);
	hist_free(&h);
	return n;
}

static bool has_any(const struct report_view *v, const char *name)
{
	char key[64];
	size_t i;

	snprintf(key, sizeof(key), "latency.%s.buckets", name);
	for (i = 0; i < v->nr_points; i++)
		if (v->points[i].nr_runs &&
		    json_length(json_array(v->points[i].runs[0], key)))
			return true;
	return false;
}

static void draw(struct report_page *p, const char *name)
{
	struct figure_lines t = {
		.x = { .label = "requests (%)", .unit = CHART_NINES },
		.y = { .label = *name == 'r' ? "response time" :
					       "wait for the lock",
		       .unit = CHART_TIME,
		       .log = true },
		.mark = NAN,
		.key = name,
		.points = points_of,
	};
	struct chart_point ends[2] = { { NAN, NAN, NAN, NAN },
				       { NAN, NAN, NAN, NAN } };
	size_t per_cell = (p->v->nr_locks + CHART_STYLES - 1) / CHART_STYLES;
	size_t max = PAGE_CHARTS_MAX / per_cell ? PAGE_CHARTS_MAX / per_cell :
						  1;
	size_t cells[PAGE_CHARTS_MAX];
	size_t n = figure_cells(p->v, max, cells);
	size_t i;

	for (i = 0; i < n; i++)
		figure_reach(p, &t, cells[i], ends);
	t.x.hi = fmax(1, ends[1].x);
	chart_fit(&t.y, (double[]){ ends[0].y, ends[1].y }, 2);
	figure_begin(p);
	for (i = 0; i < n; i++)
		figure_lines(p, &t, cells[i]);
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
