// SPDX-License-Identifier: GPL-2.0
/* parse.c: tables of good and bad input; input at the edge of its memory. */
#include "test.h"

#include "pure/parse.h"

#define UNTOUCHED 4242ULL

/* A copy of @len bytes that ends where its memory ends, for ASan to watch. */
static char *exact(const char *text, size_t len)
{
	char *copy = malloc(len ? len : 1);

	assert_non_null(copy);
	memcpy(copy, text, len);
	return copy;
}

struct number {
	const char *text;
	size_t len; /* 0: strlen(text) */
	u64 min, max;
	int err;
	u64 val;
};

static const struct number numbers[] = {
	{ "0", 0, 0, U64_MAX, 0, 0 },
	{ "1", 0, 0, U64_MAX, 0, 1 },
	{ "0000000000000000000000000000012", 0, 0, 100, 0, 12 },
	{ "18446744073709551615", 0, 0, U64_MAX, 0, U64_MAX },
	{ "18446744073709551614", 0, 0, U64_MAX, 0, U64_MAX - 1 },
	{ "42\n", 0, 0, 100, 0, 42 },
	{ "  42", 0, 0, 100, 0, 42 },
	{ "42  ", 0, 0, 100, 0, 42 },
	{ "\t 42 \t\r\n", 0, 0, 100, 0, 42 },
	{ "\n42\n\n", 0, 0, 100, 0, 42 },
	{ "7", 0, 7, 7, 0, 7 },
	{ "6", 0, 7, 7, -ERANGE, 0 },
	{ "8", 0, 7, 7, -ERANGE, 0 },
	{ "5", 0, 7, 3, -ERANGE, 0 },
	{ "18446744073709551616", 0, 0, U64_MAX, -EOVERFLOW, 0 },
	{ "18446744073709551620", 0, 0, U64_MAX, -EOVERFLOW, 0 },
	{ "99999999999999999999999999", 0, 0, U64_MAX, -EOVERFLOW, 0 },
	{ "99999999999999999999999999", 0, 0, 10, -EOVERFLOW, 0 },
	{ "99999999999999999999999999x", 0, 0, 10, -EINVAL, 0 },
	{ "1 2", 0, 0, U64_MAX, -EINVAL, 0 },
	{ "-1", 0, 0, U64_MAX, -EINVAL, 0 },
	{ "+1", 0, 0, U64_MAX, -EINVAL, 0 },
	{ "- 1", 0, 0, U64_MAX, -EINVAL, 0 },
	{ "0x10", 0, 0, U64_MAX, -EINVAL, 0 },
	{ "10h", 0, 0, U64_MAX, -EINVAL, 0 },
	{ "1e3", 0, 0, U64_MAX, -EINVAL, 0 },
	{ "1.0", 0, 0, U64_MAX, -EINVAL, 0 },
	{ "1,000", 0, 0, U64_MAX, -EINVAL, 0 },
	{ "1_000", 0, 0, U64_MAX, -EINVAL, 0 },
	{ "1ms", 0, 0, U64_MAX, -EINVAL, 0 },
	{ "/", 0, 0, U64_MAX, -EINVAL, 0 },
	{ ":", 0, 0, U64_MAX, -EINVAL, 0 },
	{ "\n", 0, 0, U64_MAX, -ENODATA, 0 },
	{ " \t\n", 0, 0, U64_MAX, -ENODATA, 0 },
	{ "1\n2", 0, 0, U64_MAX, -EILSEQ, 0 },
	{ "1\t2", 0, 0, U64_MAX, -EILSEQ, 0 },
	{ "1\0", 2, 0, U64_MAX, -EILSEQ, 0 },
	{ "\0", 1, 0, U64_MAX, -EILSEQ, 0 },
	{ "1\0002", 3, 0, U64_MAX, -EILSEQ, 0 },
	{ "1\x7f", 0, 0, U64_MAX, -EILSEQ, 0 },
	{ "1\x80", 0, 0, U64_MAX, -EILSEQ, 0 },
	{ "\xd9\xa1", 0, 0, U64_MAX, -EILSEQ, 0 }, /* arabic-indic one */
	{ "\x1b[2J1", 0, 0, U64_MAX, -EILSEQ, 0 },
};

static void numbers_good_and_bad(void **state)
{
	size_t i;

	(void)state;
	for (i = 0; i < ARRAY_SIZE(numbers); i++) {
		const struct number *n = &numbers[i];
		size_t len = n->len ? n->len : strlen(n->text);
		char *text = exact(n->text, len);
		u64 val = UNTOUCHED;
		int err = tb_parse_u64(text, len, n->min, n->max, &val);

		free(text);
		if (err != n->err)
			fail_msg("row %zu '%s': %d, not %d", i, n->text, err,
				 n->err);
		assert_int_equal(val, n->err ? UNTOUCHED : n->val);
	}
}

static void empty(void **state)
{
	u64 val = UNTOUCHED;

	(void)state;
	assert_int_equal(tb_parse_u64("", 0, 0, 9, &val), -ENODATA);
	assert_int_equal(tb_parse_u64("5", 0, 0, 9, &val), -ENODATA);
	assert_int_equal(val, UNTOUCHED);
	assert_int_equal(tb_parse_word("", 0, NULL, 0), -ENODATA);
}

static void length_limit(void **state)
{
	size_t huge = 1 << 20;
	char *text = malloc(huge);
	u64 val = UNTOUCHED;

	(void)state;
	assert_non_null(text);
	memset(text, '0', huge);
	text[TB_VALUE_MAX - 1] = '7';
	assert_int_equal(tb_parse_u64(text, TB_VALUE_MAX, 0, 9, &val), 0);
	assert_int_equal(val, 7);
	assert_int_equal(tb_parse_u64(text, TB_VALUE_MAX + 1, 0, 9, &val),
			 -E2BIG);
	assert_int_equal(tb_parse_u64(text, huge, 0, 9, &val), -E2BIG);
	memset(text, ' ', huge);
	assert_int_equal(tb_parse_u64(text, TB_VALUE_MAX, 0, 9, &val),
			 -ENODATA);
	assert_int_equal(tb_parse_u64(text, huge, 0, 9, &val), -E2BIG);
	free(text);
	/* So long that it must not even be looked at. */
	assert_int_equal(tb_parse_word("x", SIZE_MAX, NULL, 0), -E2BIG);
}

static void trim_points_into_the_text(void **state)
{
	const char *text = "  0-3, 8\t\n", *value = NULL;
	size_t len = 0;

	(void)state;
	assert_int_equal(tb_parse_trim(text, strlen(text), &value, &len), 0);
	assert_ptr_equal(value, text + 2);
	assert_int_equal(len, 6);
}

static void trim_sets_nothing_on_error(void **state)
{
	const char *value = NULL;
	size_t len = 77;

	(void)state;
	assert_int_equal(tb_parse_trim("a\nb", 3, &value, &len), -EILSEQ);
	assert_int_equal(tb_parse_trim("\n", 1, &value, &len), -ENODATA);
	assert_null(value);
	assert_int_equal(len, 77);
}

static void words(void **state)
{
	static const char *const list[] = { "same", "opposite", NULL, "random",
					    "randomly" };
	static const struct {
		const char *text;
		int want;
	} table[] = {
		{ "same", 0 },
		{ "opposite\n", 1 },
		{ " random ", 3 },
		{ "randomly", 4 },
		{ "rando", -ENOENT },
		{ "Same", -ENOENT },
		{ "same same", -ENOENT },
		{ "samex", -ENOENT },
		{ "0", -ENOENT },
		{ "", -ENODATA },
		{ "same\nsame", -EILSEQ },
	};
	size_t i;

	(void)state;
	for (i = 0; i < ARRAY_SIZE(table); i++) {
		size_t len = strlen(table[i].text);
		char *text = exact(table[i].text, len);

		assert_int_equal(tb_parse_word(text, len, list,
					       ARRAY_SIZE(list)),
				 table[i].want);
		free(text);
	}
	assert_int_equal(tb_parse_word("same\0", 5, list, 5), -EILSEQ);
	assert_int_equal(tb_parse_word("same", 4, list, 0), -ENOENT);
}

static void reasons_differ(void **state)
{
	static const int errs[] = { -E2BIG,	-ENODATA, -EILSEQ, -EINVAL,
				    -EOVERFLOW, -ERANGE,  -ENOENT, -EIO };
	size_t i, j;

	(void)state;
	for (i = 0; i < ARRAY_SIZE(errs); i++)
		for (j = 0; j < i; j++)
			assert_string_not_equal(tb_parse_reason(errs[i]),
						tb_parse_reason(errs[j]));
}

static void quotes(void **state)
{
	static const struct {
		const char *text;
		size_t len; /* 0: strlen(text) */
		const char *want;
	} table[] = {
		{ "", 0, "\"\"" },
		{ "abc", 0, "\"abc\"" },
		{ "a  b\n", 0, "\"a  b\\n\"" },
		{ "\t\r", 0, "\"\\t\\r\"" },
		{ "say \"hi\" \\o", 0, "\"say \\\"hi\\\" \\\\o\"" },
		{ "a\0b", 3, "\"a\\x00b\"" },
		{ "\x1b[2J", 0, "\"\\x1b[2J\"" },
		{ "\xff\x7f", 0, "\"\\xff\\x7f\"" },
		{ "%s%n", 0, "\"%s%n\"" },
		{ "0123456789012345678901234567890123456789", 0,
		  "\"0123456789012345678901234567890123456789\"" },
		{ "01234567890123456789012345678901234567890", 0,
		  "\"0123456789012345678901234567890123456789\"..." },
		{ "012345678901234567890123456789012345678\n", 0,
		  "\"012345678901234567890123456789012345678\"..." },
	};
	char buf[TB_QUOTE_MAX];
	size_t i;

	(void)state;
	for (i = 0; i < ARRAY_SIZE(table); i++) {
		size_t len = table[i].len ? table[i].len :
					    strlen(table[i].text);
		char *text = exact(table[i].text, len);
		int n = tb_parse_quote(buf, sizeof(buf), text, len);

		free(text);
		assert_string_equal(buf, table[i].want);
		assert_int_equal(n, strlen(buf));
	}
}

static void quote_fits_any_buffer(void **state)
{
	const char *text = "\x01\x02 abc \\\" and much more than fits in it";
	size_t len;

	(void)state;
	for (len = 0; len < 64; len++) {
		char *buf = malloc(len ? len : 1);
		int n;

		assert_non_null(buf);
		n = tb_parse_quote(buf, len, text, strlen(text));
		assert_true(n >= 0 && (!len ? !n : (size_t)n < len));
		if (len)
			assert_int_equal(strlen(buf), n);
		if (len >= 6)
			assert_int_equal(buf[0], '"');
		free(buf);
	}
}

static void quote_of_a_mebibyte(void **state)
{
	size_t huge = 1 << 20;
	char *text = malloc(huge);
	char buf[TB_QUOTE_MAX];

	(void)state;
	assert_non_null(text);
	memset(text, 0, huge);
	assert_int_equal(tb_parse_quote(buf, sizeof(buf), text, huge),
			 TB_QUOTE_MAX - 1);
	assert_string_equal(buf + strlen(buf) - 8, "\\x00\"...");
	free(text);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(numbers_good_and_bad),
		cmocka_unit_test(empty),
		cmocka_unit_test(length_limit),
		cmocka_unit_test(trim_points_into_the_text),
		cmocka_unit_test(trim_sets_nothing_on_error),
		cmocka_unit_test(words),
		cmocka_unit_test(reasons_differ),
		cmocka_unit_test(quotes),
		cmocka_unit_test(quote_fits_any_buffer),
		cmocka_unit_test(quote_of_a_mebibyte),
	};

	return cmocka_run_group_tests_name("parse", tests, NULL, NULL);
}
