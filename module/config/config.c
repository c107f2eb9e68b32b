// SPDX-License-Identifier: GPL-2.0
/*
 * config.c - the parameters, and the knobs of tokens
 *
 * One table, made from TB_PARAMS and LWKT_KNOBS, says for each setting where
 * its value is, what kind it has and what is allowed; all functions walk it. A
 * value is checked alone when it is written; whether a run can have all of them
 * together is asked when it is started (combination.c). Which lock has which
 * knob is token_knobs.c's knowledge.
 */
#include <linux/cpumask.h>
#include <linux/kernel.h>
#include <linux/slab.h>
#include <linux/string.h>

#include "base/text.h"
#include "config.h"
#include "pure/groups.h"
#include "pure/parse.h"
#include "refusal.h"
#include "token_knobs.h"
#include "variant.h"
#include "words.h"

struct param {
	const char *name;
	enum tb_kind kind;
	const char *unit;
	u64 def, min, max;
	const char *doc;
	size_t offset;
};

#define PARAM(n, k, u, d, lo, hi, text) \
	{ #n, TB_KIND_##k, u, d, lo, hi, text, offsetof(struct tb_config, n) },
#define KNOB_AT(n) offsetof(struct tb_config, knobs.n)
#define KNOB(n, k, u, lo, hi, text)                                       \
	{                                                                 \
		TB_KNOB_DIR "/" #n, TB_KIND_KNOB_##k, u, 0, lo, hi, text, \
		KNOB_AT(n)                                                \
	},
static const struct param params[] = { TB_PARAMS(PARAM) LWKT_KNOBS(KNOB) };
#undef KNOB
#undef KNOB_AT
#undef PARAM

static_assert(ARRAY_SIZE(params) == TB_SETTING_COUNT);

/* Room for all words of one parameter. */
#define WORD_LIST_MAX 512

static void join_words(char *buf, size_t len, const char **words, u32 n)
{
	size_t at = 0;
	u32 i;

	buf[0] = '\0';
	for (i = 0; i < n; i++)
		at += scnprintf(buf + at, len - at, "%s%s", i ? "," : "",
				words[i]);
}

/**
 * tb_setting_name() - the name of a parameter, or of a knob as "token/NAME"
 * @setting: TB_PARAM_* or TB_SETTING_KNOB()
 */
const char *tb_setting_name(unsigned int setting)
{
	return params[setting].name;
}

/* Text that is kept as it was written, and may be empty. */
static bool is_text(const struct param *p)
{
	return p->kind == TB_KIND_CPUS || p->kind == TB_KIND_GROUPS ||
	       p->kind == TB_KIND_PHASES;
}

static char *text_at(const struct tb_config *c, const struct param *p)
{
	return (char *)c + p->offset;
}

static u64 *uint_at(const struct tb_config *c, const struct param *p)
{
	return (u64 *)((char *)c + p->offset);
}

static u32 *word_at(const struct tb_config *c, const struct param *p)
{
	return (u32 *)((char *)c + p->offset);
}

static bool is_number(const struct param *p)
{
	return p->kind == TB_KIND_UINT || p->kind == TB_KIND_KNOB_UINT;
}

/* Is the setting a knob, and one that the lock does not have? */
static bool knob_is_absent(const struct tb_config *c, unsigned int setting)
{
	return setting >= TB_PARAM_COUNT &&
	       !tb_knob_of(tb_variants[c->lock], setting - TB_PARAM_COUNT);
}

/* Another lock: its knobs stand where its generation starts from. */
static void default_knobs(struct tb_config *c)
{
	lwkt_knobs_default(&c->knobs, tb_variants[c->lock]->generation);
}

/**
 * tb_config_default() - give every parameter its default
 * @c: the configuration
 */
void tb_config_default(struct tb_config *c)
{
	u32 i;

	memset(c, 0, sizeof(*c));
	for (i = 0; i < TB_PARAM_COUNT; i++) {
		const struct param *p = &params[i];

		if (p->kind == TB_KIND_UINT)
			*uint_at(c, p) = p->def;
		else if (!is_text(p))
			*word_at(c, p) = p->def;
	}
	c->lock = TB_VARIANT_token_poll;
	default_knobs(c);
}

/* Each setter returns what is wrong with the value, NULL if it was set. */

static const char *check_cpus(const char *list)
{
	cpumask_var_t mask;
	bool good;

	if (!alloc_cpumask_var(&mask, GFP_KERNEL))
		return "too much for the memory there is";
	good = !cpulist_parse(list, mask) && !cpumask_empty(mask);
	free_cpumask_var(mask);
	return good ? NULL : "no such list";
}

/* @why: room for the reason. */
static const char *check_spec(const struct param *p, const char *text,
			      char *why)
{
	struct tb_group groups[TB_GROUPS_MAX];
	u32 levels[TB_PHASES_MAX];
	int n;

	if (p->kind == TB_KIND_GROUPS)
		n = tb_groups_parse(text, strlen(text), groups, why,
				    TB_GROUPS_WHY_MAX);
	else
		n = tb_phases_parse(text, strlen(text), levels, why,
				    TB_GROUPS_WHY_MAX);
	return n < 0 ? why : NULL;
}

static const char *set_text(struct tb_config *c, const struct param *p,
			    const char *value, size_t len, char *why)
{
	char text[TB_CPUS_MAX];
	const char *wrong;

	if (len >= sizeof(text))
		return "too long";
	memcpy(text, value, len);
	text[len] = '\0';
	wrong = p->kind == TB_KIND_CPUS ? check_cpus(text) :
					  check_spec(p, text, why);
	if (!wrong)
		strscpy(text_at(c, p), text, TB_CPUS_MAX);
	return wrong;
}

static const char *set_uint(struct tb_config *c, const struct param *p,
			    const char *value, size_t len)
{
	u64 val;
	int err = tb_parse_u64(value, len, p->min, p->max, &val);

	if (err)
		return tb_parse_reason(err);
	if (p->kind == TB_KIND_UINT)
		*uint_at(c, p) = val;
	else
		*word_at(c, p) = val;
	return NULL;
}

static const char *set_word(struct tb_config *c, const struct param *p,
			    const char *value, size_t len)
{
	const char *words[TB_WORDS_MAX];
	u32 n = tb_words_of(p->kind, words);
	int i = tb_parse_word(value, len, words, n);

	if (i < 0)
		return p->kind == TB_KIND_LOCK ? "no lock of this module" :
						 "not a word of this parameter";
	*word_at(c, p) = i;
	return NULL;
}

/* What a parameter can be, in words. */
static void print_allowed(const struct param *p, char *buf, size_t len)
{
	const char *words[TB_WORDS_MAX];

	switch (p->kind) {
	case TB_KIND_GROUPS:
		scnprintf(buf, len,
			  "two to %d groups separated by '/', each NAME=NUMBER[:NAME=NUMBER...] with the names threads, hold_ns, think_ns, shared_pct, nice; or nothing",
			  TB_GROUPS_MAX);
		break;
	case TB_KIND_PHASES:
		scnprintf(buf, len,
			  "two to %d numbers of threads per CPU separated by '/'; or nothing",
			  TB_PHASES_MAX);
		break;
	case TB_KIND_CPUS:
		scnprintf(buf, len,
			  "a list of CPUs like 0-3,8 with numbers below %u, in %d characters",
			  nr_cpu_ids, TB_CPUS_MAX - 1);
		break;
	case TB_KIND_UINT:
	case TB_KIND_KNOB_UINT:
		scnprintf(buf, len, "%llu to %llu%s%s", p->min, p->max,
			  *p->unit ? " " : "", p->unit);
		break;
	default:
		join_words(buf, len, words, tb_words_of(p->kind, words));
	}
}

/**
 * tb_config_set() - set one parameter or knob from text
 * @c: the configuration; unchanged on error
 * @setting: TB_PARAM_* or TB_SETTING_KNOB()
 * @text: what the user wrote; may hold anything
 * @len: its length
 *
 * Setting the lock sets all knobs to what its generation starts from. An error
 * leaves a line in the file "error" (refusal.h).
 *
 * Context: process context, may sleep.
 * Return: 0, -EINVAL or -E2BIG
 */
int tb_config_set(struct tb_config *c, unsigned int setting, const char *text,
		  size_t len)
{
	const struct param *p = &params[setting];
	char quote[TB_QUOTE_MAX], allowed[WORD_LIST_MAX],
		why[TB_GROUPS_WHY_MAX];
	const char *value, *wrong;
	size_t value_len;
	int err;

	err = tb_parse_trim(text, len, &value, &value_len);
	if (err == -ENODATA && is_text(p)) {
		*text_at(c, p) = '\0';
		return 0;
	}
	if (err) {
		value = text;
		value_len = len;
		wrong = tb_parse_reason(err);
	} else if (knob_is_absent(c, setting)) {
		wrong = "not of this lock";
	} else if (is_text(p)) {
		wrong = set_text(c, p, value, value_len, why);
	} else if (is_number(p)) {
		wrong = set_uint(c, p, value, value_len);
	} else {
		wrong = set_word(c, p, value, value_len);
	}
	if (!wrong) {
		if (setting == TB_PARAM_lock)
			default_knobs(c);
		return 0;
	}
	/* It quotes the piece that is wrong, and says what is allowed there. */
	if (wrong == why) {
		tb_refuse("%s: %s", p->name, why);
		return -EINVAL;
	}
	tb_parse_quote(quote, sizeof(quote), value, value_len);
	if (knob_is_absent(c, setting)) {
		tb_knob_locks(setting - TB_PARAM_COUNT, allowed,
			      sizeof(allowed));
		tb_refuse("%s: %s: %s has no such mechanism; locks that have it: %s",
			  p->name, quote, tb_variants[c->lock]->name, allowed);
		return -EINVAL;
	}
	print_allowed(p, allowed, sizeof(allowed));
	tb_refuse("%s: %s is %s; allowed: %s", p->name, quote, wrong, allowed);
	return err == -E2BIG ? err : -EINVAL;
}

/**
 * tb_config_print() - the text of one value
 * @c: the configuration
 * @setting: TB_PARAM_* or TB_SETTING_KNOB()
 * @buf: gets the text, without line feed; "-" for a knob the lock does not have
 * @len: its size, TB_CPUS_MAX suffices
 *
 * Return: the length of the text
 */
int tb_config_print(const struct tb_config *c, unsigned int setting, char *buf,
		    size_t len)
{
	const struct param *p = &params[setting];
	const char *words[TB_WORDS_MAX];

	if (knob_is_absent(c, setting))
		return scnprintf(buf, len, "-");
	switch (p->kind) {
	case TB_KIND_CPUS:
	case TB_KIND_GROUPS:
	case TB_KIND_PHASES:
		return scnprintf(buf, len, "%s", text_at(c, p));
	case TB_KIND_UINT:
		return scnprintf(buf, len, "%llu", *uint_at(c, p));
	case TB_KIND_KNOB_UINT:
		return scnprintf(buf, len, "%u", *word_at(c, p));
	default:
		tb_words_of(p->kind, words);
		return scnprintf(buf, len, "%s", words[*word_at(c, p)]);
	}
}

/**
 * tb_params_print() - the table of all settings (file "parameters")
 * @t: the text to add to
 *
 * Context: process context, may sleep.
 */
void tb_params_print(struct tb_text *t)
{
	const char *words[TB_WORDS_MAX];
	struct tb_config *c = kmalloc(sizeof(*c), GFP_KERNEL);
	char value[TB_CPUS_MAX], list[WORD_LIST_MAX];
	u32 i, n;

	if (!c) {
		t->err = -ENOMEM;
		return;
	}
	tb_config_default(c);
	tb_text_printf(t, "name\tunit\tdefault\tmin\tmax\tallowed\tdoc\n");
	for (i = 0; i < ARRAY_SIZE(params); i++) {
		const struct param *p = &params[i];
		bool knob = i >= TB_PARAM_COUNT;

		/* The default of a knob is the lock's. */
		if (knob)
			strscpy(value, "", sizeof(value));
		else
			tb_config_print(c, i, value, sizeof(value));
		n = tb_words_of(p->kind, words);
		join_words(list, sizeof(list), words, n);
		tb_text_printf(t, "%s\t%s\t%s\t", p->name,
			       *p->unit ? p->unit : "-", *value ? value : "-");
		if (is_number(p))
			tb_text_printf(t, "%llu\t%llu", p->min, p->max);
		else
			tb_text_printf(t, "-\t-");
		tb_text_printf(t, "\t%s\t%s", n ? list : "-", p->doc);
		if (knob) {
			tb_knob_locks(i - TB_PARAM_COUNT, list, sizeof(list));
			tb_text_printf(t, "; locks: %s", list);
		}
		tb_text_printf(t, "\n");
	}
	kfree(c);
}
