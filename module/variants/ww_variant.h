/* SPDX-License-Identifier: GPL-2.0 */
/*
 * ww_variant.h - a lock variant out of a class of ww_mutexes
 *
 * Linux's own answer to "several locks, any order": made for graphics buffers,
 * whose order user space chooses. All acquisitions of a class draw a stamp from
 * one counter, and when two of them want each other's locks the younger one
 * (the higher stamp) gives way:
 *
 *   wait-die     a younger one that meets an older holder gives everything back
 *                at once ("dies"); an older one waits. Also if there would have
 *                been no deadlock.
 *   wound-wait   an older one that meets a younger holder marks it ("wounds"),
 *                and waits; the younger one gives everything back when it next
 *                has to wait itself. A younger one waits. (Linux 4.19)
 *
 * The stamp is kept until the set is complete, so each thread is the oldest in
 * the end and none starves. Below that a ww_mutex is a mutex (mutex.c), whose
 * sleepers stand in order of their stamps.
 *
 * The whole protocol is gone through, as Documentation/locking/
 * ww-mutex-design.rst has it, for a set of one lock too: init, lock; at
 * -EDEADLK give all back, lock_slow the one it was about, lock the others;
 * done; unlock all, fini.
 *
 * Limits: the counter is one cache line that every acquisition of the machine
 * writes; a context of a few dozen bytes per thread; twice -EDEADLK in one
 * acquisition is possible and happens.
 *
 * A variant defines SYMBOL, NAME, DOC and WW_CLASS, which is DEFINE_WW_CLASS
 * (wound-wait) or DEFINE_WD_CLASS (wait-die), and includes this.
 */
#include <linux/ww_mutex.h>

#define RT_NOTE "made of rt_mutexes: waiters lend the holder their priority"
#define LOOP_FLAGS (TB_FLAG(blocks) | TB_FLAG(restarts))
#define LOCK struct ww_mutex
#define OWN_SIZE sizeof(struct ww_acquire_ctx)

#include "linux_lock.h"
#include "restart.h"

static WW_CLASS(tokbench_ww);

static __always_inline struct ww_mutex *set_member(struct tb_worker *w, u32 i)
{
	return lock_of(w, w->stream.set[i]);
}

/*
 * Locks the set in its order, but for its slow-th member, which is held
 * already (set_size: none). Returns which one could not be had; set_size: all
 * are held.
 */
static __always_inline u32 lock_rest(struct tb_worker *w, u32 slow)
{
	u32 i;

	for (i = 0; i < w->stream.set_size; i++)
		if (i != slow && ww_mutex_lock(set_member(w, i), w->own))
			break;
	return i;
}

/* Gives back what lock_rest() came to hold before it failed at the lost-th. */
static __always_inline void undo_rest(struct tb_worker *w, u32 slow, u32 lost)
{
	u32 held = lost, i;

	if (slow > lost && slow < w->stream.set_size) {
		ww_mutex_unlock(set_member(w, slow));
		held++;
	}
	for (i = lost; i--;)
		ww_mutex_unlock(set_member(w, i));
	tb_count_restart(w, held);
}

static __always_inline void take_set(struct tb_worker *w)
{
	u32 n = w->stream.set_size, slow = n, lost;

	ww_acquire_init(w->own, &tokbench_ww);
	for (;;) {
		lost = lock_rest(w, slow);
		if (likely(lost == n))
			break;
		undo_rest(w, slow, lost);
		slow = lost;
		ww_mutex_lock_slow(set_member(w, slow), w->own);
	}
	ww_acquire_done(w->own);
}

static __always_inline void release_set(struct tb_worker *w)
{
	u32 i = w->stream.set_size;

	while (i--)
		ww_mutex_unlock(set_member(w, i));
	ww_acquire_fini(w->own);
}

static __always_inline void pair_once(struct tb_worker *w, bool shared)
{
	ww_acquire_init(w->own, &tokbench_ww);
	/* Alone, with an empty context: there is nothing to fail for. */
	ww_mutex_lock(lock_of(w, 0), w->own);
	ww_acquire_done(w->own);
	ww_mutex_unlock(lock_of(w, 0));
	ww_acquire_fini(w->own);
}

static int make_lock(struct ww_mutex *mutex)
{
	ww_mutex_init(mutex, &tokbench_ww);
	return 0;
}

static void end_lock(struct ww_mutex *mutex)
{
	ww_mutex_destroy(mutex);
}

#include "linux_variant.h"
