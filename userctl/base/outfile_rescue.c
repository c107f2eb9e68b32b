// SPDX-License-Identifier: GPL-2.0
/*
 * Where a result goes that its file does not take: hours of runs must not be
 * lost with it. A file with a name of its own first, because standard output
 * is often a log or nowhere.
 */
#include <err.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/sysmacros.h>
#include <unistd.h>

#include "outfile.h"
#include "xalloc.h"

static bool to_new_file(const char *suffix, const char *text, size_t len)
{
	const char *dir = getenv("TMPDIR");
	bool good = false;
	char *name;
	int fd;

	if (!dir || !*dir)
		dir = P_tmpdir;
	name = xasprintf("%s/tokctl-XXXXXX.%s", dir, suffix);
	fd = mkostemps(name, strlen(suffix) + 1, O_CLOEXEC);
	if (fd >= 0) {
		good = !outfile_put(fd, text, len);
		good &= !close(fd);
	}
	if (good) {
		warnx("the result is in %s instead", name);
	} else {
		warn("%s: cannot be written either", name);
		if (fd >= 0)
			unlink(name);
	}
	free(name);
	return good;
}

/* /dev/null takes everything and keeps nothing. */
static bool stdout_is_nowhere(void)
{
	struct stat st;

	return fstat(STDOUT_FILENO, &st) ||
	       (S_ISCHR(st.st_mode) && st.st_rdev == makedev(1, 3));
}

/**
 * outfile_rescue() - Put a result somewhere else
 * @suffix: of the file's name
 * @text: the result
 * @len: its length
 *
 * A message says where it is: in a new file in $TMPDIR (/tmp), or on standard
 * output; or that it is lost.
 */
void outfile_rescue(const char *suffix, const char *text, size_t len)
{
	if (to_new_file(suffix, text, len))
		return;
	if (!stdout_is_nowhere() && fwrite(text, 1, len, stdout) == len &&
	    !fflush(stdout))
		warnx("the result is on standard output instead");
	else
		warnx("the result is lost");
}
