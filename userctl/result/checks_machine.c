// SPDX-License-Identifier: GPL-2.0
/* The lines of the certificate that are about the machine. Pure. */
#include <stdio.h>
#include <string.h>

#include "checks.h"
#include "cpulist.h"
#include "jpath.h"

/*
 * Of all CPUs in the minute before the first run: half of them busy is no
 * machine to measure on. Not less, because the runs of a command before this
 * one count as well.
 */
#define LOAD_SHARE 0.5

static void add_text(struct json_object *list, const char *name,
		     const char *value, enum check_verdict verdict,
		     const char *why, const char *todo)
{
	struct check c = { name, json_object_new_string(value), verdict, why,
			   todo };

	checks_add(list, &c);
}

static struct json_object *run_of(struct json_object *doc, size_t i)
{
	struct json_object *runs = jpath_array(doc, "runs");

	return runs ? json_object_array_get_idx(runs, i) : NULL;
}

/* The CPUs of a run, or what there is if it does not say. */
static const char *cpus_of(struct json_object *doc, size_t i)
{
	return jpath_text_or(run_of(doc, i), "params.cpus", "");
}

static size_t nr_runs(struct json_object *doc)
{
	return jpath_length(jpath_array(doc, "runs"));
}

static bool all_cpus_have(struct json_object *doc, const char *have)
{
	size_t i;

	for (i = 0; i < nr_runs(doc); i++)
		if (cpulist_common(cpus_of(doc, i), have) !=
		    cpulist_count(cpus_of(doc, i)))
			return false;
	return true;
}

/* Where one frequency is all there is to choose from, nobody chooses. */
static bool is_fixed(struct json_object *doc)
{
	double min, max;

	return jpath_number(doc, "environment.cpu_mhz_min", &min) &&
	       jpath_number(doc, "environment.cpu_mhz_max", &max) && min == max;
}

static void governor(struct json_object *list, struct json_object *doc)
{
	const char *name = jpath_text(doc, "environment.governor");
	const char *fast =
		jpath_text_or(doc, "environment.governors.performance", "");
	bool good;

	if (!name)
		return;
	good = is_fixed(doc) || !strcmp(name, "performance") ||
	       (!strcmp(name, "mixed") && *fast && all_cpus_have(doc, fast));
	add_text(list, "governor", name, good ? CHECK_OK : CHECK_WARNING,
		 "the clock rate of the CPUs follows their load",
		 "type: cpupower frequency-set -g performance");
}

static void turbo(struct json_object *list, struct json_object *doc)
{
	struct json_object *on;
	bool set;

	if (!jpath_get(doc, "environment.turbo", &on))
		return;
	set = json_object_get_boolean(on);
	add_text(list, "turbo", set ? "on" : "off",
		 set ? CHECK_WARNING : CHECK_OK,
		 "the more CPUs are busy, the slower is each of them",
		 "type: echo 0 > /sys/devices/system/cpu/cpufreq/boost, or echo 1 > /sys/devices/system/cpu/intel_pstate/no_turbo");
}

/* A core that two CPUs of one run share; NULL if there is none. */
static const char *shared_core(struct json_object *doc)
{
	struct json_object *groups =
		jpath_array(doc, "environment.smt_siblings");
	size_t i, j;

	for (i = 0; i < jpath_length(groups); i++) {
		const char *group = jpath_item(groups, i);

		for (j = 0; group && j < nr_runs(doc); j++)
			if (cpulist_common(group, cpus_of(doc, j)) > 1)
				return group;
	}
	return NULL;
}

static void smt(struct json_object *list, struct json_object *doc)
{
	const char *core = shared_core(doc);
	struct json_object *on;
	char why[256];

	if (!jpath_get(doc, "environment.smt", &on))
		return;
	snprintf(why, sizeof(why),
		 "the CPUs %.100s share a core, and each slows the other down",
		 core ? core : "");
	add_text(list, "smt",
		 !json_object_get_boolean(on) ? "off" :
		 core			      ? "on, siblings used together" :
						"on, no siblings together",
		 core ? CHECK_WARNING : CHECK_OK, why,
		 "give --cpus one CPU of each core, or type: echo off > /sys/devices/system/cpu/smt/control");
}

static void numa(struct json_object *list, struct json_object *doc)
{
	const char *nodes = jpath_text(doc, "environment.numa_nodes");
	struct json_object *on;
	bool bad;

	if (!jpath_get(doc, "environment.numa_balancing", &on))
		return;
	bad = json_object_get_boolean(on) && nodes && cpulist_count(nodes) > 1;
	add_text(list, "numa_balancing",
		 json_object_get_boolean(on) ? "on" : "off",
		 bad ? CHECK_WARNING : CHECK_OK,
		 "the kernel takes pages away to see who uses them",
		 "type: sysctl kernel.numa_balancing=0");
}

/* It is no fault to measure on isolated CPUs, or on none: only on both. */
static void isolated(struct json_object *list, struct json_object *doc,
		     const char *name)
{
	bool mixed = false;
	const char *cpus;
	char key[64];
	size_t i;

	snprintf(key, sizeof(key), "environment.%s", name);
	cpus = jpath_text(doc, key);
	for (i = 0; cpus && i < nr_runs(doc); i++) {
		unsigned int n = cpulist_common(cpus, cpus_of(doc, i));

		mixed |= n && n < cpulist_count(cpus_of(doc, i));
	}
	add_text(list, name, cpus ? cpus : "none",
		 mixed ? CHECK_WARNING : CHECK_OK,
		 "some CPUs of a run are isolated from other tasks, or from the tick, and some are not",
		 "give --cpus either kind, not both");
}

static void load(struct json_object *list, struct json_object *doc)
{
	const char *online = jpath_text(doc, "environment.online_cpus");
	struct json_object *value;
	double v, unused;
	bool high;

	if (!jpath_number(doc, "environment.load_average", &v) || !online)
		return;
	jpath_get(doc, "environment.load_average", &value);
	/* Measured in the window is better than an average from before. */
	high = v > LOAD_SHARE * cpulist_count(online) &&
	       !jpath_number(run_of(doc, 0), "certificate.other_ns", &unused);
	checks_add(list,
		   &(struct check){
			   "load_average", json_object_get(value),
			   high ? CHECK_WARNING : CHECK_OK,
			   "the machine was busy in the minute before the first run",
			   "end what runs there, and measure again" });
}

static void hypervisor(struct json_object *list, struct json_object *doc)
{
	const char *on = jpath_text(run_of(doc, 0), "certificate.hypervisor");
	bool uml = on && !strcmp(on, "uml");

	if (!on)
		return;
	add_text(list, "hypervisor", on,
		 strcmp(on, "none") != 0 ? CHECK_WARNING : CHECK_OK,
		 uml ? "this kernel is a process, whose switches and wakeups cost more" :
		       "the machine is virtual: its host can take CPUs away for a while",
		 "confirm on a machine of your own, with: scripts/lab host");
}

static void kernel(struct json_object *list, struct json_object *doc)
{
	const char *debug = jpath_text(run_of(doc, 0), "certificate.debug");

	if (!debug)
		return;
	add_text(list, "debug", debug,
		 strcmp(debug, "none") != 0 ? CHECK_WARNING : CHECK_OK,
		 "these options of the kernel make every lock slower, and not every lock alike",
		 "measure with a kernel built without them");
}

/**
 * checks_machine() - Add the lines about the machine
 * @list: list to add to
 * @doc: document with environment and runs
 */
void checks_machine(struct json_object *list, struct json_object *doc)
{
	bool meaningless = checks_meaningless(doc);

	kernel(list, doc);
	hypervisor(list, doc);
	if (nr_runs(doc))
		add_text(list, "times", meaningless ? "meaningless" : "ok",
			 meaningless ? CHECK_WARNING : CHECK_OK,
			 "the CPU was emulated: counts hold, times mean nothing",
			 "for times, use another lab: kvm, uml or host");
	governor(list, doc);
	turbo(list, doc);
	smt(list, doc);
	numa(list, doc);
	if (jpath_text(doc, "environment.online_cpus")) {
		isolated(list, doc, "isolated_cpus");
		isolated(list, doc, "nohz_full");
	}
	load(list, doc);
}
