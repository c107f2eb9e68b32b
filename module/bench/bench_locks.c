// SPDX-License-Identifier: GPL-2.0
/*
 * bench_locks.c - the bare get and release of each lock
 *
 * One thread, one lock, no contention. The thread is an LWKT thread, which is
 * an ordinary kthread to Linux's locks.
 */
#include <linux/mm.h>
#include <linux/slab.h>

#include "bench_locks.h"
#include "bench_rows.h"
#include "config/variant.h"
#include "lwkt/core/sched.h"
#include "lwkt/gen/handoff/handoff.h"
#include "lwkt/gen/poll.h"
#include "run/locks.h"
#include "run/worker.h"

#define LOOPS 5000

/**
 * struct subject - one lock in one mode
 * @w: as far as the bare pair needs a worker
 * @v: the lock
 */
struct subject {
	struct tb_worker w;
	const struct tb_variant *v;
};

static void pairs(void *arg, u32 n)
{
	struct subject *s = arg;

	s->v->pairs(&s->w, n);
}

static void free_subject(void *arg)
{
	struct subject *s = arg;

	if (s->w.locks && s->v->exit_lock)
		s->v->exit_lock(s->w.locks);
	kvfree(s->w.own);
	kvfree(s->w.locks);
	kfree(s);
}

static struct subject *make_subject(const struct tb_variant *v, bool shared,
				    struct lwkt_thread *td)
{
	struct subject *s = kzalloc(roundup_pow_of_two(sizeof(*s)), GFP_KERNEL);

	if (!s)
		return NULL;
	s->v = v;
	s->w.td = td;
	s->w.stream.shared = shared;
	s->w.own = tb_alloc_lines(1, v->own_size);
	s->w.locks = tb_alloc_lines(1, tb_lock_stride(v));
	if (!s->w.own || !s->w.locks ||
	    (v->init_lock && v->init_lock(s->w.locks))) {
		free_subject(s);
		return NULL;
	}
	return s;
}

static void bench_variant(struct tb_bench *b, const struct tb_variant *v,
			  bool shared, struct lwkt_thread *td)
{
	tb_bench_add(b, pairs, free_subject, make_subject(v, shared, td), LOOPS,
		     "pair %s%s", v->name, shared ? " shared" : "");
}

/**
 * tb_bench_locks() - add a row for each lock and mode
 * @b: gets them
 * @td: the thread that will time them
 *
 * Each mode has a lock of its own: after a writer, readers of percpu-rwsem are
 * slow for a while.
 *
 * Context: process context, may sleep.
 */
void tb_bench_locks(struct tb_bench *b, struct lwkt_thread *td)
{
	u32 i;

	for (i = 0; i < TB_VARIANT_COUNT; i++) {
		bench_variant(b, tb_variants[i], false, td);
		if (tb_variants[i]->flags & TB_FLAG(shared))
			bench_variant(b, tb_variants[i], true, td);
	}
}

/**
 * struct tokens - two of them, and the threads that use them
 * @tok: the tokens
 * @td: the thread that times
 * @peer: one that is not current, so its references are ours to arrange
 */
struct tokens {
	struct lwkt_token tok[2];
	struct lwkt_thread *td;
	struct lwkt_thread *peer;
};

static void looked_up(void *arg, u32 n)
{
	struct lwkt_token *tok = ((struct tokens *)arg)->tok;

	while (n--) {
		lwkt_poll_gettoken(lwkt_curthread(), tok);
		lwkt_poll_reltoken(lwkt_curthread(), tok);
	}
}

#define RECURSIVE(generation)                                                  \
	static noinline void generation##_again(struct lwkt_thread *td,        \
						struct lwkt_token *tok, u32 n) \
	{                                                                      \
		while (n--) {                                                  \
			lwkt_##generation##_gettoken(td, tok);                 \
			lwkt_##generation##_reltoken(td, tok);                 \
		}                                                              \
	}                                                                      \
	static void generation##_recursive(void *arg, u32 n)                   \
	{                                                                      \
		struct tokens *t = arg;                                        \
		lwkt_##generation##_gettoken(t->td, t->tok);                   \
		generation##_again(t->td, t->tok, n);                          \
		lwkt_##generation##_reltoken(t->td, t->tok);                   \
	}

RECURSIVE(poll)
RECURSIVE(handoff)

/* The failing try of a scheduler: one token free, the other ours. */
static void failed_getall(void *arg, u32 n)
{
	struct tokens *t = arg;
	struct lwkt_thread *peer = t->peer;

	peer->td_toks[0].tr_tok = &t->tok[0];
	peer->td_toks[1].tr_tok = &t->tok[1];
	peer->td_toks_stop = peer->td_toks + 2;
	lwkt_gettoken(&t->tok[1]);
	while (n--)
		lwkt_getalltokens(peer);
	lwkt_reltoken(&t->tok[1]);
	peer->td_toks_stop = peer->td_toks;
}

static void free_tokens(void *arg)
{
	struct tokens *t = arg;

	lwkt_token_uninit(&t->tok[0]);
	lwkt_token_uninit(&t->tok[1]);
	kfree(t);
}

static struct tokens *make_tokens(struct lwkt_thread *td,
				  struct lwkt_thread *peer)
{
	struct tokens *t = kzalloc(roundup_pow_of_two(sizeof(*t)), GFP_KERNEL);

	if (!t)
		return NULL;
	lwkt_token_init(&t->tok[0], "bench 0");
	lwkt_token_init(&t->tok[1], "bench 1");
	t->td = td;
	t->peer = peer;
	return t;
}

/**
 * tb_bench_tokens() - add what else can be done with a token
 * @b: gets the rows
 * @td: the thread that will time them, in a world of token-poll
 * @peer: another one, asleep
 *
 * Context: process context, may sleep.
 */
void tb_bench_tokens(struct tb_bench *b, struct lwkt_thread *td,
		     struct lwkt_thread *peer)
{
	tb_bench_add(b, looked_up, free_tokens, make_tokens(td, peer), LOOPS,
		     "token-poll, curthread looked up");
	tb_bench_add(b, poll_recursive, free_tokens, make_tokens(td, peer),
		     LOOPS, "token-poll, recursive");
	tb_bench_add(b, handoff_recursive, free_tokens, make_tokens(td, peer),
		     LOOPS, "token-handoff, recursive");
	tb_bench_add(b, failed_getall, free_tokens, make_tokens(td, peer),
		     LOOPS, "token-poll, failed getalltokens (2nd of 2)");
}
