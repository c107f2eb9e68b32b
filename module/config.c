// SPDX-License-Identifier: GPL-2.0
/*
 * config.c - the parameters, and the knobs of tokens
 *
 * One table, made from TB_PARAMS and LWKT_KNOBS, says for each setting where
 * its value is, what kind it has and what is allowed; all functions walk it. A
 * value is checked alone when it is written; whether a run can have all of them
 * together is asked when it is started (config_check.c). Which lock has which
 * knob is token_knobs.c's knowledge.
 */
#include <linux/cpumask.h>
#include <linux/kernel.h>
#include <linux/string.h>

#include "config.h"
#include "parse.h"
#include "refusal.h"
#include "text.h"
#include "token_knobs.h"
#include "variant.h"

enum kind {
	LOCK,
	CPUS,
	UINT,
	ORDER,
	PICK,
	MEASURE,
	SCHED,
	KNOB_UINT,
	KNOB_COLLISIONS,
};

struct param {
	const char *name;
	enum kind kind;
	const char *unit;
	u64 def, min, max;
	const char *doc;
	size_t offset;
};

#define PARAM(n, k, u, d, lo, hi, text) \
	{ #n, k, u, d, lo, hi, text, offsetof(struct tb_config, n) },
#define KNOB_AT(n) offsetof(struct tb_config, knobs.n)
#define KNOB(n, k, u, lo, hi, text) \
	{ TB_KNOB_DIR "/" #n, KNOB_##k, u, 0, lo, hi, text, KNOB_AT(n) },
static const struct param params[] = { TB_PARAMS(PARAM) LWKT_KNOBS(KNOB) };
#undef KNOB
#undef KNOB_AT
#undef PARAM

static_assert(ARRAY_SIZE(params) == TB_SETTING_COUNT);

#define WORD(word) #word,
static const char *const orders[] = { TB_ORDERS(WORD) };
static const char *const picks[] = { TB_PICKS(WORD) };
static const char *const measures[] = { TB_MEASURES(WORD) };
static const char *const scheds[] = { TB_SCHEDS(WORD) };
static const char *const collisions[] = { LWKT_COLLISIONS(WORD) };
#undef WORD

static u32 lock_names(const char **names)
{
	u32 i;

	for (i = 0; i < TB_VARIANT_COUNT; i++)
		names[i] = tb_variants[i]->name;
	return TB_VARIANT_COUNT;
}

/* The words a parameter can have; 0 if it has no such list. */
static u32 words_of(const struct param *p, const char **words)
{
	const char *const *list;
	u32 n;

	switch (p->kind) {
	case LOCK:
		return lock_names(words);
	case ORDER:
		list = orders;
		n = ARRAY_SIZE(orders);
		break;
	case PICK:
		list = picks;
		n = ARRAY_SIZE(picks);
		break;
	case MEASURE:
		list = measures;
		n = ARRAY_SIZE(measures);
		break;
	case SCHED:
		list = scheds;
		n = ARRAY_SIZE(scheds);
		break;
	case KNOB_COLLISIONS:
		list = collisions;
		n = ARRAY_SIZE(collisions);
		break;
	default:
		return 0;
	}
	memcpy(words, list, n * sizeof(*list));
	return n;
}

/* As many entries as the longest list of words has. */
#define WORDS_MAX (TB_VARIANT_COUNT + 8)

/* Room for all words of one parameter. */
#define WORD_LIST_MAX 512

static void join(char *buf, size_t len, const char **words, u32 n)
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
	return p->kind == UINT || p->kind == KNOB_UINT;
}

/* Is the setting a knob, and one that the lock does not have? */
static bool absent(const struct tb_config *c, unsigned int setting)
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

		if (p->kind == UINT)
			*uint_at(c, p) = p->def;
		else if (p->kind != CPUS)
			*word_at(c, p) = p->def;
	}
	c->lock = TB_VARIANT_token_poll;
	default_knobs(c);
}

/* Each setter returns what is wrong with the value, NULL if it was set. */

static const char *set_cpus(struct tb_config *c, const char *value, size_t len)
{
	char list[TB_CPUS_MAX];
	cpumask_var_t mask;
	bool good;

	if (len >= sizeof(list))
		return "too long";
	memcpy(list, value, len);
	list[len] = '\0';
	if (!alloc_cpumask_var(&mask, GFP_KERNEL))
		return "too much for the memory there is";
	good = !cpulist_parse(list, mask) && !cpumask_empty(mask);
	free_cpumask_var(mask);
	if (!good)
		return "no such list";
	strscpy(c->cpus, list, sizeof(c->cpus));
	return NULL;
}

static const char *set_uint(struct tb_config *c, const struct param *p,
			    const char *value, size_t len)
{
	u64 val;
	int err = tb_parse_u64(value, len, p->min, p->max, &val);

	if (err)
		return tb_parse_reason(err);
	if (p->kind == UINT)
		*uint_at(c, p) = val;
	else
		*word_at(c, p) = val;
	return NULL;
}

static const char *set_word(struct tb_config *c, const struct param *p,
			    const char *value, size_t len)
{
	const char *words[WORDS_MAX];
	u32 n = words_of(p, words);
	int i = tb_parse_word(value, len, words, n);

	if (i < 0)
		return p->kind == LOCK ? "no lock of this module" :
					 "not a word of this parameter";
	*word_at(c, p) = i;
	return NULL;
}

/* What a parameter can be, in words. */
static void print_allowed(const struct param *p, char *buf, size_t len)
{
	const char *words[WORDS_MAX];

	switch (p->kind) {
	case CPUS:
		scnprintf(buf, len,
			  "a list of CPUs like 0-3,8 with numbers below %u, in %d characters",
			  nr_cpu_ids, TB_CPUS_MAX - 1);
		break;
	case UINT:
	case KNOB_UINT:
		scnprintf(buf, len, "%llu to %llu%s%s", p->min, p->max,
			  *p->unit ? " " : "", p->unit);
		break;
	default:
		join(buf, len, words, words_of(p, words));
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
	char quote[TB_QUOTE_MAX], allowed[WORD_LIST_MAX];
	const char *value, *wrong;
	size_t value_len;
	int err;

	err = tb_parse_trim(text, len, &value, &value_len);
	if (err == -ENODATA && p->kind == CPUS) {
		c->cpus[0] = '\0';
		return 0;
	}
	if (err) {
		value = text;
		value_len = len;
		wrong = tb_parse_reason(err);
	} else if (absent(c, setting)) {
		wrong = "not of this lock";
	} else if (p->kind == CPUS) {
		wrong = set_cpus(c, value, value_len);
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
	tb_parse_quote(quote, sizeof(quote), value, value_len);
	if (absent(c, setting)) {
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
	const char *words[WORDS_MAX];

	if (absent(c, setting))
		return scnprintf(buf, len, "-");
	switch (p->kind) {
	case CPUS:
		return scnprintf(buf, len, "%s", c->cpus);
	case UINT:
		return scnprintf(buf, len, "%llu", *uint_at(c, p));
	case KNOB_UINT:
		return scnprintf(buf, len, "%u", *word_at(c, p));
	default:
		words_of(p, words);
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
	const char *words[WORDS_MAX];
	struct tb_config c;
	char value[TB_CPUS_MAX], list[WORD_LIST_MAX];
	u32 i, n;

	tb_config_default(&c);
	tb_text_printf(t, "name\tunit\tdefault\tmin\tmax\tallowed\tdoc\n");
	for (i = 0; i < ARRAY_SIZE(params); i++) {
		const struct param *p = &params[i];
		bool knob = i >= TB_PARAM_COUNT;

		/* The default of a knob is the lock's. */
		if (knob)
			strscpy(value, "", sizeof(value));
		else
			tb_config_print(&c, i, value, sizeof(value));
		n = words_of(p, words);
		join(list, sizeof(list), words, n);
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
}
