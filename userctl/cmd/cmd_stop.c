// SPDX-License-Identifier: GPL-2.0
/* tokctl stop: end the run that is on. */
#include <err.h>
#include <errno.h>
#include <inttypes.h>
#include <stdio.h>

#include "base/status.h"
#include "base/units.h"
#include "commands.h"
#include "kernel/dbgfs.h"
#include "options.h"

/* Threads finish the operation they are in; the longest takes seconds. */
#define STOP_WAIT_MS 100
#define STOP_TRIES 300

static const struct command command = {
	.too_many = "stop takes no argument",
	.doc = "End the run that is on and wait until it has ended. Its result can be read with "
	       "tokctl show; a tokctl run that made it prints what it has measured and ends.\v"
	       "Example:\n"
	       "  tokctl stop\n\n"
	       "Exit status: 0 the run was stopped, 1 no run is on.",
};

static int stop(const struct dbgfs *d)
{
	sigset_t none;
	struct dbgfs_state st;
	char elapsed[UNITS_MAX];
	uint64_t run;
	uint64_t elapsed_ms;
	int error;
	int ret;
	int i;

	ret = dbgfs_state(d, &st);
	if (ret)
		return ret;
	error = dbgfs_write(d, "control", "stop");
	if (error == -ESRCH) {
		warnx("no run is on");
		return ST_BAD;
	}
	if (error)
		return dbgfs_refused(d, "control", "stop", error);
	run = st.run;
	elapsed_ms = st.elapsed_ms;
	sigemptyset(&none);
	for (i = 0; i < STOP_TRIES; i++) {
		ret = dbgfs_state(d, &st);
		if (ret)
			return ret;
		/* One that is stuck may yet end, now that it is told to. */
		if ((!dbgfs_is_on(&st) && st.word != DBGFS_stuck) ||
		    st.run != run) {
			printf("run %" PRIu64 " of %s was stopped after %s\n",
			       run, st.lock,
			       units_duration(elapsed, elapsed_ms / 1e3));
			return ST_OK;
		}
		dbgfs_wait(d, STOP_WAIT_MS, &none);
	}
	warnx("run %" PRIu64
	      " of %s was told to stop but has not ended yet (state %s)",
	      run, st.lock, dbgfs_state_name(&st));
	return ST_BAD;
}

/**
 * cmd_stop_main() - tokctl stop
 * @argc: number of arguments
 * @argv: arguments; the first is the name of the command
 *
 * Return: exit status.
 */
int cmd_stop_main(int argc, char **argv)
{
	struct dbgfs d;
	int ret;

	options_parse(&command, argc, argv, NULL);
	ret = dbgfs_open(&d);
	if (!ret)
		ret = stop(&d);
	dbgfs_close(&d);
	return ret;
}
