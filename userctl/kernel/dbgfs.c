// SPDX-License-Identifier: GPL-2.0
/*
 * The only file that opens debugfs. It turns the ways in which the module can
 * be out of reach into sentences that say what to type, and everything else
 * into text. Formats and errors are documented in uapi/tokbench.h.
 */
#include <err.h>
#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <linux/magic.h>
#include <poll.h>
#include <stdio.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <sys/vfs.h>
#include <unistd.h>

#include "base/infile.h"
#include "base/msg.h"
#include "base/xalloc.h"
#include "dbgfs.h"

#define DEBUGFS_ROOT "/sys/kernel/debug"

/* A debugfs file larger than this is not one of ours. */
#define READ_MAX (64u << 20)

static const char *const state_names[] = {
#define X(word) #word,
	TB_STATES(X)
#undef X
};

static int no_access(const char *path, int error)
{
	if (error == EPERM)
		warnx("%s: the kernel does not permit it; is it locked down (Secure Boot)? "
		      "Then settings under debugfs are closed on this machine",
		      path);
	else
		warnx("%s: permission denied; run tokctl as root, with sudo",
		      path);
	return ST_NOMODULE;
}

/* Of a file or folder that could not be opened: @place is what a user lacks. */
static int cannot_open(const char *place, const char *path)
{
	if (errno == EACCES || errno == EPERM)
		return no_access(place, errno);
	warn("%s", path);
	return ST_NOMODULE;
}

static const char *path_of(const struct dbgfs *d, const char *name,
			   char path[PATH_MAX + 64])
{
	snprintf(path, PATH_MAX + 64, "%s/%s", d->path, name);
	return path;
}

/* Without the variable, a plain folder in the place of debugfs is no debugfs. */
static int find_root(const char **root)
{
	struct statfs fs;
	struct stat st;

	*root = getenv(DBGFS_ENV);
	if (*root && **root) {
		if (!stat(*root, &st) && S_ISDIR(st.st_mode))
			return ST_OK;
		if (errno == EACCES)
			return no_access(*root, errno);
		warnx("debugfs is not mounted on %s (from " DBGFS_ENV "); "
		      "mount it with: mount -t debugfs none %s",
		      *root, *root);
		return ST_NOMODULE;
	}
	*root = DEBUGFS_ROOT;
	if (statfs(*root, &fs) || fs.f_type != DEBUGFS_MAGIC) {
		warnx("debugfs is not mounted on %s; mount it with: mount -t debugfs none %s",
		      *root, *root);
		return ST_NOMODULE;
	}
	return ST_OK;
}

static int check_version(struct dbgfs *d)
{
	char *text = NULL;
	int abi;
	int ret;

	ret = dbgfs_read(d, "version", &text);
	if (ret)
		return ret;
	if (sscanf(text, "tokbench %63s abi %d", d->version, &abi) != 2) {
		char quoted[MSG_QUOTE_MAX];

		warnx("%s/version: %s is not the version of a tokbench module",
		      d->path, msg_quote(quoted, text));
		ret = ST_NOMODULE;
	} else if (abi != TB_ABI) {
		warnx("the loaded module speaks ABI %d (version %s), this tokctl ABI %d (version "
		      "%s); use a module and a tokctl of the same release",
		      abi, d->version, TB_ABI, TOKCTL_VERSION);
		ret = ST_NOMODULE;
	}
	free(text);
	return ret;
}

/**
 * dbgfs_open() - Find the loaded module and check that it speaks our ABI
 * @d: receives the open module; close with dbgfs_close(), also after an error
 *
 * Return: ST_OK; ST_NOMODULE after a message that says what is missing and
 * what to type.
 */
int dbgfs_open(struct dbgfs *d)
{
	char path[PATH_MAX + 64];
	const char *root;
	int ret;

	*d = (struct dbgfs){ .dir = -1, .state = -1, .owner = -1 };
	ret = find_root(&root);
	if (ret)
		return ret;
	if (snprintf(d->path, sizeof(d->path), "%s/%s", root, TB_DIR) >=
	    (int)sizeof(d->path)) {
		warnx(DBGFS_ENV ": the path is too long");
		return ST_NOMODULE;
	}
	d->dir = open(d->path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	if (d->dir < 0) {
		if (errno == EACCES || errno == EPERM)
			return no_access(d->path, errno);
		warnx("the tokbench module is not loaded (no %s); load it with: "
		      "sudo insmod module/tokbench.ko",
		      d->path);
		return ST_NOMODULE;
	}
	ret = check_version(d);
	if (ret)
		return ret;
	d->state = openat(d->dir, "state", O_RDONLY | O_CLOEXEC);
	return d->state >= 0 ? ST_OK :
			       cannot_open(d->path, path_of(d, "state", path));
}

/**
 * dbgfs_close() - Close the module and give up its ownership
 * @d: module, as dbgfs_open() left it
 */
void dbgfs_close(struct dbgfs *d)
{
	if (d->owner >= 0)
		close(d->owner);
	if (d->state >= 0)
		close(d->state);
	if (d->dir >= 0)
		close(d->dir);
	d->dir = -1;
	d->state = -1;
	d->owner = -1;
}

/**
 * dbgfs_own() - Keep every other tokctl from configuring the module
 * @d: open module
 *
 * A lock on the file control, held until dbgfs_close() or the end of the
 * process, however it ends: two programs that write config in turn would
 * measure a mix of both.
 *
 * Return: ST_OK; ST_BAD after a message if another tokctl has it;
 * ST_NOMODULE if the file cannot be opened.
 */
int dbgfs_own(struct dbgfs *d)
{
	char path[PATH_MAX + 64];
	struct dbgfs_state st;

	d->owner = openat(d->dir, "control", O_WRONLY | O_CLOEXEC);
	if (d->owner < 0)
		return cannot_open(d->path, path_of(d, "control", path));
	if (!flock(d->owner, LOCK_EX | LOCK_NB))
		return ST_OK;
	if (errno != EWOULDBLOCK) {
		warn("%s/control: flock", d->path);
		return ST_BAD;
	}
	if (!dbgfs_state(d, &st) && dbgfs_is_on(&st))
		warnx("another tokctl is measuring (run %" PRIu64
		      " of %s is on); wait for it, or end it with: tokctl stop",
		      st.run, st.lock);
	else
		warnx("another tokctl is measuring; wait for it to end");
	return ST_BAD;
}

/**
 * dbgfs_read() - Read a whole file
 * @d: open module
 * @name: path below the module's directory
 * @text: receives the text, NUL-terminated, to be freed; NULL on error
 *
 * Return: ST_OK; after a message ST_NOMODULE if the file is missing or out of
 * reach, ST_BAD if reading failed.
 */
int dbgfs_read(const struct dbgfs *d, const char *name, char **text)
{
	char path[PATH_MAX + 64];
	size_t len;
	int fd;

	*text = NULL;
	path_of(d, name, path);
	fd = openat(d->dir, name, O_RDONLY | O_CLOEXEC);
	if (fd < 0)
		return cannot_open(path, path);
	*text = infile_read(fd, READ_MAX, &len);
	if (!*text)
		warn("%s", path);
	close(fd);
	return *text ? ST_OK : ST_BAD;
}

/**
 * dbgfs_write() - Write one value
 * @d: open module
 * @name: path below the module's directory
 * @value: the value, without newline
 *
 * The newline is added, because a write of no byte at all (the empty list of
 * CPUs) is not sure to reach a file's owner.
 *
 * Return: 0, or a negative errno; nothing is printed, see dbgfs_refused().
 */
int dbgfs_write(const struct dbgfs *d, const char *name, const char *value)
{
	size_t len = strlen(value) + 1;
	char *line = xcalloc(len + 1, 1);
	ssize_t n;
	int ret = 0;
	int fd;

	memcpy(line, value, len - 1);
	line[len - 1] = '\n';
	fd = openat(d->dir, name, O_WRONLY | O_TRUNC | O_CLOEXEC);
	if (fd < 0) {
		free(line);
		return -errno;
	}
	n = write(fd, line, len);
	if (n < 0)
		ret = -errno;
	else if ((size_t)n != len)
		ret = -EIO;
	close(fd);
	free(line);
	return ret;
}

/**
 * dbgfs_why() - Why was the last write refused?
 * @d: open module
 *
 * Return: the module's own sentence, to be freed; NULL if it gives none.
 */
char *dbgfs_why(const struct dbgfs *d)
{
	char *why;

	if (dbgfs_read(d, "error", &why))
		return NULL;
	why[strcspn(why, "\n")] = '\0';
	if (*why)
		return why;
	free(why);
	return NULL;
}

/**
 * dbgfs_refused() - Report a refused write in the kernel's own words
 * @d: open module
 * @name: file that was written
 * @value: value that was written
 * @error: what dbgfs_write() returned
 *
 * Return: the exit status the refusal calls for: ST_USAGE if the value is to
 * blame, ST_BAD if the moment is, ST_NOMODULE if the file is out of reach.
 */
int dbgfs_refused(const struct dbgfs *d, const char *name, const char *value,
		  int error)
{
	char path[PATH_MAX + 64];
	char quoted[MSG_QUOTE_MAX];
	char *why;

	if (error == -EACCES || error == -EPERM)
		return no_access(path_of(d, name, path), -error);
	/* The module's sentence names the file and the value itself. */
	why = dbgfs_why(d);
	if (why)
		warnx("refused by the module: %s", why);
	else
		warnx("refused by the module: %s in %s: %s",
		      msg_quote(quoted, value), name, strerror(-error));
	free(why);
	return error == -EINVAL || error == -E2BIG ? ST_USAGE : ST_BAD;
}

/**
 * dbgfs_state() - Read the file state
 * @d: open module
 * @st: receives the state
 *
 * Return: ST_OK; ST_BAD after a message.
 */
int dbgfs_state(const struct dbgfs *d, struct dbgfs_state *st)
{
	char quoted[MSG_QUOTE_MAX];
	char line[256];
	char word[16];
	ssize_t n;
	size_t i;

	do {
		n = pread(d->state, line, sizeof(line) - 1, 0);
	} while (n < 0 && errno == EINTR);
	if (n < 0) {
		warn("%s/state", d->path);
		return ST_BAD;
	}
	line[n] = '\0';
	if (sscanf(line, "%15s %" SCNu64 " %63s %" SCNu64 " %" SCNu64, word,
		   &st->run, st->lock, &st->elapsed_ms, &st->total_ms) == 5) {
		for (i = 0; i < sizeof(state_names) / sizeof(state_names[0]);
		     i++) {
			if (strcmp(word, state_names[i]))
				continue;
			st->word = i;
			return ST_OK;
		}
	}
	warnx("%s/state: cannot make sense of %s", d->path,
	      msg_quote(quoted, line));
	return ST_BAD;
}

/**
 * dbgfs_wait() - Wait until the state has changed since it was last read
 * @d: open module
 * @timeout_ms: longest wait
 * @mask: signals blocked while waiting; another signal ends the wait
 *
 * Only POLLPRI counts: a file without a poll method of its own reports POLLIN
 * all the time, and the wait would be a busy loop.
 */
void dbgfs_wait(const struct dbgfs *d, int timeout_ms, const sigset_t *mask)
{
	struct pollfd pfd = { .fd = d->state, .events = POLLPRI };
	struct timespec ts = { timeout_ms / 1000,
			       timeout_ms % 1000 * 1000000L };

	ppoll(&pfd, 1, &ts, mask);
}

/**
 * dbgfs_is_on() - Is a run on, and not stuck?
 * @st: the state
 */
bool dbgfs_is_on(const struct dbgfs_state *st)
{
	return st->word != DBGFS_idle && st->word != DBGFS_done &&
	       st->word != DBGFS_failed && st->word != DBGFS_stuck;
}

/**
 * dbgfs_state_name() - The state as a word
 * @st: the state
 */
const char *dbgfs_state_name(const struct dbgfs_state *st)
{
	return state_names[st->word];
}
