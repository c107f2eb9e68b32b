// SPDX-License-Identifier: GPL-2.0
/* workload.c: which locks make a set, and in which order they are asked for. */
#include "test_workload.h"

static u32 set_a[SET_MAX], set_b[SET_MAX];

static void sets_are_distinct_and_in_range(void **state)
{
	static const struct {
		u32 locks, set_size;
	} shape[] = { { 1, 1 },	    { 2, 1 },	  { 2, 2 },	  { 3, 2 },
		      { 10, 5 },    { 10, 9 },	  { 10, 10 },	  { 1000, 8 },
		      { 800, 800 }, { 801, 800 }, { 100000, 800 } };
	enum tb_order order;
	size_t i;
	u32 j, k, t;

	(void)state;
	for (i = 0; i < ARRAY_SIZE(shape); i++) {
		for (order = 0; order < TB_ORDER_COUNT; order++) {
			struct tb_workload wl =
				make(shape[i].locks, shape[i].set_size, order);
			struct tb_stream s;

			for (t = 0; t < 3; t++) {
				tb_stream_init(&s, &wl, t, 0, set_a);
				for (j = 0; j < 20; j++) {
					tb_stream_next(&s);
					memcpy(set_b, set_a, sizeof(set_a));
					qsort(set_b, wl.set_size, sizeof(u32),
					      ascending);
					for (k = 1; k < wl.set_size; k++)
						assert_true(set_b[k - 1] <
							    set_b[k]);
					assert_true(set_b[k - 1] < wl.locks);
				}
			}
		}
	}
}

static void single_choice_is_uniform(void **state)
{
	struct tb_workload wl = make(50, 1, TB_ORDER_same);
	u32 cell[50] = { 0 };
	struct tb_stream s;
	int i;

	(void)state;
	tb_stream_init(&s, &wl, 3, 0, set_a);
	for (i = 0; i < 200000; i++) {
		tb_stream_next(&s);
		cell[set_a[0]]++;
	}
	assert_true(chi_square(cell, 50) < 85.4); /* 49 df, p = 0.001 */
}

/* All 10 subsets of 2 out of 5, and all 10 of 3 out of 5. */
static void subsets_are_uniform(void **state)
{
	u32 k, i, bits;

	(void)state;
	for (k = 2; k <= 3; k++) {
		struct tb_workload wl = make(5, k, TB_ORDER_same);
		u32 seen[32] = { 0 }, cell[10] = { 0 }, n = 0;
		struct tb_stream s;

		tb_stream_init(&s, &wl, 0, 0, set_a);
		for (i = 0; i < 100000; i++) {
			tb_stream_next(&s);
			bits = 1u << set_a[0] | 1u << set_a[1];
			if (k == 3)
				bits |= 1u << set_a[2];
			seen[bits]++;
		}
		for (bits = 0; bits < 32; bits++) {
			if (!seen[bits])
				continue;
			assert_true(n < 10);
			cell[n++] = seen[bits];
		}
		assert_int_equal(n, 10);
		assert_true(chi_square(cell, 10) < 27.9); /* 9 df */
	}
}

static void members_of_large_sets_are_uniform(void **state)
{
	struct tb_workload wl = make(200, 40, TB_ORDER_random);
	u32 cell[200] = { 0 };
	struct tb_stream s;
	u32 i, j;

	(void)state;
	tb_stream_init(&s, &wl, 0, 0, set_a);
	for (i = 0; i < 5000; i++) {
		tb_stream_next(&s);
		for (j = 0; j < 40; j++)
			cell[set_a[j]]++;
	}
	/* 199 df; without replacement it spreads less than chi-square. */
	assert_true(chi_square(cell, 200) < 267.5);
}

/* The 6 orders of a whole range of 3, and the 6 of 3 out of 1000. */
static void random_orders_are_uniform(void **state)
{
	static const u32 locks[] = { 3, 1000 };
	size_t l;
	u32 i;

	(void)state;
	for (l = 0; l < ARRAY_SIZE(locks); l++) {
		struct tb_workload wl = make(locks[l], 3, TB_ORDER_random);
		u32 cell[8] = { 0 }, used[6] = { 0 }, n = 0;
		struct tb_stream s;

		tb_stream_init(&s, &wl, 0, 0, set_a);
		for (i = 0; i < 60000; i++) {
			tb_stream_next(&s);
			cell[(set_a[0] < set_a[1]) | (set_a[0] < set_a[2]) << 1 |
			     (set_a[1] < set_a[2]) << 2]++;
		}
		for (i = 0; i < 8; i++) {
			if (!cell[i])
				continue;
			assert_true(n < 6);
			used[n++] = cell[i];
		}
		assert_int_equal(n, 6);
		assert_true(chi_square(used, 6) < 20.5); /* 5 df */
	}
}

static void same_is_ascending_for_all(void **state)
{
	struct tb_workload wl = make(1000, 9, TB_ORDER_same);
	struct tb_stream s;
	u32 t, i, j;

	(void)state;
	for (t = 0; t < 4; t++) {
		tb_stream_init(&s, &wl, t, t, set_a);
		for (i = 0; i < 100; i++) {
			tb_stream_next(&s);
			for (j = 1; j < 9; j++)
				assert_true(set_a[j - 1] < set_a[j]);
		}
	}
}

static void opposite_reverses_odd_threads(void **state)
{
	static const u32 locks[] = { 1, 2, 7, 1000 };
	size_t l;
	u32 t, i, j;

	(void)state;
	for (l = 0; l < ARRAY_SIZE(locks); l++) {
		u32 k = min(locks[l], 7);
		struct tb_workload same = make(locks[l], k, TB_ORDER_same);
		struct tb_workload opp = make(locks[l], k, TB_ORDER_opposite);
		struct tb_stream a, b;

		for (t = 0; t < 4; t++) {
			tb_stream_init(&a, &same, t, 0, set_a);
			tb_stream_init(&b, &opp, t, 0, set_b);
			for (i = 0; i < 50; i++) {
				tb_stream_next(&a);
				tb_stream_next(&b);
				for (j = 0; j < k; j++)
					assert_int_equal(set_b[j],
							 set_a[t % 2 ? k - 1 - j :
								       j]);
			}
		}
	}
}

static void order_does_not_change_the_sets(void **state)
{
	struct tb_workload same = make(1000, 20, TB_ORDER_same);
	struct tb_workload random = make(1000, 20, TB_ORDER_random);
	struct tb_stream a, b;
	int i, moved = 0;

	(void)state;
	tb_stream_init(&a, &same, 5, 0, set_a);
	tb_stream_init(&b, &random, 5, 0, set_b);
	for (i = 0; i < 200; i++) {
		tb_stream_next(&a);
		tb_stream_next(&b);
		moved += !!memcmp(set_a, set_b, 20 * sizeof(u32));
		qsort(set_b, 20, sizeof(u32), ascending);
		assert_memory_equal(set_a, set_b, 20 * sizeof(u32));
	}
	assert_int_equal(moved, 200);
}

static void whole_range_takes_no_draws(void **state)
{
	struct tb_workload wl = make(5, 5, TB_ORDER_opposite);
	static const u32 down[] = { 4, 3, 2, 1, 0 };
	struct tb_stream s;
	struct tb_rng before;

	(void)state;
	tb_stream_init(&s, &wl, 1, 0, set_a);
	before = s.choice;
	tb_stream_next(&s);
	tb_stream_next(&s);
	assert_memory_equal(set_a, down, sizeof(down));
	assert_memory_equal(&before, &s.choice, sizeof(before));
	assert_int_equal(s.op, 2);
}

static void one_lock_is_always_lock_0(void **state)
{
	enum tb_order order;
	struct tb_stream s;
	int i;

	(void)state;
	for (order = 0; order < TB_ORDER_COUNT; order++) {
		struct tb_workload wl = make(1, 1, order);

		set_a[0] = 99;
		tb_stream_init(&s, &wl, 1, 0, set_a);
		assert_true(s.fixed);
		for (i = 0; i < 10; i++) {
			tb_stream_next(&s);
			assert_int_equal(set_a[0], 0);
		}
	}
}

static void partitions_are_disjoint_and_cover(void **state)
{
	static const u32 locks[] = { 4, 7, 100, 101, 99999, 100000 };
	static const u32 cpus[] = { 1, 2, 3, 4 };
	size_t l, c;
	u32 cpu;

	(void)state;
	for (l = 0; l < ARRAY_SIZE(locks); l++) {
		for (c = 0; c < ARRAY_SIZE(cpus); c++) {
			struct tb_workload wl = make(locks[l], 1, 0);
			struct tb_stream s;
			u32 next = 0;

			wl.pick = TB_PICK_partition;
			wl.ncpus = cpus[c];
			for (cpu = 0; cpu < cpus[c]; cpu++) {
				tb_stream_init(&s, &wl, cpu, cpu, set_a);
				assert_int_equal(s.first, next);
				assert_in_range(s.range, locks[l] / cpus[c],
						(locks[l] - 1) / cpus[c] + 1);
				next += s.range;
			}
			assert_int_equal(next, locks[l]);
		}
	}
}

static void partition_sets_stay_inside(void **state)
{
	struct tb_workload wl = make(10, 3, TB_ORDER_random);
	u32 seen[10] = { 0 };
	struct tb_stream s;
	u32 cpu, i, j;

	(void)state;
	wl.pick = TB_PICK_partition;
	wl.ncpus = 3;
	for (cpu = 0; cpu < 3; cpu++) {
		tb_stream_init(&s, &wl, cpu, cpu, set_a);
		for (i = 0; i < 200; i++) {
			tb_stream_next(&s);
			for (j = 0; j < 3; j++)
				seen[set_a[j]] |= 1u << cpu;
		}
	}
	for (i = 0; i < 10; i++) /* parts 0-2, 3-5, 6-9 */
		assert_int_equal(seen[i], 1u << (i < 3 ? 0 : i < 6 ? 1 : 2));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(sets_are_distinct_and_in_range),
		cmocka_unit_test(single_choice_is_uniform),
		cmocka_unit_test(subsets_are_uniform),
		cmocka_unit_test(members_of_large_sets_are_uniform),
		cmocka_unit_test(random_orders_are_uniform),
		cmocka_unit_test(same_is_ascending_for_all),
		cmocka_unit_test(opposite_reverses_odd_threads),
		cmocka_unit_test(order_does_not_change_the_sets),
		cmocka_unit_test(whole_range_takes_no_draws),
		cmocka_unit_test(one_lock_is_always_lock_0),
		cmocka_unit_test(partitions_are_disjoint_and_cover),
		cmocka_unit_test(partition_sets_stay_inside),
	};

	return cmocka_run_group_tests_name("sets", tests, NULL, NULL);
}
