// SPDX-License-Identifier: GPL-2.0
/*
 * livelock.c - two threads, two tokens, opposite orders, in step
 *
 * Each takes its first token, meets the other's at its second, and gives the
 * first one back; and again. In DragonFly only timing noise ends that before
 * October 2011, when tokens came to be taken in the order of their addresses
 * after ten failures. Here a hook takes the noise away: it holds each thread's
 * scheduler up before the second token, and before the first one is given
 * back, until the other one's is there, too.
 */
#include "base/clock.h"
#include "suites.h"

/* So many rounds in step are for ever. */
#define ROUNDS 50

/*
 * How long one waits for the other: with a generation that sorts in vain, once.
 * Longer than a virtual CPU is away on a busy host.
 */
#define STEP_NS (1500 * NSEC_PER_MSEC)

enum place { BEFORE_SECOND, BEFORE_UNDO, PLACES };

/**
 * struct dance - where the two threads are
 * @ready: each has its first token
 * @came: how often each thread came to each place; written by that thread
 * @rounds: how often both failed in step; written by thread 0
 * @broken: one of them did not come: no hold-up from now on
 */
struct dance {
	bool ready[2];
	u32 came[PLACES][2];
	u32 rounds;
	bool broken;
};

static void meet_other(struct st *t, unsigned int me, enum place place)
{
	struct dance *d = t->extra;
	u32 mine = d->came[place][me] + 1;
	u64 end = tb_clock_ns() + STEP_NS;

	/* Pairs with the other's load below: a flag, nothing hangs on it. */
	WRITE_ONCE(d->came[place][me], mine);
	while ((s32)(READ_ONCE(d->came[place][!me]) - mine) < 0) {
		if (READ_ONCE(d->broken) || READ_ONCE(t->over) ||
		    READ_ONCE(d->rounds) >= ROUNDS)
			return;
		if (tb_clock_ns() > end) {
			WRITE_ONCE(d->broken, true);
			return;
		}
		cpu_relax();
	}
	if (place == BEFORE_UNDO && !me)
		WRITE_ONCE(d->rounds, d->rounds + 1);
}

static void dance_hook(enum lwkt_testpoint point, struct lwkt_thread *td,
		       unsigned int n)
{
	struct st_thread *th = st_of(td);
	struct dance *d;

	if (!th || n != 1)
		return;
	d = th->t->extra;
	if (READ_ONCE(d->broken) || READ_ONCE(d->rounds) >= ROUNDS)
		return;
	if (point == LWKT_TP_GETALL)
		meet_other(th->t, th->index, BEFORE_SECOND);
	else if (point == LWKT_TP_UNDO)
		meet_other(th->t, th->index, BEFORE_UNDO);
}

static void dance_fn(struct st_thread *me)
{
	struct st *t = me->t;
	struct dance *d = t->extra;
	unsigned int first = me->index;

	ST_EQ(t, lwkt_gettoken(&t->tok[first]), 0);
	/* When both have their first one, both will fail at their second. */
	WRITE_ONCE(d->ready[first], true);
	st_until(t, READ_ONCE(d->ready[!first]));
	ST_EQ(t, lwkt_gettoken(&t->tok[!first]), 0);
	WRITE_ONCE(me->ops, me->ops + 1);
	ST_EQ(t, lwkt_reltoken(&t->tok[!first]), 0);
	ST_EQ(t, lwkt_reltoken(&t->tok[first]), 0);
}

static void inspect_rounds(struct st *t)
{
	struct dance *d = t->extra;

	ST_EQ(t, t->th[0].ops + t->th[1].ops, 2);
	switch (t->gen) {
	case LWKT_GEN_poll:
		/* Nothing ends it but the hook's. */
		if (d->broken && d->rounds < ROUNDS)
			st_skip(t,
				"out of step after %u rounds: a CPU was away",
				d->rounds);
		else
			ST_EQ(t, d->rounds, ROUNDS);
		break;
	case LWKT_GEN_sorted:
	case LWKT_GEN_backoff:
		/* Each sorts after its own failures, one of them may be ahead. */
		if (d->broken && !d->rounds)
			st_skip(t, "out of step at once: a CPU was away");
		else
			ST_CHECK(t, d->rounds > 0);
		ST_CHECK(t, d->rounds <= 2 * t->knobs.sort_after + 2);
		break;
	default:
		break;
	}
}

static void setup_opposite(struct st *t)
{
	if (!st_extra(t, sizeof(struct dance)))
		return;
	/* The spin before a failure is not what this is about. */
	if (t->gen == LWKT_GEN_backoff)
		t->knobs.backoff_max = 0;
	st_hook(t, dance_hook);
	t->inspect = inspect_rounds;
	st_two_threads(t, dance_fn, dance_fn);
}

static const struct st_case cases[] = { { "opposite_orders", setup_opposite },
					{} };

const struct st_suite st_suite_livelock = { "livelock", cases };
