// SPDX-License-Identifier: GPL-2.0
/*
 * What locks do beside operations: the ledger of waste, in events, and what
 * became of the CPU time. Only counters that exclude each other are stacked: a
 * second try of the head is a failed try already, and PAUSEs are no events of
 * this size; the table has them all.
 */
#include <math.h>
#include <string.h>

#include "base/units.h"
#include "report_page.h"

#define MAX_PARTS 5

static const char *const ledger_names[MAX_PARTS] = { "failed tries",
						     "tokens or locks undone",
						     "begun anew", "idle polls",
						     "futile wakeups" };

static const char *const ledger_keys[MAX_PARTS] = {
	"failed_per_op.median", "per_op.tokens_undone.median",
	"per_op.restarts.median", "per_op.idle_polls.median",
	"per_op.futile.median"
};

static const char *const cpu_names[] = { "useful work", "idle polling",
					 "all else" };

static bool ledger_bar(const struct report_point *at, struct chart_bar *b,
		       const void *arg)
{
	const bool *wanted = arg;
	char text[UNITS_MAX];
	bool any = false;
	double sum = 0;
	size_t n = 0;
	size_t i;

	for (i = 0; i < MAX_PARTS; i++) {
		double v = 0;

		if (!wanted[i])
			continue;
		any |= json_number(at->row, ledger_keys[i], &v);
		b->parts[n] = v > 0 ? chart_number(v * 1000) : 0;
		sum += b->parts[n++];
	}
	snprintf(b->note, sizeof(b->note), "%s",
		 any ? units_count(text, sum) : "not counted");
	return true;
}

static bool sum_of(const struct report_point *at, const char *key, double *sum)
{
	bool any = false;
	size_t i;

	*sum = 0;
	for (i = 0; i < at->nr_runs; i++) {
		double v;

		if (!json_number(at->runs[i], key, &v) || v < 0)
			continue;
		*sum += v;
		any = true;
	}
	return any;
}

/**
 * waste_cpu() - What became of the CPU time of a lock
 * @at: the lock in its cell
 * @parts: receives the shares of useful work, of idle polling and of all else,
 *	   which make 1 together
 *
 * Polling is wall time and can be more than what its thread got of its CPU, so
 * the parts are cut where they would exceed the whole.
 *
 * Return: false if it is not known.
 */
bool waste_cpu(const struct report_point *at, double parts[3])
{
	double cpu, useful, poll;

	if (!sum_of(at, "totals.cpu_ns", &cpu) || cpu <= 0 ||
	    !sum_of(at, "totals.useful_ns", &useful))
		return false;
	sum_of(at, "totals.idle_poll_ns", &poll);
	parts[0] = fmin(useful / cpu, 1);
	parts[1] = fmin(poll / cpu, 1 - parts[0]);
	parts[2] = 1 - parts[0] - parts[1];
	return true;
}

static bool cpu_bar(const struct report_point *at, struct chart_bar *b,
		    const void *arg)
{
	char text[UNITS_MAX];

	(void)arg;
	if (!waste_cpu(at, b->parts))
		return false;
	snprintf(b->note, sizeof(b->note), "%.16s",
		 units_percent(text, b->parts[0]));
	return true;
}

/**
 * report_waste() - Put the ledger of waste on a page
 * @p: the page
 */
void report_waste(struct report_page *p)
{
	struct chart_bars c = { .x = { .label = "events per 1000 operations",
				       .unit = CHART_COUNT },
				.air = 1.02 };
	const char *names[MAX_PARTS];
	bool wanted[MAX_PARTS] = { false };
	size_t i, j, left_out;

	for (i = 0; i < MAX_PARTS; i++) {
		for (j = 0; j < p->v->nr_points; j++) {
			double v;

			wanted[i] |= json_number(p->v->points[j].row,
						 ledger_keys[i], &v) &&
				     v > 0;
		}
		if (wanted[i])
			names[c.nr_parts++] = ledger_names[i];
	}
	c.names = names;
	if (!c.nr_parts)
		return;
	left_out = figure_bars(p, &c, ledger_bar, wanted);
	figure_end(p, left_out,
		   "Shorter is better. What a lock does in vain for 1000 operations; "
		   "the sum stands behind each bar.");
}

/**
 * report_cpu() - Put the use of the CPU time on a page
 * @p: the page
 */
void report_cpu(struct report_page *p)
{
	struct chart_bars c = { .x = { .label = "share of the CPU time (%)",
				       .unit = CHART_SHARE },
				.names = cpu_names,
				.nr_parts = 3,
				.rest = true };
	size_t i, left_out;
	double parts[3];

	for (i = 0; i < p->v->nr_points; i++)
		if (waste_cpu(&p->v->points[i], parts))
			break;
	if (i == p->v->nr_points)
		return;
	left_out = figure_bars(p, &c, cpu_bar, NULL);
	figure_end(p, left_out,
		   "More useful work is better; its percentage stands behind each bar. Idle "
		   "polling is the LWKT scheduler looking for a thread that can run; all else "
		   "is spinning, switching, the lock's own code and the harness, and in a "
		   "virtual machine what its host took meanwhile.");
}
