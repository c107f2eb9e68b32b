// SPDX-License-Identifier: GPL-2.0
/* series.c, scaling.c, out_scaling.c: which rows make a curve, and its fit. */
#include <stdio.h>
#include <stdlib.h>

#include "base/json.h"
#include "result/doc.h"
#include "stats/model.h"
#include "table/out.h"
#include "tests/law.h"
#include "tests/unit.h"

#define MILLION 1e6

/* What one run of a test differs in. */
struct one {
	const char *lock, *verdict, *times, *more;
	unsigned int cell, cpus, per_cpu;
	double rate;
};

static const struct one ordinary = {
	"mutex", "ok", "ok", "", 0, 1, 1, MILLION,
};

static struct json_object *document(const char *axes)
{
	char text[500];
	struct json_object *doc;

	snprintf(text, sizeof(text),
		 "{\"schema\":1,\"environment\":{\"online_cpus\":\"0-3\"},\"plan\":{"
		 "\"seed\":1,\"locks\":[\"mutex\",\"ticket\"],\"axes\":{%s}},\"runs\":[]}",
		 axes);
	doc = json_tokener_parse(text);
	if (!doc)
		fail_msg("%s", text);
	return doc;
}

static void add(struct json_object *doc, const struct one *r)
{
	struct json_object *run;
	char text[1000];

	snprintf(text, sizeof(text),
		 "{\"lock\":\"%s\",\"run\":1,\"cell\":%u,\"verdict\":\"%s\","
		 "\"params\":{\"cpus\":\"0-%u\",\"threads_per_cpu\":%u,\"locks\":1,"
		 "\"set_size\":1,\"rate\":0,\"phases\":\"\",\"groups\":\"\",\"hold_ns\":100,"
		 "\"think_ns\":4000%s},\"certificate\":{\"times\":\"%s\",\"line_ns\":90},"
		 "\"totals\":{\"threads\":%u,\"ops\":%.0f,\"window_ns\":1000000000},"
		 "\"latency\":{}}",
		 r->lock, r->cell, r->verdict, r->cpus - 1, r->per_cpu, r->more,
		 r->times, r->cpus * r->per_cpu, r->rate);
	run = json_tokener_parse(text);
	if (!run)
		fail_msg("%s", text);
	json_object_array_add(json_array(doc, "runs"), run);
}

/* As the law has it with these numbers of threads. */
static double law(double n)
{
	return law_rate(MILLION, 0.1, 0.01, n);
}

#define OVER_THREADS "\"threads_per_cpu\":[\"1\",\"2\",\"4\",\"8\",\"16\"]"

/* Five cells with 1 to 16 threads on one CPU, in no order. */
static void add_curve(struct json_object *doc, struct one r)
{
	static const unsigned int per_cpu[] = { 4, 1, 16, 2, 8 };
	size_t i;

	for (i = 0; i < N_OF(per_cpu); i++) {
		r.per_cpu = per_cpu[i];
		r.rate = law(r.per_cpu);
		add(doc, &r);
		r.cell++;
	}
}

static size_t nr_curves(struct json_object *doc)
{
	return json_length(json_array(doc, "scaling"));
}

static double number(struct json_object *doc, const char *key)
{
	double v;

	if (!json_number(doc, key, &v))
		fail_msg("no %s", key);
	return v;
}

#define assert_near(got, wanted) assert_float_equal(got, wanted, 0.001)

/* What is printed; frees the document. */
static char *printed(struct json_object *doc)
{
	char *text = NULL;
	size_t len;
	FILE *f = open_memstream(&text, &len);

	out_print(f, doc, OUT_TABLE, &(struct out_view){ .ledger = false });
	fclose(f);
	json_object_put(doc);
	return text;
}

static void a_sweep_has_a_fit_per_lock(void **state)
{
	struct json_object *doc = document(OVER_THREADS), *o;
	struct one r = ordinary;
	char *text;

	(void)state;
	add_curve(doc, r);
	r.lock = "ticket";
	add_curve(doc, r);
	doc_finish(doc, false);
	assert_int_equal(nr_curves(doc), 2);
	assert_string_equal(json_text(doc, "scaling.1.lock"), "mutex");
	assert_string_equal(json_text(doc, "scaling.1.axis"),
			    "threads_per_cpu");
	assert_string_equal(json_text(doc, "scaling.1.over"), "threads");
	assert_string_equal(json_text(doc, "scaling.1.params"), "{ }");
	assert_int_equal(json_length(json_array(doc, "scaling.1.points")), 5);
	assert_near(number(doc, "scaling.1.points.1.n"), 1);
	assert_near(number(doc, "scaling.1.points.5.n"), 16);
	assert_near(number(doc, "scaling.1.usl.sigma.value"), 0.1);
	assert_near(number(doc, "scaling.2.usl.kappa.value"), 0.01);
	assert_near(number(doc, "scaling.2.usl.r2"), 1);
	assert_true(number(doc, "scaling.1.usl.knee.ci95.1") < 9.49);
	assert_true(number(doc, "scaling.1.usl.knee.ci95.2") > 9.48);
	/* The number of CPUs does not vary. */
	assert_false(json_find(doc, "scaling.2.bw", &o));
	text = printed(doc);
	assert_has(text, "A fit, not a measurement");
	assert_has(text, "\nmutex   3.54M     8  10% [10-10]");
	assert_has(text, "9.5 [9.5-9.5]  3.57M    45  1.000  0.0%\n");
	assert_has_not(text, "forecast");
	free(text);
}

/* Two values of each: which belong together? */
static void each_axis_has_its_curves(void **state)
{
	struct json_object *doc = document(OVER_THREADS
					   ",\"cpus\":[\"0-0\",\"0-3\"],"
					   "\"hold_ns\":[\"1\",\"2\"]");
	struct one r = ordinary;
	unsigned int hold;
	size_t i;

	(void)state;
	for (hold = 1; hold <= 2; hold++) {
		r.more = hold == 1 ? ",\"hold_ns\":1" : ",\"hold_ns\":2";
		for (r.cpus = 1; r.cpus <= 4; r.cpus += 3) {
			add_curve(doc, r);
			r.cell += 5;
		}
	}
	doc_finish(doc, false);
	/* Over the CPUs there are two numbers only: no curve. */
	assert_int_equal(nr_curves(doc), 4);
	assert_string_equal(json_text(doc, "scaling.2.params.cpus"), "0-3");
	assert_string_equal(json_text(doc, "scaling.2.params.hold_ns"), "1");
	assert_string_equal(json_text(doc, "scaling.3.params.hold_ns"), "2");
	assert_near(number(doc, "scaling.2.points.1.n"), 4);
	assert_near(number(doc, "scaling.2.points.5.n"), 64);
	for (i = 1; i <= 4; i++) {
		char key[40];

		snprintf(key, sizeof(key), "scaling.%zu.points", i);
		assert_int_equal(json_length(json_array(doc, key)), 5);
	}
	json_object_put(doc);
}

static void the_model_of_collapse_is_fitted_over_cpus(void **state)
{
	static const struct model m = { 130, 4000, 200 };
	struct json_object *doc =
		document("\"cpus\":[\"0\",\"0-1\",\"0-3\",\"0-7\",\"0-15\"]");
	struct one r = ordinary;
	char *text;

	(void)state;
	r.lock = "ticket";
	for (r.cpus = 1; r.cpus <= 16; r.cpus *= 2) {
		r.rate = model_rate(&m, r.cpus);
		add(doc, &r);
		r.cell++;
	}
	doc_finish(doc, false);
	assert_int_equal(nr_curves(doc), 1);
	assert_true(number(doc, "scaling.1.bw.hold_ns.value") > 129);
	assert_true(number(doc, "scaling.1.bw.hold_ns.value") < 131);
	assert_true(number(doc, "scaling.1.bw.line_ns.value") > 199);
	assert_true(number(doc, "scaling.1.bw.line_ns.ci95.2") < 201);
	assert_near(number(doc, "scaling.1.bw.measured_line_ns"), 90);
	assert_near(number(doc, "scaling.1.bw.knee_cpus.value"),
		    model_knee(&m).cpus);
	assert_near(number(doc, "scaling.1.bw.think_ns"), 4000);
	text = printed(doc);
	assert_has(text,
		   "\nticket: fit of the model of collapse: hold 130 ns [");
	assert_has(text, ", cache line 200 ns [");
	assert_has(text, " (measured 90 ns)\n  think 4.00 us as given; knee ");
	free(text);
}

static void bad_runs_take_no_part(void **state)
{
	struct json_object *doc = document(OVER_THREADS);
	struct one r = ordinary;
	char *text;

	(void)state;
	add_curve(doc, r);
	/* A repeat that is not ok, and is another world. */
	r.verdict = "INVALID";
	r.rate = 5;
	add(doc, &r);
	doc_finish(doc, false);
	assert_near(number(doc, "scaling.1.usl.sigma.value"), 0.1);
	json_object_put(doc);

	doc = document(OVER_THREADS);
	for (r.per_cpu = 1; r.per_cpu <= 16; r.per_cpu *= 2) {
		r.verdict = r.per_cpu <= 4 ? "ok" : "FAILED";
		r.rate = law(r.per_cpu);
		add(doc, &r);
		r.cell++;
	}
	doc_finish(doc, false);
	assert_int_equal(json_length(json_array(doc, "scaling.1.points")), 3);
	text = printed(doc);
	assert_has(text,
		   "\nno fit of the law of scaling: 3 different numbers of threads "
		   "with a good run, at least 4 needed\n");
	assert_has_not(text, "A fit");
	free(text);
}

static void some_curves_are_not_fitted(void **state)
{
	static const struct {
		const char *times, *more, *text;
	} table[] = {
		{ "meaningless", "", "the CPU was emulated" },
		{ "ok", ",\"rate\":1000", "in an open loop" },
		{ "ok", ",\"phases\":\"1/2\"", "come and go" },
	};
	size_t i;

	(void)state;
	for (i = 0; i < N_OF(table); i++) {
		struct json_object *doc = document(OVER_THREADS);
		struct one r = ordinary;
		char *text;

		r.times = table[i].times;
		r.more = table[i].more;
		add_curve(doc, r);
		doc_finish(doc, false);
		assert_has(json_text(doc, "scaling.1.usl.none"), table[i].text);
		text = printed(doc);
		assert_has(text, table[i].text);
		assert_has_not(text, "sigma");
		free(text);
	}
}

static void without_a_sweep_there_is_no_curve(void **state)
{
	struct json_object *doc = document("");
	struct one r = ordinary;
	char *text;

	(void)state;
	add_curve(doc, r); /* of no axis of the plan */
	doc_finish(doc, false);
	assert_int_equal(nr_curves(doc), 0);
	text = printed(doc);
	assert_has_not(text, "Scaling");
	assert_has_not(text, "no fit");
	free(text);
}

static void a_knee_beyond_the_data_is_marked(void **state)
{
	struct json_object *doc = document(OVER_THREADS);
	struct one r = ordinary;
	char *text;

	(void)state;
	for (r.per_cpu = 1; r.per_cpu <= 8; r.per_cpu++) {
		r.rate = law(r.per_cpu);
		add(doc, &r);
		r.cell++;
	}
	doc_finish(doc, false);
	text = printed(doc);
	assert_has(text, "9.5* [9.5-9.5]");
	assert_has(text, "\n* beyond the threads of these runs");
	free(text);
}

/* From a file that somebody sent. */
static void damaged_documents_are_printed(void **state)
{
	static const char *const scaling[] = {
		"5",
		"[]",
		"[5,null,[],{}]",
		"[{\"lock\":7,\"points\":3,\"usl\":[]}]",
		"[{\"lock\":\"m\\u001b\",\"params\":[],\"points\":[1,{\"n\":\"x\"},null],"
		"\"usl\":{\"sigma\":1,\"kappa\":{\"value\":1e300,\"ci95\":[1]},"
		"\"knee\":{\"value\":-5,\"ci95\":{\"1\":2}}},\"bw\":{\"line_ns\":{\"value\":-1}}}]",
		"[{\"usl\":{\"none\":[1]},\"params\":{\"a\":{\"b\":1}},\"bw\":{\"none\":{}}}]",
		"[{\"usl\":{\"none\":null},\"bw\":{\"line_ns\":{\"value\":1e300,\"ci95\":[1,2]},"
		"\"hold_ns\":{\"value\":3},\"knee_cpus\":{\"value\":1e300,\"ci95\":[-1,1e308]}}}]",
	};
	size_t i;

	(void)state;
	for (i = 0; i < N_OF(scaling); i++) {
		struct json_object *doc = document(OVER_THREADS);
		struct one r = ordinary;
		char *text;

		add_curve(doc, r);
		doc_finish(doc, false);
		json_object_object_add(doc, "scaling",
				       json_tokener_parse(scaling[i]));
		text = printed(doc);
		assert_has(text, "mutex");
		assert_has_not(text, "\033");
		free(text);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_sweep_has_a_fit_per_lock),
		cmocka_unit_test(each_axis_has_its_curves),
		cmocka_unit_test(the_model_of_collapse_is_fitted_over_cpus),
		cmocka_unit_test(bad_runs_take_no_part),
		cmocka_unit_test(some_curves_are_not_fitted),
		cmocka_unit_test(without_a_sweep_there_is_no_curve),
		cmocka_unit_test(a_knee_beyond_the_data_is_marked),
		cmocka_unit_test(damaged_documents_are_printed),
	};

	return cmocka_run_group_tests_name("scaling", tests, NULL, NULL);
}
