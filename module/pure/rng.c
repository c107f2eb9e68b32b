// SPDX-License-Identifier: GPL-2.0
/*
 * Seeding of the generators.
 *
 * splitmix64 (Steele, Lea and Flood, 2014; public domain code by Vigna) turns
 * seed and index into a start, and that into the state. It is a bijection of
 * its counter, so two words in a row are never both 0, the one state that
 * xoroshiro must not have.
 *
 * Limits. Two generators are independent by probability, not by construction:
 * that two of 2^15 overlap within 2^40 draws has odds below 2^-57.
 */
#include "rng.h"

/* Increment of splitmix64: 2^64 divided by the golden ratio, made odd. */
#define SPLITMIX_STEP 0x9e3779b97f4a7c15ULL

void tb_rng_seed(struct tb_rng *rng, u64 seed, u64 index)
{
	u64 start =
		tb_rng_mix(seed + SPLITMIX_STEP) + (index + 1) * SPLITMIX_STEP;

	/* Without this, neighbours would run through the same counter. */
	start = tb_rng_mix(start);
	rng->s[0] = tb_rng_mix(start + SPLITMIX_STEP);
	rng->s[1] = tb_rng_mix(start + 2 * SPLITMIX_STEP);
}

/* Two uses share a row of indexes; further rows are out of reach of a thread. */
#define ROW_BITS 40

void tb_rng_seed_thread(struct tb_rng *rng, u64 seed, u32 thread_index,
			enum tb_rng_use use)
{
	u64 row = (u64)use / 2 << ROW_BITS;

	tb_rng_seed(rng, seed, row + 2ULL * thread_index + (u32)use % 2);
}
