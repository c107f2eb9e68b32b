// SPDX-License-Identifier: GPL-2.0
/*
 * report_totals.c - the keys totals.* of a result
 */
#include "collect.h"
#include "locks.h"
#include "report_parts.h"
#include "run.h"
#include "stats.h"
#include "text.h"

/**
 * tb_text_ppm() - a key and a fraction
 * @text: the text to add to
 * @key: the key
 * @ppm: parts per million
 */
void tb_text_ppm(struct tb_text *text, const char *key, u64 ppm)
{
	char number[TB_PPM_TEXT_MAX];

	tb_fmt_ppm(number, sizeof(number), ppm);
	tb_text_printf(text, "%s %s\n", key, number);
}

/**
 * tb_text_ps() - a key and a time in ns with a fraction
 * @text: the text to add to
 * @key: the key
 * @ps: picoseconds
 */
void tb_text_ps(struct tb_text *text, const char *key, u64 ps)
{
	tb_text_printf(text, "%s %llu.%03llu\n", key, ps / 1000, ps % 1000);
}

#define TOTAL "totals."

static void print_fairness(struct tb_text *text, const struct tb_run *run,
			   struct tb_totals *t)
{
	u32 n = run->nworkers;
	size_t bytes = n * sizeof(u64);

	tb_text_ppm(text, TOTAL "jain_ops", tb_stats_jain(t->each_ops, n));
	tb_text_ppm(text, TOTAL "jain_hold_nominal",
		    tb_stats_jain(t->each_nominal, n));
	tb_text_printf(text, TOTAL "min_ops %llu\n",
		       tb_stats_min(t->each_ops, n));
	tb_text_printf(text, TOTAL "max_ops %llu\n",
		       tb_stats_max(t->each_ops, n));
	memcpy(t->sorted, t->each_ops, bytes);
	tb_text_ppm(text, TOTAL "top_half_ops",
		    tb_stats_top_half(t->sorted, n));
	if (!tb_run_measures(run))
		return;
	tb_text_ppm(text, TOTAL "jain_hold", tb_stats_jain(t->each_held, n));
	tb_text_printf(text, TOTAL "min_held_ns %llu\n",
		       tb_stats_min(t->each_held, n));
	tb_text_printf(text, TOTAL "max_held_ns %llu\n",
		       tb_stats_max(t->each_held, n));
	memcpy(t->sorted, t->each_held, bytes);
	tb_text_ppm(text, TOTAL "top_half_hold",
		    tb_stats_top_half(t->sorted, n));
}

static void print_fair(struct tb_text *text, const struct tb_run *run,
		       const struct tb_totals *t)
{
	const struct tb_fair_index *ops = &t->fair_ops, *held = &t->fair_held;

	if (!t->fair_whole)
		return;
	tb_text_printf(text, TOTAL "fair_window_ns %llu\n",
		       1ULL << run->fair_shift);
	tb_text_printf(text, TOTAL "fair_pieces %u\n", ops->pieces);
	tb_text_printf(text, TOTAL "fair_idle_pieces %u\n", ops->idle);
	if (ops->pieces) {
		tb_text_ppm(text, TOTAL "fair_jain_ops",
			    tb_fair_mean(ops->jain_sum, ops));
		tb_text_ppm(text, TOTAL "fair_jain_ops_min", ops->jain_min);
		tb_text_ppm(text, TOTAL "fair_top_half_ops",
			    tb_fair_mean(ops->top_sum, ops));
	}
	if (held->pieces) {
		tb_text_ppm(text, TOTAL "fair_jain_hold",
			    tb_fair_mean(held->jain_sum, held));
		tb_text_ppm(text, TOTAL "fair_jain_hold_min", held->jain_min);
		tb_text_ppm(text, TOTAL "fair_top_half_hold",
			    tb_fair_mean(held->top_sum, held));
	}
}

static void print_fail_index(struct tb_text *text, const struct tb_totals *t)
{
	u32 i;

	for (i = 0; i < TB_FAIL_INDEXES; i++)
		if (t->fail_index[i])
			tb_text_printf(text, TOTAL "fail_index.%u %llu\n", i,
				       t->fail_index[i]);
}

static void print_lwkt(struct tb_text *text, const struct tb_totals *t)
{
#define PRINT(name, how, doc) \
	tb_text_printf(text, TOTAL #name " %llu\n", stats->name);
	{
		const struct lwkt_thread_stats *stats = &t->thread_stats;

		LWKT_THREAD_COUNTERS(PRINT)
		print_fail_index(text, t);
	}
	{
		const struct lwkt_cpu_stats *stats = &t->cpu_stats;

		LWKT_CPU_COUNTERS(PRINT)
	}
#undef PRINT
}

static void print_restarts(struct tb_text *text, const struct tb_totals *t)
{
	const struct tb_ledger *stats = &t->restarts;

#define PRINT(name, how, doc) \
	tb_text_printf(text, TOTAL #name " %llu\n", stats->name);
	TB_RESTART_COUNTERS(PRINT)
#undef PRINT
	print_fail_index(text, t);
}

/* What the operations ask for: of those made, if no other mean can be told. */
static void mix_of(const struct tb_run *run, const struct tb_totals *t,
		   struct tb_mix *mix)
{
	const struct tb_config *c = &run->config;

	if (run->ngroups && t->ops) {
		mix->ops = t->ops;
		mix->busy_ns = t->nominal_held_ns + t->nominal_think_ns;
		mix->excl_ns = t->nominal_excl_ns;
		return;
	}
	mix->ops = 100;
	mix->busy_ns = 100 * (c->hold_ns + c->think_ns);
	mix->excl_ns = (100 - c->shared_pct) * c->hold_ns;
}

/* What only some workloads have. */
static void print_extras(struct tb_text *text, const struct tb_run *run,
			 const struct tb_totals *t)
{
	const struct tb_config *c = &run->config;

	if (c->block_ns)
		tb_text_printf(text, TOTAL "blocks %llu\n", t->blocks);
	if (run->mixed_modes)
		tb_text_printf(text, TOTAL "shared_ops %llu\n", t->shared_ops);
	if (c->rate) {
		tb_text_printf(text, TOTAL "arrivals %llu\n", t->arrivals);
		tb_text_printf(text, TOTAL "refused %llu\n", t->refused);
		tb_text_printf(text, TOTAL "queue_peak %llu\n", t->queue_peak);
		tb_text_printf(text, TOTAL "queue_left %llu\n", t->queue_left);
		tb_text_printf(text, TOTAL "queue_oldest_ns %llu\n",
			       t->queue_oldest_ns);
	}
	if (!c->bystanders)
		return;
	tb_text_printf(text, TOTAL "bystander_ops %llu\n", t->bystander_ops);
	tb_text_printf(text, TOTAL "bystander_useful_ns %llu\n",
		       t->bystander_ops * TB_BYSTANDER_CHUNK_NS);
	tb_text_ppm(text, TOTAL "bystander_kept",
		    tb_stats_ratio(t->bystander_ops * TB_BYSTANDER_CHUNK_NS,
				   t->window_ns * run->ncpus));
	tb_text_printf(text, TOTAL "bystander_gap_ns %llu\n",
		       t->bystander_gap_ns);
}

/**
 * tb_report_totals() - the keys totals.*
 * @text: the text to add to
 * @run: executed
 * @t: its numbers; t->sorted is used
 *
 * Context: process context, may sleep.
 */
void tb_report_totals(struct tb_text *text, const struct tb_run *run,
		      struct tb_totals *t)
{
	bool full = tb_run_measures(run);
	struct tb_mix mix;
	u64 ideal;

	mix_of(run, t, &mix);
	tb_text_printf(text, TOTAL "window_ns %llu\n", t->window_ns);
	tb_text_printf(text, TOTAL "threads %u\n", run->nworkers);
	tb_text_printf(text, TOTAL "ops %llu\n", t->ops);
	ideal = tb_ideal_ops(&run->workload, &mix, t->window_ns);
	if (ideal != TB_IDEAL_UNBOUNDED)
		tb_text_printf(text, TOTAL "ideal_ops %llu\n", ideal);
	tb_text_printf(text, TOTAL "useful_ns %llu\n", t->useful_ns);
	tb_text_printf(text, TOTAL "cpu_ns %llu\n", t->cpu_ns);
	tb_text_ppm(text, TOTAL "efficiency",
		    tb_stats_ratio(t->useful_ns, t->cpu_ns));
	tb_text_printf(text, TOTAL "nominal_held_ns %llu\n",
		       t->nominal_held_ns);
	if (full) {
		tb_text_printf(text, TOTAL "held_ns %llu\n", t->held_ns);
		tb_text_printf(text, TOTAL "longest_gap_ns %llu\n",
			       t->longest_gap_ns);
		tb_text_printf(text, TOTAL "progress_gap_ns %llu\n",
			       t->progress_gap_ns);
	}
	tb_text_printf(text, TOTAL "resched_delay_ns %llu\n",
		       run->resched_delay_ns);
	tb_text_printf(text, TOTAL "resched_probes %llu\n",
		       run->resched_probes);
	tb_text_printf(text, TOTAL "violations %llu\n", t->violations);
	if (run->variant->lock_size)
		tb_text_printf(text, TOTAL "attempts %llu\n",
			       t->ops * (run->variant->single ?
						 1 :
						 run->workload.set_size) +
				       t->thread_stats.reacquisitions +
				       t->thread_stats.attempts_failed +
				       t->restarts.attempts_failed);
	print_extras(text, run, t);
	print_fairness(text, run, t);
	print_fair(text, run, t);
	tb_text_printf(text, TOTAL "nvcsw %llu\n", t->nvcsw);
	tb_text_printf(text, TOTAL "nivcsw %llu\n", t->nivcsw);
	if (run->lwkt)
		print_lwkt(text, t);
	if (tb_variant_has_ledger(run->variant))
		print_restarts(text, t);
	tb_locks_print(text, run);
}
