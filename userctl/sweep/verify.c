// SPDX-License-Identifier: GPL-2.0
/*
 * Whether what guards a measurement works where the measurement is made.
 *
 * Problem: a checker that never complains is either idle or blind, and which
 * of the two depends on the machine: on one CPU nobody meets in a section, and
 * under an emulator nobody may be late.
 *
 * So faults are made on purpose, one at a time, and each must be reported by
 * the counter that is there for it and by no other word; good runs must pass,
 * and do the same operations whatever the lock. What a module does not offer
 * is not proven.
 */
#include <stdio.h>
#include <string.h>

#include "jpath.h"
#include "params.h"
#include "runner.h"
#include "status.h"
#include "verify.h"
#include "xalloc.h"

/* A busy machine spoils good runs as well: so many tries to have one. */
#define TRIES 3

#define WARMUP_MS "20"

/**
 * struct fault - One that is made on purpose
 * @what: for people
 * @lock: the lock; NULL: mutex
 * @fault: value of the parameter fault, or NULL
 * @verdict: what the run must end as
 * @counter: key of the certificate that must not be 0
 * @cpus: CPUs that this needs
 */
struct fault {
	const char *what;
	const char *lock;
	const char *fault;
	const char *verdict;
	const char *counter;
	unsigned int cpus;
};

static const struct fault faults[] = {
	{ "a lock that does not exclude", "broken", NULL, "FAILED",
	  "certificate.violations", 2 },
	{ "an intruder in the section", NULL, "intrude", "FAILED",
	  "certificate.violations", 1 },
	{ "a thread that begins late", NULL, "late", "INVALID",
	  "certificate.late_threads", 1 },
	{ "a thread that leaves its CPU", NULL, "move", "INVALID",
	  "certificate.left_cpu", 2 },
};

#define NR_FAULTS (sizeof(faults) / sizeof(faults[0]))

static enum param_id param_of(const char *name)
{
	size_t i;

	for (i = 0; i < NR_PARAMS; i++)
		if (!strcmp(params[i].name, name))
			break;
	return i;
}

/* Does the module have a parameter, and does tokctl know it? */
static bool offered(const struct verify *v, const char *name)
{
	char line[64];

	snprintf(line, sizeof(line), "\n%s\t", name);
	return param_of(name) < NR_PARAMS && strstr(v->offers, line);
}

/* One run. Returns an exit status; ST_BAD without a message if stopped. */
static int make_run(struct verify *v, const char *what, const char *lock,
		    const char *fault, struct json_object **run)
{
	const char *values[NR_PARAMS] = { NULL };
	char *defaults[NR_PARAMS] = { NULL };
	char duration[24];
	bool stopped;
	size_t i;
	int ret;

	snprintf(duration, sizeof(duration), "%llu",
		 (unsigned long long)v->duration_ms);
	for (i = 0; i < FIRST_KNOB; i++) {
		defaults[i] = params_default(i);
		values[i] = defaults[i];
	}
	values[PARAM_lock] = lock;
	values[PARAM_hold_ns] = "1000";
	values[PARAM_think_ns] = "0";
	values[PARAM_threads_per_cpu] = v->cpus > 1 ? "1" : "2";
	values[PARAM_warmup_ms] = WARMUP_MS;
	values[PARAM_duration_ms] = duration;
	if (fault)
		values[param_of(VERIFY_FAULT)] = fault;
	progress_cell(&v->p, what);
	progress_step(&v->p, what, v->duration_ms);
	ret = runner_run(v->d, values, &v->p, run, &stopped);
	progress_step_done(&v->p);
	for (i = 0; i < FIRST_KNOB; i++)
		free(defaults[i]);
	if (!ret && (stopped || !*run))
		ret = ST_BAD;
	if (ret) {
		json_object_put(*run);
		*run = NULL;
	}
	return ret;
}

static const char *verdict_of(struct json_object *run)
{
	return jpath_text_or(run, "verdict", "?");
}

/* "INVALID: 1 thread left its CPU": the reason without what to do about it. */
static void describe(struct json_object *run, char *got, size_t len)
{
	struct json_object *reasons = jpath_array(run, "reasons");
	const char *why = jpath_length(reasons) ? jpath_item(reasons, 0) : NULL;

	if (!why)
		why = "";
	snprintf(got, len, "%s%s%.*s", verdict_of(run), *why ? ": " : "",
		 (int)strcspn(why, ";"), why);
}

static int prove_fault(struct verify *v, const struct fault *f)
{
	struct json_object *run;
	char expected[128];
	char what[128];
	char got[256];
	double n = 0;
	int ret;

	snprintf(what, sizeof(what), "%s%s%s%s", f->fault ? "fault=" : "",
		 f->fault ? f->fault : f->lock, ": ", f->what);
	snprintf(expected, sizeof(expected), "%s by %s", f->verdict,
		 strchr(f->counter, '.') + 1);
	if (v->cpus < f->cpus) {
		verify_add(v->list, what, expected, "needs more than one CPU",
			   "not judged");
		return ST_OK;
	}
	if (f->fault ? !offered(v, VERIFY_FAULT) :
		       !variants_find(v->vs, f->lock)) {
		verify_add(v->list, what, expected,
			   "the loaded module does not offer it", "NOT");
		return ST_OK;
	}
	ret = make_run(v, what, f->lock ? f->lock : "mutex", f->fault, &run);
	if (ret)
		return ret;
	describe(run, got, sizeof(got));
	jpath_number(run, f->counter, &n);
	verify_add(v->list, what, expected, got,
		   !strcmp(verdict_of(run), f->verdict) && n > 0 ? "ok" :
								   "NOT");
	json_object_put(run);
	return ST_OK;
}

/* A good run; its stream digest is kept, to be freed. */
static int prove_good(struct verify *v, const char *lock, char **digest)
{
	struct json_object *run;
	char what[128];
	char got[256];
	const char *text;
	bool good = false;
	int tries, ret;

	snprintf(what, sizeof(what), "%s: a run without a fault", lock);
	for (tries = 0; tries < TRIES && !good; tries++) {
		ret = make_run(v, what, lock, NULL, &run);
		if (ret)
			return ret;
		good = !strcmp(verdict_of(run), "ok");
		describe(run, got, sizeof(got));
		free(*digest);
		text = jpath_text_or(run, "certificate.stream_digest", "");
		*digest = xstrdup(text);
		json_object_put(run);
	}
	verify_add(v->list, what, "ok", got, good ? "ok" : "NOT");
	return ST_OK;
}

static const char *a_token(const struct verify *v)
{
	size_t i;

	for (i = 0; i < v->vs->n; i++)
		if (variants_in_group(&v->vs->v[i], "tokens"))
			return v->vs->v[i].name;
	return NULL;
}

static int prove_streams(struct verify *v)
{
	const char *token = a_token(v);
	char *a = NULL, *b = NULL;
	int ret;

	ret = prove_good(v, "mutex", &a);
	if (!ret && token)
		ret = prove_good(v, token, &b);
	if (!ret) {
		bool equal = a && b && *a && !strcmp(a, b);

		verify_add(v->list, "the operations of these two runs", "equal",
			   !token ? "the module has no token" :
			   equal  ? "equal" :
				    "different",
			   equal ? "ok" : "NOT");
	}
	free(a);
	free(b);
	return ret;
}

/* Who goes first changes from round to round. */
static int prove_aa(struct verify *v)
{
	struct json_object *runs[2][VERIFY_ROUNDS] = { { NULL } };
	size_t i, side, round;
	int ret = ST_OK;

	for (i = 0; i < 2 * VERIFY_ROUNDS && !ret; i++) {
		round = i / 2;
		side = (i + round) % 2;
		ret = make_run(v, side ? "mutex as B" : "mutex as A", "mutex",
			       NULL, &runs[side][round]);
		if (!ret)
			json_object_object_add(runs[side][round], "repeat",
					       json_object_new_int(round + 1));
	}
	if (!ret)
		verify_judge_aa(v->list, runs[0], runs[1], VERIFY_ROUNDS);
	for (i = 0; i < 2 * VERIFY_ROUNDS; i++)
		json_object_put(runs[i % 2][i / 2]);
	return ret;
}

/**
 * verify_all() - Make all proofs
 * @v: what they are made with; its list receives them
 * @quiet: no progress
 *
 * Return: ST_OK if all were made; ST_BAD after an interrupt; else an exit
 * status after a message.
 */
int verify_all(struct verify *v, bool quiet)
{
	size_t runs = NR_FAULTS + 2 + 2 * VERIFY_ROUNDS;
	int ret = ST_OK;
	size_t i;

	progress_init(&v->p, quiet);
	progress_plan(&v->p, runs, runs, runs * v->duration_ms);
	for (i = 0; i < NR_FAULTS && !ret; i++)
		ret = prove_fault(v, &faults[i]);
	if (!ret)
		ret = prove_streams(v);
	if (!ret)
		ret = prove_aa(v);
	progress_clear(&v->p);
	return ret;
}

/**
 * verify_proven() - Is everything proven that could be judged?
 * @list: proofs
 */
bool verify_proven(struct json_object *list)
{
	size_t i;

	for (i = 0; i < jpath_length(list); i++)
		if (!strcmp(jpath_text_or(json_object_array_get_idx(list, i),
					  "proven", "NOT"),
			    "NOT"))
			return false;
	return true;
}
