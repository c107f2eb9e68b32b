// SPDX-License-Identifier: GPL-2.0
/*
 * From runs to samples. Only runs whose verdict is ok: a number of a run that
 * failed its certificate is no measurement. Pure.
 */
#include "jpath.h"
#include "ranges.h"
#include "sample.h"
#include "xalloc.h"

/* The round of a run, 0 if it does not say. */
static uint32_t round_of(struct json_object *run)
{
	double v;

	if (!jpath_number(run, "repeat", &v) || v < 1 || v > UINT32_MAX)
		return 0;
	return v;
}

static bool is_ok(struct json_object *run)
{
	const char *verdict = jpath_text(run, "verdict");

	return verdict && !strcmp(verdict, "ok");
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
	struct sample s = { xcalloc(n, sizeof(*s.values)),
			    xcalloc(n, sizeof(*s.rounds)), 0 };
	bool in_rounds = true;
	size_t i;

	for (i = 0; i < n; i++) {
		if (!is_ok(runs[i]) ||
		    !ranges_throughput(runs[i], &s.values[s.n]))
			continue;
		s.rounds[s.n] = round_of(runs[i]);
		in_rounds &= s.rounds[s.n] > 0;
		s.n++;
	}
	if (!in_rounds) {
		free(s.rounds);
		s.rounds = NULL;
	}
	return s;
}

/**
 * sample_of_cell() - Throughputs of the good runs of a lock in a cell
 * @doc: document with runs
 * @cell: number of the cell
 * @lock: name of the lock
 *
 * Return: as of sample_of_runs().
 */
struct sample sample_of_cell(struct json_object *doc, double cell,
			     const char *lock)
{
	struct json_object *list = jpath_array(doc, "runs");
	size_t len = jpath_length(list);
	struct json_object **runs = xcalloc(len, sizeof(struct json_object *));
	struct sample s;
	size_t n = 0;
	size_t i;

	for (i = 0; i < len; i++) {
		struct json_object *run = json_object_array_get_idx(list, i);
		double at = 0;

		jpath_number(run, "cell", &at);
		if (at == cell && !strcmp(jpath_text_or(run, "lock", ""), lock))
			runs[n++] = run;
	}
	s = sample_of_runs(runs, n);
	free(runs);
	return s;
}

/**
 * sample_free() - Free a sample
 * @s: sample to empty
 */
void sample_free(struct sample *s)
{
	free(s->values);
	free(s->rounds);
	*s = (struct sample){ 0 };
}
