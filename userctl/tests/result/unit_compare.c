// SPDX-License-Identifier: GPL-2.0
/* compare*.c, out_compare.c: two documents against each other. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/json.h"
#include "result/compare.h"
#include "table/out.h"
#include "tests/unit.h"

static struct json_object *parse(const char *text)
{
	struct json_object *o = json_tokener_parse(text);

	if (!o)
		fail_msg("%s", text);
	return o;
}

/* A run of lock "m" with so many operations in its window of a second. */
static struct json_object *run(int threads, int cell, int repeat, int ops)
{
	char text[1000];

	snprintf(text, sizeof(text),
		 "{\"lock\":\"m\",\"run\":1,\"verdict\":\"ok\",\"cell\":%d,\"repeat\":%d,"
		 "\"params\":{\"lock\":\"m\",\"threads_per_cpu\":%d,\"hold_ns\":5,"
		 "\"token\":{\"spin\":1}},"
		 "\"certificate\":{\"debug\":\"none\",\"times\":\"ok\"},"
		 "\"totals\":{\"ops\":%d,\"window_ns\":1000000000},"
		 "\"latency\":{\"acquire_ns\":{\"count\":2,\"mean\":%d,\"p50\":1,\"max\":%d,"
		 "\"buckets\":[[%d,%d,2]]}}}",
		 cell, repeat, threads, ops, ops, ops, ops, ops + 1);
	return parse(text);
}

/* Ten runs with 1 and ten with 4 threads, about @base operations each. */
#define MACHINE \
	"\"environment\":{\"cpu\":\"X\",\"online_cpus\":\"0-3\",\"kernel\":\"6.1\"}"

static const char one_axis[] =
	"{" MACHINE ",\"plan\":{\"axes\":{\"threads_per_cpu\":[\"1\",\"4\"]}}}";

static const char no_axis[] = "{" MACHINE
			      ",\"plan\":{\"axes\":{}},\"runs\":[]}";

static struct json_object *doc_of(int base)
{
	struct json_object *doc = parse(one_axis);
	struct json_object *runs = json_object_new_array();
	int i;

	for (i = 0; i < 20; i++)
		json_object_array_add(runs, run(i % 2 ? 4 : 1, i % 2, i / 2 + 1,
						base + i / 2));
	json_object_object_add(doc, "runs", runs);
	return doc;
}

static struct json_object *row_of(struct json_object *result, size_t i)
{
	struct json_object *rows = json_array(result, "rows");

	assert_true(i < json_length(rows));
	return json_object_array_get_idx(rows, i);
}

static void assert_number(struct json_object *o, const char *key, double wanted)
{
	double v = -1;

	if (!json_number(o, key, &v) || fabs(v - wanted) > 0.001)
		fail_msg("%s is %g, not %g", key, v, wanted);
}

static size_t nr_differences(struct json_object *result)
{
	return json_length(json_array(result, "differences"));
}

static void b_over_a_with_interval_and_verdict(void **state)
{
	struct json_object *a = doc_of(1000), *b = doc_of(2000);
	struct json_object *result = compare_make(a, b);
	struct json_object *row;
	double lo, hi;
	size_t i;

	(void)state;
	assert_int_equal(nr_differences(result), 0);
	assert_int_equal(json_length(json_array(result, "rows")), 2);
	for (i = 0; i < 2; i++) {
		row = row_of(result, i);
		assert_number(row, "params.threads_per_cpu", i ? 4 : 1);
		assert_number(row, "a.throughput.median", 1004.5);
		assert_number(row, "b.throughput.median", 2004.5);
		assert_number(row, "ratio.value", 2004.5 / 1004.5);
		assert_string_equal(json_text(row, "ratio.verdict"), "faster");
		assert_true(json_number(row, "ratio.ci95.1", &lo));
		assert_true(json_number(row, "ratio.ci95.2", &hi));
		assert_true(lo < 2004.5 / 1004.5 && hi > 2004.5 / 1004.5);
		/* Of the merged buckets: the middle two of twenty values. */
		assert_number(row, "a.latency.acquire_ns.p50", 1004);
		assert_number(row, "b.latency.acquire_ns.p50", 2004);
		assert_number(row, "b.latency.acquire_ns.max", 2009);
	}
	json_object_put(result);
	result = compare_make(b, a);
	assert_string_equal(json_text(row_of(result, 0), "ratio.verdict"),
			    "slower");
	json_object_put(result);
	result = compare_make(a, a);
	assert_string_equal(json_text(row_of(result, 0), "ratio.verdict"),
			    "no difference");
	json_object_put(result);
	json_object_put(a);
	json_object_put(b);
}

/* An axis of one that is one value in the other. */
static void what_is_in_one_only_is_named(void **state)
{
	struct json_object *a = doc_of(1000);
	struct json_object *b = parse(no_axis);
	struct json_object *result;

	(void)state;
	json_object_array_add(json_array(b, "runs"), run(4, 0, 1, 3000));
	json_object_array_add(json_array(b, "runs"), run(8, 1, 1, 3000));
	result = compare_make(a, b);
	assert_int_equal(json_length(json_array(result, "rows")), 1);
	assert_number(row_of(result, 0), "params.threads_per_cpu", 4);
	assert_string_equal(json_text(row_of(result, 0), "ratio.verdict"),
			    "too few runs");
	assert_int_equal(nr_differences(result), 0);
	assert_number(result, "only_in_a.1.params.threads_per_cpu", 1);
	assert_number(result, "only_in_b.1.params.threads_per_cpu", 8);
	json_object_put(result);
	json_object_put(a);
	json_object_put(b);
}

static void other_conditions_are_named_once(void **state)
{
	static const struct {
		const char *where, *key, *value;
		const char *what, *a, *b;
		size_t n;
	} all[] = {
		{ "environment", "cpu", "\"Y\"", "environment.cpu", "X", "Y",
		  1 },
		{ "environment", "online_cpus", "\"0-7\"",
		  "environment.online_cpus", "0-3", "0-7", 1 },
		{ "environment", "kernel", "\"6.2\"", "environment.kernel",
		  "6.1", "6.2", 1 },
		{ "environment", "lab", "\"uml\"", "environment.lab",
		  "(unknown)", "uml", 1 },
		{ "environment", "module", "\"2\"", NULL, NULL, NULL, 0 },
		{ "runs.1.certificate", "debug", "\"kasan\"",
		  "certificate.debug", "none", "kasan", 1 },
		{ "runs.1.certificate", "hypervisor", "\"tcg\"",
		  "certificate.hypervisor", "(unknown)", "tcg", 1 },
		{ "runs.1.params", "hold_ns", "6", "params.hold_ns", "5", "6",
		  1 },
		{ "runs.1.params", "new", "6", "params.new", "(unknown)", "6",
		  1 },
		{ "runs.1.params.token", "spin", "2", "params.token.spin", "1",
		  "2", 1 },
	};
	size_t i;

	(void)state;
	for (i = 0; i < N_OF(all); i++) {
		struct json_object *a = doc_of(1000), *b = doc_of(1000);
		struct json_object *result, *obj;

		assert_true(json_find(b, all[i].where, &obj));
		json_set(obj, all[i].key, parse(all[i].value));
		result = compare_make(a, b);
		assert_int_equal(nr_differences(result), all[i].n);
		if (all[i].n) {
			json_find(result, "differences.1", &obj);
			assert_string_equal(json_text(obj, "what"),
					    all[i].what);
			assert_string_equal(json_text(obj, "a"), all[i].a);
			assert_string_equal(json_text(obj, "b"), all[i].b);
		}
		json_object_put(result);
		json_object_put(a);
		json_object_put(b);
	}
}

static void damaged_documents_compare_to_nothing(void **state)
{
	static const char *const docs[] = {
		"{}",
		"{\"runs\":{},\"plan\":[],\"environment\":3}",
		"{\"runs\":[null,3,[],{\"lock\":7,\"cell\":\"x\",\"params\":[],"
		"\"latency\":{\"acquire_ns\":{\"buckets\":[[1]]}},\"totals\":{\"ops\":\"a\"}}],"
		"\"plan\":{\"axes\":{\"a\":1}}}",
	};
	static const enum out_format formats[] = { OUT_TABLE, OUT_JSON,
						   OUT_CSV };
	size_t i, j, k;

	(void)state;
	for (i = 0; i < N_OF(docs); i++) {
		for (j = 0; j < N_OF(docs); j++) {
			struct json_object *a = parse(docs[i]);
			struct json_object *b = parse(docs[j]);
			struct json_object *result = compare_make(a, b);

			for (k = 0; k < N_OF(formats); k++) {
				char *text = NULL;
				size_t len = 0;
				FILE *f = open_memstream(&text, &len);

				out_compare(f, result, formats[k]);
				fclose(f);
				assert_true(len > 0);
				free(text);
			}
			json_object_put(result);
			json_object_put(a);
			json_object_put(b);
		}
	}
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(b_over_a_with_interval_and_verdict),
		cmocka_unit_test(what_is_in_one_only_is_named),
		cmocka_unit_test(other_conditions_are_named_once),
		cmocka_unit_test(damaged_documents_compare_to_nothing),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
