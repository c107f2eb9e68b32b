// SPDX-License-Identifier: GPL-2.0
/*
 * plan.c - what follows from the parameters of a run
 *
 * Nothing here refuses a value: combination.c does, before and after.
 */
#include <linux/kernel.h>
#include <linux/math64.h>
#include <linux/slab.h>
#include <linux/string.h>

#include "plan.h"
#include "pure/fair.h"
#include "pure/slots.h"
#include "variant.h"

#define TB_PS_PER_SEC 1000000000000ULL

/**
 * tb_plan_alloc() - memory for a plan
 *
 * Context: process context, may sleep.
 * Return: an empty plan, or NULL
 */
struct tb_plan *tb_plan_alloc(void)
{
	struct tb_plan *plan = kzalloc(sizeof(*plan), GFP_KERNEL);

	if (plan && !zalloc_cpumask_var(&plan->cpus, GFP_KERNEL)) {
		kfree(plan);
		return NULL;
	}
	return plan;
}

/**
 * tb_plan_free() - free a plan
 * @plan: from tb_plan_alloc(), or NULL
 */
void tb_plan_free(struct tb_plan *plan)
{
	if (!plan)
		return;
	free_cpumask_var(plan->cpus);
	kfree(plan);
}

/**
 * tb_plan_copy() - copy a plan
 * @to: gets the copy; to->cpus is freed with free_cpumask_var()
 * @from: the plan
 *
 * Context: process context, may sleep.
 * Return: 0 or -ENOMEM; there is nothing to free then
 */
int tb_plan_copy(struct tb_plan *to, const struct tb_plan *from)
{
	*to = *from;
	if (!zalloc_cpumask_var(&to->cpus, GFP_KERNEL))
		return -ENOMEM;
	cpumask_copy(to->cpus, from->cpus);
	return 0;
}

/* The texts were checked when they were written: they have no error. */
static void derive_groups(struct tb_plan *plan)
{
	const struct tb_config *c = &plan->config;
	char why[TB_GROUPS_WHY_MAX];

	plan->ngroups = max(0, tb_groups_parse(c->groups, strlen(c->groups),
					       plan->groups, why, sizeof(why)));
	plan->nparts = max(0, tb_phases_parse(c->phases, strlen(c->phases),
					      plan->levels, why, sizeof(why)));
}

static struct tb_workload common_workload(const struct tb_plan *plan)
{
	const struct tb_config *c = &plan->config;
	struct tb_workload wl = {
		.locks = c->locks,
		.set_size = c->set_size,
		.order = plan->variant->flags & TB_FLAG(ordered) ?
				 TB_ORDER_same :
				 c->order,
		.pick = c->pick,
		.block_ns = c->block_ns,
		.block_every = c->block_every,
		.seed = c->seed,
		.ncpus = plan->ncpus,
		.hold_ns = c->hold_ns,
		.think_ns = c->think_ns,
		.hold_dist = c->hold_dist,
		.think_dist = c->think_dist,
		.shared_pct = c->shared_pct,
	};

	if (c->rate)
		wl.gap_ps = div64_u64(c->threads_per_cpu * plan->ncpus *
					      TB_PS_PER_SEC,
				      c->rate);
	return wl;
}

static void derive_workload(struct tb_plan *plan)
{
	u32 i;

	plan->workload[0] = common_workload(plan);
	plan->mixed_modes = plan->config.shared_pct;
	/* Backwards: the first one is what the others are made of. */
	for (i = plan->ngroups; i--;) {
		const struct tb_group *g = &plan->groups[i];
		struct tb_workload *wl = &plan->workload[i];

		*wl = plan->workload[0];
		if (g->has_hold)
			wl->hold_ns = g->hold_ns;
		if (g->has_think)
			wl->think_ns = g->think_ns;
		if (g->has_shared)
			wl->shared_pct = g->shared_pct;
		plan->mixed_modes |= wl->shared_pct;
	}
}

/**
 * tb_plan_derive() - fill in what follows from the parameters
 * @plan: config, variant, cpus and ncpus are set
 *
 * Context: process context.
 */
void tb_plan_derive(struct tb_plan *plan)
{
	const struct tb_config *c = &plan->config;
	u64 window_ns = c->duration_ms * NSEC_PER_MSEC;

	derive_groups(plan);
	derive_workload(plan);
	plan->slot_shift = tb_slots_shift(window_ns);
	plan->fair_shift = 0;
	if (c->fair_window_ms)
		plan->fair_shift =
			tb_fair_shift(window_ns,
				      c->fair_window_ms * NSEC_PER_MSEC,
				      plan->slot_shift);
	plan->maxtokens = max_t(u32, c->knobs.maxtokens, c->set_size);
}
