// SPDX-License-Identifier: GPL-2.0
/*
 * dispatch.c - from the generic interface of tokens to the generation that is
 * alive
 *
 * The one file that knows all generations by their names (core/generations.h).
 * What is called on every acquisition, release or switch is chosen by the
 * generation's number, so that nothing of it is called through a pointer; what
 * is asked seldom is in a table (core/gen_ops.h).
 */
#include <linux/export.h>

#include "lwkt/core/gen_ops.h"
#include "lwkt/gen/backoff.h"
#include "lwkt/gen/handoff/handoff.h"
#include "lwkt/gen/ipi.h"
#include "lwkt/gen/poll.h"
#include "lwkt/gen/sorted.h"
#include "lwkt/gen/ticket.h"
#include "lwkt/token/token.h"

#define OPS(name) [LWKT_GEN_##name] = &lwkt_##name##_ops,
const struct lwkt_gen_ops *const lwkt_gen_ops[LWKT_GEN_COUNT] = {
	LWKT_GENERATIONS(OPS)
};

#undef OPS

/* clang-format off */
#define CHOICE(name, op, ...) \
	gen == LWKT_GEN_##name ? lwkt_##name##_##op(__VA_ARGS__) :
/* clang-format on */

/*
 * What lwkt_GENERATION_op(...) does, for the generation that is alive; @none if
 * there were no such generation.
 */
#define DISPATCH(op, none, ...)                                       \
	({                                                            \
		const enum lwkt_generation gen = READ_ONCE(lwkt_gen); \
		LWKT_GENERATIONS(CHOICE, op, ##__VA_ARGS__) none;     \
	})

/**
 * lwkt_gettoken() - take a token, waiting for it if need be
 * @tok: the token; may be held by the caller already (recursion)
 *
 * Pushes a reference and tries. If the token cannot be had, the thread gives up
 * all tokens it holds and switches away; the scheduler takes all of them, this
 * one included, before it runs again.
 *
 * Context: an LWKT thread; may switch, and then drops all tokens.
 * Return: 0; LWKT_AWAY (an inline thread that has to wait: it has the token when
 * the runner goes on with it); -EOVERFLOW (no reference left), -EWOULDBLOCK (it would have to
 * wait where it may not sleep), -EDEADLK (the caller holds it shared), -EPERM
 * (not an LWKT thread). An error is reported with the token's name and leaves
 * everything as it was.
 */
int lwkt_gettoken(struct lwkt_token *tok)
{
	struct lwkt_thread *td = lwkt_curthread();

	return DISPATCH(gettoken, -EPERM, td, tok);
}
EXPORT_SYMBOL_GPL(lwkt_gettoken);

/**
 * lwkt_gettoken_shared() - take a token together with others
 * @tok: the token; may be held by the caller already, in either mode
 *
 * Context: as lwkt_gettoken().
 * Return: as lwkt_gettoken(); -EOPNOTSUPP from a generation without shared mode
 */
int lwkt_gettoken_shared(struct lwkt_token *tok)
{
	struct lwkt_thread *td = lwkt_curthread();

	return DISPATCH(gettoken_shared, -EPERM, td, tok);
}
EXPORT_SYMBOL_GPL(lwkt_gettoken_shared);

/**
 * lwkt_trytoken() - take a token exclusively if that is possible at once
 * @tok: the token
 *
 * Never waits, never spins, never switches, leaves no request behind.
 *
 * Context: an LWKT thread; any context it can be in.
 * Return: true if the caller holds it now. False also when no reference is
 * left, which is reported.
 */
bool lwkt_trytoken(struct lwkt_token *tok)
{
	struct lwkt_thread *td = lwkt_curthread();

	return DISPATCH(trytoken, false, td, tok);
}
EXPORT_SYMBOL_GPL(lwkt_trytoken);

/**
 * lwkt_reltoken() - release the token taken last
 * @tok: must be the token of the caller's newest reference
 *
 * Context: an LWKT thread; any context it can be in. Never switches.
 * Return: 0; -EINVAL if @tok is not what was taken last or is not held, -EPERM
 * if the caller is no LWKT thread; reported with the token's name, and nothing
 * is released.
 */
int lwkt_reltoken(struct lwkt_token *tok)
{
	struct lwkt_thread *td = lwkt_curthread();

	return DISPATCH(reltoken, -EPERM, td, tok);
}
EXPORT_SYMBOL_GPL(lwkt_reltoken);

/**
 * lwkt_token_swapped() - the words of two tokens follow their references
 * @td: the caller
 * @a: a reference
 * @b: what has changed places with it
 */
void lwkt_token_swapped(struct lwkt_thread *td, struct lwkt_tokref *a,
			struct lwkt_tokref *b)
{
	DISPATCH(swapped, (void)0, td, a, b);
}

/**
 * lwkt_relalltokens() - give up all tokens of a thread, keep the references
 * @td: the thread, current on this CPU
 *
 * Context: the baton holder of the thread's CPU.
 * Return: how many tokens were owned
 */
unsigned int lwkt_relalltokens(struct lwkt_thread *td)
{
	return DISPATCH(relall, 0, td);
}

/**
 * lwkt_getalltokens() - take all tokens a thread has references to, or none
 * @td: the thread; not current, owns nothing
 *
 * Context: the baton holder of the thread's CPU.
 * Return: true if the thread owns them all now and may run
 */
bool lwkt_getalltokens(struct lwkt_thread *td)
{
	return DISPATCH(getall, false, td);
}

/**
 * lwkt_choose_thread() - the generation's part of a scheduler pass
 * @gd: the CPU
 *
 * The thread returned owns all its tokens. @gd->gd_contended tells whether the
 * head could not get its tokens.
 *
 * Context: the CPU's baton holder, tokens of the outgoing thread released.
 * Return: the thread to run, NULL for the idle thread
 */
struct lwkt_thread *lwkt_choose_thread(struct lwkt_globaldata *gd)
{
	return DISPATCH(choose, NULL, gd);
}
