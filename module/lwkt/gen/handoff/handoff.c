// SPDX-License-Identifier: GPL-2.0
/*
 * handoff.c - tokens whose waiters sleep until a release wakes them
 *
 * The generation that DragonFly never shipped. (A hand-over to a spinning CPU
 * was written in b12defdc61, compiled out and deleted; this is another thing.)
 * Same contract as the others: all or nothing, any order, recursion, dropped
 * while blocked. Own design. Its words are defined in handoff/word.h.
 *
 * PROBLEM
 *
 *   Polling burns the CPU: M waiters, M failed tries per pass. Strict hand-over
 *   in order of arrival convoys: with more waiters than CPUs every operation
 *   costs a switch, often one across CPUs, during which no thread holds the token.
 *   Mutexes sit between: a running thread may take the lock past a sleeping
 *   one. But a token's waiter may want a set, and must not block others with
 *   half of it, nor starve because there is always a thread with a small one.
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
 *      token for it: no waiter but this heir gets it. Its CPU is asked for a
 *      pass. A keep has a limit in time (handoff/handover.c).
 *   4. A thread that wants several tokens is not made an heir by one of them.
 *      It is nominated, and in its turn becomes the eldest, for which every
 *      token of its set is kept (handoff/eldest.c); once in a window, one.
 *   5. A try looks before it takes: if any token of the set is not to be had,
 *      none is touched. What a lost race leaves to undo is little.
 *   6. A kept token has no owner, so a caller that cannot wait gets it: by
 *      lwkt_trytoken(), or with interrupts off. The heir stays the first, and
 *      the release keeps the token for it again.
 *   7. A waiter counts only while its CPU would run it. One that a runnable
 *      thread of higher priority outranks leaves the queue, keeps its age and
 *      waits on the run queue (handoff/handover.c, handoff/choose.c).
 *
 *   The window is counted from the first place, not from arrival: with thirty
 *   waiters each has waited longer than any useful window, and counting
 *   from arrival would be strict hand-over again, convoy included. So each
 *   waiter, when it is first in line, is passed for about a window, and then
 *   has a window to itself. 0 is strict order of those that are queued; a
 *   spinner is not.
 *
 * TOKEN WORD (t_ref)
 *
 *   NULL                free
 *   LEFT                free; the next owner counts in t_gen
 *   ref                 owned; oldest reference of its owner
 *   ref | QUEUE         owned; its release has to look at the queue
 *   QUEUE | KEPT        kept for t_heir, which is NULL in all other states
 *   ref | tag [| QUEUE] owned for the length of a try for several (tries.c)
 *
 *   NULL, LEFT -> ref         gettoken, trytoken, a try (cmpxchg, acquire)
 *   ref -> NULL               reltoken (cmpxchg, release)
 *   ref -> LEFT               relall, undo (cmpxchg, release); under t_lock if
 *                             others wait for it
 *   ref -> ref|QUEUE          a waiter, or the eldest (cmpxchg, t_lock)
 *   ref|QUEUE -> ref          no release has to look any more (cmpxchg, t_lock)
 *   ref|QUEUE -> LEFT         release that wakes the first waiter (t_lock)
 *   ref|QUEUE -> QUEUE|KEPT   release, window over, or of the eldest's set
 *   NULL, LEFT -> QUEUE|KEPT  the eldest, or a first waiter whose window is
 *                             over (cmpxchg, t_lock)
 *   QUEUE|KEPT -> ref[|QUEUE] the heir (t_lock)
 *   QUEUE|KEPT -> ref|QUEUE   trytoken (t_lock)
 *   QUEUE|KEPT -> QUEUE|KEPT  the limit of the keep is over, or the heir's CPU
 *   QUEUE|KEPT -> LEFT        runs a thread of higher priority: offered to the
 *                             next waiter (t_lock)
 *
 *   The uncontended get and release are one cmpxchg each and read nothing but
 *   the first line of the token; queue and lock are on the second.
 *
 * STALENESS
 *
 *   A thread that drops a token notes t_gen and leaves the word LEFT. A get that
 *   finds NULL takes the token and does not look at t_gen: since the last drop
 *   another thread has counted. All other acquisitions count. Proof: handoff-left.
 *
 * RECURSION
 *
 *   A get of the token that the newest reference owns adds TR_AGAIN to that
 *   reference's flags, and its release takes it off: no slot, no look at the
 *   word by the release, no locked instruction. Each counts in td_left, so the
 *   limit is on acquisitions, not on slots. A get of a token that an older
 *   reference owns, or whose word is marked, has a slot of its own that stands in
 *   no word. An interrupt may take and release tokens between any two instructions.
 *   What it finds in the newest reference can be half made: hence the word is
 *   asked, which names a reference only if it owns the token. Proof:
 *   handoff-again.
 *
 * WAKING LESS
 *
 *   On a saturated token the running thread comes back within nanoseconds, and
 *   a waiter woken by rule 2 finds it taken: microseconds of another CPU for
 *   nothing. So a first waiter is woken by a release once; if it fails, it sets
 *   itself a timer, for the end of its window or earlier if waking paid on this
 *   token of late, and QUEUE goes from the word until then. With thirty waiters
 *   a release is as cheap as with none, but for once or twice per window
 *   (handoff/queue.c). No wake-up is owed by a thread that might never release
 *   again; a thread that drops its tokens because it blocks always wakes.
 *
 * SPINNING
 *
 *   Before a thread waits its CPU may spin for it, if it has nothing else to
 *   run and the owner is running: in gettoken, and again in the scheduler's
 *   pass when a woken waiter meets an owner. What that buys depends on the
 *   load: with as much to do outside the section as inside, two CPUs interleave
 *   and hardly spin; with nothing outside, one CPU does all that can be done
 *   and the other only burns. So spinning has a budget (handoff/spin.c), which
 *   the first load keeps and the second does not, and so goes to sleep. A CPU
 *   runs one thread, so there is one spinner per CPU. The spinners of a token
 *   queue, and the first of them alone looks at the word (handoff/spinq.c).
 *
 * PROGRESS (PROOFS.rst)
 *
 *   No wake-up is lost: handoff-park, handoff-quiet, handoff-wake-park,
 *   handoff-eldest, handoff-gap, handoff-complete, handoff-pause, handoff-window,
 *   handoff-word, handoff-claim, handoff-stale-try. No thundering herd, no deadlock, no
 *   starvation: handoff-herd, handoff-deadlock, handoff-starvation.
 *
 * LIMITS
 *
 *   Exclusive mode only.
 *   A kept token is idle until its heir's CPU makes a pass: that is a wake-up
 *   if the CPU sleeps, and the rest of an operation if it runs a thread that
 *   calls lwkt_user_yield() between operations. If it runs one that does not, or
 *   is a virtual CPU that its host does not run, the limit of the keep bounds
 *   that: 10 ms at first.
 *   After a stale try (proof: handoff-stale-try) the eldest's tokens lie free until
 *   its timer fires, the limit of a keep at most, if no other thread wants them
 *   meanwhile.
 *   The limit ends a keep in the handler of a timer, with one section under
 *   t_lock for each token of the eldest's set.
 *   While a token is quiet no release looks. If all threads that used it stop at
 *   once, it lies free until the first waiter's timer fires, about 1 ms at most.
 *   While the first waiter of a token is a nominee, those behind it that want
 *   this token alone are passed until its turn has come.
 *   Between CPUs priorities do not count: of waiters that their CPUs would run,
 *   the oldest is first. A thread that becomes runnable on a CPU outranks the
 *   waiters there from the CPU's next pass on.
 */
#include "base/clock.h"
#include "base/compat.h"
#include "eldest.h"
#include "handover.h"
#include "lwkt/core/testpoint.h"
#include "spin.h"

static void count_taken(struct lwkt_token *tok)
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
		count_taken(tok);
		return 0;
	}
	if (unlikely(!compat_may_block())) {
		if (lwkt_handoff_take_unowned(tok, ref)) {
			count_taken(tok);
			return 0;
		}
		lwkt_handoff_pop(td);
		return lwkt_gettoken_atomic(tok);
	}
	if (lwkt_handoff_spin(td, tok, ref, &word)) {
		count_taken(tok);
		return 0;
	}
	lwkt_testpoint(LWKT_TP_CONTENDED, td, ref - td->td_toks);
	lwkt_note_failure(td, ref, word);
	lwkt_thread_stats(td)->tokens_get_undone += lwkt_handoff_relall(td);
	/* If it is free by now the scheduler's pass will take it. */
	lwkt_handoff_park(td, tok);
	return lwkt_switch();
}

/**
 * lwkt_handoff_overflow() - lwkt_gettoken_overflow() of this generation
 * @td: the caller; td_left counts the reference that it cannot have
 * @tok: the token
 *
 * Return: see lwkt_gettoken_overflow()
 */
int lwkt_handoff_overflow(struct lwkt_thread *td, struct lwkt_token *tok)
{
	/* Updates of lwkt_nobody can be lost, so it is not counted back. */
	if (lwkt_is_nobody(td))
		WRITE_ONCE(td->td_left, LWKT_LEFT_NOBODY);
	else
		td->td_left++;
	return lwkt_gettoken_overflow(tok);
}

/**
 * lwkt_handoff_rel_slow() - reltoken of a newest reference that is not simply its
 * token's owner
 * @td: the caller
 * @tok: the token
 *
 * The word is marked; or names an older reference; or @tok is another one.
 *
 * Context: as lwkt_reltoken().
 * Return: 0 or -EINVAL, see lwkt_reltoken()
 */
int lwkt_handoff_rel_slow(struct lwkt_thread *td, struct lwkt_token *tok)
{
	struct lwkt_tokref *ref = td->td_toks_stop - 1;

	/* Slot -1 of the array is a sentinel that names no token. */
	if (unlikely(ref->tr_tok != tok))
		return lwkt_reltoken_illegal(tok);
	if (lwkt_strip(READ_ONCE(tok->t_ref)) == ref)
		lwkt_handoff_release(tok);
	lwkt_handoff_pop(td);
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

	if (!lwkt_handoff_count(td)) {
		lwkt_handoff_overflow(td, tok);
		return false;
	}
	ref = lwkt_push_ref(td, tok, 0);
	word = READ_ONCE(tok->t_ref);
	if (lwkt_ref_is_mine(td, word))
		return true;
	if (lwkt_handoff_take_free(tok, ref, &word) ||
	    (word == HANDOFF_KEPT_WORD &&
	     lwkt_handoff_take_unowned(tok, ref))) {
		count_taken(tok);
		return true;
	}
	lwkt_handoff_pop(td);
	return false;
}

/**
 * lwkt_handoff_relall() - lwkt_relalltokens() of this generation
 * @td: the thread
 *
 * Newest first, so that a thread that wants the same set does not meet the rest.
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

		/* A waiter may add HANDOFF_QUEUE meanwhile. Proof: handoff-word. */
		while (lwkt_strip(word) == from)
			if (try_cmpxchg(&tok->t_ref, &word,
					(void *)((unsigned long)to |
						 ((unsigned long)word &
						  HANDOFF_QUEUE))))
				break;
	}
}

DEFINE_PER_CPU_ALIGNED(struct lwkt_handoff_cpu, lwkt_handoff_cpus);

static void start_world(const struct cpumask *cpus)
{
	int cpu;

	lwkt_eldest_start();
	for_each_cpu(cpu, cpus) {
		struct lwkt_handoff_cpu *own = &per_cpu(lwkt_handoff_cpus, cpu);

		own->parked = NULL;
		own->spin_ns = 0;
		own->spin_holding_ns = 0;
		own->spin_from = tb_clock_ns();
	}
}

static void init_waiter(struct lwkt_thread *td)
{
	INIT_LIST_HEAD(&lwkt_waiter(td)->wt_link);
	INIT_LIST_HEAD(&lwkt_waiter(td)->wt_nominee_link);
}

const struct lwkt_gen_ops lwkt_handoff_ops = {
	.private_bytes = sizeof(struct lwkt_waiter),
	.thread_init = init_waiter,
	.start = start_world,
	.timer = lwkt_handoff_expire_keeps,
	.timer_woke = lwkt_handoff_ask_cpu,
};
