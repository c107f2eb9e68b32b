// SPDX-License-Identifier: GPL-2.0
/*
 * pool.c - pool tokens: an address always finds the same one of a fixed array
 */
#include <linux/bitmap.h>
#include <linux/mm.h>

#include "lwkt/token/pool.h"
#include "suites.h"

static const unsigned int sizes[] = {
	1, 7, LWKT_POOL_2010, LWKT_POOL_2011, LWKT_POOL_2018, LWKT_POOL_MAX,
};

/* Objects of 64 bytes, one after the other, at some kernel address. */
#define OBJECTS 1024
#define BASE 0xffff888012340000ULL

static const void *object_address(unsigned int i)
{
	return (const void *)(uintptr_t)(BASE + i * 64ULL);
}

/* In range; and neighbours do not all end up at a few tokens. */
static void setup_indexes(struct st *t)
{
	unsigned long *seen = bitmap_zalloc(LWKT_POOL_MAX, GFP_KERNEL);
	unsigned int s, i, n;

	for (s = 0; seen && s < ARRAY_SIZE(sizes); s++) {
		bitmap_zero(seen, LWKT_POOL_MAX);
		for (i = 0; i < OBJECTS; i++) {
			n = lwkt_token_pool_index(object_address(i), sizes[s]);
			if (!ST_CHECK(t, n < sizes[s]))
				break;
			__set_bit(n, seen);
			ST_EQ(t,
			      lwkt_token_pool_index(object_address(i),
						    sizes[s]),
			      n);
			n = lwkt_token_pool_index((void *)~(uintptr_t)i,
						  sizes[s]);
			ST_CHECK(t, n < sizes[s]);
		}
		n = bitmap_weight(seen, LWKT_POOL_MAX);
		ST_CHECK(t, n >= min(sizes[s], 64U) / 2);
	}
	bitmap_free(seen);
}

/* The shape of each historical hash, at points worked out by hand. */
static void setup_hashes(struct st *t)
{
	const void *a = (const void *)(uintptr_t)0x1234567890ULL;

	ST_EQ(t, lwkt_token_pool_index(a, 1024),
	      ((0x1234567890ULL >> 2) ^ (0x1234567890ULL >> 12)) & 1023);
	/* Of 32 bits: objects 4 GiB apart share a token. */
	ST_EQ(t, lwkt_token_pool_index(a, 4001), 0x34567890 % 4001);
	ST_EQ(t, lwkt_token_pool_index(a, 1000), 0x1234567890ULL % 1000);
	ST_EQ(t, lwkt_token_pool_index(NULL, 16384), 0);
	ST_EQ(t, lwkt_token_pool_index((void *)0x100UL, 16384), 0x101);
	a = (const void *)(uintptr_t)LWKT_POOL_PRIME1;
	ST_EQ(t, lwkt_token_pool_index(a, 16384), 0xe81);
}

static void use_fn(struct st_thread *me)
{
	struct st *t = me->t;
	struct lwkt_token *first = lwkt_token_pool_lookup(object_address(0)),
			  *other;
	unsigned int i, same = 0;

	if (!ST_CHECK(t, first))
		return;
	for (i = 1; i < OBJECTS && !same; i++)
		if (lwkt_token_pool_lookup(object_address(i)) == first)
			same = i;
	/* 7 tokens for 1024 objects: some share one, and that recurses. */
	if (!ST_CHECK(t, same))
		return;
	ST_EQ(t, lwkt_getpooltoken(object_address(0)), 0);
	ST_EQ(t, lwkt_getpooltoken(object_address(same)), 0);
	ST_EQ(t, lwkt_cnttoken(first, me->td), 2);
	lwkt_yield();
	ST_TAKEN(me, first);
	ST_EQ(t, lwkt_relpooltoken(object_address(same)), 0);
	ST_TAKEN(me, first);
	for (i = 1; i < OBJECTS; i++) {
		other = lwkt_token_pool_lookup(object_address(i));
		if (other != first)
			break;
	}
	ST_FREE(me, other);
	ST_EQ(t, lwkt_relpooltoken(object_address(0)), 0);
	ST_FREE(me, first);
	ST_EQ(t, lwkt_relpooltoken(object_address(0)), -EINVAL);
}

static void check_gone(struct st *t)
{
	lwkt_token_pool_fini();
	ST_CHECK(t, !lwkt_token_pool_lookup(object_address(0)));
	ST_EQ(t, lwkt_getpooltoken(object_address(0)), -ENOENT);
	ST_EQ(t, lwkt_relpooltoken(object_address(0)), -ENOENT);
	lwkt_token_pool_fini();
}

static void setup_use(struct st *t)
{
	int err;

	if (!st_world(t))
		return;
	ST_EQ(t, lwkt_token_pool_init(0), -EINVAL);
	ST_EQ(t, lwkt_token_pool_init(LWKT_POOL_MAX + 1), -EINVAL);
	err = lwkt_token_pool_init(7);
	if (err == -EBUSY) {
		st_fail(t, "there is a pool already");
		return;
	}
	ST_EQ(t, err, 0);
	ST_EQ(t, lwkt_token_pool_init(7), -EBUSY);
	t->check = check_gone;
	t->misuses = 1;
	st_spawn(t, use_fn, 0);
	st_prober(t);
	st_go(t);
}

static const struct st_case cases[] = { { "index", setup_indexes },
					{ "hashes", setup_hashes },
					{ "use", setup_use },
					{} };

const struct st_suite st_suite_pool = { "pool", cases };
