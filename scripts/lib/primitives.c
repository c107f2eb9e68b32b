// SPDX-License-Identifier: GPL-2.0
/*
 * primitives.c - what the instructions that locks are made of cost on this
 * machine, as an ordinary process
 *
 * Prints a line for each: its name, a tab, and the nanoseconds of one. Each is
 * timed in short blocks, one of each in turn, and the median of the blocks is
 * printed: what disturbs the machine for a while disturbs all of them alike. The
 * cost of the loop is part of it, as it is in the module's own rows.
 */
#include <signal.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#define ROUNDS 101
#define LOOPS 5000

static struct {
	uint64_t word;
	uint32_t half;
	uint8_t pad[52];
} line __attribute__((aligned(64)));

#define CMPXCHG(from, to)                                  \
	({                                                 \
		uint64_t old_ = (from);                    \
		asm volatile("lock cmpxchg %2, %1"         \
			     : "+a"(old_), "+m"(line.word) \
			     : "r"((uint64_t)(to))         \
			     : "memory", "cc");            \
	})
#define XADD(by)                                           \
	({                                                 \
		uint64_t add_ = (by);                      \
		asm volatile("lock xadd %0, %1"            \
			     : "+r"(add_), "+m"(line.word) \
			     :                             \
			     : "memory", "cc");            \
	})
#define XCHG(to)                                           \
	({                                                 \
		uint64_t new_ = (to);                      \
		asm volatile("xchg %0, %1"                 \
			     : "+r"(new_), "+m"(line.word) \
			     :                             \
			     : "memory");                  \
	})
#define STORE(to)                          \
	asm volatile("movq %1, %0"         \
		     : "=m"(line.word)     \
		     : "r"((uint64_t)(to)) \
		     : "memory")
#define MFENCE() asm volatile("mfence" : : : "memory")
#define SMP_MB() asm volatile("lock addl $0, -4(%%rsp)" : : : "memory", "cc")
#define RDTSC() asm volatile("lfence; rdtsc" : : : "rax", "rdx", "memory")

/* What User Mode Linux does to disable interrupts, and to enable them. */
static void signals_off_and_on(void)
{
	sigset_t set;

	sigemptyset(&set);
	sigaddset(&set, SIGUSR2);
	sigprocmask(SIG_BLOCK, &set, NULL);
	sigprocmask(SIG_UNBLOCK, &set, NULL);
}

/* Each leaves the word at 0. */
#define PRIMITIVES(X)                                                       \
	X("loop", asm volatile("" : : : "memory"))                          \
	X("store, store", STORE(1); STORE(0))                               \
	X("cmpxchg, store", CMPXCHG(0, 1); STORE(0))                        \
	X("cmpxchg, mfence, store", CMPXCHG(0, 1); MFENCE(); STORE(0))      \
	X("cmpxchg, cmpxchg", CMPXCHG(0, 1); CMPXCHG(1, 0))                 \
	X("cmpxchg, addl, cmpxchg", CMPXCHG(0, 1); SMP_MB(); CMPXCHG(1, 0)) \
	X("cmpxchg, xadd", CMPXCHG(0, 1); XADD(-1))                         \
	X("xadd, xadd", XADD(1); XADD(-1))                                  \
	X("xadd, store", XADD(1); STORE(0))                                 \
	X("xchg, store", XCHG(1); STORE(0))                                 \
	X("cmpxchg, store, twice", CMPXCHG(0, 1); STORE(0); CMPXCHG(0, 1);  \
	  STORE(0))                                                         \
	X("mfence", MFENCE())                                               \
	X("lock addl", SMP_MB())                                            \
	X("lfence, rdtsc", RDTSC())                                         \
	X("sigprocmask, twice", signals_off_and_on())

static uint64_t now_ns(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return t.tv_sec * 1000000000ULL + t.tv_nsec;
}

#define COUNT_ONE(name, body) +1
enum { COUNT = 0 PRIMITIVES(COUNT_ONE) };

static const char *const names[COUNT] = {
#define NAME(name, body) name,
	PRIMITIVES(NAME)
};

static uint64_t taken[COUNT][ROUNDS];

static int ascending(const void *a, const void *b)
{
	uint64_t x = *(const uint64_t *)a, y = *(const uint64_t *)b;

	return (x > y) - (x < y);
}

static void one_round(unsigned int round)
{
	unsigned int which = 0;
	uint64_t start;
	int i;

#define TIME(name, body)              \
	line.word = 0;                \
	start = now_ns();             \
	for (i = 0; i < LOOPS; i++) { \
		body;                 \
	}                             \
	taken[which++][round] = now_ns() - start;
	PRIMITIVES(TIME)
}

int main(void)
{
	unsigned int i;

	one_round(0);
	for (i = 0; i < ROUNDS; i++)
		one_round(i);
	for (i = 0; i < COUNT; i++) {
		qsort(taken[i], ROUNDS, sizeof(taken[i][0]), ascending);
		printf("%s\t%.2f\n", names[i],
		       (double)taken[i][ROUNDS / 2] / LOOPS);
	}
	return 0;
}
