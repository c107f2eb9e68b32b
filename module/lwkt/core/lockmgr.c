// SPDX-License-Identifier: GPL-2.0
/*
 * lockmgr.c - a FIFO sleep lock on the LWKT scheduler
 *
 * The mail's contrast to tokens: a thread becomes runnable only when the lock
 * it wants is released to it. Held across blocking. Named after DragonFly's
 * lockmgr(9), of which it is the exclusive core; the hand-over in order of
 * arrival is the rule here, as in DragonFly's later versions.
 *
 * STATE
 *
 *   lk_owner   0         free, queue empty
 *              td        owned by td, queue empty
 *              td | 1    owned by td, queue not empty
 *
 *   0 -> td          fast path of exclusive (cmpxchg, acquire)
 *   td -> 0          fast path of release (cmpxchg, release)
 *   td -> td | 1     contended, under lk_spin (cmpxchg)
 *   td | 1 -> next   release, under lk_spin; next | 1 if more wait
 *
 *   Bit 0 changes only under lk_spin, and while it is set the fast paths fail.
 *   The hand-over makes the next owner before it makes it runnable: no thread can
 *   take the lock in between (no stealing).
 *
 * WAITING
 *
 *   The waiter leaves its CPU's run queue under lk_spin and is found through
 *   lk_first. The release wakes it under lk_spin, too. Proof: lockmgr-wait
 *   (PROOFS.rst).
 *
 * LIMITS
 *
 *   Not recursive. Sets of these locks must be taken in one global order. With
 *   strict hand-over each contended operation costs a switch: the convoy that
 *   comes with it is a property to be measured, not a defect.
 */
#include <linux/export.h>
#include <linux/sched.h>

#include "base/compat.h"
#include "lockmgr.h"
#include "misuse.h"

/**
 * lwkt_lockinit() - make a lock
 * @lk: the memory
 * @desc: its name; must live as long as the lock
 *
 * Context: any.
 */
void lwkt_lockinit(struct lwkt_lock *lk, const char *desc)
{
	lk->lk_owner = 0;
	raw_spin_lock_init(&lk->lk_spin);
	lk->lk_first = NULL;
	lk->lk_last = NULL;
	lk->lk_desc = desc;
}
EXPORT_SYMBOL_GPL(lwkt_lockinit);

static bool is_owner(const struct lwkt_lock *lk, const struct lwkt_thread *td)
{
	return (READ_ONCE(lk->lk_owner) & ~LK_WAITERS) == (unsigned long)td;
}

static int check_caller(struct lwkt_lock *lk, struct lwkt_thread *td)
{
	if (lwkt_is_nobody(td)) {
		lwkt_misuse(LWKT_MISUSE_FOREIGN, lk->lk_desc);
		return -EPERM;
	}
	if (is_owner(lk, td)) {
		lwkt_misuse(LWKT_MISUSE_RECURSION, lk->lk_desc);
		return -EDEADLK;
	}
	if (!compat_may_block()) {
		lwkt_misuse(LWKT_MISUSE_ATOMIC, lk->lk_desc);
		return -EWOULDBLOCK;
	}
	return 0;
}

/* Under lk_spin: true if the lock was free and is the caller's now. */
static bool own_or_mark(struct lwkt_lock *lk, struct lwkt_thread *td)
{
	unsigned long word = READ_ONCE(lk->lk_owner), new;

	do {
		if (word & LK_WAITERS)
			return false;
		new = word ? word | LK_WAITERS : (unsigned long)td;
		/* Pairs with the release in lwkt_lockmgr_put(). */
	} while (!try_cmpxchg_acquire(&lk->lk_owner, &word, new));
	return !word;
}

/* A queued thread waits until the lock is handed to it. lk_spin; ends without. */
static int wait_for_handover(struct lwkt_lock *lk, struct lwkt_thread *td,
			     unsigned long flags) __releases(&lk->lk_spin)
{
	while (!is_owner(lk, td)) {
		lwkt_deschedule(td);
		raw_spin_unlock_irqrestore(&lk->lk_spin, flags);
		if (lwkt_switch())
			return LWKT_AWAY;
		raw_spin_lock_irqsave(&lk->lk_spin, flags);
	}
	raw_spin_unlock_irqrestore(&lk->lk_spin, flags);
	return 0;
}

/**
 * lwkt_lockmgr_contended() - lwkt_lockmgr_exclusive() that met an owner
 * @lk: the lock
 *
 * Return: see lwkt_lockmgr_exclusive()
 */
int lwkt_lockmgr_contended(struct lwkt_lock *lk)
{
	struct lwkt_thread *td = lwkt_curthread();
	struct lwkt_thread_stats *st;
	unsigned long flags;
	int err;

	err = check_caller(lk, td);
	if (err)
		return err;
	st = lwkt_thread_stats(td);
	st->attempts_failed++;
	if (!st->max_consecutive_fail)
		st->max_consecutive_fail = 1;

	raw_spin_lock_irqsave(&lk->lk_spin, flags);
	if (own_or_mark(lk, td)) {
		raw_spin_unlock_irqrestore(&lk->lk_spin, flags);
		return 0;
	}
	td->td_lock_next = NULL;
	if (lk->lk_first)
		lk->lk_last->td_lock_next = td;
	else
		lk->lk_first = td;
	lk->lk_last = td;
	return wait_for_handover(lk, td, flags);
}
EXPORT_SYMBOL_GPL(lwkt_lockmgr_contended);

/**
 * lwkt_lockmgr_again() - the runner goes on with an inline thread that waits
 * @td: the thread, which was told LWKT_AWAY by lwkt_lockmgr_get()
 * @lk: the lock it wants
 *
 * Context: the thread, which may sleep.
 * Return: 0: it has the lock; LWKT_AWAY: something else had made it runnable
 */
int lwkt_lockmgr_again(struct lwkt_thread *td, struct lwkt_lock *lk)
{
	unsigned long flags;

	raw_spin_lock_irqsave(&lk->lk_spin, flags);
	return wait_for_handover(lk, td, flags);
}
EXPORT_SYMBOL_GPL(lwkt_lockmgr_again);

/**
 * lwkt_lockmgr_handover() - lwkt_lockmgr_release() with threads waiting
 * @lk: the lock
 *
 * Return: see lwkt_lockmgr_release()
 */
int lwkt_lockmgr_handover(struct lwkt_lock *lk)
{
	struct lwkt_thread *td = lwkt_curthread(), *next;
	unsigned long flags, word;

	if (READ_ONCE(lk->lk_owner) != ((unsigned long)td | LK_WAITERS)) {
		lwkt_misuse(LWKT_MISUSE_ORDER, lk->lk_desc);
		return -EINVAL;
	}
	raw_spin_lock_irqsave(&lk->lk_spin, flags);
	next = lk->lk_first;
	lk->lk_first = next->td_lock_next;
	word = (unsigned long)next;
	if (lk->lk_first)
		word |= LK_WAITERS;
	/*
	 * The next owner sees the section's writes through lk_spin,
	 * a third thread through the cmpxchg of its fast path.
	 */
	smp_store_release(&lk->lk_owner, word);
	lwkt_schedule(next);
	raw_spin_unlock_irqrestore(&lk->lk_spin, flags);
	return 0;
}
EXPORT_SYMBOL_GPL(lwkt_lockmgr_handover);
