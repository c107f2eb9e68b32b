/* SPDX-License-Identifier: GPL-2.0 */
/*
 * lockmgr.h - a sleep lock on the LWKT scheduler: what tokens are compared
 * with on their own ground (lockmgr.c)
 */
#ifndef _LWKT_LOCKMGR_H
#define _LWKT_LOCKMGR_H

#include <linux/atomic.h>
#include <linux/spinlock.h>

#include "sched.h"

/* Low bit of lk_owner: a thread waits, so the release must look at the queue. */
#define LK_WAITERS 1UL

/**
 * struct lwkt_lock - an exclusive sleep lock
 * @lk_owner: the owning thread, or-ed with LK_WAITERS; 0 if free
 * @lk_spin: protects the queue and every change of LK_WAITERS
 * @lk_first: waiting threads by td_lock_next, oldest first
 * @lk_last: the youngest, if there is one
 * @lk_desc: its name, for reports; not copied
 */
struct lwkt_lock {
	unsigned long lk_owner;
	raw_spinlock_t lk_spin;
	struct lwkt_thread *lk_first;
	struct lwkt_thread *lk_last;
	const char *lk_desc;
} ____cacheline_aligned_in_smp;

void lwkt_lockinit(struct lwkt_lock *lk, const char *desc);
int lwkt_lockmgr_contended(struct lwkt_lock *lk);
int lwkt_lockmgr_again(struct lwkt_thread *td, struct lwkt_lock *lk);
int lwkt_lockmgr_handover(struct lwkt_lock *lk);

/*
 * The two functions below for a caller that knows which thread it is, as the
 * tokens have them. The acquire of get pairs with the release of put.
 */
static __always_inline int lwkt_lockmgr_get(struct lwkt_thread *td,
					    struct lwkt_lock *lk)
{
	if (likely(!cmpxchg_acquire(&lk->lk_owner, 0, (unsigned long)td)))
		return 0;
	return lwkt_lockmgr_contended(lk);
}

static __always_inline int lwkt_lockmgr_put(struct lwkt_thread *td,
					    struct lwkt_lock *lk)
{
	if (likely(cmpxchg_release(&lk->lk_owner, (unsigned long)td, 0) ==
		   (unsigned long)td))
		return 0;
	return lwkt_lockmgr_handover(lk);
}

/**
 * lwkt_lockmgr_exclusive() - take a lock, sleeping until it is there
 * @lk: the lock; must not be held by the caller
 *
 * Context: an LWKT thread that may sleep; if it waits it drops all tokens.
 * Return: 0; LWKT_AWAY: lwkt_lockmgr_again() then; -EDEADLK if the caller holds
 * it already, -EWOULDBLOCK where it may not sleep; reported with the name. A
 * caller that is no LWKT thread is found out only if it has to wait.
 */
static __always_inline int lwkt_lockmgr_exclusive(struct lwkt_lock *lk)
{
	return lwkt_lockmgr_get(lwkt_curthread(), lk);
}

/**
 * lwkt_lockmgr_release() - release a lock
 * @lk: held by the caller
 *
 * If threads wait the oldest one owns the lock when this returns, and has been
 * made runnable.
 *
 * Context: an LWKT thread; never switches.
 * Return: 0; -EINVAL if the caller does not hold it, reported with the name.
 */
static __always_inline int lwkt_lockmgr_release(struct lwkt_lock *lk)
{
	return lwkt_lockmgr_put(lwkt_curthread(), lk);
}

#endif /* _LWKT_LOCKMGR_H */
