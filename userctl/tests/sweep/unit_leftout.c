// SPDX-License-Identifier: GPL-2.0
/* leftout.c, plan.c, digest.c: what is not run, and what should not have been. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/json.h"
#include "result/digest.h"
#include "sweep/leftout.h"
#include "tests/unit.h"

#define NR_LOCKS 2

/* Axes locks x set_size x order of 2 x 3 x 2 values, two locks. */
struct sheet {
	struct axes axes;
	struct plan plan;
	char **why;
};

static void start(struct sheet *s)
{
	static const struct {
		enum param_id id;
		const char *values;
	} given[] = { { PARAM_lock, "a,b" },
		      { PARAM_locks, "4,8" },
		      { PARAM_set_size, "1,2,5" },
		      { PARAM_order, "same,random" } };
	size_t counts[NR_PARAMS];
	struct msg m = { "" };
	size_t i;

	*s = (struct sheet){ 0 };
	for (i = 0; i < N_OF(given); i++)
		if (!axes_add(&s->axes, given[i].id, given[i].values, &m))
			fail_msg("%s", m.text);
	for (i = 0; i < NR_PARAMS; i++)
		counts[i] = i == PARAM_lock || !s->axes.axis[i].n ?
				    1 :
				    s->axes.axis[i].n;
	if (!plan_make(&s->plan, counts, NR_PARAMS, NR_LOCKS, 1, 1, &m))
		fail_msg("%s", m.text);
	assert_int_equal(s->plan.nr_cells, 12);
	s->why = calloc(s->plan.nr_cells * NR_LOCKS, sizeof(*s->why));
}

static void end(struct sheet *s)
{
	size_t i;

	for (i = 0; i < s->plan.nr_cells * NR_LOCKS; i++)
		free(s->why[i]);
	free(s->why);
	plan_free(&s->plan);
	axes_free(&s->axes);
}

static const char *value_in(const struct sheet *s, size_t cell,
			    enum param_id id)
{
	return s->axes.axis[id].values[plan_value(&s->plan, cell, id)];
}

/* Refuse a lock wherever a rule says so, with the cell's number as reason. */
static void refuse(struct sheet *s, size_t lock,
		   bool (*rule)(const struct sheet *s, size_t cell))
{
	size_t cell;

	for (cell = 0; cell < s->plan.nr_cells; cell++)
		if (rule(s, cell) && asprintf(&s->why[cell * NR_LOCKS + lock],
					      "cell %zu", cell) < 0)
			fail();
}

static bool everywhere(const struct sheet *s, size_t cell)
{
	(void)s;
	(void)cell;
	return true;
}

static bool large_sets(const struct sheet *s, size_t cell)
{
	return atoi(value_in(s, cell, PARAM_set_size)) > 1;
}

static bool sets_larger_than_locks(const struct sheet *s, size_t cell)
{
	return atoi(value_in(s, cell, PARAM_set_size)) >
	       atoi(value_in(s, cell, PARAM_locks));
}

static bool one_cell(const struct sheet *s, size_t cell)
{
	(void)s;
	return cell == 9;
}

static char *list_of(const struct sheet *s, bool a, bool b)
{
	const bool wanted[NR_LOCKS] = { a, b };
	struct json_object *list =
		leftout_list(&s->plan, &s->axes, s->why, wanted);
	const char *text =
		json_object_to_json_string_ext(list, JSON_C_TO_STRING_PLAIN);
	char *copy = strdup(text);

	json_object_put(list);
	return copy;
}

static void assert_list(const struct sheet *s, bool a, bool b, const char *text)
{
	char *list = list_of(s, a, b);

	assert_string_equal(list, text);
	free(list);
}

static void only_what_decides_is_named(void **state)
{
	struct sheet s;

	(void)state;
	start(&s);
	assert_list(&s, true, true, "[]");
	refuse(&s, 0, everywhere);
	refuse(&s, 1, large_sets);
	assert_list(&s, true, false,
		    "[{\"lock\":\"a\",\"reason\":\"cell 0\"}]");
	assert_list(&s, false, true,
		    "[{\"lock\":\"b\",\"params\":{\"set_size\":2},\"reason\":\"cell 2\"},"
		    "{\"lock\":\"b\",\"params\":{\"set_size\":5},\"reason\":\"cell 4\"}]");
	assert_list(&s, false, false, "[]");
	end(&s);

	start(&s);
	refuse(&s, 1, sets_larger_than_locks);
	assert_list(&s, true, true,
		    "[{\"lock\":\"b\",\"params\":{\"locks\":4,\"set_size\":5},\"reason\":\"cell 4\"}]");
	end(&s);

	start(&s);
	refuse(&s, 0, one_cell);
	assert_list(&s, true, true,
		    "[{\"lock\":\"a\",\"params\":{\"locks\":8,\"set_size\":2,\"order\":\"random\"},"
		    "\"reason\":\"cell 9\"}]");
	end(&s);
}

static void the_others_run(void **state)
{
	struct sheet s;
	size_t i;

	(void)state;
	start(&s);
	refuse(&s, 0, everywhere);
	refuse(&s, 1, large_sets);
	plan_leave_out(&s.plan, s.why);
	assert_int_equal(s.plan.nr_steps, 4);
	assert_false(plan_has_lock(&s.plan, 0));
	assert_true(plan_has_lock(&s.plan, 1));
	for (i = 0; i < s.plan.nr_steps; i++) {
		assert_int_equal(s.plan.steps[i].lock, 1);
		assert_false(large_sets(&s, s.plan.steps[i].cell));
	}
	end(&s);
}

static void cells_are_held_against_each_other(void **state)
{
	static const struct {
		const char *runs;
		int odd; /* run, 0: none */
	} table[] = {
		{ "[]", 0 },
		{ "[{\"run\":1,\"cell\":0,\"certificate\":{\"stream_digest\":\"a\"}},"
		  "{\"run\":2,\"cell\":1,\"certificate\":{\"stream_digest\":\"b\"}},"
		  "{\"run\":3,\"cell\":0,\"certificate\":{\"stream_digest\":\"a\"}}]",
		  0 },
		{ "[{\"run\":1,\"cell\":0,\"certificate\":{\"stream_digest\":\"a\"}},"
		  "{\"run\":2,\"cell\":0,\"certificate\":{}},5,null,"
		  "{\"run\":3,\"cell\":0,\"certificate\":{\"stream_digest\":\"b\"}}]",
		  3 },
	};
	size_t i;

	(void)state;
	for (i = 0; i < N_OF(table); i++) {
		struct json_object *doc = json_object_new_object();
		struct json_object *odd;
		double nr = 0;

		json_object_object_add(doc, "runs",
				       json_tokener_parse(table[i].runs));
		odd = digest_odd_run(doc);
		json_number(odd, "run", &nr);
		assert_int_equal(nr, table[i].odd);
		json_object_put(doc);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(only_what_decides_is_named),
		cmocka_unit_test(the_others_run),
		cmocka_unit_test(cells_are_held_against_each_other),
	};

	return cmocka_run_group_tests_name("leftout", tests, NULL, NULL);
}
