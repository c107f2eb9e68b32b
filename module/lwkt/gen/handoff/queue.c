// SPDX-License-Identifier: GPL-2.0
/*
 * queue.c - the waiters of a token (token-handoff)
 *
 * The reasoning stands in handoff/handoff.c. In short: a thread waits in the
 * queue of one token, the one its last try failed on; the queue is in order of
 * arrival; only its first waiter matters to a release (handoff/handover.c).
 *
 * THE FIRST WAITER
 *
 *   marked   it sleeps, and HANDOFF_QUEUE stands in the word: the next release
 *            wakes it, or keeps the token for it if its window is over
 *   quiet    it is awake and will try, or sleeps with a timer running that will
 *            wake it: no release has to look, and the word is not marked
 *
 *   parks, first       -> marked
 *   marked, release    -> quiet (awake); or the token is kept for it
 *   quiet, tries, fails, window not over  -> quiet (timer)
 *   quiet, tries, fails, window over      -> marked, or the token is kept for it
 *                                            if it is free by then; if it wants
 *                                            a set: quiet (timer), and nominated
 *   leaves             -> the next one is first: marked, or woken if the token
 *                         is free (quiet)
 *   outranked          -> leaves, awake: found by a release, or set aside by
 *                         its CPU's pass
 *
 *   So a release costs nothing extra but once or twice per window, however
 *   many threads wait.
 *
 * TRYING AND PARKING
 *
 *   A waiter that finds the token free again when it is about to park tries
 *   again at once, but only PARK_RETRIES times in a row: it can lose every one
 *   of these tries to threads that run. Then it parks beside the free token:
 *   queued, where its age counts, with a timer or woken by the first waiter's
 *   leaving; and at the end of its window the token is kept for it.
 *
 * WHAT CHANGES UNDER WHICH LOCK
 *
 *   t_lock        the queue, t_heir, t_eldest, t_quiet, and every change of
 *                 HANDOFF_QUEUE and HANDOFF_KEPT in t_ref; the cmpxchg of
 *                 lwkt_handoff_reltoken() fails while either is set
 *   none          t_futile: a guess, and a lost update is no harm; wt_timed:
 *                 set before td_timer is started, cleared before it is cancelled
 *   the baton of  wt_tok, td_since_ns, wt_single, wt_bound, wt_retries,
 *   td's CPU      wt_nominated, wt_spun, td_awakeq
 *   both          wt_first_ns is set under t_lock of the queue td is in, and
 *                 cleared by its own CPU when td is in none
 *   t_lock or     wt_kept_ns is set under t_lock of the kept token, and cleared
 *   the handler   under it, by the handler of td_timer, or by td's own CPU: an
 *                 old value shortens the limit of the next keep. wt_expired is the
 *                 handler's until td's own CPU has cancelled the timer
 *
 *   A thread that is found first in a queue stays alive as long as t_lock is
 *   held, and beyond that if it was claimed (proof: handoff-claim). Another CPU
 *   may take it out of the queue under t_lock if it wakes it; wt_tok then still
 *   names the token, and wt_link is empty.
 *
 * Locks: t_lock of one token at a time; inside it eldest_lock
 * (handoff/eldest.c). Both are taken with interrupts off, since tokens may be
 * released with interrupts off. No wake-up is made under either.
 */
#include "base/clock.h"
#include "eldest.h"
#include "handover.h"
#include "lwkt/core/testpoint.h"

/* A waiter woken in vain tries again after so long, doubled at most so often. */
#define RETRY_NS 8000
#define FUTILE_MAX 7

/* Timers for the end of a window fire this much later, so that it is over. */
#define TIMER_SLACK_NS 1000

/* Tries in a row for a token that is free whenever the waiter would park. */
#define PARK_RETRIES 3

/* Do all references of a thread name one token? Its own CPU. */
static bool wants_single_token(const struct lwkt_thread *td)
{
	const struct lwkt_tokref *ref;

	for (ref = td->td_toks + 1; ref < td->td_toks_stop; ref++)
		if (ref->tr_tok != td->td_toks->tr_tok)
			return false;
	return true;
}

/**
 * lwkt_handoff_ask_cpu() - a first waiter is awake: it is to be tried in time
 * @td: the thread
 *
 * If its CPU is busy when the window is over, the thread that runs there
 * yields. Nothing happens for a thread that is no first waiter.
 *
 * Context: any.
 */
void lwkt_handoff_ask_cpu(struct lwkt_thread *td)
{
	u64 since = READ_ONCE(lwkt_waiter(td)->wt_first_ns);

	if (since)
		lwkt_yield_by(td->td_gd, since + lwkt_handoff_window_ns());
}

/*
 * Make the release of an owned token look at the queue. False if the token is
 * free.
 */
static bool mark_word(struct lwkt_token *tok)
{
	struct lwkt_tokref *word = READ_ONCE(tok->t_ref);

	do {
		if (lwkt_handoff_has(word, HANDOFF_QUEUE))
			return true;
		if (lwkt_handoff_is_free(word))
			return false;
		/* Pairs with the cmpxchg of lwkt_handoff_reltoken(). */
	} while (!try_cmpxchg(&tok->t_ref, &word,
			      lwkt_handoff_with(word, HANDOFF_QUEUE)));
	return true;
}

/**
 * lwkt_handoff_unmark() - does a release still have to look at the queue?
 * @tok: the token, owned or free; its word loses the mark if none has to
 *
 * Context: t_lock held.
 */
void lwkt_handoff_unmark(struct lwkt_token *tok)
{
	struct lwkt_tokref *word = READ_ONCE(tok->t_ref);

	if (tok->t_heir || tok->t_eldest ||
	    (!tok->t_quiet && lwkt_handoff_first(tok)))
		return;
	/* While marked, the word changes under t_lock or by its owner's try. */
	while (lwkt_handoff_has(word, HANDOFF_QUEUE))
		if (try_cmpxchg_release(&tok->t_ref, &word,
					lwkt_handoff_without(word,
							     HANDOFF_QUEUE)))
			break;
}

/* The queue has another first waiter: see that it will be served. */
static void serve_new_first(struct lwkt_token *tok, u64 now,
			    struct handoff_wakes *w)
{
	struct lwkt_thread *first = lwkt_handoff_first(tok);

	WRITE_ONCE(tok->t_quiet, false);
	if (!first) {
		lwkt_handoff_unmark(tok);
		return;
	}
	if (!READ_ONCE(lwkt_waiter(first)->wt_first_ns))
		WRITE_ONCE(lwkt_waiter(first)->wt_first_ns, now);
	if (mark_word(tok))
		/* It may be awake already, behind another thread of its CPU. */
		lwkt_handoff_ask_by(w, first->td_gd,
				    READ_ONCE(lwkt_waiter(first)->wt_first_ns) +
					    lwkt_handoff_window_ns());
	else
		lwkt_handoff_wake_first(tok, now, w);
}

/* Oldest first. Newcomers are the youngest, so look from the end. */
static void insert_waiter(struct lwkt_token *tok, struct lwkt_thread *td)
{
	struct lwkt_waiter *other;

	list_for_each_entry_reverse(other, &tok->t_waiters, wt_link)
		if (!lwkt_handoff_older(td, lwkt_waiter_thread(other)))
			break;
	/* Behind @other, which is the list's head if no waiter is older. */
	list_add(&lwkt_waiter(td)->wt_link, &other->wt_link);
}

/* Out of its queue, by its own CPU. */
static void leave_queue(struct lwkt_thread *td, u64 now)
{
	struct lwkt_waiter *wt = lwkt_waiter(td);
	struct lwkt_token *tok = wt->wt_tok;
	struct handoff_wakes w;
	unsigned long flags;
	bool was_first;

	lwkt_handoff_wakes_init(&w);
	raw_spin_lock_irqsave(&tok->t_lock, flags);
	was_first = lwkt_handoff_first(tok) == td;
	list_del_init(&wt->wt_link);
	if (was_first)
		WRITE_ONCE(tok->t_quiet, false);
	if (!lwkt_handoff_give_up_keep(tok, td, now, &w) && was_first)
		serve_new_first(tok, now, &w);
	raw_spin_unlock_irqrestore(&tok->t_lock, flags);
	lwkt_handoff_wake_all(&w);
	wt->wt_tok = NULL;
}

/**
 * lwkt_handoff_set_timer() - wake a waiting thread after a while
 * @td: the thread
 * @ns: how long
 *
 * Context: the baton holder of the thread's CPU, or t_lock of a token that is
 * kept for it, or the timer's handler.
 */
void lwkt_handoff_set_timer(struct lwkt_thread *td, u64 ns)
{
	/* end_wait() reads this after a section under t_lock. Proof: handoff-timer. */
	WRITE_ONCE(lwkt_waiter(td)->wt_timed, true);
	hrtimer_start(&td->td_timer, ns_to_ktime(ns),
		      HRTIMER_MODE_REL_PINNED_HARD);
}

/*
 * The first waiter tried in vain. If its window is over, the next release of
 * the one token it wants is for it, or the token is, if it is free by now.
 * Otherwise, and while it waits for its turn as the eldest, it tries again, less
 * often each time it finds that waking did not pay, and when the window ends.
 */
static void park_first_waiter(struct lwkt_token *tok, struct lwkt_thread *td,
			      u64 now)
{
	bool over = lwkt_handoff_window_over(td, now);
	u64 retry;

	if (over && lwkt_waiter(td)->wt_single) {
		WRITE_ONCE(tok->t_quiet, false);
		/* Proof: handoff-window. */
		while (!mark_word(tok) && !lwkt_handoff_keep_free(tok, td, now))
			;
		return;
	}
	retry = RETRY_NS << READ_ONCE(tok->t_futile);
	if (!over)
		retry = min(retry, READ_ONCE(lwkt_waiter(td)->wt_first_ns) +
					   lwkt_handoff_window_ns() - now +
					   TIMER_SLACK_NS);
	lwkt_handoff_set_timer(td, retry);
	WRITE_ONCE(tok->t_quiet, true);
	lwkt_handoff_unmark(tok);
}

/*
 * The eldest waits as others do until it can bind its set; true if it can, and is
 * to try at once. Proof: handoff-gap.
 */
static bool may_bind_now(struct lwkt_thread *td, u64 now)
{
	u64 gap = lwkt_eldest_gap_left(now);

	if (!gap)
		return true;
	/* One that is to fire earlier stays: the thread parks anew then. */
	if (!hrtimer_active(&td->td_timer) ||
	    ktime_to_ns(hrtimer_get_remaining(&td->td_timer)) > (s64)gap)
		lwkt_handoff_set_timer(td, gap + TIMER_SLACK_NS);
	return false;
}

/* True if there is nothing to wait for. */
static bool is_free_for(const struct lwkt_token *tok,
			const struct lwkt_thread *td)
{
	struct lwkt_tokref *word = READ_ONCE(tok->t_ref);

	return lwkt_handoff_is_free(word) ||
	       (!lwkt_strip(word) && tok->t_heir == td);
}

/**
 * lwkt_handoff_park() - leave the run queue and wait for a token
 * @td: a queued thread that owns nothing; the caller or one it tried for
 * @tok: what it waits for; one of its references names it
 *
 * Context: the baton holder of the thread's CPU.
 * Return: false if the token is free for the thread by now, which then is still
 * on the run queue; at most PARK_RETRIES times in a row
 */
bool lwkt_handoff_park(struct lwkt_thread *td, struct lwkt_token *tok)
{
	struct lwkt_waiter *wt = lwkt_waiter(td);
	u64 now = tb_clock_ns();
	struct handoff_wakes w;
	unsigned long flags;
	bool queued;

	lwkt_testpoint(LWKT_TP_PARK, td, 0);
	if (!td->td_since_ns)
		WRITE_ONCE(td->td_since_ns, now);
	wt->wt_single = wants_single_token(td);
	if (wt->wt_tok && wt->wt_tok != tok)
		leave_queue(td, now);

	lwkt_handoff_wakes_init(&w);
	raw_spin_lock_irqsave(&tok->t_lock, flags);
	/* Marked first, looked at then. Proofs: handoff-park, handoff-wake-park. */
	if (!tok->t_quiet)
		mark_word(tok);
	if (is_free_for(tok, td) && wt->wt_retries < PARK_RETRIES) {
		wt->wt_retries++;
		raw_spin_unlock_irqrestore(&tok->t_lock, flags);
		lwkt_handoff_wake_all(&w);
		return false;
	}
	wt->wt_retries = 0;
	/* Off the run queue before a release can find it. Proof: wake-once. */
	lwkt_deschedule(td);
	lwkt_handoff_cpu(td->td_gd)->parked = td;
	queued = !list_empty(&wt->wt_link);
	if (!queued) {
		insert_waiter(tok, td);
		wt->wt_tok = tok;
	}
	if (lwkt_handoff_first(tok) == td) {
		if (queued)
			park_first_waiter(tok, td, now);
		else
			serve_new_first(tok, now, &w);
	}
	if (tok->t_heir == td)
		lwkt_handoff_claim(&w, td);
	/* Also one that moved between queues and never tried one twice. */
	if (lwkt_handoff_window_over(td, now) && !wt->wt_single)
		lwkt_eldest_nominate(td);
	raw_spin_unlock_irqrestore(&tok->t_lock, flags);
	lwkt_handoff_wake_all(&w);
	/* Pairs with the claim of lwkt_eldest_resign(). Proof: handoff-eldest. */
	smp_mb();
	if (lwkt_is_eldest(td) && may_bind_now(td, now)) {
		lwkt_schedule(td);
		lwkt_handoff_ask_cpu(td);
	}
	lwkt_testpoint(LWKT_TP_PARKED, td, 0);
	return true;
}

/**
 * lwkt_handoff_end_queueing() - a thread waits in no queue any more
 * @td: has all its tokens, or becomes the eldest, which waits for its set
 *
 * Context: the baton holder of the thread's CPU; not preemptible is fine.
 */
void lwkt_handoff_end_queueing(struct lwkt_thread *td)
{
	struct lwkt_token *tok = lwkt_waiter(td)->wt_tok;
	u64 now;

	if (!tok)
		return;
	now = tb_clock_ns();
	/* Found it free: waking pays. A lost update is no harm. */
	if (!lwkt_waiter(td)->wt_spun && !lwkt_handoff_window_over(td, now))
		WRITE_ONCE(tok->t_futile, READ_ONCE(tok->t_futile) / 2);
	leave_queue(td, now);
}

/**
 * lwkt_handoff_count_futile() - a woken waiter found its token taken
 * @tok: the token
 *
 * Context: any; a lost update is no harm.
 */
void lwkt_handoff_count_futile(struct lwkt_token *tok)
{
	u32 futile = READ_ONCE(tok->t_futile);

	if (futile < FUTILE_MAX)
		WRITE_ONCE(tok->t_futile, futile + 1);
}

/**
 * lwkt_handoff_start_retry() - let a waiter try again after a while
 * @td: the last thread that this CPU, which is about to be idle, could have run
 *
 * So that a CPU does not sleep beside a token that is free every now and then,
 * only because the first waiter belongs to a busier one.
 *
 * Context: the baton holder of the thread's CPU.
 */
void lwkt_handoff_start_retry(struct lwkt_thread *td)
{
	u64 ns = RETRY_NS;

	if (!lwkt_waiter(td)->wt_tok || hrtimer_active(&td->td_timer) ||
	    !atomic_read(&td->td_blocked))
		return;
	ns <<= READ_ONCE(lwkt_waiter(td)->wt_tok->t_futile);
	lwkt_handoff_set_timer(td, ns);
}

/**
 * lwkt_handoff_set_aside() - the CPU runs a thread of higher priority instead
 * @td: a waiting thread that is awake
 *
 * It gives up its place, what is kept for it, and its turn as the eldest; not
 * its age. It waits on the run queue for its CPU.
 *
 * Context: the baton holder of the thread's CPU.
 */
void lwkt_handoff_set_aside(struct lwkt_thread *td)
{
	list_del_init(&td->td_awakeq);
	if (lwkt_waiter(td)->wt_tok)
		leave_queue(td, tb_clock_ns());
	lwkt_eldest_resign(td);
	WRITE_ONCE(lwkt_waiter(td)->wt_kept_ns, 0);
}
