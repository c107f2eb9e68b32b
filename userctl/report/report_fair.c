// SPDX-License-Identifier: GPL-2.0
/*
 * Who got how much: the threads of a lock, from the one with the least to the
 * one with the most, in parts of an equal share. The operations say how often a
 * thread was served, the time it held the lock how much of it there was; a lock
 * can be fair in one and not in the other (Patel et al., EuroSys 2020).
 */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "jpath.h"
#include "report_page.h"
#include "xalloc.h"

/* Only the most crowded cell of each panel, and not of too many panels. */
#define CELLS_MAX 4

static int by_number(const void *a, const void *b)
{
	double x = *(const double *)a;
	double y = *(const double *)b;

	return (x > y) - (x < y);
}

static bool is_worker(struct json_object *thread)
{
	return !strcmp(jpath_text_or(thread, "role", "worker"), "worker");
}

/* Adds what the threads of a run got, the least first: who that is may differ. */
static size_t add_run(struct json_object *run, const char *key, double **sums,
		      size_t n)
{
	struct json_object *threads = jpath_array(run, "threads");
	double *got = xcalloc(jpath_length(threads), sizeof(*got));
	size_t nr = 0;
	size_t i;

	for (i = 0; i < jpath_length(threads); i++) {
		struct json_object *t = json_object_array_get_idx(threads, i);
		double v;

		if (is_worker(t) && jpath_number(t, key, &v) && v >= 0)
			got[nr++] = chart_number(v);
	}
	qsort(got, nr, sizeof(*got), by_number);
	for (; n < nr; n++) {
		*sums = xrealloc(*sums, n + 1, sizeof(**sums));
		(*sums)[n] = 0;
	}
	for (i = 0; i < nr; i++)
		(*sums)[n - nr + i] += got[i];
	free(got);
	return n;
}

/**
 * fair_line() - The shares of the threads of a lock
 * @p: the lock in its cell
 * @key: of the threads
 * @points: receives the shares, ascending, in parts of the mean, those of one
 *	    rank in all runs together; to be freed
 *
 * Return: number of threads; 0 if they are not known or all have nothing.
 */
size_t fair_line(const struct report_point *p, const char *key,
		 struct chart_point **points)
{
	double *sums = NULL;
	double sum = 0;
	size_t n = 0;
	size_t i;

	for (i = 0; i < p->nr_runs; i++)
		n = add_run(p->runs[i], key, &sums, n);
	for (i = 0; i < n; i++)
		sum += sums[i];
	if (sum <= 0)
		n = 0;
	*points = xcalloc(n, sizeof(**points));
	for (i = 0; i < n; i++)
		(*points)[i] = (struct chart_point){ i + 1, sums[i] * n / sum,
						     NAN, NAN };
	free(sums);
	return n;
}

static void draw_chunk(struct report_page *p, const char *key,
		       const char *label, size_t cell, const size_t *locks,
		       size_t n)
{
	struct chart_line lines[CHART_STYLES] = { 0 };
	struct chart_lines c = {
		.x = { .label = "threads, from the least to the most served",
		       .unit = CHART_PLAIN },
		.y = { .label = label, .unit = CHART_COUNT },
		.mark = 1,
		.lines = lines,
	};
	double most = 1;
	size_t i;

	for (i = 0; i < n; i++) {
		const struct report_point *at =
			report_view_find(p->v, locks[i], cell);
		struct chart_line *line = &lines[c.n];

		line->n = fair_line(at, key, &line->points);
		if (line->n < 2) {
			free(line->points);
			continue;
		}
		line->name = p->v->locks[locks[i]];
		line->style = locks[i] % CHART_STYLES;
		most = fmax(most, line->points[line->n - 1].y);
		c.x.hi = fmax(c.x.hi, line->n);
		c.n++;
	}
	if (c.n) {
		c.x.lo = 1 - (c.x.hi - 1) * 0.03;
		c.x.hi += (c.x.hi - 1) * 0.03;
		c.y.hi = most * 1.08;
		figure_lines(p, p->v->cells[cell].title, &c);
	}
	for (i = 0; i < c.n; i++)
		free(lines[i].points);
}

/* The last cell of a panel on the axis, or every cell where there is none. */
static bool is_crowded(const struct report_view *v, size_t cell)
{
	size_t i;

	for (i = 0; v->axis && i < v->nr_cells; i++)
		if (v->cells[i].panel == v->cells[cell].panel &&
		    v->cells[i].x > v->cells[cell].x)
			return false;
	return true;
}

static void draw(struct report_page *p, const char *key, const char *label,
		 size_t *left_out)
{
	size_t locks[CHART_STYLES];
	size_t cells = 0;
	size_t i, k, chunk;

	for (i = 0; i < p->v->nr_cells; i++) {
		if (!is_crowded(p->v, i))
			continue;
		if (++cells > CELLS_MAX) {
			++*left_out;
			continue;
		}
		for (chunk = 0;
		     (k = figure_locks(p->v, i, false, chunk, locks)); chunk++)
			draw_chunk(p, key, label, i, locks, k);
	}
}

static bool has_any(const struct report_view *v)
{
	size_t i;

	for (i = 0; i < v->nr_points; i++)
		if (v->points[i].nr_runs &&
		    jpath_length(jpath_array(v->points[i].runs[0], "threads")) >
			    1)
			return true;
	return false;
}

/**
 * report_fair() - Put the shares of the threads on a page
 * @p: the page
 */
void report_fair(struct report_page *p)
{
	size_t left_out = 0;

	if (!has_any(p->v))
		return;
	figure_begin(p);
	draw(p, "ops", "operations (1 is an equal share)", &left_out);
	draw(p, "held_ns", "time held (1 is an equal share)", &left_out);
	figure_end(p, left_out,
		   "The flatter, the fairer. From the thread that got least in its run to "
		   "the one that got most, all repeats together; the dashed line is what "
		   "each would get of an equal division. Drawn for the right end of the "
		   "axis, where most is asked of the lock.");
}
