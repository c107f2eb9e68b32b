// SPDX-License-Identifier: GPL-2.0
/* plan.c: which runs, and in which order. */
#include <stdlib.h>
#include <string.h>

#include "sweep/plan.h"
#include "tests/unit.h"

static void make(struct plan *p, const size_t *counts, size_t axes,
		 size_t locks, size_t reps, uint64_t seed)
{
	struct msg m = { "" };

	if (!plan_make(p, counts, axes, locks, reps, seed, &m))
		fail_msg("%s", m.text);
}

static void every_run_exactly_once(void **state)
{
	static const size_t counts[] = { 2, 1, 3 };
	unsigned int seen[6][4][5] = { 0 };
	struct plan p;
	size_t i, c, l, r;

	(void)state;
	make(&p, counts, N_OF(counts), 4, 5, 1);
	assert_int_equal(p.nr_cells, 6);
	assert_int_equal(p.nr_steps, 6 * 4 * 5);
	for (i = 0; i < p.nr_steps; i++)
		seen[p.steps[i].cell][p.steps[i].lock][p.steps[i].rep]++;
	for (c = 0; c < 6; c++)
		for (l = 0; l < 4; l++)
			for (r = 0; r < 5; r++)
				assert_int_equal(seen[c][l][r], 1);
	plan_free(&p);
}

static void repeats_are_interleaved(void **state)
{
	static const size_t counts[] = { 3 };
	struct plan p;
	size_t i;

	(void)state;
	make(&p, counts, 1, 2, 4, 1);
	for (i = 0; i < p.nr_steps; i++) {
		assert_int_equal(p.steps[i].rep, i / 6);
		assert_int_equal(p.steps[i].cell, i / 2 % 3);
	}
	plan_free(&p);
}

static void cells_are_the_product(void **state)
{
	static const size_t counts[] = { 2, 3 };
	struct plan p;
	size_t cell;

	(void)state;
	make(&p, counts, 2, 1, 1, 1);
	for (cell = 0; cell < 6; cell++) {
		assert_int_equal(plan_value(&p, cell, 0), cell / 3);
		assert_int_equal(plan_value(&p, cell, 1), cell % 3);
	}
	plan_free(&p);
}

static bool same_order(const struct plan *a, const struct plan *b)
{
	return a->nr_steps == b->nr_steps &&
	       !memcmp(a->steps, b->steps, a->nr_steps * sizeof(*a->steps));
}

static void order_follows_from_the_seed(void **state)
{
	struct plan a, b, c;

	(void)state;
	make(&a, NULL, 0, 6, 10, 7);
	make(&b, NULL, 0, 6, 10, 7);
	make(&c, NULL, 0, 6, 10, 8);
	assert_true(same_order(&a, &b));
	assert_false(same_order(&a, &c));
	plan_free(&a);
	plan_free(&b);
	plan_free(&c);
}

/* Each lock must come first about equally often, and rounds must differ. */
static void rounds_are_shuffled(void **state)
{
	unsigned int first[4] = { 0 };
	size_t same = 0;
	struct plan p;
	size_t r, i;

	(void)state;
	make(&p, NULL, 0, 4, 4000, 0);
	for (r = 0; r < 4000; r++) {
		first[p.steps[r * 4].lock]++;
		for (i = 0; i < 4 && r; i++)
			same += p.steps[r * 4 + i].lock ==
				p.steps[(r - 1) * 4 + i].lock;
	}
	/* Binomial(4000, 1/4): mean 1000, standard deviation 27; 8 of them. */
	for (i = 0; i < 4; i++)
		assert_in_range(first[i], 781, 1219);
	/* One position in four agrees by chance. */
	assert_in_range(same, 3500, 4500);
	plan_free(&p);
}

/* The first rounds of a long plan are a short plan with rounds added. */
static void plans_grow(void **state)
{
	static const size_t counts[] = { 3 };
	bool wanted[3 * 4];
	struct msg m = { "" };
	struct plan a, b;

	(void)state;
	memset(wanted, true, sizeof(wanted));
	make(&a, counts, 1, 4, 6, 7);
	make(&b, counts, 1, 4, 2, 7);
	while (b.nr_reps < 6)
		assert_true(plan_add_round(&b, wanted, &m));
	assert_true(same_order(&a, &b));
	plan_free(&a);
	plan_free(&b);
}

static void a_round_of_some(void **state)
{
	static const size_t counts[] = { 2 };
	char *out[2 * 3] = { [4] = "refused" };
	bool wanted[2 * 3] = { [1] = true, [2] = true, [4] = true, [5] = true };
	struct msg m = { "" };
	struct plan full, p;
	size_t i, n;

	(void)state;
	make(&full, counts, 1, 3, 2, 7);
	make(&p, counts, 1, 3, 1, 7);
	plan_leave_out(&p, out);
	assert_int_equal(p.nr_steps, 5);
	assert_true(plan_has_lock(&p, 1));
	assert_true(plan_add_round(&p, wanted, &m));
	assert_int_equal(p.nr_steps, 5 + 3);
	/* In the order of the whole round. */
	for (i = 6, n = 5; i < full.nr_steps; i++) {
		const struct plan_step *s = &full.steps[i];

		if (!wanted[s->cell * 3 + s->lock] ||
		    out[s->cell * 3 + s->lock])
			continue;
		assert_memory_equal(&p.steps[n++], s, sizeof(*s));
	}
	assert_int_equal(n, p.nr_steps);
	plan_free(&full);
	plan_free(&p);
}

static void too_large_is_refused(void **state)
{
	static const size_t wraps[] = { SIZE_MAX, 2 };
	static const size_t large[] = { 1000, 1000 };
	struct plan p;
	struct msg m = { "" };

	(void)state;
	assert_false(plan_make(&p, large, 2, 2, 1, 1, &m));
	assert_has(m.text, "1000000");
	assert_false(plan_make(&p, wraps, 2, 1, 1, 1, &m));
	assert_false(plan_make(&p, NULL, 0, 1, SIZE_MAX, 1, &m));
	make(&p, large, 2, 1, 1, 1);
	assert_int_equal(p.nr_steps, 1000000);
	assert_false(plan_add_round(&p, p.runs, &m));
	plan_free(&p);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_run_exactly_once),
		cmocka_unit_test(repeats_are_interleaved),
		cmocka_unit_test(cells_are_the_product),
		cmocka_unit_test(order_follows_from_the_seed),
		cmocka_unit_test(rounds_are_shuffled),
		cmocka_unit_test(plans_grow),
		cmocka_unit_test(a_round_of_some),
		cmocka_unit_test(too_large_is_refused),
	};

	return cmocka_run_group_tests_name("plan", tests, NULL, NULL);
}
