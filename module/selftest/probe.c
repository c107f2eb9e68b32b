// SPDX-License-Identifier: GPL-2.0
/*
 * probe.c - questions that a test asks while it holds something
 *
 * Whether a token is free only another thread can tell. The prober is a thread
 * on the second CPU that tries it when asked, and gives it back at once. With
 * one CPU there is no such thing as holding a token while another thread runs,
 * so there is nothing to ask.
 */
#include "fixture.h"

static void probe_main(struct st_thread *me)
{
	struct st *t = me->t;
	struct lwkt_token *tok;
	bool got;

	while (!READ_ONCE(t->over)) {
		/* Pairs with the store in st_probe(). */
		tok = smp_load_acquire(&t->probe_tok);
		if (!tok) {
			compat_relax_cpu();
			lwkt_yield();
			continue;
		}
		got = lwkt_trytoken(tok);
		if (got)
			ST_EQ(t, lwkt_reltoken(tok), 0);
		WRITE_ONCE(t->probe_tok, NULL);
		/* Pairs with the load in st_probe(). */
		smp_store_release(&t->probe_answer, got);
	}
}

/**
 * st_prober() - make the thread that answers st_probe(), if there is a CPU
 * @t: the test; st_go() starts it
 */
void st_prober(struct st *t)
{
	if (t->ncpus > 1)
		t->probe = st_spawn(t, probe_main, 1);
}

/**
 * st_probe() - is a token free?
 * @me: the caller, not on the second CPU; one at a time
 * @tok: the token
 *
 * Context: an LWKT thread; it keeps its tokens.
 * Return: 1 free, 0 taken, negative if it cannot be told
 */
int st_probe(struct st_thread *me, struct lwkt_token *tok)
{
	struct st *t = me->t;

	if (!t->probe)
		return -1;
	WRITE_ONCE(t->probe_answer, -1);
	/* Pairs with the load in probe_main(). */
	smp_store_release(&t->probe_tok, tok);
	/* Pairs with the store in probe_main(). */
	st_until(t, smp_load_acquire(&t->probe_answer) >= 0);
	return READ_ONCE(t->probe_answer);
}

/**
 * st_shared_mode() - does this generation have it? If not, the test is skipped
 * @me: the caller
 *
 * Context: an LWKT thread that holds nothing.
 */
bool st_shared_mode(struct st_thread *me)
{
	struct lwkt_token *tok = &me->t->tok[ST_TOKENS - 1];
	int err = lwkt_gettoken_shared(tok);

	if (err == -EOPNOTSUPP) {
		st_skip(me->t, "no shared mode");
		return false;
	}
	if (!ST_EQ(me->t, err, 0))
		return false;
	ST_EQ(me->t, lwkt_reltoken(tok), 0);
	return true;
}
