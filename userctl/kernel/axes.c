// SPDX-License-Identifier: GPL-2.0
/*
 * Axes of a sweep: for every parameter the values it takes. One value is an
 * ordinary setting, several are an axis. Pure.
 */
#include <string.h>

#include "axes.h"
#include "base/cpulist.h"
#include "base/xalloc.h"

/* Lists of CPUs have several spellings. */
static bool is_same(enum param_id id, const char *a, const char *b)
{
	if (!strcmp(a, b))
		return true;
	return params[id].kind == PARAM_KIND_CPUS && *a && *b &&
	       cpulist_equal(a, b);
}

static bool add_value(struct axis *axis, enum param_id id, const char *text,
		      struct msg *m)
{
	char quoted[MSG_QUOTE_MAX];
	struct msg why;
	char *value;
	size_t i;

	value = params_parse(id, text, &why);
	if (!value) {
		msg_set(m, "--%s: %s", params_option(id), why.text);
		return false;
	}
	/* Two equal values would be told apart by nothing in the results. */
	for (i = 0; i < axis->n; i++) {
		if (!is_same(id, axis->values[i], value))
			continue;
		msg_set(m,
			"--%s: %s is given twice; values of an axis must differ",
			params_option(id), msg_quote(quoted, text));
		free(value);
		return false;
	}
	if (axis->n == AXIS_VALUES_MAX) {
		msg_set(m, "--%s: more than %d values; allowed: 1 to %d",
			params_option(id), AXIS_VALUES_MAX, AXIS_VALUES_MAX);
		free(value);
		return false;
	}
	axis->values =
		xrealloc(axis->values, axis->n + 1, sizeof(*axis->values));
	axis->values[axis->n++] = value;
	return true;
}

/**
 * axes_add() - Take the argument of one parameter's option
 * @axes: receives the values, behind those it has
 * @id: the parameter
 * @text: one value, or a comma list of values; for cpus always one value,
 *	  because its commas are its own: its axis is made by repeating --cpus
 * @m: receives the reason on error, with the option's name
 *
 * Return: true if all values of @text were accepted.
 */
bool axes_add(struct axes *axes, enum param_id id, const char *text,
	      struct msg *m)
{
	struct axis *axis = &axes->axis[id];
	char quoted[MSG_QUOTE_MAX];

	if (params[id].kind == PARAM_KIND_CPUS)
		return add_value(axis, id, text, m);

	for (;;) {
		size_t len = strcspn(text, ",");
		char *item = xstrndup(text, len);
		bool ok;

		if (*item) {
			ok = add_value(axis, id, item, m);
		} else {
			msg_set(m,
				"--%s: empty value at %s; allowed: a value, or several "
				"separated by one comma",
				params_option(id), msg_quote(quoted, text));
			ok = false;
		}
		free(item);
		if (!ok || !text[len])
			return ok;
		text += len + 1;
	}
}

/**
 * axes_complete() - Check that everything needed was given; add the defaults
 * @axes: values given so far; the axis lock is left alone
 * @m: receives the reason on error
 *
 * hold_ns and think_ns have no default: the result depends on them more than
 * on the lock, and no choice of ours would be the user's workload.
 *
 * Return: true if every axis but lock and the knobs now has a value.
 */
bool axes_complete(struct axes *axes, struct msg *m)
{
	static const enum param_id needed[] = { PARAM_hold_ns, PARAM_think_ns };
	size_t i;

	for (i = 0; i < sizeof(needed) / sizeof(needed[0]); i++) {
		if (axes->axis[needed[i]].n)
			continue;
		msg_set(m,
			"--%s must be given: the time spent %s, like 500ns or 2us "
			"(0 for one of --hold and --think, not for both)",
			params_option(needed[i]),
			needed[i] == PARAM_hold_ns ? "holding the locks" :
						     "between operations");
		return false;
	}
	for (i = 0; i < FIRST_KNOB; i++) {
		struct axis *axis = &axes->axis[i];

		if (axis->n || i == PARAM_lock)
			continue;
		axis->values = xcalloc(1, sizeof(*axis->values));
		axis->values[axis->n++] = params_default(i);
	}
	return true;
}

/**
 * axes_free() - Free all values
 * @axes: axes to empty
 */
void axes_free(struct axes *axes)
{
	size_t i, j;

	for (i = 0; i < NR_PARAMS; i++) {
		for (j = 0; j < axes->axis[i].n; j++)
			free(axes->axis[i].values[j]);
		free(axes->axis[i].values);
		axes->axis[i] = (struct axis){ NULL, 0 };
	}
}
