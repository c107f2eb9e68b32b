// SPDX-License-Identifier: GPL-2.0
/*
 * A regular file that holds either its old content or all of the new: a new
 * file is written beside it and renamed. It gets the mode and the owner of the
 * old one.
 *
 * Some files cannot be exchanged without a loss: one with several names, one
 * with an access list, one whose owner or whose directory is not ours, a mount
 * point. They are written in place, and room is reserved first, because a full
 * disk is what goes wrong most often.
 *
 * Signals wait while the new file has a name: nothing would remove it.
 */
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/xattr.h>
#include <unistd.h>

#include "outfile.h"
#include "xalloc.h"

#define TEMP ".tokctl.XXXXXX"

/**
 * outfile_put() - Write all bytes
 * @fd: where
 * @text: the bytes
 * @len: their number
 *
 * Return: 0, with what is a file on its disk; -1 with errno.
 */
int outfile_put(int fd, const char *text, size_t len)
{
	struct stat st;
	ssize_t n;

	for (; len; text += n, len -= n) {
		n = write(fd, text, len);
		if (n < 0 && errno != EINTR)
			return -1;
		if (n < 0)
			n = 0;
	}
	if (fstat(fd, &st) || !S_ISREG(st.st_mode))
		return 0;
	return fsync(fd);
}

/* In the folder of the target: rename(2) does not cross file systems. */
static int open_temp(const char *path, char **temp)
{
	const char *slash = strrchr(path, '/');
	int fd;

	*temp = xasprintf("%.*s" TEMP, slash ? (int)(slash + 1 - path) : 0,
			  path);
	fd = mkostemp(*temp, O_CLOEXEC);
	if (fd < 0) {
		free(*temp);
		*temp = NULL;
	}
	return fd;
}

static void remove_temp(int fd, char *temp)
{
	int error = errno;

	close(fd);
	unlink(temp);
	free(temp);
	errno = error;
}

static void hold_signals(sigset_t *before)
{
	static const int signals[] = { SIGHUP, SIGINT, SIGQUIT, SIGTERM };
	sigset_t set;
	size_t i;

	sigemptyset(&set);
	for (i = 0; i < sizeof(signals) / sizeof(signals[0]); i++)
		sigaddset(&set, signals[i]);
	sigprocmask(SIG_BLOCK, &set, before);
}

/* Is it only the exchange that is not possible? */
static bool is_of_the_place(int error)
{
	return error == EACCES || error == EPERM || error == EROFS ||
	       error == EBUSY || error == EXDEV;
}

/* Other names of the file, and what mode bits do not say, would be lost. */
static bool must_stay(const char *path, const struct stat *st)
{
	return st->st_nlink > 1 ||
	       getxattr(path, "system.posix_acl_access", NULL, 0) > 0;
}

/* mkstemp's mode is for secrets; @old: NULL if there is no old file. */
static int set_owner_and_mode(int fd, const struct stat *old)
{
	struct stat st;
	mode_t mask;

	if (!old) {
		mask = umask(0);
		umask(mask);
		return fchmod(fd, 0666 & ~mask);
	}
	if (fstat(fd, &st))
		return -1;
	if ((st.st_uid != old->st_uid || st.st_gid != old->st_gid) &&
	    fchown(fd, old->st_uid, old->st_gid)) {
		/* EINVAL: the user namespace has no such owner. */
		errno = EPERM;
		return -1;
	}
	return fchmod(fd, old->st_mode & 07777);
}

static int exchange(const char *path, const struct stat *old, const char *text,
		    size_t len)
{
	sigset_t before;
	char *temp;
	int ret = -1;
	int fd;

	hold_signals(&before);
	fd = open_temp(path, &temp);
	if (fd >= 0) {
		if (!set_owner_and_mode(fd, old) && !outfile_put(fd, text, len))
			ret = rename(temp, path);
		if (ret) {
			remove_temp(fd, temp);
		} else {
			close(fd);
			free(temp);
		}
	}
	sigprocmask(SIG_SETMASK, &before, NULL);
	return ret;
}

/* A file system that cannot reserve (EOPNOTSUPP) may still have room. */
static int reserve(int fd, off_t len)
{
	struct stat st;
	int error;

	if (!len || fstat(fd, &st) || !fallocate(fd, 0, 0, len) ||
	    (errno != ENOSPC && errno != EFBIG && errno != EDQUOT))
		return 0;
	error = errno;
	if (ftruncate(fd, st.st_size))
		return -1;
	errno = error;
	return -1;
}

static int write_in_place(const char *path, const char *text, size_t len)
{
	int fd = open(path, O_WRONLY | O_CLOEXEC | O_NOFOLLOW);
	int ret = -1;
	int error;

	if (fd < 0)
		return -1;
	if (!reserve(fd, len) && !outfile_put(fd, text, len))
		ret = ftruncate(fd, len);
	error = errno;
	close(fd);
	errno = error;
	return ret;
}

/**
 * outfile_replace() - Give a file a new content
 * @path: regular file, or one that is not there
 * @text: the content
 * @len: its length
 *
 * Return: 0; -1 with errno.
 */
int outfile_replace(const char *path, const char *text, size_t len)
{
	struct stat st;
	bool old = !lstat(path, &st);

	if (old && !S_ISREG(st.st_mode)) {
		errno = EEXIST;
		return -1;
	}
	if (!old && errno != ENOENT)
		return -1;
	if (old && must_stay(path, &st))
		return write_in_place(path, text, len);
	if (!exchange(path, old ? &st : NULL, text, len))
		return 0;
	if (!old || !is_of_the_place(errno))
		return -1;
	return write_in_place(path, text, len);
}

/**
 * outfile_probe() - Could outfile_replace() write this file now?
 * @path: as for outfile_replace(); nothing of it is changed
 *
 * Return: 0; -1 with errno.
 */
int outfile_probe(const char *path)
{
	sigset_t before;
	struct stat st;
	bool old = !lstat(path, &st);
	char *temp;
	int fd;

	/* rename(2) does not ask whether the file itself may be written. */
	if (old && faccessat(AT_FDCWD, path, W_OK, AT_EACCESS))
		return -1;
	hold_signals(&before);
	fd = open_temp(path, &temp);
	if (fd >= 0)
		remove_temp(fd, temp);
	sigprocmask(SIG_SETMASK, &before, NULL);
	return fd >= 0 || (old && is_of_the_place(errno)) ? 0 : -1;
}
