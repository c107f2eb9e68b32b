// SPDX-License-Identifier: GPL-2.0
/*
 * When to stop measuring (-n auto). After each round the document is summed up
 * as it would be at the end, and every lock that is not known well enough in
 * a cell runs in one more round there, together with the reference lock that
 * it is compared with, so that the two stand in the same rounds.
 *
 * What must be narrow is the 95 % interval of the ratio to the reference; for
 * the reference itself, and where there is nothing to compare with, that of the
 * throughput. Narrow means: half its width, divided by the value, is at most
 * the precision asked for. A lock that was precise and is not any more, because
 * its reference has run on, runs again: in the end the intervals of the
 * document are what was promised. A lock without one good run in the first
 * ROUNDS_MIN is not waited for.
 *
 * Stopping as soon as an interval is narrow prefers samples that happen to have
 * a small spread, so intervals made in this way cover the true value less often
 * than the nominal 95 % (Anscombe, Large-sample theory of sequential estimation,
 * Proc. Cambridge Phil. Soc. 48, 1952, shows that the difference vanishes as the
 * precision gets finer). The minimum number of rounds bounds the damage.
 * Pure.
 */
#include <string.h>

#include "jpath.h"
#include "rounds.h"

static const char *const words[] = {
	[ROUNDS_GO_ON] = NULL,
	[ROUNDS_PRECISION] = "precision",
	[ROUNDS_MAX_TIME] = "max_time",
	[ROUNDS_MAX_ROUNDS] = "max_rounds",
};

/**
 * rounds_end_word() - Word of the JSON for the reason of an end
 * @end: the reason
 *
 * Return: the word; NULL for ROUNDS_GO_ON.
 */
const char *rounds_end_word(enum rounds_end end)
{
	return words[end];
}

/* Half the width of @interval over @value, or -1. */
static double half_width(struct json_object *row, const char *value,
			 const char *lo, const char *hi)
{
	double v, a, b;

	if (!jpath_number(row, value, &v) || !jpath_number(row, lo, &a) ||
	    !jpath_number(row, hi, &b) || v <= 0 || b < a)
		return -1;
	return (b - a) / 2 / v;
}

static bool has_ratio(struct json_object *row)
{
	const char *verdict = jpath_text(row, "ratio.verdict");

	return verdict && strcmp(verdict, "reference") != 0;
}

/**
 * rounds_half_width() - How well is a row of the summary known?
 * @row: the row
 *
 * Return: half the width of the interval of its ratio over that ratio; of its
 * throughput, where nothing is compared; below 0 if there is no interval.
 */
double rounds_half_width(struct json_object *row)
{
	if (has_ratio(row))
		return half_width(row, "ratio.value", "ratio.ci95.1",
				  "ratio.ci95.2");
	return half_width(row, "throughput.median", "throughput.ci95.1",
			  "throughput.ci95.2");
}

/* No good run after so many: it is not the number of rounds that is wrong. */
static bool is_hopeless(struct json_object *row)
{
	double runs = 0, ok = 0;

	jpath_number(row, "runs", &runs);
	jpath_number(row, "ok", &ok);
	return runs >= ROUNDS_MIN && !ok;
}

static size_t index_of(const struct axis *locks, const char *name)
{
	size_t i;

	for (i = 0; i < locks->n; i++)
		if (name && !strcmp(locks->values[i], name))
			break;
	return i;
}

static void judge_row(struct rounds *r, struct json_object *row,
		      const struct axes *axes, const struct plan *plan,
		      bool *wanted)
{
	const struct axis *locks = &axes->axis[PARAM_lock];
	size_t lock = index_of(locks, jpath_text(row, "lock"));
	size_t ref = index_of(locks, jpath_text(row, "ratio.reference"));
	double half = rounds_half_width(row);
	double cell = -1;
	bool *of_cell;

	if (!jpath_number(row, "cell", &cell) || cell < 0 ||
	    cell >= plan->nr_cells || lock == locks->n || is_hopeless(row))
		return;
	if (half < 0 || r->reached < 0)
		r->reached = -1;
	else if (half > r->reached)
		r->reached = half;
	if (half >= 0 && half <= r->precision)
		return;
	of_cell = wanted + (size_t)cell * plan->nr_locks;
	of_cell[lock] = true;
	if (ref < locks->n)
		of_cell[ref] = true;
}

/**
 * rounds_wanted() - Who has to run once more?
 * @r: what is asked for; gets @reached
 * @doc: document with its summary
 * @axes: the values of the sweep
 * @plan: the runs so far
 * @wanted: receives for each cell one element per lock: is another run needed?
 *
 * Return: number of runs that are needed, 0: all is known well enough.
 */
size_t rounds_wanted(struct rounds *r, struct json_object *doc,
		     const struct axes *axes, const struct plan *plan,
		     bool *wanted)
{
	struct json_object *rows = jpath_array(doc, "summary");
	size_t n = plan->nr_cells * plan->nr_locks;
	size_t count = 0;
	size_t i;

	memset(wanted, 0, n * sizeof(*wanted));
	r->reached = 0;
	for (i = 0; i < jpath_length(rows); i++)
		judge_row(r, json_object_array_get_idx(rows, i), axes, plan,
			  wanted);
	for (i = 0; i < n; i++) {
		wanted[i] &= plan->runs[i];
		count += wanted[i];
	}
	return count;
}
