// SPDX-License-Identifier: GPL-2.0
/*
 * What runs cost beside their nominal time (threads that start and stop, the
 * cost of none, reading the result) hardly depends on the length of the window.
 * So it is taken as a constant per run, the mean of those that have ended.
 */
#include "pace.h"

/**
 * pace_add() - A run has ended
 * @p: the runs so far
 * @nominal_ms: how long it was going to last
 * @spent_ms: what it took
 */
void pace_add(struct pace *p, uint64_t nominal_ms, uint64_t spent_ms)
{
	p->runs++;
	p->nominal_ms += nominal_ms;
	p->spent_ms += spent_ms;
}

/**
 * pace_estimate() - How long will more runs take?
 * @p: the runs so far; without any, only nominal times are known
 * @runs: number of runs to come
 * @nominal_ms: their warm-ups and windows
 *
 * Return: milliseconds, never less than @nominal_ms.
 */
uint64_t pace_estimate(const struct pace *p, size_t runs, uint64_t nominal_ms)
{
	if (!p->runs || p->spent_ms <= p->nominal_ms)
		return nominal_ms;
	return nominal_ms +
	       (double)(p->spent_ms - p->nominal_ms) / p->runs * runs;
}
