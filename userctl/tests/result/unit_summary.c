// SPDX-License-Identifier: GPL-2.0
/* summary.c, doc.c: what repeats amount to. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/json.h"
#include "base/status.h"
#include "result/doc.h"
#include "result/summary.h"
#include "tests/unit.h"

#define PLAN \
	"{\"locks\":[\"b\",\"a\"],\"axes\":{\"threads_per_cpu\":[\"1\",\"4\"]},\"runs\":4}"

/* One run: what differs between the tests, and the rest of it. */
static struct json_object *run(const char *lock, int cell, const char *verdict,
			       int ops, const char *latency, const char *times)
{
	char text[2000];
	struct json_object *o;

	snprintf(text, sizeof(text),
		 "{\"lock\":\"%s\",\"cell\":%d,\"verdict\":\"%s\",\"reasons\":[],"
		 "\"params\":{\"threads_per_cpu\":%d,\"hold_ns\":5},"
		 "\"certificate\":{\"times\":\"%s\"},"
		 "\"totals\":{\"ops\":%d,\"window_ns\":500000000,\"ideal_ops\":2000,"
		 "\"attempts_failed\":30,\"jain_ops\":0.5,\"efficiency\":0.25,"
		 "\"switches_contended\":%d,\"spins\":50,\"grants\":0,"
		 "\"ipis_useless\":4,\"futile_wakeups\":6},"
		 "\"latency\":{%s}}",
		 lock, cell, verdict, cell ? 4 : 1, times, ops,
		 ops == 9000 ? 0 : 2, latency);
	o = json_tokener_parse(text);
	if (!o)
		fail_msg("%s", text);
	return o;
}

static struct json_object *doc_of(struct json_object **runs, size_t n)
{
	struct json_object *doc = json_object_new_object();
	struct json_object *list = json_object_new_array();
	size_t i;

	for (i = 0; i < n; i++)
		json_object_array_add(list, runs[i]);
	json_object_object_add(doc, "plan", json_tokener_parse(PLAN));
	json_object_object_add(doc, "runs", list);
	json_object_object_add(doc, "summary", summary_make(doc));
	return doc;
}

static struct json_object *row_of(struct json_object *doc, size_t i)
{
	struct json_object *rows;

	json_find(doc, "summary", &rows);
	assert_true(i < json_object_array_length(rows));
	return json_object_array_get_idx(rows, i);
}

static void assert_number(struct json_object *o, const char *key, double wanted)
{
	double v;

	if (!json_number(o, key, &v))
		fail_msg("no %s", key);
	if (v != wanted)
		fail_msg("%s is %g, not %g", key, v, wanted);
}

static void rows_stand_in_the_order_asked_for(void **state)
{
	struct json_object *runs[] = { run("a", 1, "ok", 1, "", "ok"),
				       run("a", 0, "ok", 1, "", "ok"),
				       run("b", 1, "ok", 1, "", "ok"),
				       run("b", 0, "ok", 1, "", "ok") };
	struct json_object *doc = doc_of(runs, N_OF(runs));
	static const char *const wanted[] = { "b", "a", "b", "a" };
	struct json_object *o;
	size_t i;

	(void)state;
	for (i = 0; i < 4; i++) {
		assert_string_equal(json_text(row_of(doc, i), "lock"),
				    wanted[i]);
		assert_number(row_of(doc, i), "params.threads_per_cpu",
			      i < 2 ? 1 : 4);
		assert_false(json_find(row_of(doc, i), "params.hold_ns", &o));
	}
	json_object_put(doc);
}

static void numbers_over_repeats(void **state)
{
	struct json_object *runs[] = { run("a", 0, "ok", 1000, "", "ok"),
				       run("a", 0, "ok", 300, "", "ok"),
				       run("a", 0, "ok", 500, "", "ok") };
	struct json_object *doc = doc_of(runs, N_OF(runs));
	struct json_object *row = row_of(doc, 0);
	struct json_object *o;

	(void)state;
	assert_number(row, "runs", 3);
	assert_number(row, "throughput.median",
		      1000); /* 500 ops in half a second */
	assert_number(row, "throughput.min", 600);
	assert_number(row, "throughput.max", 2000);
	assert_number(row, "of_ideal.median", 0.25);
	assert_number(row, "failed_per_op.median", 0.06);
	assert_number(row, "failed_per_pass.median", 15);
	assert_number(row, "per_op.spins.median", 0.1);
	assert_number(row, "per_op.spins.max", 50 / 300.0);
	assert_number(row, "per_op.futile.median", 0.02);
	assert_number(row, "per_op.grants.median", 0);
	assert_false(json_find(row, "per_op.ipis", &o));
	assert_number(row, "jain_ops.median", 0.5);
	assert_string_equal(json_text(row, "times"), "ok");
	json_object_put(doc);
}

/* The arrays of a row: settings as they are, numbers as ranges. */
static void groups_and_phases_have_medians(void **state)
{
	static const char text[] =
		"{\"lock\":\"a\",\"verdict\":\"ok\",\"totals\":{\"window_ns\":500000000,"
		"\"ops\":%d,\"arrivals\":8,\"refused\":2,\"blocks\":10,\"stale\":%d},"
		"\"groups\":[{\"threads\":2,\"nice\":-5,\"ops\":%d,\"ops_share\":0.5},{\"ops\":1}],"
		"\"phases\":[{\"threads_per_cpu\":4,\"window_ns\":1000,\"ops\":%d}]}";
	struct json_object *runs[3];
	struct json_object *doc, *row, *o;
	char buf[1000];
	size_t i;

	(void)state;
	for (i = 0; i < N_OF(runs); i++) {
		int v = i + 1;

		snprintf(buf, sizeof(buf), text, v, v, v, v);
		runs[i] = json_tokener_parse(buf);
		assert_non_null(runs[i]);
	}
	doc = doc_of(runs, N_OF(runs));
	row = row_of(doc, 0);
	assert_number(row, "refused.median", 0.25);
	assert_number(row, "stale_per_block.max", 0.3);
	assert_number(row, "groups.1.threads", 2);
	assert_number(row, "groups.1.nice", -5);
	assert_number(row, "groups.1.throughput.median", 4);
	assert_number(row, "groups.1.ops_share.min", 0.5);
	assert_number(row, "groups.2.throughput.max", 2);
	assert_false(json_find(row, "groups.2.ops_share", &o));
	assert_false(json_find(row, "groups.3", &o));
	assert_number(row, "phases.1.threads_per_cpu", 4);
	assert_number(row, "phases.1.throughput.median", 2e6);
	json_object_put(doc);

	runs[0] = run("a", 0, "ok", 1, "", "ok");
	doc = doc_of(runs, 1);
	assert_false(json_find(row_of(doc, 0), "groups", &o));
	assert_false(json_find(row_of(doc, 0), "phases", &o));
	json_object_put(doc);
}

/*
 * 90 fast operations in one repeat, 10 slow in the other: the median of all
 * is fast. The mean of the two medians would be somewhere where no operation
 * ever was.
 */
static void percentiles_are_merged_not_averaged(void **state)
{
	static const char fast[] =
		"\"acquire_ns\":{\"count\":90,\"mean\":10,\"p50\":10,\"max\":10,"
		"\"buckets\":[[10,11,90]]}";
	static const char slow[] =
		"\"acquire_ns\":{\"count\":10,\"mean\":1015,\"p50\":1015,"
		"\"max\":1020,\"buckets\":[[1000,1032,10]]}";
	struct json_object *runs[] = { run("a", 0, "ok", 90, fast, "ok"),
				       run("a", 0, "ok", 10, slow, "ok") };
	struct json_object *doc = doc_of(runs, N_OF(runs));
	struct json_object *row = row_of(doc, 0);

	(void)state;
	assert_number(row, "latency.acquire_ns.count", 100);
	assert_number(row, "latency.acquire_ns.p50", 10);
	assert_number(row, "latency.acquire_ns.p90", 10);
	assert_number(row, "latency.acquire_ns.p99", 1015);
	assert_number(row, "latency.acquire_ns.p999", 1020);
	assert_number(row, "latency.acquire_ns.max", 1020);
	assert_number(row, "latency.acquire_ns.mean",
		      (90 * 10 + 10 * 1015) / 100.0);
	json_object_put(doc);
}

static void repeats_without_buckets_have_no_percentiles(void **state)
{
	static const char bare[] =
		"\"acquire_ns\":{\"count\":90,\"mean\":10,\"p50\":10,\"max\":10}";
	struct json_object *two[] = { run("a", 0, "ok", 90, bare, "ok"),
				      run("a", 0, "ok", 10, bare, "ok") };
	struct json_object *one[] = { run("a", 0, "ok", 90, bare, "ok") };
	struct json_object *doc = doc_of(two, 2);
	struct json_object *o;

	(void)state;
	assert_false(json_find(row_of(doc, 0), "latency.acquire_ns", &o));
	json_object_put(doc);
	doc = doc_of(one, 1);
	assert_number(row_of(doc, 0), "latency.acquire_ns.p50", 10);
	json_object_put(doc);
}

static void bad_runs_do_not_count(void **state)
{
	struct json_object *mixed[] = { run("a", 0, "ok", 100, "", "ok"),
					run("a", 0, "INVALID", 9000, "", "ok"),
					run("a", 0, "FAILED", 9000, "", "ok"),
					run("a", 0, "INVALID", 9000, "",
					    "ok") };
	struct json_object *all_bad[] = { run("a", 0, "INVALID", 100, "",
					      "ok") };
	struct json_object *doc = doc_of(mixed, N_OF(mixed));

	(void)state;
	assert_string_equal(json_text(row_of(doc, 0), "verdict"), "FAILED");
	assert_number(row_of(doc, 0), "runs", 4);
	assert_number(row_of(doc, 0), "ok", 1);
	assert_number(row_of(doc, 0), "throughput.max", 200);
	assert_int_equal(doc_status(doc), ST_BAD);
	json_object_put(doc);

	doc = doc_of(all_bad, 1);
	assert_string_equal(json_text(row_of(doc, 0), "verdict"), "INVALID");
	assert_number(row_of(doc, 0), "ok", 0);
	assert_number(row_of(doc, 0), "throughput.median", 200);
	json_object_put(doc);
}

static void no_contended_pass_is_no_number(void **state)
{
	struct json_object *none[] = { run("a", 0, "ok", 9000, "", "ok") };
	struct json_object *some[] = { run("a", 0, "ok", 9000, "", "ok"),
				       run("a", 0, "ok", 10, "", "ok") };
	struct json_object *doc = doc_of(none, 1);
	struct json_object *o;

	(void)state;
	assert_false(json_find(row_of(doc, 0), "failed_per_pass", &o));
	json_object_put(doc);
	doc = doc_of(some, 2);
	assert_number(row_of(doc, 0), "failed_per_pass.min", 15);
	json_object_put(doc);
}

static void one_emulated_run_taints_its_row(void **state)
{
	struct json_object *runs[] = { run("a", 0, "ok", 1, "", "ok"),
				       run("a", 0, "ok", 1, "", "meaningless"),
				       run("a", 0, "ok", 1, "", "ok") };
	struct json_object *doc = doc_of(runs, N_OF(runs));

	(void)state;
	assert_string_equal(json_text(row_of(doc, 0), "times"), "meaningless");
	assert_int_equal(doc_status(doc), ST_OK);
	json_object_put(doc);
}

static void what_is_missing_stays_missing(void **state)
{
	struct json_object *runs[] = {
		json_tokener_parse("{\"lock\":\"a\",\"verdict\":\"ok\","
				   "\"totals\":{\"ops\":0,\"window_ns\":0}}"),
		json_tokener_parse("{}"), json_tokener_parse("[5]")
	};
	struct json_object *doc = doc_of(runs, N_OF(runs));
	struct json_object *o;

	(void)state;
	assert_false(json_find(row_of(doc, 0), "throughput", &o));
	assert_false(json_find(row_of(doc, 0), "failed_per_op", &o));
	assert_false(json_find(row_of(doc, 0), "per_op", &o));
	assert_int_equal(doc_status(doc), ST_BAD);
	json_object_put(doc);
}

static void interrupted_is_not_good(void **state)
{
	struct json_object *doc = doc_new("t", "1");

	(void)state;
	doc_finish(doc, false);
	assert_int_equal(doc_status(doc), ST_OK);
	doc_finish(doc, true);
	assert_int_equal(doc_status(doc), ST_BAD);
	json_object_put(doc);
}

static void saved_files_are_checked(void **state)
{
	static const struct {
		const char *text;
		bool good;
	} table[] = {
		{ "{\"schema\":1,\"runs\":[],\"summary\":[]}", true },
		{ "{\"schema\":2,\"runs\":[],\"summary\":[]}", false },
		{ "{\"schema\":1,\"runs\":{},\"summary\":[]}", false },
		{ "{\"schema\":1,\"runs\":[]}", false },
		{ "[]", false },
		{ "{", false },
		{ "", false },
	};
	char name[] = "/tmp/unit_summary.XXXXXX";
	struct json_object *doc;
	size_t i;
	FILE *f;
	int fd;

	(void)state;
	/* The messages are wanted, but not in the middle of the test report. */
	assert_non_null(freopen("/dev/null", "w", stderr));
	fd = mkstemp(name);
	assert_true(fd >= 0);
	close(fd);
	for (i = 0; i < N_OF(table); i++) {
		f = fopen(name, "w");
		assert_non_null(f);
		fputs(table[i].text, f);
		fclose(f);
		doc = doc_load(name);
		if (!!doc != table[i].good)
			fail_msg("'%s'", table[i].text);
		json_object_put(doc);
	}
	unlink(name);
	assert_null(doc_load(name));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(rows_stand_in_the_order_asked_for),
		cmocka_unit_test(numbers_over_repeats),
		cmocka_unit_test(groups_and_phases_have_medians),
		cmocka_unit_test(percentiles_are_merged_not_averaged),
		cmocka_unit_test(repeats_without_buckets_have_no_percentiles),
		cmocka_unit_test(bad_runs_do_not_count),
		cmocka_unit_test(no_contended_pass_is_no_number),
		cmocka_unit_test(one_emulated_run_taints_its_row),
		cmocka_unit_test(what_is_missing_stays_missing),
		cmocka_unit_test(interrupted_is_not_good),
		cmocka_unit_test(saved_files_are_checked),
	};

	return cmocka_run_group_tests_name("summary", tests, NULL, NULL);
}
