// SPDX-License-Identifier: GPL-2.0
/* knobs.c, sweep.c: which lock has which knob, and what follows for a sweep. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "kernel/knobs.h"
#include "sweep/sweep.h"
#include "tests/unit.h"

#define HEAD "name\tunit\tdefault\tmin\tmax\tallowed\tdoc\n"

static const char table[] = HEAD
	"hold_ns\tns\t0\t0\t9\t-\tbusy time; locks: mutex\n"
	"token/ipi_max\t-\t-\t0\t9\t-\tCPUs; 0: all; locks: token-ipi,token-x\n"
	"token/spin\t-\t-\t0\t9\t-\ttries; locks: -\n"
	"token/collisions\t-\t-\t-\t-\toff\tx; locks: token-poll; locks: token-ipi\n"
	"token/of_tomorrow\t-\t-\t0\t9\t-\tanything\n";

static void read_table(struct knobs *k)
{
	char text[sizeof(table)];
	struct msg m = { "" };

	memcpy(text, table, sizeof(table));
	if (!knobs_parse(k, text, &m))
		fail_msg("%s", m.text);
}

static void locks_are_read_from_the_description(void **state)
{
	struct knobs k;

	(void)state;
	read_table(&k);
	assert_true(knobs_has(&k, PARAM_token_ipi_max, "token-ipi"));
	assert_true(knobs_has(&k, PARAM_token_ipi_max, "token-x"));
	assert_false(knobs_has(&k, PARAM_token_ipi_max, "token-poll"));
	assert_false(knobs_has(&k, PARAM_token_ipi_max, "token"));
	assert_false(knobs_has(&k, PARAM_token_spin, "-"));
	assert_false(knobs_has(&k, PARAM_token_spin, "token-ipi"));
	/* The last one counts. */
	assert_false(knobs_has(&k, PARAM_token_collisions, "token-poll"));
	assert_true(knobs_has(&k, PARAM_token_collisions, "token-ipi"));
	/* Not in the table at all: an older module. */
	assert_false(knobs_has(&k, PARAM_token_pool_size, "token-ipi"));
	assert_string_equal(knobs_locks(&k, PARAM_token_ipi_max),
			    "token-ipi,token-x");
	assert_string_equal(knobs_locks(&k, PARAM_token_spin), "");
	knobs_free(&k);
	/* Nobody was asked. */
	assert_true(knobs_has(&k, PARAM_token_spin, "anything"));
}

static void damage_is_reported(void **state)
{
	static const struct {
		const char *text, *says;
	} bad[] = {
		{ HEAD "token/spin\t-\t-\t0\t9\t-\ttries\n",
		  "line 2 does not say which locks have token/spin" },
		{ HEAD "token/spin\t-\n", "line 2 has 2 fields" },
		{ "name\tunit\ntoken/spin\t-\n", "columns name, doc" },
		{ "doc\nx; locks: y\n", "columns name, doc" },
	};
	struct msg m = { "" };
	struct knobs k;
	char text[200];
	size_t i;

	(void)state;
	for (i = 0; i < N_OF(bad); i++) {
		snprintf(text, sizeof(text), "%s", bad[i].text);
		assert_false(knobs_parse(&k, text, &m));
		assert_has(m.text, bad[i].says);
		knobs_free(&k);
	}
	/* The same knob twice must not leak. */
	snprintf(text, sizeof(text),
		 HEAD "token/spin\t-\t-\t0\t9\t-\tx; locks: a\n"
		      "token/spin\t-\t-\t0\t9\t-\tx; locks: b\n");
	assert_true(knobs_parse(&k, text, &m));
	assert_string_equal(knobs_locks(&k, PARAM_token_spin), "b");
	knobs_free(&k);
}

static void add(struct sweep *sw, enum param_id id, const char *text)
{
	struct msg m = { "" };

	if (!axes_add(&sw->axes, id, text, &m))
		fail_msg("%s", m.text);
}

static void start(struct sweep *sw, const char *locks, bool known)
{
	*sw = (struct sweep){ 0 };
	add(sw, PARAM_lock, locks);
	add(sw, PARAM_hold_ns, "5");
	add(sw, PARAM_think_ns, "5");
	if (known)
		read_table(&sw->knobs);
}

static bool check(struct sweep *sw, struct msg *m)
{
	return axes_complete(&sw->axes, m) && sweep_plan(sw, 1, m) &&
	       sweep_check_knobs(sw, m);
}

static void a_knob_needs_a_lock(void **state)
{
	struct msg m = { "" };
	struct sweep sw;

	(void)state;
	start(&sw, "mutex,token-poll", true);
	add(&sw, PARAM_token_ipi_max, "1,2");
	assert_false(check(&sw, &m));
	assert_string_equal(m.text,
			    "--ipi-max: no lock asked for (mutex, token-poll) has such a mechanism; "
			    "locks that have it: token-ipi,token-x");
	sweep_free(&sw);

	start(&sw, "token-ipi", true);
	add(&sw, PARAM_token_spin, "1");
	assert_false(check(&sw, &m));
	assert_has(m.text, "--spin: no lock asked for (token-ipi)");
	assert_has(m.text, "no lock of the loaded module has it");
	sweep_free(&sw);

	start(&sw, "mutex,token-x", true);
	add(&sw, PARAM_token_ipi_max, "1,2");
	assert_true(check(&sw, &m));
	assert_int_equal(sw.plan.nr_cells, 2);
	assert_int_equal(sw.plan.nr_steps, 4);
	sweep_free(&sw);

	start(&sw, "mutex", false);
	add(&sw, PARAM_token_ipi_max, "1,2");
	assert_true(check(&sw, &m));
	sweep_free(&sw);
}

static char *print(const struct sweep *sw)
{
	char *text = NULL;
	size_t len = 0;
	FILE *f = open_memstream(&text, &len);

	sweep_print(sw, f);
	fclose(f);
	return text;
}

static void the_matrix_shows_who_has_it(void **state)
{
	struct msg m = { "" };
	struct sweep sw;
	char *text;

	(void)state;
	start(&sw, "token-ipi", true);
	add(&sw, PARAM_token_ipi_max, "7,8");
	add(&sw, PARAM_token_collisions, "faithful");
	assert_true(check(&sw, &m));
	text = print(&sw);
	assert_has(text, "lock: token-ipi\nipi-max: 7, 8\n");
	assert_has(text, " collisions=faithful");
	assert_has_not(text, "spin");
	free(text);
	sweep_free(&sw);

	start(&sw, "mutex,token-ipi", true);
	add(&sw, PARAM_token_ipi_max, "7,8");
	assert_true(check(&sw, &m));
	text = print(&sw);
	assert_has(text, "lock: mutex, token-ipi\nipi-max: 7, 8\n");
	free(text);
	sweep_free(&sw);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(locks_are_read_from_the_description),
		cmocka_unit_test(damage_is_reported),
		cmocka_unit_test(a_knob_needs_a_lock),
		cmocka_unit_test(the_matrix_shows_who_has_it),
	};

	return cmocka_run_group_tests_name("knobs", tests, NULL, NULL);
}
