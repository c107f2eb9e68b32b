// SPDX-License-Identifier: GPL-2.0
/*
 * stretch - the longest time that a task kept its CPU from a more urgent one
 *
 *   stretch PID STATE
 *	wakes up every ms as a real-time task and looks how much CPU time PID has
 *	used since it last looked, while the file STATE says cool; prints the most
 *	in us. Where PID lets others run when they want to, that is little more
 *	than 1 ms.
 */
#define _GNU_SOURCE
#include <err.h>
#include <sched.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

static unsigned long long used_ns(const char *file)
{
	unsigned long long ns = 0;
	FILE *f = fopen(file, "r");

	if (!f || fscanf(f, "%llu", &ns) != 1)
		err(3, "%s", file);
	fclose(f);
	return ns;
}

/* Does the run cool down (1), has it not come so far (0), is it over (-1)? */
static int cools(const char *file)
{
	char word[16] = "";
	FILE *f = fopen(file, "r");

	if (!f || fscanf(f, "%15s", word) != 1)
		err(3, "%s", file);
	fclose(f);
	if (!strcmp(word, "done") || !strcmp(word, "failed"))
		return -1;
	return !strcmp(word, "cool");
}

int main(int argc, char **argv)
{
	const struct timespec ms = { .tv_nsec = 1000000 };
	struct sched_param fifo = { .sched_priority = 50 };
	unsigned long long last, now, most = 0;
	char file[64];

	if (argc < 3)
		errx(2, "usage: stretch PID STATE");
	snprintf(file, sizeof(file), "/proc/%s/schedstat", argv[1]);
	if (sched_setscheduler(0, SCHED_FIFO, &fifo))
		err(3, "fifo");
	while (!cools(argv[2]))
		nanosleep(&ms, NULL);
	last = used_ns(file);
	while (cools(argv[2]) > 0) {
		nanosleep(&ms, NULL);
		now = used_ns(file);
		if (now - last > most)
			most = now - last;
		last = now;
	}
	printf("%llu\n", most / 1000);
	return 0;
}
