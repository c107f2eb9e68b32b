// SPDX-License-Identifier: GPL-2.0
/*
 * Lists of CPUs, "0-3,8,16-31:2/4": ranges, of which optionally the first
 * USED of every GROUP CPUs. Parsed here only to refuse nonsense early and to
 * compare two spellings; which CPUs exist is the kernel's business. Pure.
 */
#include <ctype.h>
#include <stdio.h>
#include <string.h>

#include "cpulist.h"

struct cpuset_bits {
	unsigned char bit[CPULIST_MAX_CPUS];
};

static bool number(const char **p, unsigned int *v)
{
	if (!isdigit((unsigned char)**p))
		return false;
	for (*v = 0; isdigit((unsigned char)**p); (*p)++) {
		*v = *v * 10 + (**p - '0');
		if (*v > CPULIST_MAX_CPUS)
			return false;
	}
	return true;
}

static bool range(const char **p, struct cpuset_bits *set)
{
	unsigned int first, last, used = 1, group = 1, i;

	if (!number(p, &first))
		return false;
	last = first;
	if (**p == '-') {
		(*p)++;
		if (!number(p, &last))
			return false;
		if (**p == ':') {
			(*p)++;
			if (!number(p, &used) || **p != '/')
				return false;
			(*p)++;
			if (!number(p, &group) || !used || used > group)
				return false;
		}
	}
	if (last < first || last >= CPULIST_MAX_CPUS)
		return false;
	for (i = first; i <= last; i++)
		if ((i - first) % group < used)
			set->bit[i] = 1;
	return true;
}

static bool parse(const char *text, struct cpuset_bits *set)
{
	memset(set, 0, sizeof(*set));
	if (!*text)
		return true;
	for (;;) {
		if (!range(&text, set))
			return false;
		if (!*text)
			return true;
		if (*text++ != ',')
			return false;
	}
}

/**
 * cpulist_check() - Is this a list of CPUs that the module takes?
 * @text: candidate; the empty list is one
 * @m: receives the reason if it is not
 */
bool cpulist_check(const char *text, struct msg *m)
{
	char quoted[MSG_QUOTE_MAX];
	struct cpuset_bits set;

	if (strlen(text) <= CPULIST_MAX_CHARS && parse(text, &set))
		return true;
	msg_set(m,
		"%s is not a list of CPUs; allowed: numbers up to %d and ranges, "
		"like 0-3,8 or 0-15:2/4, without spaces, in %d characters",
		msg_quote(quoted, text), CPULIST_MAX_CPUS - 1,
		CPULIST_MAX_CHARS);
	return false;
}

/**
 * cpulist_count() - How many CPUs does a list name?
 * @text: the list
 *
 * Return: 0 also if it is not a list of CPUs.
 */
unsigned int cpulist_count(const char *text)
{
	struct cpuset_bits set;
	unsigned int n = 0, i;

	if (!parse(text, &set))
		return 0;
	for (i = 0; i < CPULIST_MAX_CPUS; i++)
		n += set.bit[i];
	return n;
}

/**
 * cpulist_equal() - Do two lists name the same CPUs?
 * @a: one list
 * @b: the other
 *
 * Return: false also if one of them is not a list of CPUs.
 */
bool cpulist_equal(const char *a, const char *b)
{
	struct cpuset_bits x, y;

	return parse(a, &x) && parse(b, &y) && !memcmp(&x, &y, sizeof(x));
}

/**
 * cpulist_has() - Is a CPU in a list?
 * @text: the list
 * @cpu: number of the CPU
 *
 * Return: false also if it is not a list of CPUs.
 */
bool cpulist_has(const char *text, unsigned int cpu)
{
	struct cpuset_bits set;

	return cpu < CPULIST_MAX_CPUS && parse(text, &set) && set.bit[cpu];
}

/**
 * cpulist_common() - How many CPUs are in two lists?
 * @a: one list
 * @b: the other
 *
 * Return: 0 also if one of them is not a list of CPUs.
 */
unsigned int cpulist_common(const char *a, const char *b)
{
	struct cpuset_bits x, y;
	unsigned int n = 0, i;

	if (!parse(a, &x) || !parse(b, &y))
		return 0;
	for (i = 0; i < CPULIST_MAX_CPUS; i++)
		n += x.bit[i] & y.bit[i];
	return n;
}
