// SPDX-License-Identifier: GPL-2.0
/* report_view.c and the series made of it: what is drawn of a document. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#include "report/report_page.h"
#include "result/row.h"
#include "tests/unit.h"

static struct json_object *parse(const char *text)
{
	struct json_object *doc = json_tokener_parse(text);

	if (!doc)
		fail_msg("%s", text);
	return doc;
}

/* A document with these axes, rows and runs; ' stands for the other quote. */
static struct json_object *make(const char *axes, const char *rows,
				const char *runs)
{
	char text[4000];
	char *p;

	snprintf(text, sizeof(text),
		 "{\"plan\":{\"axes\":{%s}},\"summary\":[%s],\"runs\":[%s]}",
		 axes, rows, runs);
	for (p = text; *p; p++)
		if (*p == '\'')
			*p = '"';
	return parse(text);
}

static void threads_come_first(void **state)
{
	struct json_object *doc =
		make("'hold_ns':[],'threads_per_cpu':[]",
		     "{'lock':'a','params':{'hold_ns':2000,'threads_per_cpu':4}},"
		     "{'lock':'a','params':{'hold_ns':2000,'threads_per_cpu':1}},"
		     "{'lock':'a','params':{'hold_ns':1,'threads_per_cpu':4}}",
		     "{'lock':'a','cell':0,'params':{'hold_ns':2000,'threads_per_cpu':4},"
		     "'totals':{'threads':8}},"
		     "{'lock':'a','cell':1,'params':{'hold_ns':2000,'threads_per_cpu':1},"
		     "'totals':{'threads':2}},"
		     "{'lock':'a','cell':2,'params':{'hold_ns':1,'threads_per_cpu':4},"
		     "'totals':{'threads':8}}");
	struct report_view *v = report_view_new(doc);

	(void)state;
	assert_string_equal(v->axis, "threads_per_cpu");
	assert_true(v->threads);
	assert_int_equal(v->nr_locks, 1);
	assert_int_equal(v->nr_panels, 2);
	assert_string_equal(v->panels[0], "hold_ns = 2.00 us");
	assert_int_equal(v->nr_cells, 3);
	assert_true(v->cells[0].x == 8 && v->cells[1].x == 2);
	assert_string_equal(v->cells[1].title,
			    "hold_ns = 2.00 us, threads_per_cpu = 1");
	report_view_free(v);
	json_object_put(doc);
}

static void else_the_axis_with_the_most_numbers(void **state)
{
	struct json_object *doc =
		make("'order':[],'locks':[],'set_size':[]",
		     "{'lock':'a','params':{'order':'same','locks':1,'set_size':1}},"
		     "{'lock':'a','params':{'order':'random','locks':2,'set_size':2}},"
		     "{'lock':'a','params':{'order':'x','locks':3,'set_size':1}}",
		     "");
	struct report_view *v = report_view_new(doc);

	(void)state;
	assert_string_equal(v->axis, "locks");
	assert_false(v->threads);
	assert_true(v->cells[2].x == 3);
	report_view_free(v);
	json_object_put(doc);
}

static void sets_of_cpus_of_one_size_are_no_axis(void **state)
{
	struct json_object *doc =
		make("'cpus':[]",
		     "{'lock':'a','params':{'cpus':'0-1'}},{'lock':'a','params':{'cpus':'2-3'}}",
		     "{'lock':'a','cell':0,'params':{'cpus':'0-1'},'totals':{'threads':2}},"
		     "{'lock':'a','cell':1,'params':{'cpus':'2-3'},'totals':{'threads':2}}");
	struct report_view *v = report_view_new(doc);

	(void)state;
	assert_null(v->axis);
	assert_int_equal(v->nr_cells, 2);
	assert_string_equal(v->cells[1].title, "cpus = 2-3");
	report_view_free(v);
	json_object_put(doc);
}

/* The fake module has as many threads whatever is asked for. */
static void without_threads_their_parameter_will_do(void **state)
{
	struct json_object *doc =
		make("'threads_per_cpu':[]",
		     "{'lock':'a','params':{'threads_per_cpu':1}},"
		     "{'lock':'a','params':{'threads_per_cpu':4}}",
		     "{'lock':'a','cell':0,'params':{'threads_per_cpu':1},'totals':{'threads':2}},"
		     "{'lock':'a','cell':1,'params':{'threads_per_cpu':4},'totals':{'threads':2}}");
	struct report_view *v = report_view_new(doc);

	(void)state;
	assert_string_equal(v->axis, "threads_per_cpu");
	assert_false(v->threads);
	assert_true(v->cells[1].x == 4);
	report_view_free(v);
	json_object_put(doc);
}

/* The lock m has no such knob: its rows do not tell its cells apart. */
static void runs_find_their_rows(void **state)
{
	struct json_object *doc =
		make("'token.spin':[]",
		     "{'lock':'m','params':{}},{'lock':'t','params':{'token':{'spin':1}}},"
		     "{'lock':'m','params':{}},{'lock':'t','params':{'token':{'spin':2}}}",
		     "{'lock':'m','cell':0,'params':{}},"
		     "{'lock':'t','cell':1,'params':{'token':{'spin':2}}},"
		     "{'lock':'m','cell':1,'params':{}},"
		     "{'lock':'t','cell':0,'params':{'token':{'spin':1}}},"
		     "{'lock':'m','cell':0,'params':{}}");
	struct report_view *v = report_view_new(doc);

	(void)state;
	assert_string_equal(v->axis, "token.spin");
	assert_int_equal(v->nr_cells, 2);
	assert_int_equal(v->points[0].nr_runs, 2);
	assert_int_equal(v->points[1].nr_runs, 1);
	assert_int_equal(v->points[2].nr_runs, 1);
	assert_int_equal(v->points[0].cell, v->points[1].cell);
	assert_int_equal(v->points[2].cell, v->points[3].cell);
	assert_true(v->cells[v->points[2].cell].x == 2);
	report_view_free(v);
	json_object_put(doc);
}

static void bad_runs_take_no_part(void **state)
{
	struct json_object *doc =
		make("", "{'lock':'a'},{'lock':'b'}",
		     "{'lock':'a','verdict':'INVALID'},{'lock':'a','verdict':'ok'},"
		     "{'lock':'b','verdict':'FAILED'}");
	struct report_view *v = report_view_new(doc);

	(void)state;
	assert_int_equal(v->points[0].nr_runs, 1);
	assert_true(row_is_ok(v->points[0].runs[0]));
	assert_int_equal(v->points[1].nr_runs, 1);
	report_view_free(v);
	json_object_put(doc);
}

static void any_document_has_a_view(void **state)
{
	static const char *const texts[] = {
		"{}",
		"{\"summary\":{},\"runs\":{}}",
		"{\"summary\":[1,null,{},[]],\"runs\":[1,null,{},[]]}",
		"{\"plan\":{\"axes\":[]},\"summary\":[{\"params\":3}]}",
		"{\"plan\":{\"axes\":{\"cpus\":1,\"threads_per_cpu\":{}}},\"summary\":"
		"[{\"params\":{\"threads_per_cpu\":null}},{\"params\":[],\"lock\":{}}]}",
	};
	size_t i;

	(void)state;
	for (i = 0; i < N_OF(texts); i++) {
		struct json_object *doc = parse(texts[i]);

		report_view_free(report_view_new(doc));
		json_object_put(doc);
	}
}

static void many_locks_make_several_charts(void **state)
{
	struct report_point points[19] = { 0 };
	struct report_cell cells[20] = { 0 };
	struct report_view v = { .points = points,
				 .nr_points = 19,
				 .nr_locks = 19,
				 .cells = cells,
				 .nr_cells = 20 };
	size_t locks[CHART_STYLES], chosen[4];
	size_t i, n, chunk, seen = 0;

	(void)state;
	for (i = 0; i < 19; i++)
		points[i].lock = i;
	for (chunk = 0; (n = figure_locks(&v, 0, false, chunk, locks)); chunk++)
		for (i = 0; i < n; i++)
			assert_int_equal(locks[i], seen++);
	assert_int_equal(seen, 19);
	assert_int_equal(chunk, 3);
	assert_int_equal(figure_cells(&v, 4, chosen), 4);
	assert_int_equal(chosen[0], 0);
	assert_int_equal(chosen[3], 19);
}

static void percentiles_are_those_of_the_buckets(void **state)
{
	struct chart_point *p;
	struct hist h = { 0 };
	size_t n;

	(void)state;
	hist_add(&h, 100, 102, 90);
	hist_add(&h, 200, 204, 9);
	hist_add(&h, 300, 308, 1);
	n = waits_curve(&h, 305, &p);
	assert_int_equal(n, 3);
	assert_true(p[0].x == 0 && p[0].y == 100.5);
	/* 90 % are below 200, 99 % below the largest. */
	assert_true(fabs(p[1].x - 1) < 0.000000001 && p[1].y == 201.5);
	assert_true(fabs(p[2].x - 2) < 0.000000001 && p[2].y == 305);
	free(p);
	hist_free(&h);
}

/* Whoever gets most in one run gets least in the other: neither is fair. */
static void shares_of_threads_are_sorted(void **state)
{
	static const char one[] =
		"{\"threads\":[{\"role\":\"worker\",\"ops\":30},{\"role\":\"bystander\","
		"\"ops\":99},{\"role\":\"worker\",\"ops\":10}]}";
	static const char other[] =
		"{\"threads\":[{\"role\":\"worker\",\"ops\":10},"
		"{\"role\":\"worker\",\"ops\":30}]}";
	struct json_object *runs[] = { parse(one), parse(other) };
	struct report_point at = { .runs = runs, .nr_runs = 2 };
	struct chart_point *p;

	(void)state;
	assert_int_equal(fair_line(&at, "ops", &p), 2);
	assert_true(p[0].x == 1 && p[0].y == 0.5);
	assert_true(p[1].x == 2 && p[1].y == 1.5);
	free(p);
	assert_int_equal(fair_line(&at, "held_ns", &p), 0);
	free(p);
	json_object_put(runs[0]);
	json_object_put(runs[1]);
}

static void parts_of_cpu_time_make_one(void **state)
{
	static const char text[] =
		"{\"totals\":{\"cpu_ns\":100,\"useful_ns\":70,\"idle_poll_ns\":50}}";
	struct json_object *run = parse(text);
	struct report_point at = { .runs = &run, .nr_runs = 1 };
	double parts[3];

	(void)state;
	assert_true(waste_cpu(&at, parts));
	assert_true(fabs(parts[0] - 0.7) < 0.000000001 &&
		    fabs(parts[1] - 0.3) < 0.000000001);
	assert_true(fabs(parts[2]) < 0.000000001);
	json_object_put(run);
	run = parse("{\"totals\":{\"cpu_ns\":0,\"useful_ns\":70}}");
	assert_false(waste_cpu(&at, parts));
	json_object_put(run);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(threads_come_first),
		cmocka_unit_test(else_the_axis_with_the_most_numbers),
		cmocka_unit_test(sets_of_cpus_of_one_size_are_no_axis),
		cmocka_unit_test(without_threads_their_parameter_will_do),
		cmocka_unit_test(runs_find_their_rows),
		cmocka_unit_test(bad_runs_take_no_part),
		cmocka_unit_test(any_document_has_a_view),
		cmocka_unit_test(many_locks_make_several_charts),
		cmocka_unit_test(percentiles_are_those_of_the_buckets),
		cmocka_unit_test(shares_of_threads_are_sorted),
		cmocka_unit_test(parts_of_cpu_time_make_one),
	};

	return cmocka_run_group_tests_name("report_view", tests, NULL, NULL);
}
