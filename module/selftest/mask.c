// SPDX-License-Identifier: GPL-2.0
/*
 * mask.c - the marks of contending CPUs in a token, in token-ipi and
 * token-ticket: which attempt leaves one, what takes it away, and which CPUs a
 * release interrupts
 */
#include <linux/bitops.h>
#include <linux/delay.h>

#include "lwkt/gen/mask.h"
#include "suites.h"

/* The CPUs of getter and holder in the tests that need two. */
#define GETTER 0
#define HOLDER 1

/* Threads and operations of the test that looks at the end. */
#define CROWD 8
#define ROUNDS 100
#define HOLD_US 50

/* What was seen, by threads and hooks of one CPU each. */
struct seen {
	int after_get;
	int once_taken;
	u64 ipis;
	u64 ipis_awake;
	bool asked;
};

static bool is_marked(const struct st_thread *th)
{
	return READ_ONCE(th->t->tok[0].t_mask) & BIT(th->td->td_gd->gd_index);
}

static void getter_fn(struct st_thread *me)
{
	struct st *t = me->t;
	struct seen *seen = t->extra;

	st_until(t, st_at(t, 1));
	ST_EQ(t, lwkt_gettoken(&t->tok[0]), 0);
	seen->once_taken = is_marked(me);
	ST_EQ(t, lwkt_reltoken(&t->tok[0]), 0);
}

static struct seen *begin_case(struct st *t)
{
	if (!lwkt_gen_masks(t->gen)) {
		st_skip(t, "no mask");
		return NULL;
	}
	if (!st_needs_cpus(t, 2))
		return NULL;
	return st_extra(t, sizeof(struct seen));
}

/* gettoken has failed: the release comes, and takes all marks it sees. */
static void get_hook(enum lwkt_testpoint point, struct lwkt_thread *td,
		     unsigned int n)
{
	struct st_thread *th = st_of(td);
	struct seen *seen;

	if (!th || th->fn != getter_fn)
		return;
	seen = th->t->extra;
	if (point == LWKT_TP_CONTENDED) {
		seen->after_get = is_marked(th);
		st_step(th->t, 2);
		st_until(th->t, st_at(th->t, 3));
	} else if (point == LWKT_TP_GETALL) {
		/* As if ipi_max had spared this CPU. */
		set_bit(td->td_gd->gd_index, &th->t->tok[0].t_mask);
	}
}

static void check_marks_of_get(struct st *t)
{
	const struct seen *seen = t->extra;

	ST_EQ(t, seen->after_get, t->gen == LWKT_GEN_ipi);
	ST_EQ(t, seen->once_taken, t->gen == LWKT_GEN_ipi);
}

static void setup_of_gettoken(struct st *t)
{
	if (!begin_case(t))
		return;
	st_hook(t, get_hook);
	t->check = check_marks_of_get;
	if (!st_world(t))
		return;
	st_spawn(t, getter_fn, GETTER);
	st_spawn(t, st_hold_fn, HOLDER);
	st_go(t);
}

/*
 * A CPU with a thread that waits and one that works: it does not halt. Two
 * releases come while the latter works, and before each the former has failed.
 */
static void busy_fn(struct st_thread *me)
{
	struct st *t = me->t;
	const struct st_thread *getter = &t->th[0];
	u64 failed = 1;
	unsigned int step;

	for (step = 2; step <= 4; step += 2) {
		st_yield_until(t, st_failed(getter) > failed);
		failed = st_failed(getter);
		st_step(t, step);
		st_until(t, st_at(t, step + 1));
	}
}

static void awake_holder_fn(struct st_thread *me)
{
	struct st *t = me->t;
	struct lwkt_globaldata *other = t->th[0].td->td_gd;
	struct lwkt_cpu_stats *st = &me->td->td_gd->gd_stats[0];
	struct seen *seen = t->extra;

	ST_EQ(t, lwkt_gettoken(&t->tok[0]), 0);
	st_step(t, 1);
	st_until(t, st_at(t, 2));
	seen->ipis = st->ipis;
	seen->ipis_awake = st->ipis_awake;
	ST_EQ(t, lwkt_reltoken(&t->tok[0]), 0);
	ST_EQ(t, lwkt_gettoken(&t->tok[0]), 0);
	st_step(t, 3);
	st_until(t, st_at(t, 4));
	ST_EQ(t, lwkt_reltoken(&t->tok[0]), 0);
	seen->ipis = st->ipis - seen->ipis;
	seen->ipis_awake = st->ipis_awake - seen->ipis_awake;
	seen->asked = atomic_read(&other->gd_reqflags) & RQF_RESCHED;
	st_step(t, 5);
}

static void check_awake(struct st *t)
{
	const struct seen *seen = t->extra;

	ST_EQ(t, seen->ipis, t->gen == LWKT_GEN_ipi ? 2 : 0);
	ST_EQ(t, seen->ipis_awake, seen->ipis);
	ST_CHECK(t, seen->asked);
}

static void setup_awake(struct st *t)
{
	if (!begin_case(t))
		return;
	t->check = check_awake;
	if (!st_world(t))
		return;
	st_spawn(t, getter_fn, GETTER);
	st_spawn(t, busy_fn, GETTER);
	st_spawn(t, awake_holder_fn, HOLDER);
	st_go(t);
}

/* Sets of two in either order, by threads of all CPUs. */
static void crowd_fn(struct st_thread *me)
{
	struct st *t = me->t;
	unsigned int first = me->index & 1;

	for (me->ops = 0; me->ops < ROUNDS && !READ_ONCE(t->over); me->ops++) {
		ST_EQ(t, lwkt_gettoken(&t->tok[first]), 0);
		ST_EQ(t, lwkt_gettoken(&t->tok[!first]), 0);
		/* Asleep in Linux it stays current, and holds what it has. */
		usleep_range(HOLD_US, 2 * HOLD_US);
		if (!(me->ops % 16))
			lwkt_sleep_ns(1000);
		ST_EQ(t, lwkt_reltoken(&t->tok[!first]), 0);
		ST_EQ(t, lwkt_reltoken(&t->tok[first]), 0);
	}
}

static void inspect_met(struct st *t)
{
	u64 failed = 0;
	unsigned int i;

	for (i = 0; i < t->nthreads; i++)
		failed += st_failed(&t->th[i]);
	ST_CHECK(t, failed);
}

static void check_no_marks(struct st *t)
{
	ST_EQ(t, t->tok[0].t_mask, 0);
	ST_EQ(t, t->tok[1].t_mask, 0);
}

static void setup_at_rest(struct st *t)
{
	unsigned int i;

	if (!begin_case(t))
		return;
	t->knobs.ipi_max = 0;
	t->inspect = inspect_met;
	t->check = check_no_marks;
	if (!st_world(t))
		return;
	for (i = 0; i < CROWD; i++)
		st_spawn(t, crowd_fn, i / 2);
	st_go(t);
}

static const struct st_case cases[] = { { "of_gettoken", setup_of_gettoken },
					{ "of_a_cpu_awake", setup_awake },
					{ "none_at_rest", setup_at_rest },
					{} };

const struct st_suite st_suite_mask = { "mask", cases };
