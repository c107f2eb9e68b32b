// SPDX-License-Identifier: GPL-2.0
/*
 * Whether two documents can be compared at all: on the same machine in the same
 * state, under the same kernel, with the same parameters. Pure.
 */
#include <stdio.h>
#include <string.h>

#include "base/json.h"
#include "compare.h"

/*
 * What a machine is, and what state it is in. The version of the module is not
 * among them: that may well be what is compared.
 */
static const char *const of_machine[] = {
	"machine",
	"cpu",
	"online_cpus",
	"kernel",
	"lab",
	"governor",
	"turbo",
	"smt",
	"isolated_cpus",
	"nohz_full",
	"sched_proxy_exec",
};

static const char *const of_run[] = { "preempt", "proxy_exec", "debug",
				      "hypervisor", "times" };

static void add(struct json_object *list, const char *what, const char *a,
		const char *b)
{
	struct json_object *o;
	size_t i;

	if (!strcmp(a, b))
		return;
	json_for_each(i, o, list)
		if (json_is(o, "what", what) && json_is(o, "a", a) &&
		    json_is(o, "b", b))
			return;
	o = json_object_new_object();
	json_add_text(o, "what", what);
	json_add_text(o, "a", a);
	json_add_text(o, "b", b);
	json_object_array_add(list, o);
}

static void one(struct json_object *list, const char *section, const char *name,
		struct json_object *a, struct json_object *b)
{
	char key[128];

	snprintf(key, sizeof(key), "%s.%s", section, name);
	add(list, key, json_text_or(a, key, "(unknown)"),
	    json_text_or(b, key, "(unknown)"));
}

/*
 * The parameters that @of has. Those that vary are equal already, or the runs
 * would not be a pair.
 */
static void parameters(struct json_object *list, const char *section,
		       struct json_object *axes, struct json_object *of,
		       struct json_object *a, struct json_object *b)
{
	struct json_object *all = json_object_at(of, section), *unused;
	const char *axis;
	char key[128];

	if (!all)
		return;
	json_object_object_foreach(all, name, val)
	{
		snprintf(key, sizeof(key), "%s.%s", section, name);
		axis = key + strlen("params.");
		if (json_object_is_type(val, json_type_object))
			parameters(list, key, axes, of, a, b);
		else if (!json_object_object_get_ex(axes, axis, &unused))
			one(list, section, name, a, b);
	}
}

/**
 * compare_differences() - Add what is not the same
 * @list: list of objects what, a, b; nothing is added twice
 * @a: a document
 * @b: another
 * @axes: object with a key for each parameter that varies in one of them
 * @run_a: a run of @a
 * @run_b: the run of @b it is to be compared with
 */
void compare_differences(struct json_object *list, struct json_object *a,
			 struct json_object *b, struct json_object *axes,
			 struct json_object *run_a, struct json_object *run_b)
{
	size_t i;

	for (i = 0; i < sizeof(of_machine) / sizeof(of_machine[0]); i++)
		one(list, "environment", of_machine[i], a, b);
	for (i = 0; i < sizeof(of_run) / sizeof(of_run[0]); i++)
		one(list, "certificate", of_run[i], run_a, run_b);
	parameters(list, "params", axes, run_a, run_a, run_b);
	parameters(list, "params", axes, run_b, run_a, run_b);
}
