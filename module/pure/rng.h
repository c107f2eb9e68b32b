/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Random numbers that can be repeated: the same on every machine.
 *
 * All functions: any context, no sleeping, no allocation; one thread at a time.
 */
#ifndef _TB_RNG_H
#define _TB_RNG_H

#include "pure.h"

/*
 * What the random numbers of a thread are for. Each use has a generator of its
 * own, so that none depends on how many numbers another one draws: the sets,
 * say, are the same whatever the hold times are. Streams of before and after
 * can be compared only while the numbers stay as they are.
 */
enum tb_rng_use {
	TB_RNG_CHOICE, /* which locks make a set */
	TB_RNG_SHUFFLE, /* in which order they are asked for */
	TB_RNG_HOLD, /* how long they are held */
	TB_RNG_THINK, /* and how long the thread thinks */
	TB_RNG_SHARED, /* exclusive or shared */
	TB_RNG_ARRIVALS, /* when operations arrive */
};

/**
 * struct tb_rng - state of a xoroshiro128++ generator, never all zero
 * @s: its two words
 */
struct tb_rng {
	u64 s[2];
};

/**
 * tb_rng_next() - 64 random bits
 * @rng: a generator, see tb_rng_seed()
 *
 * xoroshiro128++ 1.0 (Blackman and Vigna, 2019, public domain): period
 * 2^128 - 1, a rotation, two additions and a few shifts.
 *
 * Return: any number.
 */
static inline u64 tb_rng_next(struct tb_rng *rng)
{
	u64 a = rng->s[0], b = rng->s[1];
	u64 sum = a + b;

	b ^= a;
	rng->s[0] = (a << 49 | a >> 15) ^ b ^ b << 21;
	rng->s[1] = b << 28 | b >> 36;
	return (sum << 17 | sum >> 47) + a;
}

/**
 * tb_rng_below() - unbiased random number below a bound
 * @rng: a generator
 * @bound: from 1
 *
 * Lemire's method ("Fast Random Integer Generation in an Interval", 2019): a
 * multiplication in place of a division; the few products that would favour
 * some results are drawn again, with a probability below @bound / 2^32.
 *
 * Return: 0 to @bound - 1.
 */
static inline u32 tb_rng_below(struct tb_rng *rng, u32 bound)
{
	u64 product = (tb_rng_next(rng) >> 32) * bound;

	if (unlikely((u32)product < bound)) {
		u32 least = -bound % bound;

		while ((u32)product < least)
			product = (tb_rng_next(rng) >> 32) * bound;
	}
	return product >> 32;
}

/**
 * tb_rng_mix() - spread the bits of a number over all of it
 * @z: any number
 *
 * The finisher of splitmix64, a bijection; 0 stays 0.
 *
 * Return: the number that belongs to @z.
 */
static inline u64 tb_rng_mix(u64 z)
{
	z = (z ^ z >> 30) * 0xbf58476d1ce4e5b9ULL;
	z = (z ^ z >> 27) * 0x94d049bb133111ebULL;
	return z ^ z >> 31;
}

/**
 * tb_rng_seed() - start a generator
 * @rng: the generator
 * @seed: any number
 * @index: any number; each gives a sequence of its own
 */
void tb_rng_seed(struct tb_rng *rng, u64 seed, u64 index);

/**
 * tb_rng_seed_thread() - start one of a thread's generators
 * @rng: the generator
 * @seed: any number
 * @thread_index: number of the thread in the run, from 0
 * @use: what it is for
 */
void tb_rng_seed_thread(struct tb_rng *rng, u64 seed, u32 thread_index,
			enum tb_rng_use use);

#endif /* _TB_RNG_H */
