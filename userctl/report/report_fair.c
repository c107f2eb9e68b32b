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

#include "base/xalloc.h"
#include "report_page.h"

/* Only the most crowded cell of each panel, and not of too many panels. */
#define CELLS_MAX 4

/* In parts of an equal share; less is not seen. */
#define SHARES_APART 0.1

static int by_number(const void *a, const void *b)
{
	double x = *(const double *)a;
	double y = *(const double *)b;

	return (x > y) - (x < y);
}

static bool is_worker(struct json_object *thread)
{
	return !strcmp(json_text_or(thread, "role", "worker"), "worker");
}

/* Adds what the threads of a run got, the least first: which thread that is may differ. */
static size_t add_run(struct json_object *run, const char *key, double **sums,
		      size_t n)
{
	struct json_object *t;
	struct json_object *threads = json_array(run, "threads");
	double *got = xcalloc(json_length(threads), sizeof(*got));
	size_t nr = 0;
	size_t i;

	json_for_each(i, t, threads) {
		double v;

		if (is_worker(t) && json_number(t, key, &v) && v >= 0)
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

static size_t points_of(const struct report_point *at, const char *key,
			struct chart_point **points)
{
	size_t n = fair_line(at, key, points);

	if (n > 1)
		return n;
	free(*points);
	return 0;
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

static const struct figure_lines operations = {
	.x = { .label = "threads, from the least to the most served",
	       .unit = CHART_PLAIN },
	.y = { .label = "operations (1 is an equal share)",
	       .unit = CHART_COUNT },
	.mark = 1,
	.key = "ops",
	.points = points_of,
};

static size_t crowded_cells(const struct report_view *v, size_t *cells)
{
	size_t i, n = 0;

	for (i = 0; i < v->nr_cells; i++)
		if (is_crowded(v, i) && n++ < CELLS_MAX)
			cells[n - 1] = i;
	return n;
}

/* Do all threads hold the lock for as long as they are served often? */
static bool same_shares(const struct report_point *at)
{
	struct chart_point *ops, *held;
	size_t n = fair_line(at, "ops", &ops);
	size_t i, m = fair_line(at, "held_ns", &held);
	bool same = true;

	for (i = 0; i < n && i < m; i++)
		same &= fabs(ops[i].y - held[i].y) < SHARES_APART;
	free(ops);
	free(held);
	return same;
}

static bool held_differs(const struct report_view *v, const size_t *cells,
			 size_t n)
{
	size_t i, j;

	for (i = 0; i < v->nr_points; i++)
		for (j = 0; j < n; j++)
			if (v->points[i].cell == cells[j] &&
			    !same_shares(&v->points[i]))
				return true;
	return false;
}

static void fit(struct figure_lines *t, const struct chart_point ends[2])
{
	double air = (ends[1].x - 1) * 0.03;

	t->x.lo = 1 - air;
	t->x.hi = ends[1].x + air;
	t->y.hi = fmax(1, ends[1].y) * 1.08;
}

/**
 * report_fair() - Put the shares of the threads on a page
 * @p: the page
 *
 * The time held only where it is another picture than the operations.
 */
void report_fair(struct report_page *p)
{
	struct figure_lines t[2] = { operations, operations };
	struct chart_point ends[2] = { { NAN, NAN, NAN, NAN },
				       { NAN, NAN, NAN, NAN } };
	size_t cells[CELLS_MAX];
	size_t all = crowded_cells(p->v, cells);
	size_t n = all < CELLS_MAX ? all : CELLS_MAX;
	size_t charts, i;

	t[1].key = "held_ns";
	t[1].y.label = "time held (1 is an equal share)";
	charts = 1 + held_differs(p->v, cells, n);
	for (i = 0; i < charts * n; i++)
		figure_reach(p, &t[i / n], cells[i % n], ends);
	figure_begin(p);
	for (i = 0; i < charts * n; i++) {
		fit(&t[i / n], ends);
		figure_lines(p, &t[i / n], cells[i % n]);
	}
	figure_end(p, charts * (all - n),
		   "The flatter, the fairer. From the thread that got least in its run to "
		   "the one that got most, all repeats together; the dashed line is what "
		   "each would get of an equal division. Drawn for the right end of the "
		   "axis, where most is asked of the lock.");
}
