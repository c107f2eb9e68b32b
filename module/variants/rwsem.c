// SPDX-License-Identifier: GPL-2.0
/*
 * rwsem.c - struct rw_semaphore; sets are taken in ascending order
 *
 * Linux's sleeping reader-writer lock, of mmap_lock and of inodes. A count word
 * holds the writer bit and the number of readers: readers of one lock share a
 * cache line that all of them write. Writers spin while the holder runs, as on
 * a mutex; readers no longer do. Sleepers stand in a FIFO; readers that
 * are woken take the other readers of the queue with them, up to 256. A
 * waiter that slept for 4 ms in vain stops new ones from overtaking it (handoff).
 *
 * Limits: a reader behind a waiting writer waits, too, so a thread must not
 * take the same lock shared twice, and shared sets need the global order as
 * much as exclusive ones.
 */
#include <linux/rwsem.h>

#define SYMBOL rwsem
#define NAME "rwsem"
#define DOC "struct rw_semaphore: readers share, sets taken in a global order"
#define RT_NOTE \
	"an rt_mutex for writers; a writer lends its priority to no reader, and waits for all of them"
#define LOOP_FLAGS (TB_FLAG(blocks) | TB_FLAG(ordered) | TB_FLAG(shared))
#define LOCK struct rw_semaphore

#include "linux_lock.h"
#include "set_map.h"

/*
 * There is no down_read_nest_lock(). The non_owner functions are down_read()
 * and up_read() without lockdep, or these themselves where there is none.
 */
static __always_inline void get_lock(struct rw_semaphore *rwsem, bool shared)
{
	if (shared) {
		tb_set_acquire_shared(rwsem);
		down_read_non_owner(rwsem);
	} else {
		down_write_nest_lock(rwsem, &tb_set);
	}
}

static __always_inline void put_lock(struct rw_semaphore *rwsem, bool shared)
{
	if (shared) {
		tb_set_release(rwsem);
		up_read_non_owner(rwsem);
	} else {
		up_write(rwsem);
	}
}

static int make_lock(struct rw_semaphore *rwsem)
{
	init_rwsem(rwsem);
	return 0;
}

static void end_lock(struct rw_semaphore *rwsem)
{
}

#include "plain_set.h"
#include "linux_variant.h"
