// SPDX-License-Identifier: GPL-2.0
/*
 * tokctl.schema.json against the lists of the ABI: a key that is added there and
 * not described here, or the other way round, is found.
 */
#include <json-c/json.h>
#include <stdio.h>

#include "base/json.h"
#include "tests/unit.h"
#include "uapi/tokbench.h"

#define FILE_NAME "tokctl.schema.json"

static struct json_object *schema;

#define X(name, ...) #name,
static const char *const parameters[] = { TB_PARAMS(X) "token", NULL };
static const char *const knobs[] = { LWKT_KNOBS(X) NULL };
static const char *const certificate[] = { TB_CERTIFICATE(X) NULL };
static const char *const totals[] = { TB_TOTALS(X) "fail_index", NULL };
static const char *const counters[] = { TB_THREAD_COUNTERS(X) NULL };
static const char *const restarts[] = { TB_RESTART_COUNTERS(X) NULL };
static const char *const lwkt_threads[] = { LWKT_THREAD_COUNTERS(X) NULL };
static const char *const lwkt_cpus[] = { LWKT_CPU_COUNTERS(X) NULL };
static const char *const threads[] = { TB_THREAD_FIELDS(X) NULL };
static const char *const groups[] = { TB_GROUP_FIELDS(X) NULL };
static const char *const phases[] = { TB_PHASE_FIELDS(X) NULL };
static const char *const latency[] = { TB_HISTOGRAMS(X) NULL };
static const char *const stats[] = { TB_LATENCY_STATS(X) "buckets", NULL };
#undef X

static const struct {
	const char *where;
	const char *const *names[6];
} lists[] = {
	{ "definitions.params", { parameters } },
	{ "definitions.params.properties.token", { knobs } },
	{ "definitions.certificate", { certificate } },
	{ "definitions.totals",
	  { totals, counters, restarts, lwkt_threads, lwkt_cpus } },
	{ "definitions.thread", { threads, counters, restarts, lwkt_threads } },
	{ "definitions.group", { groups } },
	{ "definitions.phase", { phases } },
	{ "definitions.latency", { latency } },
	{ "definitions.stats", { stats } },
};

static int open_schema(void **state)
{
	(void)state;
	schema = json_object_from_file(FILE_NAME);
	if (!schema)
		print_error("%s: %s\n", FILE_NAME, json_util_get_last_err());
	return schema ? 0 : -1;
}

static int close_schema(void **state)
{
	(void)state;
	json_object_put(schema);
	return 0;
}

static struct json_object *properties_of(const char *where)
{
	struct json_object *obj, *props;

	if (!json_find(schema, where, &obj) ||
	    !json_object_object_get_ex(obj, "properties", &props))
		fail_msg("no %s.properties in " FILE_NAME, where);
	return props;
}

static void check_described(const char *where, const char *const *names)
{
	struct json_object *props = properties_of(where);

	for (; *names; names++) {
		struct json_object *key;
		const char *text = NULL;

		if (json_find(props, *names, &key))
			text = json_text(key, "description");
		if (!text || !*text)
			fail_msg("describe '%s' in %s.properties of " FILE_NAME,
				 *names, where);
	}
}

static void every_key_of_the_abi_is_described(void **state)
{
	size_t i, j;

	(void)state;
	for (i = 0; i < N_OF(lists); i++)
		for (j = 0; lists[i].names[j]; j++)
			check_described(lists[i].where, lists[i].names[j]);
}

static bool in_list(const char *const *const *names, const char *name)
{
	const char *const *n;

	for (; *names; names++)
		for (n = *names; *n; n++)
			if (!strcmp(*n, name))
				return true;
	return false;
}

static void no_other_key_is_allowed(void **state)
{
	size_t i;

	(void)state;
	for (i = 0; i < N_OF(lists); i++) {
		struct json_object *props = properties_of(lists[i].where);
		struct json_object *obj, *more;

		json_find(schema, lists[i].where, &obj);
		assert_true(json_object_object_get_ex(obj,
						      "additionalProperties",
						      &more));
		assert_false(json_object_get_boolean(more));
		json_object_object_foreach(props, name, unused)
		{
			(void)unused;
			/* What tokctl adds to a row. */
			if (!strcmp(name, "p9999"))
				continue;
			if (!in_list(lists[i].names, name))
				fail_msg("'%s' of %s is no key of the ABI",
					 name, lists[i].where);
		}
	}
}

static void ranges_are_those_of_the_abi(void **state)
{
	static const struct {
		const char *name, *kind;
		double min, max;
	} all[] = {
#define X(name, kind, unit, def, min, max, doc) { #name, #kind, min, max },
		TB_PARAMS(X)
#undef X
	};
	struct json_object *props = properties_of("definitions.params");
	size_t i;

	(void)state;
	for (i = 0; i < N_OF(all); i++) {
		struct json_object *key;
		double v;

		if (strcmp(all[i].kind, "UINT") != 0)
			continue;
		assert_true(json_find(props, all[i].name, &key));
		if (!json_number(key, "minimum", &v) || v != all[i].min ||
		    !json_number(key, "maximum", &v) || v != all[i].max)
			fail_msg("the range of params.%s", all[i].name);
	}
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_key_of_the_abi_is_described),
		cmocka_unit_test(no_other_key_is_allowed),
		cmocka_unit_test(ranges_are_those_of_the_abi),
	};

	return cmocka_run_group_tests(tests, open_schema, close_schema);
}
