// SPDX-License-Identifier: GPL-2.0
/*
 * handover.c - how a token without an owner comes to a thread that waits for it
 * (token-handoff)
 *
 * The reasoning stands in handoff/handoff.c. A token that loses its owner, or
 * that the thread it was kept for does not take, is offered: kept for the
 * eldest or for the first waiter, or free and the first waiter woken to try.
 *
 * PRIORITIES
 *
 *   A waiter counts only while its CPU would run it. The others (outranked: a
 *   thread of higher priority is runnable there) leave the queue and are woken:
 *   they wait on the run queue for their CPU. Nothing is kept for them and no
 *   release is silent for them. When their CPU comes to them they try, and if
 *   they fail they are queued again, at the place of their age.
 *
 * THE LIMIT OF A KEEP
 *
 *   A kept token is owned by no running thread, yet no other thread that waits
 *   gets it. Its heir's CPU may run a thread that makes no scheduler pass until
 *   one of those waiters made progress; and an owner of another token of the
 *   eldest's set may do the same. So a keep ends after KEEP_NS: the heir leaves
 *   the queue, as an outranked thread does, or the keeping for the eldest pauses
 *   for as long, and the token is offered to the next waiter. Each time this
 *   happens to a waiting thread its limit doubles, so that sections of any
 *   length end within it at last.
 *
 *   The heir's td_timer tells, which is started under t_lock by the release
 *   that keeps. Proof: handoff-timer (PROOFS.rst).
 */
#include "base/clock.h"
#include "eldest.h"
#include "handover.h"
#include "lwkt/core/testpoint.h"

#define KEEP_NS (10 * NSEC_PER_MSEC)

/* The limit doubles at most so often: to about 10 s. */
#define LATE_MAX 10

/**
 * lwkt_handoff_window_ns() - the knob handoff_window_us
 */
u64 lwkt_handoff_window_ns(void)
{
	return (u64)lwkt_knobs.handoff_window_us * NSEC_PER_USEC;
}

/**
 * lwkt_handoff_window_over() - has a thread been the first of a queue for a window?
 * @td: the thread
 * @now: the time
 */
bool lwkt_handoff_window_over(const struct lwkt_thread *td, u64 now)
{
	u64 since = READ_ONCE(lwkt_waiter(td)->wt_first_ns);

	/* Clocks of two CPUs may disagree a little: no window is no wait. */
	return since && (!lwkt_knobs.handoff_window_us ||
			 (s64)(now - since) >= (s64)lwkt_handoff_window_ns());
}

/*
 * A thread of higher priority is runnable on its CPU, as far as another CPU can
 * tell. If that changes in the next moment, the thread's own CPU sets it aside
 * in the pass that changes it (handoff/choose.c), or comes to it and it tries.
 */
static bool is_outranked(const struct lwkt_thread *td)
{
	return fls(READ_ONCE(td->td_gd->gd_runqmask)) - 1 > td->td_pri;
}

/*
 * Make a first waiter try. If its CPU is busy when the window is over, the
 * thread that runs there yields.
 */
static void wake_to_try(struct lwkt_thread *first, struct handoff_wakes *w)
{
	lwkt_handoff_claim(w, first);
	lwkt_handoff_ask_by(w, first->td_gd,
			    READ_ONCE(lwkt_waiter(first)->wt_first_ns) +
				    lwkt_handoff_window_ns());
}

/*
 * Make a thread run soon: a token is kept for it meanwhile.
 * lwkt_handoff_choose() tries it before others then.
 */
static void wake_to_take(struct lwkt_thread *heir, struct handoff_wakes *w)
{
	lwkt_handoff_claim(w, heir);
	lwkt_handoff_ask_by(w, heir->td_gd,
			    READ_ONCE(lwkt_waiter(heir)->wt_first_ns));
}

/* How long a keep for a thread lasts at most. */
static u64 keep_limit_ns(const struct lwkt_thread *td)
{
	return KEEP_NS << READ_ONCE(lwkt_waiter(td)->wt_expired);
}

/**
 * lwkt_handoff_keep_left() - for how long tokens can still be kept for a thread
 * @td: the thread
 * @now: the time
 *
 * Context: any.
 * Return: ns until the limit; all of it if nothing is kept for the thread
 */
u64 lwkt_handoff_keep_left(const struct lwkt_thread *td, u64 now)
{
	u64 since = READ_ONCE(lwkt_waiter(td)->wt_kept_ns),
	    limit = keep_limit_ns(td);
	u64 kept = since ? tb_clock_between(since, now) : 0;

	return kept < limit ? limit - kept : 0;
}

/* The limit of a keep that begins; one for all tokens of the eldest's set. */
static void start_keep_limit(struct lwkt_token *tok, struct lwkt_thread *heir,
			     u64 now)
{
	if (tok->t_eldest == heir && READ_ONCE(lwkt_waiter(heir)->wt_kept_ns))
		return;
	WRITE_ONCE(lwkt_waiter(heir)->wt_kept_ns, now);
	lwkt_handoff_set_timer(heir, keep_limit_ns(heir));
}

/* A token of the eldest's set is kept; true if it was the last one. */
static bool count_kept(struct lwkt_token *tok, struct lwkt_thread *heir)
{
	/* Pairs with the barrier of lwkt_eldest_park(). Proof: handoff-complete. */
	return tok->t_eldest != heir ||
	       atomic_dec_and_test(&lwkt_waiter(heir)->wt_missing);
}

/* The token is for @heir only from now on. */
static void keep_token(struct lwkt_token *tok, struct lwkt_thread *heir,
		       u64 now, struct handoff_wakes *w)
{
	WRITE_ONCE(tok->t_heir, heir);
	lwkt_testpoint(LWKT_TP_GRANT, heir, 0);
	/* Pairs with lwkt_handoff_kept_for(). */
	smp_store_release(&tok->t_ref, HANDOFF_KEPT_WORD);
	start_keep_limit(tok, heir, now);
	if (count_kept(tok, heir))
		wake_to_take(heir, w);
}

/**
 * lwkt_handoff_keep_free() - keep a token that is free
 * @tok: the token
 * @td: for it, which its own CPU tries just now
 * @now: the time
 *
 * Context: t_lock held; the baton holder of @td's CPU.
 * Return: false if it is not free
 */
bool lwkt_handoff_keep_free(struct lwkt_token *tok, struct lwkt_thread *td,
			    u64 now)
{
	struct lwkt_tokref *word = READ_ONCE(tok->t_ref);

	/* Read by those only that see the word kept: lwkt_handoff_kept_for(). */
	WRITE_ONCE(tok->t_heir, td);
	/* Pairs with the releases of the owner before. */
	do {
		if (!lwkt_handoff_is_free(word)) {
			WRITE_ONCE(tok->t_heir, NULL);
			return false;
		}
	} while (!try_cmpxchg(&tok->t_ref, &word, HANDOFF_KEPT_WORD));
	start_keep_limit(tok, td, now);
	if (tok->t_eldest == td)
		atomic_dec(&lwkt_waiter(td)->wt_missing);
	return true;
}

/* The token is not kept any more. t_lock; the caller changes the word. */
static void end_keep(struct lwkt_token *tok)
{
	struct lwkt_thread *heir = tok->t_heir;

	WRITE_ONCE(tok->t_heir, NULL);
	if (tok->t_eldest == heir)
		atomic_inc(&lwkt_waiter(heir)->wt_missing);
	else
		WRITE_ONCE(lwkt_waiter(heir)->wt_kept_ns, 0);
}

/**
 * lwkt_handoff_find_first() - the first waiter that its CPU would run
 * @tok: the token
 * @now: the time
 * @w: gets those before it, which are in no queue from now on
 *
 * Context: t_lock held.
 * Return: the waiter, NULL if there is none
 */
struct lwkt_thread *lwkt_handoff_find_first(struct lwkt_token *tok, u64 now,
					    struct handoff_wakes *w)
{
	struct lwkt_thread *first;

	while ((first = lwkt_handoff_first(tok)) && is_outranked(first)) {
		list_del_init(&lwkt_waiter(first)->wt_link);
		WRITE_ONCE(tok->t_quiet, false);
		lwkt_handoff_claim(w, first);
	}
	if (first && !READ_ONCE(lwkt_waiter(first)->wt_first_ns))
		WRITE_ONCE(lwkt_waiter(first)->wt_first_ns, now);
	return first;
}

/* The eldest, if the token is bound and may be kept for it now. */
static struct lwkt_thread *find_eldest(struct lwkt_token *tok, u64 now,
				       struct handoff_wakes *w)
{
	struct lwkt_thread *eldest = tok->t_eldest;

	if (!eldest || lwkt_eldest_is_paused())
		return NULL;
	if (!is_outranked(eldest))
		return eldest;
	/* Its CPU sets it aside: lwkt_handoff_choose(). */
	lwkt_handoff_claim(w, eldest);
	lwkt_handoff_ask_by(w, eldest->td_gd, now);
	return NULL;
}

/**
 * lwkt_handoff_offer() - a token has no owner any more: for which thread is it?
 * @tok: the token; its word is not NULL, so that nothing else changes it
 * @now: the time
 * @w: gets the threads to wake
 *
 * Context: t_lock held.
 */
void lwkt_handoff_offer(struct lwkt_token *tok, u64 now,
			struct handoff_wakes *w)
{
	struct lwkt_thread *first = lwkt_handoff_find_first(tok, now, w);
	struct lwkt_thread *eldest = find_eldest(tok, now, w);
	bool own_turn = first && lwkt_waiter(first)->wt_single &&
			lwkt_handoff_window_over(first, now);

	if (eldest && !(own_turn && lwkt_handoff_older(first, eldest))) {
		keep_token(tok, eldest, now, w);
	} else if (own_turn && (eldest || !tok->t_quiet)) {
		keep_token(tok, first, now, w);
	} else {
		/* Pairs with the acquire of the next owner. */
		smp_store_release(&tok->t_ref, HANDOFF_LEFT);
		if (first) {
			WRITE_ONCE(tok->t_quiet, true);
			wake_to_try(first, w);
		}
	}
}

/**
 * lwkt_handoff_wake_first() - a token is free while threads wait: one shall try
 * @tok: the token
 * @now: the time
 * @w: gets the threads to wake
 *
 * Context: t_lock held.
 */
void lwkt_handoff_wake_first(struct lwkt_token *tok, u64 now,
			     struct handoff_wakes *w)
{
	struct lwkt_thread *first = lwkt_handoff_find_first(tok, now, w);

	if (!first)
		return;
	WRITE_ONCE(tok->t_quiet, true);
	wake_to_try(first, w);
}

/**
 * lwkt_handoff_release() - release a token whose queue has to be looked at
 * @tok: the token, owned
 *
 * Context: the owner's CPU; any context.
 */
void lwkt_handoff_release(struct lwkt_token *tok)
{
	u64 now = tb_clock_ns();
	struct handoff_wakes w;
	unsigned long flags;

	lwkt_handoff_wakes_init(&w);
	raw_spin_lock_irqsave(&tok->t_lock, flags);
	lwkt_handoff_offer(tok, now, &w);
	raw_spin_unlock_irqrestore(&tok->t_lock, flags);
	lwkt_handoff_wake_all(&w);
}

/**
 * lwkt_handoff_take_as_heir() - take a token that is kept for the taker
 * @tok: the token
 * @td: the taker
 * @mine: its reference, tagged if the try is for several
 *
 * Context: the baton holder of the heir's CPU.
 * Return: false if it is not kept for it any more
 */
bool lwkt_handoff_take_as_heir(struct lwkt_token *tok, struct lwkt_thread *td,
			       struct lwkt_tokref *mine)
{
	unsigned long flags;
	bool kept;

	raw_spin_lock_irqsave(&tok->t_lock, flags);
	kept = tok->t_heir == td;
	if (kept) {
		end_keep(tok);
		if (tok->t_eldest != td)
			lwkt_thread_stats(td)->grants++;
		/* Under t_lock nothing else leaves the kept state. */
		WRITE_ONCE(tok->t_ref, lwkt_handoff_with(mine, HANDOFF_QUEUE));
		lwkt_handoff_unmark(tok);
	}
	raw_spin_unlock_irqrestore(&tok->t_lock, flags);
	return kept;
}

/**
 * lwkt_handoff_take_unowned() - take a token that no thread owns
 * @tok: the token
 * @mine: the reference to take it with
 *
 * Also one that is kept for another thread, for callers that cannot wait. That
 * thread stays the first: the release keeps the token for it again.
 *
 * Context: an LWKT thread; any context it can be in.
 * Return: false if it has an owner
 */
bool lwkt_handoff_take_unowned(struct lwkt_token *tok, struct lwkt_tokref *mine)
{
	struct lwkt_tokref *word;
	unsigned long flags;
	bool got = true;

	raw_spin_lock_irqsave(&tok->t_lock, flags);
	if (tok->t_heir) {
		end_keep(tok);
		WRITE_ONCE(tok->t_ref, lwkt_handoff_with(mine, HANDOFF_QUEUE));
	} else {
		word = READ_ONCE(tok->t_ref);
		got = lwkt_handoff_take_free(tok, mine, &word);
	}
	raw_spin_unlock_irqrestore(&tok->t_lock, flags);
	return got;
}

/**
 * lwkt_handoff_give_up_keep() - a thread gives up what is kept for it
 * @tok: the token
 * @td: the thread; in no queue any more; nothing happens if it is not the heir
 * @now: the time
 * @w: gets the threads to wake
 *
 * Context: t_lock held.
 * Return: true if the token was kept for it, and has been offered to others
 */
bool lwkt_handoff_give_up_keep(struct lwkt_token *tok, struct lwkt_thread *td,
			       u64 now, struct handoff_wakes *w)
{
	if (tok->t_heir != td)
		return false;
	end_keep(tok);
	lwkt_handoff_offer(tok, now, w);
	return true;
}

/* The keep of one token for @td was long enough. */
static void expire_keep(struct lwkt_token *tok, struct lwkt_thread *td, u64 now)
{
	struct handoff_wakes w;
	unsigned long flags;

	lwkt_handoff_wakes_init(&w);
	raw_spin_lock_irqsave(&tok->t_lock, flags);
	if (tok->t_heir == td && tok->t_eldest != td) {
		list_del_init(&lwkt_waiter(td)->wt_link);
		WRITE_ONCE(tok->t_quiet, false);
	}
	lwkt_handoff_give_up_keep(tok, td, now, &w);
	raw_spin_unlock_irqrestore(&tok->t_lock, flags);
	lwkt_handoff_wake_all(&w);
}

/**
 * lwkt_handoff_expire_keeps() - end keeps that have reached their limit
 * @td: the thread whose timer fires; nothing happens if nothing is kept for it
 *
 * Context: the handler of td_timer.
 */
void lwkt_handoff_expire_keeps(struct lwkt_thread *td)
{
	struct lwkt_waiter *wt = lwkt_waiter(td);
	u64 limit = keep_limit_ns(td), now, left;
	struct lwkt_tokref *ref;

	if (!READ_ONCE(wt->wt_kept_ns))
		return;
	now = tb_clock_ns();
	left = lwkt_handoff_keep_left(td, now);
	if (left) {
		/* Started for something else, or before this keep began. */
		lwkt_handoff_set_timer(td, left);
		return;
	}
	lwkt_testpoint(LWKT_TP_LATE, td, 0);
	WRITE_ONCE(wt->wt_kept_ns, 0);
	WRITE_ONCE(wt->wt_expired, min(wt->wt_expired + 1, LATE_MAX));
	lwkt_eldest_pause(td, now + limit);
	for (ref = td->td_toks; ref < td->td_toks_stop; ref++)
		expire_keep(ref->tr_tok, td, now);
}
