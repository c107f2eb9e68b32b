/* SPDX-License-Identifier: GPL-2.0 */
/*
 * token_variant.h - a lock variant out of a generation of tokens
 *
 * A variant defines GENERATION (a name of lwkt/core/generations.h), NAME, DOC and
 * MORE_FLAGS, includes the generation's header and then this.
 */
#include <linux/compiler.h>

#include "config/variant.h"
#include "run/worker.h"

#define LOOP_FLAGS \
	(TB_FLAG(blocks) | TB_FLAG(drops) | TB_FLAG(lwkt) | (MORE_FLAGS))

#define OP(op) __PASTE(__PASTE(lwkt_, GENERATION), op)

static __always_inline struct lwkt_token *token_at(struct tb_worker *w, u32 i)
{
	return (struct lwkt_token *)w->locks + i;
}

static __always_inline int get_token(struct lwkt_thread *td,
				     struct lwkt_token *tok, bool shared)
{
	if (LOOP_FLAGS & TB_FLAG(shared) && shared)
		return OP(_gettoken_shared)(td, tok);
	return OP(_gettoken)(td, tok);
}

/* @again: the scheduler has taken it for the thread. */
static __always_inline int take_one(struct tb_worker *w, u32 i, bool again)
{
	if (again)
		return 0;
	return get_token(w->td, token_at(w, w->lock_set[i]), w->stream.shared);
}

static __always_inline void take_set(struct tb_worker *w)
{
	u32 i;

	for (i = 0; i < w->stream.set_size; i++)
		get_token(w->td, token_at(w, w->lock_set[i]), w->stream.shared);
}

static __always_inline void release_set(struct tb_worker *w)
{
	u32 i = w->stream.set_size;

	while (i--)
		OP(_reltoken)(w->td, token_at(w, w->lock_set[i]));
}

static __always_inline void pair_once(struct tb_worker *w, bool shared)
{
	struct lwkt_thread *td = w->td;
	struct lwkt_token *tok = token_at(w, 0);

	get_token(td, tok, shared);
	OP(_reltoken)(td, tok);
}

#include "inline_loop.h"

static int init_lock(void *lock)
{
	lwkt_token_init(lock, "tokbench");
	return 0;
}

static void exit_lock(void *lock)
{
	lwkt_token_uninit(lock);
}

const struct tb_variant __PASTE(tb_variant_token_, GENERATION) = {
	.name = NAME,
	.doc = DOC,
	.flags = LOOP_FLAGS,
	.generation = __PASTE(LWKT_GEN_, GENERATION),
	.tokens = true,
	.lock_size = sizeof(struct lwkt_token),
	.init_lock = init_lock,
	.exit_lock = exit_lock,
	.loop_full = loop_full,
	.loop_full_tsc = loop_full_tsc,
	.loop_throughput = loop_throughput,
	.inline_full = inline_full,
	.inline_full_tsc = inline_full_tsc,
	.inline_throughput = inline_throughput,
	.pairs = pairs,
};
