// SPDX-License-Identifier: GPL-2.0
/*
 * sched.c - one LWKT thread is current per CPU, and each gets its turn
 */
#include <linux/mm.h>
#include <linux/sched.h>

#include "suites.h"

#define PER_CPU 4
#define ROUNDS 300

/* Who runs on each CPU of the test; nobody is 0. */
struct running {
	unsigned long who[ST_CPUS];
};

static void current_fn(struct st_thread *me)
{
	struct st *t = me->t;
	struct running *r = t->extra;
	unsigned int round;

	for (round = 0; round < ROUNDS && !READ_ONCE(t->over); round++) {
		ST_EQ(t, xchg(&r->who[me->cpu], me->index + 1), 0);
		ST_CHECK(t, lwkt_curthread() == me->td);
		ST_CHECK(t, READ_ONCE(me->td->td_gd->gd_curthread) == me->td);
		ST_CHECK(t, me->td->td_task == current);
		/* Linux may run whom it likes: no other LWKT thread does. */
		compat_relax_cpu();
		ST_EQ(t, xchg(&r->who[me->cpu], 0), me->index + 1);
		if (round % 8 == 7)
			lwkt_sleep_ns(1000 * (me->index + 1));
		else
			lwkt_yield();
		me->ops++;
	}
}

static void one_current(struct st *t)
{
	unsigned int i, n = min(t->ncpus * PER_CPU, (unsigned int)ST_THREADS);
	struct running *r = kvzalloc(sizeof(*r), GFP_KERNEL);

	t->extra = r;
	if (!r) {
		st_fail(t, "no memory");
		return;
	}
	if (!st_world(t))
		return;
	for (i = 0; i < n; i++)
		st_spawn(t, current_fn, i);
	st_go(t);
}

/*
 * Of threads that only yield, none gets ahead of the others, where the queue is
 * turned at every switch. From 2011 on only the clock tick turned it.
 */
static bool turns_at_switch(const struct st *t)
{
	return t->gen != LWKT_GEN_sorted && t->gen != LWKT_GEN_backoff;
}

static void turns_fn(struct st_thread *me)
{
	struct st *t = me->t;
	unsigned int i;

	/* All of one CPU: plain sums do. */
	st_step(t, t->step + 1);
	st_yield_until(t, st_at(t, PER_CPU));
	while (me->ops < ROUNDS && !READ_ONCE(t->over)) {
		me->ops++;
		for (i = 0; turns_at_switch(t) && i < t->nthreads; i++)
			ST_CHECK(t, t->th[i].ops + 2 >= me->ops);
		lwkt_yield();
	}
}

static void turns(struct st *t)
{
	unsigned int i;

	if (!st_world(t))
		return;
	for (i = 0; i < PER_CPU; i++)
		st_spawn(t, turns_fn, 0);
	st_go(t);
}

/* There is one world. */
static void world_fn(struct st_thread *me)
{
	struct st *t = me->t;
	struct lwkt_knobs knobs = t->knobs;

	ST_EQ(t,
	      lwkt_start(cpumask_of(t->cpus[0]), NSEC_PER_MSEC, t->gen, &knobs),
	      -EBUSY);
	ST_CHECK(t, lwkt_curthread() == me->td);
}

static void one_world(struct st *t)
{
	if (!st_world(t))
		return;
	st_spawn(t, world_fn, 0);
	st_go(t);
}

static const struct st_case cases[] = { { "one_current_per_cpu", one_current },
					{ "turns", turns },
					{ "one_world", one_world },
					{} };

const struct st_suite st_suite_sched = { "sched", cases };
