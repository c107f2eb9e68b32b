// SPDX-License-Identifier: GPL-2.0
/* A sweep that is only shown: its matrix, and how long it would take. */
#include <err.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/status.h"
#include "base/units.h"
#include "sweep.h"
#include "table/grid.h"
#include "table/out.h"

static void print_sum(const struct sweep *sw, FILE *f)
{
	const struct plan *plan = &sw->plan;
	size_t all = plan->nr_cells * plan->nr_locks * plan->nr_reps;
	size_t sentinels = plan_nr_sentinels(plan);
	char time[UNITS_MAX];

	fprintf(f, "%zu cells x %zu locks x %zu repeats", plan->nr_cells,
		plan->nr_locks, plan->nr_reps);
	if (all > plan->nr_steps - sentinels)
		fprintf(f, " - %zu left out",
			all - (plan->nr_steps - sentinels));
	if (sentinels)
		fprintf(f, " + %zu of the sentinel", sentinels);
	fprintf(f, " = %zu runs, at least %s\n", plan->nr_steps,
		units_duration(time, sweep_nominal_ms(sw, 0, NULL) / 1e3));
}

/* The rounds that there will be in any case, and the end in any case. */
static void print_range(const struct sweep *sw, FILE *f)
{
	const struct plan *plan = &sw->plan;
	double least = sweep_nominal_ms(sw, 0, NULL) / 1e3;
	double most = least / plan->nr_reps * sw->rounds.max_rounds;
	char from[UNITS_MAX], to[UNITS_MAX];

	if (most > sw->rounds.max_time_s)
		most = sw->rounds.max_time_s;
	if (most < least)
		most = least;
	fprintf(f,
		"%zu cells x %zu locks, %zu to %zu rounds: at least %zu runs, ",
		plan->nr_cells, plan->nr_locks, plan->nr_reps,
		sw->rounds.max_rounds, plan->nr_steps);
	fprintf(f, "between %s and %s\n", units_duration(from, least),
		units_duration(to, most));
}

static void print_constants(const struct sweep *sw, FILE *f)
{
	size_t at = out_words(f, "constant:", 0);
	char *text;
	size_t i;

	for (i = 0; i < NR_PARAMS; i++) {
		if (i == PARAM_lock || sw->axes.axis[i].n != 1)
			continue;
		if (asprintf(&text, "%s=%s", params[i].name,
			     sw->axes.axis[i].values[0]) < 0)
			errx(ST_BAD, "out of memory");
		at = out_words(f, text, at);
		free(text);
	}
	fputc('\n', f);
}

/**
 * sweep_print() - Print the matrix instead of running it
 * @sw: planned sweep
 * @f: stream to print on
 */
void sweep_print(const struct sweep *sw, FILE *f)
{
	const struct plan *plan = &sw->plan;
	const char *values[NR_PARAMS];
	struct grid g;
	size_t i, j;

	grid_start(&g, f);
	grid_column(&g, "run", GRID_KEY | GRID_RIGHT);
	grid_column(&g, "repeat", GRID_KEY | GRID_RIGHT);
	for (i = 0; i < NR_PARAMS; i++)
		if (i != PARAM_lock && sw->axes.axis[i].n > 1)
			grid_column(&g, params[i].name, GRID_AXIS);
	grid_column(&g, "lock", GRID_KEY);
	for (j = 0; j < plan->nr_steps; j++) {
		const struct plan_step *step = &plan->steps[j];

		grid_row(&g, NULL, step->cell);
		grid_format(&g, "%zu", j + 1);
		grid_format(&g, "%" PRIu32, step->rep + 1);
		sweep_values(sw, step, values);
		for (i = 0; i < NR_PARAMS; i++)
			if (i != PARAM_lock && sw->axes.axis[i].n > 1)
				grid_text(&g, values[i] ? values[i] : "-");
		grid_text(&g, sweep_lock(sw, step));
	}
	grid_end_fitted(&g);
	print_constants(sw, f);
	if (sw->rounds.on)
		print_range(sw, f);
	else
		print_sum(sw, f);
}
