// SPDX-License-Identifier: GPL-2.0
/*
 * The sentinel: in each round of a sweep one run without a lock, under the same
 * parameters. It does not depend on any lock, so if it is faster or slower in
 * one file than in another, the machine is. What a lock does is divided by what
 * the sentinel of its round did, and a machine that changed, between two files or
 * within one, is in neither number. Pure.
 */
#include <stdio.h>

#include "base/json.h"
#include "base/xalloc.h"
#include "sample_runs.h"
#include "sentinel.h"

/* The runs of a list that are of the sentinel's lock and of a cell. */
static struct sample from(struct json_object *list, double cell)
{
	struct json_object **runs =
		xcalloc(json_length(list), sizeof(struct json_object *));
	struct json_object *run;
	struct sample s;
	size_t n = 0;
	size_t i;

	json_for_each(i, run, list) {
		double at = 0;

		json_number(run, "cell", &at);
		if (at == cell && json_is(run, "lock", SENTINEL_LOCK))
			runs[n++] = run;
	}
	s = sample_of_runs(runs, n);
	free(runs);
	return s;
}

/**
 * sentinel_sample() - Throughputs of the sentinel of a cell
 * @doc: the document
 * @cell: number of the cell
 *
 * Return: its good runs, or those of none, where that is one of the locks that
 * were asked for; empty in a document without either.
 */
struct sample sentinel_sample(struct json_object *doc, double cell)
{
	double owner = cell;
	struct sample s;
	char key[64];

	snprintf(key, sizeof(key), "plan.sentinel.of_cell.%.0f", cell + 1);
	json_number(doc, key, &owner);
	s = from(json_array(doc, "sentinels"), owner);
	if (s.n)
		return s;
	sample_free(&s);
	return from(json_array(doc, "runs"), cell);
}

/**
 * sentinel_divide() - Take the machine out of throughputs
 * @s: throughputs of a lock
 * @by: those of the sentinel
 *
 * Return: new sample, with the quotients of the rounds in which both have one
 * run; empty without rounds.
 */
struct sample sentinel_divide(const struct sample *s, const struct sample *by)
{
	struct sample q = sample_new(s->n), x, y;
	size_t n = sample_pair(s, by, &x, &y);
	size_t i;

	for (i = 0; i < n; i++)
		if (y.values[i] > 0)
			sample_add(&q, x.values[i] / y.values[i], x.rounds[i]);
	sample_free(&x);
	sample_free(&y);
	return q;
}
