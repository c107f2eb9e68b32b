// SPDX-License-Identifier: GPL-2.0
/*
 * roles.c - what threads of several tests do, and what these tests begin with
 */
#include <linux/log2.h>
#include <linux/mm.h>

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
 * st_want_two_fn() - the same with tokens 0 and 1, in this order
 * @me: the thread
 */
void st_want_two_fn(struct st_thread *me)
{
	struct st *t = me->t;

	st_until(t, st_at(t, 1));
	st_get(t, 0);
	st_get(t, 1);
	WRITE_ONCE(me->ops, 1);
	st_rel(t, 1);
	st_rel(t, 0);
}

/**
 * st_once_fn() - take and release token 0 at once
 * @me: the thread
 */
void st_once_fn(struct st_thread *me)
{
	st_get(me->t, 0);
	WRITE_ONCE(me->ops, 1);
	st_rel(me->t, 0);
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

/**
 * st_two_threads() - a test of two threads, each on a CPU of its own
 * @t: the test
 * @first: what thread 0 does
 * @second: what thread 1 does
 */
void st_two_threads(struct st *t, st_fn first, st_fn second)
{
	if (!st_needs_cpus(t, 2) || !st_world(t))
		return;
	st_spawn(t, first, 0);
	st_spawn(t, second, 1);
	st_go(t);
}

/**
 * st_first_to_come() - a hook is where its test is held up: make step 2
 * @td: what the hook was called for
 *
 * Context: a hook.
 * Return: the test; NULL if it is not for thread 0, or step 2 was made before
 */
struct st *st_first_to_come(const struct lwkt_thread *td)
{
	struct st_thread *th = st_of(td);

	if (!th || th->index || st_at(th->t, 2))
		return NULL;
	st_step(th->t, 2);
	return th->t;
}

/**
 * st_extra() - make what a test keeps beside its tokens
 * @t: the test
 * @size: of it
 *
 * Context: process context, may sleep.
 * Return: @extra of @t, zeroes, not less aligned than a cache line; NULL if there
 * is no memory, which fails the test
 */
void *st_extra(struct st *t, size_t size)
{
	/* A power of two is aligned to its own size. */
	size = roundup_pow_of_two(max_t(size_t, size, SMP_CACHE_BYTES));
	t->extra = kvzalloc(size, GFP_KERNEL);
	if (!t->extra)
		st_fail(t, "no memory");
	return t->extra;
}

/**
 * st_needs_handoff() - skip the test if it is not of token-handoff
 * @t: the test
 *
 * Return: true if it is
 */
bool st_needs_handoff(struct st *t)
{
	if (t->gen == LWKT_GEN_handoff)
		return true;
	st_skip(t, "no hand-off");
	return false;
}
