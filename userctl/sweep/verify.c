// SPDX-License-Identifier: GPL-2.0
/*
 * Whether what guards a measurement works where the measurement is made.
 *
 * Problem: a checker that never complains is either idle or blind, and which
 * of the two depends on the machine: on one CPU no two threads meet in a section, and
 * under an emulator no thread may be late.
 *
 * So faults are made on purpose, one at a time, and each must be reported by
 * the counter that is there for it and by no other word; good runs must pass,
 * and do the same operations whatever the lock. What a module does not offer
 * is not proven.
 */
#include <err.h>
#include <stdio.h>
#include <string.h>
#include <sys/random.h>

#include "base/intr.h"
#include "base/json.h"
#include "base/status.h"
#include "base/xalloc.h"
#include "kernel/params.h"
#include "kernel/runner.h"
#include "verify.h"

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
 * @tries: it depends on chance whether the fault happens in a run at all: so
 *	   many runs to have it; 0: one
 */
struct fault {
	const char *what;
	const char *lock;
	const char *fault;
	const char *verdict;
	const char *counter;
	unsigned int cpus;
	unsigned int tries;
};

static const struct fault faults[] = {
	{ "a lock that does not exclude", "broken", NULL, "FAILED",
	  "certificate.violations", 2, TRIES },
	{ "an intruder in the section", NULL, "intrude", "FAILED",
	  "certificate.violations", 1, 0 },
	{ "a thread that begins late", NULL, "late", "INVALID",
	  "certificate.late_threads", 1, 0 },
	{ "a thread that leaves its CPU", NULL, "move", "INVALID",
	  "certificate.left_cpu", 2, 0 },
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

/*
 * A run that left no result is a proof that was not made: it has a line like the
 * others, which are still made. Returns the status with which to go on.
 */
static int not_made(struct verify *v, const char *what, const char *expected,
		    int ret)
{
	if (ret && !intr_pending())
		verify_add(v->list, what, expected, "the run left no result",
			   "NOT");
	return ret == ST_BAD && !intr_pending() ? ST_OK : ret;
}

/* One run. Returns an exit status; ST_BAD without a message if stopped. */
static int make_run(struct verify *v, const char *what, const char *lock,
		    const char *fault, struct json_object **run)
{
	const char *values[NR_PARAMS] = { NULL };
	char *defaults[NR_PARAMS] = { NULL };
	char duration[24];
	struct runner_watch watch = progress_watch(&v->p);
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
	ret = runner_run(v->d, values, &watch, run, &stopped);
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
	return json_text_or(run, "verdict", "?");
}

/* "INVALID: 1 thread left its CPU": the reason without what to do about it. */
static void describe(struct json_object *run, char *got, size_t len)
{
	struct json_object *reasons = json_array(run, "reasons");
	const char *why = json_length(reasons) ? json_item(reasons, 0) : NULL;

	if (!why)
		why = "";
	snprintf(got, len, "%s%s%.*s", verdict_of(run), *why ? ": " : "",
		 (int)strcspn(why, ";"), why);
}

/* Was the fault reported, by its own counter and by no other word? */
static int try_fault(struct verify *v, const struct fault *f, const char *what,
		     bool *found, char *got, size_t len)
{
	struct json_object *run;
	double n = 0;
	int ret;

	ret = make_run(v, what, f->lock ? f->lock : "mutex", f->fault, &run);
	if (ret)
		return ret;
	describe(run, got, len);
	json_number(run, f->counter, &n);
	*found = !strcmp(verdict_of(run), f->verdict) && n > 0;
	json_object_put(run);
	return ST_OK;
}

static int prove_fault(struct verify *v, const struct fault *f)
{
	bool found = false;
	char expected[128];
	unsigned int tries = 0;
	char what[128];
	char got[256];
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
	do {
		ret = try_fault(v, f, what, &found, got, sizeof(got));
		if (ret)
			return not_made(v, what, expected, ret);
	} while (!found && ++tries < f->tries);
	verify_add(v->list, what, expected, got, found ? "ok" : "NOT");
	return ST_OK;
}

/* A good run; its stream digest is kept, to be freed; NULL: there was none. */
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
			return not_made(v, what, "ok", ret);
		good = !strcmp(verdict_of(run), "ok");
		describe(run, got, sizeof(got));
		text = json_text_or(run, "certificate.stream_digest", "");
		if (good)
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
		const char *got = !token   ? "the module has no token" :
				  !a || !b ? "not two good runs" :
				  equal	   ? "equal" :
					     "different";

		verify_add(v->list, "the operations of these two runs", "equal",
			   got,
			   token && !(a && b) ? "not judged" :
			   equal	      ? "ok" :
						"NOT");
	}
	free(a);
	free(b);
	return ret;
}

/* A bit for each round, which nothing that the machine does can follow. */
static uint32_t toss(void)
{
	uint32_t coins = 0;

	/* Of so few bytes it cannot return a part. */
	if (getrandom(&coins, sizeof(coins), 0) != sizeof(coins))
		err(ST_BAD, "getrandom");
	return coins;
}

/* Runs that were not in the plan: another set. */
static void expect_more(struct verify *v, size_t runs)
{
	v->p.nr_steps += runs;
	v->p.left += runs;
	v->p.left_ms += runs * v->duration_ms;
}

static int make_set(struct verify *v, struct verify_aa *aa)
{
	struct json_object *runs[2][VERIFY_ROUNDS] = { { NULL } };
	uint32_t coins = toss();
	size_t i, side, round;
	int ret = ST_OK;

	if (aa->n)
		expect_more(v, 2 * VERIFY_ROUNDS);
	for (i = 0; i < 2 * VERIFY_ROUNDS && !ret; i++) {
		round = i / 2;
		side = (i ^ coins >> round) & 1;
		ret = make_run(v, side ? "mutex as B" : "mutex as A", "mutex",
			       NULL, &runs[side][round]);
		if (!ret)
			json_object_object_add(runs[side][round], "repeat",
					       json_object_new_int(round + 1));
	}
	if (!ret)
		verify_aa_add(aa, runs[0], runs[1], VERIFY_ROUNDS);
	for (i = 0; i < 2 * VERIFY_ROUNDS; i++)
		json_object_put(runs[i % 2][i / 2]);
	return ret;
}

static int prove_aa(struct verify *v)
{
	struct verify_aa aa = { .n = 0 };
	int ret;

	do
		ret = make_set(v, &aa);
	while (!ret && verify_aa_again(&aa));
	if (ret)
		return not_made(v, "mutex against itself", "no difference",
				ret);
	verify_aa_judge(&aa, v->list);
	return ST_OK;
}

/**
 * verify_all() - Make all proofs
 * @v: what they are made with; its list receives them, also those that an error
 *     has kept from being made
 * @quiet: no progress
 *
 * Return: ST_OK, also if runs left no result; ST_BAD after an interrupt; else an
 * exit status after a message.
 */
int verify_all(struct verify *v, bool quiet)
{
	size_t runs = NR_FAULTS + 2 + 2 * VERIFY_ROUNDS;
	int ret = ST_OK;
	size_t i;

	progress_init(&v->p, quiet, 0);
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

	for (i = 0; i < json_length(list); i++)
		if (!strcmp(json_text_or(json_object_array_get_idx(list, i),
					 "proven", "NOT"),
			    "NOT"))
			return false;
	return true;
}
