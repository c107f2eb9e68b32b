// SPDX-License-Identifier: GPL-2.0
/*
 * config_check.c - can a run have these parameters together?
 *
 * Asked when a run is started, since only then it is known which values meet,
 * and which CPUs there are.
 */
#include <linux/cpu.h>
#include <linux/kernel.h>

#include "config.h"
#include "refusal.h"
#include "variant.h"
#include "workload.h"

/* All online CPUs, but when there are more than two not the first of them. */
static void default_cpus(struct cpumask *cpus)
{
	cpumask_copy(cpus, cpu_online_mask);
	if (cpumask_weight(cpus) > 2)
		cpumask_clear_cpu(cpumask_first(cpus), cpus);
}

static int check_cpus(const struct tb_config *c, struct cpumask *cpus)
{
	u32 n;

	if (!*c->cpus) {
		default_cpus(cpus);
		if (c->sched == TB_SCHED_fifo &&
		    cpumask_equal(cpus, cpu_online_mask))
			cpumask_clear_cpu(cpumask_first(cpus), cpus);
	} else if (cpulist_parse(c->cpus, cpus)) {
		tb_refuse("start: cpus: \"%s\" is not a list of CPUs", c->cpus);
		return -EINVAL;
	}
	if (!cpumask_subset(cpus, cpu_online_mask)) {
		tb_refuse("start: cpus: \"%s\" names CPUs that are not online; online: %*pbl",
			  c->cpus, cpumask_pr_args(cpu_online_mask));
		return -EINVAL;
	}
	n = cpumask_weight(cpus);
	if (!n || (c->sched == TB_SCHED_fifo && n >= num_online_cpus())) {
		tb_refuse("start: sched: fifo must leave one CPU free, and cpus takes %u of %u",
			  n, num_online_cpus());
		return -EINVAL;
	}
	if (c->sched == TB_SCHED_fifo &&
	    !(tb_variants[c->lock]->flags & TB_FLAG(lwkt)) &&
	    c->threads_per_cpu + c->bystanders > 1) {
		tb_refuse("start: sched: fifo threads take no turns; %s can have 1 per CPU",
			  tb_variants[c->lock]->name);
		return -EINVAL;
	}
	if (tb_variants[c->lock]->flags & TB_FLAG(lwkt) &&
	    n > lwkt_cpus_max(tb_variants[c->lock]->generation)) {
		tb_refuse("start: cpus: %u; %s can have at most %u", n,
			  tb_variants[c->lock]->name,
			  lwkt_cpus_max(tb_variants[c->lock]->generation));
		return -EINVAL;
	}
	if (n * (c->threads_per_cpu + c->bystanders) > TB_THREADS_MAX) {
		tb_refuse("start: threads_per_cpu, bystanders: %llu + %llu on %u CPUs; at most %u",
			  c->threads_per_cpu, c->bystanders, n, TB_THREADS_MAX);
		return -EINVAL;
	}
	return 0;
}

/**
 * tb_config_check() - can a run have these parameters, here and now?
 * @c: the configuration
 * @cpus: gets the CPUs to use
 *
 * An error leaves a line in the file "error" (refusal.h).
 *
 * Context: process context; the caller holds cpus_read_lock().
 * Return: 0 or -EINVAL
 */
int tb_config_check(const struct tb_config *c, struct cpumask *cpus)
{
	const struct tb_variant *v = tb_variants[c->lock];
	char why[TB_WHY_MAX];
	struct tb_workload wl;
	int err;

	if (!c->hold_ns && !c->think_ns) {
		tb_refuse("start: hold_ns, think_ns: both 0; set one of them");
		return -EINVAL;
	}
	if (!c->block_ns != !c->block_every) {
		tb_refuse("start: block_ns, block_every: %llu and %llu; set both or none",
			  c->block_ns, c->block_every);
		return -EINVAL;
	}
	if (c->block_ns && !(v->flags & TB_FLAG(blocks))) {
		tb_refuse("start: block_ns: the holder of %s must not block",
			  v->name);
		return -EINVAL;
	}
	err = check_cpus(c, cpus);
	if (err)
		return err;
	tb_config_workload(c, cpumask_weight(cpus), &wl);
	err = tb_workload_check(&wl, why, sizeof(why));
	if (err)
		tb_refuse("start: %s", why);
	return err;
}

/**
 * tb_config_workload() - the part of the parameters that makes the operations
 * @c: the configuration
 * @ncpus: CPUs used
 * @wl: gets it
 */
void tb_config_workload(const struct tb_config *c, u32 ncpus,
			struct tb_workload *wl)
{
	*wl = (struct tb_workload){
		.locks = c->locks,
		.set_size = c->set_size,
		.order = tb_variants[c->lock]->flags & TB_FLAG(ordered) ?
				 TB_ORDER_same :
				 c->order,
		.pick = c->pick,
		.block_ns = c->block_ns,
		.block_every = c->block_every,
		.seed = c->seed,
		.ncpus = ncpus,
	};
}
