/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Which locks each operation of each thread takes, and in which order.
 *
 * struct tb_workload is frozen before a run and shared by all its threads.
 * struct tb_stream belongs to one thread. A stream is a pure function of the
 * workload and (seed, thread index, CPU index): it does not know which lock is
 * under test, nor what time it is, so every lock meets the same operations.
 * All functions: any context, no sleeping, no allocation.
 */
#ifndef _TB_WORKLOAD_H
#define _TB_WORKLOAD_H

#include "pure.h"
#include "uapi/tokbench.h"

/* TB_ORDER_same, _opposite, _random; TB_PICK_uniform, _partition. */
#define TB_ORDER_ENUM(word) TB_ORDER_##word,
#define TB_PICK_ENUM(word) TB_PICK_##word,
enum tb_order { TB_ORDERS(TB_ORDER_ENUM) TB_ORDER_COUNT };
enum tb_pick { TB_PICKS(TB_PICK_ENUM) TB_PICK_COUNT };

/* tb_ideal_ops(): there is no bound. */
#define TB_IDEAL_UNBOUNDED U64_MAX

/* Room for any reason of tb_workload_check(), terminator included. */
#define TB_WHY_MAX 160

/**
 * struct tb_workload - what the threads of a run ask for
 * @locks: number of locks, from 1; they are named 0 to @locks - 1
 * @set_size: locks of one operation, 1 to @locks
 * @order: in which order a thread asks for the locks of its set
 * @pick: out of which locks a set is chosen
 * @block_ns: sleep inside the section; 0: none, whatever @block_every is
 * @block_every: sleep in every n-th operation; 0: never
 * @seed: any number
 * @ncpus: CPUs used, from 1: parts of TB_PICK_partition
 */
struct tb_workload {
	u32 locks;
	u32 set_size;
	enum tb_order order;
	enum tb_pick pick;
	u64 block_ns;
	u32 block_every;
	u64 seed;
	u32 ncpus;
};

/**
 * struct tb_rng - state of a xoroshiro128++ generator, never all zero
 * @s: its two words
 */
struct tb_rng {
	u64 s[2];
};

/**
 * struct tb_stream - the operations of one thread
 * @set: the locks of the current operation, in the order the thread asks for
 *       them; distinct; set_size entries, read-only for the caller
 * @set_size: entries of @set
 * @block: the current operation sleeps inside its section
 * @op: number of the current operation, from 1; 0 before the first
 *
 * The rest is private to workload.h and workload.c.
 *
 * @fixed: every operation has the set that tb_stream_init() left in @set
 * @order: the order of @set; never opposite for a thread with an even index
 * @first: lowest lock this thread may choose
 * @range: number of locks it may choose from
 * @block_every: as in the workload; 0 also when there is no time to sleep
 * @block_left: operations to the next one that sleeps; 0: none ever does
 * @choice: generator of the sets
 * @shuffle: generator of the random orders, apart from @choice so that
 *           the sets are the same under every order
 */
struct tb_stream {
	u32 *set;
	u32 set_size;
	bool block;
	bool fixed;
	enum tb_order order;
	u32 first;
	u32 range;
	u32 block_every;
	u32 block_left;
	u64 op;
	struct tb_rng choice;
	struct tb_rng shuffle;
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
 * tb_rng_seed() - start a generator
 * @rng: the generator
 * @seed: any number
 * @index: any number; each gives a sequence of its own
 */
void tb_rng_seed(struct tb_rng *rng, u64 seed, u64 index);

/**
 * tb_workload_check() - can a run have this workload?
 * @wl: the workload
 * @why: gets one line without line feed that says why not; "" if it can
 * @len: size of @why; TB_WHY_MAX always suffices
 *
 * Return: 0 or -EINVAL.
 */
int tb_workload_check(const struct tb_workload *wl, char *why, size_t len);

/**
 * tb_stream_init() - start a thread's stream
 * @s: the stream
 * @wl: a workload that tb_workload_check() accepts; not kept
 * @thread_index: number of the thread in the run, from 0
 * @cpu_index: number of its CPU among the CPUs used, below @wl->ncpus
 * @set: room for @wl->set_size entries that lives as long as the stream
 *
 * A lock that must be taken in a global order gives a copy of the workload
 * with TB_ORDER_same: the sets are the same as under any other order, each in
 * ascending order.
 */
void tb_stream_init(struct tb_stream *s, const struct tb_workload *wl,
		    u32 thread_index, u32 cpu_index, u32 *set);

/* The part of tb_stream_next() for two locks and more. */
void tb_stream_draw(struct tb_stream *s);

/**
 * tb_stream_next() - go to the next operation
 * @s: the stream
 *
 * Sets @s->op, @s->block and @s->set. Costs a few instructions when there is
 * nothing to choose, some twenty for one lock out of many, and of the order of
 * 10 ns per lock for sets; 800 locks out of 100,000: some tens of us.
 */
static inline void tb_stream_next(struct tb_stream *s)
{
	s->op++;
	s->block = false;
	if (s->block_left && !--s->block_left) {
		s->block = true;
		s->block_left = s->block_every;
	}
	if (s->fixed)
		return;
	if (s->set_size == 1)
		s->set[0] = s->first + tb_rng_below(&s->choice, s->range);
	else
		tb_stream_draw(s);
}

/**
 * tb_stream_digest() - fingerprint of a stream's next operations
 * @s: the stream; advanced by @ops operations
 * @ops: how many
 *
 * Return: 64-bit FNV-1a over the sets and the sleeps, in order.
 */
u64 tb_stream_digest(struct tb_stream *s, u64 ops);

/**
 * tb_ideal_ops() - bound on the operations that all threads can complete
 * @wl: a workload that tb_workload_check() accepts
 * @hold_ns: busy time inside the section
 * @think_ns: busy time outside the section
 * @window_ns: length of the window
 *
 * CPUs / (hold + think) or locks / (set_size x hold), whichever is smaller,
 * times the window; sleep is ignored. Exact, rounded down.
 *
 * Return: the bound; TB_IDEAL_UNBOUNDED when hold and think are both 0, or
 * when it needs more than 64 bits. With hold 0 only the CPUs bound it.
 */
u64 tb_ideal_ops(const struct tb_workload *wl, u64 hold_ns, u64 think_ns,
		 u64 window_ns);

#endif /* _TB_WORKLOAD_H */
