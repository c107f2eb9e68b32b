// SPDX-License-Identifier: GPL-2.0
/*
 * The environment block: what about the machine a reader of a saved result
 * needs in order to believe it. No host name: results are passed around, and
 * the name says nothing about the numbers. What cannot be read is left out.
 */
#include <stdbool.h>
#include <stdio.h>
#include <string.h>
#include <sys/utsname.h>
#include <time.h>

#include "env.h"
#include "xalloc.h"

#define CPU_DIR "/sys/devices/system/cpu/"

static bool first_line(const char *path, char *out, size_t len)
{
	FILE *f = fopen(path, "re");
	bool ok;

	if (!f)
		return false;
	ok = !!fgets(out, len, f);
	fclose(f);
	if (ok)
		out[strcspn(out, "\n")] = '\0';
	return ok && *out;
}

static void add_text(struct json_object *env, const char *key, const char *text)
{
	json_object_object_add(env, key, json_object_new_string(text));
}

static void add_file(struct json_object *env, const char *key, const char *path)
{
	char line[256];

	if (first_line(path, line, sizeof(line)))
		add_text(env, key, line);
}

static void add_cpu_model(struct json_object *env)
{
	FILE *f = fopen("/proc/cpuinfo", "re");
	char *line = NULL;
	size_t size = 0;

	if (!f)
		return;
	while (getline(&line, &size, f) > 0) {
		char *value = strchr(line, ':');

		if (strncmp(line, "model name", 10) || !value)
			continue;
		value += 1 + strspn(value + 1, " \t");
		value[strcspn(value, "\n")] = '\0';
		add_text(env, "cpu", value);
		break;
	}
	free(line);
	fclose(f);
}

static void add_bool_file(struct json_object *env, const char *key,
			  const char *path, bool inverted)
{
	char line[16];

	if (first_line(path, line, sizeof(line)) &&
	    (*line == '0' || *line == '1'))
		json_object_object_add(env, key,
				       json_object_new_boolean((*line == '1') !=
							       inverted));
}

/* intel_pstate has its own switch, turned the other way round. */
static void add_turbo(struct json_object *env)
{
	add_bool_file(env, "turbo", CPU_DIR "cpufreq/boost", false);
	add_bool_file(env, "turbo", CPU_DIR "intel_pstate/no_turbo", true);
}

static void add_load(struct json_object *env)
{
	char line[128];
	char *end;
	double load;

	if (!first_line("/proc/loadavg", line, sizeof(line)))
		return;
	line[strcspn(line, " ")] = '\0';
	load = strtod(line, &end);
	if (end != line && !*end)
		json_object_object_add(env, "load_average",
				       json_object_new_double_s(load, line));
}

static void add_date(struct json_object *env)
{
	time_t now = time(NULL);
	char text[32];
	struct tm tm;

	if (gmtime_r(&now, &tm) &&
	    strftime(text, sizeof(text), "%Y-%m-%dT%H:%M:%SZ", &tm))
		add_text(env, "date", text);
}

/**
 * env_read() - Describe this machine now
 * @module_version: version of the loaded module
 *
 * Keys: date (UTC), kernel, machine, cpu, online_cpus, numa_nodes (lists),
 * governor, smt, turbo (booleans), load_average (one minute), lab (from
 * TOKBENCH_LAB), tokctl, module (versions).
 *
 * Return: new object.
 */
struct json_object *env_read(const char *module_version)
{
	struct json_object *env = json_object_new_object();
	const char *lab = getenv("TOKBENCH_LAB");
	struct utsname u;

	add_date(env);
	if (!uname(&u)) {
		add_text(env, "kernel", u.release);
		add_text(env, "machine", u.machine);
	}
	add_cpu_model(env);
	add_file(env, "online_cpus", CPU_DIR "online");
	add_file(env, "numa_nodes", "/sys/devices/system/node/online");
	add_file(env, "governor", CPU_DIR "cpu0/cpufreq/scaling_governor");
	add_bool_file(env, "smt", CPU_DIR "smt/active", false);
	add_turbo(env);
	add_load(env);
	if (lab && *lab)
		add_text(env, "lab", lab);
	add_text(env, "tokctl", TOKCTL_VERSION);
	add_text(env, "module", module_version);
	return env;
}
