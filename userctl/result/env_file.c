// SPDX-License-Identifier: GPL-2.0
/* Reading files of /proc and /sys. What is not there is left out. */
#include <ctype.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>

#include "base/json.h"
#include "env_file.h"

/**
 * env_open() - Open a file of the system
 * @path: absolute path; below $TOKBENCH_SYSROOT if that is set
 *
 * Return: stream to be closed; NULL if it cannot be opened.
 */
FILE *env_open(const char *path)
{
	const char *root = getenv(ENV_ROOT);
	char full[PATH_MAX];

	if (snprintf(full, sizeof(full), "%s%s", root ? root : "", path) >=
	    (int)sizeof(full))
		return NULL;
	return fopen(full, "re");
}

/**
 * env_line() - First line of a file of the system
 * @path: as for env_open()
 * @out: receives the line without its newline, cut if it is longer
 *
 * Return: true if there is a line that is not empty.
 */
bool env_line(const char *path, char out[ENV_LINE_MAX])
{
	FILE *f = env_open(path);
	bool ok;

	if (!f)
		return false;
	ok = !!fgets(out, ENV_LINE_MAX, f);
	fclose(f);
	if (ok)
		out[strcspn(out, "\n")] = '\0';
	return ok && *out;
}

/**
 * env_add_bool() - Add what a file with a number switches, if there is one
 * @env: object to add to
 * @key: its key
 * @path: as for env_open(); 0 is off, any other number on
 * @inverted: the other way round
 */
void env_add_bool(struct json_object *env, const char *key, const char *path,
		  bool inverted)
{
	char line[ENV_LINE_MAX];

	if (env_line(path, line) && isdigit((unsigned char)*line))
		json_add_bool(env, key, (*line != '0') != inverted);
}
