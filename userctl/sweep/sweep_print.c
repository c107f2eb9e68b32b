// SPDX-License-Identifier: GPL-2.0
/* A sweep that is only shown: its matrix, and how long it would take. */
#include <err.h>
#include <inttypes.h>
#include <libsmartcols.h>
#include <stdio.h>
#include <stdlib.h>

#include "out.h"
#include "out_fit.h"
#include "status.h"
#include "sweep.h"
#include "units.h"

static void print_sum(const struct sweep *sw, FILE *f)
{
	const struct plan *plan = &sw->plan;
	size_t all = plan->nr_cells * plan->nr_locks * plan->nr_reps;
	char time[UNITS_MAX];

	fprintf(f, "%zu cells x %zu locks x %zu repeats", plan->nr_cells,
		plan->nr_locks, plan->nr_reps);
	if (all > plan->nr_steps)
		fprintf(f, " - %zu left out", all - plan->nr_steps);
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
	struct libscols_table *tb = out_new_table(f);
	const char *values[NR_PARAMS];
	struct out_keys keys = { .before = 2 };
	size_t i, j;

	scols_table_new_column(tb, "run", 0, SCOLS_FL_RIGHT);
	scols_table_new_column(tb, "repeat", 0, SCOLS_FL_RIGHT);
	for (i = 0; i < NR_PARAMS; i++) {
		if (i == PARAM_lock || sw->axes.axis[i].n <= 1)
			continue;
		scols_table_new_column(tb, params[i].name, 0, SCOLS_FL_RIGHT);
		keys.axes++;
	}
	scols_table_new_column(tb, "lock", 0, 0);
	keys.front = keys.before + keys.axes + 1;
	for (j = 0; j < plan->nr_steps; j++) {
		const struct plan_step *step = &plan->steps[j];
		struct libscols_line *line = scols_table_new_line(tb, NULL);
		char number[24];
		size_t n = 0;

		out_fit_cell(line, step->cell);
		snprintf(number, sizeof(number), "%zu", j + 1);
		scols_line_set_data(line, n++, number);
		snprintf(number, sizeof(number), "%" PRIu32, step->rep + 1);
		scols_line_set_data(line, n++, number);
		sweep_values(sw, step, values);
		for (i = 0; i < NR_PARAMS; i++) {
			const char *value = values[i];

			if (i != PARAM_lock && sw->axes.axis[i].n > 1)
				scols_line_set_data(line, n++,
						    value ? value : "-");
		}
		scols_line_set_data(line, n, values[PARAM_lock]);
	}
	out_end_fitted(tb, &keys);
	print_constants(sw, f);
	if (sw->rounds.on)
		print_range(sw, f);
	else
		print_sum(sw, f);
}
