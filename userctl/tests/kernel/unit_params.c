// SPDX-License-Identifier: GPL-2.0
/* params.c, cpulist.c, axes.c: values of parameters. */
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/cpulist.h"
#include "kernel/axes.h"
#include "kernel/params.h"
#include "tests/unit.h"

static void defaults_are_allowed_values(void **state)
{
	size_t i;

	(void)state;
	for (i = 0; i < FIRST_KNOB; i++) {
		char *def = params_default(i);
		struct msg m = { "" };
		char *parsed = params_parse(i, def, &m);

		if (!parsed)
			fail_msg("%s: %s", params[i].name, m.text);
		assert_string_equal(parsed, def);
		free(parsed);
		free(def);
	}
}

static void table_is_the_header(void **state)
{
	char *def = params_default(PARAM_measure);

	(void)state;
	assert_string_equal(params[PARAM_hold_ns].name, "hold_ns");
	assert_string_equal(params[PARAM_hold_ns].unit, "ns");
	assert_string_equal(params_option(PARAM_threads_per_cpu),
			    "threads-per-cpu");
	assert_string_equal(params_option(PARAM_seed), "seed");
	assert_string_equal(def, "full");
	assert_true(params_is_text(PARAM_KIND_CPUS));
	assert_false(params_is_text(PARAM_KIND_UINT));
	free(def);
}

static void knobs_are_parameters_in_a_section(void **state)
{
	char file[PARAM_FILE_MAX];
	struct msg m = { "" };
	size_t i;
	char *v;

	(void)state;
	for (i = 0; i < NR_PARAMS; i++)
		assert_int_equal(params_is_knob(i),
				 !strncmp(params[i].name, "token.", 6));
	assert_string_equal(params[PARAM_token_ipi_max].name, "token.ipi_max");
	assert_string_equal(params_base(PARAM_token_ipi_max), "ipi_max");
	assert_string_equal(params_base(PARAM_hold_ns), "hold_ns");
	assert_string_equal(params_option(PARAM_token_ipi_max), "ipi-max");
	assert_string_equal(params_file(PARAM_token_ipi_max, file),
			    "config/token/ipi_max");
	assert_string_equal(params_file(PARAM_hold_ns, file), "config/hold_ns");

	v = params_parse(PARAM_token_handoff_window_us, "2ms", &m);
	assert_string_equal(v, "2000");
	free(v);
	v = params_parse(PARAM_token_collisions, "faithful", &m);
	assert_string_equal(v, "faithful");
	free(v);
	assert_true(params_is_text(PARAM_KIND_COLLISIONS));
	assert_null(params_parse(PARAM_token_collisions, "on", &m));
	assert_has(m.text, "allowed: off, faithful");
	assert_null(params_parse(PARAM_token_maxtokens, "0", &m));
	assert_has(m.text, "1 to 1024");
	assert_null(params_parse(PARAM_token_pool_size, "65537", &m));
	assert_null(params_parse(PARAM_token_ipi_max, "-", &m));
}

static void units_become_the_parameters_own(void **state)
{
	char *v;
	struct msg m = { "" };

	(void)state;
	v = params_parse(PARAM_hold_ns, "2us", &m);
	assert_string_equal(v, "2000");
	free(v);
	v = params_parse(PARAM_quantum_us, "2ms", &m);
	assert_string_equal(v, "2000");
	free(v);
	assert_null(params_parse(PARAM_quantum_us, "1500ns", &m));
	assert_has(m.text, "not a whole number of us");
	assert_null(params_parse(PARAM_threads_per_cpu, "0", &m));
	assert_has(m.text, "1 to 1024");
}

static void words_are_listed(void **state)
{
	struct msg m = { "" };

	(void)state;
	assert_null(params_parse(PARAM_order, "sorted", &m));
	assert_string_equal(m.text,
			    "'sorted' is not allowed here; allowed: same, opposite, random");
	assert_null(params_parse(PARAM_sched, "", &m));
	assert_null(params_parse(PARAM_sched, "FIFO", &m));
	assert_null(params_parse(PARAM_fault, "early", &m));
	assert_string_equal(m.text,
			    "'early' is not allowed here; allowed: none, late, move, intrude, hang");
	assert_null(params_parse(PARAM_overlap_min_pct, "101", &m));
	assert_has(m.text, "0 to 100");
}

static void cpulists(void **state)
{
	static const char *const good[] = { "",	     "0",	 "0-3", "0-3,8",
					    "8,0-3", "0-15:2/4", "8191" };
	static const char *const bad[] = {
		",",	   "0,",    "a",    "-1",	 "3-0",	  "0-3 ",
		" 0",	   "0-",    "8192", "0x1",	 "0-3:2", "0-3:0/2",
		"0-3:3/2", "0:1/2", "all",  "4294967296"
	};
	struct msg m = { "" };
	size_t i;

	(void)state;
	for (i = 0; i < N_OF(good); i++)
		if (!cpulist_check(good[i], &m))
			fail_msg("%s", m.text);
	for (i = 0; i < N_OF(bad); i++) {
		if (cpulist_check(bad[i], &m))
			fail_msg("'%s' was accepted", bad[i]);
		assert_has(m.text, "is not a list of CPUs; allowed:");
	}
	assert_true(cpulist_equal("0,1,2", "0-2"));
	assert_true(cpulist_equal("0-7:1/2", "0,2,4,6"));
	assert_true(cpulist_equal("2,1", "1-2"));
	assert_false(cpulist_equal("0-2", "0-3"));
	assert_false(cpulist_equal("0", ""));
	assert_false(cpulist_equal("x", "x"));
}

static void groups_lose_their_units(void **state)
{
	static const struct {
		const char *text, *value;
	} good[] = {
		{ "", "" },
		{ "hold=0.5us:think=1us/hold=1us",
		  "hold_ns=500:think_ns=1000/hold_ns=1000" },
		{ "hold_ns=10us/hold_ns=1us:threads=3",
		  "hold_ns=10000/hold_ns=1000:threads=3" },
		{ "nice=-20:shared_pct=100/nice=19/think_ns=1s/threads=1k",
		  "nice=-20:shared_pct=100/nice=19/think_ns=1000000000/threads=1000" },
	};
	static const struct {
		const char *text, *says;
	} bad[] = {
		{ "hold_ns=1us",
		  "'hold_ns=1us' has 1 groups; allowed: 2 to 4" },
		{ "nice=1/nice=2/nice=3/nice=4/nice=5", "has 5 groups" },
		{ "/nice=1", "'' in group 1 is not a setting; allowed: NAME=" },
		{ "nice=1/", "'' in group 2 is not a setting" },
		{ "nice=1/nice=1:", "'' in group 2 is not a setting" },
		{ "nice/nice=1", "'nice' in group 1 is not a setting" },
		{ "ops=1/nice=1", "'ops=1' in group 1 is not a setting; "
				  "allowed: NAME=NUMBER with the name threads, "
				  "hold, think, shared_pct or nice" },
		{ "nice=1/hol=1", "'hol=1' in group 2 is not a setting" },
		{ "nice=1/hold=1:hold_ns=2",
		  "'hold_ns=2' in group 2: hold_ns is there twice" },
		{ "nice=1/nice=1:nice=2",
		  "'nice=2' in group 2: nice is there twice" },
		{ "nice=1/hold_ns=1x",
		  "'hold_ns=1x' in group 2: '1x' has an unknown suffix" },
		{ "nice=1/hold_ns=",
		  "'hold_ns=' in group 2: '' is not a number" },
		{ "nice=20/nice=1",
		  "'nice=20' in group 1: '20' is not a nice level; allowed: -20 to 19" },
		{ "nice=-21/nice=1", "-21' is not a nice level" },
		{ "nice=/nice=1", "'' is not a nice level" },
		{ "nice= 1/nice=1", "' 1' is not a nice level" },
		{ "nice=+1/nice=1", "'+1' is not a nice level" },
		{ "nice=1x/nice=1", "'1x' is not a nice level" },
		{ "threads=0/nice=1",
		  "'0' is out of range; allowed: 1 to 4096" },
		{ "shared_pct=101/nice=1", "allowed: 0 to 100" },
		{ "hold_ns=2s/nice=1", "'2s' is out of range" },
	};
	struct msg m = { "" };
	size_t i;
	char *v;

	(void)state;
	for (i = 0; i < N_OF(good); i++) {
		v = params_parse(PARAM_groups, good[i].text, &m);
		if (!v)
			fail_msg("%s", m.text);
		assert_string_equal(v, good[i].value);
		free(v);
	}
	for (i = 0; i < N_OF(bad); i++) {
		if (params_parse(PARAM_groups, bad[i].text, &m))
			fail_msg("'%s' was accepted", bad[i].text);
		assert_has(m.text, bad[i].says);
	}
}

static void phases_are_counts(void **state)
{
	static const struct {
		const char *text, *says;
	} bad[] = {
		{ "4", "'4' has 1 parts; allowed: 2 to 16, separated by '/'" },
		{ "1/2/3/4/5/6/7/8/9/1/2/3/4/5/6/7/8", "has 17 parts" },
		{ "1/0",
		  "'0' as part 2: '0' is out of range; allowed: 1 to 1024" },
		{ "1//2", "'' as part 2: '' is not a number" },
		{ "1/2/", "'' as part 3" },
		{ "1us/2", "'1us' as part 1" },
	};
	struct msg m = { "" };
	size_t i;
	char *v;

	(void)state;
	v = params_parse(PARAM_phases, "1/4/1k/4/1", &m);
	assert_string_equal(v, "1/4/1000/4/1");
	free(v);
	for (i = 0; i < N_OF(bad); i++) {
		if (params_parse(PARAM_phases, bad[i].text, &m))
			fail_msg("'%s' was accepted", bad[i].text);
		assert_has(m.text, bad[i].says);
	}
}

static void echo_is_compared_by_meaning(void **state)
{
	(void)state;
	assert_true(params_equal(PARAM_cpus, "", "0-2"));
	assert_true(params_equal(PARAM_cpus, "0,1", "0-1"));
	assert_false(params_equal(PARAM_cpus, "0", "0-1"));
	assert_true(params_equal(PARAM_hold_ns, "500", "500"));
	assert_false(params_equal(PARAM_hold_ns, "500", "501"));
}

static void add(struct axes *a, enum param_id id, const char *text)
{
	struct msg m = { "" };

	if (!axes_add(a, id, text, &m))
		fail_msg("%s", m.text);
}

static void lists_are_axes(void **state)
{
	struct axes a = { 0 };

	(void)state;
	add(&a, PARAM_hold_ns, "500ns,2us");
	add(&a, PARAM_hold_ns, "1ms");
	assert_int_equal(a.axis[PARAM_hold_ns].n, 3);
	assert_string_equal(a.axis[PARAM_hold_ns].values[1], "2000");
	assert_string_equal(a.axis[PARAM_hold_ns].values[2], "1000000");
	add(&a, PARAM_cpus, "0-1,3");
	add(&a, PARAM_cpus, "0");
	assert_int_equal(a.axis[PARAM_cpus].n, 2);
	assert_string_equal(a.axis[PARAM_cpus].values[0], "0-1,3");
	axes_free(&a);
	assert_int_equal(a.axis[PARAM_cpus].n, 0);
}

static void bad_lists_name_option_and_value(void **state)
{
	static const struct {
		const char *text, *says;
	} table[] = {
		{ "1,x",
		  "--threads-per-cpu: 'x' is not a number; allowed: 1 to 1024" },
		{ "1,,2", "--threads-per-cpu: empty value at ',2'" },
		{ "1,", "--threads-per-cpu: empty value at ''" },
		{ "", "--threads-per-cpu: empty value" },
		{ "4,4", "--threads-per-cpu: '4' is given twice" },
		{ "1k,1000", "--threads-per-cpu: '1000' is given twice" },
	};
	struct msg m = { "" };
	size_t i;

	(void)state;
	for (i = 0; i < N_OF(table); i++) {
		struct axes a = { 0 };

		bool ok =
			axes_add(&a, PARAM_threads_per_cpu, table[i].text, &m);

		assert_false(ok);

		assert_has(m.text, table[i].says);
		axes_free(&a);
	}
}

static void an_axis_has_an_end(void **state)
{
	struct axes a = { 0 };
	char text[24];
	struct msg m = { "" };
	int i;

	(void)state;
	for (i = 0; i < AXIS_VALUES_MAX; i++) {
		snprintf(text, sizeof(text), "%d", i);
		add(&a, PARAM_seed, text);
	}
	assert_false(axes_add(&a, PARAM_seed, "5000", &m));
	assert_has(m.text, "more than 1000 values");
	axes_free(&a);
}

static void hold_and_think_are_needed(void **state)
{
	struct axes a = { 0 };
	struct msg m = { "" };
	size_t i;

	(void)state;
	assert_false(axes_complete(&a, &m));
	assert_has(m.text, "--hold must be given");
	add(&a, PARAM_hold_ns, "0,5");
	assert_false(axes_complete(&a, &m));
	assert_has(m.text, "--think must be given");
	axes_free(&a);

	/* What goes together is for the module to say, not here. */
	add(&a, PARAM_hold_ns, "0");
	add(&a, PARAM_think_ns, "1");
	assert_true(axes_complete(&a, &m));
	/* A knob that was not given stays as the lock has it. */
	for (i = 0; i < NR_PARAMS; i++)
		assert_int_equal(a.axis[i].n,
				 i == PARAM_lock || i >= FIRST_KNOB ? 0 : 1);
	assert_string_equal(a.axis[PARAM_quantum_us].values[0], "10000");
	axes_free(&a);
}

/* Window and warm-up of a sweep with these values, in ms. */
static void window_is(unsigned int warmup, unsigned int duration, ...)
{
	struct axes axes = { 0 };
	const char *option;
	struct msg m;
	va_list args;
	size_t id;

	va_start(args, duration);
	while ((option = va_arg(args, const char *))) {
		for (id = 0; strcmp(params_option(id), option); id++)
			;
		option = va_arg(args, const char *);
		assert_true(axes_add(&axes, id, option, &m));
	}
	va_end(args);
	assert_true(axes_complete(&axes, &m));
	axes_choose_window(&axes, false, true, true);
	assert_int_equal(atoi(axes.axis[PARAM_duration_ms].values[0]),
			 duration);
	assert_int_equal(atoi(axes.axis[PARAM_warmup_ms].values[0]), warmup);
	axes_free(&axes);
}

static void windows_hold_ten_thousand_operations(void **state)
{
	(void)state;
	window_is(2, 20, "cpus", "0-7", "hold", "2us", "think", "0", NULL);
	/* The slowest cell: two threads, 21 us each. */
	window_is(10, 105, "cpus", "0-7", "cpus", "0-1", "hold", "1us", "think",
		  "0,20us", NULL);
	window_is(5, 53, "cpus", "0-1", "threads-per-cpu", "2,4", "hold", "1us",
		  "think", "20us", NULL);
	window_is(20, 200, "cpus", "0-7", "hold", "1us", "think", "0", "rate",
		  "50k", NULL);
	/* At least what the module takes, at most its default. */
	window_is(1, 10, "cpus", "0-7", "hold", "0", "think", "100ns", NULL);
	window_is(100, 1000, "cpus", "0-1", "hold", "1ms", "think", "0", NULL);
	/* Parts have a length of their own. */
	window_is(100, 1000, "cpus", "0-7", "hold", "1us", "think", "0",
		  "phases", "1/4/1", NULL);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(windows_hold_ten_thousand_operations),
		cmocka_unit_test(defaults_are_allowed_values),
		cmocka_unit_test(table_is_the_header),
		cmocka_unit_test(knobs_are_parameters_in_a_section),
		cmocka_unit_test(units_become_the_parameters_own),
		cmocka_unit_test(words_are_listed),
		cmocka_unit_test(cpulists),
		cmocka_unit_test(groups_lose_their_units),
		cmocka_unit_test(phases_are_counts),
		cmocka_unit_test(echo_is_compared_by_meaning),
		cmocka_unit_test(lists_are_axes),
		cmocka_unit_test(bad_lists_name_option_and_value),
		cmocka_unit_test(an_axis_has_an_end),
		cmocka_unit_test(hold_and_think_are_needed),
	};

	return cmocka_run_group_tests_name("params", tests, NULL, NULL);
}
