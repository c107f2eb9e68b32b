// SPDX-License-Identifier: GPL-2.0
/*
 * rank.c - priorities: a waiter whose CPU runs a thread of higher priority does
 * not keep a token from waiters that their CPU would run
 *
 * Thread 0 (low) waits first, thread 1 (high) after it; then thread 2 (middle)
 * has their CPU and gives it only to a thread of higher priority, until thread 1
 * is served. Thread 3 holds what thread 0 wants.
 */
#include "suites.h"

#define PRI_LOW (TDPRI_KERN_USER - 1)
#define PRI_MIDDLE TDPRI_KERN_USER
#define PRI_HIGH (TDPRI_KERN_USER + 1)

/* No window ends in a test. */
#define ENDLESS_US (10 * USEC_PER_SEC)

static void middle_fn(struct st_thread *me)
{
	struct st *t = me->t;

	st_step(t, 2);
	st_yield_until(t, READ_ONCE(t->th[1].ops));
}

/* A thread of low priority has the CPU when the token is released. */
static void neighbour_fn(struct st_thread *me)
{
	st_step(me->t, 2);
	st_until(me->t, st_at(me->t, 3));
}

/* Both wait, in this order. (In the set's case token 0 may be free.) */
static void line_up(struct st *t, unsigned int held)
{
	st_get(t, held);
	st_step(t, 1);
	st_until(t, st_failed(&t->th[0]));
	if (held && t->gen == LWKT_GEN_handoff)
		st_until(t, READ_ONCE(t->tok[0].t_heir) || st_keep_ended(t));
	st_start(&t->th[1]);
	st_until(t, st_failed(&t->th[1]) || READ_ONCE(t->th[1].ops));
}

static void holder_fn(struct st_thread *me)
{
	struct st *t = me->t;

	line_up(t, 0);
	st_start(&t->th[2]);
	st_until(t, st_at(t, 2));
	st_rel(t, 0);
}

static void holder_of_second(struct st_thread *me)
{
	struct st *t = me->t;

	line_up(t, 1);
	st_start(&t->th[2]);
	st_until(t, st_at(t, 2));
	st_rel(t, 1);
}

/* Thread 2 becomes runnable after the token was kept for thread 0. */
static void holder_with_neighbour(struct st_thread *me)
{
	struct st *t = me->t;

	line_up(t, 0);
	st_start(&t->th[4]);
	st_until(t, st_at(t, 2));
	st_rel(t, 0);
	st_start(&t->th[2]);
	st_step(t, 3);
}

static void setup_line(struct st *t, u32 window_us, st_fn low, st_fn holder,
		       st_fn neighbour)
{
	if (!st_needs_cpus(t, 2))
		return;
	t->knobs.handoff_window_us = window_us;
	t->knobs.spin = 0;
	st_hook(t, NULL);
	if (!st_world(t))
		return;
	st_spawn_pri(t, low, 0, PRI_LOW);
	st_spawn_pri(t, st_want_fn, 0, PRI_HIGH);
	st_spawn_pri(t, middle_fn, 0, PRI_MIDDLE);
	st_spawn_pri(t, holder, 1, PRI_MIDDLE);
	if (neighbour)
		st_spawn_pri(t, neighbour, 0, PRI_LOW);
	if (t->nthreads < 4)
		return;
	st_start(&t->th[3]);
	st_start(&t->th[0]);
}

static void setup_heir(struct st *t)
{
	setup_line(t, 0, st_want_fn, holder_fn, NULL);
}

static void setup_awake(struct st *t)
{
	setup_line(t, ENDLESS_US, st_want_fn, holder_fn, NULL);
}

static void setup_eldest(struct st *t)
{
	setup_line(t, 0, st_want_two_fn, holder_of_second, NULL);
}

static void setup_later(struct st *t)
{
	setup_line(t, 0, st_want_fn, holder_with_neighbour, neighbour_fn);
}

static void setup_awake_later(struct st *t)
{
	setup_line(t, ENDLESS_US, st_want_fn, holder_with_neighbour,
		   neighbour_fn);
}

static const struct st_case cases[] = {
	{ "outranked_heir", setup_heir },
	{ "outranked_first", setup_awake },
	{ "outranked_set", setup_eldest },
	{ "outranked_after_grant", setup_later },
	{ "outranked_after_wake", setup_awake_later },
	{}
};

const struct st_suite st_suite_rank = { "rank", cases };
