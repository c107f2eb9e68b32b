// SPDX-License-Identifier: GPL-2.0
/* fair.c: short-term fairness. */
#include "test.h"

#include "pure/fair.h"
#include "pure/rng.h"
#include "pure/slots.h"

#define MS 1000000ULL

static struct tb_fair f;

static void forget(void)
{
	memset(&f, 0, sizeof(f));
}

static void sizes(void **state)
{
	static const u64 ms[] = { 10, 11, 999, 1000, 60000, 3600000 };
	static const u64 piece[] = { 1, 10, 100, 60000 };
	size_t i, j;

	(void)state;
	assert_true(sizeof(struct tb_fair) <= 512);
	for (i = 0; i < ARRAY_SIZE(ms); i++) {
		u32 slot = tb_slots_shift(ms[i] * MS);

		for (j = 0; j < ARRAY_SIZE(piece); j++) {
			u32 shift =
				tb_fair_shift(ms[i] * MS, piece[j] * MS, slot);

			assert_true(shift >= slot);
			assert_true(1ULL << shift >= piece[j] * MS);
			assert_true(ms[i] * MS >> shift <= TB_FAIR_PIECES);
			/* The smallest that will do. */
			assert_true(shift == slot ||
				    1ULL << (shift - 1) < piece[j] * MS ||
				    ms[i] * MS >> (shift - 1) > TB_FAIR_PIECES);
		}
	}
	/* The default. */
	assert_int_equal(tb_fair_shift(1000 * MS, 10 * MS, 18), 24);
	assert_int_equal(tb_fair_shift(U64_MAX, U64_MAX, 0), 63);
}

static void whole_pieces(void **state)
{
	(void)state;
	assert_int_equal(tb_fair_whole(0, 10), 0);
	assert_int_equal(tb_fair_whole(1023, 10), 0);
	assert_int_equal(tb_fair_whole(1024, 10), 1);
	assert_int_equal(tb_fair_whole(2047, 10), 1);
	assert_int_equal(tb_fair_whole(U64_MAX, 10), TB_FAIR_PIECES);
}

/* What was done since the last booking belongs to the piece it was done in. */
static void booking(void **state)
{
	(void)state;
	forget();
	tb_fair_enter(&f, 5, 10);
	tb_fair_book(&f, 3, 100, 10);
	tb_fair_enter(&f, 1024, 10);
	tb_fair_book(&f, 10, 900, 10);
	/* The same piece, another slot. */
	tb_fair_enter(&f, 2047, 10);
	tb_fair_book(&f, 11, 901, 10);
	/* A piece without any of its own in between. */
	tb_fair_enter(&f, 3 * 1024, 10);
	tb_fair_book(&f, 11, 901, 10);
	assert_int_equal(f.ops[0], 3);
	assert_int_equal(f.held[0], 100);
	assert_int_equal(f.ops[1], 8);
	assert_int_equal(f.held[1], 801);
	assert_int_equal(f.ops[2], 0);
	assert_int_equal(f.ops[3], 0);
	/* Past the last piece it is booked nowhere. */
	tb_fair_enter(&f, (u64)TB_FAIR_PIECES << 10, 10);
	tb_fair_book(&f, 1000, 100000, 10);
	assert_int_equal(f.ops[TB_FAIR_PIECES - 1], 0);
	assert_int_equal(f.ops_seen, 1000);
}

static void no_overflow(void **state)
{
	(void)state;
	forget();
	tb_fair_book(&f, U64_MAX, U64_MAX, 10);
	assert_int_equal(f.ops[0], U32_MAX);
	assert_int_equal(f.held[0], U32_MAX);
	tb_fair_enter(&f, U64_MAX, 0);
	tb_fair_book(&f, U64_MAX, U64_MAX, 10);
	assert_int_equal(f.ops[0], U32_MAX);
}

/* Long pieces have a coarse unit, and what it cuts off is not lost. */
static void units(void **state)
{
	u32 shift = 36, unit = tb_fair_unit(shift), i;
	u64 held = 0;

	(void)state;
	forget();
	assert_int_equal(unit, 6);
	assert_int_equal(tb_fair_unit(30), 0);
	for (i = 1; i <= 6400; i++)
		tb_fair_book(&f, i, held += 7, shift);
	assert_int_equal(f.held[0], held >> unit);
	assert_int_equal(f.ops[0], 6400);
}

static void indices(void **state)
{
	struct tb_fair_index x = { 0 };
	u64 even[4] = { 5, 5, 5, 5 };
	u64 one[4] = { 0, 0, 8, 0 };
	u64 none[4] = { 0 };

	(void)state;
	assert_int_equal(tb_fair_mean(x.jain_sum, &x), 0);
	tb_fair_add(&x, none, 4);
	assert_int_equal(x.pieces, 0);
	assert_int_equal(x.idle, 1);
	tb_fair_add(&x, even, 4);
	assert_int_equal(x.jain_min, 1000000);
	tb_fair_add(&x, one, 4);
	assert_int_equal(x.pieces, 2);
	assert_int_equal(x.idle, 1);
	assert_int_equal(x.jain_min, 250000);
	assert_int_equal(tb_fair_mean(x.jain_sum, &x), 625000);
	assert_int_equal(tb_fair_mean(x.top_sum, &x), 750000);
}

/*
 * Two threads that take turns of a whole piece each are perfectly fair in the
 * long run and as unfair as can be in the short.
 */
static void turns(void **state)
{
	struct tb_fair t[2];
	struct tb_fair_index x = { 0 };
	u64 total[2] = { 0 };
	u32 p;

	(void)state;
	memset(t, 0, sizeof(t));
	for (p = 0; p < 40; p++) {
		tb_fair_enter(&t[p % 2], (u64)p << 20, 20);
		total[p % 2] += 100;
		tb_fair_book(&t[p % 2], total[p % 2], 0, 20);
	}
	for (p = 0; p < 40; p++) {
		u64 v[2] = { t[0].ops[p], t[1].ops[p] };

		tb_fair_add(&x, v, 2);
	}
	assert_int_equal(total[0], total[1]);
	assert_int_equal(x.pieces, 40);
	assert_int_equal(tb_fair_mean(x.jain_sum, &x), 500000);
}

/* Against a count by brute force, with bookings at random moments. */
static void random_bookings(void **state)
{
	struct tb_rng rng;
	u64 ns = 0, ops = 0, held = 0, slot_end = 0;
	u32 want_ops[TB_FAIR_PIECES] = { 0 };
	u32 want_held[TB_FAIR_PIECES] = { 0 };
	u32 shift = 12, i;

	(void)state;
	forget();
	tb_rng_seed(&rng, 1, 0);
	for (i = 0; i < 20000; i++) {
		u64 hold = tb_rng_below(&rng, 20);

		ns += hold + tb_rng_below(&rng, 5);
		ops++;
		held += hold;
		if (ns >> shift < TB_FAIR_PIECES) {
			want_ops[ns >> shift]++;
			want_held[ns >> shift] += hold;
		}
		if (ns < slot_end)
			continue;
		/* As tb_worker_mark() does: slots of 2^9. */
		slot_end = ((ns >> 9) + 1) << 9;
		tb_fair_book(&f, ops - 1, held - hold, shift);
		tb_fair_enter(&f, ns, shift);
	}
	tb_fair_book(&f, ops, held, shift);
	assert_memory_equal(f.ops, want_ops, sizeof(want_ops));
	assert_memory_equal(f.held, want_held, sizeof(want_held));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(sizes),   cmocka_unit_test(whole_pieces),
		cmocka_unit_test(booking), cmocka_unit_test(no_overflow),
		cmocka_unit_test(units),   cmocka_unit_test(indices),
		cmocka_unit_test(turns),   cmocka_unit_test(random_bookings),
	};

	return cmocka_run_group_tests_name("fair", tests, NULL, NULL);
}
