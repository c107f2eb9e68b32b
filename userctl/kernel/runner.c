// SPDX-License-Identifier: GPL-2.0
/*
 * Runs the module once: writes every parameter, so that nothing of an earlier
 * user is left in the configuration (writing the lock does that for knobs);
 * starts; waits; reads the result and makes sure that it is the one of this
 * run with these parameters.
 */
#include <err.h>
#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "base/clock.h"
#include "base/intr.h"
#include "base/json.h"
#include "base/status.h"
#include "base/units.h"
#include "echo.h"
#include "result.h"
#include "runner.h"

/*
 * The wait normally ends by poll(2). Should an event get lost, the state is
 * looked at again when the run should be over, and then now and then; not
 * more often than needed, because tokctl runs on the CPUs that are measured.
 */
#define WAIT_MIN_MS 20
#define WAIT_MAX_MS 1000
#define WAIT_LIVE_MS 200 /* a progress line must move */

/* So long after its time a run is reported as overdue, once. */
#define OVERDUE_MS 30000

/**
 * runner_check_idle() - Refuse to begin while a run is on
 * @d: open module
 *
 * Return: ST_OK if no run is on; ST_BAD after a message.
 */
int runner_check_idle(const struct dbgfs *d)
{
	char left[UNITS_MAX];
	struct dbgfs_state st;
	int ret;

	ret = dbgfs_state(d, &st);
	if (ret || !dbgfs_is_on(&st))
		return ret;
	if (st.elapsed_ms > st.total_ms)
		st.elapsed_ms = st.total_ms;
	warnx("run %" PRIu64
	      " of %s is on and lasts another %s; wait, or end it with: tokctl stop",
	      st.run, st.lock,
	      units_duration(left, (st.total_ms - st.elapsed_ms) / 1e3));
	return ST_BAD;
}

static int write_param(const struct dbgfs *d, enum param_id id,
		       const char *value)
{
	char file[PARAM_FILE_MAX];
	int error;

	error = dbgfs_write(d, params_file(id, file), value);
	return error ? dbgfs_refused(d, file, value, error) : ST_OK;
}

/* The sentences of check and start begin with the word; here it goes without. */
static char *without_word(char *why)
{
	static const char *const words[] = { "start: ", "check: " };
	size_t i;

	for (i = 0; i < sizeof(words) / sizeof(words[0]); i++) {
		size_t len = strlen(words[i]);

		if (!strncmp(why, words[i], len))
			memmove(why, why + len, strlen(why + len) + 1);
	}
	return why;
}

/**
 * runner_check() - Let the module judge a run before it is made
 * @d: open module that this process owns
 * @values: as for runner_run()
 * @written: what the module's configuration holds, as far as it was written by
 *	     earlier calls; all NULL at first. Its strings are those of @values
 * @why: receives the module's reason, to be freed, if no run can have these
 *	 values together; else NULL
 *
 * Return: ST_OK, also if the run was refused; an exit status after a message
 * if a value was, or if the module could not judge.
 */
int runner_check(const struct dbgfs *d, const char *const values[NR_PARAMS],
		 const char *written[NR_PARAMS], char **why)
{
	size_t i;
	int error;
	int ret;

	*why = NULL;
	for (i = 0; i < NR_PARAMS; i++) {
		if (!values[i] ||
		    (written[i] && !strcmp(written[i], values[i])))
			continue;
		ret = write_param(d, i, values[i]);
		if (ret)
			return ret;
		/* A new lock has knobs of its own. */
		if (i == PARAM_lock)
			memset(written + FIRST_KNOB, 0,
			       (NR_PARAMS - FIRST_KNOB) * sizeof(*written));
		written[i] = values[i];
	}
	error = dbgfs_write(d, "control", "check");
	if (error == -EINVAL)
		*why = dbgfs_why(d);
	if (*why)
		without_word(*why);
	else if (error)
		return dbgfs_refused(d, "control", "check", error);
	return ST_OK;
}

/* Returns ST_OK with *run == 0 if an interrupt came before the start. */
static int start(const struct dbgfs *d, const char *const values[NR_PARAMS],
		 uint64_t *run)
{
	struct dbgfs_state st;
	size_t i;
	int error;
	int ret;

	*run = 0;
	for (i = 0; i < NR_PARAMS; i++) {
		ret = values[i] ? write_param(d, i, values[i]) : ST_OK;
		if (ret)
			return ret;
	}
	error = dbgfs_write(d, "control", "start");
	if (error == -EINTR && intr_pending())
		return ST_OK;
	if (error)
		return dbgfs_refused(d, "control", "start", error);
	ret = dbgfs_state(d, &st);
	if (ret)
		return ret;
	if (!st.run || strcmp(st.lock, values[PARAM_lock]) != 0) {
		warnx("started %s, but run %" PRIu64
		      " of %s is on: another process drives the "
		      "module at the same time",
		      values[PARAM_lock], st.run, st.lock);
		return ST_BAD;
	}
	*run = st.run;
	return ST_OK;
}

static int wait_ms(const struct dbgfs_state *st, bool live)
{
	int most = live ? WAIT_LIVE_MS : WAIT_MAX_MS;
	uint64_t left = st->total_ms > st->elapsed_ms ?
				st->total_ms - st->elapsed_ms :
				0;

	if (left < WAIT_MIN_MS)
		return WAIT_MIN_MS;
	return left < (uint64_t)most ? (int)left : most;
}

/* Wait for the end; *stopped is set if we had to ask for it. */
static int wait_end(const struct dbgfs *d, const struct runner_watch *w,
		    struct dbgfs_state *st, bool *stopped)
{
	uint64_t started = clock_now_ms();
	bool overdue = false;
	sigset_t before;
	int error = 0;
	int ret;

	for (;;) {
		intr_block(&before);
		if (intr_pending() && !*stopped) {
			*stopped = true;
			/* Without a run to stop there is nothing to wait for either. */
			error = dbgfs_write(d, "control", "stop");
		}
		ret = dbgfs_state(d, st);
		if (ret || !dbgfs_is_on(st)) {
			intr_restore(&before);
			break;
		}
		if (error && error != -ESRCH) {
			intr_restore(&before);
			return dbgfs_refused(d, "control", "stop", error);
		}
		w->tick(w->arg, st->elapsed_ms, st->total_ms);
		if (!overdue &&
		    clock_now_ms() - started > st->total_ms + OVERDUE_MS) {
			overdue = true;
			w->clear(w->arg);
			warnx("run %" PRIu64
			      " of %s should have ended long ago (state %s); still "
			      "waiting, Ctrl-C stops it",
			      st->run, st->lock, dbgfs_state_name(st));
		}
		dbgfs_wait(d, wait_ms(st, w->live), &before);
		intr_restore(&before);
	}
	return ret;
}

static int check_result(struct json_object *result, uint64_t run,
			const char *const values[NR_PARAMS])
{
	const char *echoed;
	enum param_id id;
	double number;

	if (!json_number(result, "run", &number) || number != run) {
		warnx("run %" PRIu64
		      " has ended, but the result is of run %s: another process "
		      "drives the module at the same time",
		      run, json_text(result, "run"));
		return ST_BAD;
	}
	id = echo_differs(result, values, &echoed);
	if (id == NR_PARAMS)
		return ST_OK;
	warnx("run %" PRIu64
	      " was made with %s '%s', asked for was '%s': another process "
	      "configures the module at the same time",
	      run, params[id].name, echoed ? echoed : "(nothing)", values[id]);
	return ST_BAD;
}

static bool did_fail(const struct dbgfs_state *st)
{
	return st->word == DBGFS_failed || st->word == DBGFS_stuck;
}

/* A run that failed before it could measure has no result, only a reason. */
static int no_result(const struct dbgfs *d, uint64_t run,
		     const struct dbgfs_state *st)
{
	char *why = did_fail(st) ? dbgfs_why(d) : NULL;

	warnx("run %" PRIu64 " left no result (state %s)%s%s", run,
	      dbgfs_state_name(st), why ? ": " : "", why ? why : "");
	free(why);
	return ST_BAD;
}

/**
 * runner_run() - Make one run
 * @d: open module that this process owns
 * @values: a value for every parameter, as written to config/NAME; NULL for
 *	    knobs that are left as they are
 * @w: is told how far the run is, while it is waited for
 * @result: receives the result, to be put; NULL if there is none
 * @stopped: receives true if the run was stopped before its time, by a signal
 *	     to this process or by another process
 *
 * Return: ST_OK, also if the run was stopped or its verdict is bad; an exit
 * status after a message if there is no result that could be trusted.
 */
int runner_run(const struct dbgfs *d, const char *const values[NR_PARAMS],
	       const struct runner_watch *w, struct json_object **result,
	       bool *stopped)
{
	struct dbgfs_state st;
	double by_other = 0;
	uint64_t run;
	int ret;

	*result = NULL;
	*stopped = false;
	ret = start(d, values, &run);
	if (ret || !run) {
		*stopped = !ret;
		return ret;
	}
	ret = wait_end(d, w, &st, stopped);
	w->clear(w->arg);
	if (ret)
		return ret;
	ret = result_read(d, result);
	if (ret)
		return ret;
	if (!*result ||
	    (did_fail(&st) && st.run == run &&
	     (strcmp(json_text(*result, "verdict"), "FAILED") != 0 ||
	      st.word == DBGFS_stuck))) {
		json_object_put(*result);
		*result = NULL;
		return no_result(d, run, &st);
	}
	ret = check_result(*result, run, values);
	if (ret) {
		json_object_put(*result);
		*result = NULL;
		return ret;
	}
	if (!*stopped &&
	    json_number(*result, "certificate.stopped", &by_other) &&
	    by_other > 0) {
		*stopped = true;
		warnx("run %" PRIu64
		      " of %s was stopped by another process; ending here",
		      run, values[PARAM_lock]);
	}
	return ST_OK;
}
