// SPDX-License-Identifier: GPL-2.0
/*
 * look.c - LWKT threads and tokens as seen from outside
 *
 * For a report on a run that makes no progress (dump.c). A look takes no lock
 * and is no part of the protocols: what is read belongs to other CPUs and
 * may be a moment old, each word for itself. Hence data_race() everywhere, and
 * hence nothing is followed but what stays allocated as long as its world:
 * threads and their references.
 */
#include <linux/atomic.h>

#include "look.h"
#include "lwkt/core/sched.h"
#include "token.h"
#include "tries.h"

/**
 * lwkt_look_state() - what a thread is doing
 * @td: the thread
 *
 * Context: any; the caller keeps the thread's world alive.
 * Return: current (it holds the baton, and all its tokens), asleep (in
 * lwkt_tsleep()), blocked (off the run queue for another reason) or queued
 */
const char *lwkt_look_state(const struct lwkt_thread *td)
{
	/* All of these are hints: see the head of this file. */
	if (data_race(td->td_gd->gd_curthread == td))
		return "current";
	/* Likewise. */
	if (data_race(td->td_asleep))
		return "asleep";
	return atomic_read(&td->td_blocked) ? "blocked" : "queued";
}

/**
 * lwkt_look_refs() - how many token references a thread has
 * @td: the thread
 *
 * A current thread holds their tokens, any other one wants them.
 *
 * Context: as lwkt_look_state().
 */
unsigned int lwkt_look_refs(const struct lwkt_thread *td)
{
	/* A hint. It stays within the array. */
	return data_race(td->td_toks_stop) - td->td_toks;
}

/**
 * lwkt_look_ref() - the token of one reference
 * @td: the thread
 * @i: number of the reference, below what lwkt_look_refs() said
 *
 * Context: as lwkt_look_state().
 * Return: the token, which may be an old one; not to be followed, only compared
 */
const struct lwkt_token *lwkt_look_ref(const struct lwkt_thread *td,
				       unsigned int i)
{
	/* A hint. The slot stays allocated. */
	return data_race(td->td_toks[i].tr_tok);
}

/**
 * lwkt_look_owner() - the thread that has a token exclusively, or tries for it
 * @tok: the token
 *
 * Context: as lwkt_look_state().
 * Return: the thread or NULL
 */
const struct lwkt_thread *lwkt_look_owner(const struct lwkt_token *tok)
{
	/* A hint. References live as long as their world. */
	const struct lwkt_tokref *ref = lwkt_strip(data_race(tok->t_ref));

	return ref ? ref->tr_owner : NULL;
}

/**
 * lwkt_look_count() - the count word of a token (gen/count_word.h)
 * @tok: the token
 *
 * Context: as lwkt_look_state().
 * Return: 0 in generations that have none
 */
long lwkt_look_count(const struct lwkt_token *tok)
{
	return atomic_long_read(&tok->t_count);
}
