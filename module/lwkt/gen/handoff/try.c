// SPDX-License-Identifier: GPL-2.0
/*
 * try.c - one try for all tokens of a thread (token-handoff)
 *
 * The scheduler's side: look at all tokens of the set, and only if all are to
 * be had take them one by one; a lost race gives back what was taken. What the
 * eldest gives back is kept for it again. The reasoning stands in
 * handoff/handoff.c.
 */
#include "base/clock.h"
#include "eldest.h"
#include "handover.h"
#include "lwkt/core/testpoint.h"
#include "try.h"

/**
 * lwkt_handoff_drop() - give up a token for a while
 * @tok: the token, owned
 *
 * Its first waiter must hear of it, even if no release has to look at the queue.
 *
 * Context: the owner's CPU.
 */
void lwkt_handoff_drop(struct lwkt_token *tok)
{
	struct lwkt_tokref *word = READ_ONCE(tok->t_ref);

	/* As in lwkt_handoff_reltoken(). */
	while (!lwkt_handoff_has(word, HANDOFF_QUEUE) &&
	       !READ_ONCE(tok->t_quiet))
		if (try_cmpxchg_release(&tok->t_ref, &word, HANDOFF_LEFT))
			return;
	lwkt_handoff_release(tok);
}

/*
 * The first reference that cannot be had, with what stands in its token in
 * @word; NULL if all can, by the look of it.
 */
static struct lwkt_tokref *find_taken(struct lwkt_thread *td,
				      struct lwkt_tokref **word)
{
	struct lwkt_tokref *ref;

	for (ref = td->td_toks; ref < td->td_toks_stop; ref++) {
		*word = READ_ONCE(ref->tr_tok->t_ref);
		if (!lwkt_handoff_is_free(*word) &&
		    !lwkt_handoff_kept_for(ref->tr_tok, td))
			return ref;
	}
	return NULL;
}

/* Give back what a try took before it failed at @stop. */
static void undo_try(struct lwkt_thread *td, struct lwkt_tokref *stop)
{
	struct lwkt_tokref *ref;

	lwkt_testpoint(LWKT_TP_UNDO, td, stop - td->td_toks);
	for (ref = stop; ref-- > td->td_toks;) {
		if (lwkt_strip(READ_ONCE(ref->tr_tok->t_ref)) != ref)
			continue;
		lwkt_handoff_drop(ref->tr_tok);
		lwkt_thread_stats(td)->tokens_undone++;
	}
}

/* Take one; false with the winner in @word. */
static bool take_token(struct lwkt_thread *td, struct lwkt_tokref *ref,
		       struct lwkt_tokref *mine, struct lwkt_tokref **word)
{
	struct lwkt_token *tok = ref->tr_tok;

	*word = READ_ONCE(tok->t_ref);
	if (lwkt_ref_is_mine(td, *word) ||
	    lwkt_handoff_take_free(tok, mine, word))
		return true;
	return lwkt_handoff_kept_for(tok, td) &&
	       lwkt_handoff_take_as_heir(tok, td, mine);
}

/* All tokens are there: they are held from now on, not just tried for. */
static void settle_tokens(struct lwkt_thread *td)
{
	struct lwkt_tokref *ref;

	for (ref = td->td_toks; ref < td->td_toks_stop; ref++) {
		struct lwkt_token *tok = ref->tr_tok;
		struct lwkt_tokref *word = READ_ONCE(tok->t_ref);

		if (lwkt_strip(word) != ref)
			continue;
		/* A waiter may add HANDOFF_QUEUE meanwhile. Proof: handoff-word. */
		while ((unsigned long)word & TAG_MASK)
			if (try_cmpxchg(&tok->t_ref, &word,
					(void *)((unsigned long)word &
						 ~TAG_MASK)))
				break;
		lwkt_retaken(td, ref);
	}
}

/* One try; NULL, or the reference that could not be had. */
static struct lwkt_tokref *try_all(struct lwkt_thread *td)
{
	bool several = td->td_toks_stop - td->td_toks > 1;
	struct lwkt_tokref *ref, *word;
	u32 seq = lwkt_try_seq(td);

	lwkt_testpoint(LWKT_TP_LOOK, td, 0);
	if (lwkt_eldest_may_bind(td) && !lwkt_eldest_is_paused()) {
		if (!lwkt_waiter(td)->wt_bound ||
		    atomic_read(&lwkt_waiter(td)->wt_missing))
			lwkt_eldest_bind_set(td);
		ref = lwkt_eldest_missing(td);
		if (ref)
			word = READ_ONCE(ref->tr_tok->t_ref);
	} else {
		ref = find_taken(td, &word);
	}
	if (ref) {
		lwkt_note_failure(td, ref, word);
		return ref;
	}
	for (ref = td->td_toks; ref < td->td_toks_stop; ref++) {
		lwkt_testpoint(LWKT_TP_GETALL, td, ref - td->td_toks);
		if (take_token(td, ref, several ? lwkt_tag(ref, seq) : ref,
			       &word))
			continue;
		undo_try(td, ref);
		if (several)
			lwkt_end_try(td, true);
		lwkt_note_failure(td, ref, word);
		return ref;
	}
	settle_tokens(td);
	if (several)
		lwkt_end_try(td, false);
	td->td_fails = 0;
	return NULL;
}

/* The wait, if there was one, is over. */
static void end_wait(struct lwkt_thread *td)
{
	struct lwkt_waiter *wt = lwkt_waiter(td);

	if (!td->td_since_ns)
		return;
	lwkt_thread_stats(td)->spin_ok += wt->wt_spun;
	list_del_init(&td->td_awakeq);
	lwkt_handoff_end_queueing(td);
	lwkt_eldest_resign(td);
	WRITE_ONCE(td->td_since_ns, 0);
	WRITE_ONCE(wt->wt_first_ns, 0);
	wt->wt_spun = false;
	wt->wt_retries = 0;
	if (!READ_ONCE(wt->wt_timed))
		return;
	WRITE_ONCE(wt->wt_timed, false);
	/* Waits for a handler that is just running. Proof: handoff-timer. */
	hrtimer_cancel(&td->td_timer);
	WRITE_ONCE(wt->wt_kept_ns, 0);
	WRITE_ONCE(wt->wt_expired, 0);
}

/**
 * lwkt_handoff_getall() - lwkt_getalltokens() of this generation
 * @td: the thread
 *
 * Return: true if the thread owns them all now
 */
bool lwkt_handoff_getall(struct lwkt_thread *td)
{
	struct lwkt_tokref *failed;

	/* A try that Linux stopped half-way would obstruct for a time slice. */
	preempt_disable();
	lwkt_cpu_stats(td->td_gd)->scans++;
	failed = try_all(td);
	preempt_enable();
	if (failed) {
		lwkt_handoff_cpu(td->td_gd)->fail_tok = failed->tr_tok;
		lwkt_thread_stats(td)->futile_wakeups += td->td_woken;
	} else {
		end_wait(td);
	}
	td->td_woken = false;
	return !failed;
}
