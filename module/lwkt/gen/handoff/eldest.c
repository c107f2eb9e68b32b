// SPDX-License-Identifier: GPL-2.0
/*
 * eldest.c - the one thread for which a whole set is kept
 * (token-handoff)
 *
 * PROBLEM
 *
 *   A thread that wants one token is served by keeping that token for it. One
 *   that wants several cannot be: while one is kept for it another may be
 *   taken, and if two such threads had tokens kept for them, each might wait
 *   for what is kept for the other.
 *
 * RULE
 *
 *   At any time at most one thread has the right to a whole set: the eldest.
 *   A thread that goes to wait (again) when its window is over is nominated;
 *   nominees become the eldest one after the other, in the order of
 *   nomination. The eldest binds every token of its set (t_eldest): free ones
 *   are kept for it at once, the others when they are released. When all are
 *   kept it is woken, takes them and resigns. Proof: handoff-eldest-ends
 *   (PROOFS.rst).
 *
 * THE GAP
 *
 *   After an eldest that had bound its set no set is bound for a window. Until
 *   then the next eldest waits and tries as others do.
 *
 *   A thread with a set is soon the first of some queue, since a token of many
 *   has one waiter at most. So its window begins when it arrives, as rule 3
 *   of handoff/handoff.c avoids for a single token. With sixteen threads that
 *   want 800 of 100,000 tokens, a thread waits longer than a window for most of
 *   its sets; each of them became the eldest in turn, and what was kept for it
 *   stopped the others: more than 0.5 sets bound for one operation on four
 *   simulated CPUs. With the gap it is 0.06.
 *
 * STATE
 *
 *   eldest, nominees,  eldest_lock
 *   pause_ns, gap_ns
 *   wt_nominated       set under t_lock of the queue td is in, cleared by the
 *                      baton of td's CPU when td is in none; true as long as td
 *                      is the eldest or among the nominees
 *   wt_bound           true from the binding of the set to the resigning; baton
 *                      of td's CPU
 *   wt_missing         how many tokens of the set have t_eldest == td and
 *                      t_heir != td; changes with them, under t_lock of each
 *   t_eldest           the token's t_lock; not NULL only for bound tokens of the
 *                      eldest
 *
 * LIMITS
 *
 *   One eldest per LWKT world, however many disjoint sets starve, and one set
 *   bound per window: a bound on how many windows can end per second, not on the
 *   wait of a thread, to which each nominee before it adds a window.
 *   A bound token is kept from others while the eldest's other tokens are
 *   still held: the price of serving a set at all.
 */
#include "base/clock.h"
#include "eldest.h"
#include "handover.h"
#include "lwkt/core/testpoint.h"

/* The timer for the end of a pause fires this much later, so that it is over. */
#define PAUSE_SLACK_NS 1000

static DEFINE_RAW_SPINLOCK(eldest_lock);
static struct lwkt_thread *eldest;
static LIST_HEAD(nominees);

/* Until when nothing is kept for the eldest; 0: there was no pause. */
static u64 pause_ns;

/* Until when no set is bound; 0: none was. */
static u64 gap_ns;

/**
 * lwkt_eldest_start() - an LWKT world begins: no set was bound in it
 */
void lwkt_eldest_start(void)
{
	gap_ns = 0;
}

/**
 * lwkt_eldest_nominate() - a thread shall become the eldest in its turn
 * @td: a waiter of a token whose lock is held; nothing happens if it is
 * nominated already
 *
 * The caller looks afterwards whether it is the eldest already, and wakes it.
 *
 * Context: t_lock of that token held; the baton holder of the thread's CPU.
 */
void lwkt_eldest_nominate(struct lwkt_thread *td)
{
	struct lwkt_waiter *wt = lwkt_waiter(td);

	if (wt->wt_nominated)
		return;
	wt->wt_nominated = true;
	raw_spin_lock(&eldest_lock);
	if (!eldest)
		WRITE_ONCE(eldest, td);
	else
		list_add_tail(&wt->wt_nominee_link, &nominees);
	raw_spin_unlock(&eldest_lock);
}

/**
 * lwkt_is_eldest() - is it the eldest?
 * @td: the thread
 *
 * Context: the baton holder of the thread's CPU. True stays true until that
 * CPU makes it resign.
 */
bool lwkt_is_eldest(const struct lwkt_thread *td)
{
	return READ_ONCE(eldest) == td;
}

/**
 * lwkt_eldest_gap_left() - for how long the eldest cannot bind its set yet
 * @now: the time
 *
 * Context: any.
 * Return: ns from @now on; 0: it can
 */
u64 lwkt_eldest_gap_left(u64 now)
{
	u64 until = READ_ONCE(gap_ns);

	return until && (s64)(until - now) > 0 ? until - now : 0;
}

/**
 * lwkt_eldest_may_bind() - is it the eldest, and can bind its set?
 * @td: the thread
 *
 * Context: the baton holder of the thread's CPU. True stays true until that
 * CPU makes it resign.
 */
bool lwkt_eldest_may_bind(const struct lwkt_thread *td)
{
	return lwkt_is_eldest(td) && (lwkt_waiter(td)->wt_bound ||
				      !lwkt_eldest_gap_left(tb_clock_ns()));
}

/* For how long nothing is kept for the eldest from @now on; 0: it is. */
static u64 pause_left(u64 now)
{
	u64 until = READ_ONCE(pause_ns);

	return until && (s64)(until - now) > 0 ? until - now : 0;
}

/**
 * lwkt_eldest_is_paused() - is nothing kept for the eldest at the moment?
 *
 * Context: any; a caller that acts on it under a lock asks under that lock.
 */
bool lwkt_eldest_is_paused(void)
{
	return READ_ONCE(pause_ns) && pause_left(tb_clock_ns());
}

/**
 * lwkt_eldest_pause() - nothing is to be kept for the eldest for a while
 * @td: nothing happens if this is not the eldest
 * @until: when the pause is over
 *
 * Context: any.
 */
void lwkt_eldest_pause(const struct lwkt_thread *td, u64 until)
{
	unsigned long flags;

	raw_spin_lock_irqsave(&eldest_lock, flags);
	if (eldest == td)
		WRITE_ONCE(pause_ns, until);
	raw_spin_unlock_irqrestore(&eldest_lock, flags);
}

static void bind_token(struct lwkt_token *tok, struct lwkt_thread *td, u64 now)
{
	struct lwkt_tokref *word;
	unsigned long flags;

	raw_spin_lock_irqsave(&tok->t_lock, flags);
	if (tok->t_eldest != td) {
		tok->t_eldest = td;
		atomic_inc(&lwkt_waiter(td)->wt_missing);
	}
	word = READ_ONCE(tok->t_ref);
	/* Marked: kept for the heir of one token, which goes first, or owned. */
	while (!lwkt_handoff_has(word, HANDOFF_QUEUE)) {
		if (lwkt_handoff_is_free(word)) {
			if (lwkt_handoff_keep_free(tok, td, now))
				break;
			word = READ_ONCE(tok->t_ref);
			continue;
		}
		/* Pairs with the cmpxchg of lwkt_handoff_reltoken(). */
		if (try_cmpxchg(&tok->t_ref, &word,
				lwkt_handoff_with(word, HANDOFF_QUEUE)))
			break;
	}
	raw_spin_unlock_irqrestore(&tok->t_lock, flags);
}

/**
 * lwkt_eldest_bind_set() - bind every token of the eldest's set
 * @td: the eldest; owns nothing
 *
 * Tokens that are free are kept for it at once. Again after a pause.
 *
 * Context: the baton holder of the thread's CPU.
 */
void lwkt_eldest_bind_set(struct lwkt_thread *td)
{
	u64 now = tb_clock_ns();
	struct lwkt_tokref *ref;

	lwkt_handoff_end_queueing(td);
	for (ref = td->td_toks; ref < td->td_toks_stop; ref++)
		bind_token(ref->tr_tok, td, now);
	if (!lwkt_waiter(td)->wt_bound)
		lwkt_thread_stats(td)->eldest++;
	lwkt_waiter(td)->wt_bound = true;
}

/**
 * lwkt_eldest_missing() - which token of the eldest's set is not kept for it yet?
 * @td: the eldest; its set is bound
 *
 * Context: the baton holder of the thread's CPU.
 * Return: the reference to the first such token, NULL if the set is complete
 */
struct lwkt_tokref *lwkt_eldest_missing(struct lwkt_thread *td)
{
	struct lwkt_tokref *ref;

	if (!atomic_read(&lwkt_waiter(td)->wt_missing))
		return NULL;
	for (ref = td->td_toks; ref < td->td_toks_stop; ref++)
		if (!lwkt_handoff_kept_for(ref->tr_tok, td))
			return ref;
	return NULL;
}

/**
 * lwkt_eldest_park() - leave the run queue until the set is complete
 * @td: the eldest
 *
 * Or until the pause is over, if keeping for it pauses; and always for no longer
 * than a keep lasts, since its last try can be out of date. Proof:
 * handoff-stale-try.
 *
 * Context: the baton holder of the thread's CPU.
 */
void lwkt_eldest_park(struct lwkt_thread *td)
{
	u64 now, left;

	lwkt_testpoint(LWKT_TP_SET_PARK, td, 0);
	lwkt_deschedule(td);
	/*
	 * Pairs with count_kept() of handover.c, and with
	 * lwkt_handoff_expire_keeps(), which sets the pause and then wakes: either
	 * they or this sees the other.
	 * Proofs: handoff-complete, handoff-pause.
	 */
	smp_mb();
	now = tb_clock_ns();
	left = pause_left(now);
	lwkt_handoff_set_timer(td, left ? left + PAUSE_SLACK_NS :
					  lwkt_handoff_keep_left(td, now));
	if (!atomic_read(&lwkt_waiter(td)->wt_missing))
		lwkt_schedule(td);
}

/* The token is not of the eldest's set any more. */
static void unbind_token(struct lwkt_token *tok, struct lwkt_thread *td,
			 u64 now)
{
	struct handoff_wakes w;
	unsigned long flags;

	lwkt_handoff_wakes_init(&w);
	raw_spin_lock_irqsave(&tok->t_lock, flags);
	if (tok->t_eldest == td) {
		tok->t_eldest = NULL;
		/* Not of the set, so not counted: see end_keep(). */
		if (!lwkt_handoff_give_up_keep(tok, td, now, &w)) {
			atomic_dec(&lwkt_waiter(td)->wt_missing);
			lwkt_handoff_unmark(tok);
		}
	}
	raw_spin_unlock_irqrestore(&tok->t_lock, flags);
	lwkt_handoff_wake_all(&w);
}

static void unbind_set(struct lwkt_thread *td)
{
	u64 now = tb_clock_ns();
	struct lwkt_tokref *ref;

	for (ref = td->td_toks; ref < td->td_toks_stop; ref++)
		unbind_token(ref->tr_tok, td, now);
	lwkt_waiter(td)->wt_bound = false;
}

/* The oldest nominee, or NULL. Context: eldest_lock held. */
static struct lwkt_thread *first_nominee(void)
{
	struct lwkt_waiter *wt = list_first_entry_or_null(&nominees,
							  struct lwkt_waiter,
							  wt_nominee_link);

	return wt ? lwkt_waiter_thread(wt) : NULL;
}

/**
 * lwkt_eldest_resign() - the next nominee's turn
 * @td: has all its tokens or is set aside, is in no queue; nothing happens if it
 * was neither eldest nor nominated
 *
 * No other CPU nominates a thread, so wt_nominated is stable here and says
 * whether there is anything to do.
 *
 * Context: the baton holder of the thread's CPU.
 */
void lwkt_eldest_resign(struct lwkt_thread *td)
{
	struct lwkt_waiter *wt = lwkt_waiter(td);
	struct lwkt_thread *next = NULL;
	bool bound = wt->wt_bound;
	struct handoff_wakes w;
	unsigned long flags;

	if (!wt->wt_nominated)
		return;
	if (bound)
		unbind_set(td);
	lwkt_handoff_wakes_init(&w);
	raw_spin_lock_irqsave(&eldest_lock, flags);
	wt->wt_nominated = false;
	list_del_init(&wt->wt_nominee_link);
	if (eldest == td) {
		next = first_nominee();
		WRITE_ONCE(pause_ns, 0);
		if (bound)
			WRITE_ONCE(gap_ns,
				   tb_clock_ns() + lwkt_handoff_window_ns());
		/* Pairs with the barrier of lwkt_handoff_park(). Proof: handoff-eldest. */
		WRITE_ONCE(eldest, next);
	}
	if (next) {
		list_del_init(&lwkt_waiter(next)->wt_nominee_link);
		lwkt_handoff_claim(&w, next);
		lwkt_handoff_ask_by(&w, next->td_gd,
				    READ_ONCE(lwkt_waiter(next)->wt_first_ns));
	}
	raw_spin_unlock_irqrestore(&eldest_lock, flags);
	lwkt_handoff_wake_all(&w);
}
