// SPDX-License-Identifier: GPL-2.0
/*
 * walk.c - the head of the run queue cannot have its token: a thread without
 * tokens that is queued below it runs
 *
 * Down to which priority, is the generation's own rule.
 */
#include "suites.h"

/* Passes that must not run a thread before it is believed that none does. */
#define PASSES 50

enum { HOLDER, HEAD, BELOW, LOWEST, USER, NTHREADS };

/* The user thread has been queued, and was passed over all the time since. */
static void passed_over(struct st *t, struct st_thread *user)
{
	u64 seen;

	st_until(t, READ_ONCE(st_stats(user)->wakeups));
	seen = st_failed(&t->th[HEAD]);
	st_until(t, st_failed(&t->th[HEAD]) >= seen + PASSES);
	ST_EQ(t, READ_ONCE(user->ops), 0);
}

static void holder_fn(struct st_thread *me)
{
	struct st *t = me->t;
	unsigned int i;

	ST_EQ(t, lwkt_gettoken(&t->tok[0]), 0);
	st_start(&t->th[HEAD]);
	st_until(t, st_failed(&t->th[HEAD]));
	for (i = BELOW; i <= LOWEST; i++) {
		st_start(&t->th[i]);
		st_until(t, READ_ONCE(t->th[i].ops));
	}
	switch (t->gen) {
	case LWKT_GEN_poll:
	case LWKT_GEN_sorted:
		st_start(&t->th[USER]);
		passed_over(t, &t->th[USER]);
		break;
	case LWKT_GEN_backoff:
	case LWKT_GEN_handoff:
		st_start(&t->th[USER]);
		st_until(t, READ_ONCE(t->th[USER].ops));
		break;
	default:
		break;
	}
	ST_EQ(t, READ_ONCE(t->th[HEAD].ops), 0);
	ST_EQ(t, lwkt_reltoken(&t->tok[0]), 0);
}

static void head_fn(struct st_thread *me)
{
	struct st *t = me->t;

	ST_EQ(t, lwkt_gettoken(&t->tok[0]), 0);
	WRITE_ONCE(me->ops, 1);
	ST_EQ(t, lwkt_reltoken(&t->tok[0]), 0);
}

static void tokenless_fn(struct st_thread *me)
{
	WRITE_ONCE(me->ops, 1);
}

static void setup_below_contended(struct st *t)
{
	if (!st_needs_cpus(t, 2) || !st_world(t))
		return;
	st_spawn(t, holder_fn, 1);
	st_spawn(t, head_fn, 0);
	st_spawn_pri(t, tokenless_fn, 0, TDPRI_KERN_USER - 1);
	st_spawn_pri(t, tokenless_fn, 0, TDPRI_KERN_LPSCHED);
	st_spawn_pri(t, tokenless_fn, 0, TDPRI_KERN_LPSCHED - 1);
	/* The holder starts the others, one by one. */
	if (t->nthreads == NTHREADS)
		st_start(&t->th[HOLDER]);
}

static const struct st_case cases[] = { { "below_contended_head",
					  setup_below_contended },
					{} };

const struct st_suite st_suite_walk = { "walk", cases };
