// SPDX-License-Identifier: GPL-2.0
/*
 * stale.c - a thread can tell whether another one held its token while it was
 * away
 */
#include "lwkt/core/tsleep.h"
#include "lwkt/gen/count_word.h"
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

static void setup_undisturbed(struct st *t)
{
	if (!st_world(t))
		return;
	st_spawn(t, undisturbed_fn, 0);
	st_go(t);
}

/* Another thread took one of the two: that one is stale, once. */
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

static void setup_taken(struct st *t)
{
	if (!st_world(t))
		return;
	st_spawn(t, taken_fn, 0);
	st_spawn(t, taker_fn, 0);
	st_go(t);
}

/* Each of two drops it, and finds that the other one had it meanwhile. */
static void first_dropper_fn(struct st_thread *me)
{
	struct st *t = me->t;

	st_get(t, 0);
	st_step(t, 1);
	st_yield_until(t, st_at(t, 2));
	ST_CHECK(t, lwkt_token_is_stale(&t->tok[0]));
	st_step(t, 3);
	st_rel(t, 0);
}

static void second_dropper_fn(struct st_thread *me)
{
	struct st *t = me->t;

	st_yield_until(t, st_at(t, 1));
	ST_CHECK(t, lwkt_trytoken(&t->tok[0]));
	st_step(t, 2);
	st_yield_until(t, st_at(t, 3));
	ST_CHECK(t, lwkt_token_is_stale(&t->tok[0]));
	/* The other one is gone. */
	lwkt_yield();
	ST_CHECK(t, !lwkt_token_is_stale(&t->tok[0]));
	st_rel(t, 0);
}

static void setup_both(struct st *t)
{
	if (!st_world(t))
		return;
	st_spawn(t, first_dropper_fn, 0);
	st_spawn(t, second_dropper_fn, 0);
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

static void setup_readers(struct st *t)
{
	if (!st_world(t))
		return;
	st_spawn(t, read_fn, 0);
	st_spawn(t, reader_fn, 0);
	st_go(t);
}

/*
 * The same if the taker had spun for it. One round shows nothing: the thread
 * may have gone to sleep before the token came.
 */
#define SPIN_ROUNDS 1000

/* It has come as far as @step, or will not. */
static bool is_at(const struct st_thread *th, u32 step)
{
	return READ_ONCE(th->ops) >= step || READ_ONCE(th->done);
}

static void sleeping_holder_fn(struct st_thread *me)
{
	struct st *t = me->t;
	struct st_thread *spinner = &t->th[1];

	st_get(t, 0);
	while (!READ_ONCE(spinner->done) && !READ_ONCE(t->over)) {
		st_step(t, t->step + 1);
		/* It is about to find the token taken. */
		if (!st_until(t, is_at(spinner, t->step)) ||
		    READ_ONCE(spinner->done))
			break;
		ST_EQ(t, lwkt_tsleep(me, 0), 0);
		ST_CHECK(t, lwkt_token_is_stale(&t->tok[0]));
	}
	st_rel(t, 0);
}

static void spinner_fn(struct st_thread *me)
{
	struct st *t = me->t;
	struct st_thread *holder = &t->th[0];
	unsigned int i;

	for (i = 1; i <= SPIN_ROUNDS; i++) {
		if (!st_until(t, st_at(t, i)))
			return;
		WRITE_ONCE(me->ops, i);
		st_get(t, 0);
		st_rel(t, 0);
		st_until(t, READ_ONCE(holder->td->td_asleep));
		lwkt_wakeup(holder);
		if (st_stats(me)->spin_ok || !t->knobs.spin)
			return;
	}
	st_skip(t, "the token never came while it spun");
}

static void setup_spun(struct st *t)
{
	if (lwkt_knob_of(t->gen, LWKT_KNOB_spin))
		t->knobs.spin = 100000;
	st_two_threads(t, sleeping_holder_fn, spinner_fn);
}

/*
 * Another thread took it by spinning for it. The holder sees by the request in the
 * count word that the other one is about to spin, and drops the token by
 * sleeping until it has it.
 */
static void until_spun_for(struct st *t)
{
	st_until(t, atomic_long_read(&t->tok[0].t_count) & TOK_EXCLREQ);
	while (!st_at(t, 2) && !READ_ONCE(t->over))
		lwkt_sleep_ns(NSEC_PER_MSEC);
	ST_CHECK(t, lwkt_token_is_stale(&t->tok[0]));
	ST_EQ(t, lwkt_reltoken(&t->tok[0]), 0);
}

static void has_spun(struct st_thread *me)
{
	struct st *t = me->t;

	ST_EQ(t, st_stats(me)->spin_ok, 1);
	/* With the token, so that the other one gets it after this step. */
	st_step(t, 2);
	ST_EQ(t, lwkt_reltoken(&t->tok[0]), 0);
}

static void spun_for_fn(struct st_thread *me)
{
	struct st *t = me->t;

	ST_EQ(t, lwkt_gettoken(&t->tok[0]), 0);
	st_step(t, 1);
	until_spun_for(t);
}

static void count_spinner_fn(struct st_thread *me)
{
	struct st *t = me->t;

	st_until(t, st_at(t, 1));
	ST_EQ(t, lwkt_gettoken(&t->tok[0]), 0);
	has_spun(me);
}

/* The same by the scheduler, which takes the token again for a sleeper. */
static void retake_spun_for_fn(struct st_thread *me)
{
	struct st *t = me->t;

	st_until(t, READ_ONCE(t->th[1].td->td_asleep));
	ST_EQ(t, lwkt_gettoken(&t->tok[0]), 0);
	lwkt_wakeup(&t->th[1]);
	until_spun_for(t);
}

static void retake_spinner_fn(struct st_thread *me)
{
	struct st *t = me->t;

	ST_EQ(t, lwkt_gettoken(&t->tok[0]), 0);
	ST_EQ(t, lwkt_tsleep(me, 0), 0);
	ST_CHECK(t, lwkt_token_is_stale(&t->tok[0]));
	has_spun(me);
}

static void by_spin(struct st *t, st_fn holder, st_fn spinner)
{
	if (t->gen != LWKT_GEN_sorted && t->gen != LWKT_GEN_backoff) {
		st_skip(t, "no such spin");
		return;
	}
	/* It does not give up before it has the token. */
	t->knobs.spin = U32_MAX;
	t->knobs.backoff_max = 1 << 20;
	t->knobs.window_shift = 0;
	st_two_threads(t, holder, spinner);
}

static void setup_after_spin(struct st *t)
{
	by_spin(t, spun_for_fn, count_spinner_fn);
}

static void setup_after_retake_spin(struct st *t)
{
	by_spin(t, retake_spun_for_fn, retake_spinner_fn);
}

static const struct st_case cases[] = {
	{ "not_if_undisturbed", setup_undisturbed },
	{ "if_somebody_had_it", setup_taken },
	{ "if_each_had_it", setup_both },
	{ "not_by_readers", setup_readers },
	{ "if_a_spinner_had_it", setup_spun },
	{ "if_taken_by_a_spin", setup_after_spin },
	{ "if_retaken_by_a_spin", setup_after_retake_spin },
	{}
};

const struct st_suite st_suite_stale = { "stale", cases };
