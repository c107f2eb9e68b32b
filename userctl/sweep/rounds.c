// SPDX-License-Identifier: GPL-2.0
/*
 * When to stop measuring (-n auto). After each round every lock that is not known
 * well enough in a cell runs in one more round there, together with the
 * reference lock that it is compared with, so that the two stand in the same
 * rounds.
 *
 * What must be narrow is the 95 % interval of the ratio to the reference. The
 * throughput itself must be known only where no ratio tells anything: of a lock
 * that is alone in its cell. That of a reference is not waited for: a machine
 * that drifts keeps it wide, and is in none of the ratios. Narrow means: half
 * the width, divided by the value, is at most the precision asked for. A lock
 * that was precise and is not any more, because its reference has run on, runs
 * again: in the end the intervals of the document are what was promised. A lock
 * without one good run in the first ROUNDS_MIN is not waited for.
 *
 * tokctl computes on the CPUs that it measures. A ratio and its interval are made
 * by ranks, in next to no time. The interval of a throughput needs resampling,
 * and is looked at only when there are a quarter more rounds than at the last
 * look: all looks together cost at most about five times the last one, however
 * many rounds there are.
 *
 * Stopping as soon as an interval is narrow prefers samples that happen to have
 * a small spread, so intervals made in this way cover the true value less often
 * than the nominal 95 % (Anscombe, Large-sample theory of sequential estimation,
 * Proc. Cambridge Phil. Soc. 48, 1952, shows that the difference vanishes as the
 * precision gets finer). The minimum number of rounds bounds the damage.
 * Pure.
 */
#include <string.h>

#include "base/json.h"
#include "result/ratio_row.h"
#include "rounds.h"
#include "sweep.h"

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

	if (!json_number(row, value, &v) || !json_number(row, lo, &a) ||
	    !json_number(row, hi, &b) || v <= 0 || b < a)
		return -1;
	return (b - a) / 2 / v;
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
	if (ratio_row_is_compared(row))
		return half_width(row, "ratio.value", "ratio.ci95.1",
				  "ratio.ci95.2");
	return half_width(row, "throughput.median", "throughput.ci95.1",
			  "throughput.ci95.2");
}

static bool is_alone(struct json_object *row)
{
	struct json_object *flag;

	return json_find(row, "alone", &flag) && json_object_get_boolean(flag);
}

/* No good run after so many: it is not the number of rounds that is wrong. */
static bool is_hopeless(struct json_object *row)
{
	double runs = 0, ok = 0;

	json_number(row, "runs", &runs);
	json_number(row, "ok", &ok);
	return runs >= ROUNDS_MIN && !ok;
}

/* Returns false for a row that is not waited for. */
static bool judge_row(struct rounds *r, struct json_object *row,
		      const struct axes *axes, const struct plan *plan,
		      bool look, bool *wanted)
{
	const struct axis *locks = &axes->axis[PARAM_lock];
	size_t lock = sweep_find_lock(locks, json_text(row, "lock"));
	size_t ref = sweep_find_lock(locks, json_text(row, "ratio.reference"));
	double half = rounds_half_width(row);
	bool alone = is_alone(row);
	double cell = -1, last = 0;
	bool *of_cell;

	if (!json_number(row, "cell", &cell) || cell < 0 ||
	    cell >= plan->nr_cells || lock == locks->n || is_hopeless(row) ||
	    !(alone || ratio_row_is_compared(row)))
		return false;
	/* Not looked at: a lock that rested knows enough. */
	if (alone && !look && json_number(row, "last", &last) &&
	    last < plan->nr_reps)
		return false;
	if (half < 0 || r->reached < 0)
		r->reached = -1;
	else if (half > r->reached)
		r->reached = half;
	if (half >= 0 && half <= r->precision)
		return true;
	of_cell = wanted + (size_t)cell * plan->nr_locks;
	of_cell[lock] = true;
	if (ref < locks->n)
		of_cell[ref] = true;
	return true;
}

/**
 * rounds_is_look_due() - Are there enough rounds for a look at throughputs?
 * @r: what is asked for
 * @nr_reps: rounds so far
 */
bool rounds_is_look_due(const struct rounds *r, size_t nr_reps)
{
	return nr_reps >= r->looked + r->looked / 4 && nr_reps > r->looked;
}

/**
 * rounds_wanted() - Which locks have to run once more?
 * @r: what is asked for; gets @reached, and remembers the look
 * @rows: rows of summary_brief()
 * @look: they have the intervals of throughputs
 * @axes: the values of the sweep
 * @plan: the runs so far
 * @wanted: receives for each cell one element per lock: is another run needed?
 *
 * Return: number of runs that are needed, 0: all is known well enough.
 */
size_t rounds_wanted(struct rounds *r, struct json_object *rows, bool look,
		     const struct axes *axes, const struct plan *plan,
		     bool *wanted)
{
	size_t n = plan->nr_cells * plan->nr_locks;
	bool any = false;
	size_t count = 0;
	size_t i;

	memset(wanted, 0, n * sizeof(*wanted));
	r->reached = 0;
	if (look)
		r->looked = plan->nr_reps;
	for (i = 0; i < json_length(rows); i++)
		any |= judge_row(r, json_object_array_get_idx(rows, i), axes,
				 plan, look, wanted);
	if (!any)
		r->reached = -1;
	for (i = 0; i < n; i++) {
		wanted[i] &= plan->runs[i];
		count += wanted[i];
	}
	return count;
}

/**
 * rounds_fit() - Is there time for another round?
 * @r: what is asked for
 * @spent_ms: time since the first run began, all of it
 * @next_ms: what the runs of the round will take
 * @own_ms: what tokctl itself will compute behind them
 */
bool rounds_fit(const struct rounds *r, uint64_t spent_ms, uint64_t next_ms,
		uint64_t own_ms)
{
	return spent_ms + next_ms + own_ms <= r->max_time_s * 1000;
}
