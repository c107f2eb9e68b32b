// SPDX-License-Identifier: GPL-2.0
/*
 * mask.c - the CPUs that contend for a token, and how a release tells
 * them: what token-ipi and token-ticket share
 *
 * Source: DragonFly BSD b5d16701e2, cbdd23b1e5 (11 December 2010: the mask),
 * fc55f5f280 (15 December: at most 4 interrupts), 2a41893077 (18 December:
 * none to a CPU that is awake), read in these trees and in release 2.10;
 * b12defdc61 (October 2011) took it all out. The port's own code.
 *
 * PROBLEM
 *
 *   In June 2010 a CPU whose threads all lack tokens polls without end: power,
 *   and traffic on the lines of the tokens' owners. From December on it halts,
 *   so the release of a token has to wake it. The granularity is the CPU, not
 *   the thread: a woken CPU tries for all of its waiting threads.
 *
 * STATE
 *
 *   t_ref               as in gen/ptr_word.h
 *   t_mask              bit gd_index: that CPU met a foreign owner and wants to
 *                       hear of the release. A hint: a bit may be there without
 *                       need, and is then the reason of a useless interrupt.
 *                       0 at rest, unless ipi_max spared a CPU.
 *   RQF_RESCHED         the CPU is to make a pass. Set by any CPU, cleared by
 *                       the CPU itself when it begins one.
 *   RQF_WAKEUP          no interrupt is needed: the CPU looks by itself, or one
 *                       is under way. Set by a release, and by token-ticket
 *                       when a pass begins; cleared by the CPU itself before it
 *                       halts.
 *   RQF_HALTED          its idle thread sleeps, or is about to. Its own.
 *
 * A RELEASE
 *
 *   Visits the CPUs of the mask from its own number upward, wrapping round,
 *   its own included. Of each it clears the bit, then sets RQF_RESCHED and
 *   RQF_WAKEUP in one step. token-ipi interrupts each CPU that it visits, and
 *   visits ipi_max of them. token-ticket interrupts those whose RQF_WAKEUP was
 *   clear, and ends when it has interrupted ipi_max. Bits of CPUs that the limit
 *   spares stay, for the next release. Any release: reltoken, relall, and the
 *   undoing of a failed try.
 *
 *   An interrupt is wake_up_process() of the idle thread of a CPU that has
 *   halted, and else a real one (kick_process) that makes the CPU's current
 *   thread do nothing but look. The releasing CPU does not interrupt itself.
 *
 * INVARIANTS
 *
 *   1. A CPU that sleeps with waiting threads has RQF_WAKEUP clear, or a wakeup
 *      of its idle thread is on its way.
 *   2. ipis counts interrupts, ipis_awake those of them that did not find the
 *      CPU asleep, and ipis_useless those that did and after which the pass
 *      found no thread that can run.
 *
 * INTERLEAVINGS
 *
 *   A release has no barrier between its two accesses, so a mark can be missed: a
 *   contended CPU halts for one tick of a 100 Hz clock at most. A bit goes only
 *   when all of a thread's tokens are there. Proofs: mask-mark, mask-undo,
 *   mask-halt, mask-pass (PROOFS.rst).
 */
#include <linux/bitops.h>
#include <linux/hrtimer.h>
#include <linux/ktime.h>
#include <linux/sched.h>

#include "base/clock.h"
#include "mask.h"

/* The clock of 2010: 100 Hz. */
#define CLOCK_NS (10 * NSEC_PER_MSEC)

/* The CPUs of the world by gd_index, which is their number in a mask. */
static struct lwkt_globaldata *mask_cpus[LWKT_MASK_CPUS];

static_assert(LWKT_MASK_CPUS ==
	      BITS_PER_BYTE * sizeof_field(struct lwkt_token, t_mask));

/**
 * lwkt_mask_start() - number the CPUs of a new world
 * @cpus: the CPUs, at most LWKT_MASK_CPUS
 *
 * Context: lwkt_start(), no LWKT thread exists.
 */
void lwkt_mask_start(const struct cpumask *cpus)
{
	unsigned int n = 0;
	int cpu;

	for_each_cpu(cpu, cpus) {
		struct lwkt_globaldata *gd = per_cpu_ptr(&lwkt_gd, cpu);

		gd->gd_index = n;
		gd->gd_interrupted = false;
		mask_cpus[n++] = gd;
	}
}

static void interrupt_cpu(struct lwkt_globaldata *gd,
			  struct lwkt_globaldata *other, bool halted)
{
	struct lwkt_cpu_stats *st = lwkt_cpu_stats(gd);

	st->ipis++;
	if (halted && wake_up_process(other->gd_idle->td_task))
		return;
	st->ipis_awake++;
	/* No thread of the world is freed before its end (lwkt_bury). */
	kick_process(READ_ONCE(other->gd_curthread)->td_task);
}

/* Tell CPU number @i of a release. Return: true if it counts toward ipi_max. */
static bool notify_cpu(struct lwkt_globaldata *gd, struct lwkt_token *tok,
		       unsigned int i, bool awake_too)
{
	struct lwkt_globaldata *other = mask_cpus[i];
	int old;

	/* Another release was here. Ordered: mask-pass. */
	if (!test_and_clear_bit(i, &tok->t_mask))
		return false;
	/* Pairs with set_current_state() in halt_cpu(). Proof: mask-halt. */
	old = atomic_fetch_or(RQF_RESCHED | RQF_WAKEUP, &other->gd_reqflags);
	if (!awake_too && old & RQF_WAKEUP)
		return false;
	if (other != gd)
		interrupt_cpu(gd, other, old & RQF_HALTED);
	return true;
}

/**
 * lwkt_mask_kick() - the rest of a release that found the mask not empty
 * @tok: the token; not owned by the caller any more
 * @awake_too: interrupt CPUs that look by themselves as well
 *
 * Context: an LWKT thread, or the scheduler; any context they can be in.
 */
void lwkt_mask_kick(struct lwkt_token *tok, bool awake_too)
{
	struct lwkt_globaldata *gd = lwkt_curthread()->td_gd;
	unsigned long upward = ~0UL << gd->gd_index;
	unsigned long mask = READ_ONCE(tok->t_mask);
	u32 left = lwkt_knobs.ipi_max ?: LWKT_MASK_CPUS;

	while (mask && left) {
		unsigned int i = __ffs(mask & upward ?: mask);

		mask &= ~BIT(i);
		if (notify_cpu(gd, tok, i, awake_too))
			left--;
	}
}

/**
 * lwkt_mask_set() - an attempt met a foreign owner
 * @gd: the CPU
 * @tok: the token; to be looked at once more
 *
 * Context: the CPU's baton holder.
 */
void lwkt_mask_set(struct lwkt_globaldata *gd, struct lwkt_token *tok)
{
	/* After the clearing of RQF_RESCHED in lwkt_choose(): mask-pass. */
	smp_mb__before_atomic();
	set_bit(gd->gd_index, &tok->t_mask);
	/* Before the second look at the owner: mask-mark. */
	smp_mb__after_atomic();
}

/**
 * lwkt_mask_clear() - the CPU does not want to hear of the next release
 * @gd: the CPU
 * @tok: a token that a thread of this CPU has got
 *
 * Context: the CPU's baton holder.
 */
void lwkt_mask_clear(struct lwkt_globaldata *gd, struct lwkt_token *tok)
{
	/* A waiting thread's try sets it again before the CPU halts. */
	if (READ_ONCE(tok->t_mask) & BIT(gd->gd_index))
		clear_bit(gd->gd_index, &tok->t_mask);
}

/**
 * lwkt_mask_chosen() - the end of a call of the scheduler
 * @gd: the CPU
 * @td: the thread that it chose, or NULL
 *
 * Context: the CPU's baton holder.
 */
void lwkt_mask_chosen(struct lwkt_globaldata *gd, struct lwkt_thread *td)
{
	if (gd->gd_interrupted && !td)
		lwkt_cpu_stats(gd)->ipis_useless++;
	gd->gd_interrupted = false;
	/* Proof: mask-mark. See is_deaf() of gen/ticket.c, too. */
	if (td && td->td_pri < TDPRI_KERN_LPSCHED)
		lwkt_yield_by(gd, (tb_clock_ns() / CLOCK_NS + 1) * CLOCK_NS);
}

/**
 * lwkt_mask_halting() - the CPU is about to halt and wants interrupts
 * @gd: the CPU
 *
 * The caller then sets its task state and looks at RQF_RESCHED.
 *
 * Context: the CPU's idle thread.
 */
void lwkt_mask_halting(struct lwkt_globaldata *gd)
{
	/* In this order: mask-halt. One word with notify_cpu(), no barrier. */
	atomic_or(RQF_HALTED, &gd->gd_reqflags);
	atomic_andnot(RQF_WAKEUP, &gd->gd_reqflags);
}

/**
 * lwkt_mask_doze() - schedule() of a halting CPU
 * @gd: the CPU
 *
 * If threads wait for tokens, for a clock tick at most. Proof: mask-mark.
 *
 * Context: the CPU's idle thread, task state set.
 * Return: false if it was the tick
 */
bool lwkt_mask_doze(struct lwkt_globaldata *gd)
{
	ktime_t tick = ns_to_ktime(CLOCK_NS);

	return schedule_hrtimeout(gd->gd_contended ? &tick : NULL,
				  HRTIMER_MODE_REL);
}

/**
 * lwkt_mask_up() - the CPU does not halt any more
 * @gd: the CPU
 * @woken: it has slept, and was woken
 *
 * Context: the CPU's idle thread.
 */
void lwkt_mask_up(struct lwkt_globaldata *gd, bool woken)
{
	/* The same word as in notify_cpu(), no barrier needed. */
	int old = atomic_fetch_andnot(RQF_HALTED, &gd->gd_reqflags);

	/* The only other waker is lwkt_schedule(), which leaves a thread. */
	gd->gd_interrupted = woken && old & RQF_WAKEUP &&
			     llist_empty(&gd->gd_wakeups);
}
