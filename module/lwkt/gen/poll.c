// SPDX-License-Identifier: GPL-2.0
/*
 * poll.c - the token generation of June 2010, which the mail speaks of
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
 *     4. no thread: the idle thread runs and makes the next pass at once, for
 *        ever, without halting.
 *
 *   With M waiting threads in front of a runnable one a pass makes M + 1
 *   failing tries. Nothing is fair here: the winner is the first to try
 *   after the release.
 *
 * DECISIONS (points that history left open)
 *
 *   - The head is tried twice a pass. So it was in June 2010, though not in 2.8
 *     as released.
 *   - All tokens of a thread are dropped in the order of taking. As it was.
 *   - A thread that is chosen goes to the tail of its queue, at every switch. As it
 *     was; the fair shares of 2.8 came in August.
 *   - There is no shared mode, which came in November 2011.
 *
 * DEPARTURES
 *
 *   The collision counter on the owner's line is kept only if asked for
 *   (collisions=faithful; it was a source of contention itself). Giant is not
 *   there to be taken. DragonFly switches in a critical section from the
 *   release of the tokens to the next thread's
 *   first step; here only a single try is one, since Linux must be able to
 *   have the CPU.
 */
#include <linux/processor.h>

#include "base/clock.h"
#include "lwkt/core/sched.h"
#include "poll.h"

/**
 * lwkt_poll_contended() - gettoken that met a foreign owner
 * @td: the caller
 * @tok: the token; already pushed as the newest reference
 * @owner: the word that was found in it
 *
 * Context: an LWKT thread; switches.
 * Return: 0 or -EWOULDBLOCK, see lwkt_gettoken()
 */
int lwkt_poll_contended(struct lwkt_thread *td, struct lwkt_token *tok,
			struct lwkt_tokref *owner)
{
	return lwkt_ptr_contended(td, tok, owner, LWKT_GEN_poll);
}

/* In the order of taking, as in June 2010 (later generations reverse it). */
LWKT_PTR_ALL(poll)

/**
 * lwkt_poll_choose() - one pass of the scheduler
 * @gd: the CPU
 *
 * The thread returned owns all its tokens and is at the tail of its queue.
 * @gd->gd_contended tells whether the head could not get its tokens.
 *
 * Context: the CPU's baton holder, tokens of the outgoing thread released.
 * Return: the thread to run, NULL for the idle thread
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
	if (lwkt_may_run(head, lwkt_poll_getall)) {
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
			if (lwkt_may_run(td, lwkt_poll_getall)) {
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

const struct lwkt_gen_ops lwkt_poll_ops = { .collides_atomically = true };
