// SPDX-License-Identifier: GPL-2.0
/*
 * combination.c - can a run have these parameters together?
 *
 * Asked when a run is started, since only then it is known which values meet,
 * and which CPUs there are.
 */
#include <linux/cpu.h>
#include <linux/kernel.h>

#include "fault_check.h"
#include "plan.h"
#include "pure/draw.h"
#include "pure/workload.h"
#include "refusal.h"
#include "variant.h"
#include "words.h"

/* Longest time for which a lock may shut a CPU. */
#define TB_SHUT_NS NSEC_PER_SEC

/* Longest time for the sections of all threads, and a touched line at worst. */
#define TB_QUEUE_NS (100ULL * NSEC_PER_SEC)
#define TB_TOUCH_NS 300

/* Shortest part of a window. */
#define TB_PART_MIN_MS 10U

/* Arrivals per second of one thread, and places in the queues of all. */
#define TB_RATE_MAX 1000000U
#define TB_QUEUES_MAX (16U << 20)

/* All online CPUs, but when there are more than two not the first of them. */
static void default_cpus(struct cpumask *cpus)
{
	cpumask_copy(cpus, cpu_online_mask);
	if (cpumask_weight(cpus) > 2)
		cpumask_clear_cpu(cpumask_first(cpus), cpus);
}

/* Which CPUs, and are there any left for the others? */
static int check_cpus(struct tb_plan *plan)
{
	const struct tb_config *c = &plan->config;
	const struct tb_variant *v = plan->variant;
	struct cpumask *cpus = plan->cpus;
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
		cpumask_andnot(cpus, cpus, cpu_online_mask);
		tb_refuse("start: cpus: \"%s\" names CPUs that are offline: %*pbl; online: %*pbl",
			  c->cpus, cpumask_pr_args(cpus),
			  cpumask_pr_args(cpu_online_mask));
		return -EINVAL;
	}
	n = cpumask_weight(cpus);
	plan->ncpus = n;
	if (!n || (c->sched == TB_SCHED_fifo && n >= num_online_cpus())) {
		tb_refuse("start: sched: fifo must leave one CPU free, and cpus takes %u of %u",
			  n, num_online_cpus());
		return -EINVAL;
	}
	if (c->sched == TB_SCHED_fifo && !(v->flags & TB_FLAG(lwkt)) &&
	    c->threads_per_cpu + c->bystanders > 1) {
		tb_refuse("start: sched: fifo threads take no turns; %s can have 1 per CPU",
			  v->name);
		return -EINVAL;
	}
	if (v->flags & TB_FLAG(lwkt) && n > lwkt_cpus_max(v->generation)) {
		tb_refuse("start: cpus: %u; %s can have at most %u", n, v->name,
			  lwkt_cpus_max(v->generation));
		return -EINVAL;
	}
	if (n * (c->threads_per_cpu + c->bystanders) > TB_THREADS_MAX) {
		tb_refuse("start: threads_per_cpu, bystanders: %llu + %llu on %u CPUs; at most %u",
			  c->threads_per_cpu, c->bystanders, n, TB_THREADS_MAX);
		return -EINVAL;
	}
	return 0;
}

/* What the lock cannot do, whatever the machine. */
static int check_lock(const struct tb_plan *plan)
{
	const struct tb_config *c = &plan->config;
	const struct tb_variant *v = plan->variant;

	if (c->set_size > tb_variant_max_set(v)) {
		tb_refuse("start: set_size: %llu; %s can have at most %u locks at once",
			  c->set_size, v->name, tb_variant_max_set(v));
		return -EINVAL;
	}
	if (c->block_ns && !(v->flags & TB_FLAG(blocks))) {
		tb_refuse("start: block_ns: the holder of %s must not block",
			  v->name);
		return -EINVAL;
	}
	if (c->shared_pct && !(v->flags & TB_FLAG(shared))) {
		tb_refuse("start: shared_pct: %llu; %s has no shared mode",
			  c->shared_pct, v->name);
		return -EINVAL;
	}
	if (c->substrate == TB_SUBSTRATE_inline &&
	    !(v->flags & TB_FLAG(lwkt))) {
		tb_refuse("start: substrate: inline; %s is on Linux's scheduler; allowed: kthread",
			  v->name);
		return -EINVAL;
	}
	return 0;
}

/* How much longer than its mean a hold time can be. */
static u32 longest_draw(u32 dist)
{
	return dist == TB_DIST_const ? 1 : TB_DRAW_MOST;
}

/*
 * A lock whose holder must not sleep shuts a CPU for as long as it is held, and
 * those of its waiters until all before them are through: for each lock of a
 * set. @group: its number, 0 if there are none.
 */
static int check_shut(const struct tb_plan *plan, u32 group, u64 hold_ns)
{
	const struct tb_config *c = &plan->config;
	const struct tb_variant *v = plan->variant;
	u64 touch_ns = c->touch_lines * c->set_size * TB_TOUCH_NS;
	u64 share = TB_SHUT_NS / (plan->ncpus * c->set_size), most;

	if (v->flags & TB_FLAG(blocks))
		return 0;
	most = share > touch_ns ? share - touch_ns : 0;
	most = div_u64(most, longest_draw(c->hold_dist));
	if (hold_ns <= most)
		return 0;
	if (group)
		tb_refuse("start: groups: hold_ns: %llu in group %u; %s can have at most %llu",
			  hold_ns, group, v->name, most);
	else
		tb_refuse("start: hold_ns: %llu; %s can have at most %llu on %u CPUs (%s)",
			  hold_ns, v->name, most, plan->ncpus,
			  tb_word_dist(c->hold_dist));
	return -EINVAL;
}

/*
 * At the end of a run each thread may have a whole section before it, and one
 * that waits for all others should not pass for hung (120 s) until it gets there.
 */
static int check_queue(const struct tb_plan *plan, u64 hold_ns)
{
	const struct tb_config *c = &plan->config;
	u64 threads = c->threads_per_cpu * plan->ncpus;
	u64 all_ns = threads * (hold_ns + c->block_ns);

	if (all_ns <= TB_QUEUE_NS)
		return 0;
	tb_refuse("start: hold_ns, block_ns: %llu + %llu for each of %llu threads; at most %llu s",
		  hold_ns, c->block_ns, threads, TB_QUEUE_NS / NSEC_PER_SEC);
	return -EINVAL;
}

/* @group: its number, 0 if there are none. */
static int check_hold(const struct tb_plan *plan, u32 group, u64 hold_ns)
{
	return check_shut(plan, group, hold_ns) ?: check_queue(plan, hold_ns);
}

static int check_group(const struct tb_plan *plan, u32 number)
{
	const struct tb_workload *wl = &plan->workload[number - 1];
	const struct tb_config *c = &plan->config;
	int nice = plan->groups[number - 1].nice;

	if (!wl->hold_ns && !wl->think_ns && !c->touch_lines) {
		tb_refuse("start: groups: hold_ns, think_ns: both 0 in group %u; set one of them",
			  number);
		return -EINVAL;
	}
	if (wl->shared_pct && !(plan->variant->flags & TB_FLAG(shared))) {
		tb_refuse("start: groups: shared_pct: %u in group %u; %s has no shared mode",
			  wl->shared_pct, number, plan->variant->name);
		return -EINVAL;
	}
	if (nice && c->sched == TB_SCHED_fifo) {
		tb_refuse("start: groups: nice: %d in group %u; there is none with sched=fifo",
			  nice, number);
		return -EINVAL;
	}
	return check_hold(plan, number, wl->hold_ns);
}

static int check_groups(const struct tb_plan *plan)
{
	const struct tb_config *c = &plan->config;
	u64 threads = 0;
	u32 i;
	int err;

	if (!plan->ngroups)
		return check_hold(plan, 0, c->hold_ns);
	for (i = 0; i < plan->ngroups; i++) {
		err = check_group(plan, i + 1);
		if (err)
			return err;
		threads += plan->groups[i].threads;
	}
	if (threads > c->threads_per_cpu * plan->ncpus) {
		tb_refuse("start: groups: for %llu threads; there are %llu on %u CPUs",
			  threads, c->threads_per_cpu * plan->ncpus,
			  plan->ncpus);
		return -EINVAL;
	}
	return 0;
}

static int check_parts(const struct tb_plan *plan)
{
	const struct tb_config *c = &plan->config;
	u32 n = plan->nparts, i;

	for (i = 0; i < n; i++) {
		if (plan->levels[i] <= c->threads_per_cpu)
			continue;
		tb_refuse("start: phases: %u threads per CPU in part %u; threads_per_cpu is %llu",
			  plan->levels[i], i + 1, c->threads_per_cpu);
		return -EINVAL;
	}
	if (n && c->duration_ms < n * TB_PART_MIN_MS) {
		tb_refuse("start: phases: %u parts in duration_ms %llu; at least %u ms each",
			  n, c->duration_ms, TB_PART_MIN_MS);
		return -EINVAL;
	}
	if (n && c->rate) {
		tb_refuse("start: phases, rate: %s and %llu; set one of them",
			  c->phases, c->rate);
		return -EINVAL;
	}
	return 0;
}

/* Bounds on memory, and on what random numbers can keep up with. */
static int check_amounts(const struct tb_plan *plan)
{
	const struct tb_config *c = &plan->config;
	u64 threads = c->threads_per_cpu * plan->ncpus;
	u64 objects = c->locks;

	if (plan->variant->flags & TB_FLAG(unchecked))
		objects = threads * c->set_size;
	if (c->touch_lines * objects > TB_TOUCH_MAX) {
		tb_refuse("start: touch_lines: %llu of %llu objects; at most %u lines in all",
			  c->touch_lines, objects, TB_TOUCH_MAX);
		return -EINVAL;
	}
	if (c->rate > threads * TB_RATE_MAX) {
		tb_refuse("start: rate: %llu; at most %u for each of %llu threads",
			  c->rate, TB_RATE_MAX, threads);
		return -EINVAL;
	}
	if (c->rate && c->queue_max * threads > TB_QUEUES_MAX) {
		tb_refuse("start: queue_max: %llu for each of %llu threads; at most %u in all",
			  c->queue_max, threads, TB_QUEUES_MAX);
		return -EINVAL;
	}
	return 0;
}

static int check_streams(const struct tb_plan *plan)
{
	char why[TB_WHY_MAX];
	int err = tb_workload_check(&plan->workload[0], why, sizeof(why));

	if (err)
		tb_refuse("start: %s", why);
	return err;
}

/* What no machine and no lock can have. */
static int check_values(const struct tb_config *c)
{
	if (!c->hold_ns && !c->think_ns && !c->touch_lines && !*c->groups) {
		tb_refuse("start: hold_ns, think_ns: both 0; set one of them");
		return -EINVAL;
	}
	if (!c->block_ns != !c->block_every) {
		tb_refuse("start: block_ns, block_every: %llu and %llu; set both or none",
			  c->block_ns, c->block_every);
		return -EINVAL;
	}
	if (c->substrate == TB_SUBSTRATE_inline && c->sched == TB_SCHED_fifo) {
		tb_refuse("start: substrate, sched: no fifo with inline");
		return -EINVAL;
	}
	if (c->probe_us && c->probe_us < TB_PROBE_MIN_US) {
		tb_refuse("start: probe_us: %llu; 0 for none, or %u to %u",
			  c->probe_us, TB_PROBE_MIN_US, TB_PROBE_MAX_US);
		return -EINVAL;
	}
	return 0;
}

/**
 * tb_config_check() - can a run have these parameters, here and now?
 * @c: the configuration
 * @plan: gets what a run with it is to do; from tb_plan_alloc()
 *
 * An error leaves a line in the file "error" (refusal.h).
 *
 * Context: process context; the caller holds cpus_read_lock().
 * Return: 0 or -EINVAL
 */
int tb_config_check(const struct tb_config *c, struct tb_plan *plan)
{
	int err;

	plan->config = *c;
	plan->variant = tb_variants[c->lock];
	err = check_values(c);
	if (!err)
		err = check_lock(plan);
	if (!err)
		err = tb_fault_check(c);
	if (!err)
		err = check_cpus(plan);
	if (err)
		return err;
	tb_plan_derive(plan);
	err = check_groups(plan);
	if (!err)
		err = check_parts(plan);
	if (!err)
		err = check_amounts(plan);
	return err ?: check_streams(plan);
}
