// SPDX-License-Identifier: GPL-2.0
/*
 * Where in a window something happened.
 *
 * The span of all slots is more than 17/16 of the window and 10 ms. Made of the
 * smallest power of two that does, a slot is at most twice 1/4096 of that: for
 * a window of 11 ms and more less than 1/1024 of it, and for one of 10 ms, the
 * shortest there is, 2^13 ns.
 */
#include "slots.h"

#define SPARE_NS 10000000ULL

u32 tb_slots_shift(u64 duration_ns)
{
	u64 span = duration_ns + duration_ns / 16 + SPARE_NS;
	u32 shift = 0;

	while (span >> shift >= TB_SLOTS)
		shift++;
	return shift;
}

u64 tb_slots_mark(struct tb_slots *s, u64 ns, u32 shift)
{
	u64 slot = min(ns >> shift, TB_SLOTS_LAST);

	s->word[slot / 64] |= 1ULL << (slot % 64);
	return slot < TB_SLOTS_LAST ? (slot + 1) << shift : U64_MAX;
}

void tb_slots_merge(struct tb_slots *into, const struct tb_slots *from)
{
	u32 i;

	for (i = 0; i < TB_SLOTS / 64; i++)
		into->word[i] |= from->word[i];
}

static bool slot_is_marked(const struct tb_slots *s, u64 slot)
{
	return s->word[slot / 64] >> (slot % 64) & 1;
}

u64 tb_slots_gap(const struct tb_slots *s, u32 shift, u64 window_ns)
{
	u64 longest = 0, since = 0, last, i;

	if (!window_ns)
		return 0;
	last = min((window_ns - 1) >> shift, TB_SLOTS_LAST);
	for (i = 0; i <= last; i++) {
		if (!slot_is_marked(s, i))
			continue;
		longest = max(longest, (i << shift) - since);
		since = (i + 1) << shift;
	}
	if (!slot_is_marked(s, last))
		longest = max(longest, window_ns - since);
	return longest;
}
