// SPDX-License-Identifier: GPL-2.0
/* workload.c: the generator, the cadence of sleeps, the digests, the bound. */
#include <time.h>

#include "test_workload.h"

static u32 set[SET_MAX];

/* xoroshiro128++ from the state (1, 2); the digests below cover seeding. */
static void rng_reference(void **state)
{
	static const u64 want[] = {
		393217ULL,
		669327710093319ULL,
		1732421326133921491ULL,
		11394790081659126983ULL,
		9555452776773192676ULL,
	};
	struct tb_rng rng = { { 1, 2 } };
	size_t i;

	(void)state;
	for (i = 0; i < ARRAY_SIZE(want); i++)
		assert_int_equal(tb_rng_next(&rng), want[i]);
}

static void rng_below_is_in_range(void **state)
{
	static const u32 bounds[] = {
		1, 2, 3, 7, 100000, 0x80000000u, 0x80000001u, U32_MAX
	};
	struct tb_rng rng;
	size_t b;
	int i;

	(void)state;
	tb_rng_seed(&rng, 5, 0);
	for (b = 0; b < ARRAY_SIZE(bounds); b++)
		for (i = 0; i < 10000; i++)
			assert_true(tb_rng_below(&rng, bounds[b]) < bounds[b]);
}

/*
 * Without rejection a bound of 3 * 2^30 would give every third number twice as
 * often as the other two.
 */
static void rng_below_is_unbiased(void **state)
{
	u32 cell[3] = { 0 };
	struct tb_rng rng;
	int i;

	(void)state;
	tb_rng_seed(&rng, 6, 0);
	for (i = 0; i < 300000; i++)
		cell[tb_rng_below(&rng, 3u << 30) % 3]++;
	assert_true(chi_square(cell, 3) < 13.8); /* p = 0.001 */
}

static void rng_seeds_differ(void **state)
{
	struct tb_rng a, b;
	u32 i;

	(void)state;
	for (i = 0; i < 1000; i++) {
		tb_rng_seed(&a, i, 0);
		tb_rng_seed(&b, 0, i + 1);
		assert_true(a.s[0] != b.s[0] && a.s[1] != b.s[1]);
		assert_true(a.s[0] || a.s[1]);
		tb_rng_seed(&b, i, 1);
		assert_true(a.s[0] != b.s[0] && a.s[1] != b.s[1]);
		/* Neighbours must not walk through one another's counters. */
		assert_true(a.s[1] != b.s[0]);
	}
	tb_rng_seed(&a, U64_MAX, U64_MAX);
	assert_true(a.s[0] || a.s[1]);
}

static void blocks_keep_their_cadence(void **state)
{
	static const u32 every[] = { 1, 2, 7 };
	struct tb_stream s;
	size_t e;
	u32 i;

	(void)state;
	for (e = 0; e < ARRAY_SIZE(every); e++) {
		struct tb_workload wl = make(10, 2, TB_ORDER_same);

		wl.block_every = every[e];
		wl.block_ns = 1000;
		tb_stream_init(&s, &wl, 0, 0, set);
		for (i = 1; i <= 50; i++) {
			tb_stream_next(&s);
			assert_int_equal(s.op, i);
			assert_int_equal(s.block, i % every[e] == 0);
		}
	}
}

static void no_sleep_no_block(void **state)
{
	struct tb_workload wl = base;
	struct tb_stream s;
	u32 i;

	(void)state;
	wl.block_every = 1;
	tb_stream_init(&s, &wl, 0, 0, set);
	for (i = 0; i < 5; i++) {
		tb_stream_next(&s);
		assert_false(s.block);
	}
	wl.block_every = 0;
	wl.block_ns = 1000;
	tb_stream_init(&s, &wl, 0, 0, set);
	for (i = 0; i < 5; i++) {
		tb_stream_next(&s);
		assert_false(s.block);
	}
}

static u64 digest(const struct tb_workload *wl, u32 thread, u32 cpu)
{
	struct tb_stream s;

	tb_stream_init(&s, wl, thread, cpu, set);
	return tb_stream_digest(&s, 1000);
}

static void streams_are_repeatable_and_differ(void **state)
{
	struct tb_workload wl = make(1000, 4, TB_ORDER_random), other = wl;
	u64 d = digest(&wl, 0, 0);

	(void)state;
	assert_int_equal(digest(&wl, 0, 0), d);
	/* The CPU matters only with partition. */
	assert_int_equal(digest(&wl, 0, 3), d);
	assert_int_not_equal(digest(&wl, 1, 0), d);
	other.seed = 2;
	assert_int_not_equal(digest(&other, 0, 0), d);
	other = wl;
	other.block_ns = 5;
	other.block_every = 100;
	assert_int_not_equal(digest(&other, 0, 0), d);
}

/*
 * The streams as they are. If this fails, results of before and after can no
 * longer be compared operation by operation: undo, or say so in the release.
 * The values were checked against an independent program.
 */
static void golden_digests(void **state)
{
	static const struct {
		struct tb_workload wl;
		u32 thread, cpu;
		u64 want;
	} table[] = {
#define WL(n, k, o, p, b, s) { n, k, TB_ORDER_##o, TB_PICK_##p, b, b, s, 4 }
		{ WL(1, 1, same, uniform, 0, 1), 0, 0, 0x79b4da79586cdf65ULL },
		{ WL(100, 1, same, uniform, 0, 1), 0, 0,
		  0x579457b8aea46ee4ULL },
		{ WL(100, 1, same, uniform, 0, 1), 1, 0,
		  0x9d2b3b7a3608081cULL },
		{ WL(100, 1, same, uniform, 0, 2), 0, 0,
		  0x5590d59daeaf1101ULL },
		{ WL(100, 1, same, uniform, 7, 1), 0, 0,
		  0x28817d3b8c307a64ULL },
		{ WL(100, 4, same, uniform, 0, 1), 3, 1,
		  0xda48bf8ec8d072b9ULL },
		{ WL(100, 4, opposite, uniform, 0, 1), 3, 1,
		  0xe7376f7519c7a1c9ULL },
		{ WL(100, 4, random, uniform, 0, 1), 3, 1,
		  0xe4463a6253849e65ULL },
		{ WL(100, 4, random, partition, 0, 1), 3, 1,
		  0x98ed92af1191cdc8ULL },
		{ WL(5, 5, random, uniform, 0, U64_MAX), 4095, 3,
		  0x5864248004e45229ULL },
		{ WL(100000, 800, random, uniform, 3, 1), 9, 2,
		  0x2cf1a0189ace6e71ULL },
	};
	size_t i, bad = 0;

	(void)state;
	for (i = 0; i < ARRAY_SIZE(table); i++) {
		u64 got = digest(&table[i].wl, table[i].thread, table[i].cpu);

		if (got != table[i].want) {
			print_message("# row %zu: 0x%016llx\n", i, got);
			bad++;
		}
	}
	assert_int_equal(bad, 0);
}

static void check_accepts(void **state)
{
	char why[TB_WHY_MAX] = "not empty";
	struct tb_workload wl = base;

	(void)state;
	assert_int_equal(tb_workload_check(&wl, why, sizeof(why)), 0);
	assert_string_equal(why, "");
	wl.set_size = 100;
	assert_int_equal(tb_workload_check(&wl, why, sizeof(why)), 0);
	wl.pick = TB_PICK_partition;
	wl.set_size = 25;
	assert_int_equal(tb_workload_check(&wl, why, sizeof(why)), 0);
	assert_int_equal(tb_workload_check(&wl, NULL, 0), 0);
}

static void check_refuses(void **state)
{
	struct tb_workload bad[8];
	char why[TB_WHY_MAX];
	size_t i;

	(void)state;
	for (i = 0; i < ARRAY_SIZE(bad); i++)
		bad[i] = base;
	bad[0].locks = 0;
	bad[1].set_size = 0;
	bad[2].ncpus = 0;
	bad[3].order = TB_ORDER_COUNT;
	bad[4].pick = TB_PICK_COUNT;
	bad[5].set_size = 101;
	bad[6].set_size = 26;
	bad[6].pick = TB_PICK_partition;
	bad[7].ncpus = 101;
	bad[7].pick = TB_PICK_partition;
	for (i = 0; i < ARRAY_SIZE(bad); i++) {
		why[0] = '\0';
		assert_int_equal(tb_workload_check(&bad[i], why, sizeof(why)),
				 -EINVAL);
		assert_true(strlen(why) > 10);
		assert_null(strchr(why, '\n'));
		assert_int_equal(tb_workload_check(&bad[i], NULL, 0), -EINVAL);
	}
	tb_workload_check(&bad[6], why, sizeof(why));
	assert_string_equal(why,
			    "set_size 26 is more than the 25 locks of a cpu's part");
	tb_workload_check(&bad[5], why, 10);
	assert_string_equal(why, "set_size ");
}

static void ideal_ops(void **state)
{
	struct tb_workload wl = base; /* 100 locks, 4 CPUs */
	const u64 second = 1000000000;

	(void)state;
	/* CPUs bound it: 4 / 2 us */
	assert_int_equal(tb_ideal_ops(&wl, 1000, 1000, second), 2000000);
	/* one lock: 1 / 1 us */
	wl.locks = 1;
	assert_int_equal(tb_ideal_ops(&wl, 1000, 1000, second), 1000000);
	wl.locks = 2;
	wl.set_size = 2;
	assert_int_equal(tb_ideal_ops(&wl, 1000, 0, second), 1000000);
	/* no hold: CPUs alone; neither: nothing bounds it */
	assert_int_equal(tb_ideal_ops(&wl, 0, 1000, second), 4000000);
	assert_int_equal(tb_ideal_ops(&wl, 0, 0, second), TB_IDEAL_UNBOUNDED);
	assert_int_equal(tb_ideal_ops(&wl, 5, 5, 0), 0);
	/* rounded down: 4 * 10 / 7 = 5.7, 2 * 10 / (2 * 7) = 1.4 */
	assert_int_equal(tb_ideal_ops(&wl, 7, 0, 10), 1);
	wl.set_size = 1;
	wl.locks = 100;
	assert_int_equal(tb_ideal_ops(&wl, 7, 0, 10), 5);
	/* more than 64 bits on the way: 8192 CPUs, 100000 locks, an hour */
	wl.ncpus = 8192;
	wl.locks = 100000;
	assert_int_equal(tb_ideal_ops(&wl, 1, 0, 3600 * second),
			 8192ULL * 3600 * second);
	wl.ncpus = U32_MAX;
	assert_int_equal(tb_ideal_ops(&wl, 1, 0, U64_MAX), TB_IDEAL_UNBOUNDED);
	assert_int_equal(tb_ideal_ops(&wl, U64_MAX, U64_MAX, second), 0);
}

static void large_sets_are_affordable(void **state)
{
	struct tb_workload wl = make(100000, 800, TB_ORDER_random);
	struct timespec t0, t1;
	struct tb_stream s;
	double us;

	(void)state;
	tb_stream_init(&s, &wl, 0, 0, set);
	clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t0);
	tb_stream_digest(&s, 500);
	clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t1);
	us = (t1.tv_sec - t0.tv_sec) * 1e6 + (t1.tv_nsec - t0.tv_nsec) / 1e3;
	print_message("# 800 of 100000: %.1f us per operation\n", us / 500);
	/* Generous: with sanitizers, on a busy machine. */
	assert_true(us / 500 < 2000);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(rng_reference),
		cmocka_unit_test(rng_below_is_in_range),
		cmocka_unit_test(rng_below_is_unbiased),
		cmocka_unit_test(rng_seeds_differ),
		cmocka_unit_test(blocks_keep_their_cadence),
		cmocka_unit_test(no_sleep_no_block),
		cmocka_unit_test(streams_are_repeatable_and_differ),
		cmocka_unit_test(golden_digests),
		cmocka_unit_test(check_accepts),
		cmocka_unit_test(check_refuses),
		cmocka_unit_test(ideal_ops),
		cmocka_unit_test(large_sets_are_affordable),
	};

	return cmocka_run_group_tests_name("workload", tests, NULL, NULL);
}
