// SPDX-License-Identifier: GPL-2.0
/*
 * runner.c - choosing tests and running them, one after the other
 *
 * A request is a line of words: names or globs of suites (hold), of cases
 * (hold.yield) or of single tests (hold.yield.poll), "all" for all of them, the
 * same behind a minus for those to leave out, and NAME=VALUE for the options of
 * struct st_options. It is understood as a whole before anything runs. Each test
 * has an LWKT world of its own; between two of them the run can be killed.
 */
#include <linux/kernel.h>
#include <linux/kref.h>
#include <linux/module.h>
#include <linux/mutex.h>
#include <linux/sched/signal.h>
#include <linux/slab.h>
#include <linux/string.h>

#include "base/sim.h"
#include "runner.h"
#include "suites.h"

#define WORDS_MAX 32
#define PATIENCE_MAX 600

static const struct st_suite *const suites[] = {
#define ROW(name) &st_suite_##name,
	ST_SUITES(ROW)
#undef ROW
};

static const char *const gens[] = {
#define ROW(name) #name,
	LWKT_GENERATIONS(ROW)
#undef ROW
};

/* One run at a time. */
static DEFINE_MUTEX(run_lock);

/* A test of an earlier run left its threads behind; under run_lock. */
static bool stuck;

/* The last report. */
static DEFINE_MUTEX(report_lock);
static struct st_report *report;

struct words {
	const char *word[WORDS_MAX];
	unsigned int n;
};

struct request {
	struct st_options options;
	struct words wanted;
	struct words left_out;
};

/* A * stands for anything, a ? for any one character. */
static bool glob_matches(const char *pattern, const char *name)
{
	for (; *pattern; pattern++, name++) {
		if (*pattern == '*')
			return glob_matches(pattern + 1, name) ||
			       (*name && glob_matches(pattern, name + 1));
		if (!*name || (*pattern != '?' && *pattern != *name))
			return false;
	}
	return !*name;
}

/* Does a word name this test, its case or its suite? */
static bool word_names(const char *word, const char *suite, const char *name,
		       const char *gen)
{
	char full[64];

	if (!strcmp(word, "all") || glob_matches(word, suite))
		return true;
	snprintf(full, sizeof(full), "%s.%s", suite, name);
	if (glob_matches(word, full))
		return true;
	snprintf(full, sizeof(full), "%s.%s.%s", suite, name, gen);
	return glob_matches(word, full);
}

static bool any_names(const struct words *words, const char *suite,
		      const char *name, const char *gen)
{
	unsigned int i;

	for (i = 0; i < words->n; i++)
		if (word_names(words->word[i], suite, name, gen))
			return true;
	return false;
}

/* What is done to a test; false: no more. */
typedef bool (*visit_fn)(const struct st_suite *s, const struct st_case *c,
			 unsigned int gen, void *arg);

/* Calls @fn, if any, for each test that @r asks for; how many there are. */
static unsigned int visit_cases(const struct request *r, visit_fn fn, void *arg)
{
	const struct st_case *c;
	unsigned int n = 0, s, gen;

	for (s = 0; s < ARRAY_SIZE(suites); s++) {
		const char *suite = suites[s]->name;

		for (c = suites[s]->cases; c->name; c++) {
			for (gen = 0; gen < (c->once ? 1 : LWKT_GEN_COUNT);
			     gen++) {
				if (!any_names(&r->wanted, suite, c->name,
					       gens[gen]) ||
				    any_names(&r->left_out, suite, c->name,
					      gens[gen]))
					continue;
				n++;
				if (fn && !fn(suites[s], c, gen, arg))
					return n;
			}
		}
	}
	return n;
}

static int parse_option(struct st_options *o, const char *word,
			const char *value)
{
	size_t len = value - word - 1;
	u64 number;

	if (len == 9 && !strncmp(word, "substrate", len)) {
		o->inl = !strcmp(value, "inline");
		if (!o->inl && strcmp(value, "kthread"))
			goto bad;
		return 0;
	}
	if (kstrtou64(value, 10, &number))
		goto bad;
	if (len == 4 && !strncmp(word, "seed", len)) {
		o->seed = number;
	} else if (len == 3 && !strncmp(word, "ops", len)) {
		if (number < 1 || number > U32_MAX)
			goto bad;
		o->ops = number;
	} else if (len == 8 && !strncmp(word, "patience", len)) {
		if (number < 1 || number > PATIENCE_MAX)
			goto bad;
		o->patience = number;
	} else {
		goto bad;
	}
	return 0;
bad:
	pr_notice("selftest: \"%s\" is no option; allowed: seed=N, ops=1..%u, patience=1..%d, substrate=kthread or inline\n",
		  word, U32_MAX, PATIENCE_MAX);
	return -EINVAL;
}

static int add_word(struct words *words, const char *word)
{
	struct request alone = { .wanted = { { word }, 1 } };

	if (words->n == WORDS_MAX) {
		pr_notice("selftest: more than %d names\n", WORDS_MAX);
		return -EINVAL;
	}
	if (!visit_cases(&alone, NULL, NULL)) {
		pr_notice("selftest: no test is named \"%s\"; see the file list\n",
			  word);
		return -EINVAL;
	}
	words->word[words->n++] = word;
	return 0;
}

static int parse_word(struct request *r, const char *word)
{
	const char *value = strchr(word, '=');

	if (value)
		return parse_option(&r->options, word, value + 1);
	if (*word == '-')
		return add_word(&r->left_out, word + 1);
	return add_word(&r->wanted, word);
}

static int parse_request(struct request *r, char *text)
{
	char *word;
	int err;

	while ((word = strsep(&text, " \t\n"))) {
		err = *word ? parse_word(r, word) : 0;
		if (err)
			return err;
	}
	if (!visit_cases(r, NULL, NULL)) {
		pr_notice("selftest: no test to run; \"all\" runs them all\n");
		return -EINVAL;
	}
	return 0;
}

struct progress {
	const struct request *r;
	struct ktap *ktap;
	const char *bail;
	int err;
};

static bool run_one(const struct st_suite *s, const struct st_case *c,
		    unsigned int gen, void *arg)
{
	struct progress *p = arg;
	struct st *t;
	int left;

	if (fatal_signal_pending(current)) {
		p->bail = "killed";
		p->err = -EINTR;
		return false;
	}
	t = st_new(s->name, c->name, gen, p->r->options.inl);
	if (!t) {
		p->bail = "no memory";
		p->err = -ENOMEM;
		return false;
	}
	t->seed = p->r->options.seed;
	t->ops = p->r->options.ops;
	t->patience_s = p->r->options.patience;
	tb_sim_begin();
	c->setup(t);
	left = st_finish(t, p->ktap);
	tb_sim_end();
	if (left) {
		/* Their code must not go. */
		__module_get(THIS_MODULE);
		stuck = true;
		p->bail = "threads of a test are left that do not end";
		p->err = -EDEADLK;
		return false;
	}
	cond_resched();
	return true;
}

static void publish_report(struct st_report *new)
{
	struct st_report *old;

	mutex_lock(&report_lock);
	old = report;
	report = new;
	mutex_unlock(&report_lock);
	st_report_put(old);
}

/**
 * st_run() - run the tests of a request, and publish the report
 * @request: the request; taken to pieces
 * @defaults: options that it does not name
 *
 * Context: process context, sleeps until all is over.
 * Return: 0 if the report is whole, whatever it says; -EINVAL (with a line in
 * the kernel log), -EBUSY if a run is on, -ENOMEM, -EINTR if killed; -EDEADLK
 * if a test, now or earlier, left threads that do not end
 */
int st_run(char *request, const struct st_options *defaults)
{
	struct request r = { .options = *defaults };
	struct progress p = { .r = &r };
	struct st_report *new;

	p.err = parse_request(&r, request);
	if (p.err)
		return p.err;
	if (!mutex_trylock(&run_lock))
		return -EBUSY;
	new = kzalloc(sizeof(*new), GFP_KERNEL);
	if (stuck)
		p.err = -EDEADLK;
	else if (!new)
		p.err = -ENOMEM;
	if (p.err) {
		kfree(new);
		goto out;
	}
	kref_init(&new->ref);
	p.ktap = &new->ktap;
	ktap_begin(p.ktap, visit_cases(&r, NULL, NULL));
	ktap_note(p.ktap, "seed=%llu ops=%u patience=%u substrate=%s cpus=%u",
		  r.options.seed, r.options.ops, r.options.patience,
		  r.options.inl ? "inline" : "kthread", num_online_cpus());
	visit_cases(&r, run_one, &p);
	if (p.bail)
		ktap_bail(p.ktap, p.bail);
	else
		ktap_end(p.ktap);
	p.err = p.err ?: p.ktap->text.err;
	publish_report(new);
out:
	mutex_unlock(&run_lock);
	return p.err;
}

/**
 * st_report_get() - the last report
 *
 * Return: the report with a reference for the caller, NULL if there is none
 */
struct st_report *st_report_get(void)
{
	struct st_report *r;

	mutex_lock(&report_lock);
	r = report;
	if (r)
		kref_get(&r->ref);
	mutex_unlock(&report_lock);
	return r;
}

static void report_free(struct kref *ref)
{
	struct st_report *r = container_of(ref, struct st_report, ref);

	tb_text_free(&r->ktap.text);
	kfree(r);
}

/**
 * st_report_put() - drop a reference to a report
 * @r: the report, or NULL
 */
void st_report_put(struct st_report *r)
{
	if (r)
		kref_put(&r->ref, report_free);
}

/**
 * st_report_forget() - drop the last report; at unload
 */
void st_report_forget(void)
{
	publish_report(NULL);
}

/**
 * st_list() - all cases, one a line
 * @text: gets them
 */
void st_list(struct tb_text *text)
{
	const struct st_case *c;
	unsigned int s;

	for (s = 0; s < ARRAY_SIZE(suites); s++)
		for (c = suites[s]->cases; c->name; c++)
			tb_text_printf(text, "%s.%s\n", suites[s]->name,
				       c->name);
}
