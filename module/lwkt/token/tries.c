// SPDX-License-Identifier: GPL-2.0
/*
 * tries.c - what a failed try is: counted, traced, and told whether the token
 * was lost to a try that failed itself
 *
 * THE QUESTION
 *
 *   A scheduler that takes several tokens for a thread and fails at a later
 *   one has held the earlier ones for nothing, and a thread that wanted one of
 *   them meanwhile was turned away for nothing (fail_on_tentative). To count that
 *   the victim must learn how the other's try ended, which lies in the future,
 *   and no thread may write to the line of another for the sake of a statistic.
 *
 * THE PROTOCOL
 *
 *   A try for two or more references marks the owner words it writes (bit 0,
 *   and the low bits of its number) and removes the marks when it has them
 *   all: a plain store per token to a line it owns. The victim that meets a
 *   mark remembers (thread, number of the try) and looks the outcome up in
 *   that thread's td_tries when it next has to count. td_tries holds how many
 *   tries have ended and the outcome of the last 32; what is older, or
 *   replaced while still open, goes to tentative_unresolved.
 *
 *   Where the owner word is not the lock word itself (the count-word
 *   generations) a victim may find it empty: a shared holder leaves none, and
 *   an exclusive one writes it just after it took the token. Such failures are
 *   not told apart.
 */
#include <linux/atomic.h>
#include <linux/export.h>

#include "lwkt/core/sched.h"
#include "lwkt/core/trace.h"
#include "token.h"
#include "tries.h"

/* Outcomes that td_tries remembers. */
#define TRIES_KEPT 32

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
 * lwkt_settle_tries() - settle what a thread still remembers of others' tries
 * @td: the thread
 *
 * Context: no thread makes tries any more.
 */
void lwkt_settle_tries(struct lwkt_thread *td)
{
	settle_seen(td);
	forget_seen(&td->td_seen);
}
EXPORT_SYMBOL_GPL(lwkt_settle_tries);

/* Remember that @td failed on a token marked @word by an unfinished try. */
static void see_tentative(struct lwkt_thread *td, struct lwkt_thread_stats *st,
			  struct lwkt_tokref *word)
{
	struct lwkt_thread *other = lwkt_strip(word)->tr_owner;
	u32 tagged = (unsigned long)word >> TAG_SEQ_SHIFT & TAG_SEQ_MASK;
	struct lwkt_try_seen *seen = &td->td_seen;
	u32 open, seq;

	/*
	 * The number of the try that set the mark: the newest one not younger
	 * than the one open now whose low bits agree. Right as long as fewer
	 * than 8 tries went by since @word was read.
	 */
	smp_rmb(); /* pairs with the try's cmpxchg. Proof: tries-seq. */
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
			  const struct lwkt_tokref *ref, unsigned int index,
			  struct lwkt_tokref *owner)
{
	struct lwkt_tokref *by = lwkt_strip(owner);

	/* The owner may be gone by now (NULL); its thread outlives the run. */
	trace_tokbench_token_fail(td, ref->tr_tok->t_desc, index,
				  by ? by->tr_owner->td_task->pid : 0,
				  by && (unsigned long)owner & TAG_TENTATIVE);
}

/**
 * lwkt_collide() - collisions=faithful: count on the token, on the owner's line
 * @tok: the token that could not be had
 *
 * Atomic in 2010, a plain increment that loses updates from release 3.0 on.
 */
void lwkt_collide(struct lwkt_token *tok)
{
	if (likely(lwkt_knobs.collisions == LWKT_COLLISIONS_off))
		return;
	if (lwkt_ops->collides_atomically)
		atomic_long_inc(&tok->t_collisions);
	else
		atomic_long_set(&tok->t_collisions,
				atomic_long_read(&tok->t_collisions) + 1);
}

/**
 * lwkt_note_failure_at() - count one failed try
 * @td: whose try
 * @ref: the reference that could not be had
 * @index: how many references were in place before it
 * @owner: the word that was found in its token
 *
 * Context: the baton holder of the thread's CPU.
 */
void lwkt_note_failure_at(struct lwkt_thread *td, struct lwkt_tokref *ref,
			  unsigned int index, struct lwkt_tokref *owner)
{
	struct lwkt_thread_stats *st = lwkt_thread_stats(td);
	bool open = st == &td->td_stats[1];

	lwkt_collide(ref->tr_tok);
	st->attempts_failed++;
	if (open)
		td->td_fail_index[min(index, LWKT_FAIL_INDEXES - 1U)]++;
	if (td->td_fails_open != open) {
		td->td_fails_open = open;
		td->td_fails = 0;
	}
	td->td_fails += td->td_fails < U32_MAX;
	if (td->td_fails > st->max_consecutive_fail)
		st->max_consecutive_fail = td->td_fails;
	settle_seen(td);
	if (lwkt_strip(owner) && (unsigned long)owner & TAG_TENTATIVE)
		see_tentative(td, st, owner);
	if (trace_tokbench_token_fail_enabled())
		trace_failure(td, ref, index, owner);
}
