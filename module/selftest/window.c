// SPDX-License-Identifier: GPL-2.0
/*
 * window.c - token-handoff against the worst schedule: a waiter all of whose
 * tries find the token taken is served nevertheless
 *
 * Thread 1 takes token 0 before each try of thread 0, and gives it back before
 * that parks, or every now and then; hooks hold thread 0 up until it has. It
 * leaves alone only what is kept for thread 0.
 */
#include "suites.h"

/* What thread 0 wants of thread 1. */
enum wish { CYCLE, TAKE, GIVE, WISHES };

/*
 * Before it parks, at most so often: three tries in a row, the wait for its
 * turn with three more, and room for a wake-up on the way.
 */
#define PARKS 16

/**
 * struct duel - the two threads
 * @asked: what thread 1 is to do, an enum wish, plus WISHES times a number that
 *	every wish counts up
 * @heard: the value of @asked that thread 1 obeys. What it did for earlier ones
 *	is done.
 * @held: it has the token, and will for the moment
 * @owned: it has the token, or may have it
 * @give: it gives the token back whenever thread 0 is about to park
 */
struct duel {
	unsigned int asked;
	unsigned int heard;
	bool held;
	bool owned;
	bool give;
};

static bool kept(struct st *t)
{
	return READ_ONCE(t->tok[0].t_heir);
}

static void ask_rival(struct duel *d, enum wish wish)
{
	unsigned int asked = d->asked - d->asked % WISHES + WISHES + wish;

	/*
	 * Pairs with hear_wish(): thread 1 does not read an older state of
	 * thread 0, that it is parked, say.
	 */
	smp_store_release(&d->asked, asked);
}

static bool rival_obeys(struct duel *d)
{
	/* Pairs with hear_wish(): @held and @owned are of after earlier wishes. */
	return smp_load_acquire(&d->heard) == d->asked;
}

static enum wish hear_wish(struct duel *d)
{
	/* Pairs with ask_rival(). */
	unsigned int asked = smp_load_acquire(&d->asked);

	/* Pairs with rival_obeys(). */
	smp_store_release(&d->heard, asked);
	return asked % WISHES;
}

static void duel_hook(enum lwkt_testpoint point, struct lwkt_thread *td,
		      unsigned int n)
{
	struct st_thread *th = st_of(td);
	struct duel *d;
	struct st *t;

	if (!th || th->index)
		return;
	t = th->t;
	d = t->extra;
	if (!st_at(t, 1))
		return;
	switch (point) {
	case LWKT_TP_LOOK:
		ask_rival(d, TAKE);
		st_hook_until(t, rival_obeys(d));
		st_hook_until(t, READ_ONCE(d->held) || kept(t));
		break;
	case LWKT_TP_PARK:
		if (!d->give)
			break;
		ask_rival(d, GIVE);
		st_hook_until(t, rival_obeys(d) && !READ_ONCE(d->owned));
		break;
	case LWKT_TP_PARKED:
		ask_rival(d, CYCLE);
		break;
	default:
		break;
	}
}

static void wanting_two_fn(struct st_thread *me)
{
	struct st *t = me->t;

	st_until(t, st_at(t, 1));
	st_get(t, 1);
	st_get(t, 0);
	WRITE_ONCE(me->ops, 1);
	st_rel(t, 0);
	st_rel(t, 1);
}

/* Thread 0 finds it taken as soon as @held says so, and free once @owned does. */
static void rival_takes(struct st *t, struct duel *d)
{
	WRITE_ONCE(d->owned, true);
	if (lwkt_trytoken(&t->tok[0]))
		WRITE_ONCE(d->held, true);
	else
		WRITE_ONCE(d->owned, false);
}

static void rival_gives(struct st *t, struct duel *d)
{
	WRITE_ONCE(d->held, false);
	st_rel(t, 0);
	WRITE_ONCE(d->owned, false);
}

static void rival_fn(struct st_thread *me)
{
	struct st *t = me->t;
	struct duel *d = t->extra;
	struct st_thread *other = &t->th[0];
	u64 deadline = st_deadline(t);

	st_get(t, 0);
	WRITE_ONCE(d->owned, true);
	WRITE_ONCE(d->held, true);
	st_step(t, 1);
	/* Not before it waits: what comes first is no try of the scheduler. */
	st_until(t, st_failed(other));
	while (!READ_ONCE(other->ops) && !st_late(t, deadline)) {
		enum wish wish = hear_wish(d);
		bool asleep = st_blocked(other);

		if (d->held && (wish != TAKE || asleep))
			rival_gives(t, d);
		else if (!d->held && wish != GIVE && !kept(t))
			rival_takes(t, d);
		cpu_relax();
	}
	ST_EQ(t, READ_ONCE(other->ops), 1);
	if (d->held)
		rival_gives(t, d);
}

/*
 * A machine that stands still between the keep and the try lets the keep end,
 * and the token may be free then.
 */
static void served_alone(struct st *t)
{
	int grants = st_stats(&t->th[0])->grants;
	int ended_late = atomic_read(&t->hits[LWKT_TP_LATE]);

	if (!grants && ended_late != 1)
		st_fail(t, "no grant, %d keeps ended late", ended_late);
}

static void served_as_eldest(struct st *t)
{
	ST_CHECK(t, st_stats(&t->th[0])->eldest > 0);
}

/* A keep that ended late is none: the next one counts from zero. */
static void bounded(struct st *t)
{
	int parks = atomic_read(&t->hits[LWKT_TP_PARK]);
	int ended_late = atomic_read(&t->hits[LWKT_TP_LATE]);

	if (parks > PARKS * (ended_late + 1))
		st_fail(t, "%d times about to park, %d keeps ended late", parks,
			ended_late);
}

static void duel(struct st *t, bool give, st_fn fn)
{
	struct duel *d;

	if (!st_needs_handoff(t))
		return;
	d = st_extra(t, sizeof(*d));
	if (!d)
		return;
	d->give = give;
	t->knobs.spin = 0;
	st_hook(t, duel_hook);
	st_two_threads(t, fn, rival_fn);
}

static void ends(struct st *t)
{
	t->inspect = served_alone;
	duel(t, false, st_want_fn);
}

static void ends_for_set(struct st *t)
{
	t->inspect = served_as_eldest;
	duel(t, false, wanting_two_fn);
}

/* The token is free whenever it is about to park. */
static void free_to_park(struct st *t)
{
	t->knobs.handoff_window_us = 0;
	t->check = bounded;
	duel(t, true, st_want_fn);
}

static void free_to_park_set(struct st *t)
{
	t->knobs.handoff_window_us = 0;
	t->check = bounded;
	duel(t, true, wanting_two_fn);
}

static void free_to_park_window(struct st *t)
{
	t->inspect = served_alone;
	duel(t, true, st_want_fn);
}

static const struct st_case cases[] = {
	{ "ends", ends },
	{ "ends_for_a_set", ends_for_set },
	{ "free_when_parking", free_to_park },
	{ "free_when_parking_set", free_to_park_set },
	{ "free_when_parking_until_the_end", free_to_park_window },
	{}
};

const struct st_suite st_suite_window = { "window", cases };
