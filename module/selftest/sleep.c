// SPDX-License-Identifier: GPL-2.0
/*
 * sleep.c - tsleep and wakeup: no thread oversleeps, and none is woken for another
 */
#include <linux/hrtimer.h>

#include "base/clock.h"
#include "lwkt/core/tsleep.h"
#include "suites.h"

#define SHORT_NS NSEC_PER_MSEC
#define ROUNDS 300

/* The wakeup comes between the interlock and the sleep. */
static void before_fn(struct st_thread *me)
{
	struct st *t = me->t;
	u64 *switches = &me->td->td_gd->gd_stats[0].switches, seen;

	ST_EQ(t, lwkt_gettoken(&t->tok[0]), 0);
	ST_EQ(t, lwkt_tsleep_interlock(me), 0);
	ST_TAKEN(me, &t->tok[0]);
	lwkt_wakeup(me);
	seen = *switches;
	ST_EQ(t, lwkt_tsleep(me, 0), 0);
	ST_EQ(t, *switches, seen);
	ST_TAKEN(me, &t->tok[0]);
	ST_EQ(t, lwkt_reltoken(&t->tok[0]), 0);

	ST_EQ(t, lwkt_tsleep_interlock(me), 0);
	lwkt_wakeup_one(me);
	ST_EQ(t, lwkt_tsleep(me, 0), 0);
}

static void setup_before(struct st *t)
{
	st_one_thread(t, before_fn);
}

/* A wakeup without a sleeper is forgotten; so is one for another address. */
static void forgotten_fn(struct st_thread *me)
{
	struct st *t = me->t;

	lwkt_wakeup(me);
	ST_EQ(t, lwkt_tsleep(me, SHORT_NS), -EWOULDBLOCK);
	lwkt_wakeup(me);
	ST_EQ(t, lwkt_tsleep_interlock(me), 0);
	lwkt_wakeup(&me->index);
	ST_EQ(t, lwkt_tsleep(me, SHORT_NS), -EWOULDBLOCK);
	/* A second interlock replaces the first. */
	ST_EQ(t, lwkt_tsleep_interlock(me), 0);
	ST_EQ(t, lwkt_tsleep_interlock(t), 0);
	lwkt_wakeup(me);
	ST_EQ(t, lwkt_tsleep(t, SHORT_NS), -EWOULDBLOCK);
	/* And a sleep for something else ends it. */
	ST_EQ(t, lwkt_tsleep_interlock(me), 0);
	ST_EQ(t, lwkt_tsleep(t, SHORT_NS), -EWOULDBLOCK);
	lwkt_wakeup(me);
	ST_EQ(t, lwkt_tsleep(me, SHORT_NS), -EWOULDBLOCK);
	/* Left behind on purpose: the thread ends interlocked. */
	ST_EQ(t, lwkt_tsleep_interlock(me), 0);
}

static void check_wake_leftover(struct st *t)
{
	lwkt_wakeup(&t->th[0]);
}

static void setup_forgotten(struct st *t)
{
	t->check = check_wake_leftover;
	st_one_thread(t, forgotten_fn);
}

static void timeout_fn(struct st_thread *me)
{
	struct st *t = me->t;
	u64 start;

	ST_EQ(t, lwkt_gettoken(&t->tok[0]), 0);
	start = tb_clock_ns();
	ST_EQ(t, lwkt_tsleep(me, 2 * SHORT_NS), -EWOULDBLOCK);
	/* Two clocks that need not agree to the last percent. */
	ST_CHECK(t, tb_clock_ns() - start >= SHORT_NS);
	ST_TAKEN(me, &t->tok[0]);
	ST_EQ(t, lwkt_tsleep_interlock(me), 0);
	ST_EQ(t, lwkt_tsleep(me, 1), -EWOULDBLOCK);
	ST_TAKEN(me, &t->tok[0]);
	ST_EQ(t, lwkt_reltoken(&t->tok[0]), 0);
}

static void setup_timeout(struct st *t)
{
	st_one_thread(t, timeout_fn);
}

/* Sleepers on all CPUs; the last thread is the waker. */
#define SLEEPERS 6

static void sleeper_fn(struct st_thread *me)
{
	struct st *t = me->t;

	ST_EQ(t, lwkt_tsleep(t, 0), 0);
	/* In which order did they come back? Under token 0. */
	ST_EQ(t, lwkt_gettoken(&t->tok[0]), 0);
	me->ops = t->step + 1;
	st_step(t, t->step + 1);
	ST_EQ(t, lwkt_reltoken(&t->tok[0]), 0);
}

/* Queued for something else: must stay asleep. */
static void bystander_fn(struct st_thread *me)
{
	ST_EQ(me->t, lwkt_tsleep(me, 50 * SHORT_NS), -EWOULDBLOCK);
	WRITE_ONCE(me->ops, 1);
}

static bool all_asleep(struct st *t, unsigned int n)
{
	unsigned int i;

	for (i = 0; i < n; i++)
		if (!READ_ONCE(t->th[i].td->td_asleep))
			return false;
	return true;
}

/* It sleeps, or a CPU was away and its time is over. */
static bool bystander_slept(struct st *t)
{
	return READ_ONCE(t->th[SLEEPERS].td->td_asleep) ||
	       READ_ONCE(t->th[SLEEPERS].ops);
}

static void wake_all_fn(struct st_thread *me)
{
	struct st *t = me->t;

	st_yield_until(t, all_asleep(t, SLEEPERS) && bystander_slept(t));
	lwkt_wakeup(t);
	st_yield_until(t, st_at(t, SLEEPERS));
}

static void wake_one_fn(struct st_thread *me)
{
	struct st *t = me->t;
	unsigned int i;

	st_yield_until(t, all_asleep(t, 3));
	for (i = 1; i <= 3; i++) {
		lwkt_wakeup_one(t);
		st_yield_until(t, st_at(t, i));
		lwkt_sleep_ns(SHORT_NS);
		ST_EQ(t, t->step, i);
	}
}

static void check_in_order(struct st *t)
{
	unsigned int i;

	for (i = 0; i < 3; i++)
		ST_EQ(t, t->th[i].ops, i + 1);
}

static void setup_wake_all(struct st *t)
{
	unsigned int i;

	if (!st_world(t))
		return;
	for (i = 0; i < SLEEPERS; i++)
		st_spawn(t, sleeper_fn, i);
	st_spawn(t, bystander_fn, 0);
	st_spawn(t, wake_all_fn, 1);
	st_go(t);
}

/* Each sleeper is asleep before the next is started: the order is known. */
static void ordered_sleeper_fn(struct st_thread *me)
{
	struct st *t = me->t;
	unsigned int i;

	for (i = 0; i < me->index; i++)
		st_yield_until(t, READ_ONCE(t->th[i].td->td_asleep));
	sleeper_fn(me);
}

static void setup_wake_one(struct st *t)
{
	unsigned int i;

	t->check = check_in_order;
	if (!st_world(t))
		return;
	for (i = 0; i < 3; i++)
		st_spawn(t, ordered_sleeper_fn, 0);
	st_spawn(t, wake_one_fn, 0);
	st_go(t);
}

/* A wakeup from a hard interrupt. */
struct st_alarm {
	struct hrtimer timer;
	struct st *t;
};

static enum hrtimer_restart alarm_fires(struct hrtimer *timer)
{
	struct st_alarm *alarm = container_of(timer, struct st_alarm, timer);

	st_step(alarm->t, 1);
	lwkt_wakeup(alarm->t);
	return HRTIMER_NORESTART;
}

static void interrupt_fn(struct st_thread *me)
{
	struct st *t = me->t;
	struct st_alarm *alarm = t->extra;
	unsigned int i;

	for (i = 0; i < 20; i++) {
		st_step(t, 0);
		hrtimer_start(&alarm->timer, ns_to_ktime(10000 * (i % 5 + 1)),
			      HRTIMER_MODE_REL_HARD);
		for (;;) {
			ST_EQ(t, lwkt_tsleep_interlock(t), 0);
			if (st_at(t, 1))
				break;
			ST_EQ(t, lwkt_tsleep(t, 0), 0);
		}
		me->ops++;
	}
	hrtimer_cancel(&alarm->timer);
}

static void setup_interrupt(struct st *t)
{
	struct st_alarm *alarm = st_extra(t, sizeof(*alarm));

	if (!alarm)
		return;
	alarm->t = t;
	compat_hrtimer_setup(&alarm->timer, alarm_fires, HRTIMER_MODE_REL_HARD);
	st_one_thread(t, interrupt_fn);
}

/* Interlocked, and waiting for a lock: the wakeup must not end that wait. */
static void locked_fn(struct st_thread *me)
{
	struct st *t = me->t;
	struct lwkt_lock *lk = t->extra;

	st_yield_until(t, READ_ONCE(lk->lk_owner));
	ST_EQ(t, lwkt_tsleep_interlock(t), 0);
	ST_EQ(t, lwkt_lockmgr_exclusive(lk), 0);
	ST_CHECK(t, st_at(t, 1));
	ST_EQ(t, lwkt_lockmgr_release(lk), 0);
	ST_EQ(t, lwkt_tsleep(t, 0), 0);
}

static void locker_fn(struct st_thread *me)
{
	struct st *t = me->t;
	struct lwkt_lock *lk = t->extra;

	ST_EQ(t, lwkt_lockmgr_exclusive(lk), 0);
	st_yield_until(t, READ_ONCE(lk->lk_owner) & LK_WAITERS);
	lwkt_wakeup(t);
	lwkt_yield();
	lwkt_sleep_ns(SHORT_NS);
	st_step(t, 1);
	ST_EQ(t, lwkt_lockmgr_release(lk), 0);
}

static void setup_locked(struct st *t)
{
	if (!st_extra(t, sizeof(struct lwkt_lock)))
		return;
	lwkt_lockinit(t->extra, "sleep");
	if (!st_world(t))
		return;
	st_spawn(t, locked_fn, 0);
	st_spawn(t, locker_fn, 0);
	st_go(t);
}

/* Two threads take turns; a lost wakeup ends the game. */
static void ball_fn(struct st_thread *me)
{
	struct st *t = me->t;
	unsigned int rounds = st_rounds(t, ROUNDS), round;

	for (round = 0; round < rounds && !READ_ONCE(t->over); round++) {
		for (;;) {
			ST_EQ(t, lwkt_tsleep_interlock(t), 0);
			if (READ_ONCE(t->step) % 2 == me->index ||
			    READ_ONCE(t->over))
				break;
			/* Without a timeout: lost would be lost. */
			ST_EQ(t, lwkt_tsleep(t, 0), 0);
		}
		me->ops++;
		st_step(t, t->step + 1);
		lwkt_wakeup(t);
	}
}

static void setup_ball(struct st *t)
{
	if (!st_world(t))
		return;
	st_spawn(t, ball_fn, 0);
	st_spawn(t, ball_fn, 1);
	st_go(t);
}

/* Timeouts and wakeups at the same moment; whichever, it ends, holding. */
static void close_fn(struct st_thread *me)
{
	struct st *t = me->t;
	unsigned int rounds = st_rounds(t, ROUNDS), round;
	int err;

	for (round = 0; round < rounds && !READ_ONCE(t->over); round++) {
		ST_EQ(t, lwkt_gettoken(&t->tok[0]), 0);
		err = lwkt_tsleep(t, 2000 + round * 16);
		ST_CHECK(t, !err || err == -EWOULDBLOCK);
		ST_CHECK(t, list_empty(&me->td->td_sleepq));
		ST_CHECK(t, !me->td->td_asleep);
		ST_EQ(t, lwkt_reltoken(&t->tok[0]), 0);
		me->ops++;
	}
	st_step(t, 1);
}

static void close_waker_fn(struct st_thread *me)
{
	struct st *t = me->t;

	while (!st_at(t, 1) && !READ_ONCE(t->over)) {
		/* Contends for the token, too: so the sleeper has to wait. */
		ST_EQ(t, lwkt_gettoken(&t->tok[0]), 0);
		lwkt_wakeup(t);
		ST_EQ(t, lwkt_reltoken(&t->tok[0]), 0);
		lwkt_sleep_ns(1000 + st_random(me) % 16000);
	}
}

static void setup_close(struct st *t)
{
	if (!st_world(t))
		return;
	st_spawn(t, close_fn, 0);
	st_spawn(t, close_waker_fn, 1);
	st_go(t);
}

static const struct st_case cases[] = {
	{ "wakeup_before_sleep", setup_before },
	{ "wakeup_forgotten", setup_forgotten },
	{ "timeout", setup_timeout },
	{ "wakeup_all", setup_wake_all },
	{ "wakeup_one", setup_wake_one },
	{ "wakeup_from_interrupt", setup_interrupt },
	{ "interlocked_in_lockmgr", setup_locked },
	{ "no_wakeup_lost", setup_ball },
	{ "timeout_and_wakeup", setup_close },
	{}
};

const struct st_suite st_suite_sleep = { "sleep", cases };
