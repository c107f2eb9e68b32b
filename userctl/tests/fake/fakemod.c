// SPDX-License-Identifier: GPL-2.0
/*
 * A module made of plain files: preloaded into tokctl, it plays the part of
 * tokbench.ko for a folder tree below $TOKBENCH_DEBUGFS/tokbench.
 *
 * There is no second process and nothing to wait for: a write to config or
 * control is judged inside write(2), as in the kernel, and the passing of time
 * is worked out whenever a file is opened or the state is read. The run is
 * kept in the file .run, so it outlives a tokctl that is killed, as in the
 * kernel. A folder "tokbench" without files is a module about to be loaded.
 *
 * Misbehaviour, by environment:
 *
 *   FAKE_EACCES=1		every file is out of reach
 *   FAKE_ABI=N			ABI number of the version (when loaded)
 *   FAKE_TIMES=WORD		certificate.times (default ok)
 *   FAKE_INVALID=LOCK		runs of LOCK end INVALID
 *   FAKE_INVALID_RUN=N		run N ends INVALID
 *   FAKE_ECHO=NAME=VALUE	result echoes another value for a parameter or knob
 *   FAKE_RUN=N			result claims to be of run N
 *   FAKE_SUMMARY=TEXT		results/summary holds just this
 *   FAKE_STATE=TEXT		the file state holds just this
 *   FAKE_FAIL=1		a run ends in state failed, without result
 *   FAKE_RACE=1		somebody's run ends while the results are read
 *   FAKE_START_ERRNO=N		start is refused with this error
 *   FAKE_CHECK_ERRNO=N		check is refused with this error
 *   FAKE_BLIND=1		no fault and no broken lock is found out
 *   FAKE_SPREAD=LOCK=N LOCK=N	operations vary by N percent, and not with the run
 *   FAKE_DIGEST=LOCK		runs of LOCK had other operations
 *   FAKE_KILL=N		signal N comes while a file is on its way to the disk
 *   FAKE_DISK=1		files are not awaited on their way to the disk
 *   FAKE_SCALING=1		throughput follows a law of scaling, see fakeresult.c
 */
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <unistd.h>

#include "fakemodel.h"

static int (*real_openat)(int dir, const char *path, int flags, ...);
static ssize_t (*real_write)(int fd, const void *buf, size_t n);
static ssize_t (*real_pread)(int fd, void *buf, size_t n, off_t off);
static int (*real_fsync)(int fd);

__attribute__((constructor)) static void init(void)
{
	char path[5000];

	real_openat = dlsym(RTLD_NEXT, "openat");
	real_write = dlsym(RTLD_NEXT, "write");
	real_pread = dlsym(RTLD_NEXT, "pread");
	real_fsync = dlsym(RTLD_NEXT, "fsync");
	snprintf(fake_root, sizeof(fake_root), "%s/" TB_DIR,
		 fake_env("TOKBENCH_DEBUGFS"));
	snprintf(path, sizeof(path), "%s/version", fake_root);
	if (access(fake_root, F_OK) == 0 && access(path, F_OK) != 0)
		fake_load();
}

/* Open .run, locked against the other tokctl of a test. */
static int enter(struct fake *k)
{
	char path[5000];
	int fd;

	snprintf(path, sizeof(path), "%s/.run", fake_root);
	fd = real_openat(AT_FDCWD, path, O_RDWR | O_CREAT | O_CLOEXEC, 0600);
	if (fd < 0)
		return fd;
	while (flock(fd, LOCK_EX) && errno == EINTR)
		;
	if (real_pread(fd, k, sizeof(*k), 0) != sizeof(*k))
		memset(k, 0, sizeof(*k));
	return fd;
}

static void leave(struct fake *k, int fd)
{
	if (pwrite(fd, k, sizeof(*k), 0) != sizeof(*k))
		abort();
	close(fd);
}

static void refresh(void)
{
	int saved = errno;
	struct fake k;
	int fd;

	if (access(fake_root, F_OK) == 0) {
		fd = enter(&k);
		if (fd >= 0) {
			fake_advance(&k);
			leave(&k, fd);
		}
	}
	errno = saved;
}

/* Another run ends, between two files of the same result. */
static void race(void)
{
	static bool done;
	struct fake k;
	int fd;

	if (done || !*fake_env("FAKE_RACE"))
		return;
	done = true;
	fd = enter(&k);
	if (fd < 0)
		return;
	k.run++;
	fake_publish(&k);
	leave(&k, fd);
}

/* Name of the file behind a descriptor below the fake_root, or NULL. */
static const char *name_of(int fd, char *path, size_t size)
{
	char link[64];
	ssize_t n;

	snprintf(link, sizeof(link), "/proc/self/fd/%d", fd);
	n = readlink(link, path, size - 1);
	if (n < 0)
		return NULL;
	path[n] = '\0';
	if (strncmp(path, fake_root, strlen(fake_root)) ||
	    path[strlen(fake_root)] != '/')
		return NULL;
	return path + strlen(fake_root) + 1;
}

int openat(int dir, const char *path, int flags, ...)
{
	mode_t mode = 0;
	char buf[5000];
	va_list ap;

	if (flags & O_CREAT) {
		va_start(ap, flags);
		mode = va_arg(ap, mode_t);
		va_end(ap);
	}
	/* Only what is opened relative to the module's own folder is ours. */
	if (dir == AT_FDCWD || !name_of(dir, buf, sizeof(buf) - 1)) {
		char self[5000];

		snprintf(buf, sizeof(buf), "/proc/self/fd/%d", dir);
		ssize_t n = dir == AT_FDCWD ?
				    -1 :
				    readlink(buf, self, sizeof(self) - 1);

		if (n < 0)
			return real_openat(dir, path, flags, mode);
		self[n] = '\0';
		if (strcmp(self, fake_root) != 0)
			return real_openat(dir, path, flags, mode);
	}
	if (*fake_env("FAKE_EACCES")) {
		errno = EACCES;
		return -1;
	}
	refresh();
	if (!strcmp(path, "results/threads"))
		race();
	/* debugfs knows no truncation; write() below decides what a file holds. */
	return real_openat(dir, path, flags & ~O_TRUNC, mode);
}

ssize_t pread(int fd, void *buf, size_t n, off_t off)
{
	char path[5000];

	if (name_of(fd, path, sizeof(path)))
		refresh();
	return real_pread(fd, buf, n, off);
}

int fsync(int fd)
{
	if (*fake_env("FAKE_KILL"))
		kill(getpid(), atoi(fake_env("FAKE_KILL")));
	if (*fake_env("FAKE_DISK"))
		return fcntl(fd, F_GETFD) < 0 ? -1 : 0;
	return real_fsync(fd);
}

ssize_t write(int fd, const void *buf, size_t n)
{
	char path[5000];
	char value[VALUE_MAX];
	const char *name = name_of(fd, path, sizeof(path));
	struct fake k;
	int error;
	int run;

	if (!name)
		return real_write(fd, buf, n);
	if (n >= sizeof(value)) {
		errno = fake_refuse(E2BIG, name, "...", "too long");
		return -1;
	}
	memcpy(value, buf, n);
	value[n] = '\0';
	value[strcspn(value, "\n")] = '\0';
	run = enter(&k);
	if (run < 0)
		return -1;
	fake_advance(&k);
	error = strncmp(name, "config/", 7) ? fake_control(&k, value) :
					      fake_config(&k, name, value);
	leave(&k, run);
	if (!error)
		return n;
	errno = error;
	return -1;
}
