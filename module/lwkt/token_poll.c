// SPDX-License-Identifier: GPL-2.0
/*
 * token_poll.c - the token generation of June 2010, which the mail speaks of
 *
 * Source: DragonFly BSD d63ddd9c14 (9 June 2010), lwkt_switch() and
 * lwkt_getalltokens(); the port's own code.
 *
 * WHAT IT DOES
 *
 *   Waiting is being runnable: a thread that could not get a token stays on
 *   its CPU's run queue, and every pass of the scheduler tries again to take
 *   all tokens for it, in the order the thread asked for them, without
 *   spinning, until one try succeeds. One pass:
 *
 *     1. try the head of the highest queue
 *     2. failed: one PAUSE (e0a90d3bd0, hours younger than the mail)
 *     3. walk all queues from the highest down, in order, and take the first
 *        thread that needs no tokens or gets them. The walk starts with the
 *        head again: its second try in this pass is counted in head_retries.
 *        It stops at priorities below TDPRI_KERN_LPSCHED: user threads do not
 *        run while kernel threads contend.
 *     4. nobody: the idle thread runs and makes the next pass at once, for
 *        ever, without halting.
 *
 *   With M waiting threads in front of a runnable one a pass makes M + 1
 *   failing tries. Nothing is fair here: the winner is whoever tries first
 *   after the release.
 *
 * A TRY
 *
 *   For each reference: free -> cmpxchg; mine already (recursion) -> nothing;
 *   foreign -> fail, give back everything this try took. A lost cmpxchg only
 *   looks again, as in 2010.
 *
 *   A try for two or more references marks the words it takes as tentative
 *   and removes the marks when it has them all: one plain store per token to
 *   a line it owns. A thread of another CPU that meets such a mark wants to
 *   know later whether that try failed, that is, whether the token was held
 *   for nothing. It remembers (thread, number of the try) and looks it up in
 *   that thread's td_tries when it next has to count; nobody writes to
 *   anybody else's line. The outcome is kept for 32 tries; what is older, or
 *   replaced while still open, goes to tentative_unresolved.
 *
 * DEPARTURES
 *
 *   The collision counter on the owner's line is not kept (it was a source of
 *   contention itself). Giant is not there to be taken. DragonFly switches in
 *   a critical section from the release of the tokens to the next thread's
 *   first step; here only a single try is one, since Linux must be able to
 *   have the CPU.
 */
#include <linux/processor.h>

#include "../clock.h"
#include "../trace.h"
#include "sched.h"
#include "token.h"
#include "token_poll.h"

#define TAG_TENTATIVE 1UL
#define TAG_SEQ_SHIFT 1
#define TAG_SEQ_MASK 0xfUL
#define TAG_MASK (TAG_TENTATIVE | TAG_SEQ_MASK << TAG_SEQ_SHIFT)

/* Outcomes that td_tries remembers. */
#define TRIES_KEPT 32

static_assert(TAG_MASK < LWKT_REF_ALIGN);

static struct lwkt_tokref *strip(struct lwkt_tokref *word)
{
	return (struct lwkt_tokref *)((unsigned long)word & ~TAG_MASK);
}

static struct lwkt_tokref *tag(struct lwkt_tokref *ref, u32 seq)
{
	return (struct lwkt_tokref *)((unsigned long)ref | TAG_TENTATIVE |
				      (seq & TAG_SEQ_MASK) << TAG_SEQ_SHIFT);
}

/* The number of tries that ended, from a td_tries word. */
static u32 tries_ended(u64 word)
{
	return word >> 32;
}

/* Give up on what td_seen remembers. */
static void forget_seen(struct lwkt_try_seen *seen)
{
	if (seen->td)
		seen->st->tentative_unresolved += seen->count;
	seen->td = NULL;
}

/*
 * Settle what td_seen remembers, if its outcome is known by now. The try was
 * open when it was met, so it counts once that thread's number has passed it.
 */
static void settle_seen(struct lwkt_thread *td)
{
	struct lwkt_try_seen *seen = &td->td_seen;
	u64 word;
	s32 behind;

	if (!seen->td)
		return;
	word = READ_ONCE(seen->td->td_tries);
	behind = tries_ended(word) - seen->seq;
	if (behind < 0)
		return;
	if (behind >= TRIES_KEPT) {
		forget_seen(seen);
		return;
	}
	if (word >> behind & 1)
		seen->st->fail_on_tentative += seen->count;
	seen->td = NULL;
}

/**
 * lwkt_poll_settle() - settle what a thread still remembers of others' tries
 * @td: the thread
 *
 * Context: nobody makes tries any more.
 */
void lwkt_poll_settle(struct lwkt_thread *td)
{
	settle_seen(td);
	forget_seen(&td->td_seen);
}

/* Remember that @td failed on a token marked @word by an unfinished try. */
static void see_tentative(struct lwkt_thread *td, struct lwkt_thread_stats *st,
			  struct lwkt_tokref *word)
{
	struct lwkt_thread *other = strip(word)->tr_owner;
	u32 tagged = (unsigned long)word >> TAG_SEQ_SHIFT & TAG_SEQ_MASK;
	struct lwkt_try_seen *seen = &td->td_seen;
	u32 open, seq;

	/*
	 * The number of the try that set the mark: the newest one not younger
	 * than the one open now whose low bits agree. Right as long as fewer
	 * than 16 tries went by since @word was read.
	 */
	smp_rmb(); /* @word before td_tries; pairs with getall's try_cmpxchg */
	open = tries_ended(READ_ONCE(other->td_tries)) + 1;
	seq = open - ((open - tagged) & TAG_SEQ_MASK);

	if (seen->td == other && seen->seq == seq && seen->st == st) {
		seen->count++;
		return;
	}
	forget_seen(seen);
	seen->td = other;
	seen->st = st;
	seen->seq = seq;
	seen->count = 1;
}

static void trace_failure(const struct lwkt_thread *td,
			  const struct lwkt_tokref *ref,
			  struct lwkt_tokref *owner)
{
	/* The owner may be gone by now (NULL); its thread outlives the run. */
	trace_tokbench_token_fail(td, ref->tr_tok->t_desc, ref - td->td_toks,
				  owner ? strip(owner)->tr_owner->td_task->pid :
					  0,
				  (unsigned long)owner & TAG_TENTATIVE);
}

/**
 * lwkt_poll_note_failure() - count one failed try
 * @td: whose try
 * @ref: the reference that could not be had
 * @owner: the word that was found in its token
 *
 * Context: the baton holder of the thread's CPU.
 */
void lwkt_poll_note_failure(struct lwkt_thread *td, struct lwkt_tokref *ref,
			    struct lwkt_tokref *owner)
{
	struct lwkt_thread_stats *st = lwkt_thread_stats(td);

	st->attempts_failed++;
	st->fail_index[min_t(size_t, ref - td->td_toks,
			     LWKT_FAIL_INDEXES - 1)]++;
	if (td->td_fails_st != st) {
		td->td_fails_st = st;
		td->td_fails = 0;
	}
	if (++td->td_fails > st->max_consecutive_fail)
		st->max_consecutive_fail = td->td_fails;
	settle_seen(td);
	if ((unsigned long)owner & TAG_TENTATIVE)
		see_tentative(td, st, owner);
	if (trace_tokbench_token_fail_enabled())
		trace_failure(td, ref, owner);
}

/* Close a try for several references: its outcome becomes readable. */
static void end_try(struct lwkt_thread *td, bool failed)
{
	u64 word = td->td_tries;

	WRITE_ONCE(td->td_tries, (u64)(tries_ended(word) + 1) << 32 |
					 (u32)(word << 1 | failed));
}

/* Give back what a try took before it failed at @stop. */
static void undo(struct lwkt_thread *td, struct lwkt_tokref *stop)
{
	struct lwkt_thread_stats *st = lwkt_thread_stats(td);
	struct lwkt_tokref *ref;

	for (ref = td->td_toks; ref < stop; ref++) {
		struct lwkt_token *tok = ref->tr_tok;

		if (strip(READ_ONCE(tok->t_ref)) != ref)
			continue;
		/* Pairs with the acquire of the next owner's cmpxchg. */
		smp_store_release(&tok->t_ref, NULL);
		st->tokens_undone++;
	}
}

/* All tokens are there: they are held from now on, not just tried for. */
static void settle(struct lwkt_thread *td)
{
	struct lwkt_thread_stats *st = lwkt_thread_stats(td);
	struct lwkt_tokref *ref;

	for (ref = td->td_toks; ref < td->td_toks_stop; ref++) {
		struct lwkt_token *tok = ref->tr_tok;
		struct lwkt_tokref *word = READ_ONCE(tok->t_ref);
		bool stale;

		if (strip(word) != ref)
			continue;
		if (word != ref)
			WRITE_ONCE(tok->t_ref, ref);
		/* tr_gen is 0 for a reference that never had its token. */
		stale = ref->tr_gen && ref->tr_gen != tok->t_gen;
		ref->tr_gen = 0;
		tok->t_gen++;
		if (stale) {
			tok->t_stale_gen = tok->t_gen;
			st->stale++;
		}
	}
}

/* One try, in a critical section as in 2010. */
static bool try_all(struct lwkt_thread *td)
{
	bool several = td->td_toks_stop - td->td_toks > 1;
	u32 seq = tries_ended(td->td_tries) + 1;
	struct lwkt_tokref *ref;

	lwkt_cpu_stats(td->td_gd)->scans++;
	for (ref = td->td_toks; ref < td->td_toks_stop; ref++) {
		struct lwkt_token *tok = ref->tr_tok;
		struct lwkt_tokref *mine = several ? tag(ref, seq) : ref;
		struct lwkt_tokref *word = READ_ONCE(tok->t_ref);

		for (;;) {
			/*
			 * Pairs with the release stores that empty t_ref, and
			 * with see_tentative(), which must not see this try's
			 * mark and an older td_tries than the last try left.
			 */
			if (!word && try_cmpxchg(&tok->t_ref, &word, mine))
				break;
			if (lwkt_ref_is_mine(td, word))
				break;
			if (word) {
				undo(td, ref);
				if (several)
					end_try(td, true);
				lwkt_poll_note_failure(td, ref, word);
				return false;
			}
		}
	}
	settle(td);
	if (several)
		end_try(td, false);
	td->td_fails = 0;
	return true;
}

/**
 * lwkt_getalltokens() - take all tokens a thread has references to, or none
 * @td: the thread; not current, owns nothing
 *
 * Context: the baton holder of the thread's CPU.
 * Return: true if the thread owns them all now and may run
 */
bool lwkt_getalltokens(struct lwkt_thread *td)
{
	bool got;

	/* A try that Linux stopped half-way would obstruct for a time slice. */
	preempt_disable();
	got = try_all(td);
	preempt_enable();
	return got;
}

static bool may_run(struct lwkt_thread *td)
{
	return !lwkt_wants_tokens(td) || lwkt_getalltokens(td);
}

/**
 * lwkt_poll_choose() - one pass of the scheduler
 * @gd: the CPU
 *
 * The thread returned owns all its tokens and is at the tail of its queue.
 * @gd->gd_contended tells whether the head could not get its tokens.
 *
 * Context: the CPU's baton holder, tokens of the outgoing thread released.
 * Return: whom to run, NULL for the idle thread
 */
struct lwkt_thread *lwkt_poll_choose(struct lwkt_globaldata *gd)
{
	struct lwkt_cpu_stats *st = lwkt_cpu_stats(gd);
	struct lwkt_thread *td, *head;
	u32 mask = gd->gd_runqmask;
	u64 start;

	gd->gd_contended = false;
	if (!mask)
		return NULL;
	head = list_first_entry(&gd->gd_tdrunq[fls(mask) - 1],
				struct lwkt_thread, td_threadq);
	if (may_run(head)) {
		lwkt_runq_rotate(head);
		return head;
	}

	gd->gd_contended = true;
	start = tb_clock_ns();
	st->switches_contended++;
	cpu_relax();
	st->head_retries++;
	while (mask) {
		int pri = fls(mask) - 1;

		list_for_each_entry(td, &gd->gd_tdrunq[pri], td_threadq) {
			if (may_run(td)) {
				lwkt_runq_rotate(td);
				goto out;
			}
		}
		mask &= ~BIT(pri);
		if (fls(mask) - 1 < TDPRI_KERN_LPSCHED)
			break;
	}
	td = NULL;
out:
	st->scan_ns += tb_clock_ns() - start;
	return td;
}
