// SPDX-License-Identifier: GPL-2.0
/*
 * order.c - tokens are taken in any order, and no thread waits for ever
 */
#include "suites.h"

#define ROUNDS 500

/* What the token protects, to see that it does. */
struct cells {
	u64 count[ST_TOKENS];
};

static void use_tokens(struct st_thread *me, unsigned int first, unsigned int n,
		       bool backwards)
{
	struct st *t = me->t;
	struct cells *cells = t->extra;
	unsigned int i, which;

	for (i = 0; i < n; i++) {
		which = first + (backwards ? n - 1 - i : i);
		which %= ST_TOKENS;
		if (!ST_EQ(t, lwkt_gettoken(&t->tok[which]), 0))
			break;
	}
	n = i;
	for (i = 0; i < n; i++)
		cells->count[(first + i) % ST_TOKENS]++;
	while (i-- > 0) {
		which = first + (backwards ? n - 1 - i : i);
		ST_EQ(t, lwkt_reltoken(&t->tok[which % ST_TOKENS]), 0);
	}
	me->ops++;
}

/* Every other thread the other way round. */
static void opposite_fn(struct st_thread *me)
{
	unsigned int rounds = st_rounds(me->t, ROUNDS), round;

	for (round = 0; round < rounds && !READ_ONCE(me->t->over); round++) {
		use_tokens(me, 0, 2, me->index % 2);
		compat_relax_cpu();
	}
}

static void eight_fn(struct st_thread *me)
{
	unsigned int rounds = st_rounds(me->t, ROUNDS), round;

	for (round = 0; round < rounds && !READ_ONCE(me->t->over); round++) {
		use_tokens(me, 0, 8, me->index % 2);
		compat_relax_cpu();
	}
}

/* Thread N wants N and N + 1, and so on round. */
static void ring_fn(struct st_thread *me)
{
	unsigned int rounds = st_rounds(me->t, ROUNDS), round;

	for (round = 0; round < rounds && !READ_ONCE(me->t->over); round++) {
		use_tokens(me, me->index, 2, false);
		if (round % 16 == 0)
			lwkt_yield();
		compat_relax_cpu();
	}
}

static void check_sums(struct st *t)
{
	struct cells *cells = t->extra;
	u64 sum = 0, want = 0;
	unsigned int i;

	for (i = 0; i < ST_TOKENS; i++)
		sum += cells->count[i];
	for (i = 0; i < t->nthreads; i++)
		want += t->th[i].ops * (t->th[i].fn == eight_fn ? 8 : 2);
	ST_EQ(t, sum, want);
	ST_EQ(t, want % st_rounds(t, ROUNDS), 0);
}

static void spawn_contest(struct st *t, st_fn fn, unsigned int threads)
{
	unsigned int i;

	if (!st_extra(t, sizeof(struct cells)) || !st_world(t))
		return;
	t->check = check_sums;
	for (i = 0; i < threads; i++)
		st_spawn(t, fn, i);
	st_go(t);
}

static void setup_abba(struct st *t)
{
	spawn_contest(t, opposite_fn, 2);
}

static void setup_abba_many(struct st *t)
{
	spawn_contest(t, opposite_fn, 8);
}

static void setup_eight(struct st *t)
{
	spawn_contest(t, eight_fn, 4);
}

static void setup_ring(struct st *t)
{
	spawn_contest(t, ring_fn, ST_TOKENS);
}

static const struct st_case cases[] = { { "abba", setup_abba },
					{ "abba_8_threads", setup_abba_many },
					{ "opposite_sets_of_8", setup_eight },
					{ "ring_of_16", setup_ring },
					{} };

const struct st_suite st_suite_order = { "order", cases };
