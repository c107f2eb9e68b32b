// SPDX-License-Identifier: GPL-2.0
/* rounds.c: who has to run once more. */
#include <string.h>

#include "sweep/plan.h"
#include "sweep/rounds.h"
#include "tests/json.h"

static char *lock_names[] = { "a", "b", "c" };

/* Two cells of three locks; the summary is given. */
struct setup {
	struct plan plan;
	struct axes axes;
	struct rounds rounds;
	struct json_object *doc;
	bool wanted[2 * 3];
	size_t n;
};

static void ask(struct setup *s, const char *rows)
{
	static const size_t counts[] = { 2 };
	struct msg m;

	memset(s, 0, sizeof(*s));
	assert_true(plan_make(&s->plan, counts, 1, 3, ROUNDS_MIN, 1, &m));
	s->axes.axis[PARAM_lock] = (struct axis){ lock_names, 3 };
	s->rounds.precision = 0.0501;
	s->doc = json_ofmt("{'summary':[%s]}", rows);
	s->n = rounds_wanted(&s->rounds, json_array(s->doc, "summary"), true,
			     &s->axes, &s->plan, s->wanted);
}

static void put(struct setup *s)
{
	json_object_put(s->doc);
	plan_free(&s->plan);
}

/* Rows of a lock: the reference, one with a ratio to it, one without any. */
#define OWN(lock_cell, lo_hi)                                        \
	"{" lock_cell ",'runs':6,'ok':6,'throughput':{'median':100," \
	"'ci95':[" lo_hi "]},'ratio':{'reference':'a','value':1,"    \
	"'verdict':'reference'}}"
#define RATIO(lock_cell, lo_hi)                                      \
	"{" lock_cell ",'runs':6,'ok':6,'throughput':{'median':200," \
	"'ci95':[100,300]},'ratio':{'reference':'a','value':2,"      \
	"'ci95':[" lo_hi "],'verdict':'faster'}}"
#define ALONE(lock_cell, last, ci)                                 \
	"{" lock_cell ",'runs':6,'ok':6,'alone':true,'last':" last \
	",'throughput':{'median':100" ci "}}"
#define A0 "'lock':'a','cell':0"
#define B0 "'lock':'b','cell':0"
#define A1 "'lock':'a','cell':1"
#define B1 "'lock':'b','cell':1"
#define C1 "'lock':'c','cell':1"

static void asked_for_what_is_missing(void **state)
{
	static const struct {
		const char *what;
		const char *rows;
		size_t n;
		size_t wanted[2]; /* a, b, c of the first cell, then the other */
		double reached; /* below 0: no width is */
	} cases[] = {
		/* clang-format off */
		{ "all are precise",
		  OWN(A0, "97,101") "," RATIO(B0, "1.9,2.1"), 0, { 0 }, 0.05 },
		{ "the reference runs along",
		  OWN(A0, "99,101") "," RATIO(B0, "1.9,2.1") ","
		  OWN(A1, "99,101") "," RATIO(B1, "1.9,2.1") ","
		  RATIO(C1, "1.8,2.3"), 2, { 3 + 0, 3 + 2 }, 0.125 },
		/* A machine that drifts keeps it wide; the ratios do not care. */
		{ "a wide reference is not waited for",
		  OWN(A0, "40,190") "," RATIO(B0, "1.95,2.05"), 0, { 0 }, 0.025 },
		/* Under emulation. */
		{ "a ratio without a verdict is waited for",
		  OWN(A0, "99,101") ",{" B0 ",'runs':6,'ok':6,"
		  "'ratio':{'reference':'a','value':2,'ci95':[1,3]}}",
		  2, { 0, 1 }, 0.5 },
		/* b may still get one; c of the first cell is hopeless. */
		{ "without an interval",
		  "{" B0 ",'runs':5,'ok':0,'alone':true},"
		  "{'lock':'c','cell':0,'runs':6,'ok':0},"
		  "{" C1 ",'runs':6,'ok':1,'alone':true,"
		  "'throughput':{'median':1,'ci95':'x'}},"
		  "{'lock':'?','cell':1},{'lock':'a','cell':2},"
		  "{'lock':'a','cell':-1},{'lock':'a'},7",
		  2, { 1, 3 + 2 }, -1 },
		/* Nothing is waited for. */
		{ "without any good run",
		  "{" A0 ",'runs':6,'ok':0,'alone':true}", 0, { 0 }, -1 },
		/* clang-format on */
	};
	struct setup s;
	size_t i, j;

	(void)state;
	for (i = 0; i < N_OF(cases); i++) {
		ask(&s, cases[i].rows);
		if (s.n != cases[i].n)
			fail_msg("%s: %zu are wanted", cases[i].what, s.n);
		for (j = 0; j < s.n; j++)
			assert_true(s.wanted[cases[i].wanted[j]]);
		if (cases[i].reached < 0)
			assert_true(s.rounds.reached < 0);
		else
			assert_float_equal(s.rounds.reached, cases[i].reached,
					   0.000001);
		put(&s);
	}
}

static void what_is_alone_needs_its_own_interval(void **state)
{
	struct setup s;

	(void)state;
	ask(&s,
	    ALONE(A0, "6", ",'ci95':[90,101]") "," ALONE(A1, "6",
							 ",'ci95':[99,101]"));
	assert_int_equal(s.n, 1);
	assert_true(s.wanted[0]);
	assert_int_equal(s.rounds.looked, 6);
	put(&s);
}

/* Between two looks the locks that ran run on, and those that rested rest. */
static void between_looks_nothing_changes(void **state)
{
	struct setup s;

	(void)state;
	ask(&s, ALONE(A0, "6", "") "," ALONE(A1, "5", ""));
	assert_int_equal(s.n, 2);
	assert_int_equal(rounds_wanted(&s.rounds, json_array(s.doc, "summary"),
				       false, &s.axes, &s.plan, s.wanted),
			 1);
	assert_true(s.wanted[0]);
	put(&s);
}

/* The resamples of all looks together: those of a few of the last. */
static void looks_are_bounded(void **state)
{
	struct rounds r = { .on = true };
	size_t looks = 0, rounds = 0, n;

	(void)state;
	for (n = ROUNDS_MIN; n <= 1000; n++) {
		if (!rounds_is_look_due(&r, n))
			continue;
		/* Never more than a quarter too late. */
		assert_true(!r.looked || n <= r.looked + r.looked / 4 + 1);
		r.looked = n;
		rounds += n;
		looks++;
	}
	assert_true(looks < 30);
	assert_true(rounds < 6 * 1000);
	assert_true(rounds_is_look_due(&(struct rounds){ 0 }, ROUNDS_MIN));
}

/* What tokctl itself computes is in the time as well. */
static void own_work_is_in_the_time(void **state)
{
	struct rounds r = { .max_time_s = 10 };

	(void)state;
	assert_true(rounds_fit(&r, 9000, 1000, 0));
	assert_false(rounds_fit(&r, 9000, 1000, 1));
	assert_true(rounds_fit(&r, 8000, 1000, 1000));
}

static void what_is_left_out_stays_out(void **state)
{
	struct setup s;

	(void)state;
	ask(&s, ALONE(A0, "6", ",'ci95':[90,101]"));
	assert_int_equal(s.n, 1);
	s.plan.runs[0] = false;
	assert_int_equal(rounds_wanted(&s.rounds, json_array(s.doc, "summary"),
				       true, &s.axes, &s.plan, s.wanted),
			 0);
	put(&s);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(asked_for_what_is_missing),
		cmocka_unit_test(what_is_alone_needs_its_own_interval),
		cmocka_unit_test(between_looks_nothing_changes),
		cmocka_unit_test(looks_are_bounded),
		cmocka_unit_test(own_work_is_in_the_time),
		cmocka_unit_test(what_is_left_out_stays_out),
	};

	return cmocka_run_group_tests_name("rounds", tests, NULL, NULL);
}
