// SPDX-License-Identifier: GPL-2.0
/*
 * backoff.c - what a failed try of token-backoff costs, to the PAUSE
 *
 * Worked out from the loop of April 2018: b = 0; while b < 6 + cap:
 * b = (b + 1) * 3 / 2, b PAUSEs, try. With window_shift=0 no CPU has a slot in
 * which it does not pause, and a holder that stays makes every try the longest.
 */
#include "suites.h"

/* Tries whose cost is checked. */
#define TRIES 4

static u64 pauses(const struct st *t)
{
	switch (t->knobs.backoff_max) {
	case 128:
		return 389;
	case 1024:
		return 3152;
	default:
		return 16129;
	}
}

static void getter_fn(struct st_thread *me)
{
	struct st *t = me->t;

	st_until(t, st_at(t, 1));
	ST_EQ(t, lwkt_gettoken(&t->tok[0]), 0);
	ST_EQ(t, lwkt_reltoken(&t->tok[0]), 0);
}

static void holder_fn(struct st_thread *me)
{
	struct st *t = me->t;

	ST_EQ(t, lwkt_gettoken(&t->tok[0]), 0);
	st_step(t, 1);
	st_until(t, st_at(t, 2));
	ST_EQ(t, lwkt_reltoken(&t->tok[0]), 0);
}

/* At the begin of a try all earlier ones have been counted. */
static void hook(enum lwkt_testpoint point, struct lwkt_thread *td,
		 unsigned int n)
{
	struct st_thread *th = st_of(td);
	u64 failed;

	if (point != LWKT_TP_GETALL || !th || th->fn != getter_fn || n)
		return;
	failed = st_stats(th)->attempts_failed;
	if (failed > TRIES)
		return;
	ST_CHECK(th->t, failed);
	ST_EQ(th->t, st_stats(th)->spins, failed * pauses(th->t));
	if (failed == TRIES)
		st_step(th->t, 2);
}

static void seen(struct st *t)
{
	ST_CHECK(t, atomic_read(&t->hits[LWKT_TP_GETALL]) >= TRIES);
}

static void cost(struct st *t, u32 cap)
{
	if (t->gen != LWKT_GEN_backoff) {
		st_skip(t, "no backoff");
		return;
	}
	if (!st_needs_cpus(t, 2))
		return;
	t->knobs.backoff_max = cap;
	t->knobs.window_shift = 0;
	st_hook(t, hook);
	t->check = seen;
	if (!st_world(t))
		return;
	st_spawn(t, getter_fn, 0);
	st_spawn(t, holder_fn, 1);
	st_go(t);
}

static void cap4096(struct st *t)
{
	cost(t, 4096);
}

static void cap1024(struct st *t)
{
	cost(t, 1024);
}

static void cap128(struct st *t)
{
	cost(t, 128);
}

static const struct st_case cases[] = { { "pauses_cap_4096", cap4096 },
					{ "pauses_cap_1024", cap1024 },
					{ "pauses_cap_128", cap128 },
					{} };

const struct st_suite st_suite_backoff = { "backoff", cases };
