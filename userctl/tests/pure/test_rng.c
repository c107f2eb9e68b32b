// SPDX-License-Identifier: GPL-2.0
/* rng.c: the generator, its bounds, and that no two of them are the same. */
#include "test_workload.h"

/* xoroshiro128++ from the state (1, 2); the digests of streams cover seeding. */
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

/* What a thread uses must stay what it is, or streams can not be compared. */
static void uses_have_their_indexes(void **state)
{
	static const struct {
		enum tb_rng_use use;
		u64 index;
	} table[] = {
		{ TB_RNG_CHOICE, 14 },
		{ TB_RNG_SHUFFLE, 15 },
		{ TB_RNG_HOLD, (1ULL << 40) + 14 },
		{ TB_RNG_THINK, (1ULL << 40) + 15 },
		{ TB_RNG_SHARED, (2ULL << 40) + 14 },
		{ TB_RNG_ARRIVALS, (2ULL << 40) + 15 },
	};
	struct tb_rng a, b;
	size_t i;

	(void)state;
	for (i = 0; i < ARRAY_SIZE(table); i++) {
		tb_rng_seed(&a, 9, table[i].index);
		tb_rng_seed_thread(&b, 9, 7, table[i].use);
		assert_memory_equal(&a, &b, sizeof(a));
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(rng_reference),
		cmocka_unit_test(rng_below_is_in_range),
		cmocka_unit_test(rng_below_is_unbiased),
		cmocka_unit_test(rng_seeds_differ),
		cmocka_unit_test(uses_have_their_indexes),
	};

	return cmocka_run_group_tests_name("rng", tests, NULL, NULL);
}
