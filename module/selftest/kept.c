// SPDX-License-Identifier: GPL-2.0
/*
 * kept.c - a token that no running thread holds can be had
 *
 * token-handoff keeps a released token for the thread whose turn it is. Other
 * threads must not depend on that thread getting it: a holder may try, or wait
 * without giving its CPU away, until another thread has been served. Every other
 * generation ends these loops.
 */
#include <linux/irqflags.h>

#include "base/clock.h"
#include "suites.h"

/* Kept from the first failure on; nothing is got by spinning. */
static bool begin_case(struct st *t)
{
	if (!st_needs_cpus(t, 2))
		return false;
	t->knobs.handoff_window_us = 0;
	t->knobs.spin = 0;
	st_hook(t, NULL);
	return st_world(t);
}

static bool kept_for(const struct lwkt_token *tok, const struct st_thread *heir)
{
	return READ_ONCE(tok->t_heir) == heir->td;
}

/* token-handoff: wait until a token is kept for a thread. */
static void until_kept(struct st *t, unsigned int tok, struct st_thread *heir)
{
	if (t->gen == LWKT_GEN_handoff)
		st_until(t, kept_for(&t->tok[tok], heir) || st_keep_ended(t));
}

/*
 * Thread 0 waits for token 0, which thread 1 holds on another CPU and releases
 * when thread 2 has the CPU of thread 0. Thread 2 tries for what is kept for a
 * thread of its own CPU.
 */
static void trier_fn(struct st_thread *me)
{
	struct st *t = me->t;
	struct st_thread *heir = &t->th[0];

	st_yield_until(t, st_failed(heir));
	st_step(t, 2);
	st_until(t, st_at(t, 3));
	until_kept(t, 0, heir);
	if (!st_until(t, lwkt_trytoken(&t->tok[0])))
		return;
	ST_EQ(t, READ_ONCE(heir->ops), 0);
	st_rel(t, 0);
	/* The heir is still the first. */
	until_kept(t, 0, heir);
	st_get(t, 0);
	if (t->gen == LWKT_GEN_handoff)
		ST_CHECK(t, READ_ONCE(heir->ops) || st_keep_ended(t));
	st_rel(t, 0);
}

static void heirs_cpu(struct st *t)
{
	if (!begin_case(t))
		return;
	st_spawn(t, st_want_fn, 0);
	st_spawn(t, st_hold_fn, 1);
	st_spawn(t, trier_fn, 0);
	st_go(t);
}

/* The same where a get may not wait: no thread holds the token. */
static void atomic_fn(struct st_thread *me)
{
	struct st *t = me->t;
	struct st_thread *heir = &t->th[0];
	unsigned long flags;
	int err;

	st_yield_until(t, st_failed(heir));
	st_step(t, 2);
	st_until(t, st_at(t, 3));
	until_kept(t, 0, heir);
	local_irq_save(flags);
	err = lwkt_gettoken(&t->tok[0]);
	local_irq_restore(flags);
	ST_EQ(t, err, 0);
	st_rel(t, 0);
}

static void interrupts_off(struct st *t)
{
	if (!begin_case(t))
		return;
	st_spawn(t, st_want_fn, 0);
	st_spawn(t, st_hold_fn, 1);
	st_spawn(t, atomic_fn, 0);
	st_go(t);
}

/* Thread 2 keeps the heir's CPU until thread 3, which waits, is served. */
static void stubborn_fn(struct st_thread *me)
{
	struct st *t = me->t;

	st_yield_until(t, st_failed(&t->th[0]));
	st_step(t, 2);
	st_until(t, READ_ONCE(t->th[3].ops));
}

static void second_fn(struct st_thread *me)
{
	struct st *t = me->t;

	st_yield_until(t, st_at(t, 3));
	st_get(t, 0);
	WRITE_ONCE(me->ops, 1);
	st_rel(t, 0);
}

static void heirs_cpu_waits(struct st *t)
{
	if (!begin_case(t))
		return;
	st_spawn(t, st_want_fn, 0);
	st_spawn(t, st_hold_fn, 1);
	st_spawn(t, stubborn_fn, 0);
	st_spawn(t, second_fn, 1);
	st_go(t);
}

/* Thread 0 wants tokens 0 and 1; thread 1 holds token 1. */
static void owner_fn(struct st_thread *me)
{
	struct st *t = me->t;
	struct st_thread *eldest = &t->th[0];

	st_get(t, 1);
	st_step(t, 1);
	st_until(t, st_failed(eldest));
	until_kept(t, 0, eldest);
	if (!st_until(t, lwkt_trytoken(&t->tok[0])))
		return;
	ST_EQ(t, READ_ONCE(eldest->ops), 0);
	st_rel(t, 0);
	st_rel(t, 1);
}

static void owner_tries(struct st *t)
{
	if (!begin_case(t))
		return;
	st_spawn(t, st_want_two_fn, 0);
	st_spawn(t, owner_fn, 1);
	st_go(t);
}

/* The owner of token 1 waits until thread 2, which wants token 0, is served. */
static void patron_fn(struct st_thread *me)
{
	struct st *t = me->t;

	st_get(t, 1);
	st_step(t, 1);
	st_until(t, st_failed(&t->th[0]));
	until_kept(t, 0, &t->th[0]);
	st_step(t, 3);
	st_until(t, READ_ONCE(t->th[2].ops));
	st_rel(t, 1);
}

static void owner_waits(struct st *t)
{
	if (!begin_case(t))
		return;
	st_spawn(t, st_want_two_fn, 0);
	st_spawn(t, patron_fn, 1);
	st_spawn(t, second_fn, 0);
	st_go(t);
}

/*
 * The eldest tries in a pause, and waits when it is over. In the pause thread 1
 * has released token 1 and taken it again, so its word is not marked; its second
 * release comes when the eldest waits, and there is no other thread.
 */
static void late_hook(enum lwkt_testpoint point, struct lwkt_thread *td,
		      unsigned int n)
{
	struct st_thread *th = st_of(td);
	struct st *t;
	u64 end;

	if (point != LWKT_TP_SET_PARK || !th || th->index)
		return;
	t = th->t;
	if (!st_keep_ended(t) || st_at(t, 3))
		return;
	st_step(t, 3);
	st_hook_until(t, st_at(t, 4));
	/* Longer than a first pause. */
	end = tb_clock_ns() + 30 * NSEC_PER_MSEC;
	st_hook_until(t, tb_clock_ns() > end);
	st_step(t, 5);
}

static void again_fn(struct st_thread *me)
{
	struct st *t = me->t;

	st_get(t, 1);
	st_step(t, 1);
	if (!st_until(t, st_at(t, 3)))
		return;
	st_rel(t, 1);
	st_until(t, lwkt_trytoken(&t->tok[1]));
	st_step(t, 4);
	st_until(t, st_at(t, 5) && st_blocked(&t->th[0]));
	st_rel(t, 1);
}

static void pause_ends(struct st *t)
{
	if (!st_needs_handoff(t))
		return;
	t->knobs.handoff_window_us = 0;
	t->knobs.spin = 0;
	st_hook(t, late_hook);
	st_two_threads(t, st_want_two_fn, again_fn);
}

static const struct st_case cases[] = {
	{ "try_on_the_heirs_cpu", heirs_cpu },
	{ "get_with_interrupts_off", interrupts_off },
	{ "wait_on_the_heirs_cpu", heirs_cpu_waits },
	{ "try_by_an_owner", owner_tries },
	{ "wait_by_an_owner", owner_waits },
	{ "pause_ends_before_parking", pause_ends },
	{}
};

const struct st_suite st_suite_kept = { "kept", cases };
