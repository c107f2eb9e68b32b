// SPDX-License-Identifier: GPL-2.0
/*
 * What the model says of the runs of one row: which rows it is for, and where
 * its numbers come from. hold_ns and think_ns are those of the parameters, as
 * the model wants means; the lock's own instructions are left out, they are
 * short beside the transfers of its line. Pure.
 */
#include <stdbool.h>
#include <string.h>

#include "base/cpulist.h"
#include "base/json.h"
#include "base/xalloc.h"
#include "model_row.h"
#include "row.h"
#include "stats/model.h"
#include "stats/stats.h"

static bool number_is(struct json_object *run, const char *key, double wanted)
{
	double v = 0;

	json_number(run, key, &v);
	return v == wanted;
}

static bool is_empty(struct json_object *run, const char *key)
{
	return !*json_text_or(run, key, "");
}

/*
 * One lock that all threads want, one operation like the next, and nothing
 * else on the CPUs. How many threads a CPU has does not matter: as preemption
 * is off, one of them at a time is at the lock.
 */
static bool applies(struct json_object *run)
{
	return (json_is(run, "lock", "ticket") ||
		json_is(run, "lock", "tas")) &&
	       number_is(run, "params.locks", 1) &&
	       number_is(run, "params.set_size", 1) &&
	       number_is(run, "params.rate", 0) &&
	       number_is(run, "params.touch_lines", 0) &&
	       number_is(run, "params.bystanders", 0) &&
	       is_empty(run, "params.groups") && is_empty(run, "params.phases");
}

/* The median of the runs that have measured it. */
static bool line_ns(struct json_object *const *runs, size_t n, double *ns)
{
	double *values = xcalloc(n, sizeof(*values));
	size_t have = 0, i;

	for (i = 0; i < n; i++)
		have += json_number(runs[i], "certificate.line_ns",
				    &values[have]);
	if (have)
		*ns = stats_range(values, have).median;
	free(values);
	return have && *ns > 0;
}

/* Why there is no prediction; NULL if there is one. */
static const char *refusal(struct json_object *const *runs, size_t n,
			   struct model *m)
{
	size_t i;

	for (i = 0; i < n; i++)
		if (run_is_emulated(runs[i]))
			return "the CPU was emulated, and a cache line has no way to go";
	if (!json_number(runs[0], "params.hold_ns", &m->hold_ns) ||
	    !json_number(runs[0], "params.think_ns", &m->think_ns) ||
	    m->hold_ns < 0 || m->think_ns < 0 || m->hold_ns + m->think_ns <= 0)
		return "the result has no hold_ns and think_ns";
	if (!line_ns(runs, n, &m->line_ns))
		return "line_ns was not measured: one CPU, or two that never ran at the same time";
	return NULL;
}

static void add_count(struct json_object *obj, const char *key, unsigned int n)
{
	if (n)
		json_add_count(obj, key, n);
}

/**
 * model_row_cpus() - How many CPUs a run had
 * @run: the run
 *
 * Return: their number; 0 if it does not say, or more than the model is for.
 */
unsigned int model_row_cpus(struct json_object *run)
{
	double threads, per_cpu;

	if (!json_number(run, "totals.threads", &threads) ||
	    !json_number(run, "params.threads_per_cpu", &per_cpu) ||
	    per_cpu < 1 || threads < per_cpu ||
	    threads > per_cpu * MODEL_CPUS_MAX)
		return 0;
	return threads / per_cpu;
}

/**
 * model_row() - Make the model's part of a row
 * @doc: the document, for its environment
 * @runs: runs of one lock with the same parameters
 * @n: how many, at least 1
 *
 * Keys: name; none, a reason, or hold_ns, think_ns, line_ns, cpus (of the run),
 * ops_per_s (with them), online_cpus (of the machine); if throughput falls with
 * many CPUs, knee_cpus, knee_ops_per_s, half_cpus; saturated if there is no
 * think time, so that a second CPU can only wait.
 *
 * Return: new object; NULL if the model is not for such runs.
 */
struct json_object *model_row(struct json_object *doc,
			      struct json_object *const *runs, size_t n)
{
	struct model m = { 0 };
	struct model_knee knee;
	struct json_object *o;
	unsigned int cpus;
	const char *online, *why;

	if (!applies(runs[0]))
		return NULL;
	o = json_object_new_object();
	json_add_text(o, "name", "Boyd-Wickizer 2012");
	why = refusal(runs, n, &m);
	if (why) {
		json_add_text(o, "none", why);
		return o;
	}
	json_add_number(o, "hold_ns", m.hold_ns);
	json_add_number(o, "think_ns", m.think_ns);
	json_add_number(o, "line_ns", m.line_ns);
	cpus = model_row_cpus(runs[0]);
	add_count(o, "cpus", cpus);
	if (cpus)
		json_add_number(o, "ops_per_s", model_rate(&m, cpus));
	online = json_text_or(doc, "environment.online_cpus", "");
	add_count(o, "online_cpus", cpulist_count(online));
	if (!(m.think_ns > 0)) {
		json_add_bool(o, "saturated", true);
		return o;
	}
	knee = model_knee(&m);
	if (!knee.cpus)
		return o;
	add_count(o, "knee_cpus", knee.cpus);
	json_add_number(o, "knee_ops_per_s", knee.rate);
	add_count(o, "half_cpus", knee.half);
	return o;
}
