/* SPDX-License-Identifier: GPL-2.0 */
/*
 * token.h - LWKT serializing tokens: the type and the generic interface
 *
 * The contract, and the reasoning, stand at the head of token.c. The functions
 * here ask which generation is alive (lwkt/dispatch.c) and are for code that does
 * not care. Timed loops include one generation's header instead and use its
 * inline get and release.
 *
 * Callers: LWKT threads (thread.h) in process context. The functions that may
 * switch say so.
 */
#ifndef _LWKT_TOKEN_H
#define _LWKT_TOKEN_H

#include <linux/atomic.h>
#include <linux/cache.h>
#include <linux/compiler.h>
#include <linux/errno.h>
#include <linux/list.h>
#include <linux/spinlock_types.h>
#include <linux/types.h>

#include "lwkt/core/gen_ops.h"
#include "lwkt/core/sched.h"
#include "lwkt/core/thread.h"

struct lwkt_spinner;

/**
 * struct lwkt_token - a serializing token
 * @t_ref: the owning reference, NULL if there is none; layout in token.c
 * @t_count: the lock word of token-sorted and token-backoff (gen/count_word.h)
 * @t_mask: CPUs that contend for it (gen/mask.c)
 * @t_gen: grows by one each time the token is taken exclusively; written by the
 * owner. token-handoff: not by an acquisition that needs no look at it.
 * @t_collisions: failures, only under collisions=faithful
 * @t_desc: its name, for reports; not copied
 * @t_quiet: no release has to look at the queue (handoff/queue.c)
 * @t_lock: protects what follows, and t_quiet (token-handoff)
 * @t_waiters: threads that wait for it, oldest first
 * @t_heir: the thread it is kept for, or NULL
 * @t_eldest: the eldest, if this token is of its set and bound, or NULL
 * @t_spinners: the last of the CPUs that spin for it (handoff/spinq.c)
 * @t_futile: how often, of late, a woken waiter found the token taken again
 *
 * All generations keep to the first cache line, as they did in DragonFly; the
 * queue of token-handoff has the second one, but for t_quiet, which each drop
 * reads. Both are the token's alone.
 */
struct lwkt_token {
	struct lwkt_tokref *t_ref;
	atomic_long_t t_count;
	unsigned long t_mask;
	u64 t_gen;
	atomic_long_t t_collisions;
	const char *t_desc;
	bool t_quiet;

	raw_spinlock_t t_lock ____cacheline_aligned_in_smp;
	struct list_head t_waiters;
	struct lwkt_thread *t_heir;
	struct lwkt_thread *t_eldest;
	struct lwkt_spinner *t_spinners;
	u32 t_futile;
} ____cacheline_aligned_in_smp;

void lwkt_token_init(struct lwkt_token *tok, const char *desc);
void lwkt_token_uninit(struct lwkt_token *tok);

int lwkt_gettoken(struct lwkt_token *tok);
int lwkt_gettoken_shared(struct lwkt_token *tok);
bool lwkt_trytoken(struct lwkt_token *tok);
int lwkt_reltoken(struct lwkt_token *tok);
int lwkt_token_swap(void);
unsigned int lwkt_cnttoken(const struct lwkt_token *tok,
			   const struct lwkt_thread *td);
bool lwkt_token_is_held(const struct lwkt_token *tok);
bool lwkt_token_is_stale(const struct lwkt_token *tok);
u64 lwkt_token_collisions(const struct lwkt_token *tok);

/* For token.c: dispatch.c has it. */
void lwkt_token_swapped(struct lwkt_thread *td, struct lwkt_tokref *a,
			struct lwkt_tokref *b);

/* Errors of the generations' inline functions. */
int lwkt_gettoken_overflow(struct lwkt_token *tok);
int lwkt_gettoken_atomic(struct lwkt_token *tok);
int lwkt_reltoken_illegal(struct lwkt_token *tok);

/* True if @ref, without its tag, is one of @td's own references. */
static __always_inline bool lwkt_ref_is_mine(const struct lwkt_thread *td,
					     const struct lwkt_tokref *ref)
{
	return (uintptr_t)ref - (uintptr_t)td < td->td_bytes;
}

/* How many references a slot stands for. */
static __always_inline unsigned int
lwkt_ref_count(const struct lwkt_tokref *ref)
{
	return 1 + ref->tr_flags / TR_AGAIN;
}

/* True if @td has room for one more reference. */
static __always_inline bool lwkt_ref_left(const struct lwkt_thread *td)
{
	return td->td_toks_stop != td->td_toks_end;
}

/*
 * Reserve a slot, then fill it; the caller has looked whether there is one
 * left, and tries afterwards. In this order, since an interrupt that takes and
 * releases a token of its own uses the slots above (DragonFly b528f10fca). It
 * is the same CPU, so the compiler's order suffices.
 */
static __always_inline struct lwkt_tokref *
lwkt_push_ref(struct lwkt_thread *td, struct lwkt_token *tok, u32 flags)
{
	struct lwkt_tokref *ref = td->td_toks_stop;

	td->td_toks_stop = ref + 1;
	barrier();
	ref->tr_tok = tok;
	ref->tr_flags = flags;
	return ref;
}

/* The newest reference goes, after its token was released: see above. */
static __always_inline void lwkt_pop_ref(struct lwkt_thread *td,
					 struct lwkt_tokref *ref)
{
	barrier();
	td->td_toks_stop = ref;
}

/* The scheduler took the token of @ref again, or at last. Holder's CPU. */
static __always_inline void lwkt_retaken(struct lwkt_thread *td,
					 struct lwkt_tokref *ref)
{
	struct lwkt_token *tok = ref->tr_tok;

	/* tr_gen is 0 for a reference that never had its token. */
	if (ref->tr_gen && ref->tr_gen != tok->t_gen) {
		ref->tr_flags |= TR_STALE;
		lwkt_thread_stats(td)->stale++;
	} else {
		ref->tr_flags &= ~TR_STALE;
	}
	ref->tr_gen = 0;
	if (!(ref->tr_flags & TR_SHARED))
		tok->t_gen++;
}

/* The two newest references changed places; a word that names one follows. */
static __always_inline void lwkt_words_swapped(struct lwkt_tokref *a,
					       struct lwkt_tokref *b)
{
	/* What b names was named by a, and the other way round. */
	if (READ_ONCE(b->tr_tok->t_ref) == a)
		WRITE_ONCE(b->tr_tok->t_ref, b);
	if (READ_ONCE(a->tr_tok->t_ref) == b)
		WRITE_ONCE(a->tr_tok->t_ref, a);
}

/* True if the scheduler may run @td now; takes its tokens if it has any. */
#define lwkt_may_run(td, getall) (!lwkt_wants_tokens(td) || getall(td))

#endif /* _LWKT_TOKEN_H */
