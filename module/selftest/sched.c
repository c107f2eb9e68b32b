// SPDX-License-Identifier: GPL-2.0
/*
 * sched.c - one LWKT thread is current per CPU, and each gets its turn
 */
#include <linux/sched.h>

#include "suites.h"

#define PER_CPU 4
#define ROUNDS 300

/* The thread that runs on each CPU of the test; 0 is none. */
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
		/* Linux may run any other task: no other LWKT thread runs. */
		compat_relax_cpu();
		ST_EQ(t, xchg(&r->who[me->cpu], 0), me->index + 1);
		if (round % 8 == 7)
			lwkt_sleep_ns(1000 * (me->index + 1));
		else
			lwkt_yield();
		me->ops++;
	}
}

static void setup_one_current(struct st *t)
{
	unsigned int i, n = min(t->ncpus * PER_CPU, (unsigned int)ST_THREADS);

	if (!st_extra(t, sizeof(struct running)) || !st_world(t))
		return;
	for (i = 0; i < n; i++)
		st_spawn(t, current_fn, i);
	st_go(t);
}

/*
 * Of threads that only yield, none gets ahead of the others: where the queue is
 * turned at every switch, and where a yield gives the thread's share away. From
 * October 2011 on only the clock tick turned it. Each tick can move one of them
 * once more; there are none unless the CPU itself stands still.
 */
static bool turns_at_switch(const struct st *t)
{
	return t->gen != LWKT_GEN_sorted && t->gen != LWKT_GEN_backoff;
}

static void turns_fn(struct st_thread *me)
{
	struct st *t = me->t;
	u64 began, ticks;
	unsigned int i;

	/* All of one CPU: plain sums do. */
	st_step(t, t->step + 1);
	st_yield_until(t, st_at(t, PER_CPU));
	began = ktime_get_ns();
	while (me->ops < ROUNDS && !READ_ONCE(t->over)) {
		me->ops++;
		ticks = div64_u64(ktime_get_ns() - began, ST_QUANTUM_NS);
		for (i = 0; turns_at_switch(t) && i < t->nthreads; i++)
			ST_CHECK(t, t->th[i].ops + 2 + ticks >= me->ops);
		lwkt_yield();
	}
}

static void setup_turns(struct st *t)
{
	unsigned int i;

	if (!st_world(t))
		return;
	for (i = 0; i < PER_CPU; i++)
		st_spawn(t, turns_fn, 0);
	st_go(t);
}

/*
 * How often threads of one CPU and one priority run in a row if all they do is
 * switch: once, where the chosen thread goes to the tail. In a fair queue
 * (fairq.c) it goes to the head, and pays 1 of its priority x 8 each time; clock
 * ticks make it less.
 */
#define ROW_THREADS 3
#define ROW_SWITCHES 1000

struct rows {
	unsigned int last;
	unsigned int row;
	unsigned int rows;
	unsigned int longest;
};

static unsigned int longest_row(const struct st *t)
{
	switch (t->gen) {
	case LWKT_GEN_ipi:
	case LWKT_GEN_ticket:
		return TDPRI_KERN_USER * 8;
	case LWKT_GEN_poll:
		return 1;
	default:
		return 0;
	}
}

static void rows_fn(struct st_thread *me)
{
	struct st *t = me->t;
	struct rows *r = t->extra;

	st_step(t, t->step + 1);
	st_yield_until(t, st_at(t, ROW_THREADS));
	while (me->ops < ROW_SWITCHES && !READ_ONCE(t->over)) {
		me->ops++;
		if (r->last != me->index) {
			/* The first one began before all were there. */
			if (r->rows++ > ROW_THREADS)
				r->longest = max(r->longest, r->row);
			r->row = 0;
			r->last = me->index;
		}
		r->row++;
		lwkt_switch();
	}
	/* None ends before the others: a row would go on. */
	st_step(t, t->step + 1);
	st_yield_until(t, st_at(t, 2 * ROW_THREADS));
}

static void check_rows(struct st *t)
{
	const struct rows *r = t->extra;

	ST_CHECK(t, r->rows > 2 * ROW_THREADS);
	ST_EQ(t, r->longest, longest_row(t));
}

static void setup_rows(struct st *t)
{
	unsigned int i;

	if (!longest_row(t)) {
		st_skip(t, "a switch does not turn the queue");
		return;
	}
	t->check = check_rows;
	if (!st_extra(t, sizeof(struct rows)) || !st_world(t))
		return;
	for (i = 0; i < ROW_THREADS; i++)
		st_spawn(t, rows_fn, 0);
	st_go(t);
}

/* There is one world. */
static void world_fn(struct st_thread *me)
{
	struct st *t = me->t;
	struct lwkt_knobs knobs = t->knobs;

	ST_EQ(t,
	      lwkt_start(cpumask_of(t->cpus[0]), NSEC_PER_MSEC, t->gen, &knobs,
			 NULL),
	      -EBUSY);
	ST_CHECK(t, lwkt_curthread() == me->td);
}

static void setup_one_world(struct st *t)
{
	if (!st_world(t))
		return;
	st_spawn(t, world_fn, 0);
	st_go(t);
}

/*
 * Tokens are taken for a thread, and then its kthread is woken: each switch from
 * a thread without tokens to one with is counted, those back are not.
 */
static void with_token_fn(struct st_thread *me)
{
	struct lwkt_cpu_stats *st = &me->td->td_gd->gd_stats[0];
	u64 handovers, owned, ns;
	struct st *t = me->t;

	ST_EQ(t, lwkt_gettoken(&t->tok[0]), 0);
	st_yield_until(t, st_at(t, 1));
	handovers = st->handovers;
	owned = st->owned_handovers;
	ns = st->owned_not_running_ns;
	st_yield_until(t, t->th[1].ops >= ROUNDS);
	ST_CHECK(t, st->owned_handovers > owned);
	ST_EQ(t, 2 * (st->owned_handovers - owned), st->handovers - handovers);
	ST_CHECK(t, st->owned_not_running_ns > ns);
	st_step(t, 2);
	ST_EQ(t, lwkt_reltoken(&t->tok[0]), 0);
}

static void without_token_fn(struct st_thread *me)
{
	struct st *t = me->t;

	st_step(t, 1);
	while (!st_at(t, 2) && !READ_ONCE(t->over)) {
		me->ops++;
		lwkt_yield();
	}
}

static void setup_owned_handover(struct st *t)
{
	if (!st_world(t))
		return;
	st_spawn(t, with_token_fn, 0);
	st_spawn(t, without_token_fn, 0);
	st_go(t);
}

/*
 * A request to yield comes between the look for other threads, which finds none,
 * and the end of the request before, which is due: the second is not lost. The
 * time stands still here, so no time slice ends.
 */
static void request_hook(enum lwkt_testpoint point, struct lwkt_thread *td,
			 unsigned int n)
{
	struct st *t;

	if (point != LWKT_TP_YIELD)
		return;
	t = st_first_to_come(td);
	if (!t)
		return;
	st_start(&t->th[1]);
	lwkt_yield_by(td->td_gd, td->td_slice_end - 1);
}

static void request_fn(struct st_thread *me)
{
	struct lwkt_globaldata *gd = me->td->td_gd;
	u64 *switches = &gd->gd_stats[0].switches, seen, now;
	struct st *t = me->t;

	lwkt_switch();
	/* The request that is due comes first, and no thread is there for it. */
	now = me->td->td_slice_end - 1;
	lwkt_yield_by(gd, now - 1);
	st_step(t, 1);
	seen = *switches;
	lwkt_user_yield(now);
	ST_CHECK(t, st_at(t, 2));
	/* At once, or because the request still stands. */
	lwkt_user_yield(now);
	ST_CHECK(t, *switches > seen);
	/* Met: no third switch comes from it. */
	st_yield_until(t, READ_ONCE(t->th[1].done));
	now = me->td->td_slice_end - 1;
	seen = *switches;
	lwkt_user_yield(now);
	ST_EQ(t, *switches, seen);
}

static void requested_fn(struct st_thread *me)
{
	me->ops++;
}

static void setup_second_request(struct st *t)
{
	st_hook(t, request_hook);
	if (!st_world(t))
		return;
	st_spawn(t, request_fn, 0);
	st_spawn(t, requested_fn, 0);
	/* The second one is started by the hook. */
	if (t->nthreads == 2)
		st_start(&t->th[0]);
}

static const struct st_case cases[] = {
	{ "one_current_per_cpu", setup_one_current },
	{ "turns", setup_turns },
	{ "rows", setup_rows },
	{ "one_world", setup_one_world },
	{ "owned_not_running", setup_owned_handover },
	{ "second_yield_request", setup_second_request },
	{}
};

const struct st_suite st_suite_sched = { "sched", cases };
