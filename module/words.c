// SPDX-License-Identifier: GPL-2.0
/*
 * words.c - the words that settings take
 */
#include <linux/kernel.h>
#include <linux/string.h>

#include "words.h"

#define WORD(word) #word,
static const char *const orders[] = { TB_ORDERS(WORD) };
static const char *const picks[] = { TB_PICKS(WORD) };
static const char *const dists[] = { TB_DISTS(WORD) };
static const char *const measures[] = { TB_MEASURES(WORD) };
static const char *const scheds[] = { TB_SCHEDS(WORD) };
static const char *const collisions[] = { LWKT_COLLISIONS(WORD) };
#undef WORD

/**
 * tb_word_order() - the word for an order
 * @order: TB_ORDER_*
 */
const char *tb_word_order(u32 order)
{
	return orders[order];
}

/**
 * tb_word_dist() - the word for a distribution
 * @dist: TB_DIST_*
 */
const char *tb_word_dist(u32 dist)
{
	return dists[dist];
}

static u32 lock_names(const char **names)
{
	u32 i;

	for (i = 0; i < TB_VARIANT_COUNT; i++)
		names[i] = tb_variants[i]->name;
	return TB_VARIANT_COUNT;
}

/**
 * tb_words_of() - the words a setting can have
 * @kind: its kind
 * @words: gets them, at most TB_WORDS_MAX
 *
 * Return: how many; 0 if settings of this kind are no words
 */
u32 tb_words_of(enum tb_kind kind, const char **words)
{
	const char *const *list;
	u32 n;

	switch (kind) {
	case TB_KIND_LOCK:
		return lock_names(words);
	case TB_KIND_ORDER:
		list = orders;
		n = ARRAY_SIZE(orders);
		break;
	case TB_KIND_PICK:
		list = picks;
		n = ARRAY_SIZE(picks);
		break;
	case TB_KIND_DIST:
		list = dists;
		n = ARRAY_SIZE(dists);
		break;
	case TB_KIND_MEASURE:
		list = measures;
		n = ARRAY_SIZE(measures);
		break;
	case TB_KIND_SCHED:
		list = scheds;
		n = ARRAY_SIZE(scheds);
		break;
	case TB_KIND_KNOB_COLLISIONS:
		list = collisions;
		n = ARRAY_SIZE(collisions);
		break;
	default:
		return 0;
	}
	memcpy(words, list, n * sizeof(*list));
	return n;
}
