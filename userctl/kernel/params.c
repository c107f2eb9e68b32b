// SPDX-License-Identifier: GPL-2.0
/*
 * The parameter table of tokctl. Names, units, defaults and ranges come from
 * the ABI header and exist nowhere else in userspace; this file knows how a
 * value of each kind is read from the command line, brought to the form that
 * is written to config/NAME, and compared with what a result echoes. Pure.
 */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/cpulist.h"
#include "base/numarg.h"
#include "base/units.h"
#include "base/xalloc.h"
#include "groupsarg.h"
#include "params.h"

const struct param params[NR_PARAMS] = {
#define X(name_, kind_, unit_, def_, min_, max_, doc_) \
	{ #name_, PARAM_KIND_##kind_, unit_, def_, min_, max_, doc_ },
	TB_PARAMS(X)
#undef X
#define X(name_, kind_, unit_, min_, max_, doc_) \
	{ "token." #name_, PARAM_KIND_##kind_, unit_, 0, min_, max_, doc_ },
		LWKT_KNOBS(X)
#undef X
};

/* config/lock is written first: it sets the knobs. */
_Static_assert(PARAM_lock == 0, "the lock is the first parameter");

#define X(word) #word,
static const char *const orders[] = { TB_ORDERS(X) NULL };
static const char *const picks[] = { TB_PICKS(X) NULL };
static const char *const dists[] = { TB_DISTS(X) NULL };
static const char *const substrates[] = { TB_SUBSTRATES(X) NULL };
static const char *const measures[] = { TB_MEASURES(X) NULL };
static const char *const scheds[] = { TB_SCHEDS(X) NULL };
static const char *const faults[] = { TB_FAULTS(X) NULL };
static const char *const collisions[] = { LWKT_COLLISIONS(X) NULL };
#undef X

/**
 * params_is_knob() - Is it a knob, which not every lock has?
 * @id: the parameter
 */
bool params_is_knob(enum param_id id)
{
	return id >= FIRST_KNOB;
}

/**
 * params_base() - Name of a parameter without its section
 * @id: the parameter
 *
 * Return: the name; of a knob that of its file in config/token.
 */
const char *params_base(enum param_id id)
{
	const char *dot = strchr(params[id].name, '.');

	return dot ? dot + 1 : params[id].name;
}

/**
 * params_file() - Where a parameter is written
 * @id: the parameter
 * @file: receives the path below the module's directory
 *
 * Return: @file.
 */
const char *params_file(enum param_id id, char file[PARAM_FILE_MAX])
{
	snprintf(file, PARAM_FILE_MAX, "config/%s%s",
		 params_is_knob(id) ? "token/" : "", params_base(id));
	return file;
}

/* With '-' for '_', and without the last @cut characters. */
static const char *option_of(char name[PARAM_OPTION_MAX], enum param_id id,
			     size_t cut)
{
	const char *base = params_base(id);
	char *p;

	snprintf(name, PARAM_OPTION_MAX, "%.*s", (int)(strlen(base) - cut),
		 base);
	for (p = name; *p; p++)
		if (*p == '_')
			*p = '-';
	return name;
}

/**
 * params_option() - Name of a parameter's long option
 * @id: the parameter
 *
 * Return: its name with '-' for '_' and without its unit, which the value has,
 * without the leading dashes.
 */
const char *params_option(enum param_id id)
{
	static char names[NR_PARAMS][PARAM_OPTION_MAX];
	const char *unit = params[id].unit;

	return option_of(names[id], id, *unit ? strlen(unit) + 1 : 0);
}

/**
 * params_alias() - The other name of a parameter's long option
 * @id: the parameter
 *
 * Return: its whole name with '-' for '_'; NULL if that is params_option().
 */
const char *params_alias(enum param_id id)
{
	static char names[NR_PARAMS][PARAM_OPTION_MAX];

	return *params[id].unit ? option_of(names[id], id, 0) : NULL;
}

/**
 * params_show() - A value for people
 * @id: the parameter
 * @value: as written to config/NAME
 * @out: room for it
 *
 * Return: a time with its unit, like "40 us"; any other value as it is.
 */
const char *params_show(enum param_id id, const char *value,
			char out[UNITS_MAX])
{
	const char *own = params[id].unit;
	double v = strtod(value, NULL);
	const struct unit *unit;

	if (!*own || v <= 0)
		return value;
	v *= !strcmp(own, "ms") ? 1e6 : !strcmp(own, "us") ? 1e3 : 1;
	unit = units_common(true, v, v);
	snprintf(out, UNITS_MAX, "%.10g %s", v / unit->of, unit->suffix);
	return out;
}

/**
 * params_title() - Name of a parameter for people
 * @name: as in results, maybe one that we do not have
 * @out: room for it
 *
 * Return: @out, the name without its unit, which params_show() gives the values.
 */
const char *params_title(const char *name, char out[PARAM_FILE_MAX])
{
	enum param_id id = params_find(name);
	size_t unit = id < NR_PARAMS ? strlen(params[id].unit) : 0;

	snprintf(out, PARAM_FILE_MAX, "%.*s",
		 (int)(strlen(name) - (unit ? unit + 1 : 0)), name);
	return out;
}

/**
 * params_find() - Find a parameter
 * @name: as in results
 *
 * Return: NR_PARAMS if there is none.
 */
enum param_id params_find(const char *name)
{
	size_t i;

	for (i = 0; i < NR_PARAMS; i++)
		if (!strcmp(params[i].name, name))
			break;
	return i;
}

/**
 * params_words() - Allowed words of a kind
 * @kind: kind of parameter
 *
 * Return: NULL-terminated array, or NULL if values of @kind are not words.
 */
const char *const *params_words(enum param_kind kind)
{
	static const char *const *const words[] = {
		[PARAM_KIND_ORDER] = orders,
		[PARAM_KIND_PICK] = picks,
		[PARAM_KIND_DIST] = dists,
		[PARAM_KIND_SUBSTRATE] = substrates,
		[PARAM_KIND_MEASURE] = measures,
		[PARAM_KIND_SCHED] = scheds,
		[PARAM_KIND_FAULT] = faults,
		[PARAM_KIND_COLLISIONS] = collisions,
		[PARAM_KIND_UINT] = NULL,
	};

	return words[kind];
}

/**
 * params_is_text() - Is a value of this kind text even if it looks like a number?
 * @kind: kind of parameter
 */
bool params_is_text(enum param_kind kind)
{
	return kind != PARAM_KIND_UINT;
}

/**
 * params_default() - Default of a parameter
 * @id: the parameter, no knob
 *
 * Return: the value as written to config/NAME, to be freed.
 */
char *params_default(enum param_id id)
{
	const struct param *p = &params[id];
	const char *const *words = params_words(p->kind);
	char number[24];

	if (words)
		return xstrdup(words[p->def]);
	if (p->kind != PARAM_KIND_UINT)
		return xstrdup("");
	snprintf(number, sizeof(number), "%" PRIu64, p->def);
	return xstrdup(number);
}

static char *parse_word(const char *const *words, const char *text,
			struct msg *m)
{
	char list[256] = "";
	char quoted[MSG_QUOTE_MAX];
	size_t i;

	for (i = 0; words[i]; i++) {
		if (!strcmp(words[i], text))
			return xstrdup(text);
		if (i)
			strncat(list, ", ", sizeof(list) - strlen(list) - 1);
		strncat(list, words[i], sizeof(list) - strlen(list) - 1);
	}
	msg_set(m, "%s is not allowed here; allowed: %s",
		msg_quote(quoted, text), list);
	return NULL;
}

/**
 * params_parse() - Check one value and bring it to the kernel's form
 * @id: the parameter
 * @text: one value as typed, units included
 * @m: receives the reason on error: quotes the value, says what is allowed
 *
 * Whether a lock exists and whether a CPU is online is not known here.
 *
 * Return: the value as written to config/NAME, to be freed; NULL on error.
 */
char *params_parse(enum param_id id, const char *text, struct msg *m)
{
	const struct param *p = &params[id];
	const char *const *words = params_words(p->kind);
	const struct numarg_spec spec = { p->unit, p->min, p->max };
	char number[24];
	uint64_t v;

	if (words)
		return parse_word(words, text, m);
	switch (p->kind) {
	case PARAM_KIND_LOCK:
		return xstrdup(text);
	case PARAM_KIND_CPUS:
		return cpulist_check(text, m) ? xstrdup(text) : NULL;
	case PARAM_KIND_GROUPS:
		return groupsarg_parse(text, m);
	case PARAM_KIND_PHASES:
		return groupsarg_parse_phases(text, m);
	default:
		break;
	}
	if (!numarg_parse(text, &spec, &v, m))
		return NULL;
	snprintf(number, sizeof(number), "%" PRIu64, v);
	return xstrdup(number);
}

/**
 * params_equal() - Does the echo of a run say what was asked for?
 * @id: the parameter
 * @asked: value that was written to config/NAME
 * @echoed: value of params.NAME in the result
 *
 * The kernel may write a list of CPUs in its own way, and it chooses one if
 * none was asked for.
 */
bool params_equal(enum param_id id, const char *asked, const char *echoed)
{
	if (params[id].kind == PARAM_KIND_CPUS)
		return !*asked || cpulist_equal(asked, echoed);
	return !strcmp(asked, echoed);
}
