// SPDX-License-Identifier: GPL-2.0
/*
 * wake.c - lwkt_schedule() of a thread that sleeps for something else
 *
 * The thread becomes runnable, finds that what it sleeps for has not come, and
 * goes back to sleep: it owns no lock that it was not given, no sleep is shorter
 * than asked for, and no timer runs on that would end its next wait. With a token
 * that it has to wait for in between, which in token-handoff uses the same timer.
 */
#include "base/clock.h"
#include "lwkt/core/tsleep.h"
#include "suites.h"

#define SLEEP_NS (40 * NSEC_PER_MSEC)
#define ROUNDS 3

/* What thread 0 does; returns when its sleep is over. */
typedef void (*sleep_fn)(struct st_thread *me);

/**
 * struct early - a test
 * @lock: what it may sleep for
 * @sleep: how it sleeps
 * @timed: it wakes by itself after SLEEP_NS
 * @token: it holds a token, which is taken while it sleeps
 */
struct early {
	struct lwkt_lock lock;
	sleep_fn sleep;
	bool timed;
	bool token;
};

static void nap_fn(struct st_thread *me)
{
	lwkt_sleep_ns(SLEEP_NS);
}

static void sleep_tsleep(struct st_thread *me)
{
	ST_EQ(me->t, lwkt_tsleep(me, 0), 0);
	ST_CHECK(me->t, list_empty(&me->td->td_sleepq));
}

static void sleep_timeout(struct st_thread *me)
{
	ST_EQ(me->t, lwkt_tsleep(me, SLEEP_NS), -EWOULDBLOCK);
	ST_CHECK(me->t, list_empty(&me->td->td_sleepq));
}

static void sleep_lock(struct st_thread *me)
{
	struct early *e = me->t->extra;

	ST_EQ(me->t, lwkt_lockmgr_exclusive(&e->lock), 0);
	ST_EQ(me->t, READ_ONCE(e->lock.lk_owner), (unsigned long)me->td);
	ST_EQ(me->t, lwkt_lockmgr_release(&e->lock), 0);
}

static void sleeper_fn(struct st_thread *me)
{
	struct st *t = me->t;
	struct early *e = t->extra;
	u64 start;

	st_yield_until(t, st_at(t, 1));
	if (e->token)
		ST_EQ(t, lwkt_gettoken(&t->tok[0]), 0);
	start = tb_clock_ns();
	e->sleep(me);
	WRITE_ONCE(me->ops, 1);
	/* Two clocks that need not agree to the last percent. */
	if (e->timed)
		ST_CHECK(t, tb_clock_ns() - start >= SLEEP_NS / 2);
	else
		ST_CHECK(t, st_at(t, 2));
	ST_CHECK(t, !hrtimer_active(&me->td->td_timer));
	if (e->token)
		ST_EQ(t, lwkt_reltoken(&t->tok[0]), 0);
}

/* Wake it, and let it find that this was nothing. */
static void wake_early(struct st_thread *me, struct st_thread *sleeper)
{
	struct st *t = me->t;
	struct early *e = t->extra;
	u64 before = st_failed(sleeper);

	if (!e->token) {
		lwkt_schedule(sleeper->td);
		st_yield_until(t,
			       st_blocked(sleeper) || READ_ONCE(sleeper->ops));
		return;
	}
	ST_EQ(t, lwkt_gettoken(&t->tok[0]), 0);
	lwkt_schedule(sleeper->td);
	st_until(t, st_failed(sleeper) > before || READ_ONCE(sleeper->ops));
	ST_EQ(t, lwkt_reltoken(&t->tok[0]), 0);
	st_until(t, st_blocked(sleeper) || READ_ONCE(sleeper->ops));
}

static void waker_fn(struct st_thread *me)
{
	struct st *t = me->t;
	struct early *e = t->extra;
	struct st_thread *sleeper = &t->th[0];
	unsigned int i;

	if (e->sleep == sleep_lock)
		ST_EQ(t, lwkt_lockmgr_exclusive(&e->lock), 0);
	st_step(t, 1);
	st_yield_until(t, st_blocked(sleeper));
	for (i = 0; i < ROUNDS && !READ_ONCE(sleeper->ops); i++)
		wake_early(me, sleeper);
	if (!e->timed)
		ST_EQ(t, READ_ONCE(sleeper->ops), 0);
	st_step(t, 2);
	if (e->sleep == sleep_lock)
		ST_EQ(t, lwkt_lockmgr_release(&e->lock), 0);
	else if (!e->timed)
		lwkt_wakeup(sleeper);
}

static void setup_early(struct st *t, sleep_fn sleep, bool timed, bool token)
{
	struct early *e;

	if (token && !st_needs_cpus(t, 2))
		return;
	e = st_extra(t, sizeof(*e));
	if (!e)
		return;
	lwkt_lockinit(&e->lock, "early");
	e->sleep = sleep;
	e->timed = timed;
	e->token = token;
	if (!st_world(t))
		return;
	st_spawn(t, sleeper_fn, 0);
	st_spawn(t, waker_fn, 1);
	st_go(t);
}

static void early_nap(struct st *t)
{
	setup_early(t, nap_fn, true, false);
}

static void early_nap_token(struct st *t)
{
	setup_early(t, nap_fn, true, true);
}

static void early_tsleep(struct st *t)
{
	setup_early(t, sleep_tsleep, false, false);
}

static void early_tsleep_token(struct st *t)
{
	setup_early(t, sleep_tsleep, false, true);
}

static void early_timeout(struct st *t)
{
	setup_early(t, sleep_timeout, true, false);
}

static void early_timeout_token(struct st *t)
{
	setup_early(t, sleep_timeout, true, true);
}

static void early_lock(struct st *t)
{
	setup_early(t, sleep_lock, false, false);
}

static void early_lock_token(struct st *t)
{
	setup_early(t, sleep_lock, false, true);
}

static const struct st_case cases[] = {
	{ "early_in_sleep", early_nap },
	{ "early_in_sleep_with_token", early_nap_token },
	{ "early_in_tsleep", early_tsleep },
	{ "early_in_tsleep_with_token", early_tsleep_token },
	{ "early_in_timeout", early_timeout },
	{ "early_in_timeout_with_token", early_timeout_token },
	{ "early_in_lockmgr", early_lock },
	{ "early_in_lockmgr_with_token", early_lock_token },
	{}
};

const struct st_suite st_suite_wake = { "wake", cases };
