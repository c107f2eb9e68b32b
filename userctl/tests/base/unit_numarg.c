// SPDX-License-Identifier: GPL-2.0
/* numarg.c: strict numbers with units. */
#include <inttypes.h>
#include <string.h>

#include "base/numarg.h"
#include "tests/unit.h"

struct good {
	const char *text;
	const char *unit;
	uint64_t value;
};

struct bad {
	const char *text;
	const char *unit;
	const char *says;
};

static void accepts(void **state)
{
	static const struct good table[] = {
		{ "0", "ns", 0 },
		{ "500", "ns", 500 },
		{ "500ns", "ns", 500 },
		{ "10us", "ns", 10000 },
		{ "1ms", "ns", 1000000 },
		{ "2s", "ns", 2000000000 },
		{ "2s", "us", 2000000 },
		{ "3000ns", "us", 3 },
		{ "7", "us", 7 },
		{ "7", "ms", 7 },
		{ "1s", "ms", 1000 },
		{ "2000us", "ms", 2 },
		{ "5", "", 5 },
		{ "5k", "", 5000 },
		{ "3M", "", 3000000 },
		{ "007", "", 7 },
		{ "0.5us", "ns", 500 },
		{ "1.25ms", "us", 1250 },
		{ "0.000000001s", "ns", 1 },
		{ "2.50us", "ns", 2500 },
		{ "3.000", "ns", 3 },
		{ "0.1s", "ms", 100 },
		{ "1.5k", "", 1500 },
		{ "18446744073709551615", "", UINT64_MAX },
		{ "18446744073709551615", "ns", UINT64_MAX },
	};
	size_t i;

	(void)state;
	for (i = 0; i < N_OF(table); i++) {
		const struct numarg_spec spec = { table[i].unit, 0,
						  UINT64_MAX };
		struct msg m;
		uint64_t v = 42;

		if (!numarg_parse(table[i].text, &spec, &v, &m))
			fail_msg("'%s': %s", table[i].text, m.text);
		if (v != table[i].value)
			fail_msg("'%s' %s: %" PRIu64, table[i].text,
				 table[i].unit, v);
	}
}

static void rejects(void **state)
{
	static const struct bad table[] = {
		{ "", "ns", "is not a number" },
		{ "abc", "ns", "is not a number" },
		{ "-1", "ns", "is not a number" },
		{ "+1", "ns", "is not a number" },
		{ " 1", "ns", "is not a number" },
		{ "us", "ns", "is not a number" },
		{ "1 ", "ns", "suffix" },
		{ "1 us", "ns", "suffix" },
		{ "0x10", "ns", "suffix" },
		{ "1.us", "ns", "suffix" },
		{ ".5us", "ns", "is not a number" },
		{ "1.5.5us", "ns", "suffix" },
		{ "1.5", "ns", "is not a whole number of ns" },
		{ "0.5us", "us", "is not a whole number of us" },
		{ "0.0005us", "ns", "is not a whole number of ns" },
		{ "0.0000000001s", "ns", "is not a whole number of ns" },
		{ "0.55555555555555555555555555s", "ns",
		  "is not a whole number of ns" },
		{ "1.5", "", "is not a whole number; allowed" },
		{ "0.0001k", "", "is not a whole number; allowed" },
		{ "18446744073709551615.9us", "ns", "out of range" },
		{ "18446744073709551.616us", "ns", "out of range" },
		{ "1e3", "ns", "suffix" },
		{ "1US", "ns", "suffix" },
		{ "1m", "ns", "suffix" },
		{ "1k", "ns", "optional suffix ns, us, ms or s" },
		{ "5us", "", "optional suffix k or M" },
		{ "5K", "", "suffix" },
		{ "5m", "", "suffix" },
		{ "1500ns", "us", "is not a whole number of us" },
		{ "1us", "ms", "is not a whole number of ms" },
		{ "18446744073709551616", "", "out of range" },
		{ "99999999999999999999999", "ns", "out of range" },
		{ "18446744073709551615s", "ns", "out of range" },
		{ "18446744073709551615k", "", "out of range" },
		{ "1844674407370955162k", "", "out of range" },
	};
	size_t i;

	(void)state;
	for (i = 0; i < N_OF(table); i++) {
		const struct numarg_spec spec = { table[i].unit, 0,
						  UINT64_MAX };
		char quoted[MSG_QUOTE_MAX];
		struct msg m;
		uint64_t v = 42;

		if (numarg_parse(table[i].text, &spec, &v, &m))
			fail_msg("'%s' was accepted as %" PRIu64, table[i].text,
				 v);
		assert_int_equal(v, 42);
		assert_has(m.text, table[i].says);
		assert_has(m.text, msg_quote(quoted, table[i].text));
		assert_has(m.text, "allowed: 0 to 18446744073709551615");
	}
}

static void range_has_both_ends(void **state)
{
	const struct numarg_spec spec = { "us", 10, 20 };
	struct msg m = { "" };
	uint64_t v;

	(void)state;
	assert_true(numarg_parse("10", &spec, &v, &m));
	assert_true(numarg_parse("20", &spec, &v, &m));
	assert_true(numarg_parse("20000ns", &spec, &v, &m));
	assert_false(numarg_parse("9", &spec, &v, &m));
	assert_has(m.text, "'9' is out of range; allowed: 10 to 20 us");
	assert_false(numarg_parse("21", &spec, &v, &m));
	assert_false(numarg_parse("1ms", &spec, &v, &m));
	assert_false(numarg_parse("0", &spec, &v, &m));
}

static void quotes_are_short_and_clean(void **state)
{
	char out[MSG_QUOTE_MAX];
	char huge[5000];
	char ctrl[100];

	(void)state;
	assert_string_equal(msg_quote(out, ""), "''");
	assert_string_equal(msg_quote(out, "a b"), "'a b'");
	assert_string_equal(msg_quote(out, "\033[2J\n"), "'\\x1b[2J\\x0a'");
	memset(huge, 'x', sizeof(huge) - 1);
	huge[sizeof(huge) - 1] = '\0';
	assert_int_equal(strlen(msg_quote(out, huge)), 40 + 2 + 3);
	/* The longest possible output must fit. */
	memset(ctrl, '\n', sizeof(ctrl) - 1);
	ctrl[sizeof(ctrl) - 1] = '\0';
	assert_true(strlen(msg_quote(out, ctrl)) < MSG_QUOTE_MAX);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(accepts),
		cmocka_unit_test(rejects),
		cmocka_unit_test(range_has_both_ends),
		cmocka_unit_test(quotes_are_short_and_clean),
	};

	return cmocka_run_group_tests_name("numarg", tests, NULL, NULL);
}
