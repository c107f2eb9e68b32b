// SPDX-License-Identifier: GPL-2.0
/*
 * spin.c - waiting for a token without giving the CPU away
 * (token-handoff)
 *
 * THE BUDGET
 *
 *   A CPU may spin for an eighth of the time for which a thread of it ran before
 *   it met an owner, and for 1/64 of all other time, with at most 50 us saved
 *   up. Once the budget
 *   is spent its threads go to sleep at once. There is nothing to tune per
 *   load: where spinning leads to work, work pays for spinning.
 *
 *   Why not "as long as it would take to sleep and wake", the usual rule? It is
 *   right for one thread and wrong for a saturated lock: every CPU would find
 *   its own short spin justified, operation after operation, while one of them
 *   alone could do all the work there is.
 */
#include <linux/processor.h>
#include <linux/sched.h>

#include "base/clock.h"
#include "handover.h"
#include "spin.h"

#define SPIN_RUNNING_SHIFT 3
#define SPIN_IDLE_SHIFT 6
#define SPIN_SAVED_NS 50000

/* A token that woken waiters found taken more often, of late, is saturated. */
#define SPIN_FUTILE 3

/*
 * True if the CPU has nothing better to do: all other threads on its run queue
 * wait for tokens, too.
 */
static bool has_nothing_better(const struct lwkt_thread *td)
{
	struct lwkt_globaldata *gd = td->td_gd;
	const struct lwkt_thread *other;

	lwkt_drain_wakeups(gd);
	if (gd->gd_runqmask != BIT(td->td_pri))
		return false;
	list_for_each_entry(other, &gd->gd_tdrunq[td->td_pri], td_threadq)
		if (other != td && !other->td_since_ns)
			return false;
	return true;
}

/* The owner does not run, or another task of Linux should on this CPU. */
static bool must_stop_spin(struct lwkt_tokref *word)
{
	const struct lwkt_tokref *owner = lwkt_strip(word);

	/* Its memory stays as long as the LWKT world: lwkt_destroy(). */
	return !owner || !READ_ONCE(owner->tr_owner->td_task->on_cpu) ||
	       need_resched();
}

/* True if a thread is runnable here for which a token is kept. */
static bool yield_is_due(const struct lwkt_globaldata *gd, u64 now)
{
	u64 by = READ_ONCE(gd->gd_yield_ns);

	return by && (s64)(now - by) >= 0;
}

/*
 * Add to the budget what the time since the last look has earned: the running
 * time of the current thread, if it @ran until now, and all time before.
 */
static bool earn_budget(struct lwkt_globaldata *gd, u64 now, bool ran)
{
	struct lwkt_handoff_cpu *cpu = lwkt_handoff_cpu(gd);
	u64 from = cpu->spin_from;

	if (ran && (s64)(gd->gd_resumed_ns - from) > 0) {
		cpu->spin_ns += (gd->gd_resumed_ns - from) >> SPIN_IDLE_SHIFT;
		from = gd->gd_resumed_ns;
	}
	cpu->spin_ns += (now - from) >>
			(ran ? SPIN_RUNNING_SHIFT : SPIN_IDLE_SHIFT);
	cpu->spin_ns = min_t(s64, cpu->spin_ns, SPIN_SAVED_NS);
	cpu->spin_from = now;
	return cpu->spin_ns > 0;
}

/**
 * lwkt_handoff_spin() - wait for a token without giving the CPU away
 * @td: the thread that wants it; on the run queue, current or tried for
 * @tok: the token
 * @ref: @td's reference to take it with, or NULL to only wait until it is free
 * @word: what was found in the token last, and gets what is; NULL with @ref NULL
 *
 * At most as many PAUSEs as the knob spin says.
 *
 * Context: the baton holder of the thread's CPU; may be preempted.
 * Return: true if @td has the token, or it is free for @td
 */
bool lwkt_handoff_spin(struct lwkt_thread *td, struct lwkt_token *tok,
		       struct lwkt_tokref *ref, struct lwkt_tokref **word)
{
	struct lwkt_thread_stats *st = lwkt_thread_stats(td);
	struct lwkt_tokref *now = word ? *word : READ_ONCE(tok->t_ref);
	struct lwkt_globaldata *gd = td->td_gd;
	u32 left = lwkt_knobs.spin;
	bool got = false;
	u64 start, spent;

	if (!left || READ_ONCE(tok->t_futile) > SPIN_FUTILE ||
	    must_stop_spin(now) || !has_nothing_better(td))
		return false;
	start = tb_clock_ns();
	if (yield_is_due(gd, start) || !earn_budget(gd, start, ref))
		return false;
	while (left && !got && !must_stop_spin(now) &&
	       !yield_is_due(gd, start) && llist_empty(&gd->gd_wakeups)) {
		cpu_relax();
		left--;
		now = READ_ONCE(tok->t_ref);
		got = ref ? lwkt_handoff_take_free(tok, ref, &now) :
			    lwkt_handoff_is_free(now) ||
				      lwkt_handoff_kept_for(tok, td);
	}
	spent = tb_clock_ns() - start;
	lwkt_handoff_cpu(gd)->spin_from += spent;
	lwkt_handoff_cpu(gd)->spin_ns -= spent;
	st->spins += lwkt_knobs.spin - left;
	st->spin_ok += got && ref;
	if (ref && ref != td->td_toks)
		st->hold_while_spin_ns += spent;
	if (word)
		*word = now;
	return got;
}
