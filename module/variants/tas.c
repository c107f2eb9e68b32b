// SPDX-License-Identifier: GPL-2.0
/*
 * tas.c - our test-and-set lock (tas.h); sets are taken in ascending order
 *
 * A thread that has tried long enough in vain gives back the locks of its set
 * that it has, lets Linux use the CPU, and starts again; without that it could
 * keep the CPU for ever. In the ledger this is a restart.
 *
 * Lockdep sees a set, as in ticket.c.
 */
#include "base/compat.h"
#include "restart.h"
#include "tas.h"

#define SYMBOL tas
#define NAME "tas"
#define DOC \
	"test-and-set lock: waiters exchange one word over and over, in no order"
#define RT_NOTE \
	"with preemption off even so: real-time tasks, too, wait for a section"
#define LOOP_FLAGS (TB_FLAG(ordered) | TB_FLAG(restarts))
#define LOCK struct tb_tas

/* As in ticket.c. */
#define MAX_SET 128

#include "set_map.h"
#include "linux_lock.h"

static __always_inline void give_back(struct tb_worker *w, u32 n)
{
	while (n--)
		tb_tas_unlock(lock_of(w, w->stream.set[n]));
	tb_set_end();
}

/* How many locks of the set were taken; all but set_size were given back. */
static __always_inline u32 try_set(struct tb_worker *w)
{
	u32 n = w->stream.set_size, i;

	tb_set_begin();
	for (i = 0; i < n; i++) {
		if (likely(tb_tas_lock_tries(lock_of(w, w->stream.set[i]),
					     TB_TAS_TRIES)))
			continue;
		give_back(w, i);
		break;
	}
	return i;
}

static __always_inline void take_set(struct tb_worker *w)
{
	u32 held;

	while (unlikely((held = try_set(w)) != w->stream.set_size)) {
		tb_count_restart(w, held);
		compat_relax_cpu();
	}
}

static __always_inline void release_set(struct tb_worker *w)
{
	give_back(w, w->stream.set_size);
}

static __always_inline void pair_once(struct tb_worker *w, bool shared)
{
	tb_set_begin();
	while (unlikely(!tb_tas_lock_tries(lock_of(w, 0), TB_TAS_TRIES)))
		compat_relax_cpu();
	tb_tas_unlock(lock_of(w, 0));
	tb_set_end();
}

static int make_lock(struct tb_tas *lock)
{
	tb_tas_init(lock);
	return 0;
}

static void end_lock(struct tb_tas *lock)
{
}

#include "linux_variant.h"
