// SPDX-License-Identifier: GPL-2.0
/*
 * count_word.c - what token-sorted and token-backoff share besides their word:
 * the order of addresses, wrong use, and how the run queue turns
 *
 * THE ORDER OF ADDRESSES (DragonFly b12defdc61, October 2011)
 *
 *   A scheduler that keeps failing takes a thread's tokens in the order of
 *   their addresses, by insertion sort, anew in each try. References to one
 *   token keep their order among themselves: only the oldest takes EXCLUSIVE.
 *   The order is kept in the references themselves (tr_order), since a thread
 *   can have more than the 32 for which DragonFly put it on the stack.
 *
 *   Of tries that are all sorted one gets through. Proof: sorted-progress
 *   (PROOFS.rst). No thread is promised a turn.
 *
 * THE RUN QUEUE
 *
 *   From 3.0 on a switch leaves the queue as it is. The clock does the round
 *   robin: at every tick the thread that runs goes behind its equals if it was
 *   the head of the queue, and if it was not, the head is looked at again. Here
 *   the tick is lwkt_quantum_ns and is noticed by the pass that follows it.
 *   So a thread in front is tried first until the tick comes while it runs; in
 *   between threads behind it get what it leaves them.
 *
 *   Three departures:
 *   1. A thread that ran to the end of its slice counts as met by the tick.
 *   2. A user thread goes behind its equals also if it was not the head.
 *      DragonFly has one user thread per CPU in this queue and lets the user
 *      scheduler choose the next; there is no user scheduler here.
 *   3. A thread that has had no slice yet, or gave it up with lwkt_yield(),
 *      goes behind its equals: thread.h promises each a first turn.
 *      (DragonFly's lwkt_yield() does nothing until the next tick.)
 */
#include <linux/processor.h>

#include "base/clock.h"
#include "count_all.h"
#include "lwkt/core/misuse.h"

/**
 * lwkt_count_sort() - find the order of addresses of a thread's tokens
 * @td: the thread; @td_toks[N].tr_order gets which reference comes Nth
 *
 * Context: the baton holder of the thread's CPU.
 */
void lwkt_count_sort(struct lwkt_thread *td)
{
	struct lwkt_tokref *toks = td->td_toks;
	u32 n = td->td_toks_stop - toks, i, k;

	for (i = 0; i < n; i++) {
		/* Behind its equals. */
		for (k = i;
		     k && toks[toks[k - 1].tr_order].tr_tok > toks[i].tr_tok;
		     k--)
			toks[k].tr_order = toks[k - 1].tr_order;
		toks[k].tr_order = i;
	}
}

/**
 * lwkt_count_nth() - the reference that comes Nth in a try
 * @td: the thread
 * @nth: from 0
 * @sorted: lwkt_count_sort() was called for the try
 */
struct lwkt_tokref *lwkt_count_nth(struct lwkt_thread *td, u32 nth, bool sorted)
{
	return td->td_toks + (sorted ? td->td_toks[nth].tr_order : nth);
}

/* Is it the thread's oldest reference to its token? */
static bool is_oldest_ref(const struct lwkt_thread *td,
			  const struct lwkt_tokref *ref)
{
	const struct lwkt_tokref *older;

	for (older = td->td_toks; older < ref; older++)
		if (older->tr_tok == ref->tr_tok)
			return false;
	return true;
}

/*
 * Give back what a reference holds; @drop: to be taken again later. Return: true
 * if its thread has given up a token, not just a recursive hold.
 */
static bool give_back(struct lwkt_thread *td, struct lwkt_tokref *ref,
		      bool drop)
{
	struct lwkt_token *tok = ref->tr_tok;
	struct lwkt_tokref *word = lwkt_strip(READ_ONCE(tok->t_ref));
	bool owned = word == ref;

	if (!owned && !(ref->tr_flags & TR_HELD))
		return false;
	if (!owned && !lwkt_ref_is_mine(td, word))
		owned = is_oldest_ref(td, ref);
	if (owned && drop)
		ref->tr_gen = tok->t_gen;
	if (word == ref) {
		lwkt_count_rel_excl(tok);
		return true;
	}
	ref->tr_flags &= ~TR_HELD;
	lwkt_count_rel_step(tok);
	return owned;
}

/**
 * lwkt_count_relall() - drop all tokens of a thread, the newest first
 * @td: the thread
 *
 * Return: how many were held
 */
unsigned int lwkt_count_relall(struct lwkt_thread *td)
{
	struct lwkt_tokref *ref = td->td_toks_stop;
	unsigned int n = 0;

	while (ref-- > td->td_toks)
		n += give_back(td, ref, true);
	return n;
}

/**
 * lwkt_count_undo() - give back what a try took before it failed
 * @td: the thread
 * @got: how many references had been served
 * @sorted: in order of addresses
 */
void lwkt_count_undo(struct lwkt_thread *td, u32 got, bool sorted)
{
	struct lwkt_thread_stats *st = lwkt_thread_stats(td);

	lwkt_testpoint(LWKT_TP_UNDO, td, got);
	while (got--)
		st->tokens_undone +=
			give_back(td, lwkt_count_nth(td, got, sorted), false);
}

/**
 * lwkt_count_settle() - all tokens are there: held from now on, not just tried
 * @td: the thread
 *
 * A recursive hold of an exclusive token has nothing to settle.
 */
void lwkt_count_settle(struct lwkt_thread *td)
{
	struct lwkt_tokref *ref;

	for (ref = td->td_toks; ref < td->td_toks_stop; ref++) {
		struct lwkt_token *tok = ref->tr_tok;
		struct lwkt_tokref *word = READ_ONCE(tok->t_ref);

		if (lwkt_strip(word) == ref) {
			if (word != ref)
				WRITE_ONCE(tok->t_ref, ref);
			lwkt_retaken(td, ref);
		} else if (!lwkt_ref_is_mine(td, word)) {
			lwkt_retaken(td, ref);
		}
	}
}

/**
 * lwkt_count_shares() - does a thread hold a share of a token that it wants
 * exclusively?
 * @td: the thread
 * @ref: its newest reference, which could not have its token
 *
 * Older references alone do not tell: an interrupt can come before one has got
 * what it is for, or after it was dropped. Then no thread holds anything by it.
 *
 * Context: the thread; any context it can be in.
 */
bool lwkt_count_shares(const struct lwkt_thread *td,
		       const struct lwkt_tokref *ref)
{
	const u32 share = TR_SHARED | TR_HELD;
	const struct lwkt_tokref *older;

	for (older = td->td_toks; older < ref; older++)
		if (older->tr_tok == ref->tr_tok &&
		    (older->tr_flags & share) == share)
			return true;
	return false;
}

/**
 * lwkt_count_upgrade() - a token wanted exclusively by its shared holder
 * @td: the caller
 * @ref: its newest reference, which goes; an older one holds a share
 *
 * No thread could ever get EXCLUSIVE past that share, and a scheduler would try
 * for ever. DragonFly says so in its manual and asserts it in debug kernels
 * (784abcf016).
 *
 * Return: -EDEADLK
 */
int lwkt_count_upgrade(struct lwkt_thread *td, struct lwkt_tokref *ref)
{
	lwkt_pop_ref(td, ref);
	lwkt_misuse(LWKT_MISUSE_UPGRADE, ref->tr_tok->t_desc);
	return -EDEADLK;
}

/**
 * lwkt_count_trytoken_failed() - trytoken() of a token that is held
 * @td: the caller
 * @ref: its newest reference, which goes
 *
 * No request is left behind. A token that the caller itself holds shared is
 * reported: the answer would be the same for ever.
 *
 * Return: false
 */
bool lwkt_count_trytoken_failed(struct lwkt_thread *td, struct lwkt_tokref *ref)
{
	if (lwkt_count_shares(td, ref)) {
		lwkt_count_upgrade(td, ref);
		return false;
	}
	lwkt_pop_ref(td, ref);
	/* No request either way, so always the PAUSE of lwkt_count_request(). */
	cpu_relax();
	/* A collision from 3.0 on, though no thread waits. */
	lwkt_collide(ref->tr_tok);
	return false;
}

/**
 * lwkt_count_spun() - account for a spin
 * @td: the thread that spun
 * @pauses: PAUSEs it executed
 * @got: it got the token
 * @start: when it began if other tokens waited with it, else 0
 *
 * Context: the thread's CPU.
 */
void lwkt_count_spun(struct lwkt_thread *td, u32 pauses, bool got, u64 start)
{
	struct lwkt_thread_stats *st = lwkt_thread_stats(td);

	st->spins += pauses;
	st->spin_ok += got;
	if (start)
		st->hold_while_spin_ns += tb_clock_ns() - start;
}

/**
 * lwkt_count_tick() - turn the run queue if the clock has ticked
 * @gd: the CPU
 *
 * Context: the CPU's baton holder, at the beginning of a pass.
 */
void lwkt_count_tick(struct lwkt_globaldata *gd)
{
	struct lwkt_thread *td = gd->gd_curthread;
	bool turn = !td->td_slice_end;
	u64 now;

	/* The idle thread, one that went to sleep, or none to make room for. */
	if (list_empty(&td->td_threadq) ||
	    list_is_singular(&gd->gd_tdrunq[td->td_pri]))
		return;
	now = tb_clock_ns();
	if ((s64)(now - gd->gd_tick_ns) >= 0 ||
	    (s64)(now - td->td_slice_end) >= 0) {
		gd->gd_tick_ns = now + lwkt_quantum_ns;
		turn |= td == lwkt_count_first(gd) ||
			td->td_pri < TDPRI_KERN_LPSCHED;
	}
	if (turn)
		lwkt_runq_rotate(td);
}

/**
 * lwkt_count_first() - the head of the run queue
 * @gd: the CPU
 *
 * Context: the CPU's baton holder.
 * Return: the thread, NULL if the queue is empty
 */
struct lwkt_thread *lwkt_count_first(struct lwkt_globaldata *gd)
{
	if (!gd->gd_runqmask)
		return NULL;
	return list_first_entry(&gd->gd_tdrunq[fls(gd->gd_runqmask) - 1],
				struct lwkt_thread, td_threadq);
}

/**
 * lwkt_count_next() - the thread behind another in the run queue
 * @gd: the CPU
 * @td: a queued thread
 *
 * Context: the CPU's baton holder.
 * Return: the thread, NULL behind the last
 */
struct lwkt_thread *lwkt_count_next(struct lwkt_globaldata *gd,
				    struct lwkt_thread *td)
{
	u32 below = gd->gd_runqmask & (BIT(td->td_pri) - 1);

	if (!list_is_last(&td->td_threadq, &gd->gd_tdrunq[td->td_pri]))
		return list_next_entry(td, td_threadq);
	if (!below)
		return NULL;
	return list_first_entry(&gd->gd_tdrunq[fls(below) - 1],
				struct lwkt_thread, td_threadq);
}
