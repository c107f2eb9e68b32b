// SPDX-License-Identifier: GPL-2.0
/*
 * What decides how fast a CPU is and who else is on it: frequency governors,
 * turbo, hardware threads, isolation, and the kernel's own mover of pages.
 */
#include <stdlib.h>
#include <string.h>

#include "base/cpulist.h"
#include "base/json.h"
#include "base/xalloc.h"
#include "env_file.h"

#define CPU_DIR "/sys/devices/system/cpu/"

/* CPUs of which the same is said, as a list that grows at its end. */
struct span {
	char text[ENV_LINE_MAX];
	unsigned int first;
	unsigned int last;
	size_t kept; /* length of the text before the last range */
};

static void span_add(struct span *s, unsigned int cpu)
{
	if (*s->text && cpu == s->last + 1) {
		s->text[s->kept] = '\0';
	} else {
		s->kept = strlen(s->text);
		s->first = cpu;
	}
	s->last = cpu;
	snprintf(s->text + s->kept, sizeof(s->text) - s->kept,
		 s->first == cpu ? "%s%u" : "%s%u-%u", s->kept ? "," : "",
		 s->first, cpu);
}

static bool cpu_line(unsigned int cpu, const char *file, char *out)
{
	char path[128];

	snprintf(path, sizeof(path), CPU_DIR "cpu%u/%s", cpu, file);
	return env_line(path, out);
}

struct governor {
	char name[ENV_LINE_MAX];
	struct span cpus;
};

/* A few at most: a kernel has half a dozen of them. */
#define GOVERNORS_MAX 8

static size_t read_governors(const char *online, struct governor *all)
{
	char name[ENV_LINE_MAX];
	size_t n = 0, i;
	int cpu = -1;

	while ((cpu = cpulist_next(online, cpu)) >= 0) {
		if (!cpu_line(cpu, "cpufreq/scaling_governor", name))
			continue;
		for (i = 0; i < n && strcmp(all[i].name, name) != 0; i++)
			;
		if (i == GOVERNORS_MAX)
			continue;
		if (i == n)
			strcpy(all[n++].name, name);
		span_add(&all[i].cpus, cpu);
	}
	return n;
}

static void add_governors(struct json_object *env, const char *online)
{
	struct governor *all = xcalloc(GOVERNORS_MAX, sizeof(*all));
	struct json_object *each;
	size_t n = read_governors(online, all);
	size_t i;

	if (n == 1)
		json_add_text(env, "governor", all[0].name);
	if (n > 1) {
		json_add_text(env, "governor", "mixed");
		each = json_object_new_object();
		for (i = 0; i < n; i++)
			json_add_text(each, all[i].name, all[i].cpus.text);
		json_object_object_add(env, "governors", each);
	}
	free(all);
}

/* CPUs that share a core, each group once, by its first. */
static void add_siblings(struct json_object *env, const char *online)
{
	struct json_object *list = json_object_new_array();
	char group[ENV_LINE_MAX];
	int cpu = -1;

	while ((cpu = cpulist_next(online, cpu)) >= 0)
		if (cpu_line(cpu, "topology/thread_siblings_list", group) &&
		    cpulist_count(group) > 1 && cpulist_next(group, -1) == cpu)
			json_object_array_add(list,
					      json_object_new_string(group));
	if (json_length(list))
		json_object_object_add(env, "smt_siblings", list);
	else
		json_object_put(list);
}

/* Some kernels say "(null)" for no CPU at all. */
static void add_list(struct json_object *env, const char *key, const char *path)
{
	char line[ENV_LINE_MAX];

	if (env_line(path, line) && cpulist_count(line))
		json_add_text(env, key, line);
}

static void add_mhz(struct json_object *env, const char *key, const char *file)
{
	char line[ENV_LINE_MAX];
	double khz;

	if (!cpu_line(0, file, line))
		return;
	khz = strtod(line, NULL);
	if (khz > 0)
		json_add_number(env, key, khz / 1000);
}

/**
 * env_add_cpus() - Add what is known of the CPUs
 * @env: object to add to
 *
 * Keys: online_cpus, numa_nodes, isolated_cpus, nohz_full (lists); governor,
 * "mixed" if the online CPUs differ, and then governors (name to list);
 * cpu_mhz_min, cpu_mhz_max (what the governor of CPU 0 may choose from);
 * turbo, smt, numa_balancing (booleans); smt_siblings (array of lists).
 */
void env_add_cpus(struct json_object *env)
{
	const char *online;

	add_list(env, "online_cpus", CPU_DIR "online");
	add_list(env, "numa_nodes", "/sys/devices/system/node/online");
	add_list(env, "isolated_cpus", CPU_DIR "isolated");
	add_list(env, "nohz_full", CPU_DIR "nohz_full");
	online = json_text_or(env, "online_cpus", "0");
	add_governors(env, online);
	add_mhz(env, "cpu_mhz_min", "cpufreq/scaling_min_freq");
	add_mhz(env, "cpu_mhz_max", "cpufreq/scaling_max_freq");
	env_add_bool(env, "smt", CPU_DIR "smt/active", false);
	add_siblings(env, online);
	/* intel_pstate has its own switch, turned the other way round. */
	env_add_bool(env, "turbo", CPU_DIR "cpufreq/boost", false);
	env_add_bool(env, "turbo", CPU_DIR "intel_pstate/no_turbo", true);
	env_add_bool(env, "numa_balancing", "/proc/sys/kernel/numa_balancing",
		     false);
}
