// SPDX-License-Identifier: GPL-2.0
/*
 * What -o names. tokctl runs as root, and a name can be anything: a device, a
 * pipe with a reader, a link to the file that is meant. A regular file
 * is replaced as a whole, behind all symbolic links; whatever else can be
 * written is written in place and never replaced.
 */
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <signal.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "outfile.h"
#include "xalloc.h"

/* As many as the kernel follows. */
#define LINKS_MAX 40

static bool is_same(const struct stat *a, const struct stat *b)
{
	return a->st_dev == b->st_dev && a->st_ino == b->st_ino;
}

static bool stat_input(const char *path, struct stat *st)
{
	return !(strcmp(path, "-") ? stat(path, st) : fstat(STDIN_FILENO, st));
}

/**
 * outfile_same() - Do two names mean one file?
 * @a: a name; "-": standard input
 * @b: another, likewise
 *
 * Return: false also if one of them means none.
 */
bool outfile_same(const char *a, const char *b)
{
	struct stat x, y;

	return stat_input(a, &x) && stat_input(b, &y) && is_same(&x, &y);
}

/* A name in the folder of another. */
static char *beside(const char *path, const char *name)
{
	const char *slash = *name == '/' ? NULL : strrchr(path, '/');

	return xasprintf("%.*s%s", slash ? (int)(slash + 1 - path) : 0, path,
			 name);
}

/* Where a file will be that is not there: links can lead to it. */
static char *behind_links(const char *path)
{
	char link[PATH_MAX];
	char *at = xstrdup(path);
	char *next;
	ssize_t n;
	int i;

	for (i = 0; i < LINKS_MAX; i++) {
		n = readlink(at, link, sizeof(link) - 1);
		if (n < 0)
			return at;
		link[n] = '\0';
		next = beside(at, link);
		free(at);
		at = next;
	}
	free(at);
	errno = ELOOP;
	return NULL;
}

static int refuse(const char *path, const char *is)
{
	warnx("-o: '%s' %s; allowed: a regular file, a FIFO, a character device, or -",
	      path, is);
	return ST_USAGE;
}

static int open_regular(struct outfile *o, bool there)
{
	o->real = there ? realpath(o->path, NULL) : behind_links(o->path);
	if (o->real && !outfile_probe(o->real))
		return ST_OK;
	warn("-o: '%s' cannot be written", o->path);
	return ST_USAGE;
}

/*
 * Opened once and kept, as a shell does: a reader of a FIFO would take the end
 * of a trial for the end of the result.
 */
static int open_in_place(struct outfile *o, const struct stat *st)
{
	const int flags = O_WRONLY | O_NOCTTY | O_CLOEXEC;
	struct stat got;

	o->fd = open(o->path, flags | O_NONBLOCK);
	if (o->fd < 0 && errno == ENXIO && S_ISFIFO(st->st_mode)) {
		warnx("-o: '%s': waiting for a reader of this FIFO", o->path);
		o->fd = open(o->path, flags);
	}
	if (o->fd < 0 || fcntl(o->fd, F_SETFL, O_WRONLY) ||
	    fstat(o->fd, &got)) {
		warn("-o: '%s' cannot be written", o->path);
		return ST_USAGE;
	}
	return is_same(&got, st) ? ST_OK :
				   refuse(o->path, "is being exchanged");
}

/* A descriptor of ours with the file behind it. */
static bool is_open_as(int fd, const struct stat *st)
{
	struct stat own;

	return !fstat(fd, &own) && is_same(&own, st) &&
	       (fcntl(fd, F_GETFL) & O_ACCMODE) != O_RDONLY;
}

/**
 * outfile_open() - Find out what a name means, before hours are spent
 * @o: receives the file; close with outfile_close(), also after an error
 * @path: the name
 *
 * Nothing is written yet. Waits until a FIFO has a reader.
 *
 * Return: ST_OK; ST_USAGE after a message.
 */
int outfile_open(struct outfile *o, const char *path)
{
	size_t len = strlen(path);
	struct stat st;
	bool there;

	*o = (struct outfile){ .path = path, .fd = -1 };
	there = !stat(path, &st);
	if (!there && errno != ENOENT) {
		warn("-o: '%s' cannot be written", path);
		return ST_USAGE;
	}
	if (!there)
		return len && path[len - 1] != '/' ?
			       open_regular(o, false) :
			       refuse(path, "is not the name of a file");
	if (S_ISDIR(st.st_mode))
		return refuse(path, "is a directory");
	if (S_ISBLK(st.st_mode))
		return refuse(path, "is a block device");
	if (S_ISSOCK(st.st_mode))
		return refuse(path, "is a socket");
	/* Its place in the file is ours as well: what was printed stays. */
	if (is_open_as(STDOUT_FILENO, &st)) {
		o->is_stdout = true;
		return ST_OK;
	}
	if (is_open_as(STDERR_FILENO, &st)) {
		o->fd = fcntl(STDERR_FILENO, F_DUPFD_CLOEXEC, 3);
		return o->fd >= 0 ? ST_OK : refuse(path, "cannot be used");
	}
	return S_ISREG(st.st_mode) ? open_regular(o, true) :
				     open_in_place(o, &st);
}

/**
 * outfile_can_repeat() - Does a second content take the place of the first?
 * @o: open file
 *
 * Return: false if it would come behind it.
 */
bool outfile_can_repeat(const struct outfile *o)
{
	return o->real;
}

/* A reader that goes away must not take tokctl, and its runs, along. */
static int put_in_place(int fd, const char *text, size_t len)
{
	struct sigaction ignore = { .sa_handler = SIG_IGN }, before;
	int error;
	int ret;

	sigaction(SIGPIPE, &ignore, &before);
	ret = outfile_put(fd, text, len);
	error = errno;
	sigaction(SIGPIPE, &before, NULL);
	errno = error;
	return ret;
}

/**
 * outfile_write() - Write a content
 * @o: open file that is not standard output
 * @print: prints the content
 * @what: for @print
 * @rescue: where the file does not take it, the content goes to a new file
 *	    whose name ends so; NULL: it does not
 *
 * Return: ST_OK; ST_BAD after a message, also if it was rescued.
 */
int outfile_write(struct outfile *o, outfile_print_fn print, const void *what,
		  const char *rescue)
{
	char *text = NULL;
	size_t len = 0;
	FILE *f = xmemstream(&text, &len);
	int ret = ST_BAD;
	bool printed;

	printed = print(f, what);
	xmemclose(f);
	if (!printed) {
		free(text);
		return ST_BAD;
	}
	if (!(o->real ? outfile_replace(o->real, text, len) :
			put_in_place(o->fd, text, len))) {
		ret = ST_OK;
	} else {
		warn("%s: cannot be written", o->path);
		if (rescue)
			outfile_rescue(rescue, text, len);
	}
	free(text);
	return ret;
}

/**
 * outfile_close() - Forget a file
 * @o: file, as outfile_open() left it
 */
void outfile_close(struct outfile *o)
{
	if (o->fd >= 0)
		close(o->fd);
	free(o->real);
	o->fd = -1;
	o->real = NULL;
}
