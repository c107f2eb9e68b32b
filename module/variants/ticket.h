/* SPDX-License-Identifier: GPL-2.0 */
/*
 * ticket.h - a ticket lock: what x86 Linux had for a spinlock from 2.6.25 to 4.1
 *
 * It is here for its known collapse (Boyd-Wickizer, Kaashoek, Morris,
 * Zeldovich: Non-scalable locks are dangerous, OLS 2012): all waiters poll one
 * cache line, so that each release costs a transfer for every CPU that waits.
 * Linux's own spinlock queues its waiters and does not collapse.
 *
 * THE WORD
 *
 *   Two halves: the ticket that is being served, and the next one to be drawn.
 *
 *	31       16 15        0
 *	+----------+----------+
 *	|   next   |  serving |	free: both the same; next - serving CPUs hold
 *	+----------+----------+	the lock or wait for it
 *
 *	lock	n,s -> n+1,s	by one addition that also tells n: the ticket.
 *				n == s: the lock is ours. Else poll until s is n.
 *	unlock	n,s -> n,s+1	a plain store, as only the holder writes s.
 *
 *   Both halves wrap around on their own: the carry out of next falls off the
 *   word, and serving is stored as 16 bits. There is at most one ticket per CPU
 *   and lock, and Linux has fewer than 65536 CPUs, so no two that wait have the
 *   same one. The layout is that of a little-endian machine (compat.h).
 *
 * ORDERING
 *
 *   The store of serving is a release. It pairs with the acquire that
 *   reads what it stored: the addition, if that finds the lock free, or the
 *   polling load.
 *
 * HOW LONG ONE WAITS
 *
 *   Preemption is off from before the ticket is drawn until the release: a CPU
 *   that were given to another thread with a ticket in its hand would keep all
 *   CPUs behind it waiting. So each CPU waits for a lock at most once, and those
 *   in front are at most the other CPUs, each with one section: the wait is at
 *   most (CPUs - 1) sections. One that waits with locks in its hand waits
 *   as well for what those in front of it wait for. Interrupts stay on, so the
 *   lock is not for their handlers.
 *
 * A leaf: knows nothing of tokens, runs or lockdep. Not recursive.
 */
#ifndef _TB_TICKET_H
#define _TB_TICKET_H

#include <linux/atomic.h>
#include <linux/bits.h>
#include <linux/processor.h>
#include <linux/preempt.h>

/* One ticket, in the upper half. */
#define TB_TICKET_NEXT_SHIFT 16
#define TB_TICKET_ONE BIT(TB_TICKET_NEXT_SHIFT)

/**
 * struct tb_ticket - a ticket lock
 * @word: both halves
 * @serving: the lower half: the ticket being served
 * @next: the upper half: the next ticket
 */
struct tb_ticket {
	union {
		atomic_t word;
		struct {
			u16 serving;
			u16 next;
		};
	};
};

/**
 * tb_ticket_init() - make a free lock
 * @l: its memory
 */
static inline void tb_ticket_init(struct tb_ticket *l)
{
	atomic_set(&l->word, 0);
}

/**
 * tb_ticket_lock() - take a lock
 * @l: the lock
 *
 * Context: any but interrupts. Returns with preemption off.
 */
static __always_inline void tb_ticket_lock(struct tb_ticket *l)
{
	u32 drawn;
	u16 mine;

	preempt_disable();
	/* Pairs with the release in tb_ticket_unlock(). */
	drawn = atomic_fetch_add_acquire(TB_TICKET_ONE, &l->word);
	mine = drawn >> TB_TICKET_NEXT_SHIFT;
	if (likely(mine == (u16)drawn))
		return;
	/* Likewise. */
	smp_cond_load_acquire(&l->serving, VAL == mine);
}

/**
 * tb_ticket_unlock() - release a lock
 * @l: held by the caller
 *
 * Context: that of the lock. Undoes its disabling of preemption.
 */
static __always_inline void tb_ticket_unlock(struct tb_ticket *l)
{
	/* Pairs with the acquires in tb_ticket_lock(). */
	smp_store_release(&l->serving, READ_ONCE(l->serving) + 1);
	preempt_enable();
}

#endif /* _TB_TICKET_H */
