// SPDX-License-Identifier: GPL-2.0
/*
 * fuzz - hostile system calls on the files below a folder
 *
 *   fuzz [-r] [-s SEED] [-t SECONDS] [-n CALLS] [-p PROCESSES] DIR
 *
 * Each process opens one file after the other, at random, with random flags,
 * makes a few random system calls on it and closes it: writes of what the file
 * could like, of that with bytes changed, cut or doubled, of noise, of far too
 * much, from bad addresses; reads and writes of odd sizes at odd offsets; lseek,
 * poll, ioctl, mmap, ftruncate; and calls that make or remove files. Every
 * outcome is right; the kernel has to survive. -r makes only calls that change
 * nothing.
 *
 * What a process does is a function of SEED and its number, but for the moment
 * at which it does it. Ends after SECONDS (default 2), or when all processes
 * together made CALLS, and prints what was done: "NAME COUNT" lines. DIR may
 * vanish and come back meanwhile.
 */
#define _GNU_SOURCE
#include <err.h>
#include <errno.h>
#include <fcntl.h>
#include <ftw.h>
#include <inttypes.h>
#include <poll.h>
#include <signal.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <sys/uio.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#define FILES_MAX 256
#define TEXT_MAX 8192
#define HUGE_SIZE (1 << 20)
#define ARRAY_SIZE(a) (sizeof(a) / sizeof(*(a)))

/* Shared by all processes. */
struct counts {
	uint64_t calls, opens, writes, taken, reads, bytes_read;
	uint8_t opened[FILES_MAX];
};

static char *files[FILES_MAX];
static unsigned int nfiles;
static struct counts *counts;
static char *huge;
static bool read_only;

/* splitmix64 (Steele, Lea, Flood 2014) */
static uint64_t rng;

static uint64_t rnd(void)
{
	uint64_t z = rng += 0x9e3779b97f4a7c15;

	z = (z ^ z >> 30) * 0xbf58476d1ce4e5b9;
	z = (z ^ z >> 27) * 0x94d049bb133111eb;
	return z ^ z >> 31;
}

static uint64_t below(uint64_t n)
{
	return rnd() % n;
}

#define PICK(array) ((array)[below(ARRAY_SIZE(array))])

/* Words and pieces of text that some file takes. */
/* clang-format off */
static const char *const words[] = {
	"token-poll", "token-ipi", "token-ticket", "token-sorted",
	"token-backoff", "token-handoff", "lockmgr", "mutex", "mutex-trylock", "mutex-big",
	"ww-wound", "ww-die", "rtmutex", "rwsem", "percpu-rwsem", "semaphore",
	"spinlock", "ticket", "tas", "none", "broken", "same", "opposite",
	"random", "uniform", "zipf", "partition", "const", "exp", "bimodal",
	"full", "throughput", "normal", "fifo", "faithful", "exact", "0", "1",
	"0-1", "0,1", "1-", "0-3,5", "hold_ns=1000/hold_ns=10",
	"threads=2:nice=5/nice=-3", "shared_pct=50/shared_pct=0:think_ns=7",
	"nice=1:nice=2/", "1/2/1", "1/1024", "4/2/1/2", "-", "/", "=", ",",
	"%s%n", "\\x00", "0x10", "1e9", "-1", "+1", "99999999999999999999999",
};
/* clang-format on */

static const char *const commands[] = {
	"start", "start", "start", "start",  "stop", "stop", "stop",
	"stop",	 "reset", "check", "starts", "sto",  "",     "start stop",
};

static const uint64_t edges[] = {
	0,
	1,
	2,
	31,
	32,
	33,
	255,
	256,
	799,
	801,
	1024,
	1025,
	4095,
	4096,
	4097,
	65535,
	65536,
	100000,
	100001,
	INT32_MAX,
	INT32_MAX + 1ull,
	UINT32_MAX,
	UINT32_MAX + 1ull,
	INT64_MAX,
	INT64_MAX + 1ull,
	UINT64_MAX,
};

static size_t number(char *text)
{
	if (!below(4))
		return sprintf(text, "%" PRIu64, PICK(edges));
	/* As many small as large ones. Times beyond are only waited for. */
	return sprintf(text, "%" PRIu64, rnd() >> (47 + below(17)));
}

/* Something that the file could like. */
static size_t good_text(const char *file, char *text)
{
	if (strstr(file, "/control")) {
		/* Takes long, and nobody else gets at anything meanwhile. */
		if (!below(256))
			return sprintf(text, "bench");
		return sprintf(text, "%s", PICK(commands));
	}
	if (below(3))
		return number(text);
	return sprintf(text, "%s", PICK(words));
}

static size_t mutate(char *text, size_t len)
{
	unsigned int n = 1 + below(3);

	while (n--) {
		size_t at = below(len + 1);

		switch (below(5)) {
		case 0:
			text[at] = rnd();
			len += at == len;
			break;
		case 1:
			len = at;
			break;
		case 2:
			memmove(text + at + 1, text + at, len - at);
			text[at] = " \t\n\0/:,=-"[below(9)];
			len++;
			break;
		case 3:
			if (len < TEXT_MAX / 4) {
				memcpy(text + len, text, len);
				len *= 2;
			}
			break;
		default:
			len += sprintf(text + len, "%s", PICK(words));
		}
	}
	return len;
}

static size_t noise(char *text)
{
	size_t i, len = below(4) ? below(64) : below(TEXT_MAX);

	for (i = 0; i < len; i++)
		text[i] = rnd();
	return len;
}

static size_t input(const char *file, char *text)
{
	switch (below(8)) {
	case 0:
		return noise(text);
	case 1:
	case 2:
		return mutate(text, good_text(file, text));
	default:
		return good_text(file, text);
	}
}

static off_t odd_offset(void)
{
	static const off_t some[] = { 0,    0,	1,	 4095,	    4096,
				      4097, -1, 1 << 20, INT32_MAX, INT64_MAX };

	return below(2) ? (off_t)below(5000) : PICK(some);
}

static size_t odd_size(void)
{
	static const size_t some[] = { 0, 1, 2, 3, 4095, 4096, 4097, HUGE_SIZE };

	return below(2) ? below(1000) : PICK(some);
}

static void *bad_address(void)
{
	static const uintptr_t some[] = { 0, 1, 0xffffffff81000000,
					  0x7ffffffff000, UINTPTR_MAX };

	return (void *)PICK(some);
}

static void do_write(int fd, const char *file)
{
	char text[TEXT_MAX * 2];
	size_t len = input(file, text);
	struct iovec v[2];
	ssize_t n;

	switch (below(12)) {
	case 0:
		n = write(fd, huge, odd_size());
		break;
	case 1:
		n = write(fd, bad_address(), 1 + below(5000));
		break;
	case 2:
		n = pwrite(fd, text, len, odd_offset());
		break;
	case 3:
		v[0] = (struct iovec){ text, len / 2 };
		v[1] = (struct iovec){ text + len / 2, len - len / 2 };
		n = writev(fd, v, 2);
		break;
	default:
		n = pwrite(fd, text, len, 0);
	}
	__atomic_add_fetch(&counts->writes, 1, __ATOMIC_RELAXED);
	__atomic_add_fetch(&counts->taken, n > 0, __ATOMIC_RELAXED);
}

static void do_read(int fd)
{
	static char buf[HUGE_SIZE];
	ssize_t n;

	switch (below(6)) {
	case 0:
		n = read(fd, bad_address(), 1 + below(5000));
		break;
	case 1:
		n = pread(fd, buf, odd_size(), 0);
		break;
	case 2:
		/* Across the end of what is mapped. */
		n = read(fd, huge + HUGE_SIZE - below(100), 4096);
		break;
	case 3:
		n = pread(fd, buf, odd_size(), odd_offset());
		break;
	default:
		n = read(fd, buf, odd_size());
	}
	__atomic_add_fetch(&counts->reads, 1, __ATOMIC_RELAXED);
	if (n > 0)
		__atomic_add_fetch(&counts->bytes_read, n, __ATOMIC_RELAXED);
}

static void do_other(int fd, const char *file)
{
	struct pollfd p = { fd, rnd(), 0 };
	struct stat st;
	void *map;

	switch (below(read_only ? 5 : 9)) {
	case 0:
		lseek(fd, odd_offset(), below(6));
		break;
	case 1:
		poll(&p, 1, below(3));
		break;
	case 2:
		fstat(fd, &st);
		break;
	case 3:
		map = mmap(NULL, 4096, PROT_READ, MAP_PRIVATE, fd,
			   4096 * below(3));
		if (map != MAP_FAILED)
			munmap(map, 4096);
		break;
	case 4:
		ioctl(fd, rnd(), bad_address());
		break;
	case 5:
		if (ftruncate(fd, odd_offset())) {
		}
		break;
	case 6:
		unlink(file);
		break;
	case 7:
		mkdir(file, 0700);
		break;
	default:
		rename(file, files[below(nfiles)]);
	}
}

static void one_file(void)
{
	static const int more[] = { O_NONBLOCK, O_APPEND,    O_TRUNC,
				    O_CREAT,	O_EXCL,	     O_SYNC,
				    O_DIRECT,	O_DIRECTORY, O_NOFOLLOW };
	unsigned int i = below(nfiles), n = 1 + below(6);
	/* The control file is one of many, and the one that matters most. */
	const char *file = files[below(8) ? i : 0];
	int fd, flags = read_only ? O_RDONLY : below(3);

	if (!read_only && !below(4))
		flags |= PICK(more);
	fd = open(file, flags, 0600);
	__atomic_add_fetch(&counts->opens, 1, __ATOMIC_RELAXED);
	if (fd < 0) {
		if (errno == ENOENT)
			usleep(1000);
		return;
	}
	counts->opened[i] |= file == files[i];
	__atomic_add_fetch(&counts->calls, n, __ATOMIC_RELAXED);
	while (n--) {
		if (!below(4))
			do_other(fd, file);
		else if ((flags & O_ACCMODE) != O_RDONLY && below(4))
			do_write(fd, file);
		else
			do_read(fd);
	}
	close(fd);
}

static int add_file(const char *path, const struct stat *st, int type,
		    struct FTW *where)
{
	(void)st;
	(void)where;
	if (type == FTW_F && nfiles < FILES_MAX)
		files[nfiles++] = strdup(path);
	return 0;
}

static int by_control(const void *a, const void *b)
{
	const char *x = *(char *const *)a, *y = *(char *const *)b;
	bool cx = strstr(x, "/control"), cy = strstr(y, "/control");

	return cx != cy ? cy - cx : strcmp(x, y);
}

static void *shared(size_t size)
{
	void *p = mmap(NULL, size, PROT_READ | PROT_WRITE,
		       MAP_SHARED | MAP_ANONYMOUS, -1, 0);

	if (p == MAP_FAILED)
		err(3, "mmap");
	return p;
}

static void print_counts(void)
{
	unsigned int i, opened = 0;

	for (i = 0; i < nfiles; i++)
		opened += counts->opened[i];
	printf("executions %" PRIu64 "\nopens %" PRIu64 "\nwrites %" PRIu64
	       "\ntaken %" PRIu64 "\nreads %" PRIu64 "\nbytes_read %" PRIu64
	       "\nfiles %u\nfiles_opened %u\n",
	       counts->opens + counts->calls, counts->opens, counts->writes,
	       counts->taken, counts->reads, counts->bytes_read, nfiles,
	       opened);
}

int main(int argc, char **argv)
{
	uint64_t seed = 1, calls = UINT64_MAX;
	int opt, seconds = 2, processes = 4, i, status, bad = 0;
	time_t end;

	while ((opt = getopt(argc, argv, "rs:t:n:p:")) != -1) {
		switch (opt) {
		case 'r':
			read_only = true;
			break;
		case 's':
			seed = strtoull(optarg, NULL, 0);
			break;
		case 't':
			seconds = atoi(optarg);
			break;
		case 'n':
			calls = strtoull(optarg, NULL, 0);
			break;
		case 'p':
			processes = atoi(optarg);
			break;
		default:
			return 2;
		}
	}
	if (optind != argc - 1)
		errx(2,
		     "usage: fuzz [-r] [-s SEED] [-t SECONDS] [-n CALLS] [-p PROCESSES] DIR");
	if (nftw(argv[optind], add_file, 8, FTW_PHYS) || !nfiles)
		errx(3, "%s: no files", argv[optind]);
	qsort(files, nfiles, sizeof(*files), by_control);
	counts = shared(sizeof(*counts));
	/* What is behind its end is not for writing. */
	huge = shared(HUGE_SIZE + 4096);
	mprotect(huge + HUGE_SIZE, 4096, PROT_NONE);
	memset(huge, '7', HUGE_SIZE);
	end = time(NULL) + seconds;
	prctl(PR_SET_PDEATHSIG, SIGKILL);
	for (i = 0; i < processes; i++) {
		if (fork())
			continue;
		prctl(PR_SET_PDEATHSIG, SIGKILL);
		rng = seed + ((uint64_t)i << 32);
		while (time(NULL) < end && counts->calls < calls)
			one_file();
		_exit(0);
	}
	while (wait(&status) > 0)
		bad |= status;
	print_counts();
	return bad ? 1 : 0;
}
