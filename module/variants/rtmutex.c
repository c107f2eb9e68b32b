// SPDX-License-Identifier: GPL-2.0
/*
 * rtmutex.c - struct rt_mutex; sets are taken in ascending order
 *
 * The lock under PI futexes, and under nearly every lock of a PREEMPT_RT
 * kernel. Uncontended it is one cmpxchg, like a mutex. Waiters stand in a tree
 * by priority, FIFO among equals, and lend their priority to the owner. Only
 * the first one spins, while the owner runs. The lock cannot be had past a
 * waiter of the same priority, so among the threads of a run it is handed on in
 * order of arrival.
 *
 * Limits: for a thread of an ordinary scheduling class every priority is the
 * same here, nice values count for nothing. All threads of a run being of one
 * class, no thread is ever boosted: what is measured is the price of being able
 * to (the tree under a spinlock, the walk to the owner), not its use.
 */
#include <linux/rtmutex.h>

/* Nearly everything selects it; PI futexes do. */
#ifndef CONFIG_RT_MUTEXES
#error "rtmutex.c needs CONFIG_RT_MUTEXES"
#endif

#define SYMBOL rtmutex
#define NAME "rtmutex"
#define DOC \
	"struct rt_mutex: priority inheritance, sets taken in a global order"
#define RT_NOTE "what mutex is, too: a difference between the two is noise"
#define LOOP_FLAGS (TB_FLAG(blocks) | TB_FLAG(ordered))
#define LOCK struct rt_mutex

#include "linux_lock.h"
#include "set_map.h"

static __always_inline void get_lock(struct rt_mutex *rtmutex, bool shared)
{
	rt_mutex_lock_nest_lock(rtmutex, &tb_set);
}

static __always_inline void put_lock(struct rt_mutex *rtmutex, bool shared)
{
	rt_mutex_unlock(rtmutex);
}

static int make_lock(struct rt_mutex *rtmutex)
{
	rt_mutex_init(rtmutex);
	return 0;
}

static void end_lock(struct rt_mutex *rtmutex)
{
}

#include "plain_set.h"
#include "linux_variant.h"
