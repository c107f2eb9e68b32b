// SPDX-License-Identifier: GPL-2.0
/* groups.c: groups and phases, good and bad, and whose group a thread is in. */
#include "test.h"

#include "pure/groups.h"

#define SETTINGS_ALLOWED \
	"allowed: threads=N hold_ns=N think_ns=N shared_pct=N nice=N with N a number"
#define NUMBER " has a number that "
#define GROUPS_COUNT \
	" has a wrong number of groups; allowed: none, or 2 to 4 with a '/' between them"
#define PARTS_COUNT \
	" has a wrong number of parts; allowed: none, or 2 to 16 with a '/' between them"

static struct tb_group groups[TB_GROUPS_MAX];
static u32 levels[TB_PHASES_MAX];
static char why[TB_GROUPS_WHY_MAX];

/* From memory of exactly that size, so that the sanitizer sees every byte. */
static int parse_groups(const char *text, size_t len)
{
	char *copy = malloc(len ? len : 1);
	int n;

	memcpy(copy, text, len);
	n = tb_groups_parse(copy, len, groups, why, sizeof(why));
	free(copy);
	return n;
}

static int parse_phases(const char *text, size_t len)
{
	char *copy = malloc(len ? len : 1);
	int n;

	memcpy(copy, text, len);
	n = tb_phases_parse(copy, len, levels, why, sizeof(why));
	free(copy);
	return n;
}

static void nothing_is_no_groups(void **state)
{
	static const char *const texts[] = { "", " ", "\n", " \t\n" };
	size_t i;

	(void)state;
	for (i = 0; i < ARRAY_SIZE(texts); i++) {
		strcpy(why, "old");
		assert_int_equal(parse_groups(texts[i], strlen(texts[i])), 0);
		assert_string_equal(why, "");
		strcpy(why, "old");
		assert_int_equal(parse_phases(texts[i], strlen(texts[i])), 0);
		assert_string_equal(why, "");
	}
}

static void good_groups(void **state)
{
	static const char all[] =
		" threads=1024:hold_ns=1000000000:think_ns=0:shared_pct=100:nice=-20/"
		"nice=19:threads=1/hold_ns=0/shared_pct=0\n";

	(void)state;
	assert_int_equal(parse_groups("hold_ns=10000/hold_ns=1000:threads=3",
				      36),
			 2);
	assert_string_equal(why, "");
	assert_int_equal(groups[0].threads, 1);
	assert_int_equal(groups[0].hold_ns, 10000);
	assert_true(groups[0].has_hold);
	assert_false(groups[0].has_think || groups[0].has_shared);
	assert_int_equal(groups[0].nice, 0);
	assert_int_equal(groups[1].threads, 3);
	assert_int_equal(groups[1].hold_ns, 1000);

	assert_int_equal(parse_groups(all, strlen(all)), 4);
	assert_int_equal(groups[0].threads, 1024);
	assert_int_equal(groups[0].hold_ns, 1000000000);
	assert_int_equal(groups[0].think_ns, 0);
	assert_int_equal(groups[0].shared_pct, 100);
	assert_int_equal(groups[0].nice, -20);
	assert_true(groups[0].has_hold && groups[0].has_think &&
		    groups[0].has_shared);
	assert_int_equal(groups[1].nice, 19);
	assert_false(groups[1].has_hold || groups[1].has_think ||
		     groups[1].has_shared);
	assert_true(groups[2].has_hold && !groups[2].has_think);
	assert_int_equal(groups[2].hold_ns, 0);
	assert_true(groups[3].has_shared && !groups[3].has_hold);
	assert_int_equal(groups[3].shared_pct, 0);
}

struct bad {
	const char *text, *why;
};

static void bad_groups(void **state)
{
	static const struct bad bad[] = {
		{ "hold_ns=1", "\"hold_ns=1\"" GROUPS_COUNT },
		{ "nice=1/nice=2/nice=3/nice=4/nice=5",
		  "\"nice=1/nice=2/nice=3/nice=4/nice=5\"" GROUPS_COUNT },
		{ "nice=1/", "\"\" is no NAME=NUMBER; " SETTINGS_ALLOWED },
		{ "/nice=1", "\"\" is no NAME=NUMBER; " SETTINGS_ALLOWED },
		{ "/", "\"\" is no NAME=NUMBER; " SETTINGS_ALLOWED },
		{ "nice=1:/nice=1",
		  "\"\" is no NAME=NUMBER; " SETTINGS_ALLOWED },
		{ "nice=1/think",
		  "\"think\" is no NAME=NUMBER; " SETTINGS_ALLOWED },
		{ "nice=1/=5",
		  "\"=5\" names no setting of a group; " SETTINGS_ALLOWED },
		{ "nice=1/hold=5",
		  "\"hold=5\" names no setting of a group; " SETTINGS_ALLOWED },
		{ "nice=1/NICE=5",
		  "\"NICE=5\" names no setting of a group; " SETTINGS_ALLOWED },
		{ "nice=1/ nice=5",
		  "\" nice=5\" names no setting of a group; " SETTINGS_ALLOWED },
		{ "nice=1/nice =5",
		  "\"nice =5\" names no setting of a group; " SETTINGS_ALLOWED },
		{ "nice=1/nice= 5",
		  "\"nice= 5\"" NUMBER
		  "is not a decimal number; allowed: -20 to 19" },
		{ "nice=1:nice=1/nice=1",
		  "\"nice=1\" is there twice; allowed: each setting once in a group" },
		{ "nice=20/nice=1",
		  "\"nice=20\"" NUMBER "is out of range; allowed: -20 to 19" },
		{ "nice=-21/nice=1",
		  "\"nice=-21\"" NUMBER "is out of range; allowed: -20 to 19" },
		{ "nice=-/nice=1",
		  "\"nice=-\"" NUMBER "is empty; allowed: -20 to 19" },
		{ "nice=--1/nice=1",
		  "\"nice=--1\"" NUMBER
		  "is not a decimal number; allowed: -20 to 19" },
		{ "nice=+1/nice=1",
		  "\"nice=+1\"" NUMBER
		  "is not a decimal number; allowed: -20 to 19" },
		{ "threads=0/nice=1", "\"threads=0\"" NUMBER
				      "is out of range; allowed: 1 to 1024" },
		{ "threads=1025/nice=1",
		  "\"threads=1025\"" NUMBER
		  "is out of range; allowed: 1 to 1024" },
		{ "threads=-1/nice=1",
		  "\"threads=-1\"" NUMBER
		  "is not a decimal number; allowed: 1 to 1024" },
		{ "threads=/nice=1",
		  "\"threads=\"" NUMBER "is empty; allowed: 1 to 1024" },
		{ "hold_ns=1000000001/nice=1",
		  "\"hold_ns=1000000001\"" NUMBER
		  "is out of range; allowed: 0 to 1000000000" },
		{ "think_ns=18446744073709551616/nice=1",
		  "\"think_ns=18446744073709551616\"" NUMBER
		  "needs more than 64 bits; allowed: 0 to 1000000000" },
		{ "shared_pct=101/nice=1",
		  "\"shared_pct=101\"" NUMBER
		  "is out of range; allowed: 0 to 100" },
		{ "nice=1=2/nice=1",
		  "\"nice=1=2\"" NUMBER
		  "is not a decimal number; allowed: -20 to 19" },
	};
	size_t i;

	(void)state;
	for (i = 0; i < ARRAY_SIZE(bad); i++) {
		assert_int_equal(parse_groups(bad[i].text, strlen(bad[i].text)),
				 -EINVAL);
		assert_string_equal(why, bad[i].why);
	}
}

static void bad_bytes(void **state)
{
	static const char nul[] = "nice=1\0/nice=1", bell[] = "1/2/\a3";
	static char most[TB_VALUE_MAX + 1];

	(void)state;
	assert_int_equal(parse_groups(nul, sizeof(nul) - 1), -EINVAL);
	assert_string_equal(why, "\"nice=1\\x00/nice=1\" is not plain text; "
				 "allowed: printable characters, up to 4096");
	assert_int_equal(parse_phases(bell, sizeof(bell) - 1), -EINVAL);
	assert_string_equal(why, "\"1/2/\\x073\" is not plain text; "
				 "allowed: printable characters, up to 4096");
	memset(most, '/', sizeof(most));
	assert_int_equal(parse_groups(most, sizeof(most)), -EINVAL);
	assert_non_null(strstr(why,
			       "/\"... is too long; "
			       "allowed: printable characters, up to 4096"));
}

static void reasons_fit(void **state)
{
	static char text[500];
	size_t len;

	(void)state;
	/* The longest quote with each of the reasons. */
	memset(text, 'x', sizeof(text));
	assert_int_equal(parse_groups(text, sizeof(text)), -EINVAL);
	assert_true(strlen(why) < sizeof(why) - 1 && strstr(why, "a number"));
	text[sizeof(text) - 1] = '=';
	assert_int_equal(parse_groups(text, sizeof(text)), -EINVAL);
	assert_true(strlen(why) < sizeof(why) - 1 && strstr(why, "a number"));
	memcpy(text, "think_ns=", 9);
	memset(text + 9, '9', sizeof(text) - 9);
	assert_int_equal(parse_groups(text, sizeof(text)), -EINVAL);
	assert_true(strlen(why) < sizeof(why) - 1 && strstr(why, "1000000000"));
	memset(text, '1', sizeof(text));
	assert_int_equal(parse_phases(text, sizeof(text)), -EINVAL);
	assert_true(strlen(why) < sizeof(why) - 1 && strstr(why, "1024"));
	memset(text, ' ', sizeof(text));
	for (len = 0; len < 100; len += 2)
		memcpy(text + len, "1/", 2);
	text[99] = '1';
	assert_int_equal(parse_phases(text, 100), -EINVAL);
	assert_true(strlen(why) < sizeof(why) - 1 && strstr(why, "them"));

	/* And no room at all. */
	assert_int_equal(tb_groups_parse("x", 1, groups, why, 0), -EINVAL);
	assert_int_equal(tb_groups_parse("x", 1, groups, NULL, 0), -EINVAL);
	assert_int_equal(tb_phases_parse("x", 1, levels, why, 4), -EINVAL);
	assert_true(strlen(why) == 3);
}

static void phases(void **state)
{
	static const struct bad bad[] = {
		{ "4", "\"4\"" PARTS_COUNT },
		{ "1/2/3/4/5/6/7/8/9/1/2/3/4/5/6/7/8",
		  "\"1/2/3/4/5/6/7/8/9/1/2/3/4/5/6/7/8\"" PARTS_COUNT },
		{ "1//2", "\"\" is empty; allowed: 1 to 1024" },
		{ "1/2/", "\"\" is empty; allowed: 1 to 1024" },
		{ "/", "\"\" is empty; allowed: 1 to 1024" },
		{ "0/1", "\"0\" is out of range; allowed: 1 to 1024" },
		{ "1/1025", "\"1025\" is out of range; allowed: 1 to 1024" },
		{ "1/-1",
		  "\"-1\" is not a decimal number; allowed: 1 to 1024" },
		{ "1/ 2",
		  "\" 2\" is not a decimal number; allowed: 1 to 1024" },
		{ "1/2:3",
		  "\"2:3\" is not a decimal number; allowed: 1 to 1024" },
		{ "1/18446744073709551617",
		  "\"18446744073709551617\" needs more than 64 bits; allowed: 1 to 1024" },
	};
	static const u32 want[] = { 1, 4, 1024, 4, 1 };
	size_t i;

	(void)state;
	assert_int_equal(parse_phases("1/4/1024/4/1\n", 13), 5);
	assert_memory_equal(levels, want, sizeof(want));
	assert_string_equal(why, "");
	assert_int_equal(parse_phases("1/2/3/4/5/6/7/8/9/1/2/3/4/5/6/7", 31),
			 16);
	assert_int_equal(levels[15], 7);
	for (i = 0; i < ARRAY_SIZE(bad); i++) {
		assert_int_equal(parse_phases(bad[i].text, strlen(bad[i].text)),
				 -EINVAL);
		assert_string_equal(why, bad[i].why);
	}
}

static void threads_go_round(void **state)
{
	static const struct tb_group three[] = { { .threads = 1 },
						 { .threads = 3 },
						 { .threads = 2 } };
	static const u32 want[] = { 0, 1, 1, 1, 2, 2, 0, 1 };
	size_t i;

	(void)state;
	for (i = 0; i < ARRAY_SIZE(want); i++)
		assert_int_equal(tb_groups_of(three, 3, i), want[i]);
	assert_int_equal(tb_groups_of(three, 3, 6000000 + 4), 2);
	assert_int_equal(tb_groups_of(three, 1, 4095), 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(nothing_is_no_groups),
		cmocka_unit_test(good_groups),
		cmocka_unit_test(bad_groups),
		cmocka_unit_test(bad_bytes),
		cmocka_unit_test(reasons_fit),
		cmocka_unit_test(phases),
		cmocka_unit_test(threads_go_round),
	};

	return cmocka_run_group_tests_name("groups", tests, NULL, NULL);
}
