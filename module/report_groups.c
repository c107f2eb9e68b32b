// SPDX-License-Identifier: GPL-2.0
/*
 * report_groups.c - the keys groups.* and phases.* of a result
 */
#include "collect.h"
#include "parts.h"
#include "report_parts.h"
#include "run.h"
#include "stats.h"
#include "text.h"

/* The numbers of one group (TB_GROUP_FIELDS). */
struct sums {
	u32 threads;
	u64 ops;
	u64 nominal_held_ns;
	u64 held_ns;
	u64 longest_gap_ns;
};

/* Number 0 stands for all groups. */
static void add_up(const struct tb_run *run, u32 number, struct sums *s,
		   struct tb_hist_sum *acquire)
{
	u32 i;

	*s = (struct sums){};
	memset(acquire, 0, sizeof(*acquire));
	for (i = 0; i < run->nworkers; i++) {
		const struct tb_worker *w = run->workers[i];

		if (number && w->group != number)
			continue;
		s->threads++;
		s->ops += w->ops;
		s->nominal_held_ns += w->nominal_held_ns;
		s->held_ns += tb_worker_held_ns(w);
		s->longest_gap_ns = max(s->longest_gap_ns, w->longest_gap_ns);
		if (w->hist)
			tb_hist_merge(acquire, &w->hist[TB_HIST_acquire_ns]);
	}
}

static void print_number(struct tb_text *text, u32 group, const char *name,
			 u64 value)
{
	tb_text_printf(text, "groups.%u.%s %llu\n", group, name, value);
}

static void print_share(struct tb_text *text, u32 group, const char *name,
			u64 part, u64 all)
{
	char key[48];

	scnprintf(key, sizeof(key), "groups.%u.%s", group, name);
	tb_text_ppm(text, key, tb_stats_ratio(part, all));
}

static void print_group(struct tb_text *text, const struct tb_run *run, u32 n,
			const struct sums *all, struct tb_hist_sum *acquire)
{
	const struct tb_group *g = &run->groups[n - 1];
	struct sums s;

	add_up(run, n, &s, acquire);
	print_number(text, n, "threads", s.threads);
	print_number(text, n, "hold_ns", g->hold_ns);
	print_number(text, n, "think_ns", g->think_ns);
	print_number(text, n, "shared_pct", g->shared_pct);
	tb_text_printf(text, "groups.%u.nice %d\n", n, g->nice);
	print_number(text, n, "ops", s.ops);
	print_share(text, n, "ops_share", s.ops, all->ops);
	print_number(text, n, "nominal_held_ns", s.nominal_held_ns);
	print_share(text, n, "nominal_hold_share", s.nominal_held_ns,
		    all->nominal_held_ns);
	if (!tb_run_measures(run))
		return;
	print_number(text, n, "held_ns", s.held_ns);
	print_share(text, n, "hold_share", s.held_ns, all->held_ns);
	print_number(text, n, "longest_gap_ns", s.longest_gap_ns);
	print_number(text, n, "acquire_p50_ns",
		     tb_hist_percentile(acquire, 500000));
	print_number(text, n, "acquire_p99_ns",
		     tb_hist_percentile(acquire, 990000));
	print_number(text, n, "acquire_max_ns", acquire->max);
}

/**
 * tb_report_groups() - the keys groups.*
 * @text: the text to add to
 * @run: executed
 * @scratch: for the histogram of one group
 *
 * Context: process context, may sleep.
 */
void tb_report_groups(struct tb_text *text, const struct tb_run *run,
		      struct tb_hist_sum *scratch)
{
	struct sums all;
	u32 i;

	if (!run->ngroups)
		return;
	add_up(run, 0, &all, scratch);
	for (i = 1; i <= run->ngroups; i++)
		print_group(text, run, i, &all, scratch);
}

/**
 * tb_report_phases() - the keys phases.*
 * @text: the text to add to
 * @run: executed
 * @t: its numbers
 *
 * Context: process context, may sleep.
 */
void tb_report_phases(struct tb_text *text, const struct tb_run *run,
		      const struct tb_totals *t)
{
	u32 i;

	for (i = 0; i < run->nparts; i++) {
		tb_text_printf(text, "phases.%u.threads_per_cpu %u\n", i + 1,
			       run->levels[i]);
		tb_text_printf(text, "phases.%u.window_ns %llu\n", i + 1,
			       tb_parts_length_ns(run, i));
		tb_text_printf(text, "phases.%u.ops %llu\n", i + 1,
			       t->part_ops[i]);
	}
}
