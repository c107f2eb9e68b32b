// SPDX-License-Identifier: GPL-2.0
/*
 * mutex.c - struct mutex; sets are taken in ascending order
 *
 * Linux's standard sleep lock, and the one tokens have to be measured against.
 * Uncontended it is one cmpxchg on the owner word. A contender first spins as
 * long as the owner runs on another CPU (the spinners queue in an MCS lock of
 * their own), then sleeps in a FIFO. A newcomer may overtake the sleepers; the
 * first of them, once it was woken in vain, asks for the lock to be handed over
 * to it (Linux 4.10). So: fast, unfair for short times, no thread starves.
 *
 * Limits: a set must be taken in one order by all threads, or it deadlocks. No
 * priority inheritance. Documentation/locking/mutex-design.rst.
 */
#include <linux/mutex.h>

#define SYMBOL mutex
#define NAME "mutex"
#define DOC "struct mutex, sets taken in a global order"
#define RT_NOTE \
	"an rt_mutex: waiters lend the holder their priority, and only the first of them spins"
#define LOOP_FLAGS (TB_FLAG(blocks) | TB_FLAG(ordered))
#define LOCK struct mutex

#include "linux_lock.h"
#include "set_map.h"

static __always_inline void get_lock(struct mutex *mutex, bool shared)
{
	mutex_lock_nest_lock(mutex, &tb_set);
}

static __always_inline void put_lock(struct mutex *mutex, bool shared)
{
	mutex_unlock(mutex);
}

static int make_lock(struct mutex *mutex)
{
	mutex_init(mutex);
	return 0;
}

static void end_lock(struct mutex *mutex)
{
	mutex_destroy(mutex);
}

#include "plain_set.h"
#include "linux_variant.h"
