// SPDX-License-Identifier: GPL-2.0
/*
 * tsleep.c - sleep until a wakeup for the same address
 *
 * The names and the contract are those of DragonFly's tsleep(9): any address
 * is something to sleep for, a wakeup that finds no sleeper is forgotten, and a
 * thread that sleeps drops its tokens like any thread that switches. So a sleeper
 * looks at its condition again afterwards.
 *
 * THE RACE
 *
 *   A thread that finds its condition false and goes to sleep can be overtaken by
 *   the wakeup, which finds no sleeper yet and is lost. The interlock closes that:
 *   it queues the thread before the thread looks at its condition. Proofs:
 *   tsleep-interlock, tsleep-once (PROOFS.rst).
 *
 * STATE, under the lock of the queue that td_wchan hashes to
 *
 *   not queued               awake; woken since its interlock
 *   queued                   awake, interlocked
 *   queued, td_asleep        off the run queue, or about to leave its CPU
 */
#include <linux/errno.h>
#include <linux/export.h>
#include <linux/hash.h>
#include <linux/list.h>
#include <linux/spinlock.h>

#include "base/compat.h"
#include "misuse.h"
#include "sched.h"
#include "tsleep.h"

#define SLEEPQ_BITS 6

/* The threads that sleep for an address with this hash, oldest first. */
struct sleepq {
	raw_spinlock_t lock; /* protects the list, td_asleep, td_timedout */
	struct list_head threads;
} ____cacheline_aligned_in_smp;

static struct sleepq sleepqs[1 << SLEEPQ_BITS];

static struct sleepq *sleepq_of(const void *ident)
{
	return &sleepqs[hash_ptr(ident, SLEEPQ_BITS)];
}

/**
 * lwkt_tsleep_init() - prepare the sleep queues; once, at load
 *
 * Context: any.
 */
void lwkt_tsleep_init(void)
{
	unsigned int i;

	for (i = 0; i < ARRAY_SIZE(sleepqs); i++) {
		raw_spin_lock_init(&sleepqs[i].lock);
		INIT_LIST_HEAD(&sleepqs[i].threads);
	}
}

/**
 * lwkt_tsleep_remove() - forget the interlock of a thread
 * @td: the caller; does not sleep
 *
 * Context: an LWKT thread; any context it can be in.
 */
void lwkt_tsleep_remove(struct lwkt_thread *td)
{
	struct sleepq *q;
	unsigned long flags;

	if (!td->td_wchan)
		return;
	q = sleepq_of(td->td_wchan);
	raw_spin_lock_irqsave(&q->lock, flags);
	list_del_init(&td->td_sleepq);
	raw_spin_unlock_irqrestore(&q->lock, flags);
	td->td_wchan = NULL;
}

/**
 * lwkt_tsleep_interlock() - announce that the caller may sleep for an address
 * @ident: the address
 *
 * A wakeup from now on is not lost: the next lwkt_tsleep() for @ident then
 * returns at once. Replaces an earlier interlock. Nothing is dropped.
 *
 * Context: an LWKT thread; any context it can be in.
 * Return: 0; -EPERM if the caller is no LWKT thread, reported
 */
int lwkt_tsleep_interlock(const void *ident)
{
	struct lwkt_thread *td = lwkt_curthread();
	struct sleepq *q = sleepq_of(ident);
	unsigned long flags;

	if (unlikely(lwkt_is_nobody(td))) {
		lwkt_misuse(LWKT_MISUSE_FOREIGN, "lwkt_tsleep_interlock");
		return -EPERM;
	}
	lwkt_tsleep_remove(td);
	td->td_wchan = ident;
	raw_spin_lock_irqsave(&q->lock, flags);
	list_add_tail(&td->td_sleepq, &q->threads);
	raw_spin_unlock_irqrestore(&q->lock, flags);
	return 0;
}
EXPORT_SYMBOL_GPL(lwkt_tsleep_interlock);

/*
 * The caller is queued, or was and is woken already. True if it left the run
 * queue and has to switch: also a second time, if it is still queued because
 * something else than a wakeup or its timer made it runnable.
 */
static bool fall_asleep(struct lwkt_thread *td)
{
	struct sleepq *q = sleepq_of(td->td_wchan);
	unsigned long flags;
	bool sleeps;

	raw_spin_lock_irqsave(&q->lock, flags);
	sleeps = !list_empty(&td->td_sleepq);
	if (sleeps) {
		td->td_asleep = true;
		td->td_timedout = false;
		lwkt_deschedule(td);
	}
	raw_spin_unlock_irqrestore(&q->lock, flags);
	return sleeps;
}

/* Until the thread is woken or its time is over. @again: it slept already. */
static int sleep_rounds(struct lwkt_thread *td, bool again)
{
	bool timedout = false;

	for (;;) {
		if (again) {
			if (td->td_sleep_end)
				/* Waits for a handler that is just running. */
				hrtimer_cancel(&td->td_timer);
			/* Written before the thread was made runnable. */
			timedout = td->td_timedout;
		}
		if (!fall_asleep(td))
			break;
		/* Anew each time: a wait for tokens uses the timer, too. */
		if (td->td_sleep_end)
			hrtimer_start(&td->td_timer, td->td_sleep_end,
				      HRTIMER_MODE_ABS_PINNED_HARD);
		if (lwkt_switch())
			return LWKT_AWAY;
		again = true;
	}
	td->td_sleep_end = 0;
	td->td_wchan = NULL;
	return timedout ? -EWOULDBLOCK : 0;
}

/**
 * lwkt_tsleep() - sleep until a wakeup
 * @ident: what for: the address that lwkt_wakeup() will be called with
 * @timeout_ns: how long at most; 0: for ever
 *
 * After an interlock for the same address it does not sleep at all if the
 * wakeup has been there since; then no token is dropped either.
 *
 * Context: an LWKT thread that may sleep; drops all tokens while it sleeps.
 * Return: 0; -EWOULDBLOCK if the time is over; reported: -EPERM if the caller
 * is no LWKT thread, -EWOULDBLOCK where it may not sleep; LWKT_AWAY to an inline
 * thread, which calls lwkt_tsleep_again() when the runner goes on with it
 */
int lwkt_tsleep(const void *ident, u64 timeout_ns)
{
	struct lwkt_thread *td = lwkt_curthread();
	int err;

	if (unlikely(!lwkt_is_nobody(td) && !compat_may_block())) {
		lwkt_misuse(LWKT_MISUSE_ATOMIC, "lwkt_tsleep");
		return -EWOULDBLOCK;
	}
	if (td->td_wchan != ident || lwkt_is_nobody(td)) {
		err = lwkt_tsleep_interlock(ident);
		if (err)
			return err;
	}
	if (timeout_ns)
		td->td_sleep_end = ktime_add_ns(ktime_get(), timeout_ns);
	return sleep_rounds(td, false);
}
EXPORT_SYMBOL_GPL(lwkt_tsleep);

/**
 * lwkt_tsleep_again() - the runner goes on with an inline thread in lwkt_tsleep()
 * @td: the thread, which was told LWKT_AWAY
 *
 * Context: the thread, which may sleep.
 * Return: as lwkt_tsleep()
 */
int lwkt_tsleep_again(struct lwkt_thread *td)
{
	return sleep_rounds(td, true);
}
EXPORT_SYMBOL_GPL(lwkt_tsleep_again);

/* Take a queued thread off; under the queue's lock. Proof: tsleep-once. */
static void end_sleep(struct lwkt_thread *td, bool timedout)
{
	list_del_init(&td->td_sleepq);
	if (!td->td_asleep)
		return;
	td->td_asleep = false;
	td->td_timedout = timedout;
	lwkt_schedule(td);
}

/**
 * lwkt_endtsleep() - the timer of a thread in lwkt_tsleep() fires
 * @td: the thread; may have been woken meanwhile
 *
 * Context: the handler of its timer.
 * Return: false if it had been woken already, or if its time is not over: then
 * the timer was for something else
 */
bool lwkt_endtsleep(struct lwkt_thread *td)
{
	struct sleepq *q = sleepq_of(td->td_wchan);
	unsigned long flags;
	bool asleep;

	raw_spin_lock_irqsave(&q->lock, flags);
	asleep = td->td_asleep && !ktime_before(ktime_get(), td->td_sleep_end);
	if (asleep)
		end_sleep(td, true);
	raw_spin_unlock_irqrestore(&q->lock, flags);
	return asleep;
}

static void wake_sleepers(const void *ident, bool all)
{
	struct sleepq *q = sleepq_of(ident);
	struct lwkt_thread *td, *next;
	unsigned long flags;

	raw_spin_lock_irqsave(&q->lock, flags);
	list_for_each_entry_safe(td, next, &q->threads, td_sleepq) {
		/* cppcheck-suppress uninitvar ; it does not know the loop */
		if (td->td_wchan != ident)
			continue;
		end_sleep(td, false);
		if (!all)
			break;
	}
	raw_spin_unlock_irqrestore(&q->lock, flags);
}

/**
 * lwkt_wakeup() - wake all threads that sleep for an address
 * @ident: the address
 *
 * Those that are interlocked with it do not sleep. The condition they wait for
 * is to be true before this is called.
 *
 * Context: any, any CPU.
 */
void lwkt_wakeup(const void *ident)
{
	wake_sleepers(ident, true);
}
EXPORT_SYMBOL_GPL(lwkt_wakeup);

/**
 * lwkt_wakeup_one() - wake the thread that has slept for an address longest
 * @ident: the address
 *
 * One that is merely interlocked counts as well.
 *
 * Context: any, any CPU.
 */
void lwkt_wakeup_one(const void *ident)
{
	wake_sleepers(ident, false);
}
EXPORT_SYMBOL_GPL(lwkt_wakeup_one);
