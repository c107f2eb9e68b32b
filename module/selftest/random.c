// SPDX-License-Identifier: GPL-2.0
/*
 * random.c - everything at once, at random: sets of up to 8 of 16 tokens in any
 * order, recursion, tries, swaps, shared mode, yields and sleeps, on all CPUs
 *
 * INVARIANTS, checked after every call that may have switched
 *
 *   exclusion       each token guards a cell. Its exclusive holder marks it,
 *                   adds to a plain number and unmarks it; a mark or a reader
 *                   that is there already is a violation, and at the end the
 *                   numbers add up.
 *   all or nothing  a thread marks all cells of its set at once, in particular
 *                   right after it came back from a switch.
 *   nothing left    at the end no token is owned (the fixture).
 *   no lost wakeup  the watch of the fixture.
 *
 * The operations of each thread are a function of seed and thread number.
 */
#include <linux/minmax.h>
#include <linux/vmalloc.h>

#include "suites.h"

#define PER_CPU 3
#define SET_MAX 8

/* What a token guards. */
struct cell {
	unsigned long writer;
	atomic_t readers;
	u64 count;
} ____cacheline_aligned_in_smp;

/* One reference, as the test remembers it. */
struct ref {
	unsigned int tok;
	bool shared;
};

struct set {
	struct ref ref[SET_MAX];
	unsigned int n;
};

struct load {
	struct cell cell[ST_TOKENS];
	u64 quota[ST_THREADS];
	u64 added[ST_THREADS];
	bool shared_mode;
};

/* The strongest mode in which the set holds a token: 0, 1 shared, 2 exclusive. */
static int mode_of(const struct set *s, unsigned int tok)
{
	int mode = 0;
	unsigned int i;

	for (i = 0; i < s->n; i++)
		if (s->ref[i].tok == tok)
			mode = max(mode, s->ref[i].shared ? 1 : 2);
	return mode;
}

/* All that the set names is held, and no other thread excludes this one. */
static void check_held(struct st_thread *me, const struct set *s)
{
	struct st *t = me->t;
	struct load *load = t->extra;
	int modes[ST_TOKENS];
	struct cell *c;
	unsigned int i;

	for (i = 0; i < ST_TOKENS; i++) {
		c = &load->cell[i];
		modes[i] = mode_of(s, i);
		if (modes[i] == 2) {
			ST_EQ(t, xchg(&c->writer, me->index + 1), 0);
			ST_EQ(t, atomic_read(&c->readers), 0);
		} else if (modes[i] == 1) {
			atomic_inc(&c->readers);
			ST_EQ(t, READ_ONCE(c->writer), 0);
		}
	}
	for (i = 0; i < ST_TOKENS; i++) {
		c = &load->cell[i];
		if (modes[i] == 2) {
			c->count++;
			load->added[me->index]++;
		} else if (modes[i] == 1) {
			ST_EQ(t, READ_ONCE(c->writer), 0);
		}
	}
	for (i = 0; i < ST_TOKENS; i++) {
		c = &load->cell[i];
		if (modes[i] == 2) {
			ST_EQ(t, READ_ONCE(c->writer), me->index + 1);
			/* The next xchg() of another thread orders all of this. */
			smp_store_release(&c->writer, 0);
		} else if (modes[i] == 1) {
			/* Pairs with the xchg() of the next writer. */
			smp_mb__before_atomic();
			atomic_dec(&c->readers);
		}
	}
}

/* One more reference. False if it did not come. */
static bool take_set(struct st_thread *me, struct set *s)
{
	struct st *t = me->t;
	struct load *load = t->extra;
	struct ref *ref = &s->ref[s->n];
	u64 dice = st_random(me);
	struct lwkt_token *tok;

	ref->tok = dice % ST_TOKENS;
	tok = &t->tok[ref->tok];
	/* Exclusive after shared is a mistake. */
	ref->shared = load->shared_mode &&
		      (mode_of(s, ref->tok) == 1 || (dice >> 8) % 4 == 0);
	if (ref->shared) {
		if (!ST_EQ(t, lwkt_gettoken_shared(tok), 0))
			return false;
	} else if ((dice >> 16) % 8 == 0) {
		if (!lwkt_trytoken(tok))
			return false;
	} else if (!ST_EQ(t, lwkt_gettoken(tok), 0)) {
		return false;
	}
	s->n++;
	return true;
}

static void swap_top(struct st_thread *me, struct set *s)
{
	struct ref *top = &s->ref[s->n - 1];

	ST_EQ(me->t, lwkt_token_swap(), 0);
	/* Two references to one token stay as they are. */
	if (top[-1].tok != top[0].tok)
		swap(top[-1], top[0]);
}

static void block_somehow(struct st_thread *me, u64 dice)
{
	switch (dice % 8) {
	case 0:
	case 1:
		lwkt_yield();
		break;
	case 2:
		lwkt_sleep_ns(1 + (dice >> 8) % 50000);
		break;
	default:
		break;
	}
}

static void one_set(struct st_thread *me)
{
	struct st *t = me->t;
	u64 dice = st_random(me);
	unsigned int want = 1 + dice % SET_MAX;
	struct set s = {};

	while (s.n < want) {
		/* A try that failed is not repeated. */
		if (!take_set(me, &s))
			break;
		check_held(me, &s);
	}
	block_somehow(me, dice >> 8);
	check_held(me, &s);
	if (s.n >= 2 && (dice >> 40) % 4 == 0)
		swap_top(me, &s);
	while (s.n) {
		s.n--;
		if (!ST_EQ(t, lwkt_reltoken(&t->tok[s.ref[s.n].tok]), 0))
			break;
		if (s.n && (dice >> 48) % 4 == 0)
			check_held(me, &s);
	}
}

static void random_fn(struct st_thread *me)
{
	struct st *t = me->t;
	struct load *load = t->extra;

	while (me->ops < load->quota[me->index] && !READ_ONCE(t->over)) {
		one_set(me);
		WRITE_ONCE(me->ops, me->ops + 1);
		/* The threads of a CPU take turns, and so does Linux. */
		if (me->ops % 16 == 0)
			lwkt_yield();
		compat_relax_cpu();
	}
}

/* The first thread finds out about shared mode before the others begin. */
static void first_fn(struct st_thread *me)
{
	struct st *t = me->t;
	struct load *load = t->extra;
	unsigned int i;

	load->shared_mode = lwkt_gettoken_shared(&t->tok[0]) == 0;
	if (load->shared_mode)
		ST_EQ(t, lwkt_reltoken(&t->tok[0]), 0);
	for (i = 1; i < t->nthreads; i++)
		st_start(&t->th[i]);
	random_fn(me);
}

static void check_sums(struct st *t)
{
	struct load *load = t->extra;
	u64 counted = 0, added = 0, ops = 0;
	unsigned int i;

	for (i = 0; i < ST_TOKENS; i++) {
		counted += load->cell[i].count;
		ST_EQ(t, load->cell[i].writer, 0);
		ST_EQ(t, atomic_read(&load->cell[i].readers), 0);
	}
	for (i = 0; i < t->nthreads; i++) {
		added += load->added[i];
		ops += t->th[i].ops;
	}
	ST_EQ(t, counted, added);
	ST_EQ(t, ops, t->ops);
}

static void setup_sets(struct st *t)
{
	unsigned int n = min(t->ncpus * PER_CPU, (unsigned int)ST_THREADS), i;
	struct load *load = st_extra(t, sizeof(*load));

	if (!load)
		return;
	t->check = check_sums;
	for (i = 0; i < n; i++)
		load->quota[i] = t->ops / n + (i < t->ops % n);
	if (!st_world(t))
		return;
	for (i = 0; i < n; i++)
		if (!st_spawn(t, i ? random_fn : first_fn, i))
			return;
	st_start(&t->th[0]);
}

static const struct st_case cases[] = { { "sets", setup_sets }, {} };

const struct st_suite st_suite_random = { "random", cases };
