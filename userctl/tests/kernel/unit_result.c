// SPDX-License-Identifier: GPL-2.0
/* result.c, keys.c, json.c, tsv.c, variants.c: text of the module. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/json.h"
#include "base/tsv.h"
#include "kernel/keys.h"
#include "kernel/result.h"
#include "kernel/variants.h"
#include "tests/unit.h"

#define HEAD "schema 1\nrun 7\nlock mutex\nflags blocks,ordered\nverdict ok\n"
#define HIST "name\tlower_ns\tupper_ns\tcount\n"

static struct json_object *parse(const char *summary, const char *threads,
				 const char *hist)
{
	struct msg m = { "" };
	struct json_object *run = result_parse(summary, threads, hist, &m);

	if (!run)
		fail_msg("%s", m.text);
	return run;
}

static void assert_type(struct json_object *run, const char *key,
			enum json_type type, const char *text)
{
	struct json_object *o;

	if (!json_find(run, key, &o))
		fail_msg("no %s", key);
	if (!json_object_is_type(o, type))
		fail_msg("%s is a %s", key,
			 json_type_to_name(json_object_get_type(o)));
	assert_string_equal(json_object_get_string(o), text);
}

static void assert_length(struct json_object *run, const char *key,
			  size_t wanted)
{
	struct json_object *list = json_array(run, key);

	if (!list || json_length(list) != wanted)
		fail_msg("%s: %s", key, json_object_get_string(list));
}

static void values_have_types(void **state)
{
	struct json_object *run = parse(HEAD
					"totals.ops 123\n"
					"totals.negative -5\n"
					"totals.big 18446744073709551615\n"
					"totals.bigger 18446744073709551616\n"
					"totals.zeros 007\n"
					"totals.zero 0\n"
					"totals.share 0.9987\n"
					"totals.long 0.30000000000000000001\n"
					"totals.dotless 5.\n"
					"totals.words two words\n"
					"totals.empty\040\n"
					"totals.none\n"
					"params.cpus 0\n"
					"params.hold_ns 0\n"
					"params.token.ipi_max 4\n"
					"params.token.collisions off\n"
					"certificate.kernel 6.1\n"
					"certificate.overlap 1.0\n",
					"", "");

	(void)state;
	assert_type(run, "run", json_type_int, "7");
	assert_type(run, "totals.ops", json_type_int, "123");
	assert_type(run, "totals.negative", json_type_int, "-5");
	assert_type(run, "totals.big", json_type_int, "18446744073709551615");
	assert_type(run, "totals.bigger", json_type_string,
		    "18446744073709551616");
	assert_type(run, "totals.zeros", json_type_string, "007");
	assert_type(run, "totals.zero", json_type_int, "0");
	assert_type(run, "totals.share", json_type_double, "0.9987");
	assert_type(run, "totals.long", json_type_double,
		    "0.30000000000000000001");
	assert_type(run, "totals.dotless", json_type_string, "5.");
	assert_type(run, "totals.words", json_type_string, "two words");
	assert_type(run, "totals.empty", json_type_string, "");
	assert_type(run, "totals.none", json_type_string, "");
	/* Text by meaning, although it looks like a number. */
	assert_type(run, "params.cpus", json_type_string, "0");
	assert_type(run, "params.hold_ns", json_type_int, "0");
	assert_type(run, "params.token.ipi_max", json_type_int, "4");
	assert_type(run, "params.token.collisions", json_type_string, "off");
	assert_type(run, "params.token", json_type_object,
		    "{ \"ipi_max\": 4, \"collisions\": \"off\" }");
	assert_type(run, "certificate.kernel", json_type_string, "6.1");
	assert_type(run, "certificate.overlap", json_type_double, "1.0");
	json_object_put(run);
}

static void parts_keep_the_documented_order(void **state)
{
	static const char *const order[] = { "lock",	    "run",    "verdict",
					     "reasons",	    "flags",  "params",
					     "certificate", "totals", "latency",
					     "threads" };
	struct json_object *run =
		parse("totals.ops 1\nverdict ok\nlock x\nrun 1\n", "", "");
	size_t i = 0;

	(void)state;
	json_object_object_foreach(run, key, val)
	{
		(void)val;
		assert_true(i < N_OF(order));
		assert_string_equal(key, order[i++]);
	}
	assert_int_equal(i, N_OF(order));
	json_object_put(run);
}

static void lists_are_arrays(void **state)
{
	struct json_object *run =
		parse(HEAD "reason one\nreason two words\n", "", "");

	(void)state;
	assert_length(run, "reasons", 2);
	assert_type(run, "reasons.2", json_type_string, "two words");
	assert_length(run, "flags", 2);
	assert_type(run, "flags.2", json_type_string, "ordered");
	json_object_put(run);

	run = parse("run 1\nlock x\nverdict ok\nflags -\n", "", "");
	assert_length(run, "flags", 0);
	json_object_put(run);
}

static void numbered_sections_are_arrays(void **state)
{
	struct json_object *run = parse(HEAD "groups.1.ops 10\n"
					     "groups.1.ops_share 0.25\n"
					     "groups.2.ops 30\n"
					     "groups.2.ops_share 0.75\n"
					     "phases.1.threads_per_cpu 4\n"
					     "certificate.stream_digest 12\n",
					"", "");
	struct json_object *o;

	(void)state;
	assert_length(run, "groups", 2);
	assert_type(run, "groups.1.ops", json_type_int, "10");
	assert_type(run, "groups.2.ops_share", json_type_double, "0.75");
	assert_type(run, "phases.1.threads_per_cpu", json_type_int, "4");
	assert_false(json_find(run, "groups.0", &o));
	assert_false(json_find(run, "groups.3", &o));
	assert_false(json_find(run, "groups.1x.ops", &o));
	/* A name, also where it is all digits. */
	assert_type(run, "certificate.stream_digest", json_type_string, "12");
	json_object_put(run);
	run = parse(HEAD, "", "");
	assert_false(json_find(run, "groups", &o));
	assert_false(json_find(run, "phases", &o));
	json_object_put(run);
}

static void tables_become_objects(void **state)
{
	struct json_object *run =
		parse(HEAD "latency.acquire_ns.p50 1015\n",
		      "thread\trole\tops\tnew_field\n"
		      "0\tworker\t5\t0.5\n"
		      "1\tbystander\t6\t0.25\n",
		      HIST "acquire_ns\t1000\t1032\t3\n"
			   "acquire_ns\t1032\t18446744073709551615\t1\n"
			   "hold_ns\t0\t1\t2\n");

	(void)state;
	assert_length(run, "threads", 2);
	assert_type(run, "threads.2.role", json_type_string, "bystander");
	assert_type(run, "threads.2.ops", json_type_int, "6");
	assert_type(run, "threads.2.new_field", json_type_double, "0.25");
	assert_type(run, "latency.acquire_ns.p50", json_type_int, "1015");
	assert_length(run, "latency.acquire_ns.buckets", 2);
	assert_type(run, "latency.acquire_ns.buckets.2", json_type_array,
		    "[ 1032, 18446744073709551615, 1 ]");
	assert_length(run, "latency.hold_ns.buckets", 1);
	json_object_put(run);
}

static void damage_is_reported(void **state)
{
	static const struct {
		const char *summary, *threads, *hist, *says;
	} table[] = {
		{ "run 1\nlock x\n", "", "",
		  "results/summary: it has no key 'verdict'" },
		{ "lock x\nverdict ok\n", "", "", "no key 'run'" },
		{ "garbage", "", "", "no key 'run'" },
		{ HEAD "run 8\n", "", "", "'run' is there twice" },
		{ HEAD "a.b 1\na.b 2\n", "", "", "'a.b' is there twice" },
		{ HEAD "a 1\na.b 2\n", "", "",
		  "'a.b' is there twice or out of order, or is a value and a section" },
		{ HEAD "a.b 1\na 2\n", "", "", "'a' is there twice or" },
		{ HEAD "totals 2\n", "", "", "'totals' is there twice or" },
		{ HEAD "reasons.x 2\n", "", "", "'reasons.x'" },
		{ HEAD "a. 2\n", "", "", "'a.'" },
		{ HEAD "groups.0.ops 1\n", "", "", "'groups.0.ops'" },
		{ HEAD "groups.2.ops 1\n", "", "", "out of order" },
		{ HEAD "groups.1.ops 1\ngroups.1.ops 2\n", "", "",
		  "'groups.1.ops' is there twice" },
		{ HEAD "groups.1 2\n", "", "", "'groups.1'" },
		{ HEAD "groups.-1.ops 2\n", "", "", "'groups.-1.ops'" },
		{ HEAD "groups.x.ops 2\n", "", "", "'groups.x.ops'" },
		{ HEAD "phases.1.a.b 2\n", "", "", "'phases.1.a.b'" },
		{ HEAD "phases 2\n", "", "", "'phases'" },
		{ "schema 2\n" HEAD, "", "",
		  "schema '2', this tokctl reads schema 1" },
		{ HEAD, "thread\tops\n0\n", "",
		  "results/threads: line 2 has 1 fields, the header has 2" },
		{ HEAD, "thread\tops\n0\t1\t2\n", "", "line 2 has 3 fields" },
		{ HEAD, "ops\tops\n", "", "column 'ops' twice" },
		{ HEAD, "", HIST "acquire_ns\t1\t2\n",
		  "results/histogram: line 2 has 3 fields" },
		{ HEAD, "", HIST "acquire_ns\t1\t-2\t3\n",
		  "line 2 is not a bucket" },
		{ HEAD, "", HIST "acquire_ns\t1\t\t3\n",
		  "line 2 is not a bucket" },
		{ HEAD, "", "name\tcount\na\t1\n",
		  "columns name, lower_ns, upper_ns, count" },
	};
	size_t i;

	(void)state;
	for (i = 0; i < N_OF(table); i++) {
		struct msg m = { "" };
		struct json_object *run = result_parse(table[i].summary,
						       table[i].threads,
						       table[i].hist, &m);

		if (run)
			fail_msg("case %zu was accepted", i);
		assert_has(m.text, table[i].says);
	}
}

static void keys_of_the_header_are_known(void **state)
{
	static const char *const known[] = { "state",
					     "verdict",
					     "totals",
					     "totals.ops",
					     "totals.jain_ops",
					     "totals.scan_ns",
					     "totals.tokens_undone",
					     "params.hold_ns",
					     "params.token",
					     "params.token.ipi_max",
					     "certificate.overlap",
					     "latency",
					     "latency.acquire_ns",
					     "latency.acquire_ns.p99",
					     "latency.hold_ns.buckets",
					     "latency.response_ns.p99",
					     "totals.restarts",
					     "totals.fail_index",
					     "groups",
					     "groups.4",
					     "groups.1.ops_share",
					     "phases.16.ops",
					     "threads" };
	static const char *const unknown[] = { "",
					       "ops",
					       "totals.no_such",
					       "totals.",
					       "totals.ops.x",
					       "total",
					       "latency.p99",
					       "latency.acquire_ns.p98",
					       "latency.acquire_ns.",
					       "verdict.x",
					       "state.run",
					       "params.hold-ns",
					       "params.ipi_max",
					       "params.token.",
					       "params.token.hold_ns",
					       "params.token.spin.x",
					       "token.spin",
					       "groups.5",
					       "groups.0.ops",
					       "groups.1.",
					       "groups.1.window_ns",
					       "groups.ops",
					       "phases.17.ops" };
	size_t i;

	(void)state;
	for (i = 0; i < N_OF(known); i++)
		if (!keys_known(known[i]))
			fail_msg("'%s' is not known", known[i]);
	for (i = 0; i < N_OF(unknown); i++)
		if (keys_known(unknown[i]))
			fail_msg("'%s' is known", unknown[i]);
}

static void paths_survive_any_document(void **state)
{
	static const char text[] =
		"{\"a\":{\"b\":3,\"big\":18446744073709551615,\"t\":\"5\",\"1\":\"one\","
		"\"/~\":\"marks\"},\"l\":[1],\"m\":[0,{\"x\":\"y\"}],\"n\":null}";
	static const char *const no_element[] = {
		"l.0", "l.2", "l.", "l.-1", "l.1x", "l.18446744073709551617",
	};
	struct json_object *doc = json_tokener_parse(text);
	struct json_object *o;
	char longer[200];
	double v = -1;
	size_t i;

	(void)state;
	memset(longer, 'x', sizeof(longer) - 1);
	longer[sizeof(longer) - 1] = '\0';
	assert_true(json_number(doc, "a.b", &v));
	assert_true(v == 3);
	assert_true(json_number(doc, "a.big", &v));
	assert_true(v > 1.8e19);
	assert_false(json_number(doc, "a.t", &v));
	assert_false(json_number(doc, "l", &v));
	assert_false(json_number(doc, "n", &v));
	assert_false(json_find(doc, "a.b.c", &o));
	assert_false(json_find(doc, "l.x", &o));
	assert_false(json_find(doc, "n.x", &o));
	assert_false(json_find(doc, "", &o));
	assert_false(json_find(doc, longer, &o));
	assert_false(json_find(NULL, "a", &o));
	assert_null(o);
	assert_null(json_text(doc, "missing"));
	/* Elements count from 1. */
	assert_true(json_number(doc, "l.1", &v));
	assert_true(v == 1);
	assert_string_equal(json_text(doc, "m.2.x"), "y");
	for (i = 0; i < N_OF(no_element); i++)
		if (json_find(doc, no_element[i], &o))
			fail_msg("%s is there", no_element[i]);
	/* A number is a name like others, and so are the marks of pointers. */
	assert_string_equal(json_text(doc, "a.1"), "one");
	assert_string_equal(json_text(doc, "a./~"), "marks");
	assert_true(json_find(doc, "n", &o));
	assert_null(o);
	memcpy(longer + sizeof(longer) - 3, ".x", 2);
	assert_false(json_find(doc, longer, &o));
	json_object_put(doc);
	o = json_double(0.1);
	assert_string_equal(json_object_get_string(o), "0.1");
	json_object_put(o);
}

static void variants_are_read_by_column_name(void **state)
{
	char text[] =
		"flags\tname\tmax_set\tnew\tdoc\nblocks,lwkt\tone\t1\t-\tfirst lock\n"
		"-\ttwo\t800\t-\tsecond\n";
	char bad[] = "name\tdoc\none\tx\n";
	char odd[] = "name\tflags\tmax_set\tdoc\none\t-\t0\tx\n";
	struct variants vs;
	struct msg m = { "" };
	char *names;

	(void)state;
	assert_true(variants_parse(&vs, text, &m));
	assert_int_equal(vs.n, 2);
	assert_string_equal(variants_find(&vs, "one")->doc, "first lock");
	assert_null(variants_find(&vs, "on"));
	assert_true(variants_has_flag(&vs.v[0], "blocks"));
	assert_true(variants_has_flag(&vs.v[0], "lwkt"));
	assert_false(variants_has_flag(&vs.v[0], "block"));
	assert_false(variants_has_flag(&vs.v[0], "kt"));
	assert_false(variants_has_flag(&vs.v[1], "blocks"));
	assert_int_equal(vs.v[0].max_set, 1);
	assert_int_equal(vs.v[1].max_set, 800);
	names = variants_names(&vs);
	assert_string_equal(names, "one, two");
	free(names);
	variants_free(&vs);
	assert_false(variants_parse(&vs, bad, &m));
	assert_has(m.text, "columns name, flags, max_set, doc");
	variants_free(&vs);
	assert_false(variants_parse(&vs, odd, &m));
	assert_has(m.text, "line 2: max_set: '0' is out of range");
	variants_free(&vs);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(values_have_types),
		cmocka_unit_test(parts_keep_the_documented_order),
		cmocka_unit_test(lists_are_arrays),
		cmocka_unit_test(numbered_sections_are_arrays),
		cmocka_unit_test(tables_become_objects),
		cmocka_unit_test(damage_is_reported),
		cmocka_unit_test(keys_of_the_header_are_known),
		cmocka_unit_test(paths_survive_any_document),
		cmocka_unit_test(variants_are_read_by_column_name),
	};

	return cmocka_run_group_tests_name("result", tests, NULL, NULL);
}
