// SPDX-License-Identifier: GPL-2.0
/*
 * sorted.c - the token generation of October 2011, as released in 3.0
 *
 * Source: DragonFly BSD, branch of release 3.0 (9900e41a05, January 2012):
 * b12defdc61 (18 October 2011: no mask and no interrupts any more, a short
 * spin, sorted reacquisition), 85946b6c2b (strict priorities and the tick),
 * 54341a3b44 (shared tokens); the port's own code.
 *
 * PROBLEM
 *
 *   Masks and interrupts (token-ipi) had been made for a few global tokens.
 *   With many fine ones a contended CPU is better off polling, but threads that
 *   take several tokens in different orders must not fail one another for ever.
 *
 * WHAT IT DOES
 *
 *   The word, and what a reference holds: gen/count_word.h. The order of
 *   addresses, and how the run queue turns: gen/count_word.c.
 *
 *   gettoken tries once, then up to @spin times after a PAUSE each, and keeps
 *   the thread's other tokens meanwhile. Then it switches. A try for EXCLUSIVE
 *   that fails and finds the request of another one, or of its own thread,
 *   executes a PAUSE more: 10 or 11 in a gettoken that fails, where 5 tries
 *   follow the first.
 *
 *   One call of the scheduler makes rounds until a thread can run:
 *
 *     1. the head of the queue, then those behind it in order, down to the
 *        first one below TDPRI_KERN_LPSCHED: a user thread does not run past
 *        contended kernel threads. The reference taken last is spun for as in
 *        gettoken.
 *     2. a PAUSE
 *     3. if the outgoing thread is not on the run queue (it sleeps or ends),
 *        or if Linux knows it as a real-time task (DEPARTURES): to the idle
 *        thread, which makes passes of one round each
 *     4. Linux gets the CPU if it wants it, woken threads are queued
 *
 *   From round @sort_after on every try of that call is in order of addresses.
 *
 * PROGRESS
 *
 *   While a call lasts its tries are sorted in the end, and then one gets
 *   through (gen/count_word.c). Nothing is promised before: threads in opposite
 *   orders can fail one another @sort_after times in a row. And nothing from
 *   idle, which never gets so far: if all contending CPUs came there because
 *   their last thread went to sleep, only the noise of timing ends a livelock.
 *   So it was, by reading, and so it is kept.
 *
 * DECISIONS (points that history left open)
 *
 *   - The spin belongs to the reference taken last, also where the order of
 *     addresses puts it in the middle: lower tokens are held, others are still
 *     to be had. As in 3.0.
 *   - gettoken spins with all other tokens held; hold_while_spin_ns says how
 *     long. As in 3.0.
 *   - The spin comes before the look for another thread to run. As in 3.0.
 *   - EXCLREQ is set by a thread that waits for EXCLUSIVE and heeded by none:
 *     exclusive waiters can starve (the commit says so).
 *   - Sorting is per call of the scheduler and for all of its candidates, not
 *     per thread.
 *   - All tokens of a thread are dropped newest first, and a failed try is
 *     undone backward. As in 3.0; before, it was the order of taking.
 *   - A switch does not turn the run queue, only the tick does (gen/count_word.c).
 *   - There is shared mode, which 3.0 had since November 2011, and a share is
 *     taken by cmpxchg.
 *
 * DEPARTURES
 *
 *   3.0 gave holds back by cmpxchg in a loop; here, as from 5abad2c526 (2017)
 *   on, by one locked operation. It does the same, and with the loop a pair of
 *   get and release would cost more than a mutex. MWAIT and the ticket queue
 *   are left out, they were off, and so is token_delay, which was 0. Only a
 *   single try is a critical section, as in gen/poll.c.
 *
 *   A worker with real-time priority makes one round and leaves the polling to
 *   the idle thread, which has none: as long as such a worker polled, it would
 *   shut out the rest of Linux on its CPU. So its calls do not get to the order
 *   of addresses (unless @sort_after is 0), and what PROGRESS says of idle goes
 *   for it, too.
 */
#include <linux/processor.h>
#include <linux/sched/rt.h>

#include "base/clock.h"
#include "base/compat.h"
#include "count_all.h"
#include "sorted.h"

/**
 * lwkt_sorted_spin() - try on for the reference taken last
 * @td: the thread it is for
 * @t: the attempt; failed once
 *
 * Context: preemption disabled; the baton holder of the thread's CPU.
 * Return: true if the token is there
 */
bool lwkt_sorted_spin(struct lwkt_thread *td, struct lwkt_count_try *t)
{
	u32 limit = lwkt_knobs.spin, n = 0;
	bool got = false;
	u64 start;

	if (!limit)
		return false;
	start = t->others ? tb_clock_ns() : 0;
	while (!got && n < limit) {
		cpu_relax();
		n++;
		got = lwkt_count_try(td, t, LWKT_GEN_sorted);
	}
	lwkt_count_spun(td, n, got, start);
	return got;
}

/**
 * lwkt_sorted_contended() - gettoken, in either mode, that has to wait
 * @td: the caller
 * @ref: its newest reference, which could not have its token
 *
 * Context: an LWKT thread; spins, then switches.
 * Return: see lwkt_gettoken()
 */
int lwkt_sorted_contended(struct lwkt_thread *td, struct lwkt_tokref *ref)
{
	return lwkt_count_contended(td, ref, LWKT_GEN_sorted);
}

static bool may_run_sorted(struct lwkt_thread *td, bool sorted)
{
	return !lwkt_wants_tokens(td) ||
	       lwkt_count_getall(td, sorted, LWKT_GEN_sorted);
}

/**
 * lwkt_sorted_getall() - lwkt_getalltokens() of this generation
 * @td: the thread
 *
 * As in the first round of a call of the scheduler.
 *
 * Return: true if the thread holds them all now
 */
bool lwkt_sorted_getall(struct lwkt_thread *td)
{
	return lwkt_count_getall(td, !lwkt_knobs.sort_after, LWKT_GEN_sorted);
}

/* One round behind the head. */
static struct lwkt_thread *walk_queue(struct lwkt_globaldata *gd,
				      struct lwkt_thread *td, bool sorted)
{
	while ((td = lwkt_count_next(gd, td))) {
		if (td->td_pri < TDPRI_KERN_LPSCHED)
			return NULL;
		compat_relax_cpu();
		if (may_run_sorted(td, sorted))
			return td;
	}
	return NULL;
}

/**
 * lwkt_sorted_choose() - one call of the scheduler
 * @gd: the CPU
 *
 * As long as the outgoing thread is queued, and no real-time task, comes back
 * only with a thread.
 * @gd->gd_contended tells whether the head could not get its tokens.
 *
 * Context: the CPU's baton holder, tokens of the outgoing thread released.
 * Return: the thread to run, with all its tokens; NULL for the idle thread
 */
struct lwkt_thread *lwkt_sorted_choose(struct lwkt_globaldata *gd)
{
	struct lwkt_thread *out = gd->gd_curthread, *head, *td;
	struct lwkt_cpu_stats *st = lwkt_cpu_stats(gd);
	u32 sort_after = lwkt_knobs.sort_after, rounds = 0;
	u64 start, now;

	gd->gd_contended = false;
	lwkt_count_tick(gd);
	head = lwkt_count_first(gd);
	if (!head)
		return NULL;
	if (may_run_sorted(head, !sort_after))
		return head;

	gd->gd_contended = true;
	start = tb_clock_ns();
	st->switches_contended++;
	if (!sort_after)
		lwkt_thread_stats(head)->sorted_entries++;
	for (;;) {
		td = walk_queue(gd, head, rounds >= sort_after);
		if (td)
			break;
		cpu_relax();
		if (list_empty(&out->td_threadq) || rt_task(current))
			break;
		rounds += rounds < U32_MAX;
		compat_relax_cpu();
		/* Round by round, since the window can open or close meanwhile. */
		now = tb_clock_ns();
		lwkt_cpu_stats(gd)->scan_ns += now - start;
		start = now;
		lwkt_drain_wakeups(gd);
		head = lwkt_count_first(gd);
		if (rounds == sort_after)
			lwkt_thread_stats(head)->sorted_entries++;
		lwkt_cpu_stats(gd)->head_retries++;
		td = head;
		if (may_run_sorted(head, rounds >= sort_after))
			break;
	}
	lwkt_cpu_stats(gd)->scan_ns += tb_clock_ns() - start;
	return td;
}

const struct lwkt_gen_ops lwkt_sorted_ops = {};
