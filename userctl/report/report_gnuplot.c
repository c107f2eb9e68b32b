// SPDX-License-Identifier: GPL-2.0
/*
 * Runs gnuplot, without a shell: the script goes in by a file without a name,
 * and what gnuplot draws and complains about comes back by two others. Files
 * instead of pipes, because none of the three can be full.
 */
#include <errno.h>
#include <spawn.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/xalloc.h"
#include "report_chart.h"

static char *read_all(FILE *f)
{
	char *text = NULL;
	size_t len = 0;
	size_t n;

	rewind(f);
	do {
		text = xrealloc(text, len + 65537, 1);
		n = fread(text + len, 1, 65536, f);
		len += n;
	} while (n);
	text[len] = '\0';
	return text;
}

/* -d: without the settings of the user's own ~/.gnuplot. */
static int spawn(FILE *files[3], pid_t *pid)
{
	char name[] = "gnuplot", defaults[] = "-d", from[] = "-";
	char *const argv[] = { name, defaults, from, NULL };
	posix_spawn_file_actions_t actions;
	int error;
	int i;

	error = posix_spawn_file_actions_init(&actions);
	if (error)
		return error;
	for (i = 0; i < 3 && !error; i++)
		error = posix_spawn_file_actions_adddup2(&actions,
							 fileno(files[i]), i);
	if (!error)
		error = posix_spawnp(pid, name, &actions, NULL, argv, environ);
	posix_spawn_file_actions_destroy(&actions);
	return error;
}

static bool wait_for(pid_t pid, FILE *errors, struct msg *m)
{
	char *text;
	int status;

	while (waitpid(pid, &status, 0) < 0) {
		if (errno == EINTR)
			continue;
		msg_set(m, "gnuplot: %s", strerror(errno));
		return false;
	}
	if (WIFEXITED(status) && !WEXITSTATUS(status))
		return true;
	text = read_all(errors);
	text[strcspn(text, "\f\v")] = '\0';
	msg_set(m, "gnuplot failed: %s", *text ? text : "it gave no reason");
	free(text);
	return false;
}

/**
 * gnuplot_run() - Have gnuplot draw a picture
 * @script: commands, which set the terminal and leave the output alone
 * @len: their length in bytes
 * @svg: receives what it printed, to be freed
 * @m: receives the reason on error, with gnuplot's own words
 *
 * Return: true if there is a picture.
 */
bool gnuplot_run(const char *script, size_t len, char **svg, struct msg *m)
{
	FILE *files[3] = { tmpfile(), tmpfile(), tmpfile() };
	bool ok = false;
	pid_t pid;
	int error;
	int i;

	*svg = NULL;
	if (!files[0] || !files[1] || !files[2] ||
	    fwrite(script, 1, len, files[0]) != len || fflush(files[0])) {
		msg_set(m, "a temporary file cannot be written: %s",
			strerror(errno));
		goto out;
	}
	rewind(files[0]);
	error = spawn(files, &pid);
	if (error == ENOENT)
		msg_set(m,
			"gnuplot is not installed, which draws the pictures of a report; "
			"type: apt install gnuplot-nox");
	else if (error)
		msg_set(m, "gnuplot cannot be started: %s", strerror(error));
	else
		ok = wait_for(pid, files[2], m);
	if (ok)
		*svg = read_all(files[1]);
out:
	for (i = 0; i < 3; i++)
		if (files[i])
			fclose(files[i]);
	return ok;
}
