// SPDX-License-Identifier: GPL-2.0
/* checks*.c, out_checks.c: the certificate of a document. */
#include <stdio.h>
#include <stdlib.h>

#include "result/checks.h"
#include "table/out.h"
#include "tests/json.h"

#define GOOD_ENV                                                      \
	"'online_cpus':'0-7','governor':'performance','turbo':false," \
	"'smt':true,'smt_siblings':['0,4','1,5','2,6','3,7'],"        \
	"'numa_nodes':'0-1','numa_balancing':false,'load_average':0.4"

#define GOOD_RUN                                                         \
	"'run':1,'lock':'a','verdict':'ok','cell':0,"                    \
	"'params':{'cpus':'0-3','warmup_ms':10,'measure':'full'},"       \
	"'totals':{'window_ns':1000000000},'certificate':{"              \
	"'start_skew_ns':60000,'end_skew_ns':50000,'overlap':0.99,"      \
	"'late_threads':0,'left_cpu':0,'violations':0,'lost_updates':0," \
	"'stream_errors':0,'stream_digest':'01','clock_cost_ns':20,"     \
	"'none_ns':2100,'nominal_ns':2000,'stopped':0,'cpu_lost':0,"     \
	"'debug':'none','hypervisor':'none','times':'ok',"               \
	"'other_ns':1000000,'steal_ns':0}"

/* A good machine with two good runs, of which one value is replaced. */
static struct json_object *doc_with(const char *where, const char *key,
				    const char *value)
{
	struct json_object *doc = json_of("{'environment':{" GOOD_ENV
					  "},'runs':[{" GOOD_RUN "},{" GOOD_RUN
					  "}]}");
	struct json_object *obj = NULL;

	if (where) {
		assert_true(json_find(doc, where, &obj));
		json_set(obj, key, json_of(value));
	}
	return doc;
}

static struct json_object *line_of(struct json_object *list, const char *name)
{
	struct json_object *line;
	size_t i;

	json_for_each(i, line, list)
		if (json_is(line, "name", name))
			return line;
	return NULL;
}

/* The certificate, which goes with the document. */
static struct json_object *judged(struct json_object *doc)
{
	struct json_object *list = checks_make(doc);

	json_object_object_add(doc, "checks", list);
	return list;
}

static void check_verdict(struct json_object *list, const char *name,
			  const char *verdict)
{
	struct json_object *line = line_of(list, name);

	if (!json_is(line, "verdict", verdict))
		fail_msg("%s is not %s: %s", name, verdict,
			 json_object_get_string(line));
}

static void a_good_document_has_only_good_lines(void **state)
{
	static const char *const names[] = {
		"verdict",	 "violations",	   "lost_updates",
		"overlap",	 "late_threads",   "left_cpu",
		"start_skew_ns", "end_skew_ns",	   "clock_cost",
		"harness",	 "other_load",	   "steal_load",
		"stream_digest", "debug",	   "hypervisor",
		"times",	 "governor",	   "turbo",
		"smt",		 "numa_balancing", "isolated_cpus",
		"nohz_full",	 "load_average",   "stream_errors",
		"stopped",	 "cpu_lost",	   "parameters"
	};
	struct json_object *doc = doc_with(NULL, NULL, NULL);
	struct json_object *list = judged(doc);
	struct json_object *line, *unused;
	size_t i;

	(void)state;
	assert_int_equal(json_length(list), N_OF(names));
	for (i = 0; i < N_OF(names); i++) {
		check_verdict(list, names[i], "ok");
		line = line_of(list, names[i]);
		assert_false(json_find(line, "why", &unused));
		assert_true(json_find(line, "value", &unused));
	}
	json_object_put(doc);
}

/*
 * A group that strict priority keeps from its CPU is no fault of the warm-up; on
 * Linux's scheduler, which starves no nice value, it is.
 */
static void starved_groups_are_not_told_to_warm_up(void **state)
{
	static const char *const names[] = { "overlap", "late_threads",
					     "start_skew_ns" };
	static const char *const values[] = { "0.5", "1", "900000000" };
	struct json_object *doc, *list, *line, *obj = NULL;
	size_t i, lwkt;

	(void)state;
	for (i = 0; i < 3; i++)
		for (lwkt = 0; lwkt < 2; lwkt++) {
			doc = doc_with("runs.1.certificate", names[i],
				       values[i]);
			assert_true(json_find(doc, "runs.1.params", &obj));
			json_set(obj, "groups", json_of("'nice=-10/nice=10'"));
			assert_true(json_find(doc, "runs.1.totals", &obj));
			if (lwkt)
				json_set(obj, "switches", json_of("5"));
			list = judged(doc);
			line = line_of(list, names[i]);
			assert_non_null(line);
			assert_int_equal(!!strstr(json_text_or(line, "why", ""),
						  "higher priorities first"),
					 lwkt);
			assert_int_equal(!!strstr(json_text_or(line, "todo",
							       ""),
						  "--warmup"),
					 !lwkt);
			json_object_put(doc);
		}
}

/* One thing is wrong: its line says so, and all others stay good. */
static void each_fault_has_its_line(void **state)
{
	static const struct {
		const char *where, *key, *value;
		const char *name, *verdict, *why;
	} faults[] = {
		{ "runs.2.certificate", "violations", "3", "violations",
		  "FAILED", "in the section at once (run 1 of a)" },
		{ "runs.2.certificate", "lost_updates", "1", "lost_updates",
		  "FAILED", "lost" },
		{ "runs.2.certificate", "stream_errors", "1", "stream_errors",
		  "FAILED", "other operations" },
		{ "runs.2.certificate", "stream_digest", "'02'",
		  "stream_digest", "FAILED", "different operations" },
		{ "runs.1.certificate", "overlap", "0.94", "overlap", "INVALID",
		  "long enough" },
		{ "runs.1.certificate", "late_threads", "2", "late_threads",
		  "INVALID", "began after" },
		{ "runs.1.certificate", "left_cpu", "1", "left_cpu", "INVALID",
		  "another CPU" },
		{ "runs.1.certificate", "stopped", "1", "stopped", "INVALID",
		  "stopped" },
		{ "runs.1.certificate", "cpu_lost", "1", "cpu_lost", "INVALID",
		  "offline" },
		{ "runs.1", "verdict", "'INVALID'", "verdict", "INVALID",
		  "say nothing" },
		{ "runs.1", "verdict", "'FAILED'", "verdict", "FAILED",
		  "wrong" },
		{ "runs.1.certificate", "start_skew_ns", "56000000",
		  "start_skew_ns", "warning", "began long after" },
		{ "runs.1.certificate", "end_skew_ns", "51000000",
		  "end_skew_ns", "warning", "left long after" },
		{ "runs.1.certificate", "clock_cost_ns", "40", "clock_cost",
		  "warning", "clock" },
		{ "runs.1.certificate", "none_ns", "2300", "harness", "warning",
		  "loop" },
		{ "runs.1.certificate", "other_ns", "41000000", "other_load",
		  "warning", "other tasks" },
		{ "runs.1.certificate", "steal_ns", "41000000", "steal_load",
		  "warning", "host" },
		{ "runs.1.certificate", "debug", "'lockdep'", "debug",
		  "warning", "options" },
		{ "runs.1.certificate", "hypervisor", "'kvm'", "hypervisor",
		  "warning", "virtual" },
		{ "runs.1.certificate", "hypervisor", "'uml'", "hypervisor",
		  "warning", "more instructions than natively" },
		{ "runs.1.certificate", "hypervisor", "'uml'", "hypervisor",
		  "warning", "no thread is preempted" },
		{ "environment", "governor", "'powersave'", "governor",
		  "warning", "clock rate" },
		{ "environment", "governor", "'mixed'", "governor", "warning",
		  "clock rate" },
		{ "environment", "turbo", "true", "turbo", "warning", "busy" },
		{ "environment", "smt_siblings", "['4,5','2-3']", "smt",
		  "warning", "CPUs 2-3 share" },
		{ "environment", "numa_balancing", "true", "numa_balancing",
		  "warning", "pages" },
		{ "environment", "isolated_cpus", "'2-7'", "isolated_cpus",
		  "warning", "some are not" },
		{ "environment", "nohz_full", "'3'", "nohz_full", "warning",
		  "some are not" },
	};
	size_t i, j;

	(void)state;
	for (i = 0; i < N_OF(faults); i++) {
		struct json_object *doc = doc_with(faults[i].where,
						   faults[i].key,
						   faults[i].value);
		struct json_object *list = judged(doc);
		struct json_object *line = line_of(list, faults[i].name);
		struct json_object *other;

		check_verdict(list, faults[i].name, faults[i].verdict);
		assert_has(json_text_or(line, "why", ""), faults[i].why);
		json_for_each(j, other, list)
			if (other != line)
				check_verdict(list, json_text(other, "name"),
					      "ok");
		json_object_put(doc);
	}
}

/* What would be a fault is none here. */
static void what_does_not_matter_is_good(void **state)
{
	static const struct {
		const char *where, *key, *value, *name;
	} harmless[] = {
		{ "environment", "numa_nodes", "'0'", "numa_balancing" },
		{ "environment", "isolated_cpus", "'0-3'", "isolated_cpus" },
		{ "environment", "isolated_cpus", "'4-7'", "isolated_cpus" },
		{ "environment", "load_average", "7.5", "load_average" },
		{ "environment", "governors",
		  "{'performance':'0-3','powersave':'4-7'}", "governor" },
	};
	size_t i;

	(void)state;
	for (i = 0; i < N_OF(harmless); i++) {
		struct json_object *doc = doc_with(harmless[i].where,
						   harmless[i].key,
						   harmless[i].value);
		struct json_object *env = json_object_at(doc, "environment");

		if (!strcmp(harmless[i].name, "numa_balancing"))
			json_add_bool(env, "numa_balancing", true);
		if (!strcmp(harmless[i].name, "governor"))
			json_add_text(env, "governor", "mixed");
		check_verdict(judged(doc), harmless[i].name, "ok");
		json_object_put(doc);
	}
}

static void the_worst_run_is_named(void **state)
{
	struct json_object *doc =
		doc_with("runs.1.certificate", "left_cpu", "1");
	struct json_object *run, *list;

	(void)state;
	json_find(doc, "runs.2", &run);
	json_set(run, "certificate.left_cpu", json_of("5"));
	json_set(run, "run", json_of("12"));
	list = judged(doc);
	assert_has(json_text(line_of(list, "left_cpu"), "why"),
		   "(run 12 of a and 1 other)");
	assert_string_equal(json_text(line_of(list, "left_cpu"), "value"), "5");
	json_set(run, "params.overlap_min_pct", json_of("100"));
	list = judged(doc);
	assert_has(json_text(line_of(list, "overlap"), "why"), "run 12");
	json_object_put(doc);
}

static void under_emulation_no_time_is_judged(void **state)
{
	struct json_object *doc =
		doc_with("runs.1.certificate", "times", "'meaningless'");
	struct json_object *list, *run;

	(void)state;
	json_find(doc, "runs.2.certificate", &run);
	json_set(run, "violations", json_of("1"));
	list = judged(doc);
	assert_null(line_of(list, "clock_cost"));
	assert_null(line_of(list, "overlap"));
	check_verdict(list, "times", "warning");
	check_verdict(list, "violations", "FAILED");
	json_object_put(doc);
}

/* Nothing is known: nothing is said, whatever is in the places. */
static void what_is_unknown_has_no_line(void **state)
{
	static const char *const docs[] = {
		"{}",
		"{'environment':[],'runs':{}}",
		"{'environment':{'governor':null,'load_average':'x'},'runs':[]}",
	};
	struct json_object *doc, *list;
	size_t i;

	(void)state;
	for (i = 0; i < N_OF(docs); i++) {
		doc = json_of(docs[i]);
		list = judged(doc);
		assert_int_equal(json_length(list), 0);
		json_object_put(doc);
	}
	doc = json_of("{'runs':[7,null,{'certificate':[],'params':3}]}");
	list = judged(doc);
	check_verdict(list, "verdict", "FAILED");
	assert_null(line_of(list, "overlap"));
	json_object_put(doc);
}

static char *printed(struct json_object *doc,
		     void (*print)(FILE *f, struct json_object *doc))
{
	char *text = NULL;
	size_t len = 0;
	FILE *f = open_memstream(&text, &len);

	print(f, doc);
	fclose(f);
	return text;
}

static void only_what_is_wrong_is_printed_and_wrapped(void **state)
{
	struct json_object *doc = doc_with("environment", "turbo", "true");
	char *text, *p;

	(void)state;
	json_set(doc, "checks", checks_make(doc));
	text = printed(doc, out_checks);
	assert_has(text, "certificate: warning: turbo on: the more CPUs");
	assert_has(text, "; type: echo 0");
	assert_has_not(text, "overlap");
	for (p = text; *p; p += strcspn(p, "\n") + 1)
		assert_in_range(strcspn(p, "\n"), 1, 100);
	free(text);
	text = printed(doc, out_all_checks);
	assert_has(text, "  overlap          ok       99.0%\n");
	assert_has(text, "  turbo            warning  on\n    the more");
	free(text);
	json_set(doc, "checks",
		 json_of("[3,null,{'name':null,'why':'\\u001b  x'}]"));
	text = printed(doc, out_checks);
	assert_has(text, "certificate: ?: ? ?: ? x\n");
	free(text);
	json_object_object_del(doc, "checks");
	text = printed(doc, out_checks);
	assert_string_equal(text, "");
	free(text);
	json_object_put(doc);
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_good_document_has_only_good_lines),
		cmocka_unit_test(each_fault_has_its_line),
		cmocka_unit_test(starved_groups_are_not_told_to_warm_up),
		cmocka_unit_test(what_does_not_matter_is_good),
		cmocka_unit_test(the_worst_run_is_named),
		cmocka_unit_test(under_emulation_no_time_is_judged),
		cmocka_unit_test(what_is_unknown_has_no_line),
		cmocka_unit_test(only_what_is_wrong_is_printed_and_wrapped),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
