// SPDX-License-Identifier: GPL-2.0
/*
 * try.c - lwkt_trytoken() never blocks, never spins, leaves nothing behind; what
 * it got is a token like any other
 */
#include <linux/irqflags.h>

#include "suites.h"

static void fails_fn(struct st_thread *me)
{
	struct st *t = me->t;
	struct lwkt_cpu_stats *cpu = &me->td->td_gd->gd_stats[0];
	u64 switches, spins, i;

	st_until(t, st_at(t, 1));
	switches = cpu->switches;
	spins = st_stats(me)->spins;
	for (i = 0; i < 100; i++)
		ST_CHECK(t, !lwkt_trytoken(&t->tok[0]));
	ST_EQ(t, cpu->switches, switches);
	ST_EQ(t, st_stats(me)->spins, spins);
	ST_EQ(t, lwkt_cnttoken(&t->tok[0], me->td), 0);
	st_step(t, 2);
	st_until(t, st_at(t, 3));
	/* No request of ours is left that would keep others out. */
	ST_CHECK(t, lwkt_trytoken(&t->tok[0]));
	ST_EQ(t, lwkt_reltoken(&t->tok[0]), 0);
	i = lwkt_gettoken_shared(&t->tok[0]);
	if (i != (u64)-EOPNOTSUPP) {
		ST_EQ(t, i, 0);
		ST_EQ(t, lwkt_reltoken(&t->tok[0]), 0);
	}
	ST_EQ(t, cpu->switches, switches);
	ST_EQ(t, st_stats(me)->attempts_failed, 0);
}

static void setup_fails(struct st *t)
{
	st_two_threads(t, fails_fn, st_hold_fn);
}

static void retaken_fn(struct st_thread *me)
{
	struct st *t = me->t;

	ST_CHECK(t, lwkt_trytoken(&t->tok[0]));
	ST_TAKEN(me, &t->tok[0]);
	/* Recursion, by a try and into one. */
	ST_CHECK(t, lwkt_trytoken(&t->tok[0]));
	ST_EQ(t, lwkt_gettoken(&t->tok[1]), 0);
	ST_CHECK(t, lwkt_trytoken(&t->tok[1]));
	lwkt_yield();
	ST_TAKEN(me, &t->tok[0]);
	ST_TAKEN(me, &t->tok[1]);
	ST_EQ(t, lwkt_reltoken(&t->tok[1]), 0);
	ST_EQ(t, lwkt_reltoken(&t->tok[1]), 0);
	ST_EQ(t, lwkt_reltoken(&t->tok[0]), 0);
	ST_TAKEN(me, &t->tok[0]);
	ST_EQ(t, lwkt_reltoken(&t->tok[0]), 0);
	ST_FREE(me, &t->tok[0]);
}

static void setup_retaken(struct st *t)
{
	if (!st_world(t))
		return;
	st_spawn(t, retaken_fn, 0);
	st_prober(t);
	st_go(t);
}

/* Where nothing may wait: with interrupts off, a try is legal. */
static void irqs_off_fn(struct st_thread *me)
{
	struct st *t = me->t;
	unsigned long flags;
	bool got;
	int err;

	local_irq_save(flags);
	got = lwkt_trytoken(&t->tok[0]);
	err = lwkt_reltoken(&t->tok[0]);
	local_irq_restore(flags);
	ST_CHECK(t, got);
	ST_EQ(t, err, 0);
	/* So is a get that need not wait. */
	local_irq_save(flags);
	err = lwkt_gettoken(&t->tok[0]);
	got = lwkt_token_is_held(&t->tok[0]);
	local_irq_restore(flags);
	ST_EQ(t, err, 0);
	ST_CHECK(t, got);
	ST_EQ(t, lwkt_reltoken(&t->tok[0]), 0);
}

static void setup_irqs_off(struct st *t)
{
	if (!st_world(t))
		return;
	st_spawn(t, irqs_off_fn, 0);
	st_go(t);
}

static const struct st_case cases[] = { { "fails_at_once", setup_fails },
					{ "retaken_after_switch",
					  setup_retaken },
					{ "interrupts_off", setup_irqs_off },
					{} };

const struct st_suite st_suite_try = { "try", cases };
