// SPDX-License-Identifier: GPL-2.0
/*
 * shared.c - shared and exclusive holders; which requests defer to which
 */
#include "suites.h"

static void get_shared(struct st *t, unsigned int i)
{
	ST_EQ(t, lwkt_gettoken_shared(&t->tok[i]), 0);
}

/* The second thread's steps are worth nothing without shared mode. */
static bool shared_mode_or_end(struct st_thread *me)
{
	if (st_shared_mode(me))
		return true;
	WRITE_ONCE(me->t->over, true);
	return false;
}

/* Two readers at a time, and no writer. */
static void together_fn(struct st_thread *me)
{
	struct st *t = me->t;

	if (!shared_mode_or_end(me))
		return;
	get_shared(t, 0);
	st_step(t, 1);
	st_until(t, st_at(t, 2));
	ST_CHECK(t, lwkt_token_is_held(&t->tok[0]));
	st_rel(t, 0);
	st_step(t, 3);
	st_until(t, st_at(t, 4));
	ST_CHECK(t, lwkt_trytoken(&t->tok[0]));
	st_rel(t, 0);
}

static void together_peer(struct st_thread *me)
{
	struct st *t = me->t;

	if (!st_until(t, st_at(t, 1)))
		return;
	ST_CHECK(t, !lwkt_trytoken(&t->tok[0]));
	/* Held by both now. */
	get_shared(t, 0);
	st_step(t, 2);
	st_until(t, st_at(t, 3));
	st_rel(t, 0);
	st_step(t, 4);
}

static void setup_together(struct st *t)
{
	st_two_threads(t, together_fn, together_peer);
}

/* A reader waits for a writer, a writer for the last reader. */
static void exclude_fn(struct st_thread *me)
{
	struct st *t = me->t;

	if (!shared_mode_or_end(me))
		return;
	st_get(t, 0);
	st_step(t, 1);
	/* The other one waits to read. */
	st_until(t, st_failed(&t->th[1]));
	ST_CHECK(t, !st_at(t, 2));
	st_rel(t, 0);
	st_until(t, st_at(t, 2));
	/* The other one reads until it sees us wait. */
	st_get(t, 0);
	ST_CHECK(t, st_at(t, 3));
	st_rel(t, 0);
}

static void exclude_peer(struct st_thread *me)
{
	struct st *t = me->t;

	if (!st_until(t, st_at(t, 1)))
		return;
	get_shared(t, 0);
	st_step(t, 2);
	st_until(t, st_failed(&t->th[0]));
	st_step(t, 3);
	st_rel(t, 0);
}

static void setup_exclude(struct st *t)
{
	st_two_threads(t, exclude_fn, exclude_peer);
}

static void after_exclusive_fn(struct st_thread *me)
{
	struct st *t = me->t;

	if (!st_shared_mode(me))
		return;
	st_get(t, 0);
	get_shared(t, 0);
	st_get(t, 0);
	get_shared(t, 0);
	lwkt_yield();
	ST_TAKEN(me, &t->tok[0]);
	st_rel(t, 0);
	st_rel(t, 0);
	st_rel(t, 0);
	ST_TAKEN(me, &t->tok[0]);
	lwkt_yield();
	st_rel(t, 0);
	ST_FREE(me, &t->tok[0]);
}

static void setup_after_exclusive(struct st *t)
{
	if (!st_world(t))
		return;
	st_spawn(t, after_exclusive_fn, 0);
	st_prober(t);
	st_go(t);
}

static void recursion_fn(struct st_thread *me)
{
	struct st *t = me->t;
	unsigned int i;

	if (!st_shared_mode(me))
		return;
	for (i = 0; i < LWKT_MAXTOKENS; i++)
		get_shared(t, 0);
	lwkt_yield();
	for (i = 0; i < LWKT_MAXTOKENS - 1; i++)
		st_rel(t, 0);
	ST_TAKEN(me, &t->tok[0]);
	st_rel(t, 0);
	ST_FREE(me, &t->tok[0]);
}

static void setup_recursion(struct st *t)
{
	if (!st_world(t))
		return;
	st_spawn(t, recursion_fn, 0);
	st_prober(t);
	st_go(t);
}

/* Dropped at a switch like any token, and taken again in the same mode. */
static void dropped_fn(struct st_thread *me)
{
	struct st *t = me->t;

	if (!shared_mode_or_end(me))
		return;
	get_shared(t, 0);
	st_get(t, 1);
	st_step(t, 1);
	st_yield_until(t, st_at(t, 2));
	ST_TAKEN(me, &t->tok[0]);
	ST_TAKEN(me, &t->tok[1]);
	st_rel(t, 1);
	st_rel(t, 0);
	ST_FREE(me, &t->tok[0]);
}

static void dropped_peer(struct st_thread *me)
{
	struct st *t = me->t;

	st_yield_until(t, st_at(t, 1));
	if (READ_ONCE(t->over))
		return;
	ST_CHECK(t, lwkt_trytoken(&t->tok[0]));
	ST_CHECK(t, lwkt_trytoken(&t->tok[1]));
	st_rel(t, 1);
	st_rel(t, 0);
	st_step(t, 2);
}

static void setup_dropped(struct st *t)
{
	if (!st_world(t))
		return;
	st_spawn(t, dropped_fn, 0);
	st_spawn(t, dropped_peer, 0);
	st_prober(t);
	st_go(t);
}

/*
 * An exclusive request and a shared getter on the second CPU, while the first
 * one reads. Is the getter let in past the request?
 *
 *   generation       with one reference   with two
 *   token-backoff    no                   yes
 *   token-sorted     yes                  yes
 *   token-handoff    as it likes          as it likes
 */
static bool heeds_request(const struct st *t)
{
	return t->gen == LWKT_GEN_backoff;
}

static bool may_wait(const struct st *t)
{
	return t->gen == LWKT_GEN_handoff;
}

/* Long enough for many passes of the other CPU's scheduler. */
#define TRIES 20

static void reader_fn(struct st_thread *me)
{
	struct st *t = me->t;
	struct st_thread *writer = &t->th[1], *getter = &t->th[2];
	bool refs2 = t->step;
	u64 seen;

	if (!shared_mode_or_end(me))
		return;
	get_shared(t, 0);
	st_start(writer);
	st_until(t, st_failed(writer));
	st_start(getter);
	if (heeds_request(t) && !refs2) {
		st_until(t, st_failed(getter));
		seen = st_failed(writer);
		st_until(t, st_failed(writer) >= seen + TRIES);
		ST_CHECK(t, !READ_ONCE(getter->ops));
		ST_CHECK(t, READ_ONCE(st_stats(getter)->shared_defer) > 0);
	} else if (!may_wait(t)) {
		st_until(t, READ_ONCE(getter->ops));
	}
	ST_CHECK(t, !READ_ONCE(writer->ops));
	st_rel(t, 0);
}

static void getter1_fn(struct st_thread *me)
{
	get_shared(me->t, 0);
	me->ops++;
	st_rel(me->t, 0);
}

static void getter2_fn(struct st_thread *me)
{
	get_shared(me->t, 1);
	get_shared(me->t, 0);
	me->ops++;
	st_rel(me->t, 0);
	st_rel(me->t, 1);
}

static void setup_request_by(struct st *t, st_fn getter)
{
	if (!st_needs_cpus(t, 2))
		return;
	/* A CPU's own time slot lets a shared getter in: without slots. */
	t->knobs.window_shift = 0;
	t->knobs.backoff_max = min(t->knobs.backoff_max, 128U);
	if (!st_world(t))
		return;
	t->step = getter == getter2_fn;
	st_spawn(t, reader_fn, 0);
	st_spawn(t, st_once_fn, 1);
	st_spawn(t, getter, 1);
	if (t->nthreads == 3)
		st_start(&t->th[0]);
}

static void setup_request1(struct st *t)
{
	setup_request_by(t, getter1_fn);
}

static void setup_request2(struct st *t)
{
	setup_request_by(t, getter2_fn);
}

static const struct st_case cases[] = {
	{ "readers_together", setup_together },
	{ "readers_and_writers", setup_exclude },
	{ "after_exclusive", setup_after_exclusive },
	{ "recursion_32", setup_recursion },
	{ "dropped_and_retaken", setup_dropped },
	{ "request_defers_one_ref", setup_request1 },
	{ "request_defers_not_two", setup_request2 },
	{}
};

const struct st_suite st_suite_shared = { "shared", cases };
