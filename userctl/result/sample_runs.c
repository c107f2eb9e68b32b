// SPDX-License-Identifier: GPL-2.0
/*
 * From runs to samples. Only runs whose verdict is ok: a number of a run that
 * failed its certificate is no measurement. Pure.
 */
#include "base/json.h"
#include "base/xalloc.h"
#include "ranges.h"
#include "row.h"
#include "sample_runs.h"

/* The round of a run, 0 if it does not say. */
static uint32_t round_of(struct json_object *run)
{
	double v;

	if (!json_number(run, "repeat", &v) || v < 1 || v > UINT32_MAX)
		return 0;
	return v;
}

static bool longest_wait(struct json_object *run, double *v)
{
	return json_number(run, "latency.acquire_ns.max", v) && *v > 0;
}

static struct sample make(struct json_object *const *runs, size_t n,
			  bool (*number)(struct json_object *run, double *v))
{
	struct sample s = sample_new(n);
	bool in_rounds = true;
	double v;
	size_t i;

	for (i = 0; i < n; i++) {
		if (!row_is_ok(runs[i]) || !number(runs[i], &v))
			continue;
		sample_add(&s, v, round_of(runs[i]));
		in_rounds &= round_of(runs[i]) > 0;
	}
	if (!in_rounds) {
		free(s.rounds);
		s.rounds = NULL;
	}
	return s;
}

/**
 * sample_of_runs() - Throughputs of the good runs among several
 * @runs: runs of one lock in one cell, in any order
 * @n: their number
 *
 * Return: operations per second; empty if no run is good. Without rounds if
 * one of the runs does not say its own. Free with sample_free().
 */
struct sample sample_of_runs(struct json_object *const *runs, size_t n)
{
	return make(runs, n, ranges_throughput);
}

/**
 * sample_of_waits() - The longest waits for a lock in the good runs among several
 * @runs: as for sample_of_runs()
 * @n: their number
 *
 * Return: nanoseconds of each run that has the number, as sample_of_runs().
 */
struct sample sample_of_waits(struct json_object *const *runs, size_t n)
{
	return make(runs, n, longest_wait);
}
