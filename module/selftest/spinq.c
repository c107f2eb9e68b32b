// SPDX-License-Identifier: GPL-2.0
/*
 * spinq.c - token-handoff: CPUs that spin for a token can leave their queue at any
 * moment, from any place, and none is forgotten there
 */
#include "base/clock.h"
#include "suites.h"

/* For so long a spinner works first, which earns it what its spin may take. */
#define WORK_NS NSEC_PER_MSEC

/* They have queued by then, or do not spin: a CPU was away. */
#define QUIET_NS (20 * NSEC_PER_MSEC)

#define SPINNERS 3

static bool begin_case(struct st *t, lwkt_testpoint_fn hook)
{
	if (!st_needs_handoff(t) || !st_needs_cpus(t, SPINNERS + 1))
		return false;
	t->knobs.spin = 100000;
	st_hook(t, hook);
	return st_world(t);
}

/* The spinner before this one is there, or will not be. */
static bool is_next(const struct st_thread *me)
{
	struct st *t = me->t;

	switch (me->index) {
	case 1:
		return st_at(t, 1);
	case 2:
		return READ_ONCE(t->tok[0].t_spinners) || st_at(t, 2);
	default:
		return atomic_read(&t->hits[LWKT_TP_SPINQ]) || st_at(t, 2);
	}
}

static void spinner_fn(struct st_thread *me)
{
	struct st *t = me->t;
	u64 end = tb_clock_ns() + WORK_NS;

	st_until(t, (s64)(tb_clock_ns() - end) > 0);
	st_until(t, is_next(me));
	st_get(t, 0);
	WRITE_ONCE(me->ops, 1);
	st_rel(t, 0);
}

/* Wants the CPU of a spinner. */
static void wanting_fn(struct st_thread *me)
{
	WRITE_ONCE(me->ops, 1);
}

/* All but the first stand behind another. */
static bool have_queued(struct st *t)
{
	return atomic_read(&t->hits[LWKT_TP_SPINQ]) >= SPINNERS - 1;
}

static bool until_queued(struct st *t)
{
	u64 end = tb_clock_ns() + QUIET_NS;

	st_until(t, have_queued(t) || (s64)(tb_clock_ns() - end) > 0);
	if (have_queued(t))
		return true;
	st_skip(t, "they never spun: a CPU was away");
	return false;
}

static void end_of_script(struct st *t)
{
	st_step(t, 2);
	st_rel(t, 0);
	st_start(&t->th[4]);
	st_start(&t->th[5]);
}

/* The one in the middle leaves while the token is held. */
static void middle_holder_fn(struct st_thread *me)
{
	struct st *t = me->t;

	st_get(t, 0);
	st_step(t, 1);
	if (until_queued(t)) {
		st_start(&t->th[4]);
		st_until(t, READ_ONCE(t->th[4].ops));
		ST_EQ(t, READ_ONCE(t->th[2].ops), 0);
	}
	end_of_script(t);
}

static void spawn_spinners(struct st *t, st_fn holder)
{
	unsigned int i;

	st_spawn(t, holder, 0);
	for (i = 1; i <= SPINNERS; i++)
		st_spawn(t, spinner_fn, i);
	/* Threads 4 and 5. */
	st_spawn(t, wanting_fn, 2);
	st_spawn(t, wanting_fn, 3);
	if (t->nthreads != SPINNERS + 3)
		return;
	for (i = 0; i <= SPINNERS; i++)
		st_start(&t->th[i]);
}

static void setup_middle(struct st *t)
{
	if (begin_case(t, NULL))
		spawn_spinners(t, middle_holder_fn);
}

/* Those behind the first find out at once that they are wanted elsewhere. */
static void held_hook(enum lwkt_testpoint point, struct lwkt_thread *td,
		      unsigned int n)
{
	struct st *t = st_hooked();

	if (point == LWKT_TP_SPINQ && !st_at(t, 2))
		st_hook_until(t, st_at(t, 2));
}

/* And the first leaves at the same time, since it gets the token. */
static void all_holder_fn(struct st_thread *me)
{
	struct st *t = me->t;

	st_get(t, 0);
	st_step(t, 1);
	if (until_queued(t)) {
		st_start(&t->th[4]);
		st_start(&t->th[5]);
	}
	end_of_script(t);
}

static void setup_all(struct st *t)
{
	if (begin_case(t, held_hook))
		spawn_spinners(t, all_holder_fn);
}

/* Spinners that are wanted now and then, by a thread of their CPU that wakes. */
#define ROUNDS 1000
#define NAP_NS 30000

struct crowd {
	u64 count;
	atomic_t inside;
};

static void worker_fn(struct st_thread *me)
{
	struct st *t = me->t;
	struct crowd *c = t->extra;
	unsigned int i, rounds = st_rounds(t, ROUNDS);

	for (i = 1; i <= rounds; i++) {
		st_get(t, 0);
		ST_EQ(t, atomic_inc_return(&c->inside), 1);
		c->count++;
		cpu_relax();
		atomic_dec(&c->inside);
		st_rel(t, 0);
		WRITE_ONCE(me->ops, i);
		if (READ_ONCE(t->over))
			break;
	}
}

static void napper_fn(struct st_thread *me)
{
	struct st *t = me->t;
	const struct st_thread *worker = &t->th[me->index - 1];

	while (!READ_ONCE(worker->done) && !READ_ONCE(t->over)) {
		lwkt_sleep_ns(1 + st_random(me) % NAP_NS);
		WRITE_ONCE(me->ops, me->ops + 1);
	}
}

static void inspect_crowd(struct st *t)
{
	struct crowd *c = t->extra;

	if (!READ_ONCE(t->over))
		ST_EQ(t, c->count, (u64)t->nthreads / 2 * st_rounds(t, ROUNDS));
}

static void setup_crowd(struct st *t)
{
	unsigned int i;

	if (!st_extra(t, sizeof(struct crowd)))
		return;
	t->inspect = inspect_crowd;
	if (!begin_case(t, NULL))
		return;
	for (i = 0; i < min(t->ncpus, ST_THREADS / 2U); i++) {
		st_spawn(t, worker_fn, i);
		st_spawn(t, napper_fn, i);
	}
	st_go(t);
}

static const struct st_case cases[] = { { "one_leaves_from_within",
					  setup_middle },
					{ "all_leave_at_once", setup_all },
					{ "wanted_now_and_then", setup_crowd },
					{} };

const struct st_suite st_suite_spinq = { "spinq", cases };
