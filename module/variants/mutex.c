// SPDX-License-Identifier: GPL-2.0
/*
 * mutex.c - struct mutex; sets are taken in ascending order
 */
#include <linux/mutex.h>

#include "../variant.h"
#include "../worker.h"

#define LOOP_FLAGS (TB_FLAG(blocks) | TB_FLAG(ordered))

struct tb_mutex {
	struct mutex mutex; /* what is measured */
} ____cacheline_aligned_in_smp;

/*
 * For lockdep only: a set is taken under this map, which says what lockdep
 * cannot see, that the order within the set is fixed; and it folds any number
 * of held mutexes into one entry.
 */
static struct tb_mutex_set {
#ifdef CONFIG_DEBUG_LOCK_ALLOC
	struct lockdep_map dep_map;
#endif
} tb_set __maybe_unused = {
#ifdef CONFIG_DEBUG_LOCK_ALLOC
	.dep_map = STATIC_LOCKDEP_MAP_INIT("tokbench_mutex_set", &tb_set),
#endif
};

static __always_inline struct mutex *lock_of(struct tb_worker *w, u32 i)
{
	return &((struct tb_mutex *)w->locks + i)->mutex;
}

static __always_inline void take(struct tb_worker *w)
{
	u32 i;

	lock_map_acquire(&tb_set.dep_map);
	for (i = 0; i < w->stream.set_size; i++)
		mutex_lock_nest_lock(lock_of(w, w->stream.set[i]), &tb_set);
}

static __always_inline void give(struct tb_worker *w)
{
	u32 i = w->stream.set_size;

	while (i--)
		mutex_unlock(lock_of(w, w->stream.set[i]));
	lock_map_release(&tb_set.dep_map);
}

static __always_inline void pair(struct tb_worker *w)
{
	mutex_lock(lock_of(w, 0));
	mutex_unlock(lock_of(w, 0));
}

#include "../bench_loop.h"

static void init_lock(void *lock)
{
	struct tb_mutex *m = lock;

	mutex_init(&m->mutex);
}

static void exit_lock(void *lock)
{
	struct tb_mutex *m = lock;

	mutex_destroy(&m->mutex);
}

const struct tb_variant tb_variant_mutex = {
	.name = "mutex",
	.doc = "struct mutex, sets taken in a global order",
	.flags = LOOP_FLAGS,
	.lock_size = sizeof(struct tb_mutex),
	.init_lock = init_lock,
	.exit_lock = exit_lock,
	.loop_full = loop_full,
	.loop_throughput = loop_throughput,
	.pairs = pairs,
};
