// SPDX-License-Identifier: GPL-2.0
/* verify_aa.c: a proof that does not fail by chance. */
#include <gsl/gsl_randist.h>
#include <gsl/gsl_rng.h>
#include <math.h>
#include <stdio.h>

#include "base/json.h"
#include "stats/ranks.h"
#include "sweep/verify.h"
#include "tests/unit.h"

static struct json_object *run(size_t repeat, double ops, const char *verdict)
{
	struct json_object *o;
	char text[200];

	snprintf(text, sizeof(text),
		 "{\"verdict\":\"%s\",\"repeat\":%zu,\"totals\":{\"ops\":%.17g,"
		 "\"window_ns\":1000000000}}",
		 verdict, repeat, ops);
	o = json_tokener_parse(text);
	assert_non_null(o);
	return o;
}

/* One set; side B is @factor times as fast, and what is first is 10 % slower. */
static void add_set(struct verify_aa *aa, gsl_rng *rng, double factor,
		    size_t good)
{
	struct json_object *a[VERIFY_ROUNDS], *b[VERIFY_ROUNDS];
	size_t i;

	for (i = 0; i < VERIFY_ROUNDS; i++) {
		bool a_first = gsl_rng_uniform_int(rng, 2);
		double x = 1000 + fabs(gsl_ran_tdist(rng, 2)) * 30;
		double y = 1000 + fabs(gsl_ran_tdist(rng, 2)) * 30;
		const char *verdict = i < good ? "ok" : "INVALID";

		a[i] = run(i + 1, x * (a_first ? 0.9 : 1), verdict);
		b[i] = run(i + 1, factor * y * (a_first ? 1 : 0.9), verdict);
	}
	verify_aa_add(aa, a, b, VERIFY_ROUNDS);
	for (i = 0; i < VERIFY_ROUNDS; i++) {
		json_object_put(a[i]);
		json_object_put(b[i]);
	}
}

static struct verify_aa all_sets(gsl_rng *rng, double factor)
{
	struct verify_aa aa = { .n = 0 };

	do
		add_set(&aa, rng, factor, VERIFY_ROUNDS);
	while (verify_aa_again(&aa));
	return aa;
}

static bool proven(const struct verify_aa *aa, const char *wanted)
{
	struct json_object *list = json_object_new_array();
	bool is;

	verify_aa_judge(aa, list);
	assert_int_equal(json_length(list), 1);
	is = !strcmp(json_text(json_object_array_get_idx(list, 0), "proven"),
		     wanted);
	json_object_put(list);
	return is;
}

/* All sets must call the same side faster: of both sides, by the exact test. */
static void chance_is_negligible(void **state)
{
	struct ranks r = ranks_signed(VERIFY_ROUNDS);
	double once = ranks_tail(&r, ranks_critical(&r, 0.025));

	(void)state;
	print_message("# a proof fails by chance with %.2g\n",
		      2 * pow(once, VERIFY_SETS));
	assert_true(2 * pow(once, VERIFY_SETS) <= 0.0001);
	ranks_free(&r);
}

/* The expected number of failures is 0.06; of sets with a difference, 100. */
static void the_same_lock_is_not_accused(void **state)
{
	gsl_rng *rng = gsl_rng_alloc(gsl_rng_mt19937);
	size_t failed = 0, again = 0;
	size_t i;

	(void)state;
	gsl_rng_set(rng, 3);
	for (i = 0; i < 2000; i++) {
		struct verify_aa aa = all_sets(rng, 1);

		failed += !proven(&aa, "ok");
		again += aa.n > 1;
	}
	print_message("# of 2000: %zu with a second set, %zu not proven\n",
		      again, failed);
	assert_int_equal(failed, 0);
	assert_true(again > 20);
	gsl_rng_free(rng);
}

static void a_difference_is_still_found(void **state)
{
	gsl_rng *rng = gsl_rng_alloc(gsl_rng_mt19937);
	size_t found = 0;
	size_t i;

	(void)state;
	for (i = 0; i < 100; i++) {
		struct verify_aa faster = all_sets(rng, 2);
		struct verify_aa slower = all_sets(rng, 0.5);

		found += proven(&faster, "NOT");
		found += proven(&slower, "NOT");
	}
	assert_true(found >= 198);
	gsl_rng_free(rng);
}

static void bad_runs_are_tried_again(void **state)
{
	gsl_rng *rng = gsl_rng_alloc(gsl_rng_mt19937);
	struct verify_aa aa = { .n = 0 };

	(void)state;
	add_set(&aa, rng, 1.5, 5);
	assert_true(verify_aa_again(&aa));
	add_set(&aa, rng, 1.5, 10);
	assert_true(verify_aa_again(&aa));
	/* Two sets of three say so: that can be chance. */
	add_set(&aa, rng, 1.5, 10);
	assert_false(verify_aa_again(&aa));
	assert_true(proven(&aa, "not judged"));
	/* A machine on which no run at all is good is none to measure on. */
	aa = (struct verify_aa){ .n = 0 };
	while (verify_aa_again(&aa))
		add_set(&aa, rng, 1, 0);
	assert_true(proven(&aa, "NOT"));
	/* Opposite differences are none. */
	aa = (struct verify_aa){ .n = 0 };
	add_set(&aa, rng, 1.5, 10);
	add_set(&aa, rng, 0.6, 10);
	assert_false(verify_aa_again(&aa));
	assert_true(proven(&aa, "ok"));
	gsl_rng_free(rng);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(chance_is_negligible),
		cmocka_unit_test(the_same_lock_is_not_accused),
		cmocka_unit_test(a_difference_is_still_found),
		cmocka_unit_test(bad_runs_are_tried_again),
	};

	return cmocka_run_group_tests_name("verify", tests, NULL, NULL);
}
