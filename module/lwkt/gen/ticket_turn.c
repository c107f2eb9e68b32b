// SPDX-License-Identifier: GPL-2.0
/*
 * ticket_turn.c - the ticket rounds of 18 December 2010: contending CPUs take turns
 *
 * Source: DragonFly BSD 2a41893077 (18 December 2010), read in release 2.10; the
 * port's own code.
 *
 * A contended scheduler of token-ticket makes up to ticket_rounds further rounds
 * before it goes idle. For each it
 * takes a ticket and waits for its turn of about 1 us, so that of all contending
 * CPUs one begins a round per microsecond. Only while the outgoing thread is
 * still queued: one that is about to sleep must go.
 *
 * Preemption is off from taking a ticket to the end of its turn. Proof: ticket-turn
 * (PROOFS.rst).
 */
#include <linux/delay.h>
#include <linux/preempt.h>
#include <linux/processor.h>

#include "ticket.h"

/* Tickets taken, and the one whose turn it is. Both grow for ever and wrap. */
static atomic_t ticket_next ____cacheline_aligned_in_smp;
static atomic_t ticket_turn ____cacheline_aligned_in_smp;

/**
 * lwkt_ticket_turn() - wait for this CPU's turn among all that contend
 * @gd: the CPU
 *
 * Context: the CPU's baton holder, no token held.
 */
void lwkt_ticket_turn(struct lwkt_globaldata *gd)
{
	int mine;

	preempt_disable();
	lwkt_cpu_stats(gd)->ticket_turns++;
	mine = atomic_fetch_inc_relaxed(&ticket_next);
	/* Says when, and guards nothing: no order needed. */
	atomic_cond_read_relaxed(&ticket_turn, VAL == mine);
	udelay(1);
	atomic_inc(&ticket_turn);
	preempt_enable();
}
