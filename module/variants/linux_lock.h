/* SPDX-License-Identifier: GPL-2.0 */
/*
 * linux_lock.h - the locks of a run, as an array of one of Linux's types
 *
 * A variant defines LOCK, the type, and includes this.
 */
#include <linux/cache.h>

#include "config/variant.h"
#include "run/worker.h"

struct tb_lock {
	LOCK lock; /* what is measured, on lines of its own */
} ____cacheline_aligned_in_smp;

static __always_inline LOCK *lock_of(struct tb_worker *w, u32 i)
{
	return &((struct tb_lock *)w->locks + i)->lock;
}
