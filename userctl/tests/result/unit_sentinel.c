// SPDX-License-Identifier: GPL-2.0
/* sentinel.c, plan.c, compare.c: is it the machine, or the lock? */
#include <gsl/gsl_randist.h>
#include <gsl/gsl_rng.h>
#include <math.h>
#include <stdio.h>

#include "base/json.h"
#include "result/compare.h"
#include "result/sentinel.h"
#include "sweep/plan.h"
#include "tests/unit.h"

#define ROUNDS 20

static void add_run(struct json_object *doc, const char *list, const char *lock,
		    size_t repeat, double ops)
{
	struct json_object *run;
	char text[300];

	snprintf(text, sizeof(text),
		 "{\"lock\":\"%s\",\"cell\":0,\"repeat\":%zu,\"verdict\":\"ok\","
		 "\"params\":{},\"certificate\":{\"times\":\"ok\"},"
		 "\"totals\":{\"ops\":%.17g,\"window_ns\":1000000000}}",
		 lock, repeat, ops);
	run = json_tokener_parse(text);
	assert_non_null(run);
	json_object_array_add(json_array(doc, list), run);
}

static const char empty[] =
	"{\"plan\":{\"axes\":{},\"sentinel\":{\"of_cell\":[0]}},"
	"\"runs\":[],\"sentinels\":[]}";

/* A measurement on a machine of some speed, which drifts while it is made. */
static struct json_object *measured(gsl_rng *rng, double level, double factor)
{
	struct json_object *doc = json_tokener_parse(empty);
	double drift = gsl_ran_gaussian(rng, 0.1);
	size_t i;

	for (i = 1; i <= ROUNDS; i++) {
		double now = level * (1 + drift * i / ROUNDS +
				      gsl_ran_gaussian(rng, 0.03));

		add_run(doc, "runs", "m", i,
			100000 * factor * now *
				(1 + gsl_ran_gaussian(rng, 0.01)));
		add_run(doc, "sentinels", "none", i,
			900000 * now * (1 + gsl_ran_gaussian(rng, 0.01)));
	}
	return doc;
}

static bool is_difference(struct json_object *row, const char *key)
{
	const char *verdict = json_text_or(row, key, "?");

	assert_string_not_equal(verdict, "?");
	return strcmp(verdict, "no difference") != 0;
}

/* How often do two files of a lock differ, with the sentinel and without? */
static void count(double factor, size_t *with, size_t *without)
{
	gsl_rng *rng = gsl_rng_alloc(gsl_rng_mt19937);
	size_t i;

	gsl_rng_set(rng, 17);
	*with = 0;
	*without = 0;
	for (i = 0; i < 200; i++) {
		struct json_object *a = measured(rng, 1, 1);
		struct json_object *b =
			measured(rng, exp(gsl_ran_gaussian(rng, 0.08)), factor);
		struct json_object *result = compare_make(a, b);
		struct json_object *row =
			json_object_array_get_idx(json_array(result, "rows"),
						  0);

		*with += is_difference(row, "ratio.verdict");
		*without += is_difference(row, "undivided.verdict");
		assert_string_equal(json_text(row, "ratio.divided_by"), "none");
		json_object_put(result);
		json_object_put(b);
		json_object_put(a);
	}
	gsl_rng_free(rng);
}

/* 5 % of 200, and three times the binomial error. */
static void the_machine_is_not_the_lock(void **state)
{
	size_t with, without;

	(void)state;
	count(1, &with, &without);
	print_message("# A/A over two files: %zu false verdicts of 200, without a sentinel %zu\n",
		      with, without);
	assert_true(with <= 19);
	assert_true(without >= 100);
	/* A lock that is 3 % faster is found in spite of the machine. */
	count(1.03, &with, &without);
	assert_true(with >= 190);
}

static void the_machine_has_a_verdict_of_its_own(void **state)
{
	gsl_rng *rng = gsl_rng_alloc(gsl_rng_mt19937);
	struct json_object *a = measured(rng, 1, 1);
	struct json_object *b = measured(rng, 0.5, 1);
	struct json_object *result = compare_make(a, b);
	struct json_object *row;
	double v;

	(void)state;
	row = json_object_array_get_idx(json_array(result, "rows"), 0);
	assert_string_equal(json_text(row, "sentinel.verdict"), "slower");
	assert_true(json_number(row, "sentinel.ci95.2", &v) && v < 1);
	assert_string_equal(json_text(row, "undivided.verdict"), "slower");
	assert_true(json_number(row, "ratio.value", &v) && fabs(v - 1) < 0.03);
	json_object_put(result);
	/* An old file has none: the ratio is what it always was. */
	json_object_object_del(a, "sentinels");
	result = compare_make(a, b);
	row = json_object_array_get_idx(json_array(result, "rows"), 0);
	assert_string_equal(json_text(row, "ratio.verdict"), "slower");
	assert_null(json_text(row, "ratio.divided_by"));
	assert_null(json_text(row, "sentinel.value"));
	json_object_put(result);
	json_object_put(a);
	json_object_put(b);
	gsl_rng_free(rng);
}

/* A round in which one of the two is missing says nothing. */
static void rounds_are_divided_by_their_own(void **state)
{
	double a[] = { 10, 20, 30, 40 }, b[] = { 2, 0, 5 };
	uint32_t of_a[] = { 1, 2, 3, 4 }, of_b[] = { 3, 2, 1 };
	struct sample s = { a, of_a, 4 }, by = { b, of_b, 3 };
	struct sample q = sentinel_divide(&s, &by);

	(void)state;
	assert_int_equal(q.n, 2);
	assert_true(q.values[0] == 2 && q.rounds[0] == 1);
	assert_true(q.values[1] == 15 && q.rounds[1] == 3);
	sample_free(&q);
	by.rounds = NULL;
	q = sentinel_divide(&s, &by);
	assert_int_equal(q.n, 0);
	sample_free(&q);
}

/* Three cells, of which two have one sentinel and the third has none. */
static void one_in_each_round(void **state)
{
	static const size_t counts[] = { 3 };
	struct plan plain, plan;
	size_t *of_cell = calloc(3, sizeof(*of_cell));
	bool wanted[6] = { false, false, true, false, true, false };
	size_t seen[7][3] = { { 0 } };
	size_t i, j = 0;
	struct msg m;

	(void)state;
	assert_non_null(of_cell);
	of_cell[2] = PLAN_NO_SENTINEL;
	assert_true(plan_make(&plain, counts, 1, 2, 6, 5, &m));
	assert_true(plan_make(&plan, counts, 1, 2, 6, 5, &m));
	assert_true(plan_set_sentinel(&plan, of_cell, &m));
	assert_int_equal(plan.nr_reps, 6);
	assert_int_equal(plan_nr_sentinels(&plan), 6);
	/* The locks stand in the order that they had. */
	for (i = 0; i < plan.nr_steps; i++) {
		const struct plan_step *s = &plan.steps[i];

		if (plan_is_sentinel(&plan, s))
			seen[s->rep][s->cell]++;
		else
			assert_memory_equal(s, &plain.steps[j++], sizeof(*s));
	}
	assert_int_equal(j, plain.nr_steps);
	/* It follows the cells that still run, and rests with the last. */
	assert_true(plan_add_round(&plan, wanted, &m));
	for (; i < plan.nr_steps; i++)
		if (plan_is_sentinel(&plan, &plan.steps[i]))
			seen[6][plan.steps[i].cell]++;
	for (i = 0; i < 6; i++)
		assert_true(seen[i][0] == 1 && !seen[i][1] && !seen[i][2]);
	assert_true(!seen[6][0] && seen[6][1] == 1 && !seen[6][2]);
	plan_free(&plain);
	plan_free(&plan);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_machine_is_not_the_lock),
		cmocka_unit_test(the_machine_has_a_verdict_of_its_own),
		cmocka_unit_test(rounds_are_divided_by_their_own),
		cmocka_unit_test(one_in_each_round),
	};

	return cmocka_run_group_tests_name("sentinel", tests, NULL, NULL);
}
