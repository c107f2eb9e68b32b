// SPDX-License-Identifier: GPL-2.0
/*
 * The operation streams: which locks, in which order, for how long, with or
 * without sleep.
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
 *    generators. same, opposite and random ask for the same sets. Times and
 *    shared mode have generators of their own as well, so that each can be
 *    changed without changing anything else.
 *  - Random numbers are used only for what is a choice. There is none when a
 *    set is the whole range; if its order is fixed too, it is made once.
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
 * Zipf's law gives each draw, and a draw that hits a lock of the set is
 * repeated: the set is as if locks were drawn one after the other, each in
 * proportion to its weight among those left. With few popular locks and large
 * sets that would take forever, so after ZIPF_TRIES draws in vain the most
 * popular lock not yet in the set is taken, which is the most likely one of
 * those left.
 */
#include "draw.h"
#include "workload.h"
#include "zipf.h"

/* Draws for one more lock of a set before it is not left to chance. */
#define ZIPF_TRIES 64

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
	if ((u32)wl->hold_dist >= TB_DIST_COUNT ||
	    (u32)wl->think_dist >= TB_DIST_COUNT) {
		scnprintf(why, len, "%s_dist has no such value",
			  (u32)wl->hold_dist >= TB_DIST_COUNT ? "hold" :
								"think");
		return -EINVAL;
	}
	if (max(wl->hold_ns, wl->think_ns) > TB_DRAW_MEAN_MAX) {
		scnprintf(why, len, "hold_ns and think_ns can be at most %llu",
			  TB_DRAW_MEAN_MAX);
		return -EINVAL;
	}
	if (wl->gap_ps > TB_DRAW_MEAN_MAX) {
		scnprintf(why, len, "rate is too low: one in %llu s",
			  wl->gap_ps / 1000000000000ULL);
		return -EINVAL;
	}
	if (wl->shared_pct > 100) {
		scnprintf(why, len, "shared_pct %u is more than 100",
			  wl->shared_pct);
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

static void reverse_set(u32 *set, u32 n)
{
	u32 i, swap;

	for (i = 0; i < n / 2; i++) {
		swap = set[i];
		set[i] = set[n - 1 - i];
		set[n - 1 - i] = swap;
	}
}

/* Fisher and Yates: every order is equally likely. */
static void shuffle_set(struct tb_rng *rng, u32 *set, u32 n)
{
	u32 i, j, swap;

	for (i = n - 1; i > 0; i--) {
		j = tb_rng_below(rng, i + 1);
		swap = set[i];
		set[i] = set[j];
		set[j] = swap;
	}
}

/* Put @v, if it is not there yet, into the @n ascending entries of @set. */
static bool insert_sorted(u32 *set, u32 n, u32 v)
{
	u32 at = tb_lower_bound(set, n, v);

	if (at < n && set[at] == v)
		return false;
	memmove(&set[at + 1], &set[at], (n - at) * sizeof(*set));
	set[at] = v;
	return true;
}

/* Floyd's algorithm into a sorted set, see above. */
static void choose_uniform(struct tb_stream *s)
{
	u32 *set = s->set;
	u32 n, j, v;

	j = s->range - s->set_size;
	for (n = 0; n < s->set_size; n++, j++) {
		v = s->first + tb_rng_below(&s->choice, j + 1);
		if (!insert_sorted(set, n, v))
			set[n] = s->first + j;
	}
}

/* The first number that is missing in @n ascending entries from 0. */
static u32 first_gap(const u32 *set, u32 n)
{
	u32 i = 0;

	while (i < n && set[i] == i)
		i++;
	return i;
}

static void choose_zipf(struct tb_stream *s)
{
	u32 *set = s->set;
	u32 n, tries;

	for (n = 0; n < s->set_size; n++) {
		tries = ZIPF_TRIES;
		while (tries && !insert_sorted(set, n,
					       tb_zipf_pick(s->zipf, s->range,
							    &s->choice)))
			tries--;
		if (!tries)
			insert_sorted(set, n, first_gap(set, n));
	}
}

/* The set with the lowest numbers: the only one, if it is the whole range. */
static void choose_first(struct tb_stream *s)
{
	u32 i;

	for (i = 0; i < s->set_size; i++)
		s->set[i] = s->first + i;
}

void tb_stream_draw(struct tb_stream *s)
{
	if (s->set_size == s->range)
		choose_first(s);
	else if (s->zipf)
		choose_zipf(s);
	else
		choose_uniform(s);
	if (s->order == TB_ORDER_opposite)
		reverse_set(s->set, s->set_size);
	else if (s->order == TB_ORDER_random)
		shuffle_set(&s->shuffle, s->set, s->set_size);
}

void tb_stream_vary(struct tb_stream *s)
{
	const struct tb_workload *wl = s->wl;

	s->hold_ns = tb_draw(&s->hold, wl->hold_dist, wl->hold_ns);
	s->think_ns = tb_draw(&s->think, wl->think_dist, wl->think_ns);
	if (wl->shared_pct % 100)
		s->shared = tb_rng_below(&s->share, 100) < wl->shared_pct;
}

/* Part i of n is [i * locks / n, (i + 1) * locks / n): sizes differ by <= 1. */
static u32 part_begin(const struct tb_workload *wl, u32 cpu_index)
{
	return div64_u64((u64)cpu_index * wl->locks, wl->ncpus);
}

static void init_work(struct tb_stream *s, const struct tb_workload *wl)
{
	s->wl = wl;
	s->hold_ns = wl->hold_ns;
	s->think_ns = wl->think_ns;
	s->shared = wl->shared_pct == 100;
	s->vary = (wl->hold_ns && wl->hold_dist != TB_DIST_const) ||
		  (wl->think_ns && wl->think_dist != TB_DIST_const) ||
		  wl->shared_pct % 100;

	if (wl->block_ns) {
		s->block_every = wl->block_every;
		s->block_left = wl->block_every;
	}
}

void tb_stream_init(struct tb_stream *s, const struct tb_workload *wl,
		    u32 thread_index, u32 cpu_index, u32 *set)
{
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
	if (wl->pick == TB_PICK_zipf)
		s->zipf = wl->zipf;
	init_work(s, wl);

	tb_rng_seed_thread(&s->choice, wl->seed, thread_index, TB_RNG_CHOICE);
	tb_rng_seed_thread(&s->shuffle, wl->seed, thread_index, TB_RNG_SHUFFLE);
	tb_rng_seed_thread(&s->hold, wl->seed, thread_index, TB_RNG_HOLD);
	tb_rng_seed_thread(&s->think, wl->seed, thread_index, TB_RNG_THINK);
	tb_rng_seed_thread(&s->share, wl->seed, thread_index, TB_RNG_SHARED);

	/* The one set there is, if there is but one; else any valid one. */
	choose_first(s);
	if (s->order == TB_ORDER_opposite)
		reverse_set(set, s->set_size);
	s->fixed = s->set_size == s->range &&
		   (s->set_size == 1 || s->order != TB_ORDER_random);
	s->single = s->set_size == 1 && !s->zipf;
}

u64 tb_stream_fold(u64 digest, const struct tb_stream *s)
{
	u64 sum = 0;
	u32 i;

	/* A sum does not depend on the order. 1 more, since 0 mixes to 0. */
	for (i = 0; i < s->set_size; i++)
		sum += tb_rng_mix(s->set[i] + 1ULL);
	digest = tb_rng_mix(digest + s->op + sum);
	digest = tb_rng_mix(digest + s->hold_ns);
	digest = tb_rng_mix(digest + s->think_ns);
	return tb_rng_mix(digest + 2 * s->shared + s->block);
}

/* floor(a * b * c / d), d not 0, or U64_MAX when that needs more than 64 bits */
static u64 mul_mul_div(u64 a, u64 b, u64 c, u64 d)
{
	u64 rest;
	u64 whole = tb_mul_div(a, b, d, &rest);

	/* a * b = whole * d + rest, and rest * c / d < c fits */
	return tb_sat_add(tb_mul_div(whole, c, 1, NULL),
			  tb_mul_div(rest, c, d, NULL));
}

u64 tb_ideal_ops(const struct tb_workload *wl, const struct tb_mix *mix,
		 u64 window_ns)
{
	u64 by_cpus = TB_IDEAL_UNBOUNDED;
	u64 by_locks = TB_IDEAL_UNBOUNDED;

	/* The floor of the smaller is the smaller of the floors. */
	if (mix->busy_ns)
		by_cpus = mul_mul_div(wl->ncpus, window_ns, mix->ops,
				      mix->busy_ns);
	if (mix->excl_ns) {
		/* A product of more than 64 bits counts as 2^64 - 1. */
		u64 cost = tb_mul_div(wl->set_size, mix->excl_ns, 1, NULL);

		by_locks = mul_mul_div(wl->locks, window_ns, mix->ops, cost);
	}
	return min(by_cpus, by_locks);
}
