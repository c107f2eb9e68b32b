// SPDX-License-Identifier: GPL-2.0
/*
 * token_poll.c - LWKT tokens as of June 2010 (lwkt/token_poll.c)
 */
#include "../lwkt/token.h"
#include "../variant.h"
#include "../worker.h"

#define LOOP_FLAGS (TB_FLAG(blocks) | TB_FLAG(drops) | TB_FLAG(lwkt))

static __always_inline struct lwkt_token *token(struct tb_worker *w, u32 i)
{
	return (struct lwkt_token *)w->locks + i;
}

static __always_inline void take(struct tb_worker *w)
{
	u32 i;

	for (i = 0; i < w->stream.set_size; i++)
		lwkt_gettoken_td(w->td, token(w, w->stream.set[i]));
}

static __always_inline void give(struct tb_worker *w)
{
	u32 i = w->stream.set_size;

	while (i--)
		lwkt_reltoken_td(w->td, token(w, w->stream.set[i]));
}

static __always_inline void pair(struct tb_worker *w)
{
	lwkt_gettoken_td(w->td, token(w, 0));
	lwkt_reltoken_td(w->td, token(w, 0));
}

#include "../bench_loop.h"

static void init_lock(void *lock)
{
	lwkt_token_init(lock, "tokbench");
}

static void exit_lock(void *lock)
{
	lwkt_token_uninit(lock);
}

const struct tb_variant tb_variant_token_poll = {
	.name = "token-poll",
	.doc = "LWKT tokens of June 2010: acquisition order, no spin, polling idle",
	.flags = LOOP_FLAGS,
	.generation = LWKT_GEN_poll,
	.tokens = true,
	.lock_size = sizeof(struct lwkt_token),
	.init_lock = init_lock,
	.exit_lock = exit_lock,
	.loop_full = loop_full,
	.loop_throughput = loop_throughput,
	.pairs = pairs,
};
