/* SPDX-License-Identifier: GPL-2.0 */
/*
 * tas.h - a test-and-set lock: the oldest spinlock, and the worst
 *
 * It is here for its known collapse, beside ticket.h. Each waiter tries an
 * atomic exchange over and over. Reading the word first, and exchanging only
 * when it looks free (test-and-test-and-set), would be kinder: waiters would
 * share the line until the release. What is to be seen here is the other
 * thing: every try of every waiter takes the line away from all others,
 * from the holder too, which needs it for its release.
 *
 * THE WORD
 *
 *	lock	0 -> 1	by an exchange that found 0
 *		1 -> 1	by one that failed
 *	unlock	1 -> 0	a plain store, as only the holder makes it
 *
 * ORDERING
 *
 *   The store of 0 is a release. It pairs with the acquire of the exchange
 *   that finds this 0.
 *
 * HOW LONG ONE WAITS
 *
 *   Preemption is off while the lock is held, and so while one tries: an
 *   exchange may succeed. But nothing makes a waiter's turn come: a CPU that
 *   has the line nearby gets the lock again and again, and the others starve. So
 *   one asks for a number of tries. When they have failed, or Linux wants the
 *   CPU, preemption is as it was and the caller holds nothing; it should give back
 *   the other locks of its set, if it has any, and let Linux use the CPU before it
 *   tries again. So waiting keeps no task off a CPU for longer than one try, and
 *   the number is for what waits for ever: RCU, and the stop of the run.
 *   Interrupts stay on, so the lock is not for their handlers.
 *
 * A leaf: knows nothing of tokens, runs or lockdep. Not recursive.
 */
#ifndef _TB_TAS_H
#define _TB_TAS_H

#include <linux/atomic.h>
#include <linux/preempt.h>
#include <linux/processor.h>
#include <linux/sched.h>

/*
 * Tries after which to give the CPU away for a moment: some milliseconds with
 * two CPUs, less than a second with hundreds.
 */
#define TB_TAS_TRIES 50000

/**
 * struct tb_tas - a test-and-set lock
 * @taken: see THE WORD
 */
struct tb_tas {
	u32 taken;
};

/**
 * tb_tas_init() - make a free lock
 * @l: its memory
 */
static inline void tb_tas_init(struct tb_tas *l)
{
	WRITE_ONCE(l->taken, 0);
}

/**
 * tb_tas_lock_tries() - take a lock, or give up
 * @l: the lock
 * @tries: how many at most, from 1
 *
 * Context: any but interrupts. Returns with preemption off if it succeeded.
 * Return: true if the lock was taken
 */
static __always_inline bool tb_tas_lock_tries(struct tb_tas *l, u32 tries)
{
	preempt_disable();
	/* Pairs with the release in tb_tas_unlock(). */
	while (unlikely(xchg_acquire(&l->taken, 1))) {
		if (unlikely(!--tries || need_resched())) {
			preempt_enable();
			return false;
		}
		cpu_relax();
	}
	return true;
}

/**
 * tb_tas_unlock() - release a lock
 * @l: held by the caller
 *
 * Context: that of the lock. Undoes its disabling of preemption.
 */
static __always_inline void tb_tas_unlock(struct tb_tas *l)
{
	/* Pairs with the acquire in tb_tas_lock_tries(). */
	smp_store_release(&l->taken, 0);
	preempt_enable();
}

#endif /* _TB_TAS_H */
