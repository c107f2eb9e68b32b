// SPDX-License-Identifier: GPL-2.0
/*
 * lockmgr.c - a FIFO sleep lock on the LWKT scheduler (lwkt/core/lockmgr.c)
 */
#include "config/variant.h"
#include "lwkt/core/lockmgr.h"
#include "run/worker.h"

#define LOOP_FLAGS (TB_FLAG(blocks) | TB_FLAG(ordered) | TB_FLAG(lwkt))

static __always_inline struct lwkt_lock *lock_of(struct tb_worker *w, u32 i)
{
	return (struct lwkt_lock *)w->locks + i;
}

static __always_inline int take_one(struct tb_worker *w, u32 i, bool again)
{
	struct lwkt_lock *lk = lock_of(w, w->stream.set[i]);

	return again ? lwkt_lockmgr_again(w->td, lk) :
		       lwkt_lockmgr_get(w->td, lk);
}

static __always_inline void take_set(struct tb_worker *w)
{
	u32 i;

	for (i = 0; i < w->stream.set_size; i++)
		lwkt_lockmgr_get(w->td, lock_of(w, w->stream.set[i]));
}

static __always_inline void release_set(struct tb_worker *w)
{
	u32 i = w->stream.set_size;

	while (i--)
		lwkt_lockmgr_put(w->td, lock_of(w, w->stream.set[i]));
}

static __always_inline void pair_once(struct tb_worker *w, bool shared)
{
	lwkt_lockmgr_get(w->td, lock_of(w, 0));
	lwkt_lockmgr_put(w->td, lock_of(w, 0));
}

#include "inline_loop.h"

static int init_lock(void *lock)
{
	lwkt_lockinit(lock, "tokbench");
	return 0;
}

const struct tb_variant tb_variant_lockmgr = {
	.name = "lockmgr",
	.doc = "FIFO sleep lock on the LWKT scheduler, held across blocking",
	.flags = LOOP_FLAGS,
	.generation = LWKT_GEN_poll, /* the scheduler; it has no tokens */
	.lock_size = sizeof(struct lwkt_lock),
	.init_lock = init_lock,
	.loop_full = loop_full,
	.loop_full_tsc = loop_full_tsc,
	.loop_throughput = loop_throughput,
	.inline_full = inline_full,
	.inline_full_tsc = inline_full_tsc,
	.inline_throughput = inline_throughput,
	.pairs = pairs,
};
