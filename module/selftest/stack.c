// SPDX-License-Identifier: GPL-2.0
/*
 * stack.c - references are a stack: recursion, last in first out, swap
 */
#include "suites.h"

static void recursion_fn(struct st_thread *me)
{
	struct st *t = me->t;
	unsigned int i;

	for (i = 0; i < LWKT_MAXTOKENS; i++)
		st_get(t, 0);
	ST_EQ(t, lwkt_cnttoken(&t->tok[0], me->td), LWKT_MAXTOKENS);
	lwkt_yield();
	for (i = LWKT_MAXTOKENS; i > 1; i--)
		st_rel(t, 0);
	ST_TAKEN(me, &t->tok[0]);
	st_rel(t, 0);
	ST_FREE(me, &t->tok[0]);
}

static void setup_recursion(struct st *t)
{
	st_one_thread(t, recursion_fn);
}

/* 32 references to 16 tokens, twice each, and back. */
static void mixed_fn(struct st_thread *me)
{
	struct st *t = me->t;
	unsigned int i;

	for (i = 0; i < LWKT_MAXTOKENS; i++)
		st_get(t, i % ST_TOKENS);
	lwkt_yield();
	for (i = LWKT_MAXTOKENS; i-- > 0;) {
		st_rel(t, i % ST_TOKENS);
		if (i % 8)
			continue;
		if (i >= ST_TOKENS)
			ST_TAKEN(me, &t->tok[i % ST_TOKENS]);
		else
			ST_FREE(me, &t->tok[i]);
	}
}

static void setup_mixed(struct st *t)
{
	st_one_thread(t, mixed_fn);
}

static void swap_fn(struct st_thread *me)
{
	struct st *t = me->t;

	st_get(t, 0);
	st_get(t, 1);
	ST_EQ(t, lwkt_token_swap(), 0);
	st_rel(t, 0);
	ST_FREE(me, &t->tok[0]);
	ST_TAKEN(me, &t->tok[1]);
	st_rel(t, 1);
	ST_FREE(me, &t->tok[1]);

	/* Twice is once too often. */
	st_get(t, 0);
	st_get(t, 1);
	ST_EQ(t, lwkt_token_swap(), 0);
	ST_EQ(t, lwkt_token_swap(), 0);
	st_rel(t, 1);
	ST_TAKEN(me, &t->tok[0]);
	st_rel(t, 0);
	ST_FREE(me, &t->tok[0]);
}

static void setup_swap_distinct(struct st *t)
{
	st_one_thread(t, swap_fn);
}

static void swap_switch_fn(struct st_thread *me)
{
	struct st *t = me->t;

	st_get(t, 2);
	st_get(t, 0);
	st_get(t, 1);
	ST_EQ(t, lwkt_token_swap(), 0);
	lwkt_yield();
	ST_TAKEN(me, &t->tok[0]);
	ST_TAKEN(me, &t->tok[1]);
	st_rel(t, 0);
	ST_FREE(me, &t->tok[0]);
	lwkt_yield();
	ST_TAKEN(me, &t->tok[1]);
	st_rel(t, 1);
	ST_TAKEN(me, &t->tok[2]);
	st_rel(t, 2);
	ST_FREE(me, &t->tok[1]);
	ST_FREE(me, &t->tok[2]);
}

static void setup_swap_switch(struct st *t)
{
	st_one_thread(t, swap_switch_fn);
}

static void swap_same_fn(struct st_thread *me)
{
	struct st *t = me->t;

	st_get(t, 0);
	st_get(t, 0);
	ST_EQ(t, lwkt_token_swap(), 0);
	st_rel(t, 0);
	ST_TAKEN(me, &t->tok[0]);
	lwkt_yield();
	ST_TAKEN(me, &t->tok[0]);
	st_rel(t, 0);
	ST_FREE(me, &t->tok[0]);
}

static void setup_swap_same(struct st *t)
{
	st_one_thread(t, swap_same_fn);
}

/* The owning reference moves: above a recursive one it must not get lost. */
static void swap_recursive_fn(struct st_thread *me)
{
	struct st *t = me->t;

	st_get(t, 0);
	st_get(t, 1);
	st_get(t, 0);
	ST_EQ(t, lwkt_token_swap(), 0);
	st_rel(t, 1);
	ST_FREE(me, &t->tok[1]);
	st_rel(t, 0);
	ST_TAKEN(me, &t->tok[0]);
	st_rel(t, 0);
	ST_FREE(me, &t->tok[0]);

	st_get(t, 0);
	st_get(t, 0);
	st_get(t, 1);
	ST_EQ(t, lwkt_token_swap(), 0);
	st_rel(t, 0);
	ST_TAKEN(me, &t->tok[0]);
	ST_TAKEN(me, &t->tok[1]);
	st_rel(t, 1);
	ST_FREE(me, &t->tok[1]);
	lwkt_yield();
	ST_TAKEN(me, &t->tok[0]);
	st_rel(t, 0);
	ST_FREE(me, &t->tok[0]);

	/* The owner of token 0 goes up and is recursed into from there. */
	st_get(t, 0);
	st_get(t, 1);
	ST_EQ(t, lwkt_token_swap(), 0);
	st_get(t, 0);
	lwkt_yield();
	st_rel(t, 0);
	ST_TAKEN(me, &t->tok[0]);
	st_rel(t, 0);
	ST_FREE(me, &t->tok[0]);
	ST_TAKEN(me, &t->tok[1]);
	st_rel(t, 1);
	ST_FREE(me, &t->tok[1]);
}

static void setup_swap_recursive(struct st *t)
{
	st_one_thread(t, swap_recursive_fn);
}

static void swap_shared_fn(struct st_thread *me)
{
	struct st *t = me->t;

	if (!st_shared_mode(me))
		return;
	/* A shared and an exclusive one, both ways round. */
	ST_EQ(t, lwkt_gettoken_shared(&t->tok[0]), 0);
	st_get(t, 1);
	ST_EQ(t, lwkt_token_swap(), 0);
	lwkt_yield();
	st_rel(t, 0);
	ST_FREE(me, &t->tok[0]);
	ST_TAKEN(me, &t->tok[1]);
	st_rel(t, 1);
	ST_FREE(me, &t->tok[1]);

	/* Shared above exclusive: the exclusive one stays the owner. */
	st_get(t, 0);
	st_get(t, 1);
	ST_EQ(t, lwkt_gettoken_shared(&t->tok[0]), 0);
	ST_EQ(t, lwkt_token_swap(), 0);
	lwkt_yield();
	st_rel(t, 1);
	ST_FREE(me, &t->tok[1]);
	st_rel(t, 0);
	ST_TAKEN(me, &t->tok[0]);
	st_rel(t, 0);
	ST_FREE(me, &t->tok[0]);

	/* The top two name one token in two modes. */
	st_get(t, 0);
	ST_EQ(t, lwkt_gettoken_shared(&t->tok[0]), 0);
	ST_EQ(t, lwkt_token_swap(), 0);
	st_rel(t, 0);
	ST_TAKEN(me, &t->tok[0]);
	st_rel(t, 0);
	ST_FREE(me, &t->tok[0]);
}

static void setup_swap_shared(struct st *t)
{
	st_one_thread(t, swap_shared_fn);
}

static const struct st_case cases[] = {
	{ "recursion_32", setup_recursion },
	{ "mixed_32", setup_mixed },
	{ "swap_distinct", setup_swap_distinct },
	{ "swap_then_switch", setup_swap_switch },
	{ "swap_same", setup_swap_same },
	{ "swap_recursive", setup_swap_recursive },
	{ "swap_shared", setup_swap_shared },
	{}
};

const struct st_suite st_suite_stack = { "stack", cases };
