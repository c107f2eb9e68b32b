// SPDX-License-Identifier: GPL-2.0
/* out*.c, units.c: what a reader gets to see. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/json.h"
#include "base/units.h"
#include "table/out.h"
#include "tests/unit.h"

static const char document[] =
	"{\"schema\":1,\"title\":\"A \\u001b[31mtitle\",\"interrupted\":false,"
	"\"plan\":{\"runs\":3,\"axes\":{\"locks\":[]}},"
	"\"runs\":[{\"lock\":\"m\\\"x\",\"run\":4,\"repeat\":1,\"cell\":0,\"verdict\":\"INVALID\","
	"\"reasons\":[\"a, b\",\"line\\nbreak\"],\"flags\":[\"blocks\",\"lwkt\"],"
	"\"params\":{\"locks\":2,\"cpus\":\"0-1,3\"},\"certificate\":{\"times\":\"%s\"},"
	"\"totals\":{\"ops\":10,\"only_here\":5},"
	"\"latency\":{\"acquire_ns\":{\"p50\":7,\"buckets\":[[0,1,5],[1,2,6]]}},"
	"\"threads\":[{\"thread\":0,\"ops\":10}]},"
	"{\"lock\":\"b\",\"run\":5,\"verdict\":\"ok\",\"totals\":{\"ops\":11,\"other\":6}}],"
	"\"summary\":[{\"lock\":\"m\",\"params\":{\"locks\":2},\"verdict\":\"INVALID\",\"runs\":3,"
	"\"ok\":2,\"times\":\"%s\",\"throughput\":{\"median\":1500000,\"min\":1,\"max\":2e6},"
	"\"of_ideal\":{\"median\":0.5},\"jain_ops\":{\"median\":0.5},"
	"\"latency\":{\"acquire_ns\":{\"p50\":1500,\"p99\":2000000,\"max\":3e9}}},"
	"{\"lock\":\"b\",\"params\":{\"locks\":8},\"verdict\":\"ok\",\"runs\":3,\"ok\":3,"
	"\"times\":\"%s\",\"failed_per_op\":{\"median\":12.5}}]}";

static struct json_object *make(const char *times)
{
	char text[4000];
	struct json_object *doc;

	snprintf(text, sizeof(text), document, times, times, times);
	doc = json_tokener_parse(text);
	assert_non_null(doc);
	return doc;
}

static char *print(struct json_object *doc, enum out_format format)
{
	char *text = NULL;
	size_t len = 0;
	FILE *f = open_memstream(&text, &len);

	out_print(f, doc, format, &(struct out_view){ .ledger = false });
	fclose(f);
	return text;
}

/* The n-th line, from 0, of a text. */
static char *line_of(const char *text, size_t n)
{
	while (n--)
		text = strchr(text, '\n') + 1;
	return strndup(text, strcspn(text, "\n"));
}

static void csv_has_a_line_per_run_and_key(void **state)
{
	struct json_object *doc = make("ok");
	char *text = print(doc, OUT_CSV_LONG);
	char *line = line_of(text, 0);

	(void)state;
	assert_string_equal(line,
			    "cell,repeat,run,lock,verdict,locks,key,value");
	free(line);
	assert_has(text, "\n0,1,4,\"m\"\"x\",INVALID,2,reasons.1,\"a, b\"\n");
	/* A reason with a newline makes this two lines of one record. */
	assert_has(text, ",reasons.2,\"line\nbreak\"\n");
	assert_has(text, ",flags.2,lwkt\n");
	assert_has(text, ",params.cpus,\"0-1,3\"\n");
	assert_has(text, ",latency.acquire_ns.p50,7\n");
	assert_has(text, ",threads.1.thread,0\n");
	assert_has_not(text, "buckets");
	/* What a run does not have is an empty field, or no line. */
	assert_has(text, "\n,,5,b,ok,,totals.other,6\n");
	assert_has_not(text, "b,ok,,totals.only_here");
	free(text);
	json_object_put(doc);
}

static void csv_has_a_line_per_run(void **state)
{
	struct json_object *doc = make("ok");
	char *text = print(doc, OUT_CSV);
	char *line = line_of(text, 0);

	(void)state;
	assert_has(line, "cell,repeat,run,lock,verdict,locks,reasons.1,");
	assert_has(line, ",totals.only_here,");
	assert_has_not(text, "threads");
	assert_has_not(text, "buckets");
	free(line);
	/* A reason with a newline makes two lines of one record. */
	assert_has(text,
		   "\n0,1,4,\"m\"\"x\",INVALID,2,\"a, b\",\"line\nbreak\",");
	/* What a run does not have is an empty field; it has one for each title. */
	assert_has(text, "\n,,5,b,ok,,,,");
	line = strrchr(text, 'b') - 1;
	assert_string_equal(line, ",b,ok,,,,,,,,,11,,,6\n");
	free(text);
	json_object_put(doc);
}

static void markdown_is_a_table(void **state)
{
	struct json_object *doc = make("ok");
	char *text = print(doc, OUT_MD);

	(void)state;
	assert_has(text, "\n\n| locks | lock |");
	assert_has(text, "\n|---:|---|---:|");
	assert_has(text, "|\n\n");
	assert_has(text, "```text\nINVALID");
	json_set(json_object_array_get_idx(json_array(doc, "summary"), 0),
		 "lock", json_object_new_string("a|b\nc"));
	free(text);
	text = print(doc, OUT_MD);
	assert_has(text, "| a\\|b?c |");
	free(text);
	json_object_put(doc);
}

static void columns_and_order_as_asked_for(void **state)
{
	struct json_object *doc = make("ok");
	char *text = NULL;
	size_t len = 0;
	FILE *f = open_memstream(&text, &len);
	char *line;

	(void)state;
	out_print(f, doc, OUT_TABLE,
		  &(struct out_view){ .columns = "failed,ops",
				      .sort = "lock" });
	fclose(f);
	line = strstr(text, "locks  lock");
	assert_non_null(line);
	assert_memory_equal(line, "locks  lock  failed/op  ops/s  verdict\n",
			    39);
	assert_true(strstr(line, " b ") < strstr(line, " m "));
	free(text);
	f = open_memstream(&text, &len);
	out_print(f, doc, OUT_TABLE, &(struct out_view){ .sort = "-lock" });
	fclose(f);
	assert_true(strstr(text, " m  ") < strstr(text, " b  "));
	free(text);
	json_object_put(doc);
}

static void csv_of_a_damaged_document(void **state)
{
	static const char damaged[] =
		"{\"plan\":{\"axes\":[]},\"runs\":[null,7,{\"lock\":[1],\"params\":3,"
		"\"totals\":{\"\":{\"a\":[[],[{}]]}},\"threads\":[null,{\"x\":null}]}]}";
	struct json_object *doc = json_tokener_parse(damaged);
	char *text = print(doc, OUT_CSV_LONG);

	(void)state;
	assert_has(text, "cell,repeat,run,lock,verdict,key,value\n");
	assert_has(text, ",,,[ 1 ],,params,3\n");
	assert_has(text, ",threads.2.x,\n");
	free(text);
	text = print(doc, OUT_CSV);
	assert_string_equal(text, "cell,repeat,run,lock,verdict,params\n"
				  ",,,,,\n,,,,,\n,,,[ 1 ],,3\n");
	free(text);
	json_object_put(doc);
}

static void json_reads_back_the_same(void **state)
{
	struct json_object *doc = make("ok");
	char *text = print(doc, OUT_JSON);
	struct json_object *again = json_tokener_parse(text);

	(void)state;
	assert_non_null(again);
	assert_true(json_object_equal(doc, again));
	assert_has(text, "[0,1,5]");
	assert_has(text, "{\"thread\":0,\"ops\":10}");
	json_object_put(again);
	free(text);
	json_object_put(doc);
}

static void table_marks_what_is_not_ok(void **state)
{
	struct json_object *doc = make("ok");
	char *text = print(doc, OUT_TABLE);

	(void)state;
	assert_has(text, "A ?[31mtitle\n");
	assert_has(text, "INVALID 1/3");
	assert_has(text, "INVALID m\"x locks=2 repeat 1 (run 4): a, b\n");
	assert_has(text, "(run 4): line?break\n");
	assert_has(text, "1.50M");
	assert_has(text, "0.000-2.00M");
	assert_has(text, "p99 ms  max s");
	assert_has(text, "2.00   3.00");
	assert_has(text, "12.5");
	assert_has_not(text, "~");
	assert_has_not(text, "mean nothing");
	assert_has_not(text, "\033");
	assert_has_not(text, "interrupted");
	free(text);
	json_object_object_add(doc, "interrupted",
			       json_object_new_boolean(true));
	text = print(doc, OUT_TABLE);
	assert_has(text, "interrupted: 2 of 3 runs were made\n");
	free(text);
	/* A file can say this; it is no number of runs. */
	json_object_object_add(json_object_object_get(doc, "plan"), "runs",
			       json_object_new_double(NAN));
	text = print(doc, OUT_TABLE);
	assert_has(text, "interrupted: 2 runs were made\n");
	free(text);
	json_object_put(doc);
}

static void emulated_times_are_framed_and_marked(void **state)
{
	struct json_object *doc = make("meaningless");
	char *text = print(doc, OUT_TABLE);
	static const char *const marked[] = { "~1.50M", "~0.000-2.00M",
					      "~2.00",	"~3.00",
					      "~max s", "~ops/s",
					      "~p99 ms" };
	const char *first = strstr(text, "Times mean nothing");
	const char *table = strstr(text, "~ops/s");
	const char *last = table ? strstr(table, "Times mean nothing") : NULL;
	size_t i;

	(void)state;
	for (i = 0; i < N_OF(marked); i++)
		assert_has(text, marked[i]);
	assert_true(first && table && last && first < table);
	/* Counts hold: neither the fairness of operations nor failures are marked. */
	assert_has_not(text, "~0.500");
	assert_has_not(text, "~12.5");
	assert_has_not(text, "~Jain");
	free(text);
	json_object_put(doc);
}

static void any_document_can_be_printed(void **state)
{
	static const char *const texts[] = {
		"{}",
		"{\"summary\":{}}",
		"{\"summary\":[],\"runs\":[]}",
		"{\"summary\":[5,null,{}],\"runs\":[7,{\"reasons\":3},{\"latency\":[]}]}",
		"{\"summary\":[{\"params\":[]}],\"runs\":[{\"threads\":[1],\"totals\":3}]}",
		"{\"interrupted\":true,\"runs\":[],\"summary\":[]}",
		"{\"summary\":[{\"groups\":[5,{},null],\"phases\":[{},7,[]]}],\"left_out\":[3,{\"params\":[]}]}",
		"{\"summary\":[{\"groups\":{},\"phases\":[{\"throughput\":5}]}],\"left_out\":{}}",
	};
	size_t i;
	int format;

	(void)state;
	for (i = 0; i < N_OF(texts); i++) {
		struct json_object *doc = json_tokener_parse(texts[i]);

		assert_non_null(doc);
		for (format = OUT_TABLE; format <= OUT_MD; format++)
			free(print(doc, format));
		json_object_put(doc);
	}
}

static void a_single_result_has_sections(void **state)
{
	static const char json[] =
		"{\"lock\":\"mutex\",\"run\":3,\"verdict\":\"INVALID\",\"reasons\":[\"why\"],"
		"\"params\":{\"hold_ns\":2000},\"certificate\":{\"times\":\"meaningless\"},"
		"\"totals\":{\"ops\":100,\"window_ns\":1000000000,\"scan_ns\":5000000,"
		"\"jain_hold\":0.75,\"jain_ops\":0.25,"
		"\"fail_index\":{\"3\":77}},"
		"\"latency\":{\"acquire_ns\":{\"p50\":1500}}}";
	struct json_object *run = json_tokener_parse(json);

	char *text = NULL;
	size_t len = 0;
	FILE *f = open_memstream(&text, &len);

	(void)state;
	assert_non_null(run);
	out_run(f, run);
	fclose(f);
	assert_has(text, "run 3 of mutex: INVALID\n");
	assert_has(text, "why\n");
	assert_has(text, "~100 ops/s");
	assert_has(text, "~5.00 ms");
	assert_has(text, "jain_hold              ~0.75\n");
	assert_has(text, "jain_ops               0.25\n");
	assert_has(text, "fail_index.3           77\n");
	assert_has(text, "~1.50 us");
	assert_has_not(text, "~2.00 us");
	assert_has(text, "Times mean nothing");
	free(text);
	json_object_put(run);
}

static void formats_have_names(void **state)
{
	enum out_format f;
	struct msg m = { "" };

	(void)state;
	assert_true(out_format_parse("csv", &f, &m));
	assert_int_equal(f, OUT_CSV);
	assert_false(out_format_parse("xml", &f, &m));
	assert_string_equal(m.text,
			    "'xml' is not a format; allowed: table, json, csv, csv-long, md");
	assert_true(out_format_of_name("a.b/x.csv", &f));
	assert_int_equal(f, OUT_CSV);
	assert_true(out_format_of_name("x.md", &f));
	assert_int_equal(f, OUT_MD);
	assert_false(out_format_of_name("x", &f));
	assert_false(out_format_of_name("x.html", &f));
}

static void units_have_three_digits(void **state)
{
	static const struct {
		double v;
		const char *ns, *count;
	} table[] = {
		{ 0, "0 ns", "0" },
		{ 7, "7 ns", "7" },
		{ 0.25, "0.25 ns", "0.25" },
		{ 999, "999 ns", "999" },
		{ 999.6, "1.00 us", "1.00k" },
		{ 1000, "1.00 us", "1.00k" },
		{ 9996, "10.0 us", "10.0k" },
		{ 12345, "12.3 us", "12.3k" },
		{ 123456, "123 us", "123k" },
		{ 999600, "1.00 ms", "1.00M" },
		{ 5e9, "5.00 s", "5.00G" },
	};
	char out[UNITS_MAX];
	size_t i;

	(void)state;
	for (i = 0; i < N_OF(table); i++) {
		assert_string_equal(units_ns(out, table[i].v), table[i].ns);
		assert_string_equal(units_count(out, table[i].v),
				    table[i].count);
	}
	assert_string_equal(units_percent(out, 0.615), "61.5%");
	assert_string_equal(units_duration(out, 1.25), "1.2 s");
	assert_string_equal(units_duration(out, 59), "59 s");
	assert_string_equal(units_duration(out, 200), "3 min 20 s");
	assert_string_equal(units_duration(out, 7500), "2 h 5 min");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(csv_has_a_line_per_run_and_key),
		cmocka_unit_test(csv_has_a_line_per_run),
		cmocka_unit_test(markdown_is_a_table),
		cmocka_unit_test(columns_and_order_as_asked_for),
		cmocka_unit_test(csv_of_a_damaged_document),
		cmocka_unit_test(json_reads_back_the_same),
		cmocka_unit_test(table_marks_what_is_not_ok),
		cmocka_unit_test(emulated_times_are_framed_and_marked),
		cmocka_unit_test(any_document_can_be_printed),
		cmocka_unit_test(a_single_result_has_sections),
		cmocka_unit_test(formats_have_names),
		cmocka_unit_test(units_have_three_digits),
	};

	return cmocka_run_group_tests_name("out", tests, NULL, NULL);
}
