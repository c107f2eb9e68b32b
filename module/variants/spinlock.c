// SPDX-License-Identifier: GPL-2.0
/*
 * spinlock.c - spinlock_t; sets are taken in ascending order
 *
 * The lock for short sections: preemption off, and busy waiting. On x86 it is
 * the queued spinlock, 4 bytes; the first contender waits on the lock itself,
 * all others in an MCS queue, each on a line of its own (4.2). FIFO, but for
 * the moment in which the queue is empty.
 *
 * Limits: the holder must not sleep, and no other task runs on the CPU of a
 * waiter. Each lock that is held counts preemption down one further, in eight
 * bits of preempt_count, and debug kernels complain from 245 on: a set of at
 * most 128 leaves room for interrupts and for what they hold. On PREEMPT_RT it
 * is an rt_mutex whose holder could be preempted and waiters sleep; what is
 * refused here stays refused there.
 */
#include <linux/spinlock.h>

#define SYMBOL spinlock
#define NAME "spinlock"
#define DOC "spinlock_t, preemption off, sets taken in a global order"
#define RT_NOTE \
	"an rt_mutex: waiters sleep, the holder can be preempted, and still must not sleep"
#define LOOP_FLAGS TB_FLAG(ordered)
#define LOCK spinlock_t
#define MAX_SET 128

#include "linux_lock.h"
#include "set_map.h"

/* Sparse counts locks per function and cannot follow a set through a loop. */
static __always_inline void get_lock(spinlock_t *spinlock, bool shared)
{
	spin_lock_nest_lock(spinlock, &tb_set);
	__release(spinlock);
}

static __always_inline void put_lock(spinlock_t *spinlock, bool shared)
{
	__acquire(spinlock);
	spin_unlock(spinlock);
}

static int make_lock(spinlock_t *spinlock)
{
	spin_lock_init(spinlock);
	return 0;
}

static void end_lock(spinlock_t *spinlock)
{
}

#include "plain_set.h"
#include "linux_variant.h"
