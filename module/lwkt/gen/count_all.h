/* SPDX-License-Identifier: GPL-2.0 */
/*
 * count_all.h - the count-word generations (gen/count_word.h): what a gettoken
 * that has to wait and a try for all tokens of a thread do
 *
 * Emitted once per generation, in gen/sorted.c and gen/backoff.c: @gen is a
 * constant in every use.
 */
#ifndef _LWKT_COUNT_ALL_H
#define _LWKT_COUNT_ALL_H

#include <linux/processor.h>

#include "base/compat.h"
#include "count_word.h"
#include "lwkt/core/testpoint.h"
#include "lwkt/token/tries.h"

/* gen/count_word.c */
void lwkt_count_sort(struct lwkt_thread *td);
struct lwkt_tokref *lwkt_count_nth(struct lwkt_thread *td, u32 nth,
				   bool sorted);
void lwkt_count_undo(struct lwkt_thread *td, u32 got, bool sorted);
void lwkt_count_settle(struct lwkt_thread *td);
bool lwkt_count_shares(const struct lwkt_thread *td,
		       const struct lwkt_tokref *ref);
int lwkt_count_upgrade(struct lwkt_thread *td, struct lwkt_tokref *ref);
void lwkt_count_spun(struct lwkt_thread *td, u32 pauses, bool got, u64 start);
void lwkt_count_tick(struct lwkt_globaldata *gd);
struct lwkt_thread *lwkt_count_first(struct lwkt_globaldata *gd);
struct lwkt_thread *lwkt_count_next(struct lwkt_globaldata *gd,
				    struct lwkt_thread *td);

/* How the generations try on for the reference taken last. */
bool lwkt_sorted_spin(struct lwkt_thread *td, struct lwkt_count_try *t);
bool lwkt_backoff_spin(struct lwkt_thread *td, struct lwkt_count_try *t);

/*
 * A try for EXCLUSIVE failed and its thread is going to wait: it leaves a
 * request. One that finds a request there executes a PAUSE instead (9900e41a05,
 * lwkt_token.c:290-309; f875a8eec7, lwkt_token.c:310-329), which comes on top of
 * those between the tries of a spin.
 */
static __always_inline void lwkt_count_request(struct lwkt_thread *td,
					       struct lwkt_count_try *t)
{
	if (t->count & TOK_EXCLREQ) {
		cpu_relax();
		lwkt_thread_stats(td)->spins++;
	} else {
		/* Orders nothing: a flag that others look at later. */
		atomic_long_or(TOK_EXCLREQ, &t->ref->tr_tok->t_count);
	}
}

/* One try in the mode of the reference by a thread that will wait. */
static __always_inline bool lwkt_count_try(struct lwkt_thread *td,
					   struct lwkt_count_try *t,
					   enum lwkt_generation gen)
{
	if (t->ref->tr_flags & TR_SHARED)
		return lwkt_count_try_share(td, t, lwkt_count_defers(td, gen),
					    gen);
	if (lwkt_count_try_excl(td, t))
		return true;
	lwkt_count_request(td, t);
	return false;
}

static __always_inline bool lwkt_count_spin(struct lwkt_thread *td,
					    struct lwkt_count_try *t,
					    enum lwkt_generation gen)
{
	if (gen == LWKT_GEN_sorted)
		return lwkt_sorted_spin(td, t);
	return lwkt_backoff_spin(td, t);
}

/*
 * One try for all tokens of @td, in a critical section as it was; spins for the
 * one taken last, wherever in the order that stands.
 */
static __always_inline bool
lwkt_count_getall(struct lwkt_thread *td, bool sorted, enum lwkt_generation gen)
{
	u32 n = td->td_toks_stop - td->td_toks, seq = lwkt_try_seq(td), i;
	struct lwkt_tokref *last = td->td_toks_stop - 1;
	struct lwkt_count_try t = {};

	if (sorted)
		lwkt_count_sort(td);
	/* A try that Linux stopped half-way would obstruct for a time slice. */
	preempt_disable();
	lwkt_cpu_stats(td->td_gd)->scans++;
	for (i = 0; i < n; i++) {
		t.ref = lwkt_count_nth(td, i, sorted);
		t.mine = n > 1 ? lwkt_tag(t.ref, seq) : t.ref;
		t.others = i;
		lwkt_testpoint(LWKT_TP_GETALL, td, t.ref - td->td_toks);
		if (lwkt_count_try(td, &t, gen) ||
		    (t.ref == last && lwkt_count_spin(td, &t, gen)))
			continue;
		lwkt_count_undo(td, i, sorted);
		if (n > 1)
			lwkt_end_try(td, true);
		lwkt_note_failure_at(td, t.ref, i, t.word);
		preempt_enable();
		return false;
	}
	lwkt_count_settle(td);
	if (n > 1)
		lwkt_end_try(td, false);
	td->td_fails = 0;
	preempt_enable();
	return true;
}

/*
 * gettoken() in either mode whose one try failed. First it spins, and keeps all
 * other tokens of the thread meanwhile; then it gives them up and the CPU away.
 * The thread stays on its run queue; when it comes back the scheduler has taken
 * everything for it.
 */
static __always_inline int lwkt_count_contended(struct lwkt_thread *td,
						struct lwkt_tokref *ref,
						enum lwkt_generation gen)
{
	struct lwkt_token *tok = ref->tr_tok;
	struct lwkt_count_try t = {
		.ref = ref,
		.mine = ref,
		.word = READ_ONCE(tok->t_ref),
		.count = atomic_long_read(&tok->t_count),
		.others = ref != td->td_toks,
		.settled = true,
	};
	bool got;

	if (!(ref->tr_flags & TR_SHARED) && lwkt_count_shares(td, ref))
		return lwkt_count_upgrade(td, ref);
	if (unlikely(!compat_may_block())) {
		lwkt_pop_ref(td, ref);
		return lwkt_gettoken_atomic(tok);
	}
	if (!(ref->tr_flags & TR_SHARED))
		lwkt_count_request(td, &t);
	/* In a critical section, as the whole of it was. */
	preempt_disable();
	got = lwkt_count_spin(td, &t, gen);
	preempt_enable();
	if (got)
		return 0;
	lwkt_testpoint(LWKT_TP_CONTENDED, td, ref - td->td_toks);
	lwkt_note_failure(td, ref, t.word);
	lwkt_thread_stats(td)->tokens_get_undone += lwkt_count_relall(td);
	return lwkt_switch();
}

#endif /* _LWKT_COUNT_ALL_H */
