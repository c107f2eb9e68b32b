// SPDX-License-Identifier: GPL-2.0
/*
 * handoff.c - what only token-handoff promises: after its window the oldest
 * waiter is served
 */
#include "suites.h"

static bool parked(const struct st_thread *th)
{
	return atomic_read(&th->td->td_blocked);
}

static void waiter_fn(struct st_thread *me)
{
	struct st *t = me->t;

	st_yield_until(t, st_at(t, 1));
	ST_EQ(t, lwkt_gettoken(&t->tok[0]), 0);
	me->ops = t->step;
	/* Held until the other one has tried to barge. */
	st_until(t, st_at(t, 2));
	ST_EQ(t, lwkt_reltoken(&t->tok[0]), 0);
}

static void holder_fn(struct st_thread *me)
{
	struct st *t = me->t;
	bool barged;

	ST_EQ(t, lwkt_gettoken(&t->tok[0]), 0);
	st_step(t, 1);
	st_until(t, parked(&t->th[0]));
	ST_EQ(t, lwkt_reltoken(&t->tok[0]), 0);
	/* It is the waiter's from the release on. */
	barged = lwkt_trytoken(&t->tok[0]);
	if (barged)
		ST_EQ(t, lwkt_reltoken(&t->tok[0]), 0);
	st_step(t, 2);
	ST_CHECK(t, !barged);
}

static void granted(struct st *t)
{
	if (atomic_read(&t->hits[LWKT_TP_GRANT]) < 1)
		st_fail(t, "no waiter was served");
}

static void nothing(enum lwkt_testpoint point, struct lwkt_thread *td,
		    unsigned int n)
{
}

static bool applies(struct st *t)
{
	if (t->gen == LWKT_GEN_handoff)
		return true;
	st_skip(t, "no hand-off");
	return false;
}

static void grant(struct st *t)
{
	if (!applies(t) || !st_needs_cpus(t, 2))
		return;
	t->knobs.handoff_window_us = 0;
	t->knobs.spin = 0;
	st_hook(t, nothing);
	t->check = granted;
	if (!st_world(t))
		return;
	st_spawn(t, waiter_fn, 0);
	st_spawn(t, holder_fn, 1);
	st_go(t);
}

/* In order of arrival with window 0: waiters of one token, one per step. */
#define WAITERS 4

static void fifo_waiter_fn(struct st_thread *me)
{
	struct st *t = me->t;
	unsigned int i;

	st_yield_until(t, st_at(t, 1));
	for (i = 0; i < me->index; i++)
		st_yield_until(t, parked(&t->th[i]));
	ST_EQ(t, lwkt_gettoken(&t->tok[0]), 0);
	me->ops = t->step++;
	ST_EQ(t, lwkt_reltoken(&t->tok[0]), 0);
}

static void fifo_holder_fn(struct st_thread *me)
{
	struct st *t = me->t;
	unsigned int i;

	ST_EQ(t, lwkt_gettoken(&t->tok[0]), 0);
	st_step(t, 1);
	for (i = 0; i < WAITERS; i++)
		st_until(t, parked(&t->th[i]));
	ST_EQ(t, lwkt_reltoken(&t->tok[0]), 0);
}

static void in_order(struct st *t)
{
	unsigned int i;

	for (i = 0; i < WAITERS; i++)
		ST_EQ(t, t->th[i].ops, i + 1);
}

static void fifo(struct st *t)
{
	unsigned int i;

	if (!applies(t) || !st_needs_cpus(t, 2))
		return;
	t->knobs.handoff_window_us = 0;
	t->knobs.spin = 0;
	t->check = in_order;
	if (!st_world(t))
		return;
	/* All of them off the CPU of the holder, which does not yield. */
	for (i = 0; i < WAITERS; i++)
		st_spawn(t, fifo_waiter_fn, 0);
	st_spawn(t, fifo_holder_fn, 1);
	st_go(t);
}

static const struct st_case cases[] = { { "kept_for_the_waiter", grant },
					{ "order_of_arrival", fifo },
					{} };

const struct st_suite st_suite_handoff = { "handoff", cases };
