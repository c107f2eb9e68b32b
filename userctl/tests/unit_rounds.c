// SPDX-License-Identifier: GPL-2.0
/* rounds.c: who has to run once more. */
#include <string.h>

#include "plan.h"
#include "rounds.h"
#include "unit.h"

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
	s->doc = json_object_new_object();
	json_object_object_add(s->doc, "summary", json_tokener_parse(rows));
	s->n = rounds_wanted(&s->rounds, s->doc, &s->axes, &s->plan, s->wanted);
}

static void put(struct setup *s)
{
	json_object_put(s->doc);
	plan_free(&s->plan);
}

#define RATIO(lock, cell, lo, hi)                                         \
	"{\"lock\":\"" lock "\",\"cell\":" cell ",\"runs\":6,\"ok\":6,"   \
	"\"throughput\":{\"median\":200,\"ci95\":[100,300]},"             \
	"\"ratio\":{\"reference\":\"a\",\"value\":2,\"ci95\":[" lo "," hi \
	"],\"verdict\":\"faster\"}}"
#define OWN(lock, cell, lo, hi)                                         \
	"{\"lock\":\"" lock "\",\"cell\":" cell ",\"runs\":6,\"ok\":6," \
	"\"throughput\":{\"median\":100,\"ci95\":[" lo "," hi "]},"     \
	"\"ratio\":{\"reference\":\"a\",\"value\":1,\"verdict\":\"reference\"}}"

static void all_precise(void **state)
{
	struct setup s;

	(void)state;
	ask(&s, "[" OWN("a", "0", "97", "101") "," RATIO("b", "0", "1.9",
							 "2.1") "]");
	assert_int_equal(s.n, 0);
	assert_float_equal(s.rounds.reached, 0.05, 0.000001);
	put(&s);
}

static void the_reference_runs_along(void **state)
{
	struct setup s;

	(void)state;
	ask(&s,
	    "[" OWN("a", "0", "99",
		    "101") "," RATIO("b", "0", "1.9",
				     "2.1") "," OWN("a", "1", "99",
						    "101") "," RATIO("b", "1",
								     "1.9",
								     "2.1") "," RATIO("c",
										      "1",
										      "1.8",
										      "2.3") "]");
	assert_int_equal(s.n, 2);
	assert_true(s.wanted[3 + 0]);
	assert_true(s.wanted[3 + 2]);
	assert_float_equal(s.rounds.reached, 0.125, 0.000001);
	put(&s);
}

static void a_wide_reference_runs_alone(void **state)
{
	struct setup s;

	(void)state;
	ask(&s, "[" OWN("a", "0", "90", "101") "," RATIO("b", "0", "1.9",
							 "2.1") "]");
	assert_int_equal(s.n, 1);
	assert_true(s.wanted[0]);
	put(&s);
}

static void without_an_interval(void **state)
{
	struct setup s;

	(void)state;
	ask(&s, "[{\"lock\":\"b\",\"cell\":0,\"runs\":5,\"ok\":0},"
		"{\"lock\":\"c\",\"cell\":0,\"runs\":6,\"ok\":0},"
		"{\"lock\":\"c\",\"cell\":1,\"runs\":6,\"ok\":1,"
		"\"throughput\":{\"median\":1,\"ci95\":\"x\"}},"
		"{\"lock\":\"?\",\"cell\":1},{\"lock\":\"a\",\"cell\":2},"
		"{\"lock\":\"a\",\"cell\":-1},{\"lock\":\"a\"},7]");
	/* b may still get one; c of the first cell is hopeless. */
	assert_int_equal(s.n, 2);
	assert_true(s.wanted[1]);
	assert_true(s.wanted[3 + 2]);
	assert_true(s.rounds.reached < 0);
	put(&s);
}

static void what_is_left_out_stays_out(void **state)
{
	struct setup s;

	(void)state;
	ask(&s, "[" OWN("a", "0", "90", "101") "]");
	s.plan.runs[0] = false;
	assert_int_equal(rounds_wanted(&s.rounds, s.doc, &s.axes, &s.plan,
				       s.wanted),
			 0);
	put(&s);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(all_precise),
		cmocka_unit_test(the_reference_runs_along),
		cmocka_unit_test(a_wide_reference_runs_alone),
		cmocka_unit_test(without_an_interval),
		cmocka_unit_test(what_is_left_out_stays_out),
	};

	return cmocka_run_group_tests_name("rounds", tests, NULL, NULL);
}
