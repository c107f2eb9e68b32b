// SPDX-License-Identifier: GPL-2.0
/*
 * ipi_ticket.c - the ticket rounds of December 2010: contending CPUs take turns
 *
 * Source: DragonFly BSD 2a41893077 (18 December 2010), read in release 2.10; the
 * port's own code.
 *
 * With ticket_rounds (10 in DragonFly from that day on) a contended scheduler of
 * token-ipi makes up to so many further rounds before it goes idle. For each it
 * takes a ticket and waits for its turn of about 1 us, so that of all contending
 * CPUs one begins a round per microsecond. Only while the outgoing thread is
 * still queued: one that is about to sleep must go.
 *
 * It cannot hang. From taking a ticket to the end of its turn preemption is off
 * and nothing is waited for but older tickets, of which the same is true. No
 * token is held. So the oldest makes progress wherever its thread runs, and no
 * CPU going offline (stop_machine() gets a CPU only between turns), no signal and
 * no unloading takes it away. While a hypervisor stops the virtual CPU whose turn
 * it is, the others wait, as with a spin lock. Between rounds Linux can have the
 * CPU.
 */
#include <linux/delay.h>
#include <linux/preempt.h>
#include <linux/processor.h>

#include "token_ipi.h"

/* Tickets taken, and the one whose turn it is. Both grow for ever and wrap. */
static atomic_t ticket_next ____cacheline_aligned_in_smp;
static atomic_t ticket_turn ____cacheline_aligned_in_smp;

/**
 * lwkt_ipi_take_turn() - wait for this CPU's turn among all that contend
 * @gd: the CPU
 *
 * Context: the CPU's baton holder, no token held.
 */
void lwkt_ipi_take_turn(struct lwkt_globaldata *gd)
{
	int mine;

	preempt_disable();
	lwkt_cpu_stats(gd)->ticket_turns++;
	mine = atomic_fetch_inc_relaxed(&ticket_next);
	/* Says when, and guards nothing: no order needed. */
	while (atomic_read(&ticket_turn) != mine)
		cpu_relax();
	udelay(1);
	atomic_inc(&ticket_turn);
	preempt_enable();
}
