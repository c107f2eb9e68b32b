/* SPDX-License-Identifier: GPL-2.0 */
/*
 * pool.h - pool tokens: an address finds its token in a fixed array (pool.c)
 */
#ifndef _LWKT_POOL_H
#define _LWKT_POOL_H

#include <linux/types.h>

#include "token.h"

/* The sizes DragonFly had, in the order it had them. */
#define LWKT_POOL_2010 1024
#define LWKT_POOL_2011 4001
#define LWKT_POOL_2018 16384
#define LWKT_POOL_MAX 65536

/* The numbers by which the hash of 2018 divides (f875a8eec7). */
#define LWKT_POOL_PRIME1 66555444443333333ULL
#define LWKT_POOL_PRIME2 989042931893ULL

/**
 * lwkt_token_pool_index() - which token of a pool belongs to an address
 * @addr: the address
 * @size: tokens in the pool, at least 1
 *
 * The hash that DragonFly had with a pool of that size: the neighbouring bits
 * above the alignment folded with those of the page number (1024), the
 * remainder of the lower 32 bits by a prime (4001), two sums of shifted parts,
 * each reduced by a large prime (16384). A size that DragonFly never had gets
 * the remainder of the whole address.
 *
 * Pure: the same for the same arguments. Context: any.
 * Return: a number below @size
 */
static inline unsigned int lwkt_token_pool_index(const void *addr,
						 unsigned int size)
{
	u64 a = (uintptr_t)addr;

	switch (size) {
	case LWKT_POOL_2010:
		return ((a >> 2) ^ (a >> 12)) % LWKT_POOL_2010;
	case LWKT_POOL_2011:
		return (u32)a % LWKT_POOL_2011;
	case LWKT_POOL_2018:
		return ((a + (a >> 18)) % LWKT_POOL_PRIME1 ^
			((a >> 8) + (a >> 24)) % LWKT_POOL_PRIME2) %
		       LWKT_POOL_2018;
	default:
		return a % size;
	}
}

int lwkt_token_pool_init(unsigned int size);
void lwkt_token_pool_fini(void);
struct lwkt_token *lwkt_token_pool_lookup(const void *addr);
int lwkt_getpooltoken(const void *addr);
int lwkt_relpooltoken(const void *addr);

#endif /* _LWKT_POOL_H */
