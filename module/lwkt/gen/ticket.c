// SPDX-License-Identifier: GPL-2.0
/*
 * ticket.c - the token generation of releases 2.10 and 2.12 (18 December
 * 2010 to October 2011): contending CPUs take turns before they halt
 *
 * Source: DragonFly BSD 2a41893077 (18 December 2010), read in release 2.10
 * (15445c3317, lwkt_token.c:245-560, lwkt_thread.c:630-921); the port's own code.
 *
 * ONE CALL OF THE SCHEDULER
 *
 *     1. the head of the queue; one whose account is negative (fairq.c) is
 *        refilled and moves to the end, and the next is the head
 *     2. failed: every other kernel thread in order, once each, whatever its
 *        account
 *     3. the first user thread that was passed, unless the CPU was asked for a
 *        pass meanwhile
 *     4. no thread: one PAUSE, up to ticket_rounds further rounds
 *        (ticket_turn.c), then idle, which halts until an interrupt
 *
 *   The thread chosen goes to the head unless that has a higher priority.
 *
 * MARKS
 *
 *   gettoken leaves none when it fails (compiled out on 18 December). The
 *   scheduler's try marks the CPU when it meets a foreign owner, and then looks
 *   once more. The marks of a thread's tokens go when it gets them.
 *
 * A RELEASE (gen/mask.c)
 *
 *   asks the CPUs of the mask for a pass and interrupts those that do not look
 *   by themselves. The CPU looks by itself from the beginning of a pass until it
 *   halts, also while a user thread runs there (spin_method = 1): such a thread
 *   gives its CPU up at the next tick of the 100 Hz clock.
 *
 * DECISIONS (what DragonFly's code leaves to a port)
 *
 *   - spin_method = 1, the default, and no other
 *   - the ticket wait polls; MONITOR/MWAIT came a day later and changes what
 *     waiting costs, not which thread is served
 *   - relall releases in order of taking; a failed try is undone in it, too
 *   - no shared mode, which came in November 2011
 *
 * DEPARTURES
 *
 *   Marks go when all of a thread's tokens are there, not one by one
 *   (proof: mask-undo). A CPU that is awake is not interrupted
 *   either if ipi_max is 0 or no less than the number of CPUs, where DragonFly
 *   interrupts every CPU of the mask: less ipis on small machines, and the lock
 *   is that of large ones everywhere. Otherwise as in gen/poll.c.
 */
#include <linux/processor.h>

#include "base/compat.h"
#include "lwkt/core/fairq.h"
#include "ticket.h"

/**
 * lwkt_ticket_contended() - gettoken that met a foreign owner
 * @td: the caller
 * @tok: the token; already pushed as the newest reference
 * @owner: the word that was found in it
 *
 * Context: an LWKT thread; switches.
 * Return: 0 or -EWOULDBLOCK, see lwkt_gettoken()
 */
int lwkt_ticket_contended(struct lwkt_thread *td, struct lwkt_token *tok,
			  struct lwkt_tokref *owner)
{
	return lwkt_ptr_contended(td, tok, owner, LWKT_GEN_ticket);
}

LWKT_PTR_ALL(ticket)

static bool may_run_or_count(struct lwkt_thread *td)
{
	if (lwkt_may_run(td, lwkt_ticket_getall))
		return true;
	lwkt_fairq_contended(td->td_gd);
	return false;
}

/* The first thread in order whose account is not negative, or NULL. */
static struct lwkt_thread *find_head(struct lwkt_globaldata *gd)
{
	struct lwkt_thread *td;

	while ((td = lwkt_fairq_first(gd)) && td->td_fair < 0) {
		lwkt_fairq_refill(gd, td);
		compat_relax_cpu();
	}
	return td;
}

/* The threads behind the head, which cannot run. */
static struct lwkt_thread *walk_queue(struct lwkt_globaldata *gd,
				      struct lwkt_thread *td)
{
	struct lwkt_thread *user = NULL;

	while ((td = lwkt_fairq_next(gd, td))) {
		if (td->td_pri < TDPRI_KERN_LPSCHED)
			user = user ?: td;
		else if (may_run_or_count(td))
			return td;
	}
	if (user && !(atomic_read(&gd->gd_reqflags) & RQF_RESCHED) &&
	    may_run_or_count(user))
		return user;
	cpu_relax();
	return NULL;
}

/* One round. */
static struct lwkt_thread *make_pass(struct lwkt_globaldata *gd)
{
	struct lwkt_thread *head, *td;

	/* This CPU looks by itself, until it halts. */
	if (!(atomic_read(&gd->gd_reqflags) & RQF_WAKEUP))
		atomic_or(RQF_WAKEUP, &gd->gd_reqflags);
	head = find_head(gd);
	if (!head || may_run_or_count(head))
		return head;
	td = walk_queue(gd, head);
	if (td)
		lwkt_fairq_floor(gd, td);
	return td;
}

/**
 * lwkt_ticket_choose() - one call of the scheduler
 * @gd: the CPU
 *
 * Context: as lwkt_choose_thread(); may sleep.
 * Return: the thread to run, with all its tokens; NULL for the idle thread
 */
struct lwkt_thread *lwkt_ticket_choose(struct lwkt_globaldata *gd)
{
	const struct lwkt_thread *outgoing = gd->gd_curthread;
	u32 rounds = lwkt_knobs.ticket_rounds;
	struct lwkt_thread *td;

	lwkt_fairq_begin(gd);
	td = make_pass(gd);
	while (!td && rounds && !list_empty(&outgoing->td_threadq)) {
		rounds--;
		lwkt_ticket_turn(gd);
		lwkt_fairq_again(gd);
		td = make_pass(gd);
	}
	lwkt_fairq_end(gd, td);
	lwkt_mask_chosen(gd, td);
	return td;
}

/*
 * Does a current thread not notice that its CPU is asked for a pass? No interrupt
 * comes: a user thread sees it at the next clock tick.
 */
static bool is_deaf(const struct lwkt_thread *td)
{
	return td->td_pri < TDPRI_KERN_LPSCHED;
}

const struct lwkt_gen_ops lwkt_ticket_ops = {
	LWKT_MASK_OPS,
	.deaf = is_deaf,
};
