// SPDX-License-Identifier: GPL-2.0
/* out_words.c: wrapped text. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "table/out.h"
#include "tests/unit.h"

static char *words(const char *text, size_t at)
{
	char *out = NULL;
	size_t len = 0;
	FILE *f = open_memstream(&out, &len);

	out_words(f, text, at);
	fclose(f);
	return out;
}

static void words_are_wrapped(void **state)
{
	char long_word[301], list[301];
	char *text;
	size_t i;

	(void)state;
	text = words("m: is  short", 0);
	assert_string_equal(text, "m: is short");
	free(text);
	text = words("a b", 98);
	assert_string_equal(text, " a\n  b");
	free(text);
	text = words("", 0);
	assert_string_equal(text, "");
	free(text);
	for (i = 0; i < 300; i++) {
		long_word[i] = 'a' + i % 26;
		list[i] = i % 10 == 9 ? ',' : 'x';
	}
	long_word[300] = '\0';
	list[300] = '\0';
	text = words(long_word, 0);
	/* 98 characters a line, the first without its indent. */
	assert_int_equal(strlen(text), 300 + 3 * strlen("\n  "));
	assert_memory_equal(text, long_word, 98);
	assert_memory_equal(text + 98, "\n  ", 3);
	assert_memory_equal(text + 101, long_word + 98, 98);
	assert_string_equal(text + 303, long_word + 294);
	free(text);
	text = words(list, 0);
	assert_int_equal(strcspn(text, "\n"), 90);
	assert_has(text, ",\n  x");
	free(text);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(words_are_wrapped),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
