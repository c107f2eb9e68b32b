/* SPDX-License-Identifier: GPL-2.0 */
/*
 * set_map.h - what lockdep is told of the sets of one variant
 *
 * Lockdep sees all locks of a run as one class and takes two of them held at
 * once for a deadlock; and it has room for 48 held locks, not for a set of 800.
 * Both are solved by its nest_lock: locks taken under a lockdep map that says
 * "their order is seen to elsewhere" (here: sets are ascending, or all but the
 * first lock are only tried) fold into one counted entry.
 *
 * A variant defines NAME, includes this, and takes its sets between
 * tb_set_begin() and tb_set_end(), each lock with its *_nest_lock(lock, &tb_set).
 * All of it is empty where lockdep is.
 */
#include <linux/lockdep.h>

static struct tb_set_map {
#ifdef CONFIG_DEBUG_LOCK_ALLOC
	struct lockdep_map dep_map;
#endif
} tb_set __maybe_unused = {
#ifdef CONFIG_DEBUG_LOCK_ALLOC
	.dep_map = STATIC_LOCKDEP_MAP_INIT("tokbench_set:" NAME, &tb_set),
#endif
};

#define tb_set_begin() lock_map_acquire(&tb_set.dep_map)
#define tb_set_end() lock_map_release(&tb_set.dep_map)

/*
 * The same for kinds of locking that have no *_nest_lock(), around a function
 * that tells lockdep nothing. To be called before the lock is asked for, so
 * that lockdep can complain before a deadlock and not after it.
 */
#define tb_set_acquire_shared(lock) \
	lock_acquire(&(lock)->dep_map, 0, 0, 1, 1, &tb_set.dep_map, _THIS_IP_)
#define tb_set_release(lock) lock_release(&(lock)->dep_map, _THIS_IP_)

/*
 * And for a lock that has just been got by a trylock, which lockdep has noted
 * down as one that stands alone: note it again, as one of the set. A trylock
 * waits for no other, so lockdep has nothing to check that is lost by this.
 */
#define tb_set_fold_trylock(lock)                                           \
	do {                                                                \
		tb_set_release(lock);                                       \
		lock_acquire(&(lock)->dep_map, 0, 1, 0, 1, &tb_set.dep_map, \
			     _THIS_IP_);                                    \
	} while (0)
