// SPDX-License-Identifier: GPL-2.0
/*
 * handoff_eldest.c - the one thread for which a whole set is kept
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
 *   nomination. The eldest marks every token of its set (t_elder): free ones
 *   are kept for it at once, the others when they are released. When all are
 *   kept it is woken, takes them and resigns.
 *
 * WHY IT ENDS
 *
 *   A token of the set that is not kept yet is held by a running thread, which
 *   releases it or blocks, and drops it, in the end; or is kept for the heir
 *   of a single-token wait, which is on its way to run, takes it, and releases
 *   it in turn. Neither needs anything of the eldest's. So the eldest gets its
 *   set, resigns, and the list of nominees, which has no gaps to slip into,
 *   moves up. A nominee that gets its tokens in the ordinary way steps down.
 *
 * STATE
 *
 *   eldest, nominees   eldest_lock
 *   td_nominated       set under t_lock of the queue td is in, cleared by the
 *                      baton of td's CPU when td is in none; true as long as td
 *                      is the eldest or among the nominees
 *   td_elder           true from the marking of the set to the taking; baton of
 *                      td's CPU
 *   t_elder            the token's t_lock; not NULL only for marked tokens of
 *                      the eldest
 *
 * LIMITS
 *
 *   One eldest per LWKT world, however many disjoint sets starve: a bound on
 *   how many windows can end per second, not on anybody's wait.
 *   A marked token is kept from others while the eldest's other tokens are
 *   still held: the price of serving a set at all.
 */
#include "handoff_eldest.h"
#include "handoff_queue.h"

static DEFINE_RAW_SPINLOCK(eldest_lock);
static struct lwkt_thread *eldest;
static LIST_HEAD(nominees);

/**
 * lwkt_eldest_nominate() - a thread shall become the eldest in its turn
 * @td: the first waiter of a token whose lock is held; nothing happens if it is
 * nominated already
 *
 * Context: t_lock of that token held.
 */
void lwkt_eldest_nominate(struct lwkt_thread *td)
{
	if (td->td_nominated)
		return;
	WRITE_ONCE(td->td_nominated, true);
	raw_spin_lock(&eldest_lock);
	if (!eldest) {
		WRITE_ONCE(eldest, td);
		lwkt_handoff_wake(td);
	} else {
		list_add_tail(&td->td_elderq, &nominees);
	}
	raw_spin_unlock(&eldest_lock);
}

/**
 * lwkt_eldest_is() - is it the eldest?
 * @td: the thread
 *
 * Context: the baton holder of the thread's CPU. True stays true until that
 * CPU makes it resign.
 */
bool lwkt_eldest_is(const struct lwkt_thread *td)
{
	return READ_ONCE(eldest) == td;
}

static void claim_token(struct lwkt_token *tok, struct lwkt_thread *td)
{
	struct lwkt_tokref *word, *claimed;
	unsigned long flags;

	raw_spin_lock_irqsave(&tok->t_lock, flags);
	tok->t_elder = td;
	word = READ_ONCE(tok->t_ref);
	do {
		/* Kept for the heir of one token, which goes first, or marked. */
		if (lwkt_handoff_has(word, HANDOFF_QUEUE))
			break;
		claimed = word ? (void *)((unsigned long)word | HANDOFF_QUEUE) :
				 HANDOFF_KEPT_WORD;
		if (!word)
			/* Read only by those who see the word kept. */
			WRITE_ONCE(tok->t_heir, td);
		/* Pairs with reltoken's cmpxchg, and with kept_for(). */
	} while (!try_cmpxchg(&tok->t_ref, &word, claimed));
	/* An earlier round may have found it free. */
	if (lwkt_strip(word) && tok->t_heir == td)
		WRITE_ONCE(tok->t_heir, NULL);
	raw_spin_unlock_irqrestore(&tok->t_lock, flags);
}

/**
 * lwkt_eldest_claim() - mark every token of the eldest's set
 * @td: the eldest; owns nothing
 *
 * Context: the baton holder of the thread's CPU.
 */
void lwkt_eldest_claim(struct lwkt_thread *td)
{
	struct lwkt_tokref *ref;

	lwkt_handoff_leave_queue(td);
	td->td_wait_stop = td->td_toks_stop;
	for (ref = td->td_toks; ref < td->td_toks_stop; ref++)
		claim_token(ref->tr_tok, td);
	td->td_elder = true;
	lwkt_thread_stats(td)->eldest++;
}

/**
 * lwkt_eldest_lacks() - which token of the eldest's set is not kept for it yet?
 * @td: the eldest, marked
 *
 * Context: the baton holder of the thread's CPU, or t_lock of a token that is
 * kept for it held.
 * Return: the reference to the first such token, NULL if the set is complete
 */
struct lwkt_tokref *lwkt_eldest_lacks(struct lwkt_thread *td)
{
	struct lwkt_tokref *ref;

	for (ref = td->td_toks; ref < td->td_wait_stop; ref++)
		if (!lwkt_handoff_kept_for(ref->tr_tok, td))
			return ref;
	return NULL;
}

/**
 * lwkt_eldest_park() - leave the run queue until the set is complete
 * @td: the eldest, marked
 *
 * Context: the baton holder of the thread's CPU.
 */
void lwkt_eldest_park(struct lwkt_thread *td)
{
	lwkt_deschedule(td);
	/* Pairs with the barrier of keep(): either it or this sees the set. */
	smp_mb();
	if (!lwkt_eldest_lacks(td))
		lwkt_schedule(td);
}

/**
 * lwkt_eldest_resign() - the wait of a thread is over: the next nominee's turn
 * @td: has all its tokens, is in no queue; nothing happens if it was neither
 * eldest nor nominated
 *
 * Nobody nominates a thread that is in no queue, so td_nominated is stable here
 * and says whether there is anything to do.
 *
 * Context: the baton holder of the thread's CPU.
 */
void lwkt_eldest_resign(struct lwkt_thread *td)
{
	unsigned long flags;

	td->td_elder = false;
	if (!READ_ONCE(td->td_nominated))
		return;
	raw_spin_lock_irqsave(&eldest_lock, flags);
	WRITE_ONCE(td->td_nominated, false);
	list_del_init(&td->td_elderq);
	if (eldest == td) {
		WRITE_ONCE(eldest, list_first_entry_or_null(&nominees,
							    struct lwkt_thread,
							    td_elderq));
		if (eldest) {
			list_del_init(&eldest->td_elderq);
			/* It cannot step down, nor end, before the unlock. */
			lwkt_handoff_wake(eldest);
		}
	}
	raw_spin_unlock_irqrestore(&eldest_lock, flags);
}
