// SPDX-License-Identifier: GPL-2.0
/*
 * latency.c - the section latency of a result
 */
#include "collect.h"
#include "pure/hist.h"
#include "values.h"

/**
 * tb_values_latency() - compute the statistics of the histograms
 * @values: gets them
 * @run: executed
 * @s: its numbers
 */
void tb_values_latency(struct tb_values *values, const struct tb_run *run,
		       const struct tb_sums *s)
{
	u32 h;

	for (h = 0; tb_run_measures(run) && h < TB_HIST_COUNT; h++) {
		const struct tb_hist_sum *hist = &s->hist[h];
		struct tb_latency_values *v = &values->latency[h];

		if (!tb_hist_is_kept(run, h))
			continue;
		v->count = tb_value_number(hist->count);
		if (!hist->count)
			continue;
		v->mean = tb_value_number(tb_hist_mean(hist));
		v->p50 = tb_value_percentile(hist, 500000);
		v->p90 = tb_value_percentile(hist, 900000);
		v->p99 = tb_value_percentile(hist, 990000);
		v->p999 = tb_value_percentile(hist, 999000);
		v->max = tb_value_number(hist->max);
	}
}
