// SPDX-License-Identifier: GPL-2.0
/* arrivals.c: a Poisson process, and a queue that refuses. */
#include "test_workload.h"

#include "pure/arrivals.h"
#include "pure/draw.h"

#define ROOM 100000

static u64 ring_a[ROOM], ring_b[ROOM];

static struct tb_workload every(u64 gap_ps)
{
	struct tb_workload wl = base;

	wl.gap_ps = gap_ps;
	return wl;
}

/* 2000 intervals of 100 us at one per us: each has 100, give or take 10. */
static void counts_are_poisson(void **state)
{
	struct tb_workload wl = every(1000000);
	double sum = 0, square = 0, n, variance;
	struct tb_arrivals a;
	u32 i;

	(void)state;
	tb_arrivals_init(&a, &wl, 0, ring_a, ROOM);
	for (i = 1; i <= 2000; i++) {
		tb_arrivals_until(&a, i * 100000);
		n = a.waiting;
		sum += n;
		square += n * n;
		while (a.waiting)
			tb_arrivals_take(&a);
	}
	assert_int_equal(a.arrived, sum);
	assert_int_equal(a.refused, 0);
	variance = (square - sum * sum / 2000) / 1999;
	/* 5 standard deviations: 0.224 and 3.17 */
	assert_in_range(sum / 2000 * 100, 9888, 10112);
	assert_in_range(variance * 100, 8400, 11600);
}

static void times_lie_where_they_should(void **state)
{
	struct tb_workload wl = every(333333);
	u64 now = 0, last = 0, next;
	struct tb_arrivals a;
	u32 i;

	(void)state;
	tb_arrivals_init(&a, &wl, 1, ring_a, ROOM);
	for (i = 0; i < 20000; i++) {
		next = tb_arrivals_next_ns(&a);
		assert_true(next > now || !now);
		/* One ns before there is nothing, then there is. */
		if (next) {
			tb_arrivals_until(&a, next - 1);
			assert_int_equal(a.waiting, 0);
		}
		now = next;
		tb_arrivals_until(&a, now);
		assert_true(a.waiting >= 1);
		while (a.waiting) {
			assert_int_equal(tb_arrivals_take(&a), now);
			assert_true(now >= last);
			last = now;
		}
	}
	assert_int_equal(a.arrived >= 20000, 1);
}

/* However often one looks, and whatever the room: the same arrivals. */
static void arrivals_do_not_depend_on_the_thread(void **state)
{
	struct tb_workload wl = every(500000);
	struct tb_arrivals a, b;
	struct tb_rng rng;
	u64 now;

	(void)state;
	tb_arrivals_init(&a, &wl, 2, ring_a, ROOM);
	/* A generator of their own: gaps are not hold times. */
	tb_rng_seed_thread(&rng, wl.seed, 2, TB_RNG_ARRIVALS);
	assert_int_equal(a.next_ps, tb_draw(&rng, TB_DIST_exp, wl.gap_ps));
	tb_arrivals_init(&b, &wl, 2, ring_b, 3);
	tb_arrivals_until(&a, 10000000);
	for (now = 0; now < 10000000; now += 777)
		tb_arrivals_until(&b, now);
	tb_arrivals_until(&b, 10000000);
	assert_int_equal(a.arrived, b.arrived);
	assert_int_equal(a.refused, 0);
	assert_int_equal(b.refused, b.arrived - 3);
	assert_int_equal(tb_arrivals_next_ns(&a), tb_arrivals_next_ns(&b));

	/* The operations do not matter either; seed and thread do. */
	wl.locks = 7;
	wl.hold_dist = TB_DIST_exp;
	tb_arrivals_init(&b, &wl, 2, ring_b, 3);
	tb_arrivals_until(&b, 10000000);
	assert_int_equal(tb_arrivals_next_ns(&a), tb_arrivals_next_ns(&b));
	tb_arrivals_init(&b, &wl, 3, ring_b, 3);
	tb_arrivals_until(&b, 10000000);
	assert_int_not_equal(tb_arrivals_next_ns(&a), tb_arrivals_next_ns(&b));
}

/* By hand: room for 2, arrivals at 10, 20, 30, 40 and 50 us. */
static void the_third_is_refused(void **state)
{
	struct tb_workload wl = every(TB_DRAW_MEAN_MAX);
	struct tb_arrivals a;
	u64 us;

	(void)state;
	tb_arrivals_init(&a, &wl, 0, ring_a, 2);
	for (us = 10; us <= 30; us += 10) {
		a.next_ps = us * 1000000;
		tb_arrivals_until(&a, us * 1000);
	}
	assert_int_equal(a.arrived, 3);
	assert_int_equal(a.refused, 1);
	assert_int_equal(a.waiting, 2);
	assert_int_equal(a.peak, 2);
	assert_int_equal(tb_arrivals_take(&a), 10000);
	assert_int_equal(a.waiting, 1);
	a.peak = 0;
	a.next_ps = 40 * 1000000 - 1; /* rounded up */
	tb_arrivals_until(&a, 39999);
	assert_int_equal(a.arrived, 3);
	tb_arrivals_until(&a, 40000);
	assert_int_equal(a.arrived, 4);
	assert_int_equal(a.refused, 1);
	assert_int_equal(a.peak, 2);
	assert_int_equal(tb_arrivals_take(&a), 20000);
	assert_int_equal(tb_arrivals_take(&a), 40000);
	assert_int_equal(a.waiting, 0);
	a.next_ps = 50 * 1000000;
	tb_arrivals_until(&a, 50000);
	assert_int_equal(tb_arrivals_take(&a), 50000);
	assert_int_equal(a.refused, 1);
}

/* A queue of 5 against one that is written down: who waits, who is refused. */
static void the_queue_is_first_in_first_out(void **state)
{
	struct tb_workload wl = every(1000000);
	u64 model[5], refused = 0, now, came, peak = 0;
	struct tb_arrivals all, a;
	u32 waiting = 0, i;

	(void)state;
	tb_arrivals_init(&all, &wl, 4, ring_a, ROOM);
	tb_arrivals_until(&all, 10000000);
	tb_arrivals_init(&a, &wl, 4, ring_b, 5);
	/* One leaves every 1.1 us. */
	for (now = 1100; now < 10000000; now += 1100) {
		while (all.waiting && ring_a[all.head] <= now) {
			came = tb_arrivals_take(&all);
			if (waiting < 5)
				model[waiting++] = came;
			else
				refused++;
			peak = max(peak, waiting);
		}
		tb_arrivals_until(&a, now);
		assert_int_equal(a.waiting, waiting);
		assert_int_equal(a.refused, refused);
		assert_int_equal(a.peak, peak);
		if (!waiting)
			continue;
		assert_int_equal(tb_arrivals_take(&a), model[0]);
		for (i = 1; i < waiting; i++)
			model[i - 1] = model[i];
		waiting--;
	}
	assert_true(refused > 100 && peak == 5);
}

/* As many as there can be, for an hour: refused in one step, and not lost. */
static void overload_ends(void **state)
{
	const u64 hour = 3600ULL * 1000000000;
	struct tb_workload wl = every(1000);
	struct tb_arrivals a;
	u64 taken = 0, i;

	(void)state;
	tb_arrivals_init(&a, &wl, 0, ring_a, 1000);
	tb_arrivals_until(&a, hour);
	assert_in_range(a.arrived, hour - 10000, hour + 10000);
	assert_int_equal(a.arrived, a.refused + 1000);
	assert_true(tb_arrivals_next_ns(&a) > hour);
	/* A thread that takes one at a time is served as before. */
	for (i = 1; i <= 10; i++) {
		assert_true(tb_arrivals_take(&a) < hour + i * 1000000);
		taken++;
		tb_arrivals_until(&a, hour + i * 1000000);
		assert_int_equal(a.waiting, 1000);
		assert_int_equal(a.arrived, a.refused + 1000 + taken);
	}
}

static void one_by_one_up_to_the_burst(void **state)
{
	struct tb_workload wl = every(1000000);
	struct tb_arrivals a, b;
	u64 now = (TB_ARRIVALS_BURST - 2000) * 1000ULL;

	(void)state;
	tb_arrivals_init(&a, &wl, 0, ring_a, ROOM);
	tb_arrivals_init(&b, &wl, 0, ring_b, 1);
	tb_arrivals_until(&a, now);
	tb_arrivals_until(&b, now);
	assert_true(a.arrived > TB_ARRIVALS_BURST / 2);
	assert_true(a.arrived < TB_ARRIVALS_BURST);
	assert_int_equal(a.arrived, b.arrived);
	assert_int_equal(a.next_ps, b.next_ps);
}

static void the_end_of_time(void **state)
{
	struct tb_workload wl = every(TB_DRAW_MEAN_MAX);
	struct tb_arrivals a;
	u64 arrived;

	(void)state;
	tb_arrivals_init(&a, &wl, 0, ring_a, 10);
	tb_arrivals_until(&a, U64_MAX);
	arrived = a.arrived;
	assert_in_range(arrived, 1800, 2300); /* 2^64 / 2^53 */
	assert_int_equal(a.next_ps, U64_MAX);
	tb_arrivals_until(&a, U64_MAX);
	assert_int_equal(a.arrived, arrived);
	assert_true(tb_arrivals_next_ns(&a) > U64_MAX / 1000);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(counts_are_poisson),
		cmocka_unit_test(times_lie_where_they_should),
		cmocka_unit_test(arrivals_do_not_depend_on_the_thread),
		cmocka_unit_test(the_third_is_refused),
		cmocka_unit_test(the_queue_is_first_in_first_out),
		cmocka_unit_test(overload_ends),
		cmocka_unit_test(one_by_one_up_to_the_burst),
		cmocka_unit_test(the_end_of_time),
	};

	return cmocka_run_group_tests_name("arrivals", tests, NULL, NULL);
}
