// SPDX-License-Identifier: GPL-2.0
/* workload.c: how long an operation takes, shared or not, and its fingerprint. */
#include "test_workload.h"

#include "pure/zipf.h"

static u32 set_a[SET_MAX], set_b[SET_MAX], table[SET_MAX];

static struct tb_workload busy(enum tb_dist hold, enum tb_dist think,
			       u32 shared)
{
	struct tb_workload wl = make(100, 4, TB_ORDER_random);

	wl.hold_ns = 1000;
	wl.think_ns = 3000;
	wl.hold_dist = hold;
	wl.think_dist = think;
	wl.shared_pct = shared;
	return wl;
}

static void const_takes_no_draws(void **state)
{
	static const u32 shared[] = { 0, 100 };
	struct tb_stream s, before;
	size_t i;
	u32 j;

	(void)state;
	for (i = 0; i < ARRAY_SIZE(shared); i++) {
		struct tb_workload wl =
			busy(TB_DIST_const, TB_DIST_const, shared[i]);

		tb_stream_init(&s, &wl, 1, 0, set_a);
		assert_false(s.vary);
		before = s;
		for (j = 0; j < 10; j++) {
			tb_stream_next(&s);
			assert_int_equal(s.hold_ns, 1000);
			assert_int_equal(s.think_ns, 3000);
			assert_int_equal(s.shared, shared[i] == 100);
		}
		assert_memory_equal(&s.hold, &before.hold, sizeof(s.hold));
		assert_memory_equal(&s.think, &before.think, sizeof(s.think));
		assert_memory_equal(&s.share, &before.share, sizeof(s.share));
	}
}

static void no_time_does_not_vary(void **state)
{
	struct tb_workload wl = busy(TB_DIST_exp, TB_DIST_bimodal, 100);
	struct tb_stream s;
	struct tb_rng before;

	(void)state;
	wl.hold_ns = 0;
	tb_stream_init(&s, &wl, 0, 0, set_a);
	assert_true(s.vary);
	before = s.share;
	tb_stream_next(&s);
	assert_int_equal(s.hold_ns, 0);
	/* 100 % stays 100 % while something else varies, and is no choice. */
	assert_true(s.shared);
	assert_memory_equal(&s.share, &before, sizeof(before));
	wl.think_ns = 0;
	tb_stream_init(&s, &wl, 0, 0, set_a);
	assert_false(s.vary);
	tb_stream_next(&s);
	assert_int_equal(s.think_ns, 0);
}

static void shared_alone_varies(void **state)
{
	struct tb_workload wl = busy(TB_DIST_const, TB_DIST_const, 1);
	struct tb_stream s;
	u32 i, shared = 0;

	(void)state;
	tb_stream_init(&s, &wl, 0, 0, set_a);
	assert_true(s.vary);
	for (i = 0; i < 100000; i++) {
		tb_stream_next(&s);
		shared += s.shared;
		assert_int_equal(s.hold_ns, 1000);
		assert_int_equal(s.think_ns, 3000);
	}
	assert_in_range(shared, 1000 - 160, 1000 + 160);
}

/*
 * Changing one thing changes nothing else: all that can be changed against all
 * that is drawn.
 */
static void each_is_drawn_on_its_own(void **state)
{
	const struct tb_workload wl = busy(TB_DIST_exp, TB_DIST_exp, 30);
	struct tb_workload changed[6];
	struct tb_stream a, b;
	u32 c, i, differ;

	(void)state;
	for (c = 0; c < ARRAY_SIZE(changed); c++)
		changed[c] = wl;
	changed[0].hold_dist = TB_DIST_const;
	changed[1].think_dist = TB_DIST_bimodal;
	changed[2].shared_pct = 0;
	changed[3].order = TB_ORDER_same;
	changed[4].set_size = 1;
	changed[5].gap_ps = 1000000;
	for (c = 0; c < ARRAY_SIZE(changed); c++) {
		tb_stream_init(&a, &wl, 3, 1, set_a);
		tb_stream_init(&b, &changed[c], 3, 1, set_b);
		differ = 0;
		for (i = 0; i < 500; i++) {
			tb_stream_next(&a);
			tb_stream_next(&b);
			differ |= (a.hold_ns != b.hold_ns) << 0 |
				  (a.think_ns != b.think_ns) << 1 |
				  (a.shared != b.shared) << 2;
			if (c != 3 && c != 4)
				assert_memory_equal(set_a, set_b,
						    4 * sizeof(u32));
		}
		assert_int_equal(differ, c < 3 ? 1 << c : 0);
	}
}

static void threads_and_seeds_differ(void **state)
{
	struct tb_workload wl = busy(TB_DIST_exp, TB_DIST_exp, 50);
	struct tb_stream a, b, c;
	u32 i, same = 0;

	(void)state;
	tb_stream_init(&a, &wl, 0, 0, set_a);
	tb_stream_init(&b, &wl, 1, 0, set_a);
	wl.seed = 2;
	tb_stream_init(&c, &wl, 0, 0, set_a);
	for (i = 0; i < 1000; i++) {
		tb_stream_next(&a);
		tb_stream_next(&b);
		tb_stream_next(&c);
		same += a.hold_ns == b.hold_ns;
		same += a.hold_ns == c.hold_ns;
		same += a.think_ns == b.think_ns;
		/* Hold and think of one operation: same law, other mean. */
		same += a.hold_ns == a.think_ns / 3;
	}
	assert_true(same < 30);
}

static void they_have_their_means(void **state)
{
	struct tb_workload wl = busy(TB_DIST_exp, TB_DIST_bimodal, 30);
	u64 hold = 0, think = 0, shared = 0;
	struct tb_stream s;
	u32 i;

	(void)state;
	tb_stream_init(&s, &wl, 0, 0, set_a);
	for (i = 0; i < 100000; i++) {
		tb_stream_next(&s);
		hold += s.hold_ns;
		think += s.think_ns;
		shared += s.shared;
	}
	/* Within 5 standard deviations: 1000, 3000 * 1.42, and 145. */
	assert_in_range(hold, 100000000 - 1600000, 100000000 + 1600000);
	assert_in_range(think, 300000000 - 6800000, 300000000 + 6800000);
	assert_in_range(shared, 30000 - 725, 30000 + 725);
}

static void fold_does_not_see_the_order(void **state)
{
	struct tb_workload wl = busy(TB_DIST_exp, TB_DIST_exp, 30);
	u64 random = 0, same = 0;
	struct tb_stream a, b;
	u32 i;

	(void)state;
	tb_stream_init(&a, &wl, 1, 0, set_a);
	wl.order = TB_ORDER_same;
	tb_stream_init(&b, &wl, 1, 0, set_b);
	for (i = 0; i < TB_DIGEST_OPS; i++) {
		tb_stream_next(&a);
		tb_stream_next(&b);
		random = tb_stream_fold(random, &a);
		same = tb_stream_fold(same, &b);
		assert_int_equal(random, same);
	}
}

static void fold_sees_all_else(void **state)
{
	struct tb_stream s = { .set = set_a, .set_size = 3, .op = 1 };
	u64 seen[16], n = 0, i, j;

	(void)state;
	memset(set_a, 0, sizeof(set_a));
	set_a[1] = 1;
	set_a[2] = 5;
	seen[n++] = tb_stream_fold(0, &s);
	seen[n++] = tb_stream_fold(1, &s);
	set_a[0] = 2;
	seen[n++] = tb_stream_fold(0, &s);
	set_a[0] = 0;
	/* Another set with the same sum. */
	set_a[1] = 2;
	set_a[2] = 4;
	seen[n++] = tb_stream_fold(0, &s);
	s.set_size = 2;
	seen[n++] = tb_stream_fold(0, &s);
	s.hold_ns = 5;
	seen[n++] = tb_stream_fold(0, &s);
	s.hold_ns = 0;
	s.think_ns = 5;
	seen[n++] = tb_stream_fold(0, &s);
	s.shared = true;
	seen[n++] = tb_stream_fold(0, &s);
	s.block = true;
	seen[n++] = tb_stream_fold(0, &s);
	s.shared = false;
	seen[n++] = tb_stream_fold(0, &s);
	for (i = 0; i < n; i++)
		for (j = 0; j < i; j++)
			assert_int_not_equal(seen[i], seen[j]);
}

/* Lock 0 alone must count: its number mixes to something else than nothing. */
static void fold_sees_lock_0(void **state)
{
	struct tb_stream s = { .set = set_a, .set_size = 1 };
	u64 with;

	(void)state;
	set_a[0] = 0;
	with = tb_stream_fold(0, &s);
	s.set_size = 0;
	assert_int_not_equal(tb_stream_fold(0, &s), with);
}

/* Fingerprints as they are, like the digests of test_workload.c. */
static void golden_folds(void **state)
{
	static const struct {
		enum tb_pick pick;
		enum tb_dist hold, think;
		u32 shared;
		u64 want;
	} row[] = {
		{ TB_PICK_uniform, TB_DIST_const, TB_DIST_const, 0,
		  0x1a773b0a05608d5cULL },
		{ TB_PICK_uniform, TB_DIST_exp, TB_DIST_bimodal, 0,
		  0x624ec833d0a06ce3ULL },
		{ TB_PICK_partition, TB_DIST_bimodal, TB_DIST_exp, 30,
		  0x01a6596f79220607ULL },
		{ TB_PICK_zipf, TB_DIST_exp, TB_DIST_exp, 100,
		  0x489a6e61585b9fabULL },
	};
	size_t i, bad = 0;
	u32 j;

	(void)state;
	tb_zipf_make(table, 100, 990);
	for (i = 0; i < ARRAY_SIZE(row); i++) {
		struct tb_workload wl =
			busy(row[i].hold, row[i].think, row[i].shared);
		struct tb_stream s;
		u64 got = 0;

		wl.pick = row[i].pick;
		wl.zipf = table;
		tb_stream_init(&s, &wl, 5, 1, set_a);
		for (j = 0; j < TB_DIGEST_OPS; j++) {
			tb_stream_next(&s);
			got = tb_stream_fold(got, &s);
		}
		if (got != row[i].want) {
			print_message("# row %zu: 0x%016llx\n", i, got);
			bad++;
		}
	}
	assert_int_equal(bad, 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(const_takes_no_draws),
		cmocka_unit_test(no_time_does_not_vary),
		cmocka_unit_test(shared_alone_varies),
		cmocka_unit_test(each_is_drawn_on_its_own),
		cmocka_unit_test(threads_and_seeds_differ),
		cmocka_unit_test(they_have_their_means),
		cmocka_unit_test(fold_does_not_see_the_order),
		cmocka_unit_test(fold_sees_all_else),
		cmocka_unit_test(fold_sees_lock_0),
		cmocka_unit_test(golden_folds),
	};

	return cmocka_run_group_tests_name("mix", tests, NULL, NULL);
}
