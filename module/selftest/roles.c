// SPDX-License-Identifier: GPL-2.0
/*
 * roles.c - what threads of several tests do
 */
#include "suites.h"

/**
 * st_hold_fn() - hold token 0 from step 1 to step 2, then make step 3
 * @me: the thread
 */
void st_hold_fn(struct st_thread *me)
{
	struct st *t = me->t;

	st_get(t, 0);
	st_step(t, 1);
	st_until(t, st_at(t, 2));
	st_rel(t, 0);
	st_step(t, 3);
}

/**
 * st_want_fn() - take and release token 0 from step 1 on; ops is 1 once it was held
 * @me: the thread
 */
void st_want_fn(struct st_thread *me)
{
	struct st *t = me->t;

	st_until(t, st_at(t, 1));
	st_get(t, 0);
	WRITE_ONCE(me->ops, 1);
	st_rel(t, 0);
}

/**
 * st_one_thread() - a test of one thread, and one that tells which tokens are free
 * @t: the test
 * @fn: what the thread does
 */
void st_one_thread(struct st *t, st_fn fn)
{
	if (!st_world(t))
		return;
	st_spawn(t, fn, 0);
	st_prober(t);
	st_go(t);
}
