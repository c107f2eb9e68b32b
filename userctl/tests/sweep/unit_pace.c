// SPDX-License-Identifier: GPL-2.0
/* pace.c, progress_line.c, saver.c: time left, and when to save. */
#include <string.h>

#include "sweep/pace.h"
#include "sweep/progress.h"
#include "sweep/saver.h"
#include "tests/unit.h"

static void what_runs_cost(void **state)
{
	struct pace p = { 0 };

	(void)state;
	assert_int_equal(pace_estimate(&p, 3, 300), 300);
	pace_add(&p, 100, 150);
	pace_add(&p, 1000, 1050);
	/* 50 ms each on top. */
	assert_int_equal(pace_estimate(&p, 4, 400), 600);
	/* A clock that is too coarse must not promise less than nominal. */
	p.spent_ms = 1000;
	assert_int_equal(pace_estimate(&p, 4, 400), 400);
}

static struct progress halfway(void)
{
	struct progress p = { .nr_steps = 4,
			      .step = 2,
			      .left = 2,
			      .left_ms = 2000,
			      .started_ms = 5000 };

	strcpy(p.what, "mutex threads_per_cpu=4");
	pace_add(&p.pace, 1000, 1500);
	return p;
}

static void the_whole_line(void **state)
{
	struct progress p = halfway();
	char line[121];

	(void)state;
	/* Left: half a second of this run, two more, and their 0.5 s on top. */
	progress_line(&p, 5000 + 2000, 500, 1000, line, sizeof(line));
	assert_string_equal(line,
			    "[#######.............] 2/4 mutex threads_per_cpu=4"
			    "  0.5/1.0 s  eta 3.5 s");
}

static void a_limit(void **state)
{
	struct progress p = halfway();
	char line[121];

	(void)state;
	p.limit_ms = 8000;
	progress_line(&p, 5000 + 2000, 500, 1000, line, sizeof(line));
	assert_string_equal(line,
			    "[#####...............] run 2 mutex threads_per_cpu=4"
			    "  0.5/1.0 s  eta at most 6.0 s");
	/* What is planned is made, also if it takes longer. */
	p.limit_ms = 3000;
	progress_line(&p, 5000 + 2000, 500, 1000, line, sizeof(line));
	assert_has(line, "at most 3.5 s");
}

/* Nobody knows how long a host takes for virtual time. */
static void virtual_time(void **state)
{
	struct progress p = halfway();
	char line[121];

	(void)state;
	p.simulated = true;
	p.done_ms = 1000;
	progress_line(&p, 5000 + 2000, 0, 1000, line, sizeof(line));
	assert_has(line,
		   "2/4 mutex threads_per_cpu=4  1000 of 4000 ms simulated");
	p.limit_ms = 8000;
	progress_line(&p, 5000 + 2000, 0, 1000, line, sizeof(line));
	assert_has(line, "run 2 mutex threads_per_cpu=4  1000 ms simulated");
}

static void narrow_terminals(void **state)
{
	struct progress p = halfway();
	char line[121];
	size_t width;

	(void)state;
	for (width = 1; width < sizeof(line); width++) {
		progress_line(&p, 7000, 500, 1000, line, width);
		assert_true(strlen(line) < width);
		if (width > 32)
			assert_has(line, "eta 3.5 s");
		if (width > 70)
			assert_has(line, "[###");
	}
}

static void earlier_sessions_fill_the_bar(void **state)
{
	struct progress p = { .nr_steps = 10,
			      .step = 6,
			      .left = 4,
			      .left_ms = 4000 };
	char line[121];

	(void)state;
	progress_line(&p, 0, 0, 1000, line, sizeof(line));
	assert_has(line, "[##########..........] 6/10");
}

static void saved_at_a_bounded_rate(void **state)
{
	char name[] = "x";
	struct outfile file = { .real = name, .fd = -1 };
	struct saver s = { .file = &file, .last_ms = 1000 };

	(void)state;
	assert_false(saver_is_due(&s, 1001, false));
	assert_true(saver_is_due(&s, 1001, true));
	assert_true(saver_is_due(&s, 11000, false));
	s.saved = true;
	assert_false(saver_is_due(&s, 1999, true));
	assert_true(saver_is_due(&s, 2000, true));
	assert_false(saver_is_due(&s, 10999, false));
	assert_true(saver_is_due(&s, 11000, false));
	s.cost_ms = 1000;
	assert_false(saver_is_due(&s, 20999, true));
	assert_true(saver_is_due(&s, 21000, true));
	s.failed = true;
	assert_false(saver_is_due(&s, 99000, true));
	s = (struct saver){ 0 };
	assert_false(saver_is_due(&s, 99000, true));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(what_runs_cost),
		cmocka_unit_test(the_whole_line),
		cmocka_unit_test(a_limit),
		cmocka_unit_test(virtual_time),
		cmocka_unit_test(narrow_terminals),
		cmocka_unit_test(earlier_sessions_fill_the_bar),
		cmocka_unit_test(saved_at_a_bounded_rate),
	};

	return cmocka_run_group_tests_name("pace", tests, NULL, NULL);
}
