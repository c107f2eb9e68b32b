// SPDX-License-Identifier: GPL-2.0
/*
 * CPUs and locks of a program that has no kernel. The list of CPUs is read as
 * bitmap_parselist() reads it, without its words ("all", "N") and blanks; the
 * locks are named and flagged as in the module, and cannot be taken.
 */
#include "config/variant.h"
#include "shim.h"

u32 nr_cpu_ids;
struct cpumask shim_online;

void shim_set_cpus(u32 n)
{
	assert(n >= 1 && n <= SHIM_CPUS_MAX);
	nr_cpu_ids = n;
	memset(&shim_online, 0, sizeof(shim_online));
	memset(shim_online.has, 1, n);
}

static bool number(const char **p, u64 *v)
{
	if (**p < '0' || **p > '9')
		return false;
	for (*v = 0; **p >= '0' && **p <= '9'; (*p)++) {
		*v = *v * 10 + (**p - '0');
		if (*v > UINT_MAX)
			return false;
	}
	return true;
}

static bool region(const char **p, struct cpumask *mask)
{
	u64 first, last, used = 1, group = 1, i;

	if (!number(p, &first))
		return false;
	last = first;
	if (**p == '-') {
		++*p;
		if (!number(p, &last))
			return false;
		if (**p == ':') {
			++*p;
			if (!number(p, &used) || *(*p)++ != '/' ||
			    !number(p, &group))
				return false;
		}
	}
	if (last < first || last >= nr_cpu_ids || !used || used > group)
		return false;
	for (i = first; i <= last; i++)
		if ((i - first) % group < used)
			mask->has[i] = 1;
	return true;
}

int cpulist_parse(const char *text, struct cpumask *mask)
{
	memset(mask, 0, sizeof(*mask));
	while (region(&text, mask)) {
		if (!*text)
			return 0;
		if (*text++ != ',')
			break;
	}
	return -EINVAL;
}

u32 cpumask_weight(const struct cpumask *mask)
{
	u32 n = 0, i;

	for (i = 0; i < nr_cpu_ids; i++)
		n += mask->has[i];
	return n;
}

u32 cpumask_first(const struct cpumask *mask)
{
	u32 i;

	for (i = 0; i < nr_cpu_ids && !mask->has[i]; i++)
		;
	return i;
}

void cpumask_andnot(struct cpumask *to, const struct cpumask *a,
		    const struct cpumask *b)
{
	u32 i;

	for (i = 0; i < nr_cpu_ids; i++)
		to->has[i] = a->has[i] && !b->has[i];
}

bool cpumask_subset(const struct cpumask *a, const struct cpumask *b)
{
	u32 i;

	for (i = 0; i < nr_cpu_ids; i++)
		if (a->has[i] && !b->has[i])
			return false;
	return true;
}
