// SPDX-License-Identifier: GPL-2.0
/*
 * hold - stops one thread of a process for a while, the others go on
 *
 *   hold TID MS
 *
 * A signal stops a process as a whole; a tracer stops threads. If this process
 * ends, the kernel lets the thread go on.
 */
#define _GNU_SOURCE
#include <err.h>
#include <errno.h>
#include <stdlib.h>
#include <sys/ptrace.h>
#include <sys/types.h>
#include <sys/wait.h>
#include <time.h>

int main(int argc, char **argv)
{
	struct timespec left;
	pid_t tid;
	long ms;

	if (argc != 3)
		errx(2, "usage: hold TID MS");
	tid = (pid_t)atol(argv[1]);
	ms = atol(argv[2]);
	if (ptrace(PTRACE_SEIZE, tid, NULL, NULL) ||
	    ptrace(PTRACE_INTERRUPT, tid, NULL, NULL) ||
	    waitpid(tid, NULL, __WALL) != tid)
		err(1, "thread %d", tid);
	left.tv_sec = ms / 1000;
	left.tv_nsec = ms % 1000 * 1000000;
	while (nanosleep(&left, &left) && errno == EINTR)
		;
	if (ptrace(PTRACE_DETACH, tid, NULL, NULL))
		err(1, "thread %d", tid);
	return 0;
}
