// SPDX-License-Identifier: GPL-2.0
/*
 * spinlocks.c - our own spinlocks: they exclude, ticket is first come first
 * served, and tas gives up when it should
 *
 * The threads of a test are LWKT threads because the fixture has those; no
 * token is involved. A thread that holds one of these locks, or waits for one, has
 * preemption off and waits with st_hook_until().
 */
#include <linux/minmax.h>

#include "suites.h"
#include "variants/tas.h"
#include "variants/ticket.h"

#define PER_CPU 2

/*
 * Sections and tickets of one test, about. With tickets few: where the host has
 * fewer CPUs than its guest each hand-over to the one whose turn it is can take
 * as long as a time slice.
 */
#define TAS_SECTIONS 20000
#define TICKET_SECTIONS 400
#define TICKETS 80

/* How long a section lasts if no other thread comes, and if one does. */
#define LINGER 2000
#define LINGER_ASKED 10

/* Tickets before the first wrap-around, so that it comes in mid-test. */
#define BEFORE_WRAP (TICKETS / 2)

/**
 * struct arena - what the threads of a test share
 * @ticket: a lock
 * @tas: a lock
 * @get: takes the lock of the test
 * @put: releases it
 * @first: first ticket
 * @tickets: how many were drawn, where the test knows
 * @rounds: of the test, for each thread
 * @asking: threads that are about to ask for the lock, or wait for it
 * @owner: thread in the section, 0 if none
 * @count: how often a thread was in it
 * @called: number from 1 of the thread that is to ask for the lock now
 * @asked: the threads that asked, in this order; of one round
 * @entered: the threads that came in, likewise
 * @nentered: how many did
 */
struct arena {
	struct tb_ticket ticket ____cacheline_aligned_in_smp;
	struct tb_tas tas ____cacheline_aligned_in_smp;
	void (*get)(struct arena *a) ____cacheline_aligned_in_smp;
	void (*put)(struct arena *a);
	u16 first;
	u32 tickets;
	unsigned int rounds;
	atomic_t asking;
	unsigned int owner;
	u64 count;
	unsigned int called;
	unsigned int asked[ST_CPUS];
	unsigned int entered[ST_CPUS];
	unsigned int nentered;
};

static void get_ticket(struct arena *a)
{
	tb_ticket_lock(&a->ticket);
}

static void put_ticket(struct arena *a)
{
	tb_ticket_unlock(&a->ticket);
}

static void get_tas(struct arena *a)
{
	while (!tb_tas_lock_tries(&a->tas, TB_TAS_TRIES))
		compat_relax_cpu();
}

static void put_tas(struct arena *a)
{
	tb_tas_unlock(&a->tas);
}

/* CPUs that hold the ticket lock or wait for it. */
static unsigned int tickets_out(const struct arena *a)
{
	u32 word = atomic_read(&a->ticket.word);

	return (u16)((word >> TB_TICKET_NEXT_SHIFT) - word);
}

static void check_free_again(struct st *t)
{
	struct arena *a = t->extra;

	ST_EQ(t, tickets_out(a), 0);
	ST_EQ(t, a->ticket.serving, (u16)(a->first + a->tickets));
	ST_EQ(t, a->tas.taken, 0);
}

/* An arena whose first ticket is @first; NULL if the test is over. */
static struct arena *enter_section(struct st *t, u16 first)
{
	struct arena *a = st_extra(t, sizeof(*a));

	if (!a)
		return NULL;
	t->check = check_free_again;
	a->first = first;
	tb_ticket_init(&a->ticket);
	tb_tas_init(&a->tas);
	atomic_set(&a->ticket.word, first << TB_TICKET_NEXT_SHIFT | first);
	return st_world(t) ? a : NULL;
}

/* In the section: until another thread asks for the lock, and a little more. */
static void linger_inside(struct arena *a)
{
	unsigned int i;

	for (i = 0; i < LINGER && !atomic_read(&a->asking); i++)
		cpu_relax();
	for (i = 0; i < LINGER_ASKED; i++)
		cpu_relax();
}

static void contest_fn(struct st_thread *me)
{
	struct st *t = me->t;
	struct arena *a = t->extra;
	u64 count;

	while (me->ops < a->rounds && !READ_ONCE(t->over)) {
		atomic_inc(&a->asking);
		a->get(a);
		atomic_dec(&a->asking);
		ST_EQ(t, READ_ONCE(a->owner), 0);
		WRITE_ONCE(a->owner, me->index + 1);
		ST_CHECK(t, !preemptible());
		count = READ_ONCE(a->count);
		linger_inside(a);
		WRITE_ONCE(a->count, count + 1);
		ST_EQ(t, READ_ONCE(a->owner), me->index + 1);
		WRITE_ONCE(a->owner, 0);
		a->put(a);
		ST_CHECK(t, compat_may_block());
		WRITE_ONCE(me->ops, me->ops + 1);
		if (me->ops % 16 == 0)
			lwkt_yield();
		compat_relax_cpu();
	}
}

static void check_sums(struct st *t)
{
	struct arena *a = t->extra;

	ST_EQ(t, a->count, t->nthreads * a->rounds);
	if (a->get == get_ticket)
		a->tickets = a->count;
	check_free_again(t);
}

static void setup_contest(struct st *t, void (*get)(struct arena *a),
			  void (*put)(struct arena *a), u16 first)
{
	struct arena *a = enter_section(t, first);
	unsigned int n = t->ncpus * PER_CPU, i;

	if (!a)
		return;
	a->get = get;
	a->put = put;
	a->rounds = (get == get_ticket ? TICKET_SECTIONS : TAS_SECTIONS) / n;
	t->check = check_sums;
	for (i = 0; i < n; i++)
		st_spawn(t, contest_fn, i);
	st_go(t);
}

static void ticket_excludes(struct st *t)
{
	setup_contest(t, get_ticket, put_ticket, 0);
}

static void ticket_excludes_wrapping(struct st *t)
{
	setup_contest(t, get_ticket, put_ticket, -BEFORE_WRAP);
}

static void tas_excludes(struct st *t)
{
	setup_contest(t, get_tas, put_tas, 0);
}

/* Waits until it is called, once in each round, and asks for the lock. */
static void caller_fn(struct st_thread *me)
{
	struct st *t = me->t;
	struct arena *a = t->extra;

	while (me->ops < a->rounds) {
		if (!st_until(t, READ_ONCE(a->called) == me->index + 1))
			return;
		tb_ticket_lock(&a->ticket);
		a->entered[a->nentered++] = me->index + 1;
		tb_ticket_unlock(&a->ticket);
		WRITE_ONCE(me->ops, me->ops + 1);
	}
}

/* With the lock held: all others ask for it one by one, in a random order. */
static bool call_all(struct st_thread *me)
{
	struct st *t = me->t;
	struct arena *a = t->extra;
	unsigned int n = t->nthreads - 1, i, other;

	for (i = 0; i < n; i++)
		a->asked[i] = i + 1;
	for (i = n; i > 1; i--) {
		/* Not inside of swap(), which would draw twice. */
		other = st_random(me) % i;
		swap(a->asked[i - 1], a->asked[other]);
	}
	a->nentered = 0;
	for (i = 0; i < n; i++) {
		WRITE_ONCE(a->called, a->asked[i]);
		if (!st_hook_until(t, tickets_out(a) == 1 + i + 1))
			return false;
	}
	WRITE_ONCE(a->called, 0);
	return true;
}

/*
 * Holds the lock until all others wait for it. Released and asked for at once
 * again it must have been through all their hands, in the order in which they
 * asked.
 */
static void keeper_fn(struct st_thread *me)
{
	struct st *t = me->t;
	struct arena *a = t->extra;
	unsigned int n = t->nthreads - 1, i;
	bool go_on = true;

	while (go_on && me->ops < a->rounds) {
		tb_ticket_lock(&a->ticket);
		go_on = call_all(me);
		tb_ticket_unlock(&a->ticket);
		if (!go_on)
			return;
		tb_ticket_lock(&a->ticket);
		go_on = ST_EQ(t, a->nentered, n);
		for (i = 0; go_on && i < n; i++)
			go_on = ST_EQ(t, a->entered[i], a->asked[i]);
		tb_ticket_unlock(&a->ticket);
		a->tickets += n + 2;
		WRITE_ONCE(me->ops, me->ops + 1);
		compat_relax_cpu();
	}
	if (!go_on)
		WRITE_ONCE(t->over, true);
}

static void setup_fifo_from(struct st *t, u16 first)
{
	struct arena *a;
	unsigned int i;

	if (!st_needs_cpus(t, 2))
		return;
	a = enter_section(t, first);
	if (!a)
		return;
	/* A round has a ticket for each CPU and one more. */
	a->rounds = TICKETS / (t->ncpus + 1) + 1;
	for (i = 1; i < t->ncpus; i++)
		st_spawn(t, caller_fn, i);
	/* The last: nothing else is started on its CPU once it has the lock. */
	st_spawn(t, keeper_fn, 0);
	st_go(t);
}

static void ticket_fifo(struct st *t)
{
	setup_fifo_from(t, 0);
}

static void ticket_fifo_wrapping(struct st *t)
{
	setup_fifo_from(t, -BEFORE_WRAP);
}

static void tas_holder_fn(struct st_thread *me)
{
	struct st *t = me->t;
	struct arena *a = t->extra;

	/* It is free: one try is enough. */
	if (!ST_CHECK(t, tb_tas_lock_tries(&a->tas, 1)))
		return;
	ST_CHECK(t, !preemptible());
	st_step(t, 1);
	st_hook_until(t, st_at(t, 2));
	tb_tas_unlock(&a->tas);
	ST_CHECK(t, compat_may_block());
}

/* Gives up as long as the lock is held, with preemption on again; then gets it. */
static void tas_waiter_fn(struct st_thread *me)
{
	static const u32 tries[] = { 1, 2, 1000, TB_TAS_TRIES };
	struct st *t = me->t;
	struct arena *a = t->extra;
	unsigned int i;

	st_until(t, st_at(t, 1));
	for (i = 0; i < ARRAY_SIZE(tries); i++) {
		if (!ST_CHECK(t, !tb_tas_lock_tries(&a->tas, tries[i])))
			tb_tas_unlock(&a->tas);
		ST_CHECK(t, compat_may_block());
		ST_EQ(t, READ_ONCE(a->tas.taken), 1);
	}
	st_step(t, 2);
	if (!st_until(t, tb_tas_lock_tries(&a->tas, 1)))
		return;
	ST_CHECK(t, !preemptible());
	tb_tas_unlock(&a->tas);
	ST_CHECK(t, compat_may_block());
}

static void tas_gives_up(struct st *t)
{
	if (!st_needs_cpus(t, 2) || !enter_section(t, 0))
		return;
	st_spawn(t, tas_waiter_fn, 1);
	/* The last, as in setup_fifo_from(). */
	st_spawn(t, tas_holder_fn, 0);
	st_go(t);
}

static const struct st_case cases[] = {
	{ "ticket_excludes", ticket_excludes, true },
	{ "ticket_excludes_wrapping", ticket_excludes_wrapping, true },
	{ "ticket_fifo", ticket_fifo, true },
	{ "ticket_fifo_wrapping", ticket_fifo_wrapping, true },
	{ "tas_excludes", tas_excludes, true },
	{ "tas_gives_up", tas_gives_up, true },
	{}
};

const struct st_suite st_suite_spinlocks = { "spinlocks", cases };
