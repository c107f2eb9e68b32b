// SPDX-License-Identifier: GPL-2.0
/*
 * spin.c - waiting for a token without giving the CPU away
 * (token-handoff)
 *
 * THE QUEUE
 *
 *   The CPUs that spin for a token wait in the order in which they came, each
 *   on a line of its own; the first looks at the word (handoff/spinq.c). It does
 *   so as long as the owner runs, or the token is kept for a thread that will
 *   come soon.
 *
 * THE BUDGET
 *
 *   A CPU may spin for 3/4 of the time for which its threads ran before they met
 *   an owner, and for 1/64 of all other time, with at most 24 us saved up. While
 *   it holds other tokens, which others may want, it is an eighth instead of 3/4.
 *   Once the budget is spent its threads go to sleep at once. There is nothing to
 *   tune per load: where spinning leads to work, work pays for spinning.
 *
 *   Why not "as long as it would take to sleep and wake", the usual rule? It is
 *   right for one thread and wrong for a saturated lock: every CPU would find
 *   its own short spin justified, operation after operation, while one of them
 *   alone could do all the work there is.
 *
 *   Why 3/4? With as much to do outside of short sections as
 *   inside, the way of the token's line from one CPU to the other takes a quarter
 *   of the time, and with less of a budget two CPUs fall back to the work of one.
 *   With sections of 1 us, 20 us outside and 48 CPUs, of which 21 are enough, the
 *   others would sleep at times, and be woken, and that is in the way of those
 *   that work. If nothing is done outside the one CPU that has the token runs
 *   without ever meeting an owner, and the others do not run, so earn nothing. But
 *   two CPUs that take turns then spin for as long as they run. That is to end soon:
 *   hence less than all of the time, and little that is saved up.
 */
#include <linux/preempt.h>
#include <linux/processor.h>
#include <linux/sched.h>

#include "base/clock.h"
#include "handover.h"
#include "spin.h"

#define SPIN_HOLDING_SHIFT 3
#define SPIN_IDLE_SHIFT 6
#define SPIN_SAVED_NS 24000

/* A token that woken waiters found taken more often, of late, is saturated. */
#define SPIN_FUTILE 3

/* An owner that does not run is found out after so many PAUSEs. */
#define OWNER_PAUSES 16

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

/* The kthread of a token's owner, NULL if it has none. */
static struct task_struct *owners_task(struct lwkt_tokref *word)
{
	const struct lwkt_tokref *owner = lwkt_strip(word);

	/* Its memory stays as long as the LWKT world: lwkt_destroy(). */
	return owner ? owner->tr_owner->td_task : NULL;
}

/* True if a thread is runnable here for which a token is kept. */
static bool yield_is_due(const struct lwkt_globaldata *gd, u64 now)
{
	u64 by = READ_ONCE(gd->gd_yield_ns);

	return by && (s64)(now - by) >= 0;
}

static void earn(s64 *account, u64 ns)
{
	*account = min_t(s64, *account + ns, SPIN_SAVED_NS);
}

/*
 * Add to the budget what the time since the last look has earned: the running
 * time of the current thread, if it @ran until now, and all time before. True if
 * there is something to spend.
 */
static bool earn_budget(struct lwkt_globaldata *gd, u64 now, bool ran,
			bool holding)
{
	struct lwkt_handoff_cpu *cpu = lwkt_handoff_cpu(gd);
	u64 from = cpu->spin_from, idle = now - from, running = 0;

	if (ran) {
		if ((s64)(gd->gd_resumed_ns - from) > 0)
			from = gd->gd_resumed_ns;
		running = now - from;
		idle -= running;
	}
	earn(&cpu->spin_ns,
	     running - (running >> 2) + (idle >> SPIN_IDLE_SHIFT));
	earn(&cpu->spin_holding_ns,
	     (running >> SPIN_HOLDING_SHIFT) + (idle >> SPIN_IDLE_SHIFT));
	cpu->spin_from = now;
	return cpu->spin_ns > 0 && (!holding || cpu->spin_holding_ns > 0);
}

/*
 * The first spinner looks at the word; true if @td has the token, or it is free
 * for it. Which thread has it is found out on lines that this thread writes at
 * each acquisition. So an owner is looked at only once it has been there for some
 * PAUSEs.
 */
static bool poll_word(struct lwkt_thread *td, struct lwkt_token *tok,
		      struct lwkt_tokref *ref, u32 *left,
		      struct lwkt_tokref **word)
{
	struct lwkt_globaldata *gd = td->td_gd;
	struct task_struct *task = NULL;
	struct lwkt_tokref *old = NULL;
	u32 same = 0;

	for (;;) {
		*word = READ_ONCE(tok->t_ref);
		if (ref ? lwkt_handoff_take_free(tok, ref, word) :
			  lwkt_handoff_is_free(*word) ||
				    lwkt_handoff_kept_for(tok, td))
			return true;
		if (*word != old) {
			old = *word;
			same = 0;
		} else if (++same == OWNER_PAUSES) {
			task = owners_task(*word);
		}
		/* A thread that a token is kept for is expected to come soon. */
		if (same >= OWNER_PAUSES && task && !READ_ONCE(task->on_cpu))
			return false;
		if (!*left || lwkt_spinner_is_wanted(gd) ||
		    (READ_ONCE(gd->gd_yield_ns) &&
		     yield_is_due(gd, tb_clock_ns())))
			return false;
		--*left;
		cpu_relax();
	}
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
 * Context: the baton holder of the thread's CPU.
 * Return: true if @td has the token, or it is free for @td
 */
bool lwkt_handoff_spin(struct lwkt_thread *td, struct lwkt_token *tok,
		       struct lwkt_tokref *ref, struct lwkt_tokref **word)
{
	struct lwkt_thread_stats *st = lwkt_thread_stats(td);
	struct lwkt_globaldata *gd = td->td_gd;
	struct lwkt_handoff_cpu *cpu = lwkt_handoff_cpu(gd);
	bool holding = ref && ref != td->td_toks;
	struct lwkt_tokref *now;
	u32 left = lwkt_knobs.spin;
	bool got = false;
	u64 start, spent;

	if (!left || (!ref && READ_ONCE(tok->t_futile) > SPIN_FUTILE) ||
	    !has_nothing_better(td))
		return false;
	start = tb_clock_ns();
	if (yield_is_due(gd, start) || !earn_budget(gd, start, ref, holding))
		return false;
	/* Those behind in the queue wait for this CPU. */
	preempt_disable();
	if (lwkt_spinq_join(tok, gd)) {
		got = poll_word(td, tok, ref, &left, &now);
		lwkt_spinq_leave(tok, gd);
		if (word)
			*word = now;
	}
	preempt_enable();
	spent = tb_clock_ns() - start;
	cpu->spin_from += spent;
	cpu->spin_ns -= spent;
	if (holding) {
		cpu->spin_holding_ns -= spent;
		st->hold_while_spin_ns += spent;
	}
	st->spins += lwkt_knobs.spin - left;
	st->spin_ok += got && ref;
	return got;
}
