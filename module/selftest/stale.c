// SPDX-License-Identifier: GPL-2.0
/*
 * stale.c - a thread can tell whether somebody else held its token while it was
 * away
 */
#include "suites.h"

static void undisturbed_fn(struct st_thread *me)
{
	struct st *t = me->t;
	unsigned int i;

	ST_EQ(t, lwkt_gettoken(&t->tok[0]), 0);
	ST_EQ(t, lwkt_gettoken(&t->tok[0]), 0);
	ST_CHECK(t, !lwkt_token_is_stale(&t->tok[0]));
	for (i = 0; i < 5; i++) {
		lwkt_yield();
		ST_CHECK(t, !lwkt_token_is_stale(&t->tok[0]));
	}
	lwkt_sleep_ns(1000);
	ST_CHECK(t, !lwkt_token_is_stale(&t->tok[0]));
	ST_EQ(t, lwkt_reltoken(&t->tok[0]), 0);
	ST_CHECK(t, !lwkt_token_is_stale(&t->tok[0]));
	ST_EQ(t, lwkt_reltoken(&t->tok[0]), 0);
	ST_EQ(t, st_stats(me)->stale, 0);
}

static void undisturbed(struct st *t)
{
	if (!st_world(t))
		return;
	st_spawn(t, undisturbed_fn, 0);
	st_go(t);
}

/* Somebody took one of the two: that one is stale, once. */
static void taken_fn(struct st_thread *me)
{
	struct st *t = me->t;

	ST_EQ(t, lwkt_gettoken(&t->tok[0]), 0);
	ST_EQ(t, lwkt_gettoken(&t->tok[1]), 0);
	st_step(t, 1);
	st_yield_until(t, st_at(t, 2));
	ST_CHECK(t, lwkt_token_is_stale(&t->tok[0]));
	ST_CHECK(t, !lwkt_token_is_stale(&t->tok[1]));
	ST_EQ(t, st_stats(me)->stale, 1);
	lwkt_yield();
	ST_CHECK(t, !lwkt_token_is_stale(&t->tok[0]));
	ST_EQ(t, lwkt_reltoken(&t->tok[1]), 0);
	ST_EQ(t, lwkt_reltoken(&t->tok[0]), 0);
	/* Taken anew, it is fresh. */
	ST_EQ(t, lwkt_gettoken(&t->tok[0]), 0);
	ST_CHECK(t, !lwkt_token_is_stale(&t->tok[0]));
	ST_EQ(t, lwkt_reltoken(&t->tok[0]), 0);
}

static void taker_fn(struct st_thread *me)
{
	struct st *t = me->t;

	st_yield_until(t, st_at(t, 1));
	ST_CHECK(t, lwkt_trytoken(&t->tok[0]));
	ST_EQ(t, lwkt_reltoken(&t->tok[0]), 0);
	st_step(t, 2);
}

static void taken(struct st *t)
{
	if (!st_world(t))
		return;
	st_spawn(t, taken_fn, 0);
	st_spawn(t, taker_fn, 0);
	st_go(t);
}

/* A reader changes nothing. */
static void read_fn(struct st_thread *me)
{
	struct st *t = me->t;

	if (!st_shared_mode(me)) {
		st_step(t, 4);
		return;
	}
	ST_EQ(t, lwkt_gettoken(&t->tok[0]), 0);
	st_step(t, 1);
	st_yield_until(t, st_at(t, 2));
	ST_CHECK(t, !lwkt_token_is_stale(&t->tok[0]));
	ST_EQ(t, lwkt_reltoken(&t->tok[0]), 0);
	/* And notices a writer. */
	ST_EQ(t, lwkt_gettoken_shared(&t->tok[0]), 0);
	st_step(t, 3);
	st_yield_until(t, st_at(t, 4));
	ST_CHECK(t, lwkt_token_is_stale(&t->tok[0]));
	ST_EQ(t, lwkt_reltoken(&t->tok[0]), 0);
}

static void reader_fn(struct st_thread *me)
{
	struct st *t = me->t;

	st_yield_until(t, st_at(t, 1));
	if (st_at(t, 4))
		return;
	ST_EQ(t, lwkt_gettoken_shared(&t->tok[0]), 0);
	ST_EQ(t, lwkt_reltoken(&t->tok[0]), 0);
	st_step(t, 2);
	st_yield_until(t, st_at(t, 3));
	ST_EQ(t, lwkt_gettoken(&t->tok[0]), 0);
	ST_EQ(t, lwkt_reltoken(&t->tok[0]), 0);
	st_step(t, 4);
}

static void readers(struct st *t)
{
	if (!st_world(t))
		return;
	st_spawn(t, read_fn, 0);
	st_spawn(t, reader_fn, 0);
	st_go(t);
}

static const struct st_case cases[] = { { "not_if_undisturbed", undisturbed },
					{ "if_somebody_had_it", taken },
					{ "not_by_readers", readers },
					{} };

const struct st_suite st_suite_stale = { "stale", cases };
