// SPDX-License-Identifier: GPL-2.0
/*
 * How long a window is, if the user has not said. Where the number of repeats is ours,
 * their windows are so short that all of them take about as long as one of the module's.
 *
 * On a simulated machine it is chosen by events, since each of them costs the host
 * about the same, and a second of virtual time may take it an hour.
 *
 * The window is the same for all runs of a sweep, so that they can be compared: that of
 * the cell in which operations come the slowest.
 */
#include <inttypes.h>

#include "axes.h"
#include "base/cpulist.h"
#include "base/xalloc.h"

/* Operations of an ideal lock in the slowest cell, and of each of our own repeats. */
#define WINDOW_OPS 10000
#define SHORT_WINDOW_OPS 2500

/* Of each of our own repeats. */
#define SHORT_WINDOW_MS 100
#define SHORT_WARMUP_MS 50

/* The warm-up is this part of the window. */
#define WARMUP_PART 10

static uint64_t number_at(const struct axes *axes, enum param_id id, size_t i)
{
	return strtoull(axes->axis[id].values[i], NULL, 10);
}

static uint64_t largest(const struct axes *axes, enum param_id id)
{
	uint64_t most = 0, n;
	size_t i;

	for (i = 0; i < axes->axis[id].n; i++) {
		n = number_at(axes, id, i);
		most = n > most ? n : most;
	}
	return most;
}

static uint64_t least(const struct axes *axes, enum param_id id)
{
	uint64_t least = UINT64_MAX, n;
	size_t i;

	for (i = 0; i < axes->axis[id].n; i++) {
		n = number_at(axes, id, i);
		least = n < least ? n : least;
	}
	return least;
}

static uint64_t fewest_cpus(const struct axes *axes)
{
	const struct axis *cpus = &axes->axis[PARAM_cpus];
	uint64_t fewest = UINT64_MAX, n;
	size_t i;

	for (i = 0; i < cpus->n; i++) {
		n = *cpus->values[i] ? cpulist_count(cpus->values[i]) : 1;
		fewest = n < fewest ? n : fewest;
	}
	return fewest ? fewest : 1;
}

/* Time from one operation to the next of all threads together, nothing lost. */
static double slowest_ns(const struct axes *axes)
{
	double hold = largest(axes, PARAM_hold_ns);
	double threads =
		(double)fewest_cpus(axes) * least(axes, PARAM_threads_per_cpu);
	double each = (hold + largest(axes, PARAM_think_ns)) / threads;
	uint64_t rate = least(axes, PARAM_rate);

	if (rate && 1e9 / rate > each)
		each = 1e9 / rate;
	return hold > each ? hold : each;
}

static void set(struct axes *axes, enum param_id id, uint64_t ms)
{
	struct axis *axis = &axes->axis[id];

	free(axis->values[0]);
	axis->values[0] = xasprintf("%" PRIu64, ms);
}

/**
 * axes_short_window() - Windows of runs that are repeated
 * @axes: complete; those of @duration and @warmup have one value
 * @duration: choose the window
 * @warmup: choose the warm-up
 */
void axes_short_window(struct axes *axes, bool duration, bool warmup)
{
	if (duration)
		set(axes, PARAM_duration_ms, SHORT_WINDOW_MS);
	if (warmup)
		set(axes, PARAM_warmup_ms, SHORT_WARMUP_MS);
}

/**
 * axes_choose_window() - Window and warm-up by events
 * @axes: complete; those of @duration and @warmup have one value
 * @brief: of runs that are repeated
 * @duration: choose the window
 * @warmup: choose the warm-up
 *
 * Where the window is in parts, which have a length of their own, it remains.
 */
void axes_choose_window(struct axes *axes, bool brief, bool duration,
			bool warmup)
{
	const struct param *p = &params[PARAM_duration_ms];
	double ops = brief ? SHORT_WINDOW_OPS : WINDOW_OPS;
	double ms = slowest_ns(axes) * ops / 1e6 + 0.999;

	if (axes->axis[PARAM_phases].n > 1 ||
	    *axes->axis[PARAM_phases].values[0])
		duration = false;
	if (ms < p->min)
		ms = p->min;
	if (ms > p->def)
		ms = p->def;
	if (duration)
		set(axes, PARAM_duration_ms, ms);
	else
		ms = least(axes, PARAM_duration_ms);
	if (warmup)
		set(axes, PARAM_warmup_ms, ms / WARMUP_PART);
}
