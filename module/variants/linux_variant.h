/* SPDX-License-Identifier: GPL-2.0 */
/*
 * linux_variant.h - a lock variant out of one of Linux's own locks
 *
 * A variant defines, before it includes this as its last line,
 *
 *   SYMBOL, NAME, DOC     what it is called and what it is
 *   LOOP_FLAGS            its TB_FLAG()s
 *   LOCK                  the type of one lock, see linux_lock.h
 *   take_set(), release_set(), pair_once()   see bench_loop.h and plain_set.h
 *   static int make_lock(LOCK *lock)    out of zeroed memory; 0 or -ENOMEM
 *   static void end_lock(LOCK *lock)    also if make_lock() failed
 *
 * and if they are not 0 MAX_SET, SINGLE and OWN_SIZE, the fields of these names
 * of struct tb_variant; and RT_NOTE, what is different on PREEMPT_RT.
 */
#include "bench_loop.h"

#ifndef MAX_SET
#define MAX_SET 0
#endif

#ifndef SINGLE
#define SINGLE false
#endif

#ifndef OWN_SIZE
#define OWN_SIZE 0
#endif

#ifndef RT_NOTE
#define RT_NOTE NULL
#endif

static int init_lock(void *lock)
{
	return make_lock(&((struct tb_lock *)lock)->lock);
}

static void exit_lock(void *lock)
{
	end_lock(&((struct tb_lock *)lock)->lock);
}

const struct tb_variant __PASTE(tb_variant_, SYMBOL) = {
	.name = NAME,
	.doc = DOC,
	.note = compat_on_rt(RT_NOTE),
	.flags = LOOP_FLAGS,
	.max_set = MAX_SET,
	.single = SINGLE,
	.lock_size = sizeof(struct tb_lock),
	.own_size = OWN_SIZE,
	.init_lock = init_lock,
	.exit_lock = exit_lock,
	.loop_full = loop_full,
	.loop_full_tsc = loop_full_tsc,
	.loop_throughput = loop_throughput,
	.pairs = pairs,
};
