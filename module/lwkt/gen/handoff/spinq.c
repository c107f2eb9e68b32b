// SPDX-License-Identifier: GPL-2.0
/*
 * spinq.c - the CPUs that spin for a token, in the order in which they came
 * (token-handoff)
 *
 * PROBLEM
 *
 *   If all spinners look at the token's word, each release takes the line from
 *   all of them, and all try at once for what one can have: with many CPUs the
 *   token is busy with its spinners. So they queue. The first looks at the
 *   word; each of the others at a line of its own, until the one before it
 *   passes the first place on. The idea is that of Mellor-Crummey and Scott's
 *   queue lock, and of the spinners of Linux's mutex: a spinner can leave
 *   from any place in the queue.
 *
 * STATE
 *
 *   t_spinners         the last of the queue, NULL if there is none
 *   sp_next, sp_prev   the links; a spinner that joins writes the sp_next of the
 *                      one before it, one that leaves from within the queue
 *                      writes links of both its neighbours
 *   sp_first           written by the one before, once
 *
 * WHO MAY CHANGE A LINK
 *
 *   Two neighbours that leave at once must not both use the link between them.
 *   It is taken by an atomic operation that empties the sp_next of the one
 *   before: by the one behind, which then is found by no other CPU until it has
 *   linked its neighbours; or by the one before, which then links or promotes
 *   the one behind. A spinner whose sp_next is empty, and that is not the last,
 *   waits until it is not. Proof: handoff-spinq (PROOFS.rst).
 *
 * Not preemptible from joining to leaving: the others wait for it.
 */
#include <linux/atomic.h>
#include <linux/processor.h>
#include <linux/sched.h>

#include "lwkt/core/testpoint.h"
#include "lwkt/token/token.h"
#include "spinq.h"
#include "waiter.h"

/* Give up the last place to @prev; or else take the link to the one behind. */
static struct lwkt_spinner *detach_next(struct lwkt_token *tok,
					struct lwkt_spinner *me,
					struct lwkt_spinner *prev)
{
	struct lwkt_spinner *next;

	for (;;) {
		/* First: the last place is on a line that all newcomers take. */
		if (READ_ONCE(me->sp_next)) {
			next = xchg(&me->sp_next, NULL);
			if (next)
				return next;
		}
		if (READ_ONCE(tok->t_spinners) == me &&
		    cmpxchg(&tok->t_spinners, me, prev) == me)
			return NULL;
		cpu_relax();
	}
}

/* Out of the queue from a place behind others; false if it is the first by now. */
static bool step_out(struct lwkt_token *tok, struct lwkt_spinner *me)
{
	struct lwkt_spinner *prev, *next;

	for (;;) {
		prev = READ_ONCE(me->sp_prev);
		if (READ_ONCE(prev->sp_next) == me &&
		    cmpxchg(&prev->sp_next, me, NULL) == me)
			break;
		/* Pairs with promote(). */
		if (smp_load_acquire(&me->sp_first))
			return false;
		cpu_relax();
	}
	next = detach_next(tok, me, prev);
	if (next) {
		WRITE_ONCE(next->sp_prev, prev);
		/* The next to take this link finds the sp_prev above. */
		smp_store_release(&prev->sp_next, next);
	}
	return true;
}

static void promote(struct lwkt_spinner *next)
{
	/* Pairs with wait_first() and step_out(). */
	smp_store_release(&next->sp_first, 1);
}

/**
 * lwkt_spinq_join() - queue as a spinner of a token, and wait to be the first
 * @tok: the token
 * @gd: the caller's CPU
 *
 * Context: the CPU's baton holder; not preemptible.
 * Return: true if the CPU is the first, and has to lwkt_spinq_leave(); false if
 * it is wanted elsewhere, and in no queue
 */
bool lwkt_spinq_join(struct lwkt_token *tok, struct lwkt_globaldata *gd)
{
	struct lwkt_spinner *me = &lwkt_handoff_cpu(gd)->spinner, *prev;

	me->sp_next = NULL;
	me->sp_first = 0;
	/* A full barrier: no other CPU finds it with the values of its last turn. */
	prev = xchg(&tok->t_spinners, me);
	if (!prev)
		return true;
	WRITE_ONCE(me->sp_prev, prev);
	/* The one before does not leave before it has seen this. */
	smp_store_release(&prev->sp_next, me);
	lwkt_testpoint(LWKT_TP_SPINQ, gd->gd_curthread, 0);
	/* Pairs with promote(). */
	if (smp_cond_load_acquire(&me->sp_first,
				  VAL || lwkt_spinner_is_wanted(gd)))
		return true;
	return !step_out(tok, me);
}

/**
 * lwkt_spinq_leave() - the first spinner of a token goes
 * @tok: the token
 * @gd: its CPU
 *
 * Context: as lwkt_spinq_join().
 */
void lwkt_spinq_leave(struct lwkt_token *tok, struct lwkt_globaldata *gd)
{
	struct lwkt_spinner *next;

	next = detach_next(tok, &lwkt_handoff_cpu(gd)->spinner, NULL);
	if (next)
		promote(next);
}
