// SPDX-License-Identifier: GPL-2.0
/*
 * ratio_row.c, sample.c, out_ratios.c: intervals, ratios and outliers from the
 * runs of a document to what a reader gets to see.
 */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/json.h"
#include "result/ratio_row.h"
#include "result/summary.h"
#include "sweep/rounds.h"
#include "table/out.h"
#include "tests/unit.h"

#define PLAN                                                                \
	"{\"schema\":1,\"plan\":{\"locks\":[\"a\",\"b\",\"c\"],\"seed\":7," \
	"\"axes\":{\"hold_ns\":[\"1\",\"9\"]}},\"runs\":[],\"summary\":[]}"

static struct json_object *new_doc(void)
{
	struct json_object *doc = json_tokener_parse(PLAN);

	assert_non_null(doc);
	return doc;
}

static void add_run(struct json_object *doc, const char *lock, int cell,
		    int repeat, const char *verdict, double ops,
		    const char *times)
{
	struct json_object *run;
	char text[600];

	snprintf(text, sizeof(text),
		 "{\"lock\":\"%s\",\"cell\":%d,\"repeat\":%d,\"verdict\":\"%s\","
		 "\"params\":{\"hold_ns\":%d,\"seed\":3},"
		 "\"certificate\":{\"times\":\"%s\"},"
		 "\"totals\":{\"ops\":%.17g,\"window_ns\":1000000000}}",
		 lock, cell, repeat, verdict, cell ? 9 : 1, times, ops);
	run = json_tokener_parse(text);
	if (!run)
		fail_msg("%s", text);
	json_object_array_add(json_array(doc, "runs"), run);
}

/* Repeats from 1, about @ops each, all of them good. */
static void add_runs(struct json_object *doc, const char *lock, int cell, int n,
		     double ops, const char *times)
{
	int i;

	for (i = 1; i <= n; i++)
		add_run(doc, lock, cell, i, "ok", ops + i * 7 % 11, times);
}

static void finish(struct json_object *doc)
{
	json_object_object_add(doc, "summary", summary_make(doc));
}

static struct json_object *row(struct json_object *doc, size_t i)
{
	return json_object_array_get_idx(json_array(doc, "summary"), i);
}

static double number(struct json_object *o, const char *key)
{
	double v = NAN;

	if (!json_number(o, key, &v))
		fail_msg("no %s", key);
	return v;
}

static bool has(struct json_object *o, const char *key)
{
	struct json_object *unused;

	return json_find(o, key, &unused);
}

static char *table(struct json_object *doc)
{
	char *text = NULL;
	size_t len = 0;
	FILE *f = open_memstream(&text, &len);

	out_print(f, doc, OUT_TABLE, &(struct out_view){ .ledger = false });
	fclose(f);
	return text;
}

static void each_lock_has_its_ratio(void **state)
{
	struct json_object *doc = new_doc();
	char *text;
	int i;

	(void)state;
	add_runs(doc, "a", 0, 8, 1000, "ok");
	add_runs(doc, "b", 0, 8, 500, "ok");
	/* As often ahead as behind. */
	for (i = 1; i <= 8; i++)
		add_run(doc, "c", 0, i, "ok",
			1000 + i * 7 % 11 + (i % 2 ? i : 1 - i), "ok");
	add_runs(doc, "a", 1, 8, 100, "ok");
	add_runs(doc, "b", 1, 8, 300, "ok");
	finish(doc);
	assert_string_equal(json_text(row(doc, 0), "ratio.verdict"),
			    "reference");
	assert_true(number(row(doc, 0), "ratio.value") == 1);
	assert_false(has(row(doc, 0), "ratio.ci95"));
	assert_string_equal(json_text(row(doc, 1), "ratio.verdict"), "slower");
	assert_string_equal(json_text(row(doc, 1), "ratio.reference"), "a");
	assert_true(fabs(number(row(doc, 1), "ratio.value") - 0.5025) < 0.0005);
	assert_true(number(row(doc, 1), "ratio.ci95.1") <= 0.5025);
	assert_true(number(row(doc, 1), "ratio.ci95.2") >= 0.5020);
	assert_true(number(row(doc, 1), "ratio.p") < 0.01);
	assert_string_equal(json_text(row(doc, 1), "ratio.method"),
			    "signed-rank");
	assert_true(number(row(doc, 1), "ratio.pairs") == 8);
	assert_string_equal(json_text(row(doc, 2), "ratio.verdict"),
			    "no difference");
	assert_true(number(row(doc, 2), "ratio.within") < 0.02);
	/* The second cell has a reference of its own. */
	assert_string_equal(json_text(row(doc, 4), "ratio.verdict"), "faster");
	assert_true(number(row(doc, 0), "throughput.n") == 8);
	assert_true(number(row(doc, 0), "throughput.ci95.1") >= 1000);
	assert_true(number(row(doc, 0), "throughput.ci95.2") <= 1010);

	text = table(doc);
	assert_has_not(text, "min-max");
	assert_has(text, "\nvs a: ratio of operations per second in");
	assert_has(text, "slower");
	assert_has(text, "faster");
	assert_has(text, "no difference");
	assert_has_not(text, "too few");
	free(text);
	json_object_put(doc);
}

static void the_plan_names_the_reference(void **state)
{
	static const char seeded[] =
		"{\"runs\":[{\"params\":{\"seed\":18446744073709551615}}]}";
	struct json_object *doc = new_doc();

	(void)state;
	json_set(doc, "plan.reference", json_object_new_string("b"));
	add_runs(doc, "a", 0, 6, 1000, "ok");
	add_runs(doc, "b", 0, 6, 500, "ok");
	add_runs(doc, "a", 1, 6, 1000, "ok");
	finish(doc);
	assert_string_equal(json_text(row(doc, 0), "ratio.verdict"), "faster");
	assert_string_equal(json_text(row(doc, 1), "ratio.verdict"),
			    "reference");
	/* Not in the second cell. */
	assert_false(has(row(doc, 2), "ratio"));
	assert_true(has(row(doc, 2), "throughput.ci95"));
	assert_string_equal(ratio_reference(doc), "b");
	assert_true(ratio_seed(doc) == 7);
	json_object_put(doc);
	doc = json_tokener_parse(seeded);
	assert_null(ratio_reference(doc));
	assert_true(ratio_seed(doc) == UINT64_MAX);
	json_object_put(doc);
	assert_true(ratio_seed(NULL) == 1);
}

/* Numbers of a bad run stand in no interval, no ratio and no outlier. */
static void bad_runs_take_no_part(void **state)
{
	struct json_object *doc = new_doc();
	struct json_object *far;
	char *text;
	int i;

	(void)state;
	add_runs(doc, "a", 0, 6, 1000, "ok");
	add_run(doc, "a", 0, 7, "INVALID", 5, "ok");
	add_runs(doc, "b", 0, 5, 500, "ok");
	add_run(doc, "b", 0, 6, "FAILED", 500, "ok");
	for (i = 1; i < 8; i++)
		add_run(doc, "c", 0, i, "FAILED", 1000, "ok");
	finish(doc);
	assert_true(number(row(doc, 0), "throughput.n") == 6);
	assert_true(number(row(doc, 0), "throughput.ci95.1") >= 1000);
	far = json_array(row(doc, 0), "throughput.outliers");
	assert_true(far && !json_length(far));
	assert_false(has(row(doc, 1), "throughput.ci95"));
	assert_string_equal(json_text(row(doc, 1), "ratio.verdict"),
			    "too few runs");
	assert_false(has(row(doc, 1), "ratio.ci95"));
	assert_false(has(row(doc, 1), "ratio.p"));
	assert_false(has(row(doc, 1), "ratio.within"));
	assert_true(number(row(doc, 1), "ratio.value") > 0.49);
	assert_false(has(row(doc, 2), "ratio"));
	assert_true(number(row(doc, 2), "throughput.n") == 0);
	text = table(doc);
	assert_has(text, "too few runs: it takes 6 good ones");
	free(text);
	json_object_put(doc);
}

static void outliers_are_named_and_kept(void **state)
{
	struct json_object *doc = new_doc();
	struct json_object *far;
	char *text;

	(void)state;
	add_runs(doc, "a", 0, 9, 1000, "ok");
	add_run(doc, "a", 0, 10, "ok", 400, "ok");
	finish(doc);
	far = json_array(row(doc, 0), "throughput.outliers");
	assert_int_equal(json_length(far), 1);
	assert_true(number(row(doc, 0), "throughput.outliers.1") == 10);
	assert_true(number(row(doc, 0), "throughput.min") == 400);
	assert_true(number(row(doc, 0), "throughput.n") == 10);
	text = table(doc);
	assert_has(text,
		   "\noutlier: a hold=1 ns repeat 10, 400 ops/s (flagged, "
		   "not dropped)\n");
	/* One lock: nothing to compare. */
	assert_has_not(text, "Ratio");
	free(text);
	json_object_put(doc);
}

static void emulated_runs_have_no_verdict(void **state)
{
	struct json_object *doc = new_doc();
	char *text;

	(void)state;
	add_runs(doc, "a", 0, 9, 1000, "meaningless");
	add_run(doc, "a", 0, 10, "ok", 400, "meaningless");
	add_runs(doc, "b", 0, 10, 500, "ok");
	finish(doc);
	assert_true(has(row(doc, 1), "ratio.ci95"));
	assert_false(has(row(doc, 1), "ratio.verdict"));
	/* Nor would a file that has one see it printed. */
	json_set(row(doc, 1), "ratio.verdict",
		 json_object_new_string("slower"));
	json_set(row(doc, 1), "times", json_object_new_string("meaningless"));
	text = table(doc);
	assert_has(text, "~vs a");
	assert_has_not(text, "slower");
	assert_has_not(text, "outlier:");
	free(text);
	json_object_put(doc);
}

static void unrepeated_runs_have_no_table_of_ratios(void **state)
{
	struct json_object *doc = new_doc();
	char *text;

	(void)state;
	add_runs(doc, "a", 0, 1, 1000, "ok");
	add_runs(doc, "b", 0, 1, 500, "ok");
	finish(doc);
	assert_string_equal(json_text(row(doc, 1), "ratio.verdict"),
			    "too few runs");
	text = table(doc);
	assert_has_not(text, "Ratio");
	assert_has_not(text, "too few");
	free(text);
	json_object_put(doc);
}

static struct json_object *item(struct json_object *rows, size_t i)
{
	return json_object_array_get_idx(rows, i);
}

/* What is needed to decide on another round, and nothing that is resampled. */
static void brief_rows_have_what_decides(void **state)
{
	struct json_object *doc = new_doc();
	struct json_object *rows;
	int cell;

	(void)state;
	for (cell = 0; cell < 2; cell++)
		add_runs(doc, "a", cell, 8, 1000, "ok");
	add_runs(doc, "b", 0, 8, 500, "ok");
	finish(doc);
	rows = summary_brief(doc, true);
	assert_int_equal(json_length(rows), 3);
	/* The ratio is the one of the summary. */
	assert_true(number(item(rows, 1), "ratio.ci95.1") ==
		    number(row(doc, 1), "ratio.ci95.1"));
	assert_false(has(item(rows, 0), "alone"));
	assert_false(has(item(rows, 0), "throughput.ci95"));
	assert_false(has(item(rows, 1), "throughput.ci95"));
	assert_true(has(item(rows, 2), "alone"));
	assert_true(number(item(rows, 2), "throughput.ci95.1") ==
		    number(row(doc, 2), "throughput.ci95.1"));
	assert_true(number(item(rows, 2), "last") == 8);
	json_object_put(rows);
	rows = summary_brief(doc, false);
	assert_true(has(item(rows, 2), "alone"));
	assert_false(has(item(rows, 2), "throughput.ci95"));
	json_object_put(rows);
	json_object_put(doc);
}

/* Files that somebody sent: no crash, no nonsense. */
static void damaged_documents(void **state)
{
	static const char *const texts[] = {
		"{\"plan\":{\"locks\":[5,null],\"reference\":[1],\"seed\":{}},"
		"\"runs\":[{\"lock\":\"5\",\"verdict\":\"ok\",\"repeat\":-1,"
		"\"totals\":{\"ops\":1,\"window_ns\":1}},null,7,"
		"{\"lock\":5,\"verdict\":\"ok\",\"repeat\":1e300,"
		"\"totals\":{\"ops\":1e308,\"window_ns\":1e-300}}]}",
		"{\"plan\":{\"locks\":\"a\"},\"runs\":[{\"lock\":\"a\",\"verdict\":\"ok\","
		"\"cell\":\"x\",\"totals\":{\"ops\":-5,\"window_ns\":1}}]}",
		"{\"runs\":[],\"summary\":[{\"lock\":7,\"runs\":9,\"throughput\":"
		"{\"median\":1,\"ci95\":[null,\"x\"],\"outliers\":[null,{},\"a\\u001b\"]},"
		"\"ratio\":{\"value\":0.5,\"ci95\":{},\"reference\":null,"
		"\"verdict\":\"\\u001b[31m\",\"within\":\"x\",\"p\":[]}}]}",
	};
	size_t i;

	(void)state;
	for (i = 0; i < N_OF(texts); i++) {
		struct json_object *doc = json_tokener_parse(texts[i]);
		struct json_object *rows;
		size_t j;
		char *text;

		assert_non_null(doc);
		if (!has(doc, "summary"))
			finish(doc);
		rows = summary_brief(doc, true);
		for (j = 0; j < json_length(rows); j++)
			assert_false(rounds_half_width(item(rows, j)) == 0);
		json_object_put(rows);
		text = table(doc);
		assert_has_not(text, "\033");
		assert_has_not(text, "inf");
		free(text);
		json_object_put(doc);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(each_lock_has_its_ratio),
		cmocka_unit_test(the_plan_names_the_reference),
		cmocka_unit_test(bad_runs_take_no_part),
		cmocka_unit_test(outliers_are_named_and_kept),
		cmocka_unit_test(emulated_runs_have_no_verdict),
		cmocka_unit_test(unrepeated_runs_have_no_table_of_ratios),
		cmocka_unit_test(brief_rows_have_what_decides),
		cmocka_unit_test(damaged_documents),
	};

	return cmocka_run_group_tests_name("ratio_row", tests, NULL, NULL);
}
