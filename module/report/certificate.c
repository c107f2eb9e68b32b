// SPDX-License-Identifier: GPL-2.0
/*
 * certificate.c - the section certificate of a result
 */
#include <linux/utsname.h>

#include "base/clock.h"
#include "base/compat.h"
#include "base/env.h"
#include "base/sim.h"
#include "collect.h"
#include "config/words.h"
#include "values.h"

/* Negative times, of all histograms. */
static u64 sum_negative(const struct tb_sums *s)
{
	u64 sum = 0;
	u32 h;

	for (h = 0; h < TB_HIST_COUNT; h++)
		sum += s->hist[h].negative;
	return sum;
}

/* Without a window there is only a first reading, or none. */
static void fill_load(struct tb_certificate_values *v, const struct tb_run *run,
		      const struct tb_sums *s)
{
	const struct tb_load *load = &run->load;
	u64 other_ns = 0;

	if (!run->cool_ns)
		return;
	if (load->busy_ns > s->cpu_ns)
		other_ns = load->busy_ns - s->cpu_ns;
	/* Linux accounts by the tick, which is longer than a simulated window. */
	if (!TB_SIM) {
		v->other_ns = tb_value_number(other_ns);
		v->irq_ns = tb_value_number(load->irq_ns);
	}
	v->pause_ns = tb_value_number(run->pause.longest_ns);
	if (compat_has_steal())
		v->steal_ns = tb_value_number(load->steal_ns);
}

static void fill_clock(struct tb_certificate_values *v,
		       const struct tb_run *run, const struct tb_sums *s)
{
	v->clock = tb_value_word(tb_clock_name());
	v->clock_cost_ns = tb_value_ps(run->clock_cost_ps);
	v->clock_step_ns = tb_value_number(run->clock_step_ns);
	if (tb_run_measures(run))
		v->clock_back = tb_value_number(sum_negative(s));
	if (run->line_ps)
		v->line_ns = tb_value_ps(run->line_ps);
	if (run->none_ps)
		v->none_ns = tb_value_ps(run->none_ps);
	if (!run->plan.ngroups)
		v->nominal_ns = tb_value_number(run->plan.config.hold_ns +
						run->plan.config.think_ns);
}

static void fill_kernel(struct tb_certificate_values *v, char *debug)
{
	v->kernel = tb_value_word(init_utsname()->release);
	v->preempt = tb_value_word(tb_env_preempt());
	v->proxy_exec = tb_value_word(tb_env_proxy_exec());
	tb_env_debug(debug, TB_DEBUG_MAX);
	v->debug = tb_value_word(debug);
	v->hypervisor = tb_value_word(tb_env_hypervisor());
	v->times = tb_value_word(tb_env_times());
	if (TB_SIM) {
		v->sim_machine = tb_value_word(uml_sim_machine());
		v->sim_seed = tb_value_number(uml_sim_seed());
		v->sim_model = tb_value_word(uml_sim_hash());
	}
}

/**
 * tb_values_certificate() - compute the certificate
 * @values: gets it
 * @run: executed
 * @s: its numbers
 *
 * Context: process context, may sleep.
 */
void tb_values_certificate(struct tb_values *values, const struct tb_run *run,
			   const struct tb_sums *s)
{
	struct tb_certificate_values *v = &values->certificate;
	const struct tb_plan *plan = &run->plan;

	v->start_skew_ns = tb_value_number(s->start_skew_ns);
	v->end_skew_ns = tb_value_number(s->end_skew_ns);
	v->overlap = tb_value_ppm(s->overlap);
	v->late_threads = tb_value_number(s->late);
	v->left_cpu = tb_value_number(s->moved);
	v->violations = tb_value_number(s->counts.violations);
	v->lost_updates = tb_value_number(s->lost_updates);
	v->set_order = tb_value_word(tb_word_order(plan->workload[0].order));
	v->stream_digest = tb_value_digest(s->stream_digest);
	v->stream_errors = tb_value_number(s->stream_errors);
	fill_clock(v, run, s);
	v->fault = tb_value_word(tb_word_fault(plan->config.fault));
	v->stopped = tb_value_number(run->stopped);
	v->cpu_lost = tb_value_number(run->lost);
	fill_load(v, run, s);
	if (run->lwkt)
		v->maxtokens = tb_value_number(plan->maxtokens);
	fill_kernel(v, values->debug);
}
