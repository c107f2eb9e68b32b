// SPDX-License-Identifier: GPL-2.0
/*
 * The operation streams: which locks, in which order, with or without sleep.
 *
 * Problem. Two locks can be compared only under the same operations. Drawing
 * them beforehand would take memory without bound (a run has no number of
 * operations, only a duration) and pull it through the cache beside the locks;
 * drawing them from the kernel's generator could not be repeated. So each
 * thread makes its own stream as it goes, outside of what is timed, and each
 * stream depends on nothing but the workload, the seed and the thread.
 *
 * Invariants.
 *  - The n-th operation of a thread is the same whatever the lock, the
 *    machine, the other threads and the build (tests hold digests of it).
 *  - The locks of a set are distinct, and every subset of the thread's range
 *    is equally likely, up to what 2^128 - 1 states can tell apart.
 *  - The sets do not depend on the order: sets and shuffles come from two
 *    generators. same, opposite and random ask for the same sets.
 *  - Random numbers are used only for what is a choice. There is none when a
 *    set is the whole range and its order fixed; such a set is made once.
 *
 * Choosing a set. Floyd's algorithm (Bentley, "Programming pearls: a sample of
 * brilliance", 1987) takes K draws for K locks: for j = n - K .. n - 1 draw t
 * out of 0 .. j; take t, or j if t is already taken. We keep the set sorted,
 * which answers "taken?" by bisection, makes "take j" an append, since j is
 * larger than all before, and leaves the set in the order that same asks for.
 * Insertion moves K/4 entries on average: nothing for sets of a few locks,
 * tens of microseconds for 800 out of 100,000, where taking the locks costs as
 * much. A hash would do better there, and cost memory and the sorting.
 *
 * Seeding. splitmix64 (Steele, Lea and Flood, 2014; public domain code by
 * Vigna) turns seed and thread index into a start, and that into the state. It
 * is a bijection of its counter, so two words in a row are never both 0, the
 * one state that xoroshiro must not have.
 *
 * Limits. The streams of two threads are independent by probability, not by
 * construction: that two of 4096 threads overlap within 2^40 draws has odds
 * below 2^-60.
 */
#include "workload.h"

/* Increment of splitmix64: 2^64 divided by the golden ratio, made odd. */
#define SPLITMIX_STEP 0x9e3779b97f4a7c15ULL

static u64 splitmix_mix(u64 z)
{
	z = (z ^ z >> 30) * 0xbf58476d1ce4e5b9ULL;
	z = (z ^ z >> 27) * 0x94d049bb133111ebULL;
	return z ^ z >> 31;
}

void tb_rng_seed(struct tb_rng *rng, u64 seed, u64 index)
{
	u64 start = splitmix_mix(seed + SPLITMIX_STEP) +
		    (index + 1) * SPLITMIX_STEP;

	/* Without this, neighbours would run through the same counter. */
	start = splitmix_mix(start);
	rng->s[0] = splitmix_mix(start + SPLITMIX_STEP);
	rng->s[1] = splitmix_mix(start + 2 * SPLITMIX_STEP);
}

int tb_workload_check(const struct tb_workload *wl, char *why, size_t len)
{
	u32 part;

	if (len)
		why[0] = '\0';

	if (!wl->locks || !wl->set_size) {
		scnprintf(why, len, "locks and set_size must be at least 1");
		return -EINVAL;
	}
	if (!wl->ncpus) {
		scnprintf(why, len, "cpus is empty");
		return -EINVAL;
	}
	if ((u32)wl->order >= TB_ORDER_COUNT) {
		scnprintf(why, len, "order has no such value");
		return -EINVAL;
	}
	if ((u32)wl->pick >= TB_PICK_COUNT) {
		scnprintf(why, len, "pick has no such value");
		return -EINVAL;
	}
	if (wl->set_size > wl->locks) {
		scnprintf(why, len, "set_size %u is more than locks %u",
			  wl->set_size, wl->locks);
		return -EINVAL;
	}

	part = wl->locks / wl->ncpus;
	if (wl->pick == TB_PICK_partition && part < wl->set_size) {
		scnprintf(why, len,
			  "set_size %u is more than the %u locks of a cpu's part",
			  wl->set_size, part);
		return -EINVAL;
	}
	return 0;
}

static void reverse(u32 *set, u32 n)
{
	u32 i, swap;

	for (i = 0; i < n / 2; i++) {
		swap = set[i];
		set[i] = set[n - 1 - i];
		set[n - 1 - i] = swap;
	}
}

/* Fisher and Yates: every order is equally likely. */
static void shuffle(struct tb_rng *rng, u32 *set, u32 n)
{
	u32 i, j, swap;

	for (i = n - 1; i > 0; i--) {
		j = tb_rng_below(rng, i + 1);
		swap = set[i];
		set[i] = set[j];
		set[j] = swap;
	}
}

/* Where @v is in the @n ascending entries of @set, or would have to go. */
static u32 position(const u32 *set, u32 n, u32 v)
{
	u32 low = 0;

	while (n) {
		u32 half = n / 2;

		if (set[low + half] < v) {
			low += half + 1;
			n -= half + 1;
		} else {
			n = half;
		}
	}
	return low;
}

/* Floyd's algorithm into a sorted set, see above. */
static void choose(struct tb_stream *s)
{
	u32 *set = s->set;
	u32 n, j, v, at;

	j = s->range - s->set_size;
	for (n = 0; n < s->set_size; n++, j++) {
		v = s->first + tb_rng_below(&s->choice, j + 1);
		at = position(set, n, v);
		if (at < n && set[at] == v) {
			set[n] = s->first + j;
			continue;
		}
		memmove(&set[at + 1], &set[at], (n - at) * sizeof(*set));
		set[at] = v;
	}
}

void tb_stream_draw(struct tb_stream *s)
{
	choose(s);
	if (s->order == TB_ORDER_opposite)
		reverse(s->set, s->set_size);
	else if (s->order == TB_ORDER_random)
		shuffle(&s->shuffle, s->set, s->set_size);
}

/* Part i of n is [i * locks / n, (i + 1) * locks / n): sizes differ by <= 1. */
static u32 part_begin(const struct tb_workload *wl, u32 cpu_index)
{
	return div64_u64((u64)cpu_index * wl->locks, wl->ncpus);
}

void tb_stream_init(struct tb_stream *s, const struct tb_workload *wl,
		    u32 thread_index, u32 cpu_index, u32 *set)
{
	u32 i;

	memset(s, 0, sizeof(*s));
	s->set = set;
	s->set_size = wl->set_size;
	s->order = wl->order;
	if (s->order == TB_ORDER_opposite && thread_index % 2 == 0)
		s->order = TB_ORDER_same;

	s->range = wl->locks;
	if (wl->pick == TB_PICK_partition) {
		s->first = part_begin(wl, cpu_index);
		s->range = part_begin(wl, cpu_index + 1) - s->first;
	}

	if (wl->block_ns) {
		s->block_every = wl->block_every;
		s->block_left = wl->block_every;
	}

	tb_rng_seed(&s->choice, wl->seed, 2ULL * thread_index);
	tb_rng_seed(&s->shuffle, wl->seed, 2ULL * thread_index + 1);

	/* The one set there is, if there is but one; else any valid one. */
	for (i = 0; i < s->set_size; i++)
		set[i] = s->first + i;
	if (s->order == TB_ORDER_opposite)
		reverse(set, s->set_size);
	s->fixed = s->set_size == s->range &&
		   (s->set_size == 1 || s->order != TB_ORDER_random);
}

u64 tb_stream_digest(struct tb_stream *s, u64 ops)
{
	u64 digest = 0xcbf29ce484222325ULL;
	u32 i;

	while (ops--) {
		tb_stream_next(s);
		for (i = 0; i < s->set_size; i++)
			digest = (digest ^ s->set[i]) * 0x100000001b3ULL;
		digest = (digest ^ s->block) * 0x100000001b3ULL;
	}
	return digest;
}

u64 tb_ideal_ops(const struct tb_workload *wl, u64 hold_ns, u64 think_ns,
		 u64 window_ns)
{
	u64 by_cpus = TB_IDEAL_UNBOUNDED;
	u64 by_locks = TB_IDEAL_UNBOUNDED;
	u64 per_op = tb_sat_add(hold_ns, think_ns);

	/* The floor of the smaller is the smaller of the floors. */
	if (per_op)
		by_cpus = tb_mul_div(wl->ncpus, window_ns, per_op, NULL);
	if (hold_ns) {
		/* K x hold in 64 bits, or so long that nothing completes. */
		u64 cost = tb_mul_div(wl->set_size, hold_ns, 1, NULL);

		by_locks = tb_mul_div(wl->locks, window_ns, cost, NULL);
	}
	return min(by_cpus, by_locks);
}
