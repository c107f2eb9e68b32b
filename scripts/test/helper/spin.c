// SPDX-License-Identifier: GPL-2.0
/*
 * spin - an unrelated task on one CPU, which counts the work it gets done
 *
 *   spin CPU MS [fifo [PRIORITY]]
 *	works on CPU for MS milliseconds of its clock, and prints the chunks of
 *	work done and the longest time between two of them in ms. With fifo: as
 *	a real-time task (default: of priority 50), which keeps everybody else off
 *	the CPU.
 */
#define _GNU_SOURCE
#include <err.h>
#include <sched.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#define CHUNK 10000

static uint64_t now_ns(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return t.tv_sec * 1000000000ULL + t.tv_nsec;
}

static void chunk(void)
{
	unsigned int i;

	for (i = 0; i < CHUNK; i++)
		__asm__ volatile("" : : : "memory");
}

int main(int argc, char **argv)
{
	uint64_t end, last, now, gap = 0, chunks = 0;
	struct sched_param fifo = { .sched_priority = 50 };
	cpu_set_t set;

	if (argc < 3)
		errx(2, "usage: spin CPU MS [fifo [PRIORITY]]");
	if (argc > 4)
		fifo.sched_priority = atoi(argv[4]);
	CPU_ZERO(&set);
	CPU_SET(atoi(argv[1]), &set);
	if (sched_setaffinity(0, sizeof(set), &set))
		err(3, "CPU %s", argv[1]);
	if (argc > 3 && !strcmp(argv[3], "fifo") &&
	    sched_setscheduler(0, SCHED_FIFO, &fifo))
		err(3, "fifo");
	last = now_ns();
	end = last + strtoull(argv[2], NULL, 10) * 1000000;
	do {
		chunk();
		chunks++;
		now = now_ns();
		if (now - last > gap)
			gap = now - last;
		last = now;
	} while (now < end);
	printf("%llu %llu\n", (unsigned long long)chunks,
	       (unsigned long long)gap / 1000000);
	return 0;
}
