// SPDX-License-Identifier: GPL-2.0
/*
 * collect.c - merging the numbers of all threads of a run
 *
 * Runs after every thread has left its loop, so plain reads suffice; the
 * threads' counting out (run->live) orders them.
 */
#include <linux/mm.h>
#include <linux/sched.h>
#include <linux/slab.h>

#include "collect.h"
#include "lwkt/core/sched.h"
#include "lwkt/token/tries.h"
#include "pure/stats.h"

#define MERGE_SUM(into, value) ((into) += (value))
#define MERGE_MAX(into, value) ((into) = max(into, value))
#define MERGE(name, how, doc) MERGE_##how((into)->name, (from)->name);

static void merge_thread_stats(struct lwkt_thread_stats *into,
			       const struct lwkt_thread_stats *from)
{
	LWKT_THREAD_COUNTERS(MERGE)
}

static void merge_cpu_stats(struct lwkt_cpu_stats *into,
			    const struct lwkt_cpu_stats *from)
{
	LWKT_CPU_COUNTERS(MERGE)
}

static void merge_counts(struct tb_counts *into, const struct tb_counts *from)
{
	TB_THREAD_COUNTERS(MERGE)
}

static void merge_ledger(struct tb_sums *s, const struct tb_ledger *from)
{
	struct tb_ledger *into = &s->restarts;
	u32 i;

	TB_RESTART_COUNTERS(MERGE)
	for (i = 0; i < TB_FAIL_INDEXES; i++)
		s->fail_index[i] += from->fail_index[i];
}

/* Which histogram a thread's h-th one is: see TB_HIST_KEPT. */
static u32 hist_of(const struct tb_worker *w, u32 h)
{
	return h == TB_HIST_last && w->open ? TB_HIST_response_ns : h;
}

/*
 * Each histogram of a thread is merged once: that of acquire_ns into one of its
 * own, which is added to its group's; the run's is the sum of those.
 */
static void merge_hist(struct tb_sums *s, const struct tb_worker *w,
		       struct tb_group_sums *group)
{
	u32 h;

	for (h = 0; h < TB_HIST_KEPT; h++)
		if (h != TB_HIST_acquire_ns)
			tb_hist_merge(&s->hist[hist_of(w, h)], &w->hist[h],
				      tb_worker_recorded(w, h));
	tb_hist_merge(&s->one, &w->hist[TB_HIST_acquire_ns],
		      tb_worker_recorded(w, TB_HIST_acquire_ns));
	tb_hist_add(&group->acquire, &s->one);
}

/* Not of bystanders. */
static void merge_locking(struct tb_sums *s, const struct tb_worker *w, u32 i)
{
	struct tb_group_sums *group = &s->groups[w->group ? w->group - 1 : 0];
	u32 part;

	group->threads++;
	merge_counts(&group->counts, &w->counts);
	s->nominal_excl_ns += w->nominal_excl_ns;
	s->nominal_think_ns += w->nominal_think_ns;
	s->each_ops[i] = w->counts.ops;
	s->each_held[i] = w->counts.held_ns;
	s->each_nominal[i] = w->counts.nominal_held_ns;
	for (part = 0; w->part_ops && part < w->run->plan.nparts; part++)
		s->part_ops[part] += w->part_ops[part];
	if (w->ledger)
		merge_ledger(s, &w->ledger[1]);
	if (w->hist)
		merge_hist(s, w, group);
	if (w->slots)
		tb_slots_merge(&s->slots, w->slots);
}

/* @s->one: its histogram of acquire_ns, empty if it has none. */
static void fill_row(struct tb_thread_values *v, const struct tb_worker *w,
		     const struct tb_sums *s)
{
	const struct tb_counts *n = &w->counts;

	v->thread = tb_value_number(w->id - 1);
	v->cpu = tb_value_number(w->cpu);
	v->role = tb_value_word(w->role == TB_WORKER ? "worker" : "bystander");
	v->group = tb_value_number(w->group);
	v->ops = tb_value_number(n->ops);
	v->useful_ns = tb_value_number(n->useful_ns);
	v->held_ns = tb_value_number(n->held_ns);
	v->nominal_held_ns = tb_value_number(n->nominal_held_ns);
	v->blocks = tb_value_number(n->blocks);
	v->shared_ops = tb_value_number(n->shared_ops);
	v->longest_gap_ns = tb_value_number(n->longest_gap_ns);
	v->violations = tb_value_number(n->violations);
	v->cpu_ns = tb_value_number(w->cpu_ns);
	v->nvcsw = tb_value_number(w->nvcsw);
	v->nivcsw = tb_value_number(w->nivcsw);
	v->acquire_p50_ns = tb_value_percentile(&s->one, 500000);
	v->acquire_p99_ns = tb_value_percentile(&s->one, 990000);
	v->acquire_max_ns = tb_value_number(s->one.max);
}

static void merge_worker(struct tb_sums *s, const struct tb_worker *w, u32 i)
{
	u32 index;

	s->cpu_ns += w->cpu_ns;
	s->nvcsw += w->nvcsw;
	s->nivcsw += w->nivcsw;
	s->moved += w->moved;
	if (w->td) {
		lwkt_settle_tries(w->td);
		merge_thread_stats(&s->thread_stats, &w->td->td_stats[1]);
		for (index = 0; index < LWKT_FAIL_INDEXES; index++)
			s->fail_index[index] += w->td->td_fail_index[index];
	}
	memset(&s->one, 0, sizeof(s->one));
	if (w->role == TB_WORKER) {
		merge_locking(s, w, i);
	} else {
		s->counts.useful_ns += w->counts.useful_ns;
		s->bystander_ops += w->counts.ops;
		s->bystander_gap_ns =
			max(s->bystander_gap_ns, w->counts.longest_gap_ns);
	}
	fill_row(&s->threads[i], w, s);
}

static void merge_groups(struct tb_sums *s)
{
	u32 i;

	for (i = 0; i < TB_GROUPS_MAX; i++) {
		merge_counts(&s->counts, &s->groups[i].counts);
		tb_hist_add(&s->hist[TB_HIST_acquire_ns],
			    &s->groups[i].acquire);
	}
}

/* When the locking threads were there: part of the certificate. */
static void merge_presence(struct tb_sums *s, const struct tb_run *run)
{
	u64 min_enter = U64_MAX, max_enter = 0, min_leave = U64_MAX;
	u64 max_leave = 0;
	bool absent = false;
	u32 i;

	for (i = 0; i < run->nworkers; i++) {
		const struct tb_worker *w = run->workers[i];

		s->late += !w->enter_ns || w->enter_ns > run->run_ns;
		if (!w->enter_ns) {
			absent = true;
			continue;
		}
		min_enter = min(min_enter, w->enter_ns);
		max_enter = max(max_enter, w->enter_ns);
		min_leave = min(min_leave, w->leave_ns);
		max_leave = max(max_leave, w->leave_ns);
	}
	if (!run->run_ns)
		return;
	/* There was a window, also if no thread entered its loop. */
	s->window_ns = run->cool_ns - run->run_ns;
	if (!max_enter)
		return;
	if (!absent)
		s->overlap = tb_stats_overlap(run->run_ns, run->cool_ns,
					      max_enter, min_leave);
	s->start_skew_ns = max_enter - min_enter;
	s->end_skew_ns = max_leave - min_leave;
}

/* Every locking thread has its pieces if one has. */
static void merge_fair(struct tb_sums *s, const struct tb_run *run)
{
	u32 n = run->nworkers, piece, i;

	if (!run->plan.fair_shift || !tb_run_measures(run))
		return;
	s->fair_whole = tb_fair_whole(s->window_ns, run->plan.fair_shift);
	for (piece = 0; piece < s->fair_whole; piece++) {
		for (i = 0; i < n; i++)
			s->sorted[i] = run->workers[i]->fair->ops[piece];
		tb_fair_add(&s->fair_ops, s->sorted, n);
		/* Of 1024 threads it took most of a millisecond. */
		cond_resched();
		for (i = 0; i < n; i++)
			s->sorted[i] = run->workers[i]->fair->held[piece];
		tb_fair_add(&s->fair_held, s->sorted, n);
		cond_resched();
	}
}

/* Between two chances for others: each may be a cache miss. */
#define UPDATES_AT_ONCE 1024

/* What is in the counters and lines of @n objects. */
static u64 sum_updates(const struct tb_object *objects, const u64 *lines, u64 n,
		       u32 touch_lines)
{
	u64 found = 0, i;

	for (i = 0; i < n; i++) {
		found += objects[i].counter;
		if (i % UPDATES_AT_ONCE == 0)
			cond_resched();
	}
	for (i = 0; i < n * touch_lines; i++) {
		found += lines[i * TB_LINE_WORDS];
		if (i % UPDATES_AT_ONCE == 0)
			cond_resched();
	}
	return found;
}

/*
 * Every exclusive operation increments each of its objects, and each of their
 * lines, exactly once.
 */
static u64 lost_updates(const struct tb_run *run)
{
	bool private = run->plan.variant->flags & TB_FLAG(unchecked);
	u32 size = run->plan.workload->set_size,
	    lines = run->plan.config.touch_lines, i;
	u64 expected = 0, found = 0;

	for (i = 0; i < run->nworkers; i++) {
		const struct tb_worker *w = run->workers[i];

		expected += (w->ops_all - w->shared_all) * size * (1 + lines);
		if (private)
			found += sum_updates(w->objects, w->lines, size, lines);
		cond_resched();
	}
	if (!private)
		found = sum_updates(run->objects, run->lines,
				    run->plan.workload->locks, lines);
	return expected > found ? expected - found : found - expected;
}

/* The streams as they should be, and whether the threads kept to them. */
static int check_streams(struct tb_sums *s, const struct tb_run *run)
{
	u32 *set =
		kcalloc(run->plan.workload->set_size, sizeof(*set), GFP_KERNEL);
	u32 i;

	if (!set)
		return -ENOMEM;
	for (i = 0; i < run->nworkers; i++) {
		const struct tb_worker *w = run->workers[i];
		u64 all = tb_digest_ops(run->plan.workload->set_size);
		u64 whole = tb_worker_digest(w, all, set);
		u64 should = whole;

		if (w->stream.op < all)
			should = tb_worker_digest(w, w->stream.op, set);
		s->stream_errors += w->digest != should;
		/* Mixed, so that threads cannot stand in for each other. */
		s->stream_digest = tb_rng_mix(s->stream_digest + whole);
		cond_resched();
	}
	kfree(set);
	return 0;
}

/* Memory for what there is one of per thread. */
static int alloc_each(struct tb_sums *s, const struct tb_run *run)
{
	s->each_ops = kvcalloc(4 * run->nworkers, sizeof(u64), GFP_KERNEL);
	s->threads = kvcalloc(run->nthreads, sizeof(*s->threads), GFP_KERNEL);
	if (!s->each_ops || !s->threads)
		return -ENOMEM;
	s->each_held = s->each_ops + run->nworkers;
	s->each_nominal = s->each_held + run->nworkers;
	s->sorted = s->each_nominal + run->nworkers;
	return 0;
}

/**
 * tb_sums_make() - merge everything
 * @run: executed
 *
 * Context: process context, may sleep.
 * Return: the sums, NULL if there is no memory for them
 */
struct tb_sums *tb_sums_make(const struct tb_run *run)
{
	struct tb_sums *s = kvzalloc(sizeof(*s), GFP_KERNEL);
	u32 i;
	int cpu;

	if (!s)
		return NULL;
	if (alloc_each(s, run) || check_streams(s, run)) {
		tb_sums_free(s);
		return NULL;
	}
	for (i = 0; i < run->nthreads; i++) {
		merge_worker(s, run->workers[i], i);
		cond_resched();
	}
	merge_groups(s);
	merge_presence(s, run);
	merge_fair(s, run);
	s->progress_gap_ns =
		tb_slots_gap(&s->slots, run->plan.slot_shift, s->window_ns);
	s->lost_updates = lost_updates(run);
	s->cpu_ns += run->idle_cpu_ns;
	if (run->lwkt)
		for_each_cpu(cpu, run->plan.cpus)
			merge_cpu_stats(&s->cpu_stats, lwkt_cpu_stats_of(cpu));
	return s;
}

/**
 * tb_sums_free() - free them
 * @s: the sums, or NULL
 */
void tb_sums_free(struct tb_sums *s)
{
	if (!s)
		return;
	kvfree(s->threads);
	kvfree(s->each_ops);
	kvfree(s);
}
