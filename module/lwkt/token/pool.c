// SPDX-License-Identifier: GPL-2.0
/*
 * pool.c - pool tokens: an address finds its token in a fixed array
 *
 * For objects too many or too small to have a token each. Two addresses may
 * share a token, which costs contention but nothing else: tokens recurse, and
 * no order of taking them can deadlock. DragonFly changed the size and the hash
 * of its array three times (1024 in 2010; 4001, b12defdc61; 16384, e79b36c722);
 * lwkt_token_pool_index() has them all.
 *
 * There is one pool at a time. It is made before the threads that use it and
 * ends after them, so looking up needs no lock.
 *
 * LIMITS
 *
 *   Pool tokens are taken exclusively only. Taken shared, an exclusive request
 *   for an address that happens to share the token, made deeper in the same
 *   thread, could never be granted.
 */
#include <linux/errno.h>
#include <linux/export.h>
#include <linux/vmalloc.h>

#include "lwkt/core/misuse.h"
#include "pool.h"

static struct lwkt_token *pool_tokens;
static unsigned int pool_size;

/**
 * lwkt_token_pool_init() - make the pool
 * @size: how many tokens, 1 to LWKT_POOL_MAX
 *
 * Context: process context, may sleep; not concurrent with anything here.
 * Return: 0; -EINVAL, -EBUSY if there is a pool already, -ENOMEM
 */
int lwkt_token_pool_init(unsigned int size)
{
	struct lwkt_token *tokens;
	unsigned int i;

	if (!size || size > LWKT_POOL_MAX)
		return -EINVAL;
	if (pool_tokens)
		return -EBUSY;
	/* Pages, and so cache lines. */
	tokens = vzalloc(array_size(size, sizeof(*tokens)));
	if (!tokens)
		return -ENOMEM;
	for (i = 0; i < size; i++)
		lwkt_token_init(&tokens[i], "pool");
	pool_size = size;
	pool_tokens = tokens;
	return 0;
}
EXPORT_SYMBOL_GPL(lwkt_token_pool_init);

/**
 * lwkt_token_pool_fini() - the end of the pool, if there is one
 *
 * All its tokens must be free, which is checked.
 *
 * Context: process context, may sleep; as lwkt_token_pool_init().
 */
void lwkt_token_pool_fini(void)
{
	unsigned int i;

	if (!pool_tokens)
		return;
	for (i = 0; i < pool_size; i++)
		lwkt_token_uninit(&pool_tokens[i]);
	vfree(pool_tokens);
	pool_tokens = NULL;
	pool_size = 0;
}
EXPORT_SYMBOL_GPL(lwkt_token_pool_fini);

/**
 * lwkt_token_pool_lookup() - the token of an address
 * @addr: the address; never looked at
 *
 * Context: any.
 * Return: the token, NULL if there is no pool
 */
struct lwkt_token *lwkt_token_pool_lookup(const void *addr)
{
	if (!pool_tokens)
		return NULL;
	return &pool_tokens[lwkt_token_pool_index(addr, pool_size)];
}
EXPORT_SYMBOL_GPL(lwkt_token_pool_lookup);

/**
 * lwkt_getpooltoken() - take the token of an address
 * @addr: the address
 *
 * Context: as lwkt_gettoken().
 * Return: as lwkt_gettoken(); -ENOENT if there is no pool
 */
int lwkt_getpooltoken(const void *addr)
{
	struct lwkt_token *tok = lwkt_token_pool_lookup(addr);

	return tok ? lwkt_gettoken(tok) : -ENOENT;
}
EXPORT_SYMBOL_GPL(lwkt_getpooltoken);

/**
 * lwkt_relpooltoken() - release the token of an address
 * @addr: the address
 *
 * Context: as lwkt_reltoken().
 * Return: as lwkt_reltoken(); -ENOENT if there is no pool
 */
int lwkt_relpooltoken(const void *addr)
{
	struct lwkt_token *tok = lwkt_token_pool_lookup(addr);

	return tok ? lwkt_reltoken(tok) : -ENOENT;
}
EXPORT_SYMBOL_GPL(lwkt_relpooltoken);
