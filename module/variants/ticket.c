// SPDX-License-Identifier: GPL-2.0
/*
 * ticket.c - our ticket lock (ticket.h); sets are taken in ascending order
 *
 * Lockdep sees a set, and not the locks in it: what it could say of them, that
 * two of one class are held at once, is what the set's map is there to hush.
 */
#include "ticket.h"

#define SYMBOL ticket
#define NAME "ticket"
#define DOC \
	"ticket lock: waiters in order of arrival, all polling one cache line"
#define RT_NOTE \
	"spins with preemption off even so: real-time tasks, too, wait for the sections of all CPUs before"
#define LOOP_FLAGS TB_FLAG(ordered)
#define LOCK struct tb_ticket

/* Each lock counts in the eight bits that preempt_count() has for it. */
#define MAX_SET 128

#include "set_map.h"
#include "linux_lock.h"

static __always_inline void get_lock(struct tb_ticket *lock, bool shared)
{
	tb_ticket_lock(lock);
}

static __always_inline void put_lock(struct tb_ticket *lock, bool shared)
{
	tb_ticket_unlock(lock);
}

#include "plain_set.h"

static int make_lock(struct tb_ticket *lock)
{
	tb_ticket_init(lock);
	return 0;
}

static void end_lock(struct tb_ticket *lock)
{
}

#include "linux_variant.h"
