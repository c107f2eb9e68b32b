// SPDX-License-Identifier: GPL-2.0
/* slots.c: for how long nothing happened. */
#include "test.h"

#include "pure/slots.h"
#include "pure/workload.h" /* tb_rng */

#define MS 1000000ULL

static struct tb_slots slots;

static void forget(void)
{
	memset(&slots, 0, sizeof(slots));
}

static u64 gap(u32 shift, u64 window)
{
	return tb_slots_gap(&slots, shift, window);
}

static void slot_sizes(void **state)
{
	static const u64 ms[] = { 10,	 11,	  12,	  13,	100,
				  150,	 999,	  1000,	  1001, 10000,
				  60000, 3599999, 3600000 };
	size_t i;

	(void)state;
	for (i = 0; i < ARRAY_SIZE(ms); i++) {
		u64 ns = ms[i] * MS;
		u32 shift = tb_slots_shift(ns);

		/* What the definition of progress_gap_ns promises. */
		assert_true((1ULL << shift) * 1024 <= ns);
		assert_true((u64)TB_SLOTS << shift > ns + ns / 16 + 10 * MS);
	}
	for (i = 10; i < 20000; i++)
		assert_true((1ULL << tb_slots_shift(i * MS)) * 1024 <= i * MS);
	/* The default. */
	assert_int_equal(tb_slots_shift(1000 * MS), 18);
}

static void nothing_happened(void **state)
{
	(void)state;
	forget();
	assert_int_equal(gap(10, 0), 0);
	assert_int_equal(gap(10, 1), 1);
	assert_int_equal(gap(10, 1024), 1024);
	assert_int_equal(gap(10, 1000000), 1000000);
	assert_int_equal(gap(0, 4096), 4096);
	/* Longer than all slots. */
	assert_int_equal(gap(0, 5000), 5000);
	assert_int_equal(gap(10, U64_MAX), U64_MAX);
}

static void one_mark(void **state)
{
	(void)state;
	forget();
	tb_slots_mark(&slots, 3000, 10);
	/* In slot 2: two before it, and what comes after. */
	assert_int_equal(gap(10, 3072), 2048);
	assert_int_equal(gap(10, 4096), 2048);
	assert_int_equal(gap(10, 5120), 2048);
	assert_int_equal(gap(10, 5121), 2049);
	assert_int_equal(gap(10, 100000), 100000 - 3072);
	/* The window ended before it. */
	assert_int_equal(gap(10, 2048), 2048);
	assert_int_equal(gap(10, 1), 1);
	/* Or in its slot. */
	assert_int_equal(gap(10, 2049), 2048);
}

static void edges(void **state)
{
	(void)state;
	forget();
	tb_slots_mark(&slots, 0, 10);
	assert_int_equal(gap(10, 1), 0);
	assert_int_equal(gap(10, 1024), 0);
	assert_int_equal(gap(10, 1025), 1);
	tb_slots_mark(&slots, 10 * 1024 - 1, 10);
	assert_int_equal(gap(10, 10 * 1024), 8 * 1024);
}

static void every_slot(void **state)
{
	u64 i;

	(void)state;
	forget();
	for (i = 0; i < TB_SLOTS; i++) {
		assert_int_equal(gap(4, (u64)TB_SLOTS << 4), (TB_SLOTS - i)
								     << 4);
		tb_slots_mark(&slots, i << 4, 4);
		tb_slots_mark(&slots, (i << 4) + 15, 4);
	}
	assert_int_equal(gap(4, (u64)TB_SLOTS << 4), 0);
	/* The last slot is all the rest. */
	assert_int_equal(gap(4, U64_MAX), 0);
}

static void past_the_last_slot(void **state)
{
	(void)state;
	forget();
	tb_slots_mark(&slots, U64_MAX, 4);
	assert_int_equal(slots.word[TB_SLOTS / 64 - 1], 1ULL << 63);
	/* Seen in the last slot, wherever the window ends in it. */
	assert_int_equal(gap(4, (u64)TB_SLOTS << 4), TB_SLOTS_LAST << 4);
	assert_int_equal(gap(4, (u64)TB_SLOTS << 10), TB_SLOTS_LAST << 4);
	/* Not if the window ends before it. */
	assert_int_equal(gap(4, TB_SLOTS_LAST << 4), TB_SLOTS_LAST << 4);
	assert_int_equal(gap(4, 1000), 1000);
}

static void ends_of_slots(void **state)
{
	(void)state;
	forget();
	assert_int_equal(tb_slots_mark(&slots, 0, 10), 1024);
	assert_int_equal(tb_slots_mark(&slots, 1023, 10), 1024);
	assert_int_equal(tb_slots_mark(&slots, 1024, 10), 2048);
	assert_int_equal(tb_slots_mark(&slots, 4095 * 1024 - 1, 10),
			 4095 * 1024);
	assert_int_equal(tb_slots_mark(&slots, 4095 * 1024, 10), U64_MAX);
	assert_int_equal(tb_slots_mark(&slots, U64_MAX, 10), U64_MAX);
}

static void merged(void **state)
{
	struct tb_slots other = { { 0 } };

	(void)state;
	forget();
	tb_slots_mark(&slots, 0, 0);
	tb_slots_mark(&other, 70, 0);
	tb_slots_merge(&slots, &other);
	assert_int_equal(gap(0, 100), 69);
	tb_slots_merge(&slots, &slots);
	assert_int_equal(gap(0, 100), 69);
	tb_slots_mark(&other, 69, 0);
	assert_int_equal(gap(0, 100), 69);
}

/* Random marks: never above the truth, and less than two slots below it. */
static void close_to_the_truth(void **state)
{
	struct tb_rng rng;
	int round;

	(void)state;
	tb_rng_seed(&rng, 1, 1);
	for (round = 0; round < 20000; round++) {
		u64 duration = (10 + tb_rng_below(&rng, 3000)) * MS;
		u64 window = duration + tb_rng_below(&rng, duration / 16 + 1);
		u32 shift = tb_slots_shift(duration), marks;
		u64 now = 0, since = 0, truth = 0, seen;

		forget();
		for (marks = tb_rng_below(&rng, 50); marks; marks--) {
			now += tb_rng_below(&rng, window / 20 + 1) >>
			       tb_rng_below(&rng, 12);
			if (now >= window)
				break;
			tb_slots_mark(&slots, now, shift);
			truth = max(truth, now - since);
			since = now;
		}
		truth = max(truth, window - since);
		seen = gap(shift, window);
		assert_true(seen <= truth);
		assert_true(seen + (2ULL << shift) > truth);
		assert_true(seen + duration / 512 > truth);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(slot_sizes),
		cmocka_unit_test(nothing_happened),
		cmocka_unit_test(one_mark),
		cmocka_unit_test(edges),
		cmocka_unit_test(every_slot),
		cmocka_unit_test(past_the_last_slot),
		cmocka_unit_test(ends_of_slots),
		cmocka_unit_test(merged),
		cmocka_unit_test(close_to_the_truth),
	};

	return cmocka_run_group_tests_name("slots", tests, NULL, NULL);
}
