// SPDX-License-Identifier: GPL-2.0
/*
 * mutex_trylock.c - struct mutex; sets in any order, by trying
 *
 * What one writes in Linux when a lock order cannot be had: wait for one mutex,
 * only try the others, and when a try fails give everything back and begin
 * anew. A thread waits only while it holds nothing, so no order deadlocks.
 *
 * Of the ways to start again this is the one that Howard Hinnant's comparison of
 * them ("Dining Philosophers Rebooted", 2012) calls smart and polite, and that
 * std::lock() of libc++ uses: let others run first, then wait for the mutex
 * that could not be had, asleep if need be, and try the others after it. Going
 * on with the first one instead would find the same one taken again and again.
 *
 * Limits: the order of arrival is not remembered. Two threads can chase each
 * other through the same set, and a large set starves among small ones; how
 * often shows in the ledger. The mechanism below is that of mutex.c, but a
 * mutex that is only tried knows no queue, no spinning and no handoff.
 */
#include <linux/mutex.h>

#define SYMBOL mutex_trylock
#define NAME "mutex-trylock"
#define DOC \
	"struct mutex, any order: wait for one, try the rest, else start again"
#define RT_NOTE "as mutex, an rt_mutex"
#define LOOP_FLAGS (TB_FLAG(blocks) | TB_FLAG(restarts))
#define LOCK struct mutex

#include "base/compat.h"
#include "linux_lock.h"
#include "restart.h"
#include "set_map.h"

/* The i-th lock of the set in the order that begins with its first-th. */
static __always_inline struct mutex *nth_lock(struct tb_worker *w, u32 first,
					      u32 i)
{
	u32 n = w->stream.set_size;

	i += first;
	return lock_of(w, w->stream.set[i < n ? i : i - n]);
}

/* How many of them could be had, beginning with the one that is held. */
static __always_inline u32 try_rest(struct tb_worker *w, u32 first)
{
	u32 i;

	for (i = 1; i < w->stream.set_size; i++) {
		struct mutex *mutex = nth_lock(w, first, i);

		if (!mutex_trylock(mutex))
			break;
		tb_set_fold_trylock(mutex);
	}
	return i;
}

static __always_inline void take_set(struct tb_worker *w)
{
	u32 n = w->stream.set_size, first = 0, held, i;

	tb_set_begin();
	for (;;) {
		mutex_lock_nest_lock(nth_lock(w, first, 0), &tb_set);
		held = try_rest(w, first);
		if (likely(held == n))
			return;
		for (i = held; i--;)
			mutex_unlock(nth_lock(w, first, i));
		tb_count_restart(w, held);
		compat_relax_cpu();
		first = (first + held) % n;
	}
}

static __always_inline void release_set(struct tb_worker *w)
{
	u32 i = w->stream.set_size;

	while (i--)
		mutex_unlock(nth_lock(w, 0, i));
	tb_set_end();
}

static __always_inline void pair_once(struct tb_worker *w, bool shared)
{
	mutex_lock(lock_of(w, 0));
	mutex_unlock(lock_of(w, 0));
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

#include "linux_variant.h"
