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
 * cpulist_next() - The next CPU of a list
 * @text: the list
 * @cpu: the CPU before it; -1: look for the first
 *
 * Return: number of the CPU; -1 if there is none, also if it is not a list of
 * CPUs.
 */
int cpulist_next(const char *text, int cpu)
{
	struct cpuset_bits set;

	if (!parse(text, &set))
		return -1;
	while (++cpu < CPULIST_MAX_CPUS)
		if (set.bit[cpu])
			return cpu;
	return -1;
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

/* As ranges; false: longer than the module takes. */
static bool print(const struct cpuset_bits *set, char out[CPULIST_TEXT_MAX])
{
	size_t n = 0;
	size_t i, last;

	*out = '\0';
	for (i = 0; i < CPULIST_MAX_CPUS && n < CPULIST_TEXT_MAX;
	     i = last + 1) {
		last = i;
		if (!set->bit[i])
			continue;
		while (last + 1 < CPULIST_MAX_CPUS && set->bit[last + 1])
			last++;
		n += snprintf(out + n, CPULIST_TEXT_MAX - n, "%s%zu",
			      n ? "," : "", i);
		if (last > i && n < CPULIST_TEXT_MAX)
			n += snprintf(out + n, CPULIST_TEXT_MAX - n, "-%zu",
				      last);
	}
	return n < CPULIST_TEXT_MAX;
}

/**
 * cpulist_default() - The CPUs that the module takes if it is not told
 * @online: those that are online
 * @leave_one: one must stay free in any case
 * @out: receives the list
 *
 * The rule is that of default_cpus() in module/config/combination.c.
 *
 * Return: false if @online is no list of CPUs, if none would be left, or if
 * the list is longer than the module takes.
 */
bool cpulist_default(const char *online, bool leave_one,
		     char out[CPULIST_TEXT_MAX])
{
	unsigned int n = cpulist_count(online);
	struct cpuset_bits set;
	size_t first = 0;

	if (!n || (n == 1 && leave_one) || !parse(online, &set))
		return false;
	while (!set.bit[first])
		first++;
	if (n > 2 || leave_one)
		set.bit[first] = 0;
	return print(&set, out);
}
