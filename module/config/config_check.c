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
#include "draw.h"
#include "fault.h"
#include "groups.h"
#include "refusal.h"
#include "variant.h"
#include "words.h"
#include "workload.h"

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

#define TB_PS_PER_SEC 1000000000000ULL

/* All online CPUs, but when there are more than two not the first of them. */
static void default_cpus(struct cpumask *cpus)
{
	cpumask_copy(cpus, cpu_online_mask);
	if (cpumask_weight(cpus) > 2)
		cpumask_clear_cpu(cpumask_first(cpus), cpus);
}

/* Which CPUs, and are there any left for the others? */
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

/* What the lock cannot do, whatever the machine. */
static int check_lock(const struct tb_config *c)
{
	const struct tb_variant *v = tb_variants[c->lock];

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
static int check_shut(const struct tb_config *c, u32 group, u64 hold_ns,
		      u32 ncpus)
{
	const struct tb_variant *v = tb_variants[c->lock];
	u64 touch_ns = c->touch_lines * c->set_size * TB_TOUCH_NS;
	u64 share = TB_SHUT_NS / (ncpus * c->set_size), most;

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
			  hold_ns, v->name, most, ncpus,
			  tb_word_dist(c->hold_dist));
	return -EINVAL;
}

/*
 * At the end of a run each thread may have a whole section before it, and one
 * that waits for all others should not pass for hung (120 s) until it gets there.
 */
static int check_queue(const struct tb_config *c, u64 hold_ns, u32 ncpus)
{
	u64 threads = c->threads_per_cpu * ncpus;
	u64 all_ns = threads * (hold_ns + c->block_ns);

	if (all_ns <= TB_QUEUE_NS)
		return 0;
	tb_refuse("start: hold_ns, block_ns: %llu + %llu for each of %llu threads; at most %llu s",
		  hold_ns, c->block_ns, threads, TB_QUEUE_NS / NSEC_PER_SEC);
	return -EINVAL;
}

static int check_group(const struct tb_config *c, const struct tb_group *g,
		       u32 number, u32 ncpus)
{
	const struct tb_variant *v = tb_variants[c->lock];
	int err;

	if (!g->hold_ns && !g->think_ns && !c->touch_lines) {
		tb_refuse("start: groups: hold_ns, think_ns: both 0 in group %u; set one of them",
			  number);
		return -EINVAL;
	}
	if (g->shared_pct && !(v->flags & TB_FLAG(shared))) {
		tb_refuse("start: groups: shared_pct: %u in group %u; %s has no shared mode",
			  g->shared_pct, number, v->name);
		return -EINVAL;
	}
	if (g->nice && c->sched == TB_SCHED_fifo) {
		tb_refuse("start: groups: nice: %d in group %u; there is none with sched=fifo",
			  g->nice, number);
		return -EINVAL;
	}
	err = check_shut(c, number, g->hold_ns, ncpus);
	return err ?: check_queue(c, g->hold_ns, ncpus);
}

/**
 * tb_config_groups() - the groups of a configuration
 * @c: the configuration
 * @groups: gets them, with the parameters' values where they have none
 *
 * Return: how many, 0 if there are none
 */
int tb_config_groups(const struct tb_config *c,
		     struct tb_group groups[TB_GROUPS_MAX])
{
	char why[TB_GROUPS_WHY_MAX];
	int n, i;

	/* It was checked when it was written. */
	n = tb_groups_parse(c->groups, strlen(c->groups), groups, why,
			    sizeof(why));
	for (i = 0; i < n; i++) {
		struct tb_group *g = &groups[i];

		if (!g->has_hold)
			g->hold_ns = c->hold_ns;
		if (!g->has_think)
			g->think_ns = c->think_ns;
		if (!g->has_shared)
			g->shared_pct = c->shared_pct;
	}
	return max(n, 0);
}

static int check_groups(const struct tb_config *c, u32 ncpus)
{
	struct tb_group groups[TB_GROUPS_MAX];
	u64 threads = 0;
	int n, i, err;

	n = tb_config_groups(c, groups);
	for (i = 0; i < n; i++) {
		err = check_group(c, &groups[i], i + 1, ncpus);
		if (err)
			return err;
		threads += groups[i].threads;
	}
	if (threads > c->threads_per_cpu * ncpus) {
		tb_refuse("start: groups: for %llu threads; there are %llu on %u CPUs",
			  threads, c->threads_per_cpu * ncpus, ncpus);
		return -EINVAL;
	}
	if (n)
		return 0;
	err = check_shut(c, 0, c->hold_ns, ncpus);
	return err ?: check_queue(c, c->hold_ns, ncpus);
}

static int check_parts(const struct tb_config *c)
{
	u32 levels[TB_PHASES_MAX];
	char why[TB_GROUPS_WHY_MAX];
	int n, i;

	n = tb_phases_parse(c->phases, strlen(c->phases), levels, why,
			    sizeof(why));
	for (i = 0; i < n; i++) {
		if (levels[i] <= c->threads_per_cpu)
			continue;
		tb_refuse("start: phases: %u threads per CPU in part %d; threads_per_cpu is %llu",
			  levels[i], i + 1, c->threads_per_cpu);
		return -EINVAL;
	}
	if (n && c->duration_ms < n * TB_PART_MIN_MS) {
		tb_refuse("start: phases: %d parts in duration_ms %llu; at least %u ms each",
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
static int check_amounts(const struct tb_config *c, u32 ncpus)
{
	const struct tb_variant *v = tb_variants[c->lock];
	u64 threads = c->threads_per_cpu * ncpus;
	u64 objects = c->locks;

	if (v->flags & TB_FLAG(unchecked))
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

static int check_streams(const struct tb_config *c, u32 ncpus)
{
	char why[TB_WHY_MAX];
	struct tb_workload wl;
	int err;

	tb_config_workload(c, ncpus, &wl);
	err = tb_workload_check(&wl, why, sizeof(why));
	if (err)
		tb_refuse("start: %s", why);
	return err;
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
	u32 ncpus;
	int err;

	if (!c->hold_ns && !c->think_ns && !c->touch_lines && !*c->groups) {
		tb_refuse("start: hold_ns, think_ns: both 0; set one of them");
		return -EINVAL;
	}
	if (!c->block_ns != !c->block_every) {
		tb_refuse("start: block_ns, block_every: %llu and %llu; set both or none",
			  c->block_ns, c->block_every);
		return -EINVAL;
	}
	err = check_lock(c);
	if (!err)
		err = tb_fault_check(c);
	if (!err)
		err = check_cpus(c, cpus);
	if (err)
		return err;
	ncpus = cpumask_weight(cpus);
	err = check_groups(c, ncpus);
	if (!err)
		err = check_parts(c);
	if (!err)
		err = check_amounts(c, ncpus);
	return err ?: check_streams(c, ncpus);
}

/**
 * tb_config_workload() - the part of the parameters that makes the operations
 * @c: the configuration
 * @ncpus: CPUs used
 * @wl: gets it, without the table of pick=zipf
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
		.hold_ns = c->hold_ns,
		.think_ns = c->think_ns,
		.hold_dist = c->hold_dist,
		.think_dist = c->think_dist,
		.shared_pct = c->shared_pct,
	};
	if (c->rate)
		wl->gap_ps =
			div64_u64(c->threads_per_cpu * ncpus * TB_PS_PER_SEC,
				  c->rate);
}
