// SPDX-License-Identifier: GPL-2.0
/*
 * groups.c - the sections groups and phases of a result
 */
#include "collect.h"
#include "pure/stats.h"
#include "run/parts.h"
#include "values.h"

static struct tb_value share_of(u64 part, u64 all)
{
	return tb_value_ppm(tb_stats_ratio(part, all));
}

static void fill_group(struct tb_group_values *v, const struct tb_run *run,
		       const struct tb_sums *s, u32 i)
{
	const struct tb_workload *wl = &run->plan.workload[i];
	const struct tb_group_sums *g = &s->groups[i];
	const struct tb_counts *own = &g->counts, *all = &s->counts;

	v->threads = tb_value_number(g->threads);
	v->hold_ns = tb_value_number(wl->hold_ns);
	v->think_ns = tb_value_number(wl->think_ns);
	v->shared_pct = tb_value_number(wl->shared_pct);
	v->nice = tb_value_signed(run->plan.groups[i].nice);
	v->ops = tb_value_number(own->ops);
	v->ops_share = share_of(own->ops, all->ops);
	v->nominal_held_ns = tb_value_number(own->nominal_held_ns);
	v->nominal_hold_share =
		share_of(own->nominal_held_ns, all->nominal_held_ns);
	if (!tb_run_measures(run))
		return;
	v->held_ns = tb_value_number(own->held_ns);
	v->hold_share = share_of(own->held_ns, all->held_ns);
	v->longest_gap_ns = tb_value_number(own->longest_gap_ns);
	v->acquire_p50_ns = tb_value_percentile(&g->acquire, 500000);
	v->acquire_p99_ns = tb_value_percentile(&g->acquire, 990000);
	v->acquire_max_ns = tb_value_number(g->acquire.max);
}

/**
 * tb_values_groups() - compute what is said of each group
 * @values: gets it
 * @run: executed
 * @s: its numbers
 */
void tb_values_groups(struct tb_values *values, const struct tb_run *run,
		      const struct tb_sums *s)
{
	u32 i;

	for (i = 0; i < run->plan.ngroups; i++)
		fill_group(&values->groups[i], run, s, i);
}

/**
 * tb_values_phases() - compute what is said of each part of the window
 * @values: gets it
 * @run: executed
 * @s: its numbers
 */
void tb_values_phases(struct tb_values *values, const struct tb_run *run,
		      const struct tb_sums *s)
{
	u32 i;

	for (i = 0; i < run->plan.nparts; i++) {
		struct tb_phase_values *v = &values->phases[i];

		v->threads_per_cpu = tb_value_number(run->plan.levels[i]);
		v->window_ns = tb_value_number(tb_parts_length_ns(run, i));
		v->ops = tb_value_number(s->part_ops[i]);
	}
}
