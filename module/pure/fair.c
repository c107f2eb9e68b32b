// SPDX-License-Identifier: GPL-2.0
/*
 * Short-term fairness: how much each thread got in each short piece of the
 * window.
 *
 * A thread's time held fits u32 in units of 2^(shift - 30) ns, four pieces of
 * them; more is only possible where sections are longer than pieces, and stays
 * at the most there is. What a booking loses by rounding, less than a unit, is
 * left for the next one.
 */
#include "fair.h"
#include "stats.h"

/* A piece in units is below 2^UNIT_BITS. */
#define UNIT_BITS 30

u32 tb_fair_shift(u64 duration_ns, u64 piece_ns, u32 slot_shift)
{
	u32 shift = slot_shift;

	while (shift < 63 && (1ULL << shift < piece_ns ||
			      duration_ns >> shift > TB_FAIR_PIECES))
		shift++;
	return shift;
}

u32 tb_fair_unit(u32 shift)
{
	return shift > UNIT_BITS ? shift - UNIT_BITS : 0;
}

u32 tb_fair_whole(u64 window_ns, u32 shift)
{
	return min(window_ns >> shift, (u64)TB_FAIR_PIECES);
}

static void add_saturated(u32 *to, u64 more)
{
	*to = min(*to + more, (u64)U32_MAX);
}

void tb_fair_book(struct tb_fair *f, u64 ops, u64 held_ns, u32 shift)
{
	u32 unit = tb_fair_unit(shift);
	u64 held = (held_ns - f->held_seen) >> unit;

	if (f->piece < TB_FAIR_PIECES) {
		add_saturated(&f->ops[f->piece], ops - f->ops_seen);
		add_saturated(&f->held[f->piece], held);
	}
	f->ops_seen = ops;
	f->held_seen += held << unit;
}

void tb_fair_enter(struct tb_fair *f, u64 ns, u32 shift)
{
	f->piece = min(ns >> shift, (u64)TB_FAIR_PIECES);
}

void tb_fair_add(struct tb_fair_index *x, u64 *v, u32 n)
{
	u32 jain = tb_stats_jain(v, n);

	if (!jain) {
		x->idle++;
		return;
	}
	x->jain_min = x->pieces ? min(x->jain_min, jain) : jain;
	x->pieces++;
	x->jain_sum += jain;
	x->top_sum += tb_stats_top_half(v, n);
}

u64 tb_fair_mean(u64 sum, const struct tb_fair_index *x)
{
	return x->pieces ? div64_u64(sum + x->pieces / 2, x->pieces) : 0;
}
