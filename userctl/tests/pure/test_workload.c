// SPDX-License-Identifier: GPL-2.0
/* workload.c: the cadence of sleeps, the digests, what is refused, the bound. */
#include <time.h>

#include "test_workload.h"

#include "pure/draw.h"

static u32 set[SET_MAX];

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

/* 64-bit FNV-1a over the sets and the sleeps of the next operations, in order. */
static u64 stream_digest(struct tb_stream *s, u64 ops)
{
	u64 sum = 0xcbf29ce484222325ULL;
	u32 i;

	while (ops--) {
		tb_stream_next(s);
		for (i = 0; i < s->set_size; i++)
			sum = (sum ^ s->set[i]) * 0x100000001b3ULL;
		sum = (sum ^ s->block) * 0x100000001b3ULL;
	}
	return sum;
}

static u64 digest(const struct tb_workload *wl, u32 thread, u32 cpu)
{
	struct tb_stream s;

	tb_stream_init(&s, wl, thread, cpu, set);
	return stream_digest(&s, 1000);
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
#define WL(n, k, o, p, b, s)     \
	{ .locks = n,            \
	  .set_size = k,         \
	  .order = TB_ORDER_##o, \
	  .pick = TB_PICK_##p,   \
	  .block_ns = b,         \
	  .block_every = b,      \
	  .seed = s,             \
	  .ncpus = 4 }
		{ WL(1, 1, same, uniform, 0, 1), 0, 0, 0x79b4da79586cdf65ULL },
		{ WL(100, 1, same, uniform, 0, 1), 0, 0,
		  0x579457b8aea46ee4ULL },
		{ WL(100, 1, same, uniform, 0, 1), 1, 0,
		  0x9d2b3b7a3608081cULL },
		{ WL(100, 1, same, uniform, 0, 2), 0, 0,
		  0x5590d59daeaf1101ULL },
		{ WL(100, 1, same, uniform, 0, 2), 1, 0,
		  0xc3da9bcb6151d157ULL },
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
#undef WL
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
	wl.pick = TB_PICK_zipf;
	wl.hold_dist = TB_DIST_exp;
	wl.think_dist = TB_DIST_bimodal;
	wl.hold_ns = TB_DRAW_MEAN_MAX;
	wl.think_ns = TB_DRAW_MEAN_MAX;
	wl.gap_ps = TB_DRAW_MEAN_MAX;
	wl.shared_pct = 100;
	assert_int_equal(tb_workload_check(&wl, why, sizeof(why)), 0);
	assert_int_equal(tb_workload_check(&wl, NULL, 0), 0);
}

static void check_refuses(void **state)
{
	struct tb_workload bad[14];
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
	bad[8].hold_dist = TB_DIST_COUNT;
	bad[9].think_dist = TB_DIST_COUNT;
	bad[10].shared_pct = 101;
	bad[11].gap_ps = TB_DRAW_MEAN_MAX + 1;
	bad[12].hold_ns = TB_DRAW_MEAN_MAX + 1;
	bad[13].think_ns = TB_DRAW_MEAN_MAX + 1;
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
	tb_workload_check(&bad[9], why, sizeof(why));
	assert_string_equal(why, "think_dist has no such value");
}

/* The bound for operations that are all alike and exclusive. */
static u64 ideal(const struct tb_workload *wl, u64 hold_ns, u64 think_ns,
		 u64 window_ns)
{
	struct tb_mix mix = {
		.ops = 1,
		.busy_ns = tb_sat_add(hold_ns, think_ns),
		.excl_ns = hold_ns,
	};

	return tb_ideal_ops(wl, &mix, window_ns);
}

static void ideal_ops(void **state)
{
	struct tb_workload wl = base; /* 100 locks, 4 CPUs */
	const u64 second = 1000000000;

	(void)state;
	/* CPUs bound it: 4 / 2 us */
	assert_int_equal(ideal(&wl, 1000, 1000, second), 2000000);
	/* one lock: 1 / 1 us */
	wl.locks = 1;
	assert_int_equal(ideal(&wl, 1000, 1000, second), 1000000);
	wl.locks = 2;
	wl.set_size = 2;
	assert_int_equal(ideal(&wl, 1000, 0, second), 1000000);
	/* no hold: CPUs alone; neither: nothing bounds it */
	assert_int_equal(ideal(&wl, 0, 1000, second), 4000000);
	assert_int_equal(ideal(&wl, 0, 0, second), TB_IDEAL_UNBOUNDED);
	assert_int_equal(ideal(&wl, 5, 5, 0), 0);
	/* rounded down: 4 * 10 / 7 = 5.7, 2 * 10 / (2 * 7) = 1.4 */
	assert_int_equal(ideal(&wl, 7, 0, 10), 1);
	wl.set_size = 1;
	wl.locks = 100;
	assert_int_equal(ideal(&wl, 7, 0, 10), 5);
	/* more than 64 bits on the way: 8192 CPUs, 100000 locks, an hour */
	wl.ncpus = 8192;
	wl.locks = 100000;
	assert_int_equal(ideal(&wl, 1, 0, 3600 * second),
			 8192ULL * 3600 * second);
	wl.ncpus = U32_MAX;
	assert_int_equal(ideal(&wl, 1, 0, U64_MAX), TB_IDEAL_UNBOUNDED);
	assert_int_equal(ideal(&wl, U64_MAX, U64_MAX, second), 0);
}

static void ideal_ops_of_a_mix(void **state)
{
	struct tb_workload wl = base; /* 100 locks, 4 CPUs */
	struct tb_mix mix = { .ops = 4, .busy_ns = 12, .excl_ns = 4 };
	struct tb_mix large = { .ops = 1ULL << 40,
				.busy_ns = (3ULL << 40) + 1,
				.excl_ns = 1ULL << 40 };

	(void)state;
	/* CPUs: 4 / 3 ns; locks: 1 / 1 ns */
	assert_int_equal(tb_ideal_ops(&wl, &mix, 1000), 1333);
	wl.locks = 1;
	assert_int_equal(tb_ideal_ops(&wl, &mix, 1000), 1000);
	/* only the exclusive part of the holds needs a lock for itself */
	mix.excl_ns = 1;
	assert_int_equal(tb_ideal_ops(&wl, &mix, 1000), 1333);
	mix.excl_ns = 0;
	assert_int_equal(tb_ideal_ops(&wl, &mix, 1000), 1333);
	/* a product of 2^2 * 2^40 * 2^40, and just not 4 / 3 */
	assert_int_equal(tb_ideal_ops(&wl, &large, 1ULL << 40), 1ULL << 40);
	wl.locks = 2;
	assert_int_equal(tb_ideal_ops(&wl, &large, 3), 3);
	assert_int_equal(tb_ideal_ops(&wl, &large, 1ULL << 40),
			 (4ULL << 40) / 3 - 1);
	/* rest * ops that carries: 4 * 5 * 7 / 11 = 12.7 */
	mix.ops = 7;
	mix.busy_ns = 11;
	assert_int_equal(tb_ideal_ops(&wl, &mix, 5), 12);
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
	stream_digest(&s, 500);
	clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t1);
	us = (t1.tv_sec - t0.tv_sec) * 1e6 + (t1.tv_nsec - t0.tv_nsec) / 1e3;
	print_message("# 800 of 100000: %.1f us per operation\n", us / 500);
	/* Generous: with sanitizers, on a busy machine. */
	assert_true(us / 500 < 2000);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(blocks_keep_their_cadence),
		cmocka_unit_test(no_sleep_no_block),
		cmocka_unit_test(streams_are_repeatable_and_differ),
		cmocka_unit_test(golden_digests),
		cmocka_unit_test(check_accepts),
		cmocka_unit_test(check_refuses),
		cmocka_unit_test(ideal_ops),
		cmocka_unit_test(ideal_ops_of_a_mix),
		cmocka_unit_test(large_sets_are_affordable),
	};

	return cmocka_run_group_tests_name("workload", tests, NULL, NULL);
}
