// SPDX-License-Identifier: GPL-2.0
/* A sweep that is only shown: its matrix, and how long it would take. */
#include <stdio.h>

#include "base/units.h"
#include "base/xalloc.h"
#include "sweep.h"
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

/* "hold: 500 ns, 2 us", or of all that do not vary "constant: hold=2 us ..." */
static void print_values(const struct sweep *sw, bool vary, FILE *f)
{
	size_t at = vary ? 0 : out_words(f, "constant:", 0);
	char value[UNITS_MAX];
	const char *shown;
	size_t i, j;
	char *text;

	for (i = 0; i < NR_PARAMS; i++) {
		const struct axis *axis = &sw->axes.axis[i];

		/* What is empty is left to the module. */
		if (!axis->n || !*axis->values[0] ||
		    (axis->n > 1 || i == PARAM_lock) != vary)
			continue;
		for (j = 0; j < axis->n; j++) {
			shown = params_show(i, axis->values[j], value);
			if (!vary)
				text = xasprintf("%s=%s", params_option(i),
						 shown);
			else
				text = xasprintf("%s%s", shown,
						 j + 1 < axis->n ? "," : "");
			if (vary && !j)
				at = fprintf(f, "%s:", params_option(i));
			at = out_words(f, text, at);
			free(text);
		}
		if (vary)
			fputc('\n', f);
	}
	if (!vary)
		fputc('\n', f);
}

/**
 * sweep_print() - Print the matrix instead of running it
 * @sw: planned sweep
 * @f: stream to print on
 */
void sweep_print(const struct sweep *sw, FILE *f)
{
	print_values(sw, true, f);
	print_values(sw, false, f);
	if (sw->rounds.on)
		print_range(sw, f);
	else
		print_sum(sw, f);
}
