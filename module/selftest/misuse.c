// SPDX-License-Identifier: GPL-2.0
/*
 * misuse.c - illegal use: an error, one line in the log with the token's name,
 * a count, and everything else as it was
 *
 * The runner compares the world's count with st.misuses for every test, so all
 * other tests check that what is legal is not reported.
 */
#include <linux/irqflags.h>
#include <linux/preempt.h>

#include "lwkt/core/tsleep.h"
#include "suites.h"

/* What the log has to say of token 0: one line, however often it was done. */
static void check_one_line(struct st *t)
{
	if (IS_ENABLED(CONFIG_PRINTK))
		ST_EQ(t, st_log_count(t->tok_name[0]), 1);
}

static bool begin_case(struct st *t, unsigned int misuses)
{
	st_log_mark();
	t->misuses = misuses;
	t->check = check_one_line;
	return st_world(t);
}

static void one_thread(struct st *t, st_fn fn, unsigned int misuses)
{
	if (!begin_case(t, misuses))
		return;
	st_spawn(t, fn, 0);
	st_prober(t);
	st_go(t);
}

static void overflow_fn(struct st_thread *me)
{
	struct st *t = me->t;
	unsigned int i;

	for (i = 0; i < LWKT_MAXTOKENS; i++)
		ST_EQ(t, lwkt_gettoken(&t->tok[1]), 0);
	for (i = 0; i < 3; i++)
		ST_EQ(t, lwkt_gettoken(&t->tok[0]), -EOVERFLOW);
	ST_CHECK(t, !lwkt_trytoken(&t->tok[0]));
	ST_EQ(t, lwkt_cnttoken(&t->tok[0], me->td), 0);
	ST_EQ(t, lwkt_cnttoken(&t->tok[1], me->td), LWKT_MAXTOKENS);
	lwkt_yield();
	ST_TAKEN(me, &t->tok[1]);
	ST_FREE(me, &t->tok[0]);
	for (i = 0; i < LWKT_MAXTOKENS; i++)
		ST_EQ(t, lwkt_reltoken(&t->tok[1]), 0);
	ST_FREE(me, &t->tok[1]);
}

static void setup_overflow(struct st *t)
{
	one_thread(t, overflow_fn, 4);
}

/* Every reference counts, also one to a token that the newest one names. */
static void overflow_mixed_fn(struct st_thread *me)
{
	struct st *t = me->t;
	unsigned int i;

	for (i = 0; i < LWKT_MAXTOKENS / 2; i++)
		st_get(t, 1);
	for (; i < LWKT_MAXTOKENS; i++)
		st_get(t, 2);
	ST_EQ(t, lwkt_gettoken(&t->tok[0]), -EOVERFLOW);
	ST_EQ(t, lwkt_gettoken(&t->tok[2]), -EOVERFLOW);
	ST_CHECK(t, !lwkt_trytoken(&t->tok[2]));
	ST_EQ(t, lwkt_cnttoken(&t->tok[1], me->td), LWKT_MAXTOKENS / 2);
	ST_EQ(t, lwkt_cnttoken(&t->tok[2], me->td), LWKT_MAXTOKENS / 2);
	lwkt_yield();
	st_rel(t, 2);
	st_get(t, 0);
	ST_EQ(t, lwkt_gettoken(&t->tok[2]), -EOVERFLOW);
	st_rel(t, 0);
	for (i = 1; i < LWKT_MAXTOKENS / 2; i++)
		st_rel(t, 2);
	ST_FREE(me, &t->tok[2]);
	for (i = 0; i < LWKT_MAXTOKENS / 2; i++)
		st_rel(t, 1);
	ST_FREE(me, &t->tok[1]);
}

static void setup_overflow_mixed(struct st *t)
{
	one_thread(t, overflow_mixed_fn, 4);
}

/* Out of order, and of what is not held. */
static void release_fn(struct st_thread *me)
{
	struct st *t = me->t;

	ST_EQ(t, lwkt_reltoken(&t->tok[0]), -EINVAL);
	ST_EQ(t, lwkt_gettoken(&t->tok[0]), 0);
	ST_EQ(t, lwkt_gettoken(&t->tok[1]), 0);
	ST_EQ(t, lwkt_reltoken(&t->tok[0]), -EINVAL);
	ST_TAKEN(me, &t->tok[0]);
	ST_TAKEN(me, &t->tok[1]);
	ST_EQ(t, lwkt_gettoken(&t->tok[1]), 0);
	ST_EQ(t, lwkt_reltoken(&t->tok[0]), -EINVAL);
	ST_EQ(t, lwkt_cnttoken(&t->tok[1], me->td), 2);
	ST_EQ(t, lwkt_reltoken(&t->tok[1]), 0);
	ST_EQ(t, lwkt_reltoken(&t->tok[1]), 0);
	ST_EQ(t, lwkt_reltoken(&t->tok[0]), 0);
	ST_EQ(t, lwkt_reltoken(&t->tok[0]), -EINVAL);
	ST_FREE(me, &t->tok[0]);
}

static void setup_release(struct st *t)
{
	one_thread(t, release_fn, 4);
}

static void swap_fn(struct st_thread *me)
{
	struct st *t = me->t;

	ST_EQ(t, lwkt_token_swap(), -EINVAL);
	ST_EQ(t, lwkt_gettoken(&t->tok[0]), 0);
	ST_EQ(t, lwkt_token_swap(), -EINVAL);
	ST_TAKEN(me, &t->tok[0]);
	ST_EQ(t, lwkt_reltoken(&t->tok[0]), 0);
}

static void setup_swap_few(struct st *t)
{
	one_thread(t, swap_fn, 2);
	t->check = NULL;
}

/* A thread that ends with tokens: they are free afterwards (the fixture). */
static void returns_fn(struct st_thread *me)
{
	struct st *t = me->t;

	ST_EQ(t, lwkt_gettoken(&t->tok[0]), 0);
	ST_EQ(t, lwkt_gettoken(&t->tok[1]), 0);
	ST_EQ(t, lwkt_gettoken(&t->tok[0]), 0);
}

static void setup_returns(struct st *t)
{
	if (!begin_case(t, 1))
		return;
	st_spawn(t, returns_fn, 0);
	st_go(t);
}

static void upgrade_fn(struct st_thread *me)
{
	struct st *t = me->t;

	if (!st_shared_mode(me)) {
		t->misuses = 0;
		return;
	}
	ST_EQ(t, lwkt_gettoken_shared(&t->tok[0]), 0);
	ST_EQ(t, lwkt_gettoken(&t->tok[0]), -EDEADLK);
	ST_EQ(t, lwkt_gettoken(&t->tok[1]), 0);
	ST_EQ(t, lwkt_gettoken(&t->tok[0]), -EDEADLK);
	/* A try cannot have it either; whether it says so is left open. */
	ST_CHECK(t, !lwkt_trytoken(&t->tok[0]));
	t->misuses = max(2U, min(lwkt_misuse_count(), 3U));
	ST_EQ(t, lwkt_cnttoken(&t->tok[0], me->td), 1);
	ST_TAKEN(me, &t->tok[0]);
	lwkt_yield();
	ST_EQ(t, lwkt_reltoken(&t->tok[1]), 0);
	ST_EQ(t, lwkt_reltoken(&t->tok[0]), 0);
	ST_FREE(me, &t->tok[0]);
}

static void setup_upgrade(struct st *t)
{
	one_thread(t, upgrade_fn, 2);
}

/* Waiting for a token of the other CPU's, where waiting is forbidden. */
static void atomic_holder(struct st_thread *me)
{
	struct st *t = me->t;

	ST_EQ(t, lwkt_gettoken(&t->tok[0]), 0);
	st_step(t, 1);
	st_until(t, st_at(t, 2));
	ST_EQ(t, lwkt_reltoken(&t->tok[0]), 0);
}

static void irqs_off_fn(struct st_thread *me)
{
	struct st *t = me->t;
	unsigned long flags;
	int err, err_sleep;

	st_until(t, st_at(t, 1));
	ST_EQ(t, lwkt_gettoken(&t->tok[1]), 0);
	local_irq_save(flags);
	err = lwkt_gettoken(&t->tok[0]);
	err_sleep = lwkt_tsleep(me, 1000);
	local_irq_restore(flags);
	ST_EQ(t, err, -EWOULDBLOCK);
	ST_EQ(t, err_sleep, -EWOULDBLOCK);
	ST_EQ(t, lwkt_cnttoken(&t->tok[0], me->td), 0);
	ST_CHECK(t, lwkt_token_is_held(&t->tok[1]));
	st_step(t, 2);
	ST_EQ(t, lwkt_reltoken(&t->tok[1]), 0);
}

static void preempt_off_fn(struct st_thread *me)
{
	struct st *t = me->t;
	int err;

	st_until(t, st_at(t, 1));
	preempt_disable();
	err = lwkt_gettoken(&t->tok[0]);
	preempt_enable();
	ST_EQ(t, err, -EWOULDBLOCK);
	ST_EQ(t, lwkt_cnttoken(&t->tok[0], me->td), 0);
	st_step(t, 2);
}

static void atomic_get(struct st *t, st_fn fn, unsigned int misuses)
{
	if (!st_needs_cpus(t, 2) || !begin_case(t, misuses))
		return;
	st_spawn(t, fn, 0);
	st_spawn(t, atomic_holder, 1);
	st_go(t);
}

static void setup_irqs_off(struct st *t)
{
	atomic_get(t, irqs_off_fn, 2);
}

static void setup_preempt_off(struct st *t)
{
	if (!IS_ENABLED(CONFIG_PREEMPT_COUNT)) {
		st_skip(t, "this kernel does not count preempt_disable()");
		return;
	}
	atomic_get(t, preempt_off_fn, 1);
}

/* By the writer of the file run, which is no LWKT thread. */
static void setup_foreign(struct st *t)
{
	int err;

	if (!begin_case(t, 0))
		return;
	ST_EQ(t, lwkt_gettoken(&t->tok[0]), -EPERM);
	ST_CHECK(t, !lwkt_trytoken(&t->tok[0]));
	ST_EQ(t, lwkt_reltoken(&t->tok[0]), -EPERM);
	ST_EQ(t, lwkt_tsleep_interlock(t), -EPERM);
	ST_EQ(t, lwkt_tsleep(t, 1000), -EPERM);
	ST_CHECK(t, lwkt_token_swap() < 0);
	ST_CHECK(t, !lwkt_token_is_held(&t->tok[0]));
	lwkt_switch();
	lwkt_sleep_ns(1000);
	lwkt_user_yield(0);
	t->misuses = 8;
	err = lwkt_gettoken_shared(&t->tok[0]);
	ST_CHECK(t, err == -EPERM || err == -EOPNOTSUPP);
	t->misuses += err == -EPERM;
}

/* The sleep lock's own. */
static void lockmgr_fn(struct st_thread *me)
{
	struct st *t = me->t;
	struct lwkt_lock *lk = t->extra;

	ST_EQ(t, lwkt_lockmgr_release(lk), -EINVAL);
	ST_EQ(t, lwkt_lockmgr_exclusive(lk), 0);
	ST_EQ(t, lwkt_lockmgr_exclusive(lk), -EDEADLK);
	ST_EQ(t, lwkt_lockmgr_release(lk), 0);
	ST_EQ(t, lwkt_lockmgr_release(lk), -EINVAL);
}

static void check_lockmgr_lines(struct st *t)
{
	/* Two kinds. */
	if (IS_ENABLED(CONFIG_PRINTK))
		ST_EQ(t, st_log_count("misused-lock"), 2);
}

static void setup_lockmgr(struct st *t)
{
	if (!st_extra(t, sizeof(struct lwkt_lock)))
		return;
	lwkt_lockinit(t->extra, "misused-lock");
	one_thread(t, lockmgr_fn, 3);
	t->check = check_lockmgr_lines;
}

static const struct st_case cases[] = { { "overflow", setup_overflow },
					{ "overflow_mixed",
					  setup_overflow_mixed },
					{ "release", setup_release },
					{ "swap_of_few", setup_swap_few },
					{ "returns_holding", setup_returns },
					{ "upgrade", setup_upgrade },
					{ "interrupts_off", setup_irqs_off },
					{ "preemption_off", setup_preempt_off },
					{ "no_lwkt_thread", setup_foreign },
					{ "lockmgr", setup_lockmgr },
					{} };

const struct st_suite st_suite_misuse = { "misuse", cases };
