// SPDX-License-Identifier: GPL-2.0
/*
 * handoff.c - what only token-handoff promises: after its window the oldest
 * waiter is served, in order of arrival; wake-ups hold no lock up; spinning has
 * a budget; sets are bound a window apart
 */
#include <linux/irqflags.h>
#include <linux/preempt.h>

#include "base/clock.h"
#include "lwkt/token/tries.h"
#include "suites.h"

static bool begin_case(struct st *t)
{
	if (!st_needs_handoff(t))
		return false;
	t->knobs.handoff_window_us = 0;
	t->knobs.spin = 0;
	return st_needs_cpus(t, 2);
}

/*
 * A waiter may find by itself that the token was released: it looks once more
 * when it has left the run queue, and when its timer ends. In one of so many
 * rounds it does not.
 */
#define GRANT_ROUNDS 20

static void waiter_fn(struct st_thread *me)
{
	struct st *t = me->t;
	unsigned int i;

	for (i = 1; i <= GRANT_ROUNDS; i++) {
		st_yield_until(t, st_at(t, i));
		st_get(t, 0);
		ST_CHECK(t, READ_ONCE(t->th[1].ops) < i || st_keep_ended(t));
		WRITE_ONCE(me->ops, i);
		st_rel(t, 0);
	}
}

/* It comes back at once and would get the token, if that were free. */
static void holder_fn(struct st_thread *me)
{
	struct st *t = me->t;
	unsigned int i;

	for (i = 1; i <= GRANT_ROUNDS; i++) {
		st_get(t, 0);
		st_step(t, i);
		st_until(t, st_blocked(&t->th[0]));
		st_rel(t, 0);
		st_get(t, 0);
		WRITE_ONCE(me->ops, i);
		ST_CHECK(t, READ_ONCE(t->th[0].ops) >= i || st_keep_ended(t));
		st_rel(t, 0);
	}
}

static void check_granted(struct st *t)
{
	if (atomic_read(&t->hits[LWKT_TP_GRANT]) < 1)
		st_fail(t, "no waiter was served");
	if (atomic_read(&t->hits[LWKT_TP_WAKE]) < 1)
		st_fail(t, "no waiter was woken");
}

/* A release wakes a thread with no lock held, so with interrupts on. */
static void wakes_hook(enum lwkt_testpoint point, struct lwkt_thread *td,
		       unsigned int n)
{
	if (point == LWKT_TP_WAKE && !in_hardirq())
		ST_CHECK(st_hooked(), !irqs_disabled());
}

static void setup_grant(struct st *t)
{
	if (!begin_case(t))
		return;
	st_hook(t, wakes_hook);
	t->check = check_granted;
	st_two_threads(t, waiter_fn, holder_fn);
}

/*
 * In order of arrival with window 0, on both CPUs. A waiter can park only while
 * the token is held on the other CPU, so it goes from one CPU to the other, past
 * those that wait: by lwkt_trytoken(), which does not lose them their places.
 */
#define WAITERS 4

/* Steps: 2 * i + 1: the next holder is ready for waiter i; + 2: it may come. */
static void fifo_waiter_fn(struct st_thread *me)
{
	struct st *t = me->t;

	st_yield_until(t, st_at(t, 2 * me->index + 2));
	st_get(t, 0);
	WRITE_ONCE(me->ops, ++t->step);
	st_rel(t, 0);
}

static void fifo_holder_fn(struct st_thread *me)
{
	struct st *t = me->t;
	unsigned int i;

	/* It holds while the waiters of the other CPU come: every second one. */
	for (i = !me->cpu; i < WAITERS; i += 2) {
		if (i) {
			st_yield_until(t, st_at(t, 2 * i));
			st_yield_until(t, st_blocked(&t->th[i - 1]));
		}
		/* From here on its CPU makes no pass that would serve an heir. */
		st_step(t, 2 * i + 1);
		st_until(t, lwkt_trytoken(&t->tok[0]));
		st_step(t, 2 * i + 2);
		if (i == WAITERS - 1) {
			st_until(t, st_blocked(&t->th[i]));
			st_rel(t, 0);
		} else {
			st_until(t, st_at(t, 2 * i + 3));
			st_rel(t, 0);
			st_until(t, lwkt_strip(READ_ONCE(t->tok[0].t_ref)));
		}
	}
}

static void check_in_order(struct st *t)
{
	unsigned int i;

	if (st_keep_ended(t)) {
		st_skip(t, "an heir's CPU was away for the limit of a keep");
		return;
	}
	for (i = 0; i < WAITERS; i++)
		ST_EQ(t, t->th[i].ops, 2 * WAITERS + i + 1);
}

static void setup_fifo(struct st *t)
{
	unsigned int i;

	if (!begin_case(t))
		return;
	st_hook(t, wakes_hook);
	t->check = check_in_order;
	if (!st_world(t))
		return;
	for (i = 0; i < WAITERS; i++)
		st_spawn(t, fifo_waiter_fn, i % 2);
	st_spawn(t, fifo_holder_fn, 0);
	st_spawn(t, fifo_holder_fn, 1);
	st_go(t);
}

/*
 * The budget of spinning: what is spent, before a spin begins, was
 * earned: an eighth of all time, since it holds another token, and what is saved
 * up. Thread 0 holds the token for long, thread 1 holds another one and comes for it
 * again and again.
 */
#define SPIN_ROUNDS 100
#define SPIN_SAVED_NS 24000
#define SPIN_SHARE 8
#define LONG_NS (300 * NSEC_PER_USEC)

static void long_holder_fn(struct st_thread *me)
{
	struct st *t = me->t;
	struct st_thread *spinner = &t->th[1];
	unsigned int i;
	u64 end;

	for (i = 1; i <= SPIN_ROUNDS; i++) {
		st_get(t, 0);
		st_step(t, i);
		end = tb_clock_ns() + LONG_NS;
		while ((s64)(end - tb_clock_ns()) > 0)
			cpu_relax();
		st_rel(t, 0);
		if (!st_until(t, READ_ONCE(spinner->ops) >= i))
			return;
	}
}

static void spinner_fn(struct st_thread *me)
{
	struct st *t = me->t;
	u64 *start = t->extra, spent, last, limit;
	unsigned int i;

	for (i = 1; i <= SPIN_ROUNDS; i++) {
		st_get(t, 1);
		if (!st_until(t, st_at(t, i)))
			return;
		last = st_stats(me)->hold_while_spin_ns;
		st_get(t, 0);
		spent = st_stats(me)->hold_while_spin_ns;
		limit = SPIN_SAVED_NS + (tb_clock_ns() - *start) / SPIN_SHARE;
		/* A spin began, with what had been spent before. */
		if (spent != last && last > limit)
			st_fail(t, "round %u: %llu ns of spins, %llu earned", i,
				last, limit);
		st_rel(t, 0);
		st_rel(t, 1);
		WRITE_ONCE(me->ops, i);
	}
	/* With more virtual CPUs than the host runs at a time it may never. */
	if (!spent)
		st_skip(t, "it never spun: a CPU was away");
}

static void setup_budget(struct st *t)
{
	u64 *start;

	if (!begin_case(t))
		return;
	t->knobs.spin = 100000;
	start = st_extra(t, sizeof(*start));
	if (!start)
		return;
	*start = tb_clock_ns();
	st_two_threads(t, long_holder_fn, spinner_fn);
}

/* Longer than a virtual CPU is away as a rule, shorter than a test's patience. */
#define GAP_US (50 * USEC_PER_MSEC)

static bool set_is_bound(struct st *t)
{
	return READ_ONCE(t->tok[0].t_eldest);
}

static void set_twice_fn(struct st_thread *me)
{
	struct st *t = me->t;
	unsigned int i;

	for (i = 0; i < 2; i++) {
		st_until(t, st_at(t, 2 * i + 1));
		st_get(t, 0);
		st_get(t, 1);
		st_rel(t, 1);
		st_rel(t, 0);
		st_step(t, 2 * i + 2);
	}
}

/*
 * Thread 0 is nominated at its first failure each time, since there is no window.
 * There is one only when it has its first set, so that a gap begins.
 */
static void gap_holder_fn(struct st_thread *me)
{
	struct st *t = me->t;
	u64 start;

	st_get(t, 1);
	st_step(t, 1);
	st_until(t, set_is_bound(t) && st_blocked(&t->th[0]));
	start = tb_clock_ns();
	WRITE_ONCE(lwkt_knobs.handoff_window_us, GAP_US);
	st_rel(t, 1);
	st_until(t, st_at(t, 2));
	WRITE_ONCE(lwkt_knobs.handoff_window_us, 0);
	st_get(t, 1);
	st_step(t, 3);
	/* No release wakes thread 0 meanwhile: its timer does. */
	st_until(t, set_is_bound(t));
	ST_CHECK(t, tb_clock_ns() - start >= GAP_US * NSEC_PER_USEC);
	st_rel(t, 1);
	st_until(t, st_at(t, 4));
}

/* The CPU of thread 0 is never idle, so does not wake it to try again. */
static void busy_fn(struct st_thread *me)
{
	st_yield_until(me->t, st_at(me->t, 4));
}

static void setup_gap(struct st *t)
{
	if (!begin_case(t) || !st_world(t))
		return;
	st_spawn(t, set_twice_fn, 0);
	st_spawn(t, gap_holder_fn, 1);
	st_spawn(t, busy_fn, 0);
	st_go(t);
}

static const struct st_case cases[] = { { "kept_for_the_waiter", setup_grant },
					{ "order_of_arrival", setup_fifo },
					{ "budget_of_spinning", setup_budget },
					{ "gap_between_sets", setup_gap },
					{} };

const struct st_suite st_suite_handoff = { "handoff", cases };
