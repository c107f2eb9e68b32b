// SPDX-License-Identifier: GPL-2.0
/* libFuzzer target: whatever the bytes are, parse.c keeps its contract. */
#include <assert.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "parse.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void check_number(const char *text, size_t size)
{
	char terminated[TB_VALUE_MAX + 1], *end;
	u64 val = 1234567, reference;
	int err = tb_parse_u64(text, size, 10, 1000000, &val);

	assert(err <= 0);
	if (err) {
		assert(val == 1234567);
		return;
	}
	assert(size <= TB_VALUE_MAX);
	memcpy(terminated, text, size);
	terminated[size] = '\0';
	reference = strtoull(terminated, &end, 10);
	assert(reference == val && val >= 10 && val <= 1000000);
	assert(end[strspn(end, " \t\n\v\f\r")] == '\0');
	assert(!memchr(text, '-', size) && !memchr(text, '+', size));
}

static void check_word(const char *text, size_t size)
{
	static const char *const words[] = { "same", "opposite", "random" };
	int index = tb_parse_word(text, size, words, 3);

	assert(index < 3);
	assert(index < 0 ||
	       memmem(text, size, words[index], strlen(words[index])));
}

static void check_quote(const char *text, size_t size)
{
	char buf[TB_QUOTE_MAX];
	size_t len = size % (sizeof(buf) + 1);
	int n = tb_parse_quote(buf, len, text, size), i;

	assert(n >= 0 && (len ? (size_t)n < len && !buf[n] : !n));
	for (i = 0; i < n; i++)
		assert(buf[i] >= ' ' && buf[i] <= '~');
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	check_number((const char *)data, size);
	check_word((const char *)data, size);
	check_quote((const char *)data, size);
	return 0;
}
