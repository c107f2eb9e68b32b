// SPDX-License-Identifier: GPL-2.0
/*
 * percpu_rwsem.c - struct percpu_rw_semaphore; one lock at a time
 *
 * The far end of the trade between readers and writers: a reader increments a
 * counter of its own CPU and touches no shared line; the first writer turns
 * this off for all, waits for an RCU grace period until all readers know,
 * and then for the sum of the counters to reach zero. Used where writers are
 * rare events: CPU hotplug, freezing a file system, moving a process between
 * cgroups.
 *
 * The fast path of readers comes back a grace period after the last writer. A
 * writer that comes earlier finds it still off and does not wait for one; so a
 * steady stream of writers pays one grace period in all, and leaves the readers
 * on their slow path, which is a full barrier and, behind a writer, a FIFO.
 *
 * Limits: tens of milliseconds for a writer that comes rarely, and memory for a
 * counter on each possible CPU. User Mode Linux has no increment of its own for
 * such counters and disables interrupts around it: readers are dearer there than
 * with any other lock, which says nothing of a real machine. One lock per
 * operation: no code of Linux takes sets of these, and there are no means to tell
 * lockdep of one.
 */
#include <linux/percpu-rwsem.h>

#define SYMBOL percpu_rwsem
#define NAME "percpu-rwsem"
#define DOC "per-CPU readers; a rare writer waits for an RCU grace period"
#define LOOP_FLAGS (TB_FLAG(blocks) | TB_FLAG(shared))
#define LOCK struct percpu_rw_semaphore
#define MAX_SET 1

#include "linux_lock.h"
#include "set_map.h"

static __always_inline void get_lock(struct percpu_rw_semaphore *sem,
				     bool shared)
{
	if (shared)
		percpu_down_read(sem);
	else
		percpu_down_write(sem);
}

static __always_inline void put_lock(struct percpu_rw_semaphore *sem,
				     bool shared)
{
	if (shared)
		percpu_up_read(sem);
	else
		percpu_up_write(sem);
}

static int make_lock(struct percpu_rw_semaphore *sem)
{
	return percpu_init_rwsem(sem);
}

static void end_lock(struct percpu_rw_semaphore *sem)
{
	percpu_free_rwsem(sem);
}

#include "plain_set.h"
#include "linux_variant.h"
