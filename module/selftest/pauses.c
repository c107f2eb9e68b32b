// SPDX-License-Identifier: GPL-2.0
/*
 * pauses.c - what a failed attempt of token-sorted and token-backoff costs, to
 * the PAUSE
 *
 * token-sorted: @spin tries after the first, one PAUSE before each. Worked out
 * from the loop of April 2018 for token-backoff: b = 0; while b < 6 + cap:
 * b = (b + 1) * 3 / 2, b PAUSEs, try. With window_shift=0 no CPU has a slot in
 * which it does not pause, and a holder that stays makes every attempt the
 * longest. To that each try adds a PAUSE, but the very first, which leaves the
 * request that the others find.
 */
#include "suites.h"

/* Tries whose cost is checked. */
#define TRIES 4

/* Of one attempt. */
static u64 pauses(const struct st *t)
{
	u32 spin = t->knobs.spin;

	if (t->gen == LWKT_GEN_sorted)
		return spin + (1 + spin);
	switch (t->knobs.backoff_max) {
	case 128:
		return 389 + (1 + 10);
	case 1024:
		return 3152 + (1 + 15);
	default:
		return 16129 + (1 + 19);
	}
}

/* At the begin of a try all earlier ones have been counted. */
static void count_hook(enum lwkt_testpoint point, struct lwkt_thread *td,
		       unsigned int n)
{
	struct st_thread *th = st_of(td);
	u64 failed;

	if (point != LWKT_TP_GETALL || !th || th->fn != st_want_fn || n)
		return;
	failed = st_stats(th)->attempts_failed;
	if (failed > TRIES)
		return;
	ST_CHECK(th->t, failed);
	ST_EQ(th->t, st_stats(th)->spins, failed * pauses(th->t) - 1);
	if (failed == TRIES)
		st_step(th->t, 2);
}

static void check_seen(struct st *t)
{
	ST_CHECK(t, atomic_read(&t->hits[LWKT_TP_GETALL]) >= TRIES);
}

static void setup_cost(struct st *t)
{
	st_hook(t, count_hook);
	t->check = check_seen;
	st_two_threads(t, st_want_fn, st_hold_fn);
}

static void setup_capped_at(struct st *t, u32 cap)
{
	if (t->gen != LWKT_GEN_backoff) {
		st_skip(t, "no backoff");
		return;
	}
	t->knobs.backoff_max = cap;
	t->knobs.window_shift = 0;
	setup_cost(t);
}

static void cap4096(struct st *t)
{
	setup_capped_at(t, 4096);
}

static void cap1024(struct st *t)
{
	setup_capped_at(t, 1024);
}

static void cap128(struct st *t)
{
	setup_capped_at(t, 128);
}

static void setup_sorted_with(struct st *t, u32 spin)
{
	if (t->gen != LWKT_GEN_sorted) {
		st_skip(t, "not that spin");
		return;
	}
	t->knobs.spin = spin;
	setup_cost(t);
}

static void spin5(struct st *t)
{
	setup_sorted_with(t, 5);
}

static void spin0(struct st *t)
{
	setup_sorted_with(t, 0);
}

static const struct st_case cases[] = {
	{ "cap_4096", cap4096 }, { "cap_1024", cap1024 }, { "cap_128", cap128 },
	{ "spin_5", spin5 },	 { "spin_0", spin0 },	  {}
};

const struct st_suite st_suite_pauses = { "pauses", cases };
