// SPDX-License-Identifier: GPL-2.0
/*
 * ipi.c - the token generation of 15 December 2010: a release interrupts
 * the CPUs that contend
 *
 * Source: DragonFly BSD fc55f5f280 (lwkt_token.c:277-549, lwkt_thread.c:608-751);
 * the port's own code.
 *
 * ONE CALL OF THE SCHEDULER
 *
 *     1. the head of the queue, unless its account is negative (fairq.c)
 *     2. every other thread in order, once each, whatever its priority. A thread
 *        whose account is negative is refilled and moves to the end, without a
 *        try; the walk ends before the first of those.
 *     3. no thread: one PAUSE; if any was refilled, once more from the head;
 *        else idle, which halts until an interrupt
 *
 *   The thread chosen goes to the head unless that has a higher priority.
 *
 * MARKS
 *
 *   gettoken and the scheduler's try mark the CPU in the mask when they meet a
 *   foreign owner, and then try once more. If that gets the token, the mark
 *   goes. Otherwise a mark stays until a release finds it, also when the token
 *   is got later: that release sends an interrupt for nothing.
 *
 * A RELEASE (gen/mask.c)
 *
 *   The first ipi_max CPUs of the mask, from the releasing one upward, lose
 *   their mark and are interrupted, awake or not. A user thread gives its CPU up
 *   at that.
 *
 * DECISIONS (what DragonFly's code leaves to a port)
 *
 *   - no ticket rounds, which came three days later (gen/ticket.c)
 *   - relall releases in order of taking; a failed try is undone in it, too
 *   - no shared mode, which came in November 2011
 *
 * DEPARTURES
 *
 *   A user thread looks at RQF_RESCHED where it would take the interrupt
 *   (lwkt_user_yield). A scheduler's try for several tokens leaves the mark of
 *   one that only its second look got (proof: mask-undo); that is
 *   one useless interrupt more. Otherwise as in gen/poll.c.
 */
#include <linux/processor.h>

#include "base/compat.h"
#include "ipi.h"
#include "lwkt/core/fairq.h"

/**
 * lwkt_ipi_contended() - gettoken that met a foreign owner
 * @td: the caller
 * @tok: the token; already pushed as the newest reference
 * @owner: the word that was found in it
 *
 * Context: an LWKT thread; switches.
 * Return: 0 or -EWOULDBLOCK, see lwkt_gettoken()
 */
int lwkt_ipi_contended(struct lwkt_thread *td, struct lwkt_token *tok,
		       struct lwkt_tokref *owner)
{
	if (likely(compat_may_block())) {
		lwkt_mask_set(td->td_gd, tok);
		if (lwkt_ptr_try(td, tok, td->td_toks_stop - 1, &owner)) {
			lwkt_mask_clear(td->td_gd, tok);
			return 0;
		}
	}
	return lwkt_ptr_contended(td, tok, owner, LWKT_GEN_ipi);
}

LWKT_PTR_ALL(ipi)

/* A thread that has something left, and its tokens if it wants any. */
static bool may_run_fair(struct lwkt_thread *td)
{
	if (td->td_fair < 0)
		return false;
	if (lwkt_may_run(td, lwkt_ipi_getall))
		return true;
	lwkt_fairq_contended(td->td_gd);
	return false;
}

/*
 * The threads behind the head, which cannot run. @again: an account was
 * refilled.
 */
static struct lwkt_thread *walk_queue(struct lwkt_globaldata *gd, bool *again)
{
	struct lwkt_thread *td = lwkt_fairq_first(gd), *last = NULL, *next;

	for (;;) {
		next = lwkt_fairq_next(gd, td);
		if (td->td_fair < 0) {
			lwkt_fairq_refill(gd, td);
			*again = true;
			if (!last) {
				last = td;
				next = next ?: td;
			}
		}
		td = next;
		if (td == last) {
			cpu_relax();
			return NULL;
		}
		if (may_run_fair(td))
			return td;
	}
}

/**
 * lwkt_ipi_choose() - one call of the scheduler
 * @gd: the CPU
 *
 * Context: as lwkt_choose_thread(); may sleep.
 * Return: the thread to run, with all its tokens; NULL for the idle thread
 */
struct lwkt_thread *lwkt_ipi_choose(struct lwkt_globaldata *gd)
{
	struct lwkt_thread *td;
	bool again;

	lwkt_fairq_begin(gd);
	do {
		again = false;
		td = lwkt_fairq_first(gd);
		if (!td)
			break;
		if (!may_run_fair(td))
			td = walk_queue(gd, &again);
		if (td || !again)
			break;
		lwkt_fairq_again(gd);
	} while (true);
	lwkt_fairq_end(gd, td);
	lwkt_mask_chosen(gd, td);
	return td;
}

const struct lwkt_gen_ops lwkt_ipi_ops = { LWKT_MASK_OPS };
