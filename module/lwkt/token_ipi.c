// SPDX-License-Identifier: GPL-2.0
/*
 * token_ipi.c - the token generation of December 2010: a release interrupts
 * the CPUs that contend
 *
 * Source: DragonFly BSD b5d16701e2, cbdd23b1e5 (11 December 2010: the mask),
 * fc55f5f280 (15 December: at most 4 interrupts), 2a41893077 (18 December: the
 * ticket rounds, RQF_WAKEUP, the second try after setting the mask), read in
 * release 2.10, which still has all of it; b12defdc61 (October 2011) took it
 * out. The port's own code.
 *
 * PROBLEM
 *
 *   In June 2010 a CPU whose threads all lack tokens polls without end: power,
 *   and traffic on the lines of the tokens' owners. Here it halts, so somebody
 *   has to wake it: whoever releases what it wants. The granularity is the
 *   CPU, not the thread: a woken CPU tries for all of its waiting threads.
 *
 * STATE
 *
 *   t_ref               as in token_ptr.h
 *   t_mask              bit gd_index: that CPU met a foreign owner and wants to
 *                       hear of the release. A hint: a bit may be there without
 *                       need, and is then the reason of a useless interrupt.
 *   RQF_RESCHED         the CPU is to make a pass. Set by anybody, cleared by
 *                       the CPU itself when it begins one.
 *   RQF_WAKEUP          the CPU looks by itself, no interrupt is needed. Set by
 *                       itself when a pass begins, and by a release; cleared
 *                       by itself before it halts or runs a user thread past
 *                       contending kernel threads.
 *   RQF_HALTED          its idle thread sleeps, or is about to. Its own.
 *
 * ONE PASS
 *
 *     1. try the head of the highest queue
 *     2. failed: every other kernel thread, in order, once each
 *     3. clear RQF_WAKEUP; the first user thread that can run
 *     4. nobody: one PAUSE, up to ticket_rounds further rounds, then idle
 *
 *   gettoken leaves no trace in the mask when it fails (compiled out in 2.10).
 *   Only the scheduler's try sets the bit, when it meets a foreign owner; it
 *   then tries once more. It clears the bits of a thread's tokens when it has got
 *   them all.
 *
 * A RELEASE
 *
 *   Visits the CPUs of the mask from its own number upward, wrapping round,
 *   its own included. Of each it clears the bit, then sets RQF_RESCHED and
 *   RQF_WAKEUP in one step. A CPU whose RQF_WAKEUP was clear counts toward
 *   ipi_max, and is woken if it had halted. Bits of CPUs that the limit spares
 *   stay, for the next release. Any release: reltoken, relall, and the undoing
 *   of a failed try.
 *
 * INVARIANTS
 *
 *   1. A CPU that sleeps with waiting threads has RQF_WAKEUP clear, or a wakeup
 *      of its idle thread is on its way.
 *   2. ipis counts wake_up_process() that found the thread asleep, and of those
 *      ipis_useless the ones after which the pass found nobody.
 *
 * INTERLEAVINGS
 *
 *   Setting a bit against a release that reads the mask:
 *
 *      try                                  release
 *      [W] t_mask |= my bit                 [W] t_ref = NULL
 *          MB (lwkt_ipi_contend)                no barrier
 *      [R] t_ref == NULL?  take it          [R] t_mask == 0?  done
 *
 *   With a barrier on both sides one of them would see the other. The release
 *   has none, as in 2010: its store may still be in the store buffer when the
 *   mask is read, then the try sees the old owner, the release sees no bit, and
 *   the wakeup is lost. (A barrier would be a second atomic operation in every
 *   release.) DragonFly's CPUs took their 100 Hz clock interrupt anyway, and
 *   made a pass after it. So a contended CPU sleeps no longer than 10 ms here,
 *   and a user thread that was chosen past kernel threads yields after 10 ms
 *   (lwkt_yield_by) whatever is left of its slice. What that costs is not
 *   counted as an interrupt.
 *
 *   A try that takes a token and gives it back against a release:
 *
 *      tries for threads A, then B          release
 *      A: t_ref != NULL.  [W] my bit
 *                                           [W] t_ref = NULL
 *      B: takes the token
 *                                           [R] t_mask
 *      B fails at its next token: undo
 *
 *   If B's try cleared the bit, neither the release nor the undo would find it,
 *   and A would sleep beside a free token. So a bit goes when all of a thread's
 *   tokens are there: the undo finds it, and this CPU is asked for another pass.
 *   The same if the release saw the bit and spared this CPU (ipi_max).
 *
 *   Going to sleep against a release that saw the bit:
 *
 *      lwkt_ipi_halting(), halt_cpu()       visit()
 *      [W] RQF_HALTED                       [RW] test and clear my bit
 *      [W] clear RQF_WAKEUP                 [RW] set RQF_RESCHED, RQF_WAKEUP
 *      [W] task state = TASK_IDLE                MB (atomic_fetch_or)
 *          MB (set_current_state)           [R] WAKEUP was clear and HALTED set:
 *      [R] RQF_RESCHED?  else schedule()        wake_up_process()
 *
 *   All operations on gd_reqflags have one order. If the release's comes before
 *   the clearing of RQF_WAKEUP, the CPU finds RQF_RESCHED and does not sleep.
 *   If it comes after, RQF_HALTED is there as well, and wake_up_process() finds
 *   the task asleep, or running and yet to read RQF_RESCHED.
 *
 *   A pass against a release: the CPU clears RQF_RESCHED, then sets the bit; the
 *   barrier before set_bit() keeps it so. A release that saw the bit sets the
 *   flag after that clearing.
 *
 *   The bit goes before the flags are set. The other way round, as in 2010, the
 *   CPU can make its pass and set the bit anew in between, and lose it.
 *
 * DECISIONS (what DragonFly's code leaves to a port)
 *
 *   - the state of 15 December: no ticket rounds unless asked for, and what was
 *     spin_method 0 later: user threads run while kernel threads contend, and give
 *     way at a release. RQF_WAKEUP and the second try of 18 December are in.
 *   - the head is tried once a pass; the second try of June was gone by then
 *   - relall releases in order of taking; a failed try is undone in it, too
 *   - whoever is chosen goes to the tail of its queue, as in June: between equals
 *     that is what the fair share accumulators of 2.8 and 2.10 amount to
 *   - no shared mode, which came in November 2011
 *
 * DEPARTURES
 *
 *   A user thread looks at RQF_RESCHED where it would return to user mode
 *   (lwkt_user_yield): it gets no interrupt. It counts toward ipi_max, as its
 *   interrupt did, but not in ipis. RQF_WAKEUP spares interrupts also without a
 *   limit, where DragonFly sent one to every contending CPU. DragonFly tries only
 *   the first user thread: it has but one per CPU. Otherwise as in token_poll.c.
 */
#include <linux/bitops.h>
#include <linux/hrtimer.h>
#include <linux/ktime.h>
#include <linux/preempt.h>
#include <linux/processor.h>

#include "../clock.h"
#include "../compat.h"
#include "token_ipi.h"

/* A CPU whose threads wait for tokens takes its clock tick; INTERLEAVINGS. */
#define TICK_NS (10 * NSEC_PER_MSEC)

/* The CPUs of the world by gd_index, which is their number in a mask. */
static struct lwkt_globaldata *ipi_cpus[LWKT_IPI_CPUS];

static_assert(LWKT_IPI_CPUS ==
	      BITS_PER_BYTE * sizeof_field(struct lwkt_token, t_mask));

/**
 * lwkt_ipi_start() - number the CPUs of a new world
 * @cpus: the CPUs, at most LWKT_IPI_CPUS
 *
 * Context: lwkt_start(), no LWKT thread exists.
 */
void lwkt_ipi_start(const struct cpumask *cpus)
{
	unsigned int n = 0;
	int cpu;

	for_each_cpu(cpu, cpus) {
		struct lwkt_globaldata *gd = per_cpu_ptr(&lwkt_gd, cpu);

		gd->gd_index = n;
		gd->gd_interrupted = false;
		ipi_cpus[n++] = gd;
	}
}

/* Tell CPU number @i of a release. Return: true if it counts toward ipi_max. */
static bool visit(struct lwkt_globaldata *gd, struct lwkt_token *tok,
		  unsigned int i)
{
	struct lwkt_globaldata *other = ipi_cpus[i];
	int old;

	/* Another release was here. Ordered: the bit goes before the flags. */
	if (!test_and_clear_bit(i, &tok->t_mask))
		return false;
	/* Full barrier; pairs with set_current_state() in halt_cpu(). */
	old = atomic_fetch_or(RQF_RESCHED | RQF_WAKEUP, &other->gd_reqflags);
	if (old & RQF_WAKEUP)
		return false;
	if (old & RQF_HALTED && wake_up_process(other->gd_idle->td_task))
		lwkt_cpu_stats(gd)->ipis++;
	return true;
}

/**
 * lwkt_ipi_kick() - the rest of a release that found the mask not empty
 * @tok: the token; not owned by the caller any more
 *
 * Context: an LWKT thread, or the scheduler; any context they can be in.
 */
void lwkt_ipi_kick(struct lwkt_token *tok)
{
	struct lwkt_globaldata *gd = lwkt_curthread()->td_gd;
	unsigned long upward = ~0UL << gd->gd_index;
	unsigned long mask = READ_ONCE(tok->t_mask);
	u32 left = lwkt_knobs.ipi_max ?: LWKT_IPI_CPUS;

	while (mask && left) {
		unsigned int i = __ffs(mask & upward ?: mask);

		mask &= ~BIT(i);
		if (visit(gd, tok, i))
			left--;
	}
}

/**
 * lwkt_ipi_contend() - a scheduler's try met a foreign owner
 * @gd: the CPU
 * @tok: the token; to be looked at once more
 *
 * Context: the CPU's baton holder.
 */
void lwkt_ipi_contend(struct lwkt_globaldata *gd, struct lwkt_token *tok)
{
	/* After the clearing of RQF_RESCHED in lwkt_choose(); see visit(). */
	smp_mb__before_atomic();
	set_bit(gd->gd_index, &tok->t_mask);
	/*
	 * Before the second look at the owner. The release that it is meant for
	 * has no barrier between its two accesses: see INTERLEAVINGS.
	 */
	smp_mb__after_atomic();
}

/**
 * lwkt_ipi_uncontend() - a scheduler's try for all tokens of a thread got them
 * @gd: the CPU
 * @tok: one of them
 *
 * Context: the CPU's baton holder.
 */
void lwkt_ipi_uncontend(struct lwkt_globaldata *gd, struct lwkt_token *tok)
{
	/* Who else waits for it here sets the bit again before the CPU halts. */
	if (READ_ONCE(tok->t_mask) & BIT(gd->gd_index))
		clear_bit(gd->gd_index, &tok->t_mask);
}

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
	return lwkt_ptr_contended(td, tok, owner, LWKT_GEN_ipi);
}

/**
 * lwkt_ipi_relall() - lwkt_relalltokens() of this generation
 * @td: the thread
 */
unsigned int lwkt_ipi_relall(struct lwkt_thread *td)
{
	return lwkt_ptr_relall(td, LWKT_GEN_ipi);
}

/**
 * lwkt_ipi_getall() - lwkt_getalltokens() of this generation
 * @td: the thread
 */
bool lwkt_ipi_getall(struct lwkt_thread *td)
{
	return lwkt_ptr_getall(td, LWKT_GEN_ipi);
}

/* The first of the highest queue, at its tail now, if it can run. */
static struct lwkt_thread *try_head(struct lwkt_globaldata *gd)
{
	struct lwkt_thread *head;

	head = list_first_entry(&gd->gd_tdrunq[fls(gd->gd_runqmask) - 1],
				struct lwkt_thread, td_threadq);
	if (!lwkt_may_run(head, lwkt_ipi_getall))
		return NULL;
	lwkt_runq_rotate(head);
	return head;
}

/* Everybody but the head, which has just failed. */
static struct lwkt_thread *try_others(struct lwkt_globaldata *gd)
{
	struct lwkt_thread *td, *head = NULL;
	u32 mask = gd->gd_runqmask;
	bool user = false;

	while (mask) {
		int pri = fls(mask) - 1;

		if (pri < TDPRI_KERN_LPSCHED && !user) {
			user = true;
			/*
			 * From here on a release is to interrupt. One that came
			 * before: somebody better may be able to run by now.
			 */
			if (atomic_fetch_andnot(RQF_WAKEUP, &gd->gd_reqflags) &
			    RQF_RESCHED)
				break;
		}
		list_for_each_entry(td, &gd->gd_tdrunq[pri], td_threadq) {
			if (!head) {
				head = td;
				continue;
			}
			if (lwkt_may_run(td, lwkt_ipi_getall)) {
				lwkt_runq_rotate(td);
				return td;
			}
		}
		mask &= ~BIT(pri);
	}
	if (user)
		atomic_or(RQF_WAKEUP, &gd->gd_reqflags);
	cpu_relax();
	return NULL;
}

/* The head has failed. */
static struct lwkt_thread *choose_contended(struct lwkt_globaldata *gd)
{
	const struct lwkt_thread *outgoing = gd->gd_curthread;
	u32 rounds = lwkt_knobs.ticket_rounds;
	u64 start = tb_clock_ns(), now;
	struct lwkt_thread *td;

	gd->gd_contended = true;
	lwkt_cpu_stats(gd)->switches_contended++;
	td = try_others(gd);
	while (!td && rounds && !list_empty(&outgoing->td_threadq)) {
		rounds--;
		lwkt_ipi_take_turn(gd);
		compat_relax_cpu();
		/* Round by round, since the window can open or close meanwhile. */
		now = tb_clock_ns();
		lwkt_cpu_stats(gd)->scan_ns += now - start;
		start = now;
		/* A round is a pass of its own; see lwkt_choose(). */
		atomic_andnot(RQF_RESCHED, &gd->gd_reqflags);
		lwkt_drain_wakeups(gd);
		td = try_head(gd) ?: try_others(gd);
	}
	now = tb_clock_ns();
	lwkt_cpu_stats(gd)->scan_ns += now - start;
	if (td && td->td_pri < TDPRI_KERN_LPSCHED)
		lwkt_yield_by(gd, now + TICK_NS);
	return td;
}

/**
 * lwkt_ipi_choose() - one pass of the scheduler
 * @gd: the CPU
 *
 * The thread returned owns all its tokens and is at the tail of its queue.
 *
 * Context: as lwkt_choose_thread(); may sleep.
 * Return: whom to run, NULL for the idle thread
 */
struct lwkt_thread *lwkt_ipi_choose(struct lwkt_globaldata *gd)
{
	struct lwkt_thread *td = NULL;

	gd->gd_contended = false;
	/* This CPU looks by itself, until it halts or runs a user thread. */
	if (!(atomic_read(&gd->gd_reqflags) & RQF_WAKEUP))
		atomic_or(RQF_WAKEUP, &gd->gd_reqflags);
	if (gd->gd_runqmask)
		td = try_head(gd) ?: choose_contended(gd);
	if (gd->gd_interrupted) {
		gd->gd_interrupted = false;
		if (!td)
			lwkt_cpu_stats(gd)->ipis_useless++;
	}
	return td;
}

/**
 * lwkt_ipi_halting() - the CPU is about to halt and wants interrupts
 * @gd: the CPU
 *
 * The caller then sets its task state and looks at RQF_RESCHED.
 *
 * Context: the CPU's idle thread.
 */
void lwkt_ipi_halting(struct lwkt_globaldata *gd)
{
	/* In this order: see INTERLEAVINGS. Same word as in visit(), no barrier. */
	atomic_or(RQF_HALTED, &gd->gd_reqflags);
	atomic_andnot(RQF_WAKEUP, &gd->gd_reqflags);
}

/**
 * lwkt_ipi_doze() - schedule() of a halting CPU
 * @gd: the CPU
 *
 * If threads wait for tokens, for a clock tick at most: see INTERLEAVINGS.
 *
 * Context: the CPU's idle thread, task state set.
 * Return: false if it was the tick
 */
bool lwkt_ipi_doze(struct lwkt_globaldata *gd)
{
	ktime_t tick = ns_to_ktime(TICK_NS);

	return schedule_hrtimeout(gd->gd_contended ? &tick : NULL,
				  HRTIMER_MODE_REL);
}

/**
 * lwkt_ipi_up() - the CPU does not halt any more
 * @gd: the CPU
 * @woken: it has slept, and somebody woke it
 *
 * Context: the CPU's idle thread.
 */
void lwkt_ipi_up(struct lwkt_globaldata *gd, bool woken)
{
	/* The same word as in visit(), no barrier needed. */
	int old = atomic_fetch_andnot(RQF_HALTED, &gd->gd_reqflags);

	/* Nobody else wakes it but lwkt_schedule(), which leaves somebody. */
	gd->gd_interrupted = woken && old & RQF_WAKEUP &&
			     llist_empty(&gd->gd_wakeups);
}
