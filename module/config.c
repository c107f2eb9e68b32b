// SPDX-License-Identifier: GPL-2.0
/*
 * config.c - the parameters
 *
 * One table, made from TB_PARAMS, says for each parameter where its value is,
 * what kind it has and what is allowed; all functions walk it. A value is
 * checked alone when it is written, and together with all others when a run
 * is started, since only then it is known which others it will meet.
 */
#include <linux/cpu.h>
#include <linux/kernel.h>
#include <linux/string.h>

#include "config.h"
#include "parse.h"
#include "refusal.h"
#include "text.h"
#include "variant.h"
#include "workload.h"

enum kind { LOCK, CPUS, UINT, ORDER, PICK, MEASURE, SCHED };

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
static const struct param params[] = { TB_PARAMS(PARAM) };
#undef PARAM

#define WORD(word) #word,
static const char *const orders[] = { TB_ORDERS(WORD) };
static const char *const picks[] = { TB_PICKS(WORD) };
static const char *const measures[] = { TB_MEASURES(WORD) };
static const char *const scheds[] = { TB_SCHEDS(WORD) };
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
 * tb_param_name() - the name of a parameter
 * @param: TB_PARAM_*
 */
const char *tb_param_name(unsigned int param)
{
	return params[param].name;
}

static u64 *uint_at(const struct tb_config *c, const struct param *p)
{
	return (u64 *)((char *)c + p->offset);
}

static u32 *word_at(const struct tb_config *c, const struct param *p)
{
	return (u32 *)((char *)c + p->offset);
}

/**
 * tb_config_default() - give every parameter its default
 * @c: the configuration
 */
void tb_config_default(struct tb_config *c)
{
	u32 i;

	memset(c, 0, sizeof(*c));
	for (i = 0; i < ARRAY_SIZE(params); i++) {
		const struct param *p = &params[i];

		if (p->kind == UINT)
			*uint_at(c, p) = p->def;
		else if (p->kind != CPUS)
			*word_at(c, p) = p->def;
	}
	c->lock = TB_VARIANT_token_poll;
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
	int err = tb_parse_u64(value, len, p->min, p->max, uint_at(c, p));

	return err ? tb_parse_reason(err) : NULL;
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
		scnprintf(buf, len, "%llu to %llu%s%s", p->min, p->max,
			  *p->unit ? " " : "", p->unit);
		break;
	default:
		join(buf, len, words, words_of(p, words));
	}
}

/**
 * tb_config_set() - set one parameter from text
 * @c: the configuration; unchanged on error
 * @param: TB_PARAM_*
 * @text: what the user wrote; may hold anything
 * @len: its length
 *
 * An error leaves a line in the file "error" (refusal.h).
 *
 * Context: process context, may sleep.
 * Return: 0, -EINVAL or -E2BIG
 */
int tb_config_set(struct tb_config *c, unsigned int param, const char *text,
		  size_t len)
{
	const struct param *p = &params[param];
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
	} else if (p->kind == CPUS) {
		wrong = set_cpus(c, value, value_len);
	} else if (p->kind == UINT) {
		wrong = set_uint(c, p, value, value_len);
	} else {
		wrong = set_word(c, p, value, value_len);
	}
	if (!wrong)
		return 0;
	tb_parse_quote(quote, sizeof(quote), value, value_len);
	print_allowed(p, allowed, sizeof(allowed));
	tb_refuse("%s: %s is %s; allowed: %s", p->name, quote, wrong, allowed);
	return err == -E2BIG ? err : -EINVAL;
}

/**
 * tb_config_print() - the text of one value
 * @c: the configuration
 * @param: TB_PARAM_*
 * @buf: gets the text, without line feed
 * @len: its size, TB_CPUS_MAX suffices
 *
 * Return: the length of the text
 */
int tb_config_print(const struct tb_config *c, unsigned int param, char *buf,
		    size_t len)
{
	const struct param *p = &params[param];
	const char *words[WORDS_MAX];

	switch (p->kind) {
	case CPUS:
		return scnprintf(buf, len, "%s", c->cpus);
	case UINT:
		return scnprintf(buf, len, "%llu", *uint_at(c, p));
	default:
		words_of(p, words);
		return scnprintf(buf, len, "%s", words[*word_at(c, p)]);
	}
}

/**
 * tb_params_print() - the table of all parameters (file "parameters")
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

		tb_config_print(&c, i, value, sizeof(value));
		n = words_of(p, words);
		join(list, sizeof(list), words, n);
		tb_text_printf(t, "%s\t%s\t%s\t", p->name,
			       *p->unit ? p->unit : "-", *value ? value : "-");
		if (p->kind == UINT)
			tb_text_printf(t, "%llu\t%llu", p->min, p->max);
		else
			tb_text_printf(t, "-\t-");
		tb_text_printf(t, "\t%s\t%s\n", n ? list : "-", p->doc);
	}
}

/* All online CPUs, but when there are more than two not the first of them. */
static void default_cpus(struct cpumask *cpus)
{
	cpumask_copy(cpus, cpu_online_mask);
	if (cpumask_weight(cpus) > 2)
		cpumask_clear_cpu(cpumask_first(cpus), cpus);
}

static int check_cpus(const struct tb_config *c, struct cpumask *cpus)
{
	u32 n;

	if (!*c->cpus) {
		default_cpus(cpus);
		if (c->sched == TB_SCHED_fifo &&
		    cpumask_equal(cpus, cpu_online_mask))
			cpumask_clear_cpu(cpumask_first(cpus), cpus);
	} else if (cpulist_parse(c->cpus, cpus)) {
		tb_refuse("start: cpus: \"%s\" is not a list of CPUs", c->cpus);
		return -EINVAL;
	}
	if (!cpumask_subset(cpus, cpu_online_mask)) {
		tb_refuse("start: cpus: \"%s\" names CPUs that are not online; online: %*pbl",
			  c->cpus, cpumask_pr_args(cpu_online_mask));
		return -EINVAL;
	}
	n = cpumask_weight(cpus);
	if (!n || (c->sched == TB_SCHED_fifo && n >= num_online_cpus())) {
		tb_refuse("start: sched: fifo must leave one CPU free, and cpus takes %u of %u",
			  n, num_online_cpus());
		return -EINVAL;
	}
	if (c->sched == TB_SCHED_fifo &&
	    !(tb_variants[c->lock]->flags & TB_FLAG(lwkt)) &&
	    c->threads_per_cpu + c->bystanders > 1) {
		tb_refuse("start: sched: fifo threads take no turns; %s can have 1 per CPU",
			  tb_variants[c->lock]->name);
		return -EINVAL;
	}
	if (n * (c->threads_per_cpu + c->bystanders) > TB_THREADS_MAX) {
		tb_refuse("start: threads_per_cpu, bystanders: %llu + %llu on %u CPUs; at most %u",
			  c->threads_per_cpu, c->bystanders, n, TB_THREADS_MAX);
		return -EINVAL;
	}
	return 0;
}

/**
 * tb_config_check() - can a run have these parameters, here and now?
 * @c: the configuration
 * @cpus: gets the CPUs to use
 *
 * An error leaves a line in the file "error" (refusal.h).
 *
 * Context: process context; the caller holds cpus_read_lock().
 * Return: 0 or -EINVAL
 */
int tb_config_check(const struct tb_config *c, struct cpumask *cpus)
{
	const struct tb_variant *v = tb_variants[c->lock];
	char why[TB_WHY_MAX];
	struct tb_workload wl;
	int err;

	if (!c->hold_ns && !c->think_ns) {
		tb_refuse("start: hold_ns, think_ns: both 0; set one of them");
		return -EINVAL;
	}
	if (!c->block_ns != !c->block_every) {
		tb_refuse("start: block_ns, block_every: %llu and %llu; set both or none",
			  c->block_ns, c->block_every);
		return -EINVAL;
	}
	if (c->block_ns && !(v->flags & TB_FLAG(blocks))) {
		tb_refuse("start: block_ns: the holder of %s must not block",
			  v->name);
		return -EINVAL;
	}
	err = check_cpus(c, cpus);
	if (err)
		return err;
	tb_config_workload(c, cpumask_weight(cpus), &wl);
	err = tb_workload_check(&wl, why, sizeof(why));
	if (err)
		tb_refuse("start: %s", why);
	return err;
}

/**
 * tb_config_workload() - the part of the parameters that makes the operations
 * @c: the configuration
 * @ncpus: CPUs used
 * @wl: gets it
 */
void tb_config_workload(const struct tb_config *c, u32 ncpus,
			struct tb_workload *wl)
{
	*wl = (struct tb_workload){
		.locks = c->locks,
		.set_size = c->set_size,
		.order = tb_variants[c->lock]->flags & TB_FLAG(ordered) ?
				 TB_ORDER_same :
				 c->order,
		.pick = c->pick,
		.block_ns = c->block_ns,
		.block_every = c->block_every,
		.seed = c->seed,
		.ncpus = ncpus,
	};
}
