// SPDX-License-Identifier: GPL-2.0
/*
 * io - single system calls on a file, which a shell cannot make
 *
 *   io write FILE [-t TEXT] [-o OFFSET] [-s SIZE] [-c COUNT] [-b ADDRESS]
 *	one write(2) of what stdin holds, or of TEXT, or of SIZE times the
 *	digit 7; at OFFSET; with COUNT in place of the real length; from
 *	ADDRESS in place of a buffer. Prints "ok N" or the name of the error.
 *   io poll FILE MS
 *	reads FILE, says "ready", waits up to MS for poll(2) to report POLLIN
 *	or POLLPRI on it, and prints what came: "POLLIN POLLPRI", "timeout".
 *   io drip FILE
 *	copies FILE to stdout in reads of one byte.
 *   io failing N TASK FILE TEXT
 *	writes TEXT to FILE while the Nth allocation of that time by TASK (a
 *	process id, or "self") fails, in a kernel that can do that
 *	(FAULT_INJECTION). Prints the outcome as for write, and "injected", or
 *	"none" if there were not so many.
 *   io race N FILE WORD
 *	N processes write WORD to FILE at the same moment; one line each, as
 *	for write.
 */
#define _GNU_SOURCE
#include <err.h>
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

#define STDIN_MAX (1 << 21)

static int open_or_die(const char *file, int flags)
{
	int fd = open(file, flags);

	if (fd < 0)
		err(3, "%s", file);
	return fd;
}

static void print_result(ssize_t n)
{
	if (n < 0)
		printf("%s\n", strerrorname_np(errno));
	else
		printf("ok %zd\n", n);
	fflush(stdout);
}

static size_t read_stdin(char *buf, size_t size)
{
	size_t len = 0;
	ssize_t n;

	while ((n = read(0, buf + len, size - len)) > 0)
		len += n;
	return len;
}

static int do_write(int argc, char **argv)
{
	const char *file = argv[1];
	char *buf = malloc(STDIN_MAX);
	size_t size = 0, count = 0;
	const char *text = NULL;
	void *from = buf;
	off_t offset = 0;
	int opt;

	optind = 2;
	while ((opt = getopt(argc, argv, "t:o:s:c:b:")) != -1) {
		uint64_t v = strtoull(optarg ? optarg : "", NULL, 0);

		switch (opt) {
		case 't':
			text = optarg;
			break;
		case 'o':
			offset = v;
			break;
		case 's':
			size = v;
			break;
		case 'c':
			count = v;
			break;
		case 'b':
			from = (void *)(uintptr_t)v;
			break;
		default:
			return 2;
		}
	}
	if (!buf || size > STDIN_MAX)
		errx(3, "no such size");
	if (size)
		memset(buf, '7', size);
	else if (text)
		size = strlen(strcpy(buf, text));
	else
		size = read_stdin(buf, STDIN_MAX);
	print_result(pwrite(open_or_die(file, O_WRONLY), from,
			    count ? count : size, offset));
	return 0;
}

static int do_poll(const char *file, int ms)
{
	struct pollfd p = { .events = POLLIN | POLLPRI };
	char line[4096];
	int n;

	p.fd = open_or_die(file, O_RDONLY);
	if (read(p.fd, line, sizeof(line)) < 0)
		err(3, "%s", file);
	puts("ready");
	fflush(stdout);
	n = poll(&p, 1, ms);
	if (n < 0)
		err(3, "poll");
	if (!n)
		puts("timeout");
	else
		printf("%s%s%s\n", p.revents & POLLIN ? "POLLIN" : "",
		       p.revents & POLLIN && p.revents & POLLPRI ? " " : "",
		       p.revents & POLLPRI ? "POLLPRI" : "");
	return 0;
}

static int do_drip(const char *file)
{
	int fd = open_or_die(file, O_RDONLY);
	ssize_t n;
	char c;

	while ((n = read(fd, &c, 1)) > 0)
		putchar(c);
	if (n < 0)
		err(3, "%s", file);
	return 0;
}

static int open_fail_nth(const char *task)
{
	char name[64];

	if (!strcmp(task, "self"))
		task = "thread-self";
	snprintf(name, sizeof(name), "/proc/%s/fail-nth", task);
	return open_or_die(name, O_RDWR);
}

static int do_failing(const char *number, const char *task, const char *file,
		      const char *text)
{
	int nth = open_fail_nth(task);
	int fd = open_or_die(file, O_WRONLY);
	char left[32] = "";
	int error;
	ssize_t n;

	if (write(nth, number, strlen(number)) < 0)
		err(3, "fail-nth");
	n = write(fd, text, strlen(text));
	error = errno;
	/* What is left to be counted; 0 if it came to that. */
	if (pread(nth, left, sizeof(left) - 1, 0) < 0 ||
	    pwrite(nth, "0", 1, 0) < 0)
		err(3, "fail-nth");
	errno = error;
	print_result(n);
	puts(atoi(left) ? "none" : "injected");
	return 0;
}

static int do_race(int n, const char *file, const char *word)
{
	int *go = mmap(NULL, sizeof(*go), PROT_READ | PROT_WRITE,
		       MAP_SHARED | MAP_ANONYMOUS, -1, 0);
	int i, fd = open_or_die(file, O_WRONLY);

	if (go == MAP_FAILED)
		err(3, "mmap");
	for (i = 0; i < n; i++) {
		if (fork())
			continue;
		while (!__atomic_load_n(go, __ATOMIC_ACQUIRE))
			usleep(100);
		print_result(write(fd, word, strlen(word)));
		_exit(0);
	}
	usleep(20000);
	__atomic_store_n(go, 1, __ATOMIC_RELEASE);
	while (wait(NULL) > 0)
		;
	return 0;
}

int main(int argc, char **argv)
{
	const char *what = argc > 2 ? argv[1] : "";

	if (!strcmp(what, "write"))
		return do_write(argc - 1, argv + 1);
	if (!strcmp(what, "poll") && argc == 4)
		return do_poll(argv[2], atoi(argv[3]));
	if (!strcmp(what, "drip"))
		return do_drip(argv[2]);
	if (!strcmp(what, "failing") && argc == 6)
		return do_failing(argv[2], argv[3], argv[4], argv[5]);
	if (!strcmp(what, "race") && argc == 5)
		return do_race(atoi(argv[2]), argv[3], argv[4]);
	fprintf(stderr,
		"usage: io write|poll|drip|failing|race ..., see its source\n");
	return 2;
}
