// SPDX-License-Identifier: GPL-2.0
/*
 * mutex_big.c - one struct mutex for everything
 *
 * What remains where no lock order is wanted, and what the Big
 * Kernel Lock was, whose semantics tokens inherit: any set is taken by taking
 * the one lock there is, whatever is in it. Nothing can deadlock, nothing is
 * ever given back, and operations on disjoint sets wait for each other. The
 * mechanism is that of mutex.c. locks and pick change only which data is used.
 */
#include <linux/mutex.h>

#define SYMBOL mutex_big
#define NAME "mutex-big"
#define DOC "one struct mutex for all sets, disjoint ones too"
#define RT_NOTE "as mutex, an rt_mutex"
#define LOOP_FLAGS TB_FLAG(blocks)
#define LOCK struct mutex
#define SINGLE true

#include "linux_lock.h"

static __always_inline void take_set(struct tb_worker *w)
{
	mutex_lock(lock_of(w, 0));
}

static __always_inline void release_set(struct tb_worker *w)
{
	mutex_unlock(lock_of(w, 0));
}

static __always_inline void pair_once(struct tb_worker *w, bool shared)
{
	take_set(w);
	release_set(w);
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
