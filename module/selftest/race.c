// SPDX-License-Identifier: GPL-2.0
/*
 * race.c - the moments that random load hardly ever meets, held open
 *
 * A hook at a testpoint (testpoint.h) waits there until the other side has done
 * what it should do in between. All waits are bounded: a generation that never
 * gets there makes a skipped or a failed test.
 */
#include <linux/irqflags.h>
#include <linux/smp.h>

#include "base/clock.h"
#include "lwkt/core/tsleep.h"
#include "lwkt/token/tries.h"
#include "suites.h"

/* Where a generation that does not poll makes no second try. */
#define QUIET_NS (20 * NSEC_PER_MSEC)

/* Go to sleep with tokens 0 and 1, so that the scheduler has to take them. */
static void sleep_with_two_fn(struct st_thread *me)
{
	struct st *t = me->t;

	st_get(t, 0);
	st_get(t, 1);
	ST_EQ(t, lwkt_tsleep(me, 0), 0);
	ST_CHECK(t, lwkt_token_is_held(&t->tok[0]));
	me->ops++;
	st_rel(t, 1);
	st_rel(t, 0);
}

/* A failed try leaves nothing taken: looked at before the next one. */
static void nothing_hook(enum lwkt_testpoint point, struct lwkt_thread *td,
			 unsigned int n)
{
	struct st_thread *th = st_of(td);

	if (point != LWKT_TP_GETALL || n || !th || th->index ||
	    !st_failed(th) || st_at(th->t, 2))
		return;
	st_step(th->t, 2);
	st_hook_until(th->t, st_at(th->t, 3));
}

static void nothing_peer(struct st_thread *me)
{
	struct st *t = me->t;
	struct st_thread *sleeper = &t->th[0];
	u64 end;

	st_until(t, READ_ONCE(sleeper->td->td_asleep));
	st_get(t, 1);
	lwkt_wakeup(sleeper);
	st_until(t, st_failed(sleeper));
	end = tb_clock_ns() + QUIET_NS;
	st_until(t, st_at(t, 2) || tb_clock_ns() > end);
	if (st_at(t, 2))
		ST_CHECK(t, lwkt_trytoken(&t->tok[0]));
	else
		st_until(t, lwkt_trytoken(&t->tok[0]));
	ST_EQ(t, READ_ONCE(sleeper->ops), 0);
	st_rel(t, 0);
	st_step(t, 3);
	st_rel(t, 1);
}

/* token-handoff: the set is kept for its waiter from the first failure on. */
static void set_strict_knobs(struct st *t)
{
	t->knobs.handoff_window_us = 0;
}

static void setup_all_or_nothing(struct st *t)
{
	set_strict_knobs(t);
	st_hook(t, nothing_hook);
	st_two_threads(t, sleep_with_two_fn, nothing_peer);
}

/* A try stopped before its last token; another thread wants one of the others. */
static void stopped_hook(enum lwkt_testpoint point, struct lwkt_thread *td,
			 unsigned int n)
{
	struct st *t;

	if (point != LWKT_TP_GETALL || n != 3)
		return;
	t = st_first_to_come(td);
	if (!t)
		return;
	st_hook_until(t, st_failed(&t->th[1]));
	ST_EQ(t, READ_ONCE(t->th[1].ops), 0);
}

static void stopped_fn(struct st_thread *me)
{
	struct st *t = me->t;
	unsigned int i;

	for (i = 0; i < 4; i++)
		st_get(t, i);
	lwkt_yield();
	for (i = 4; i-- > 0;)
		st_rel(t, i);
}

static void stopped_peer(struct st_thread *me)
{
	struct st *t = me->t;

	st_until(t, st_at(t, 2));
	st_get(t, 1);
	me->ops++;
	st_rel(t, 1);
}

static void inspect_stopped(struct st *t)
{
	struct st_thread *peer = &t->th[1];

	/* That try went on to succeed: it was no obstruction. */
	lwkt_settle_tries(peer->td);
	ST_CHECK(t, st_failed(peer) >= 1);
	ST_EQ(t, st_stats(peer)->fail_on_tentative, 0);
}

static void setup_stopped(struct st *t)
{
	st_hook(t, stopped_hook);
	t->inspect = inspect_stopped;
	st_two_threads(t, stopped_fn, stopped_peer);
}

/* Lost to a try that then fails itself: counted as such. */
static void tentative_hook(enum lwkt_testpoint point, struct lwkt_thread *td,
			   unsigned int n)
{
	struct st *t;

	if (point != LWKT_TP_GETALL || n != 1)
		return;
	t = st_first_to_come(td);
	if (t)
		st_hook_until(t, st_failed(&t->th[2]) && st_at(t, 3));
}

static void tentative_holder(struct st_thread *me)
{
	struct st *t = me->t;

	st_until(t, READ_ONCE(t->th[0].td->td_asleep));
	lwkt_wakeup(&t->th[0]);
	/* Free until now, also for a try that looks before it takes. */
	st_until(t, st_at(t, 2));
	st_get(t, 1);
	st_step(t, 3);
	st_until(t, READ_ONCE(t->th[2].ops));
	st_rel(t, 1);
}

static void tentative_victim(struct st_thread *me)
{
	struct st *t = me->t;

	st_until(t, st_at(t, 2));
	st_get(t, 0);
	me->ops++;
	st_rel(t, 0);
}

static void inspect_tentative(struct st *t)
{
	struct st_thread *victim = &t->th[2];

	lwkt_settle_tries(victim->td);
	ST_CHECK(t, st_stats(victim)->fail_on_tentative +
				    st_stats(victim)->tentative_unresolved >=
			    1);
	ST_CHECK(t, st_stats(&t->th[0])->tokens_undone >= 1);
}

static void setup_tentative(struct st *t)
{
	if (!st_needs_cpus(t, 3))
		return;
	set_strict_knobs(t);
	st_hook(t, tentative_hook);
	t->inspect = inspect_tentative;
	if (!st_world(t))
		return;
	st_spawn(t, sleep_with_two_fn, 0);
	st_spawn(t, tentative_holder, 1);
	st_spawn(t, tentative_victim, 2);
	st_go(t);
}

/*
 * A release at some point of the wait that begins: CONTENDED, PARK or PARKED.
 * Thread 0 waits, thread 1 holds and releases when thread 0 is there. A wakeup
 * that is lost here is never made up for.
 */
static void release_at(enum lwkt_testpoint at, enum lwkt_testpoint point,
		       struct lwkt_thread *td)
{
	struct st *t;

	if (point != at)
		return;
	t = st_first_to_come(td);
	if (t)
		st_hook_until(t, st_at(t, 3));
}

static void contended_hook(enum lwkt_testpoint point, struct lwkt_thread *td,
			   unsigned int n)
{
	struct st_thread *th = st_of(td);
	unsigned long flags;
	bool got;

	/*
	 * As an interrupt would in the middle of a gettoken: the reference that
	 * is there holds nothing, so this is no misuse (the runner counts).
	 */
	if (point == LWKT_TP_CONTENDED && th && !th->index &&
	    !st_at(th->t, 2)) {
		local_irq_save(flags);
		got = lwkt_trytoken(&th->t->tok[0]);
		local_irq_restore(flags);
		ST_CHECK(th->t, !got);
	}
	release_at(LWKT_TP_CONTENDED, point, td);
}

static void park_hook(enum lwkt_testpoint point, struct lwkt_thread *td,
		      unsigned int n)
{
	release_at(LWKT_TP_PARK, point, td);
}

static void parked_hook(enum lwkt_testpoint point, struct lwkt_thread *td,
			unsigned int n)
{
	release_at(LWKT_TP_PARKED, point, td);
}

static void releaser_fn(struct st_thread *me)
{
	struct st *t = me->t;
	u64 end;

	st_get(t, 0);
	st_step(t, 1);
	st_until(t, st_failed(&t->th[0]) || st_at(t, 2));
	end = tb_clock_ns() + QUIET_NS;
	st_until(t, st_at(t, 2) || tb_clock_ns() > end);
	if (!st_at(t, 2))
		st_skip(t, "this generation does not get there");
	st_rel(t, 0);
	st_step(t, 3);
}

static void setup_released(struct st *t, lwkt_testpoint_fn hook)
{
	st_hook(t, hook);
	st_two_threads(t, st_want_fn, releaser_fn);
}

static void setup_release_contended(struct st *t)
{
	setup_released(t, contended_hook);
}

static void setup_release_park(struct st *t)
{
	setup_released(t, park_hook);
}

static void setup_release_parked(struct st *t)
{
	setup_released(t, parked_hook);
}

/* A wakeup for a thread whose CPU is just about to sleep. */
static void halt_hook(enum lwkt_testpoint point, struct lwkt_thread *td,
		      unsigned int n)
{
	struct st *t = st_hooked();

	if (point != LWKT_TP_HALT || raw_smp_processor_id() != t->cpus[0] ||
	    !READ_ONCE(t->th[0].td->td_asleep) || st_at(t, 2))
		return;
	st_step(t, 2);
	st_hook_until(t, st_at(t, 3));
}

static void halted_fn(struct st_thread *me)
{
	ST_EQ(me->t, lwkt_tsleep(me, 0), 0);
}

static void waker_fn(struct st_thread *me)
{
	struct st *t = me->t;
	u64 end;

	st_until(t, READ_ONCE(t->th[0].td->td_asleep));
	end = tb_clock_ns() + QUIET_NS;
	st_until(t, st_at(t, 2) || tb_clock_ns() > end);
	if (!st_at(t, 2))
		st_skip(t, "this generation does not get there");
	lwkt_wakeup(&t->th[0]);
	st_step(t, 3);
}

static void setup_halting(struct st *t)
{
	if (!st_needs_cpus(t, 2) || !st_world(t))
		return;
	st_spawn(t, halted_fn, 0);
	st_spawn(t, waker_fn, 1);
	if (t->nthreads == 2)
		st_hook(t, halt_hook);
	st_go(t);
}

/*
 * The request bit of a thread whose CPU runs another one: single shared
 * getters wait for it although no thread holds the token (token-backoff without
 * time slots); no other thread does.
 */
static void request_reader(struct st_thread *me)
{
	struct st *t = me->t;

	if (!st_shared_mode(me)) {
		WRITE_ONCE(t->over, true);
		return;
	}
	ST_EQ(t, lwkt_gettoken_shared(&t->tok[0]), 0);
	st_start(&t->th[1]);
	st_until(t, st_failed(&t->th[1]));
	st_start(&t->th[2]);
	st_until(t, READ_ONCE(t->th[2].ops));
	st_rel(t, 0);
	ST_EQ(t, lwkt_gettoken_shared(&t->tok[0]), 0);
	me->ops++;
	st_rel(t, 0);
}

static void request_bystander(struct st_thread *me)
{
	struct st *t = me->t;
	struct st_thread *reader = &t->th[0];

	me->ops++;
	if (t->gen == LWKT_GEN_backoff) {
		st_until(t, st_failed(reader) >= 3);
		ST_EQ(t, READ_ONCE(reader->ops), 0);
		ST_CHECK(t, READ_ONCE(st_stats(reader)->shared_defer) > 0);
	} else if (t->gen == LWKT_GEN_sorted) {
		st_until(t, READ_ONCE(reader->ops));
	}
	ST_EQ(t, READ_ONCE(t->th[1].ops), 0);
}

static void setup_request_elsewhere(struct st *t)
{
	if (!st_needs_cpus(t, 2))
		return;
	t->knobs.window_shift = 0;
	t->knobs.backoff_max = min(t->knobs.backoff_max, 128U);
	if (!st_world(t))
		return;
	st_spawn(t, request_reader, 0);
	st_spawn(t, st_once_fn, 1);
	st_spawn(t, request_bystander, 1);
	if (t->nthreads == 3)
		st_start(&t->th[0]);
}

static const struct st_case cases[] = {
	{ "all_or_nothing", setup_all_or_nothing },
	{ "stopped_before_last", setup_stopped },
	{ "lost_to_a_failed_try", setup_tentative },
	{ "release_when_contended", setup_release_contended },
	{ "release_before_parking", setup_release_park },
	{ "release_after_parking", setup_release_parked },
	{ "wakeup_of_halting_cpu", setup_halting },
	{ "request_of_absent_thread", setup_request_elsewhere },
	{}
};

const struct st_suite st_suite_race = { "race", cases };
