// SPDX-License-Identifier: GPL-2.0
/*
 * Values of the command line. Whatever tokctl lets through, the module's own
 * parser must take; numbers are held against a second, slow way to read them.
 */
#include <stdlib.h>
#include <string.h>

#include "base/cpulist.h"
#include "base/numarg.h"
#include "base/xalloc.h"
#include "kernel/axes.h"
#include "kernel/keys.h"
#include "kernel/params.h"
#include "sweep/plan.h"
#include "table/out.h"
#include "target.h"

static void check_message(const struct msg *m)
{
	const char *s;

	assert(*m->text && strlen(m->text) < MSG_MAX);
	for (s = m->text; *s; s++)
		assert((unsigned char)*s >= ' ' && *s != 0x7f);
}

static const struct {
	const char *name;
	uint64_t scale;
	bool time;
} suffixes[] = {
	{ "ns", 1, true },	 { "us", 1000, true },
	{ "ms", 1000000, true }, { "s", 1000000000, true },
	{ "k", 1000, false },	 { "M", 1000000, false },
};

/* What digits and a suffix mean, in 128 bits. */
static bool reference(const char *text, const char *unit, uint64_t *out)
{
	__uint128_t v = 0;
	size_t digits = strspn(text, "0123456789");
	const char *suffix = text[digits] ? text + digits : unit;
	uint64_t own = 1, scale = 0;
	size_t i;

	for (i = 0; i < sizeof(suffixes) / sizeof(suffixes[0]); i++) {
		if (!strcmp(suffixes[i].name, unit))
			own = suffixes[i].scale;
		if (!strcmp(suffixes[i].name, suffix) &&
		    suffixes[i].time == !!*unit)
			scale = suffixes[i].scale;
	}
	if (!*suffix)
		scale = 1;
	if (!digits || !scale)
		return false;
	for (i = 0; i < digits; i++) {
		v = v * 10 + (text[i] - '0');
		if (v > (__uint128_t)UINT64_MAX << 32)
			return false;
	}
	v *= scale;
	if (v % own || v / own > UINT64_MAX || v > UINT64_MAX)
		return false;
	*out = v / own;
	return true;
}

static void check_number(const char *text)
{
	static const char *const units[] = { "", "ns", "us", "ms" };
	uint64_t v, wanted;
	struct msg m;
	size_t i;

	for (i = 0; i < sizeof(units) / sizeof(units[0]); i++) {
		const struct numarg_spec spec = { units[i], 0, UINT64_MAX };
		bool good = numarg_parse(text, &spec, &v, &m);
		bool should = reference(text, units[i], &wanted);

		assert(good == should);
		assert(!good || v == wanted);
		if (!good)
			check_message(&m);
	}
}

static void check_percent(const char *text)
{
	double share = -1;
	struct msg m;

	if (numarg_percent(text, 0.01, 100, &share, &m)) {
		assert(share >= 0.0001 && share <= 1);
	} else {
		assert(share == -1);
		check_message(&m);
	}
}

static void check_param(enum param_id id, const char *text)
{
	char file[PARAM_FILE_MAX];
	char *value, *again;
	struct msg m;

	value = params_parse(id, text, &m);
	if (!value) {
		check_message(&m);
		return;
	}
	if (id != PARAM_lock)
		assert(bridge_sets(params_file(id, file) + strlen("config/"),
				   value));
	again = params_parse(id, value, &m);
	assert(again && !strcmp(again, value));
	assert(!*value || params_equal(id, value, again));
	free(again);
	free(value);
}

/* Several options, each with the value of the input, and their cells. */
static void check_axes(const char *text)
{
	struct axes axes = { 0 };
	size_t counts[NR_PARAMS];
	struct plan plan = { 0 };
	struct msg m;
	size_t id, i;
	bool ok = true;

	for (id = 0; id < NR_PARAMS; id++) {
		ok = axes_add(&axes, id, text, &m);
		if (!ok)
			check_message(&m);
		assert(axes.axis[id].n <= AXIS_VALUES_MAX ||
		       params[id].kind == PARAM_KIND_LOCK);
		counts[id] = axes.axis[id].n ? axes.axis[id].n : 1;
	}
	if (!axes_complete(&axes, &m))
		check_message(&m);
	if (plan_make(&plan, counts, NR_PARAMS, 1, 2, 7, &m)) {
		assert(plan.nr_steps <= PLAN_STEPS_MAX);
		for (i = 0; i < plan.nr_steps; i++)
			assert(plan.steps[i].cell < plan.nr_cells);
	} else {
		check_message(&m);
	}
	plan_free(&plan);
	axes_free(&axes);
}

static void check_cpulist(const char *text)
{
	unsigned int n = cpulist_count(text), has = 0;
	struct msg m;
	int cpu = -1;

	if (!cpulist_check(text, &m)) {
		check_message(&m);
		/* Linux may say so of a machine; nobody may ask for it. */
		assert(strlen(text) > CPULIST_MAX_CHARS ||
		       (!n && !cpulist_equal(text, text)));
		return;
	}
	while ((cpu = cpulist_next(text, cpu)) >= 0 && has < 64)
		has++;
	assert((has == n || has == 64) && cpulist_equal(text, text));
	assert(cpulist_common(text, text) == n);
}

/* What "show" is asked for. */
static void check_key(const char *text)
{
	bool known = keys_known(text);

	assert(known || !keys_is_text(text) || !strchr(text, '.'));
}

static void run(const uint8_t *data, size_t size)
{
	char *text = target_text(data, size);
	enum out_format format;
	struct msg m;
	size_t id;

	check_number(text);
	check_percent(text);
	check_cpulist(text);
	check_key(text);
	for (id = 0; id < NR_PARAMS; id++)
		check_param(id, text);
	check_axes(text);
	if (!out_format_parse(text, &format, &m))
		check_message(&m);
	free(text);
}

const struct target target_args = { "args", run, false };
