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

#include "base/json.h"
#include "base/xalloc.h"
#include "env.h"
#include "env_file.h"

static void add_cpu_model(struct json_object *env)
{
	FILE *f = env_open("/proc/cpuinfo");
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
		json_add_text(env, "cpu", value);
		break;
	}
	free(line);
	fclose(f);
}

/* Whether a mutex's owner runs for its waiters, where the kernel has that. */
static void add_proxy_exec(struct json_object *env)
{
	static const char name[] = "sched_proxy_exec";
	FILE *f = env_open("/proc/cmdline");
	char *line = NULL, *word, *rest;
	size_t size = 0;

	if (!f)
		return;
	if (getline(&line, &size, f) > 0) {
		for (word = strtok_r(line, " \t\n", &rest); word;
		     word = strtok_r(NULL, " \t\n", &rest)) {
			size_t len = sizeof(name) - 1;

			if (strncmp(word, name, len) ||
			    (word[len] && word[len] != '='))
				continue;
			/* The last one holds, and one without a value is on. */
			json_add_text(env, name,
				      word[len] ? word + len + 1 : "1");
		}
	}
	free(line);
	fclose(f);
}

static void add_load(struct json_object *env)
{
	char line[ENV_LINE_MAX];
	char *end;
	double load;

	if (!env_line("/proc/loadavg", line))
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
		json_add_text(env, "date", text);
}

/**
 * env_read() - Describe this machine now
 * @module_version: version of the loaded module
 *
 * Keys: date (UTC), kernel, machine, cpu, those of env_add_cpus(),
 * load_average (one minute), sched_proxy_exec (of the boot command
 * line), lab (from TOKBENCH_LAB), tokctl, module (versions).
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
		json_add_text(env, "kernel", u.release);
		json_add_text(env, "machine", u.machine);
	}
	add_cpu_model(env);
	env_add_cpus(env);
	add_load(env);
	add_proxy_exec(env);
	if (lab && *lab)
		json_add_text(env, "lab", lab);
	json_add_text(env, "tokctl", TOKCTL_VERSION);
	json_add_text(env, "module", module_version);
	return env;
}
