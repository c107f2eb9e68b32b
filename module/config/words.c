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
static const char *const substrates[] = { TB_SUBSTRATES(WORD) };
static const char *const measures[] = { TB_MEASURES(WORD) };
static const char *const scheds[] = { TB_SCHEDS(WORD) };
static const char *const faults[] = { TB_FAULTS(WORD) };
static const char *const collisions[] = { LWKT_COLLISIONS(WORD) };
#undef WORD

#define LIST(words)                      \
	{                                \
		words, ARRAY_SIZE(words) \
	}
static const struct {
	const char *const *words;
	u32 n;
} lists[] = {
	[TB_KIND_ORDER] = LIST(orders),
	[TB_KIND_PICK] = LIST(picks),
	[TB_KIND_DIST] = LIST(dists),
	[TB_KIND_SUBSTRATE] = LIST(substrates),
	[TB_KIND_MEASURE] = LIST(measures),
	[TB_KIND_SCHED] = LIST(scheds),
	[TB_KIND_FAULT] = LIST(faults),
	[TB_KIND_KNOB_COLLISIONS] = LIST(collisions),
};

#undef LIST

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

/**
 * tb_word_fault() - the word for a fault
 * @fault: TB_FAULT_*
 */
const char *tb_word_fault(u32 fault)
{
	return faults[fault];
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
	if (kind == TB_KIND_LOCK)
		return lock_names(words);
	if (kind >= ARRAY_SIZE(lists))
		return 0;
	memcpy(words, lists[kind].words, lists[kind].n * sizeof(*words));
	return lists[kind].n;
}
