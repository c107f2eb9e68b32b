// SPDX-License-Identifier: GPL-2.0
/*
 * report.c - from the numbers of a run to the text of its result
 *
 * The verdict:
 *
 *   FAILED   exclusion was violated, updates were lost, or the LWKT port was
 *            used illegally: the lock, or the benchmark, is wrong
 *   INVALID  the numbers do not say what they should: not everybody was there,
 *            somebody left its CPU, the run was cut short
 *   ok       neither
 *
 * Keys of a mechanism that a lock does not have are left out: zero would be a
 * claim. All locks on the LWKT scheduler have all of its counters.
 */
#include <linux/slab.h>
#include <linux/utsname.h>

#include "clock.h"
#include "collect.h"
#include "compat.h"
#include "env.h"
#include "fault.h"
#include "report.h"
#include "report_parts.h"
#include "run.h"
#include "stats.h"
#include "token_knobs.h"
#include "words.h"

struct reasons {
	struct tb_text text;
	bool failed;
	bool invalid;
};

__printf(3, 4) static void reason(struct reasons *r, bool *kind,
				  const char *fmt, ...)
{
	char line[160];
	va_list args;

	*kind = true;
	va_start(args, fmt);
	vscnprintf(line, sizeof(line), fmt, args);
	va_end(args);
	tb_text_printf(&r->text, "reason %s\n", line);
}

/* With a fault on purpose no run is ok: it was seen, or the checks are wrong. */
static void judge_fault(struct reasons *r, const struct tb_run *run,
			const struct tb_totals *t)
{
	const char *word = tb_word_fault(run->config.fault);

	if (run->config.fault == TB_FAULT_none)
		return;
	if (!tb_fault_injected(run))
		reason(r, &r->invalid,
		       "the fault %s was not injected; let the run end by itself",
		       word);
	else if (!tb_fault_noticed(run, t))
		reason(r, &r->failed,
		       "the injected fault %s was not noticed; trust no verdict here",
		       word);
}

static void judge(struct reasons *r, const struct tb_run *run,
		  const struct tb_totals *t)
{
	char overlap[TB_PPM_TEXT_MAX];

	if (t->violations)
		reason(r, &r->failed,
		       "exclusion violated in %llu sections; this lock does not exclude, use no number of it",
		       t->violations);
	if (t->lost_updates)
		reason(r, &r->failed,
		       "%llu updates of protected counters lost; this lock does not exclude, use no number of it",
		       t->lost_updates);
	if (t->stream_errors)
		reason(r, &r->failed,
		       "%u threads did not make the operations of their streams; the benchmark is wrong, report it",
		       t->stream_errors);
	if (run->stuck_ns)
		reason(r, &r->failed,
		       "for %llu s no thread got on; the lock, or the benchmark, is wrong: report it",
		       div_u64(run->stuck_ns, NSEC_PER_SEC));
	if (run->misuse)
		reason(r, &r->failed,
		       "%u illegal uses of tokens, see the kernel log",
		       run->misuse);
	if (run->lost && run->crowded)
		reason(r, &r->invalid,
		       "the last CPU that sched=fifo left free went offline; keep it online and run again");
	else if (run->lost)
		reason(r, &r->invalid,
		       "a CPU of the run went offline; keep its CPUs online and run again");
	if (run->stopped)
		reason(r, &r->invalid,
		       "stopped after %llu of %llu ms of the window; let it end by itself",
		       t->window_ns / NSEC_PER_MSEC, run->config.duration_ms);
	if (!t->window_ns) {
		reason(r, &r->invalid,
		       "the measured window never opened; let it end by itself");
		return;
	}
	if (t->late)
		reason(r, &r->invalid,
		       "%u threads had not begun when the window opened; raise warmup_ms",
		       t->late);
	tb_fmt_ppm(overlap, sizeof(overlap), t->overlap);
	if (t->overlap < run->config.overlap_min_pct * (TB_PPM / 100))
		reason(r, &r->invalid,
		       "all threads were there for %s of the window only; free these CPUs, or lower overlap_min_pct",
		       overlap);
	if (t->moved)
		reason(r, &r->invalid,
		       "%u threads left their CPU; let nobody change their affinity",
		       t->moved);
}

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
				       cpumask_pr_args(run->cpus));
			continue;
		}
		tb_config_print(&run->config, i, value, sizeof(value));
		tb_text_printf(text, "params.%s %s\n", tb_setting_name(i),
			       value);
	}
	tb_knobs_print(text, &run->config);
}

#define CERT "certificate."

/* Without a window there is only a first reading, or none. */
static void print_load(struct tb_text *text, const struct tb_run *run,
		       const struct tb_totals *t)
{
	const struct tb_load *load = &run->load;

	if (!run->cool_ns)
		return;
	tb_text_printf(text, CERT "other_ns %llu\n",
		       load->busy_ns > t->cpu_ns ? load->busy_ns - t->cpu_ns :
						   0);
	tb_text_printf(text, CERT "irq_ns %llu\n", load->irq_ns);
	if (compat_has_steal())
		tb_text_printf(text, CERT "steal_ns %llu\n", load->steal_ns);
}

static void print_certificate(struct tb_text *text, const struct tb_run *run,
			      const struct tb_totals *t)
{
	char debug[128];

	tb_text_printf(text, CERT "start_skew_ns %llu\n", t->start_skew_ns);
	tb_text_printf(text, CERT "end_skew_ns %llu\n", t->end_skew_ns);
	tb_text_ppm(text, CERT "overlap", t->overlap);
	tb_text_printf(text, CERT "late_threads %u\n", t->late);
	tb_text_printf(text, CERT "left_cpu %u\n", t->moved);
	tb_text_printf(text, CERT "violations %llu\n", t->violations);
	tb_text_printf(text, CERT "lost_updates %llu\n", t->lost_updates);
	tb_text_printf(text, CERT "set_order %s\n",
		       tb_word_order(run->workload.order));
	tb_text_printf(text, CERT "stream_digest %016llx\n", t->stream_digest);
	tb_text_printf(text, CERT "stream_errors %u\n", t->stream_errors);
	tb_text_printf(text, CERT "clock %s\n", tb_clock_name());
	tb_text_ps(text, CERT "clock_cost_ns", run->clock_cost_ps);
	tb_text_printf(text, CERT "clock_step_ns %llu\n", run->clock_step_ns);
	if (run->line_ps)
		tb_text_ps(text, CERT "line_ns", run->line_ps);
	if (run->none_ps)
		tb_text_ps(text, CERT "none_ns", run->none_ps);
	if (!run->ngroups)
		tb_text_printf(text, CERT "nominal_ns %llu\n",
			       run->config.hold_ns + run->config.think_ns);
	tb_text_printf(text, CERT "fault %s\n",
		       tb_word_fault(run->config.fault));
	tb_text_printf(text, CERT "stopped %d\n", run->stopped);
	tb_text_printf(text, CERT "cpu_lost %d\n", run->lost);
	print_load(text, run, t);
	if (run->lwkt)
		tb_text_printf(text, CERT "maxtokens %u\n", run->maxtokens);
	tb_text_printf(text, CERT "kernel %s\n", init_utsname()->release);
	tb_text_printf(text, CERT "preempt %s\n", tb_env_preempt());
	tb_env_debug(debug, sizeof(debug));
	tb_text_printf(text, CERT "debug %s\n", debug);
	tb_text_printf(text, CERT "hypervisor %s\n", tb_env_hypervisor());
	tb_text_printf(text, CERT "times %s\n",
		       tb_env_times_hold() ? "ok" : "meaningless");
}

static const char *const hist_names[] = {
#define NAME(name, doc) #name,
	TB_HISTOGRAMS(NAME)
#undef NAME
};

static void print_latency(struct tb_text *text, const struct tb_run *run,
			  const struct tb_totals *t)
{
	u32 h;

	for (h = 0; h < TB_HIST_COUNT; h++) {
		const struct tb_hist_sum *s = &t->hist[h];
		const char *name = hist_names[h];

		if (!tb_hist_is_kept(run, h))
			continue;
		tb_text_printf(text, "latency.%s.count %llu\n", name, s->count);
		if (!s->count)
			continue;
		tb_text_printf(text, "latency.%s.mean %llu\n", name,
			       tb_hist_mean(s));
		tb_text_printf(text, "latency.%s.p50 %llu\n", name,
			       tb_hist_percentile(s, 500000));
		tb_text_printf(text, "latency.%s.p90 %llu\n", name,
			       tb_hist_percentile(s, 900000));
		tb_text_printf(text, "latency.%s.p99 %llu\n", name,
			       tb_hist_percentile(s, 990000));
		tb_text_printf(text, "latency.%s.p999 %llu\n", name,
			       tb_hist_percentile(s, 999000));
		tb_text_printf(text, "latency.%s.max %llu\n", name, s->max);
	}
}

static void print_summary(struct tb_result *result, const struct tb_run *run,
			  struct tb_totals *t)
{
	struct tb_text *text = &result->text[TB_SUMMARY];
	struct reasons r = {};

	judge(&r, run, t);
	judge_fault(&r, run, t);
	result->failed = r.failed;
	tb_text_printf(text, "schema %d\nrun %u\nlock %s\n", TB_SCHEMA, run->id,
		       run->variant->name);
	print_flags(text, run->variant);
	tb_text_printf(text, "verdict %s\n",
		       r.failed	 ? "FAILED" :
		       r.invalid ? "INVALID" :
				   "ok");
	tb_text_printf(text, "%s", r.text.buf ?: "");
	if (r.text.err)
		text->err = r.text.err;
	tb_text_free(&r.text);
	print_params(text, run);
	print_certificate(text, run, t);
	tb_report_totals(text, run, t);
	tb_report_groups(text, run, &t->scratch);
	tb_report_phases(text, run, t);
	if (tb_run_measures(run))
		print_latency(text, run, t);
}

static void print_thread(struct tb_text *text, struct tb_worker *w,
			 struct tb_hist_sum *scratch)
{
	u64 p50 = 0, p99 = 0, top = 0;

	if (w->hist) {
		memset(scratch, 0, sizeof(*scratch));
		tb_hist_merge(scratch, &w->hist[TB_HIST_acquire_ns]);
		p50 = tb_hist_percentile(scratch, 500000);
		p99 = tb_hist_percentile(scratch, 990000);
		top = scratch->max;
	}
	/* The order of TB_THREAD_FIELDS. */
	tb_text_printf(text,
		       "%u\t%u\t%s\t%u\t%llu\t%llu\t%llu\t%llu\t%llu\t%llu\t%llu\t%llu\t%llu\t%llu\t%llu\t%llu\t%llu\t%llu",
		       w->id - 1, w->cpu,
		       w->role == TB_WORKER ? "worker" : "bystander", w->group,
		       w->ops, tb_worker_useful_ns(w), tb_worker_held_ns(w),
		       w->nominal_held_ns, w->blocks, w->shared_ops,
		       w->longest_gap_ns, w->violations, w->cpu_ns, w->nvcsw,
		       w->nivcsw, p50, p99, top);
	if (w->td) {
		const struct lwkt_thread_stats *stats = &w->td->td_stats[1];

#define FIELD(name, how, doc) tb_text_printf(text, "\t%llu", stats->name);
		LWKT_THREAD_COUNTERS(FIELD)
	}
	if (tb_variant_has_ledger(w->run->variant)) {
		static const struct tb_ledger nothing;
		const struct tb_ledger *stats = w->ledger ? &w->ledger[1] :
							    &nothing;

		TB_RESTART_COUNTERS(FIELD)
#undef FIELD
	}
	tb_text_printf(text, "\n");
}

static void print_threads(struct tb_result *result, const struct tb_run *run,
			  struct tb_totals *t)
{
	struct tb_text *text = &result->text[TB_THREADS];
	u32 i;

#define NAME(name, ...) #name "\t"
	tb_text_printf(text, TB_THREAD_FIELDS(NAME));
	if (run->lwkt)
		tb_text_printf(text, LWKT_THREAD_COUNTERS(NAME));
	if (tb_variant_has_ledger(run->variant))
		tb_text_printf(text, TB_RESTART_COUNTERS(NAME));
#undef NAME
	/* One line feed in place of the last TAB. */
	text->len -= text->len > 0;
	tb_text_printf(text, "\n");
	for (i = 0; i < run->nthreads; i++)
		print_thread(text, run->workers[i], &t->scratch);
}

static void print_histogram(struct tb_result *result, const struct tb_run *run,
			    const struct tb_totals *t)
{
	struct tb_text *text = &result->text[TB_HISTOGRAM];
	u64 lower, upper;
	u32 h, i;

	tb_text_printf(text, "name\tlower_ns\tupper_ns\tcount\n");
	for (h = 0; tb_run_measures(run) && h < TB_HIST_COUNT; h++) {
		for (i = 0; i < TB_HIST_BUCKETS; i++) {
			if (!t->hist[h].bucket[i])
				continue;
			tb_hist_bounds(i, &lower, &upper);
			tb_text_printf(text, "%s\t%llu\t%llu\t%llu\n",
				       hist_names[h], lower, upper,
				       t->hist[h].bucket[i]);
		}
	}
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
	struct tb_totals *t = tb_totals_make(run);
	int i;

	if (!result || !t) {
		kfree(result);
		tb_totals_free(t);
		return NULL;
	}
	kref_init(&result->ref);
	print_summary(result, run, t);
	print_threads(result, run, t);
	print_histogram(result, run, t);
	tb_totals_free(t);
	for (i = 0; i < TB_RESULT_FILES; i++) {
		if (result->text[i].err) {
			tb_result_put(result);
			return NULL;
		}
	}
	return result;
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
