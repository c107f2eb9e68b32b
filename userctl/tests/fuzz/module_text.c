// SPDX-License-Identifier: GPL-2.0
/* The module's parsers of text, each by itself: parse.c and groups.c. */
#include <stdlib.h>
#include <string.h>

#include "pure/groups.h"
#include "pure/parse.h"
#include "target.h"

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

/* A reason if and only if there is an error; one line whatever the input was. */
static void check_why(int n, const char *why)
{
	assert((n < 0) == !!*why);
	assert(n >= 0 || n == -EINVAL);
	assert(strlen(why) < TB_GROUPS_WHY_MAX - 1);
	for (; *why; why++)
		assert(*why >= ' ' && *why <= '~');
}

static void check_groups(const char *text, size_t size)
{
	struct tb_group groups[TB_GROUPS_MAX];
	char why[TB_GROUPS_WHY_MAX];
	int n = tb_groups_parse(text, size, groups, why, sizeof(why)), i;

	check_why(n, why);
	assert(n <= TB_GROUPS_MAX && n != 1);
	for (i = 0; i < n; i++) {
		assert(groups[i].threads >= 1 && groups[i].threads <= 1024);
		assert(groups[i].hold_ns <= 1000000000);
		assert(groups[i].think_ns <= 1000000000);
		assert(groups[i].shared_pct <= 100);
		assert(groups[i].nice >= -20 && groups[i].nice <= 19);
	}
	assert(n <= 0 || tb_groups_of(groups, n, size) < (u32)n);
	tb_groups_parse(text, size, groups, why, size % sizeof(why));
}

static void check_phases(const char *text, size_t size)
{
	char why[TB_GROUPS_WHY_MAX];
	u32 levels[TB_PHASES_MAX];
	int n = tb_phases_parse(text, size, levels, why, sizeof(why)), i;

	check_why(n, why);
	assert(n <= TB_PHASES_MAX && n != 1);
	for (i = 0; i < n; i++)
		assert(levels[i] >= 1 && levels[i] <= 1024);
	tb_phases_parse(text, size, levels, why, size % sizeof(why));
}

static void run(const uint8_t *data, size_t size)
{
	const char *text = (const char *)data;

	check_groups(text, size);
	check_phases(text, size);
	check_number(text, size);
	check_word(text, size);
	check_quote(text, size);
}

const struct target target_module_text = { "module_text", run, false };
