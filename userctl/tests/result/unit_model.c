// SPDX-License-Identifier: GPL-2.0
/* model.c, model_row.c, out_model.c: the collapse of ticket and tas. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/cpulist.h"
#include "base/json.h"
#include "result/doc.h"
#include "stats/model.h"
#include "table/out.h"
#include "tests/unit.h"

static void near(double got, double wanted, double tolerance, int line)
{
	if (fabs(got - wanted) <= tolerance)
		return;
	print_error("line %d: %.9g is not %.9g\n", line, got, wanted);
	fail();
}

#define assert_near(got, wanted, tolerance) \
	near(got, wanted, tolerance, __LINE__)

static double speedup(const struct model *m, unsigned int cpus)
{
	return model_rate(m, cpus) / model_rate(m, 1);
}

/* Computed once, to a tenth, by another program. */
static void known_curves(void **state)
{
	static const struct model a = { 100, 4000, 100 };
	static const struct model b = { 200, 20000, 100 };

	(void)state;
	assert_near(speedup(&a, 12), 11.0, 0.05);
	assert_near(speedup(&a, 24), 3.7, 0.05);
	assert_near(speedup(&a, 64), 1.3, 0.05);
	assert_near(speedup(&b, 32), 31, 0.5);
	assert_near(speedup(&b, 48), 9.6, 0.05);
}

/* Near the root of c n^2 / 8 + s n / 2 = a, and past it the fall. */
static void known_knees(void **state)
{
	static const struct model a = { 100, 4000, 100 };
	static const struct model b = { 200, 20000, 100 };
	struct model_knee k = model_knee(&a);
	unsigned int n;

	(void)state;
	assert_int_equal(k.cpus, 14);
	for (n = 1; n < MODEL_CPUS_MAX; n++)
		assert_true(model_rate(&a, n) <= k.rate);
	assert_true(model_rate(&a, k.half) < k.rate / 2);
	assert_true(model_rate(&a, k.half - 1) >= k.rate / 2);
	assert_true(k.half > 14 && k.half < 24);
	k = model_knee(&b);
	assert_int_equal(k.cpus, 34);
	assert_true(k.half > 34 && k.half < 48);
}

/* What can be worked out by hand. */
static void closed_cases(void **state)
{
	struct model m = { 100, 900, 0 };

	(void)state;
	/* One CPU: think, then hold. */
	assert_near(model_rate(&m, 1), 1e6, 0.001);
	/* Two: a queue of the kind M/M/1//2, with s/a = 1/9. */
	assert_near(model_rate(&m, 2), 1e7 * (1 - 1 / (1 + 2 / 9.0 + 2 / 81.0)),
		    0.01);
	/* Many: the lock is never free. */
	assert_near(model_rate(&m, 1000), 1e7, 1);
	/* A section without length makes nobody wait. */
	m = (struct model){ 0, 1000, 0 };
	assert_near(model_rate(&m, 7), 7e6, 0.001);
	/* One CPU meets half a line. */
	m = (struct model){ 100, 850, 100 };
	assert_near(model_rate(&m, 1), 1e6, 0.001);
	/* No think time: all of them are always there. */
	m = (struct model){ 100, 0, 100 };
	assert_near(model_rate(&m, 1), 1e9 / 150, 0.001);
	assert_near(model_rate(&m, 18), 1e6, 0.001);
}

static void no_collapse(void **state)
{
	static const struct model table[] = {
		{ 100, 900, 0 }, /* saturates and stays */
		{ 0, 1000, 0 }, /* never saturates */
		{ 1e9, 1e9, 0 },
		{ 1, 1e9, 1 }, /* far beyond what is looked at */
		{ 1e9, 1000, 0.001 },
	};
	struct model_knee k;
	size_t i;

	(void)state;
	for (i = 0; i < N_OF(table); i++) {
		k = model_knee(&table[i]);
		assert_int_equal(k.cpus, 0);
		assert_int_equal(k.half, 0);
	}
}

/* Nothing that the parameters can be leads out of the numbers. */
static void extremes_are_finite(void **state)
{
	static const double values[] = { 0, 0.001, 1, 1e3, 1e9 };
	size_t s, a, c, n;

	(void)state;
	for (s = 0; s < N_OF(values); s++)
		for (a = 0; a < N_OF(values); a++)
			for (c = 1; c < N_OF(values); c++)
				for (n = 1; n <= MODEL_CPUS_MAX; n *= 4) {
					struct model m = { values[s], values[a],
							   values[c] };
					double rate = model_rate(&m, n);

					assert_true(isfinite(rate) && rate > 0);
				}
}

/* A document with one run of each, as doc_finish() leaves it. */
static struct json_object *document(const char *lock, const char *more,
				    const char *certificate, const char *cpus)
{
	struct json_object *doc, *run;
	char text[1000];

	snprintf(text, sizeof(text),
		 "{\"environment\":{\"online_cpus\":\"%s\"},\"plan\":{},\"runs\":[]}",
		 cpus);
	doc = json_tokener_parse(text);
	snprintf(text, sizeof(text),
		 "{\"lock\":\"%s\",\"run\":1,\"verdict\":\"ok\",\"params\":{\"locks\":1,"
		 "\"set_size\":1,\"threads_per_cpu\":4,\"rate\":0,\"groups\":\"\",%s},"
		 "\"certificate\":{%s},\"totals\":{\"threads\":8},\"latency\":{}}",
		 lock, more, certificate);
	run = json_tokener_parse(text);
	if (!doc || !run)
		fail_msg("%s", text);
	doc_add_run(doc, run, 0, 1);
	doc_finish(doc, false);
	return doc;
}

/* What is printed below the table; frees the document. */
/* With each line of the model in one piece, however it was wrapped. */
static char *printed(struct json_object *doc)
{
	static const char fold[] = "\n  ";
	char *text = NULL;
	char *p;
	size_t len;
	FILE *f = open_memstream(&text, &len);

	out_print(f, doc, OUT_TABLE, &(struct out_view){ .ledger = false });
	fclose(f);
	json_object_put(doc);
	while ((p = strstr(text, fold)))
		memmove(p, p + 2, strlen(p + 2) + 1);
	return text;
}

#define TIMES "\"hold_ns\":100,\"think_ns\":4000"
#define LINE "\"times\":\"ok\",\"line_ns\":100"

static void a_row_has_its_prediction(void **state)
{
	struct json_object *doc = document("ticket", TIMES, LINE, "0-1");
	struct json_object *row =
		json_object_array_get_idx(json_array(doc, "summary"), 0);
	double v = 0;
	char *text;

	(void)state;
	assert_true(json_number(row, "model.knee_cpus", &v) && v == 14);
	assert_true(json_number(row, "model.cpus", &v) && v == 2);
	assert_true(json_number(row, "model.online_cpus", &v) && v == 2);
	text = printed(doc);
	assert_has(text,
		   "a prediction, not a measurement\n"
		   "ticket: hold 100 ns, think 4.00 us, cache line 100 ns: ");
	assert_has(text, "with the 2 CPUs of this run");
	assert_has(text, "highest throughput with 14 CPUs, 2.75M ops/s, half");
	assert_has(text, "this machine has 2 CPUs: too few to reach it\n");
	free(text);

	text = printed(document("tas", TIMES, LINE, "0-15"));
	assert_has(text, "tas: hold");
	assert_has(text,
		   "has 16 CPUs: enough to reach it, but the run had 2\n");
	free(text);
}

static void some_rows_have_none(void **state)
{
	static const struct {
		const char *lock, *params, *certificate, *text;
	} table[] = {
		{ "ticket", "\"hold_ns\":100,\"think_ns\":0", LINE,
		  "no think time, so no knee: saturated from the second CPU on" },
		{ "ticket", TIMES, "\"times\":\"ok\"",
		  "ticket: no prediction: line_ns was not measured" },
		{ "tas", TIMES, "\"times\":\"meaningless\",\"line_ns\":100",
		  "tas: no prediction: the CPU was emulated" },
		{ "tas", "\"hold_ns\":5", LINE,
		  "tas: no prediction: the result has no" },
		{ "tas", "\"hold_ns\":1,\"think_ns\":1000000000", LINE,
		  "no collapse with up to 1024 CPUs" },
	};
	size_t i;

	(void)state;
	for (i = 0; i < N_OF(table); i++) {
		char *text = printed(document(table[i].lock, table[i].params,
					      table[i].certificate, "0-1"));

		assert_has(text, table[i].text);
		assert_has_not(text, "too few");
		free(text);
	}
}

static void other_rows_are_left_alone(void **state)
{
	static const struct {
		const char *lock, *params;
	} table[] = {
		{ "mutex", TIMES },
		{ "spinlock", TIMES },
		{ "ticket", TIMES ",\"locks\":2" },
		{ "ticket", TIMES ",\"locks\":8,\"set_size\":2" },
		{ "ticket", TIMES ",\"rate\":1000" },
		{ "tas", TIMES ",\"bystanders\":1" },
		{ "tas", TIMES ",\"touch_lines\":1" },
		{ "tas", TIMES ",\"groups\":\"hold_ns=1/hold_ns=2\"" },
		{ "tas", TIMES ",\"phases\":\"1/4\"" },
	};
	size_t i;

	(void)state;
	for (i = 0; i < N_OF(table); i++) {
		const char *lock = table[i].lock, *more = table[i].params;
		char *text = printed(document(lock, more, LINE, "0-1"));

		assert_has_not(text, "Model");
		free(text);
	}
}

static void cpus_are_counted(void **state)
{
	(void)state;
	assert_int_equal(cpulist_count(""), 0);
	assert_int_equal(cpulist_count("nonsense"), 0);
	assert_int_equal(cpulist_count("0"), 1);
	assert_int_equal(cpulist_count("0-3,8,2"), 5);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(known_curves),
		cmocka_unit_test(known_knees),
		cmocka_unit_test(closed_cases),
		cmocka_unit_test(no_collapse),
		cmocka_unit_test(extremes_are_finite),
		cmocka_unit_test(a_row_has_its_prediction),
		cmocka_unit_test(some_rows_have_none),
		cmocka_unit_test(other_rows_are_left_alone),
		cmocka_unit_test(cpus_are_counted),
	};

	return cmocka_run_group_tests_name("model", tests, NULL, NULL);
}
