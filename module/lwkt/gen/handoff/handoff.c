// SPDX-License-Identifier: GPL-2.0
/*
 * token_handoff.c - tokens whose waiters sleep until a release wakes them
 *
 * The generation that DragonFly never shipped. (A hand-over to a spinning CPU
 * was written in b12defdc61, compiled out and deleted; this is another thing.)
 * Same contract as the others: all or nothing, any order, recursion, dropped
 * while blocked. Own design.
 *
 * PROBLEM
 *
 *   Polling burns the CPU: M waiters, M failed tries per pass. Strict hand-over
 *   in order of arrival convoys: with more waiters than CPUs every operation
 *   costs a switch, often one across CPUs, during which nobody holds the token.
 *   Mutexes sit between: a running thread may take the lock past a sleeping
 *   one. But a token's waiter may want a set, and must not block others with
 *   half of it, nor starve because there is always somebody with a small one.
 *
 * THE RULES
 *
 *   1. A thread that does not get its tokens leaves the run queue and waits in
 *      the queue of ONE token, the one its try failed on, in order of arrival.
 *      It keeps its time of arrival when it moves to another token's queue.
 *   2. A release with waiters leaves the token free: any running thread may
 *      take it past them, and the first waiter is woken to try.
 *   3. Once the first waiter has been passed for handoff_window_us, counted
 *      from when it first was the first of a queue, the next release keeps the
 *      token for it: free, but for this heir only. Its CPU is asked for a pass.
 *   4. A thread that wants several tokens is not made an heir by one of them.
 *      It is nominated, and in its turn becomes the eldest, for whom every
 *      token of its set is kept (handoff_eldest.c).
 *   5. A try looks before it takes: if any token of the set is not to be had,
 *      none is touched. What a lost race leaves to undo is little.
 *
 *   The window is counted from the first place, not from arrival: with thirty
 *   waiters everybody has waited longer than any useful window, and counting
 *   from arrival would be strict hand-over again, convoy included. So each
 *   waiter, when it is first in line, is passed for about a window, and then
 *   has a window to itself. 0 is strict order of those that are queued; a
 *   spinner is not.
 *
 * TOKEN WORD (t_ref)
 *
 *   NULL                free
 *   ref                 owned; oldest reference of its owner
 *   ref | QUEUE         owned; its release has to look at the queue
 *   QUEUE | KEPT        kept: free for t_heir only
 *   ref | tag [| QUEUE] owned for the length of a try for several (tries.c)
 *
 *   NULL -> ref               gettoken, trytoken, a try (cmpxchg, acquire)
 *   ref -> NULL               reltoken, relall, undo (cmpxchg, release); under
 *                             t_lock by who gives up a token others wait for
 *   ref -> ref|QUEUE          a waiter, or the eldest (cmpxchg, t_lock)
 *   ref|QUEUE -> ref          nobody has to look any more (cmpxchg, t_lock)
 *   ref|QUEUE -> NULL         release that wakes the first waiter (t_lock)
 *   ref|QUEUE -> QUEUE|KEPT   release, window over, or of the eldest's set
 *   NULL -> QUEUE|KEPT        the eldest (cmpxchg, t_lock)
 *   QUEUE|KEPT -> ref[|QUEUE] the heir (t_lock)
 *
 *   The uncontended get and release are one cmpxchg each and read nothing but
 *   the first line of the token; queue and lock are on the second.
 *
 * WAKING LESS
 *
 *   On a saturated token the running thread comes back within nanoseconds, and
 *   a waiter woken by rule 2 finds it taken: microseconds of another CPU for
 *   nothing. So a first waiter is woken by a release once; if it fails, it sets
 *   itself a timer, for the end of its window or earlier if waking paid on this
 *   token of late, and QUEUE goes from the word until then. With thirty waiters
 *   a release is as cheap as with none, but for once or twice per window
 *   (handoff_queue.c). No wake-up is owed by somebody who might never release
 *   again; a thread that drops its tokens because it blocks always wakes.
 *
 * SPINNING
 *
 *   Before a thread waits its CPU may spin for it, if it has nothing else to
 *   run and the owner is running: in gettoken, and again in the scheduler's
 *   pass when a woken waiter meets an owner. What that buys depends on the
 *   load: with as much to do outside the section as inside, two CPUs interleave
 *   and hardly spin; with nothing outside, one CPU does all that can be done
 *   and the other only burns. So spinning has a budget (handoff_spin.c), which
 *   the first load keeps and the second does not, and so goes to sleep. A CPU
 *   runs one thread, so there is one spinner per CPU.
 *
 * NO LOST WAKE-UP
 *
 *   a. Parking against a release. The parker takes t_lock and sets QUEUE in the
 *      word by cmpxchg if it is owned, or finds it free and does not park;
 *      leaves the run queue; enters the list; unlocks. An owner's release
 *      either was before the cmpxchg: the word is free, no parking; or after:
 *      its own cmpxchg fails, it takes t_lock after the parker and finds it.
 *   b. Parking behind a first waiter that is awake or has a timer (quiet): no
 *      mark is needed. The first one gets the token or moves elsewhere in the
 *      end, and then the next is first, and marks, or is woken if the token is
 *      free at that moment.
 *   c. Waking against falling asleep: lwkt_schedule() and td_blocked, runq.c.
 *   d. Waking against parking. The first waiter's try saw the token owned; it
 *      is released, and the waiter "woken" while it is still awake; then it
 *      parks. It looks at the word under t_lock and finds it free.
 *   e. The same with keeping: it finds it kept, and itself the heir.
 *   f. The same with becoming the eldest: whoever makes it so writes eldest,
 *      then exchanges td_blocked; the parker writes td_blocked, then reads
 *      eldest. One of them sees the other.
 *   g. Two last tokens kept for the eldest at once: see keep().
 *   h. A release without QUEUE (quiet) while the first waiter, its window over,
 *      parks for the next release: it marks under t_lock, and if the cmpxchg
 *      finds the token free it wakes itself.
 *   i. A reference that moved by lwkt_token_swap(), or a tag removed at the end
 *      of a try, against a parker's mark: all are cmpxchg loops that keep what
 *      the other set.
 *
 * NO THUNDERING HERD
 *
 *   A release wakes at most one thread; one that drops K tokens, up to K.
 *
 * NO DEADLOCK
 *
 *   A thread that is not running owns nothing. Tokens kept for an heir of one
 *   token wait for that thread's CPU alone; tokens kept for the eldest wait for
 *   running threads, or heirs of one token, alone (handoff_eldest.c).
 *
 * NO STARVATION
 *
 *   Arrival times order all waiters, and newcomers are the youngest. The first
 *   of a queue is the oldest there. When its window is over: if it wants one
 *   token, the next release is for it, unless the eldest is older. If it wants
 *   a set it is nominated, whether it stays in a queue or moves between queues
 *   from try to try, and nominees are served in the order of nomination. So a
 *   wait is bounded by the waiters that are older, or were nominated before,
 *   with a window and a section each.
 *
 * LIMITS
 *
 *   Exclusive mode only.
 *   A kept token is idle until its heir's CPU makes a pass: that is a wake-up
 *   if the CPU sleeps, and the rest of an operation if it runs a thread that
 *   calls lwkt_user_yield() between operations; one that never does, or a
 *   virtual CPU that its host does not run, delays the heir for as long.
 *   While a token is quiet no release looks. If all who used it stop at once,
 *   it lies free until the first waiter's timer fires, about 1 ms at most.
 *   While the first waiter of a token is a nominee, those behind it that want
 *   this token alone are passed until its turn has come.
 *   The run queue's priorities decide who runs, not who gets a token.
 */
#include <linux/processor.h>
#include <linux/sched.h>

#include "../clock.h"
#include "../compat.h"
#include "handoff_eldest.h"
#include "handoff_queue.h"
#include "handoff_spin.h"
#include "handoff_try.h"
#include "testpoint.h"

static void taken(struct lwkt_token *tok)
{
	tok->t_gen++;
}

/**
 * lwkt_handoff_contended() - gettoken that did not find its token simply free
 * @td: the caller
 * @tok: the token; already pushed as the newest reference
 * @word: what was found in it
 *
 * Context: an LWKT thread; switches if it has to wait.
 * Return: 0 or -EWOULDBLOCK, see lwkt_gettoken()
 */
int lwkt_handoff_contended(struct lwkt_thread *td, struct lwkt_token *tok,
			   struct lwkt_tokref *word)
{
	struct lwkt_tokref *ref = td->td_toks_stop - 1;

	if (lwkt_handoff_take_free(tok, ref, &word)) {
		taken(tok);
		return 0;
	}
	if (unlikely(!compat_may_block())) {
		lwkt_pop_ref(td, ref);
		return lwkt_gettoken_atomic(tok);
	}
	if (lwkt_handoff_spin(td, tok, ref, &word)) {
		taken(tok);
		return 0;
	}
	lwkt_testpoint(LWKT_TP_CONTENDED, td, ref - td->td_toks);
	lwkt_note_failure(td, ref, word);
	lwkt_thread_stats(td)->tokens_get_undone += lwkt_handoff_relall(td);
	/* If it is free by now the scheduler's pass will take it for us. */
	lwkt_handoff_park(td, tok);
	lwkt_switch();
	return 0;
}

/**
 * lwkt_handoff_trytoken() - lwkt_trytoken() of this generation
 * @td: the caller
 * @tok: the token
 */
bool lwkt_handoff_trytoken(struct lwkt_thread *td, struct lwkt_token *tok)
{
	struct lwkt_tokref *ref, *word;

	if (unlikely(!lwkt_ref_left(td))) {
		lwkt_gettoken_overflow(tok);
		return false;
	}
	ref = lwkt_push_ref(td, tok, 0);
	word = READ_ONCE(tok->t_ref);
	if (lwkt_ref_is_mine(td, word))
		return true;
	if (lwkt_handoff_take_free(tok, ref, &word)) {
		taken(tok);
		return true;
	}
	lwkt_pop_ref(td, ref);
	return false;
}

/**
 * lwkt_handoff_relall() - lwkt_relalltokens() of this generation
 * @td: the thread
 *
 * Newest first, so that nobody who wants the same set meets the rest of it.
 *
 * Return: how many tokens were owned
 */
unsigned int lwkt_handoff_relall(struct lwkt_thread *td)
{
	struct lwkt_tokref *ref;
	unsigned int n = 0;

	for (ref = td->td_toks_stop; ref-- > td->td_toks;) {
		struct lwkt_token *tok = ref->tr_tok;

		if (lwkt_strip(READ_ONCE(tok->t_ref)) != ref)
			continue;
		ref->tr_gen = tok->t_gen;
		lwkt_handoff_drop(tok);
		n++;
	}
	return n;
}

/*
 * The CPU was asked to yield for a first waiter, an heir or the eldest: try
 * the one that has been first for the longest time before the others.
 */
static void bring_forward(struct list_head *queue)
{
	struct list_head *pos, *best = NULL;
	struct lwkt_thread *td;
	u64 oldest = 0, since;

	list_for_each(pos, queue) {
		td = list_entry(pos, struct lwkt_thread, td_threadq);
		since = READ_ONCE(td->td_head_ns);
		if (since && (!best || (s64)(since - oldest) < 0)) {
			best = pos;
			oldest = since;
		}
	}
	if (best)
		list_move(best, queue);
}

/* @td runs: whoever else the CPU was asked to yield for still waits. */
static void ask_again(const struct lwkt_thread *td)
{
	struct lwkt_thread *other;

	list_for_each_entry(other, &td->td_gd->gd_tdrunq[td->td_pri],
			    td_threadq)
		if (other != td)
			lwkt_handoff_ask(other);
}

/* @td could not get its tokens: spin for them, or let it wait. */
static void failed(struct lwkt_globaldata *gd, struct lwkt_thread *td)
{
	lwkt_handoff_futile(td->td_fail_tok);
	td->td_spun = lwkt_handoff_spin(td, td->td_fail_tok, NULL, NULL);
	if (!td->td_spun) {
		if (td->td_elder) {
			lwkt_eldest_park(td);
			return;
		}
		if (lwkt_handoff_park(td, td->td_fail_tok))
			return;
	}
	/* It is free by now, and @td the head still. */
	lwkt_cpu_stats(gd)->head_retries++;
	compat_relax_cpu();
}

/**
 * lwkt_handoff_choose() - one pass of the scheduler
 * @gd: the CPU
 *
 * The first thread that needs no tokens or gets them. Whoever does not get
 * them leaves the run queue, so nobody polls.
 *
 * Context: the CPU's baton holder, tokens of the outgoing thread released.
 * Return: whom to run, NULL for the idle thread
 */
struct lwkt_thread *lwkt_handoff_choose(struct lwkt_globaldata *gd)
{
	u64 asked = gd->gd_asked_ns, start = 0;
	struct lwkt_thread *td = NULL;
	bool asked_now;

	asked_now = asked && (s64)(tb_clock_ns() - asked) >= 0;
	if (asked && !asked_now)
		lwkt_yield_by(gd, asked);
	gd->gd_contended = false;
	while (gd->gd_runqmask) {
		struct list_head *queue =
			&gd->gd_tdrunq[fls(gd->gd_runqmask) - 1];

		if (asked_now)
			bring_forward(queue);
		td = list_first_entry(queue, struct lwkt_thread, td_threadq);
		if (lwkt_may_run(td, lwkt_handoff_getall)) {
			lwkt_runq_rotate(td);
			if (asked)
				ask_again(td);
			break;
		}
		if (!start) {
			start = tb_clock_ns();
			gd->gd_contended = true;
			lwkt_cpu_stats(gd)->switches_contended++;
		}
		failed(gd, td);
		td = NULL;
	}
	if (start)
		lwkt_cpu_stats(gd)->scan_ns += tb_clock_ns() - start;
	if (td)
		return td;
	/* Nobody polls: the CPU may sleep. */
	gd->gd_contended = false;
	if (gd->gd_parked) {
		lwkt_handoff_retry(gd->gd_parked);
		gd->gd_parked = NULL;
	}
	return NULL;
}

/**
 * lwkt_handoff_swapped() - for lwkt_token_swap()
 * @td: the caller
 * @a: its last reference but one
 * @b: its last reference
 *
 * Context: @td.
 */
void lwkt_handoff_swapped(struct lwkt_thread *td, struct lwkt_tokref *a,
			  struct lwkt_tokref *b)
{
	struct lwkt_tokref *refs[] = { a, b };
	int i;

	for (i = 0; i < 2; i++) {
		struct lwkt_tokref *to = refs[i], *from = refs[!i];
		struct lwkt_token *tok = to->tr_tok;
		struct lwkt_tokref *word = READ_ONCE(tok->t_ref);

		/* Somebody may add HANDOFF_QUEUE meanwhile. */
		while (lwkt_strip(word) == from)
			if (try_cmpxchg(&tok->t_ref, &word,
					(void *)((unsigned long)to |
						 ((unsigned long)word &
						  HANDOFF_QUEUE))))
				break;
	}
}
