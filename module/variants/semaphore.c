// SPDX-License-Identifier: GPL-2.0
/*
 * semaphore.c - struct semaphore of count 1; sets are taken in ascending order
 *
 * Linux's sleep lock before there were mutexes (2.6.16), and the nearest to the
 * textbook: a count and a FIFO behind a spinlock that every get and release
 * takes. No spinning for the holder, no overtaking: up() hands the semaphore to
 * the first waiter, for whom it then stays reserved until that thread runs. So:
 * perfectly fair, and under contention one context switch per operation, the
 * lock convoy of textbooks.
 *
 * Limits: it has no owner, so there is nothing to spin on, to lend a priority
 * to, or for lockdep to check.
 */
#include <linux/semaphore.h>

#define SYMBOL semaphore
#define NAME "semaphore"
#define DOC \
	"struct semaphore of count 1: strict FIFO, sets taken in a global order"
#define LOOP_FLAGS (TB_FLAG(blocks) | TB_FLAG(ordered))
#define LOCK struct semaphore

#include "linux_lock.h"
#include "set_map.h"

static __always_inline void get_lock(struct semaphore *sem, bool shared)
{
	down(sem);
}

static __always_inline void put_lock(struct semaphore *sem, bool shared)
{
	up(sem);
}

static int make_lock(struct semaphore *sem)
{
	sema_init(sem, 1);
	return 0;
}

static void end_lock(struct semaphore *sem)
{
}

#include "plain_set.h"
#include "linux_variant.h"
