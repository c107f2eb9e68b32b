// SPDX-License-Identifier: GPL-2.0
/*
 * totals.c - the section totals of a result, but for the counters of LWKT and
 * of locks that restart
 */
#include <linux/sched.h>

#include "collect.h"
#include "pure/stats.h"
#include "run/locks.h"
#include "values.h"

static void fill_number(struct tb_value *v, u64 number)
{
	*v = tb_value_number(number);
}

/* Counters of what the run does not do, or does not measure, are absent. */
static void fill_counters(struct tb_counter_values *v, const struct tb_run *run,
			  const struct tb_sums *s)
{
	static const struct tb_value absent;

#define FILL(name, ...) fill_number(&v->name, s->counts.name);
	TB_THREAD_COUNTERS(FILL)
#undef FILL
	if (!tb_run_measures(run)) {
		v->held_ns = absent;
		v->longest_gap_ns = absent;
	}
	if (!run->plan.config.block_ns)
		v->blocks = absent;
	if (!run->plan.mixed_modes)
		v->shared_ops = absent;
	if (!run->plan.config.rate) {
		v->arrivals = absent;
		v->refused = absent;
		v->queue_peak = absent;
		v->queue_left = absent;
		v->queue_oldest_ns = absent;
	}
	if (!tb_run_notes_waiting(run)) {
		v->waiting_left = absent;
		v->waiting_oldest_ns = absent;
	}
}

static void fill_fairness(struct tb_total_values *v, const struct tb_run *run,
			  const struct tb_sums *s)
{
	u32 n = run->nworkers;
	size_t bytes = n * sizeof(u64);

	v->jain_ops = tb_value_ppm(tb_stats_jain(s->each_ops, n));
	v->jain_hold_nominal = tb_value_ppm(tb_stats_jain(s->each_nominal, n));
	v->min_ops = tb_value_number(tb_stats_min(s->each_ops, n));
	v->max_ops = tb_value_number(tb_stats_max(s->each_ops, n));
	memcpy(s->sorted, s->each_ops, bytes);
	v->top_half_ops = tb_value_ppm(tb_stats_top_half(s->sorted, n));
	cond_resched();
	if (!tb_run_measures(run))
		return;
	v->jain_hold = tb_value_ppm(tb_stats_jain(s->each_held, n));
	v->min_held_ns = tb_value_number(tb_stats_min(s->each_held, n));
	v->max_held_ns = tb_value_number(tb_stats_max(s->each_held, n));
	memcpy(s->sorted, s->each_held, bytes);
	v->top_half_hold = tb_value_ppm(tb_stats_top_half(s->sorted, n));
}

static void fill_fair(struct tb_total_values *v, const struct tb_run *run,
		      const struct tb_sums *s)
{
	const struct tb_fair_index *ops = &s->fair_ops, *held = &s->fair_held;

	if (!s->fair_whole)
		return;
	v->fair_window_ns = tb_value_number(1ULL << run->plan.fair_shift);
	v->fair_pieces = tb_value_number(ops->pieces);
	v->fair_idle_pieces = tb_value_number(ops->idle);
	if (ops->pieces) {
		v->fair_jain_ops =
			tb_value_ppm(tb_fair_mean(ops->jain_sum, ops));
		v->fair_jain_ops_min = tb_value_ppm(ops->jain_min);
		v->fair_top_half_ops =
			tb_value_ppm(tb_fair_mean(ops->top_sum, ops));
	}
	if (held->pieces) {
		v->fair_jain_hold =
			tb_value_ppm(tb_fair_mean(held->jain_sum, held));
		v->fair_jain_hold_min = tb_value_ppm(held->jain_min);
		v->fair_top_half_hold =
			tb_value_ppm(tb_fair_mean(held->top_sum, held));
	}
}

/* What the operations ask for: of those made, if no other mean can be told. */
static void mix_of(const struct tb_run *run, const struct tb_sums *s,
		   struct tb_mix *mix)
{
	const struct tb_config *c = &run->plan.config;

	if (run->plan.ngroups && s->counts.ops) {
		mix->ops = s->counts.ops;
		mix->busy_ns = s->counts.nominal_held_ns + s->nominal_think_ns;
		mix->excl_ns = s->nominal_excl_ns;
		return;
	}
	mix->ops = 100;
	mix->busy_ns = 100 * (c->hold_ns + c->think_ns);
	mix->excl_ns = (100 - c->shared_pct) * c->hold_ns;
}

static void fill_bystanders(struct tb_total_values *v, const struct tb_run *run,
			    const struct tb_sums *s)
{
	u64 useful_ns = s->bystander_ops * TB_BYSTANDER_CHUNK_NS;
	u64 all_ns = s->window_ns * run->plan.ncpus;

	if (!run->plan.config.bystanders)
		return;
	v->bystander_ops = tb_value_number(s->bystander_ops);
	v->bystander_useful_ns = tb_value_number(useful_ns);
	v->bystander_kept = tb_value_ppm(tb_stats_ratio(useful_ns, all_ns));
	v->bystander_gap_ns = tb_value_number(s->bystander_gap_ns);
}

/* What the locks themselves know. */
static void fill_locks(struct tb_total_values *v, const struct tb_run *run,
		       const struct tb_sums *s)
{
	const struct tb_variant *variant = run->plan.variant;
	u32 locks = variant->single ? 1 : run->plan.config.set_size;

	if (variant->lock_size)
		v->attempts = tb_value_number(s->counts.ops * locks +
					      s->thread_stats.reacquisitions +
					      s->thread_stats.attempts_failed +
					      s->restarts.attempts_failed);
	if (!variant->tokens)
		return;
	if (run->lock_map)
		v->pool_aliases = tb_value_number(tb_locks_aliases(run));
	if (run->plan.config.knobs.collisions != LWKT_COLLISIONS_off)
		v->collisions = tb_value_number(tb_locks_collisions(run));
}

/**
 * tb_values_totals() - compute the totals
 * @values: gets them
 * @run: executed
 * @s: its numbers; what @s->sorted points to is used
 *
 * Context: process context, may sleep.
 */
void tb_values_totals(struct tb_values *values, const struct tb_run *run,
		      const struct tb_sums *s)
{
	struct tb_total_values *v = &values->totals;
	struct tb_mix mix;
	u64 ideal;

	fill_counters(&values->counters, run, s);
	v->window_ns = tb_value_number(s->window_ns);
	v->threads = tb_value_number(run->nworkers);
	mix_of(run, s, &mix);
	ideal = tb_ideal_ops(&run->plan.workload[0], &mix, s->window_ns);
	if (ideal != TB_IDEAL_UNBOUNDED)
		v->ideal_ops = tb_value_number(ideal);
	v->cpu_ns = tb_value_number(s->cpu_ns);
	v->efficiency =
		tb_value_ppm(tb_stats_ratio(s->counts.useful_ns, s->cpu_ns));
	if (tb_run_measures(run))
		v->progress_gap_ns = tb_value_number(s->progress_gap_ns);
	if (tb_run_probes(run)) {
		v->resched_delay_ns = tb_value_number(run->resched_delay_ns);
		v->resched_probes = tb_value_number(run->resched_probes);
	}
	fill_locks(v, run, s);
	fill_bystanders(v, run, s);
	fill_fairness(v, run, s);
	fill_fair(v, run, s);
	if (tb_run_is_inline(run))
		return;
	v->nvcsw = tb_value_number(s->nvcsw);
	v->nivcsw = tb_value_number(s->nivcsw);
}
