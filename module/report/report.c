// SPDX-License-Identifier: GPL-2.0
/*
 * report.c - from the values of a run to the text of its result
 *
 * All there is to compute is computed before the first line is printed: sums in
 * collect.c, values in the file of each section. Printing goes through the lists
 * of uapi/.
 *
 * Keys of a mechanism that a lock does not have are left out: zero would be a
 * claim. All locks on the LWKT scheduler have all of its counters.
 */
#include <linux/mm.h>
#include <linux/sched.h>
#include <linux/slab.h>

#include "base/text.h"
#include "collect.h"
#include "config/token_knobs.h"
#include "report.h"
#include "run/run.h"
#include "values.h"
#include "verdict.h"

static void print_flags(struct tb_text *text, const struct tb_variant *v)
{
	char flags[TB_FLAGS_MAX];

	tb_variant_flags(v, flags, sizeof(flags));
	tb_text_printf(text, "flags %s\n", flags);
}

static void print_params(struct tb_text *text, const struct tb_run *run)
{
	char value[TB_CPUS_MAX];
	u32 i;

	for (i = 0; i < TB_PARAM_COUNT; i++) {
		if (i == TB_PARAM_cpus) {
			/* Those really used: the choice may have been ours. */
			tb_text_printf(text, "params.cpus %*pbl\n",
				       cpumask_pr_args(run->plan.cpus));
			continue;
		}
		tb_config_print(&run->plan.config, i, value, sizeof(value));
		tb_text_printf(text, "params.%s %s\n", tb_setting_name(i),
			       value);
	}
	tb_knobs_print(text, &run->plan.config);
}

/* For the lists of values: a line of @section for the member that @v has. */
#define PRINT_VALUE(name, ...) \
	tb_value_print_key(text, section, #name, &v->name);

/* For the lists of counters: a line for the member that @stats has. */
#define PRINT_COUNTER(name, how, doc) \
	tb_text_printf(text, "totals." #name " %llu\n", stats->name);

static void print_certificate(struct tb_text *text,
			      const struct tb_certificate_values *v)
{
	const char *section = "certificate";

	TB_CERTIFICATE(PRINT_VALUE)
}

static void print_fail_index(struct tb_text *text, const struct tb_sums *s)
{
	u32 i;

	for (i = 0; i < TB_FAIL_INDEXES; i++)
		if (s->fail_index[i])
			tb_text_printf(text, "totals.fail_index.%u %llu\n", i,
				       s->fail_index[i]);
}

static void print_thread_stats(struct tb_text *text,
			       const struct lwkt_thread_stats *stats)
{
	LWKT_THREAD_COUNTERS(PRINT_COUNTER)
}

static void print_cpu_stats(struct tb_text *text,
			    const struct lwkt_cpu_stats *stats)
{
	LWKT_CPU_COUNTERS(PRINT_COUNTER)
}

static void print_lwkt(struct tb_text *text, const struct tb_sums *s)
{
	print_thread_stats(text, &s->thread_stats);
	print_fail_index(text, s);
	print_cpu_stats(text, &s->cpu_stats);
}

static void print_restarts(struct tb_text *text, const struct tb_sums *s)
{
	const struct tb_ledger *stats = &s->restarts;

	TB_RESTART_COUNTERS(PRINT_COUNTER)
	print_fail_index(text, s);
}

static void print_counters(struct tb_text *text,
			   const struct tb_counter_values *v)
{
	const char *section = "totals";

	TB_THREAD_COUNTERS(PRINT_VALUE)
}

static void print_totals(struct tb_text *text, const struct tb_run *run,
			 const struct tb_total_values *v,
			 const struct tb_sums *s)
{
	const char *section = "totals";

	TB_TOTALS(PRINT_VALUE)
	if (run->lwkt)
		print_lwkt(text, s);
	if (tb_variant_has_ledger(run->plan.variant))
		print_restarts(text, s);
}

static void print_group(struct tb_text *text, const struct tb_group_values *v,
			u32 number)
{
	char section[16];

	scnprintf(section, sizeof(section), "groups.%u", number);
	TB_GROUP_FIELDS(PRINT_VALUE)
}

static void print_phase(struct tb_text *text, const struct tb_phase_values *v,
			u32 number)
{
	char section[16];

	scnprintf(section, sizeof(section), "phases.%u", number);
	TB_PHASE_FIELDS(PRINT_VALUE)
}

static const char *const hist_names[] = {
#define NAME(name, doc) #name,
	TB_HISTOGRAMS(NAME)
#undef NAME
};

static void print_latency(struct tb_text *text,
			  const struct tb_latency_values *v, const char *name)
{
	char section[32];

	scnprintf(section, sizeof(section), "latency.%s", name);
	TB_LATENCY_STATS(PRINT_VALUE)
}

static void print_values(struct tb_text *text, const struct tb_run *run,
			 const struct tb_values *v, const struct tb_sums *s)
{
	u32 i;

	print_certificate(text, &v->certificate);
	print_counters(text, &v->counters);
	print_totals(text, run, &v->totals, s);
	for (i = 0; i < TB_GROUPS_MAX; i++)
		print_group(text, &v->groups[i], i + 1);
	for (i = 0; i < TB_PHASES_MAX; i++)
		print_phase(text, &v->phases[i], i + 1);
	for (i = 0; i < TB_HIST_COUNT; i++)
		print_latency(text, &v->latency[i], hist_names[i]);
}

static void print_summary(struct tb_result *result, const struct tb_run *run,
			  const struct tb_values *v, const struct tb_sums *s)
{
	struct tb_text *text = &result->text[TB_SUMMARY];
	struct tb_verdict verdict = {};

	tb_verdict_find(&verdict, run, s);
	result->failed = verdict.failed;
	tb_text_printf(text, "schema %d\nrun %u\nlock %s\n", TB_SCHEMA, run->id,
		       run->plan.variant->name);
	print_flags(text, run->plan.variant);
	tb_text_printf(text, "verdict %s\n",
		       verdict.failed  ? "FAILED" :
		       verdict.invalid ? "INVALID" :
					 "ok");
	tb_text_printf(text, "%s", verdict.reasons.buf ?: "");
	if (verdict.reasons.err)
		text->err = verdict.reasons.err;
	tb_text_free(&verdict.reasons);
	print_params(text, run);
	print_values(text, run, v, s);
}

static void print_field(struct tb_text *text, const struct tb_value *v)
{
	tb_value_print(text, v);
	tb_text_printf(text, "\t");
}

static void print_thread(struct tb_text *text, const struct tb_worker *w,
			 const struct tb_thread_values *v)
{
	static const struct tb_ledger nothing;
	const struct tb_ledger *ledger = w->ledger ? &w->ledger[1] : &nothing;

	/* A TAB behind each field, and one line feed in place of the last. */
#define FIELD(name) print_field(text, &v->name);
	TB_THREAD_FIELDS(FIELD)
#undef FIELD
#define COUNTER(name, how, doc) tb_text_printf(text, "%llu\t", stats->name);
	if (w->td) {
		const struct lwkt_thread_stats *stats = &w->td->td_stats[1];

		LWKT_THREAD_COUNTERS(COUNTER)
	}
	if (tb_variant_has_ledger(w->run->plan.variant)) {
		const struct tb_ledger *stats = ledger;

		TB_RESTART_COUNTERS(COUNTER)
	}
#undef COUNTER
	text->len -= text->len > 0;
	tb_text_printf(text, "\n");
}

static void print_threads(struct tb_result *result, const struct tb_run *run,
			  const struct tb_sums *s)
{
	struct tb_text *text = &result->text[TB_THREADS];
	u32 i;

#define NAME(name, ...) #name "\t"
	tb_text_printf(text, TB_THREAD_FIELDS(NAME));
	if (run->lwkt)
		tb_text_printf(text, LWKT_THREAD_COUNTERS(NAME));
	if (tb_variant_has_ledger(run->plan.variant))
		tb_text_printf(text, TB_RESTART_COUNTERS(NAME));
#undef NAME
	text->len -= text->len > 0;
	tb_text_printf(text, "\n");
	for (i = 0; i < run->nthreads; i++) {
		print_thread(text, run->workers[i], &s->threads[i]);
		cond_resched();
	}
}

static void print_histogram(struct tb_result *result, const struct tb_run *run,
			    const struct tb_sums *s)
{
	struct tb_text *text = &result->text[TB_HISTOGRAM];
	u64 lower, upper;
	u32 h, i;

	tb_text_printf(text, "name\tlower_ns\tupper_ns\tcount\n");
	for (h = 0; tb_run_measures(run) && h < TB_HIST_COUNT; h++) {
		for (i = 0; i < TB_HIST_BUCKETS; i++) {
			if (!s->hist[h].bucket[i])
				continue;
			tb_hist_bounds(i, &lower, &upper);
			tb_text_printf(text, "%s\t%llu\t%llu\t%llu\n",
				       hist_names[h], lower, upper,
				       s->hist[h].bucket[i]);
			cond_resched();
		}
	}
}

static void compute_values(struct tb_values *v, const struct tb_run *run,
			   const struct tb_sums *s)
{
	tb_values_certificate(v, run, s);
	tb_values_totals(v, run, s);
	tb_values_groups(v, run, s);
	tb_values_phases(v, run, s);
	tb_values_latency(v, run, s);
}

/**
 * tb_result_make() - make the result of a run
 * @run: executed
 *
 * Context: process context, may sleep.
 * Return: the result, one reference held; NULL if there is no memory for it
 */
struct tb_result *tb_result_make(struct tb_run *run)
{
	struct tb_result *result = kzalloc(sizeof(*result), GFP_KERNEL);
	struct tb_values *v = kvzalloc(sizeof(*v), GFP_KERNEL);
	struct tb_sums *s = tb_sums_make(run);
	int err = result && v && s ? 0 : -ENOMEM;
	int i;

	if (!err) {
		kref_init(&result->ref);
		compute_values(v, run, s);
		print_summary(result, run, v, s);
		print_threads(result, run, s);
		print_histogram(result, run, s);
		for (i = 0; i < TB_RESULT_FILES; i++)
			err = err ?: result->text[i].err;
		if (err)
			tb_result_put(result);
	} else {
		kfree(result);
	}
	tb_sums_free(s);
	kvfree(v);
	return err ? NULL : result;
}

static void result_free(struct kref *ref)
{
	struct tb_result *result = container_of(ref, struct tb_result, ref);
	int i;

	for (i = 0; i < TB_RESULT_FILES; i++)
		tb_text_free(&result->text[i]);
	kfree(result);
}

/**
 * tb_result_put() - drop a reference
 * @result: the result, or NULL
 *
 * Context: process context.
 */
void tb_result_put(struct tb_result *result)
{
	if (result)
		kref_put(&result->ref, result_free);
}
