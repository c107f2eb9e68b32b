// SPDX-License-Identifier: GPL-2.0
/*
 * handoff_queue.c - the waiters of a token (token-handoff)
 *
 * The reasoning stands in token_handoff.c. In short: a thread waits in the
 * queue of one token, the one its last try failed on; the queue is in order of
 * arrival; only its first waiter matters to a release.
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
 *   quiet, tries, fails, window over      -> marked; if it wants a set: quiet
 *                                            (timer), and nominated
 *   leaves             -> the next one is first: marked, or woken if the token
 *                         is free (quiet)
 *
 *   So a release costs nothing extra but once or twice per window, however
 *   many threads wait.
 *
 * WHO CHANGES WHAT
 *
 *   t_lock        the queue, t_heir, t_elder, t_quiet, and every change of
 *                 HANDOFF_QUEUE and HANDOFF_KEPT in t_ref; the cmpxchg of
 *                 lwkt_handoff_reltoken() fails while either is set
 *   nobody        t_futile: a guess, and a lost update is no harm
 *   the baton of  td_wait_tok, td_fail_tok, td_since_ns, td_single, td_elder,
 *   td's CPU      td_timed: in particular only a thread's own CPU takes it out
 *                 of a queue
 *   both          td_head_ns is set under t_lock of the queue td is in, and
 *                 cleared by its own CPU when td is in none
 *
 *   So a thread that is found first in a queue stays there, and stays alive,
 *   as long as t_lock is held: whoever wakes it does so before unlocking.
 *
 * Locks: t_lock of one token at a time; inside it eldest_lock
 * (handoff_eldest.c). Both are taken with interrupts off, since tokens may be
 * released with interrupts off.
 */
#include "../clock.h"
#include "handoff_eldest.h"
#include "handoff_queue.h"
#include "testpoint.h"

/* A waiter woken in vain tries again after so long, doubled at most so often. */
#define RETRY_NS 8000
#define FUTILE_MAX 7

/* Timers for the end of a window fire this much later, so that it is over. */
#define TIMER_SLACK_NS 1000

static u64 window_ns(void)
{
	return (u64)lwkt_knobs.handoff_window_us * NSEC_PER_USEC;
}

/* Has a thread been the first of a queue for a whole window? */
static bool due(const struct lwkt_thread *td, u64 now)
{
	u64 since = READ_ONCE(td->td_head_ns);

	/* Clocks of two CPUs may disagree a little: no window is no wait. */
	return since && (!lwkt_knobs.handoff_window_us ||
			 (s64)(now - since) >= (s64)window_ns());
}

static struct lwkt_thread *first_waiter(struct lwkt_token *tok)
{
	return list_first_entry_or_null(&tok->t_waiters, struct lwkt_thread,
					td_waitq);
}

/* Do all references of a thread name one token? Its own CPU. */
static bool single(const struct lwkt_thread *td)
{
	const struct lwkt_tokref *ref;

	for (ref = td->td_toks + 1; ref < td->td_toks_stop; ref++)
		if (ref->tr_tok != td->td_toks->tr_tok)
			return false;
	return true;
}

static struct lwkt_tokref *with(struct lwkt_tokref *word, unsigned long bit)
{
	return (struct lwkt_tokref *)((unsigned long)word | bit);
}

static struct lwkt_tokref *without(struct lwkt_tokref *word, unsigned long bit)
{
	return (struct lwkt_tokref *)((unsigned long)word & ~bit);
}

/**
 * lwkt_handoff_wake() - make a waiting thread runnable and have it run soon
 * @td: the thread; kept alive by the caller's lock
 *
 * Its CPU's current thread yields when it next can: a token is kept for @td
 * meanwhile. lwkt_handoff_choose() tries @td before others then.
 *
 * Context: t_lock or eldest_lock held.
 */
void lwkt_handoff_wake(struct lwkt_thread *td)
{
	/* In this order: the pass that takes the request finds the thread. */
	lwkt_schedule(td);
	lwkt_yield_by(td->td_gd, READ_ONCE(td->td_head_ns));
}

/**
 * lwkt_handoff_ask() - a first waiter is awake: it is to be tried in time
 * @td: the thread
 *
 * If its CPU is busy when the window is over, the thread that runs there
 * yields. Nothing happens for a thread that is no first waiter.
 *
 * Context: any.
 */
void lwkt_handoff_ask(struct lwkt_thread *td)
{
	u64 since = READ_ONCE(td->td_head_ns);

	if (since)
		lwkt_yield_by(td->td_gd, since + window_ns());
}

/* Make a first waiter try. */
static void nudge(struct lwkt_thread *first)
{
	if (atomic_read(&first->td_blocked))
		lwkt_schedule(first);
	lwkt_handoff_ask(first);
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
		if (!word)
			return false;
		/* Pairs with the cmpxchg of lwkt_handoff_reltoken(). */
	} while (!try_cmpxchg(&tok->t_ref, &word, with(word, HANDOFF_QUEUE)));
	return true;
}

/* No release of this token has to look at the queue any more. */
static void unmark_word(struct lwkt_token *tok)
{
	struct lwkt_tokref *word = READ_ONCE(tok->t_ref);

	/* While marked, the word changes under t_lock or by its owner's try. */
	while (lwkt_handoff_has(word, HANDOFF_QUEUE) && !tok->t_heir &&
	       !tok->t_elder)
		if (try_cmpxchg_release(&tok->t_ref, &word,
					without(word, HANDOFF_QUEUE)))
			break;
}

/* The queue has another first waiter: see that it will be served. */
static void new_first(struct lwkt_token *tok, u64 now)
{
	struct lwkt_thread *first = first_waiter(tok);

	WRITE_ONCE(tok->t_quiet, false);
	if (!first) {
		unmark_word(tok);
		return;
	}
	if (!READ_ONCE(first->td_head_ns))
		WRITE_ONCE(first->td_head_ns, now);
	if (mark_word(tok)) {
		/* It may be awake already, behind another thread of its CPU. */
		lwkt_handoff_ask(first);
		return;
	}
	WRITE_ONCE(tok->t_quiet, true);
	nudge(first);
}

/* Both wait: did @a begin before @b? */
static bool older(const struct lwkt_thread *a, const struct lwkt_thread *b)
{
	return (s64)(a->td_since_ns - b->td_since_ns) < 0;
}

/* Oldest first. Newcomers are the youngest, so look from the end. */
static void insert(struct lwkt_token *tok, struct lwkt_thread *td)
{
	struct lwkt_thread *other;

	list_for_each_entry_reverse(other, &tok->t_waiters, td_waitq)
		if (!older(td, other))
			break;
	/* Behind @other, which is the list's head if nobody is older. */
	list_add(&td->td_waitq, &other->td_waitq);
}

static void leave(struct lwkt_thread *td, u64 now)
{
	struct lwkt_token *tok = td->td_wait_tok;
	unsigned long flags;
	bool was_first;

	raw_spin_lock_irqsave(&tok->t_lock, flags);
	was_first = first_waiter(tok) == td;
	list_del_init(&td->td_waitq);
	if (was_first)
		new_first(tok, now);
	raw_spin_unlock_irqrestore(&tok->t_lock, flags);
	td->td_wait_tok = NULL;
}

/* Wake @td after a while, in case that nobody does before. */
static void set_timer(struct lwkt_thread *td, u64 ns)
{
	td->td_timed = true;
	hrtimer_start(&td->td_timer, ns_to_ktime(ns),
		      HRTIMER_MODE_REL_PINNED_HARD);
}

/*
 * The first waiter tried in vain. If its window is over, the next release of
 * the one token it wants is for it. Otherwise, and while it waits for its turn
 * as the eldest, it tries again, less often each time it finds that waking did
 * not pay, and when the window ends.
 */
static void park_first(struct lwkt_token *tok, struct lwkt_thread *td, u64 now)
{
	bool over = due(td, now);
	u64 retry;

	if (over && td->td_single) {
		WRITE_ONCE(tok->t_quiet, !mark_word(tok));
		if (tok->t_quiet)
			lwkt_schedule(td);
		return;
	}
	retry = RETRY_NS << READ_ONCE(tok->t_futile);
	if (!over)
		retry = min(retry, READ_ONCE(td->td_head_ns) + window_ns() -
					   now + TIMER_SLACK_NS);
	set_timer(td, retry);
	WRITE_ONCE(tok->t_quiet, true);
	unmark_word(tok);
}

/* True if there is nothing to wait for. */
static bool free_for(const struct lwkt_token *tok, const struct lwkt_thread *td)
{
	struct lwkt_tokref *word = READ_ONCE(tok->t_ref);

	return !word || (!lwkt_strip(word) && tok->t_heir == td);
}

/**
 * lwkt_handoff_park() - leave the run queue and wait for a token
 * @td: a queued thread that owns nothing; the caller or one it tried for
 * @tok: what it waits for; one of its references names it
 *
 * Context: the baton holder of the thread's CPU.
 * Return: false if the token is free for the thread by now, which then is still
 * on the run queue
 */
bool lwkt_handoff_park(struct lwkt_thread *td, struct lwkt_token *tok)
{
	u64 now = tb_clock_ns();
	unsigned long flags;

	lwkt_testpoint(LWKT_TP_PARK, td, 0);
	if (!td->td_since_ns)
		WRITE_ONCE(td->td_since_ns, now);
	td->td_single = single(td);
	if (td->td_wait_tok && td->td_wait_tok != tok)
		leave(td, now);

	raw_spin_lock_irqsave(&tok->t_lock, flags);
	/* Marked first and looked at then, so that no release slips through. */
	if ((!tok->t_quiet && !mark_word(tok)) || free_for(tok, td)) {
		raw_spin_unlock_irqrestore(&tok->t_lock, flags);
		return false;
	}
	/* Off the run queue before a release can find it, see runq.c. */
	lwkt_deschedule(td);
	td->td_gd->gd_parked = td;
	if (td->td_wait_tok) {
		if (first_waiter(tok) == td)
			park_first(tok, td, now);
	} else {
		insert(tok, td);
		td->td_wait_tok = tok;
		if (first_waiter(tok) == td)
			new_first(tok, now);
	}
	/* Also one that moved between queues and never tried one twice. */
	if (due(td, now) && !td->td_single)
		lwkt_eldest_nominate(td);
	raw_spin_unlock_irqrestore(&tok->t_lock, flags);
	/* Pairs with the xchg of lwkt_schedule() by who made it the eldest. */
	smp_mb();
	if (lwkt_eldest_is(td))
		lwkt_schedule(td);
	lwkt_testpoint(LWKT_TP_PARKED, td, 0);
	return true;
}

/**
 * lwkt_handoff_leave_queue() - the wait of a thread is over
 * @td: has all its tokens, or becomes the eldest
 *
 * Context: the baton holder of the thread's CPU; not preemptible is fine.
 */
void lwkt_handoff_leave_queue(struct lwkt_thread *td)
{
	struct lwkt_token *tok = td->td_wait_tok;
	u64 now;

	if (!tok)
		return;
	now = tb_clock_ns();
	/* Found it free: waking pays. A lost update is no harm. */
	if (!td->td_spun && !due(td, now))
		WRITE_ONCE(tok->t_futile, READ_ONCE(tok->t_futile) / 2);
	leave(td, now);
}

/**
 * lwkt_handoff_futile() - a woken waiter found its token taken
 * @tok: the token
 *
 * Context: any; a lost update is no harm.
 */
void lwkt_handoff_futile(struct lwkt_token *tok)
{
	u32 futile = READ_ONCE(tok->t_futile);

	if (futile < FUTILE_MAX)
		WRITE_ONCE(tok->t_futile, futile + 1);
}

/**
 * lwkt_handoff_retry() - let a waiter try again after a while
 * @td: the last thread that this CPU, which is about to be idle, could have run
 *
 * So that a CPU does not sleep beside a token that is free every now and then,
 * only because the first waiter belongs to a busier one.
 *
 * Context: the baton holder of the thread's CPU.
 */
void lwkt_handoff_retry(struct lwkt_thread *td)
{
	if (td->td_wait_tok && !hrtimer_active(&td->td_timer) &&
	    atomic_read(&td->td_blocked))
		set_timer(td, RETRY_NS << READ_ONCE(td->td_wait_tok->t_futile));
}

/**
 * lwkt_handoff_inherit() - take a token that is kept for the taker
 * @ref: the taker's reference to it
 *
 * Context: the baton holder of the heir's CPU.
 */
void lwkt_handoff_inherit(struct lwkt_tokref *ref)
{
	struct lwkt_token *tok = ref->tr_tok;
	struct lwkt_thread *td = ref->tr_owner;
	unsigned long flags;

	raw_spin_lock_irqsave(&tok->t_lock, flags);
	WRITE_ONCE(tok->t_heir, NULL);
	if (tok->t_elder == td)
		tok->t_elder = NULL;
	else
		lwkt_thread_stats(td)->grants++;
	/* Only the heir leaves the kept state: a plain store does. */
	WRITE_ONCE(tok->t_ref, with(ref, HANDOFF_QUEUE));
	if (!tok->t_elder && (tok->t_quiet || list_empty(&tok->t_waiters)))
		unmark_word(tok);
	raw_spin_unlock_irqrestore(&tok->t_lock, flags);
}

/* The token is free now, and for @heir only. */
static void keep(struct lwkt_token *tok, struct lwkt_thread *heir)
{
	WRITE_ONCE(tok->t_heir, heir);
	lwkt_testpoint(LWKT_TP_GRANT, heir, 0);
	/* Pairs with lwkt_handoff_kept_for(). */
	smp_store_release(&tok->t_ref, HANDOFF_KEPT_WORD);
	if (tok->t_elder != heir) {
		lwkt_handoff_wake(heir);
		return;
	}
	/*
	 * Two releases that keep two tokens of its set each see the other's,
	 * or one of them does: MB between own store and the other's load, on
	 * both sides. Until this lock is dropped the eldest cannot run.
	 */
	smp_mb();
	if (!lwkt_eldest_lacks(heir))
		lwkt_handoff_wake(heir);
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
	struct lwkt_thread *first;
	unsigned long flags;
	bool own_turn;

	raw_spin_lock_irqsave(&tok->t_lock, flags);
	first = first_waiter(tok);
	own_turn = first && first->td_single && due(first, now);
	if (tok->t_elder && !(own_turn && older(first, tok->t_elder))) {
		keep(tok, tok->t_elder);
	} else if (own_turn && (tok->t_elder || !tok->t_quiet)) {
		keep(tok, first);
	} else {
		/* Pairs with the acquire of whoever takes it. */
		smp_store_release(&tok->t_ref, NULL);
		if (first) {
			WRITE_ONCE(tok->t_quiet, true);
			nudge(first);
		}
	}
	raw_spin_unlock_irqrestore(&tok->t_lock, flags);
}
