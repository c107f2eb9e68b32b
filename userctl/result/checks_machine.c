// SPDX-License-Identifier: GPL-2.0
/* The lines of the certificate that are about the machine. Pure. */
#include <stdio.h>
#include <string.h>

#include "base/cpulist.h"
#include "base/json.h"
#include "base/msg.h"
#include "checks.h"

/*
 * Of all CPUs in the minute before the first run: half of them busy is no
 * machine to measure on. Not less, because the runs of a command before this
 * one count as well.
 */
#define LOAD_SHARE 0.5

/* The CPUs of a run, or none if it does not say. */
static const char *cpus_of(struct json_object *run)
{
	return json_text_or(run, "params.cpus", "");
}

static bool all_cpus_have(struct json_object *doc, const char *have)
{
	struct json_object *run;
	size_t i;

	json_for_each(i, run, json_array(doc, "runs"))
		if (cpulist_common(cpus_of(run), have) !=
		    cpulist_count(cpus_of(run)))
			return false;
	return true;
}

/* Where one frequency is all there is to choose from, there is no governor to choose. */
static bool is_fixed(struct json_object *doc)
{
	double min, max;

	return json_number(doc, "environment.cpu_mhz_min", &min) &&
	       json_number(doc, "environment.cpu_mhz_max", &max) && min == max;
}

static void governor(struct json_object *list, struct json_object *doc)
{
	const char *name = json_text(doc, "environment.governor");
	const char *fast =
		json_text_or(doc, "environment.governors.performance", "");
	bool good;

	if (!name)
		return;
	good = is_fixed(doc) || !strcmp(name, "performance") ||
	       (!strcmp(name, "mixed") && *fast && all_cpus_have(doc, fast));
	checks_add_text(list, "governor", name, good ? CHECK_OK : CHECK_WARNING,
			"the clock rate of the CPUs follows their load",
			"type: cpupower frequency-set -g performance");
}

static void turbo(struct json_object *list, struct json_object *doc)
{
	struct json_object *on;
	bool set;

	if (!json_find(doc, "environment.turbo", &on))
		return;
	set = json_object_get_boolean(on);
	checks_add_text(list, "turbo", set ? "on" : "off",
			set ? CHECK_WARNING : CHECK_OK,
			"the more CPUs are busy, the slower is each of them",
			"type: echo 0 > /sys/devices/system/cpu/cpufreq/boost, or echo 1 > /sys/devices/system/cpu/intel_pstate/no_turbo");
}

/* A core that two CPUs of one run share; NULL if there is none. */
static const char *shared_core(struct json_object *doc)
{
	struct json_object *runs = json_array(doc, "runs");
	struct json_object *group, *run;
	size_t i, j;

	json_for_each(i, group, json_array(doc, "environment.smt_siblings"))
		json_for_each(j, run, runs)
			if (group &&
			    cpulist_common(json_object_get_string(group),
					   cpus_of(run)) > 1)
				return json_object_get_string(group);
	return NULL;
}

static void smt(struct json_object *list, struct json_object *doc)
{
	const char *core = shared_core(doc);
	struct json_object *on;
	char why[256];

	if (!json_find(doc, "environment.smt", &on))
		return;
	snprintf(why, sizeof(why),
		 "the CPUs %.*s share a core, and each slows the other down",
		 core ? msg_fit(core, 100) : 0, core ? core : "");
	checks_add_text(list, "smt",
			!json_object_get_boolean(on) ? "off" :
			core ? "on, siblings used together" :
			       "on, no siblings together",
			core ? CHECK_WARNING : CHECK_OK, why,
			"give --cpus one CPU of each core, or type: echo off > /sys/devices/system/cpu/smt/control");
}

static void numa(struct json_object *list, struct json_object *doc)
{
	const char *nodes = json_text(doc, "environment.numa_nodes");
	struct json_object *on;
	bool bad;

	if (!json_find(doc, "environment.numa_balancing", &on))
		return;
	bad = json_object_get_boolean(on) && nodes && cpulist_count(nodes) > 1;
	checks_add_text(list, "numa_balancing",
			json_object_get_boolean(on) ? "on" : "off",
			bad ? CHECK_WARNING : CHECK_OK,
			"the kernel unmaps pages to see which tasks use them",
			"type: sysctl kernel.numa_balancing=0");
}

/* It is no fault to measure on isolated CPUs, or on none: only on both. */
static void isolated(struct json_object *list, struct json_object *doc,
		     const char *name)
{
	struct json_object *run;
	bool mixed = false;
	const char *cpus;
	char key[64];
	size_t i;

	snprintf(key, sizeof(key), "environment.%s", name);
	cpus = json_text(doc, key);
	json_for_each(i, run, cpus ? json_array(doc, "runs") : NULL) {
		unsigned int n = cpulist_common(cpus, cpus_of(run));

		mixed |= n && n < cpulist_count(cpus_of(run));
	}
	checks_add_text(list, name, cpus ? cpus : "none",
			mixed ? CHECK_WARNING : CHECK_OK,
			"some CPUs of a run are isolated from other tasks, or from the tick, and some are not",
			"give --cpus either kind, not both");
}

static void load(struct json_object *list, struct json_object *doc)
{
	const char *online = json_text(doc, "environment.online_cpus");
	struct json_object *value;
	double v, unused;
	bool high;

	if (!json_number(doc, "environment.load_average", &v) || !online)
		return;
	json_find(doc, "environment.load_average", &value);
	/* Measured in the window is better than an average from before. */
	high = v > LOAD_SHARE * cpulist_count(online) &&
	       !json_number(doc, "runs.1.certificate.other_ns", &unused);
	checks_add(list,
		   &(struct check){
			   "load_average", json_object_get(value),
			   high ? CHECK_WARNING : CHECK_OK,
			   "the machine was busy in the minute before the first run",
			   "end what runs there, and measure again" });
}

static void hypervisor(struct json_object *list, struct json_object *doc)
{
	const char *on = json_text(doc, "runs.1.certificate.hypervisor");
	bool uml = on && !strcmp(on, "uml");

	/* The line about times says it. */
	if (!on || !strcmp(on, "sim"))
		return;
	checks_add_text(list, "hypervisor", on,
			strcmp(on, "none") != 0 ? CHECK_WARNING : CHECK_OK,
			uml ? "this kernel is a process: switches and wakeups cost more, "
			      "Linux's own locks execute more instructions than natively, and "
			      "no thread is preempted (tokbench-labs(7))" :
			      "the machine is virtual: its host can take CPUs away for a while",
			"confirm on a machine of your own, with: scripts/lab host");
}

static void kernel(struct json_object *list, struct json_object *doc)
{
	const char *debug = json_text(doc, "runs.1.certificate.debug");

	if (!debug)
		return;
	checks_add_text(list, "debug", debug,
			strcmp(debug, "none") != 0 ? CHECK_WARNING : CHECK_OK,
			"these options of the kernel make every lock slower, and not every lock alike",
			"measure with a kernel built without them");
}

static void times(struct json_object *list, struct json_object *doc)
{
	if (checks_meaningless(doc))
		checks_add_text(list, "times", "meaningless", CHECK_WARNING,
				"the CPU was emulated: counts hold, times mean nothing",
				"for times, use another lab: kvm, uml or host");
	else if (json_is(doc, "runs.1.certificate.times", "simulated"))
		checks_add_text(list, "times", "simulated", CHECK_WARNING,
				"times are those of a model: orders and shapes hold, absolute "
				"numbers within a factor of two (tokbench-labs(7))",
				"give other seeds and machines, and measure on a real one");
	else
		checks_add_text(list, "times", "ok", CHECK_OK, NULL, NULL);
}

/**
 * checks_machine() - Add the lines about the machine
 * @list: list to add to
 * @doc: document with environment and runs
 */
void checks_machine(struct json_object *list, struct json_object *doc)
{
	kernel(list, doc);
	hypervisor(list, doc);
	if (json_length(json_array(doc, "runs")))
		times(list, doc);
	governor(list, doc);
	turbo(list, doc);
	smt(list, doc);
	numa(list, doc);
	if (json_text(doc, "environment.online_cpus")) {
		isolated(list, doc, "isolated_cpus");
		isolated(list, doc, "nohz_full");
	}
	load(list, doc);
}
