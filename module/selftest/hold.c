// SPDX-License-Identifier: GPL-2.0
/*
 * hold.c - a token is held while its thread runs, dropped at every voluntary
 * switch, and all are taken again, or none, before the thread runs again
 */
#include <linux/delay.h>

#include "lwkt/core/tsleep.h"
#include "suites.h"

/* Running, also while Linux lets others have the CPU. */
static void running_fn(struct st_thread *me)
{
	struct st *t = me->t;
	struct lwkt_token *a = &t->tok[0];
	unsigned int i;

	ST_FREE(me, a);
	ST_EQ(t, lwkt_gettoken(a), 0);
	for (i = 0; i < 10; i++)
		ST_TAKEN(me, a);
	/* As good as an involuntary preemption: Linux runs others. */
	for (i = 0; i < 3; i++) {
		usleep_range(500, 1000);
		ST_TAKEN(me, a);
	}
	ST_CHECK(t, lwkt_token_is_held(a));
	ST_EQ(t, lwkt_reltoken(a), 0);
	ST_CHECK(t, !lwkt_token_is_held(a));
	ST_FREE(me, a);
}

static void setup_running(struct st *t)
{
	if (!st_needs_cpus(t, 2) || !st_world(t))
		return;
	st_spawn(t, running_fn, 0);
	st_prober(t);
	st_go(t);
}

/*
 * Dropped: the holder switches away in some way; the peer on the same CPU sees
 * all its tokens free, and ends the holder's wait.
 */
static void drop_check(struct st_thread *me)
{
	struct st *t = me->t;

	ST_CHECK(t, lwkt_token_is_held(&t->tok[0]));
	ST_CHECK(t, lwkt_token_is_held(&t->tok[1]));
	ST_EQ(t, lwkt_cnttoken(&t->tok[0], me->td), 2);
	ST_TAKEN(me, &t->tok[0]);
	ST_TAKEN(me, &t->tok[1]);
	ST_CHECK(t, st_at(t, 2));
}

static void take_three(struct st *t)
{
	ST_EQ(t, lwkt_gettoken(&t->tok[0]), 0);
	ST_EQ(t, lwkt_gettoken(&t->tok[1]), 0);
	ST_EQ(t, lwkt_gettoken(&t->tok[0]), 0);
	st_step(t, 1);
}

static void give_three(struct st *t)
{
	ST_EQ(t, lwkt_reltoken(&t->tok[0]), 0);
	ST_EQ(t, lwkt_reltoken(&t->tok[1]), 0);
	ST_EQ(t, lwkt_reltoken(&t->tok[0]), 0);
}

/* The peer: what the holder had is free while the holder is not current. */
static void see_free(struct st_thread *me)
{
	struct st *t = me->t;
	unsigned int i;

	st_yield_until(t, st_at(t, 1));
	for (i = 0; i < 2; i++) {
		if (!ST_CHECK(t, lwkt_trytoken(&t->tok[i])))
			continue;
		ST_EQ(t, lwkt_reltoken(&t->tok[i]), 0);
	}
	st_step(t, 2);
}

static void yield_fn(struct st_thread *me)
{
	struct st *t = me->t;
	struct lwkt_thread_stats *st = st_stats(me);
	unsigned int n;

	take_three(t);
	/* Not every generation turns its queue at a yield. */
	for (n = 0; !st_at(t, 2) && !READ_ONCE(t->over); n++)
		lwkt_yield();
	drop_check(me);
	ST_EQ(t, st->tokens_dropped, 2 * n);
	ST_EQ(t, st->reacquisitions, n);
	ST_EQ(t, st->tokens_get_undone, 0);
	give_three(t);
}

static void sleep_fn(struct st_thread *me)
{
	struct st *t = me->t;

	take_three(t);
	/* A virtual CPU can stand still for longer than one sleep. */
	do
		lwkt_sleep_ns(NSEC_PER_MSEC);
	while (!st_at(t, 2) && !READ_ONCE(t->over));
	drop_check(me);
	give_three(t);
}

static void tsleep_fn(struct st_thread *me)
{
	struct st *t = me->t;

	take_three(t);
	ST_EQ(t, lwkt_tsleep(t, 0), 0);
	drop_check(me);
	give_three(t);
}

static void tsleep_peer(struct st_thread *me)
{
	see_free(me);
	lwkt_wakeup(me->t);
}

static void lockmgr_fn(struct st_thread *me)
{
	struct st *t = me->t;
	struct lwkt_lock *lk = t->extra;

	/* The peer has the lock. */
	st_yield_until(t, READ_ONCE(lk->lk_owner));
	take_three(t);
	ST_EQ(t, lwkt_lockmgr_exclusive(lk), 0);
	drop_check(me);
	ST_EQ(t, lwkt_lockmgr_release(lk), 0);
	give_three(t);
}

static void lockmgr_peer(struct st_thread *me)
{
	struct st *t = me->t;
	struct lwkt_lock *lk = t->extra;

	ST_EQ(t, lwkt_lockmgr_exclusive(lk), 0);
	st_yield_until(t, READ_ONCE(lk->lk_owner) & LK_WAITERS);
	see_free(me);
	ST_EQ(t, lwkt_lockmgr_release(lk), 0);
}

static void spawn_drop(struct st *t, st_fn holder, st_fn peer)
{
	if (!st_world(t))
		return;
	st_spawn(t, holder, 0);
	st_spawn(t, peer, 0);
	st_prober(t);
	st_go(t);
}

static void setup_drop_yield(struct st *t)
{
	spawn_drop(t, yield_fn, see_free);
}

static void setup_drop_sleep(struct st *t)
{
	spawn_drop(t, sleep_fn, see_free);
}

static void setup_drop_tsleep(struct st *t)
{
	spawn_drop(t, tsleep_fn, tsleep_peer);
}

static void setup_drop_lockmgr(struct st *t)
{
	if (!st_extra(t, sizeof(struct lwkt_lock)))
		return;
	lwkt_lockinit(t->extra, "hold");
	spawn_drop(t, lockmgr_fn, lockmgr_peer);
}

/* Waiting for a further token drops those one has. */
static void wait_fn(struct st_thread *me)
{
	struct st *t = me->t;

	st_until(t, st_at(t, 1));
	ST_EQ(t, lwkt_gettoken(&t->tok[0]), 0);
	ST_EQ(t, lwkt_gettoken(&t->tok[1]), 0);
	ST_CHECK(t, st_at(t, 2));
	ST_CHECK(t, st_stats(me)->tokens_get_undone >= 1);
	ST_EQ(t, lwkt_reltoken(&t->tok[1]), 0);
	ST_EQ(t, lwkt_reltoken(&t->tok[0]), 0);
}

static void wait_peer(struct st_thread *me)
{
	struct st *t = me->t;
	struct st_thread *waiter = &t->th[0];

	ST_EQ(t, lwkt_gettoken(&t->tok[1]), 0);
	st_step(t, 1);
	st_until(t, st_failed(waiter));
	/* Its scheduler may be in the middle of a try right now. */
	st_until(t, lwkt_trytoken(&t->tok[0]));
	st_step(t, 2);
	ST_EQ(t, lwkt_reltoken(&t->tok[0]), 0);
	ST_EQ(t, lwkt_reltoken(&t->tok[1]), 0);
}

static void setup_token_wait(struct st *t)
{
	/* For one that has waited that long all its tokens are kept. */
	if (t->gen == LWKT_GEN_handoff)
		t->knobs.handoff_window_us = 10 * USEC_PER_SEC;
	st_two_threads(t, wait_fn, wait_peer);
}

/* Many tokens, many switches, rivals everywhere: afterwards all are there. */
#define MANY 8
#define ROUNDS 16

static void many_fn(struct st_thread *me)
{
	struct st *t = me->t;
	unsigned int round, i;

	for (i = 0; i < MANY; i++)
		ST_EQ(t, lwkt_gettoken(&t->tok[i]), 0);
	for (round = 0; round < ROUNDS; round++) {
		lwkt_yield();
		for (i = 0; i < MANY; i++)
			ST_CHECK(t, lwkt_token_is_held(&t->tok[i]));
		ST_TAKEN(me, &t->tok[round % MANY]);
		me->ops++;
	}
	for (i = MANY; i-- > 0;)
		ST_EQ(t, lwkt_reltoken(&t->tok[i]), 0);
	st_step(t, 1);
}

static void rival_fn(struct st_thread *me)
{
	struct st *t = me->t;
	unsigned int i;

	while (!st_at(t, 1) && !READ_ONCE(t->over)) {
		i = st_random(me) % MANY;
		if (ST_EQ(t, lwkt_gettoken(&t->tok[i]), 0))
			ST_EQ(t, lwkt_reltoken(&t->tok[i]), 0);
		lwkt_yield();
		compat_relax_cpu();
	}
}

static void setup_retake_all(struct st *t)
{
	unsigned int i;

	if (!st_world(t))
		return;
	st_spawn(t, many_fn, 0);
	st_spawn(t, rival_fn, 0);
	for (i = 2; i < t->ncpus && i < 4; i++)
		st_spawn(t, rival_fn, i);
	st_prober(t);
	st_go(t);
}

static const struct st_case cases[] = {
	{ "running", setup_running },
	{ "dropped_by_yield", setup_drop_yield },
	{ "dropped_by_sleep", setup_drop_sleep },
	{ "dropped_by_tsleep", setup_drop_tsleep },
	{ "dropped_by_lockmgr", setup_drop_lockmgr },
	{ "dropped_by_token", setup_token_wait },
	{ "retaken_all", setup_retake_all },
	{}
};

const struct st_suite st_suite_hold = { "hold", cases };
