// SPDX-License-Identifier: GPL-2.0
/*
 * collect.c - merging the numbers of all threads of a run
 *
 * Runs after every thread has left its loop, so plain reads suffice; the
 * threads' counting out (run->live) orders them.
 */
#include <linux/mm.h>
#include <linux/slab.h>

#include "collect.h"
#include "open.h"
#include "lwkt/sched.h"
#include "lwkt/tries.h"
#include "stats.h"

/**
 * tb_worker_held_ns() - time a thread's sets were held in the window
 * @w: the worker
 *
 * Return: ns; 0 if it was not measured
 */
u64 tb_worker_held_ns(const struct tb_worker *w)
{
	return w->hist ? w->hist[TB_HIST_hold_ns].sum : 0;
}

/**
 * tb_worker_useful_ns() - work a thread got done in the window
 * @w: the worker
 *
 * Return: nominal ns
 */
u64 tb_worker_useful_ns(const struct tb_worker *w)
{
	if (w->role == TB_BYSTANDER)
		return w->ops * TB_BYSTANDER_CHUNK_NS;
	return w->nominal_held_ns + w->nominal_think_ns;
}

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

static void merge_ledger(struct tb_totals *t, const struct tb_ledger *from)
{
	struct tb_ledger *into = &t->restarts;
	u32 i;

	TB_RESTART_COUNTERS(MERGE)
	for (i = 0; i < TB_FAIL_INDEXES; i++)
		t->fail_index[i] += from->fail_index[i];
}

/* What only some workloads and locks have. */
static void merge_extras(struct tb_totals *t, const struct tb_worker *w)
{
	u32 i;

	t->nominal_held_ns += w->nominal_held_ns;
	t->nominal_excl_ns += w->nominal_excl_ns;
	t->nominal_think_ns += w->nominal_think_ns;
	t->shared_ops += w->shared_ops;
	if (w->open) {
		t->arrivals += tb_open_arrived(w->open);
		t->refused += tb_open_refused(w->open);
		t->queue_left += w->open->left;
		t->queue_peak = max(t->queue_peak, tb_open_peak(w->open));
		t->queue_oldest_ns =
			max(t->queue_oldest_ns, w->open->oldest_ns);
	}
	for (i = 0; w->part_ops && i < w->run->nparts; i++)
		t->part_ops[i] += w->part_ops[i];
	if (w->ledger)
		merge_ledger(t, &w->ledger[1]);
}

/* Which histogram a thread's h-th one is: see TB_HIST_KEPT. */
static u32 hist_of(const struct tb_worker *w, u32 h)
{
	return h == TB_HIST_last && w->open ? TB_HIST_response_ns : h;
}

static void merge_worker(struct tb_totals *t, const struct tb_worker *w, u32 i)
{
	u32 h;

	t->useful_ns += tb_worker_useful_ns(w);
	t->cpu_ns += w->cpu_ns;
	t->nvcsw += w->nvcsw;
	t->nivcsw += w->nivcsw;
	t->moved += w->moved;
	if (w->td) {
		lwkt_settle_tries(w->td);
		merge_thread_stats(&t->thread_stats, &w->td->td_stats[1]);
		for (h = 0; h < LWKT_FAIL_INDEXES; h++)
			t->fail_index[h] += w->td->td_fail_index[h];
	}
	if (w->role == TB_BYSTANDER) {
		t->bystander_ops += w->ops;
		t->bystander_gap_ns =
			max(t->bystander_gap_ns, w->longest_gap_ns);
		return;
	}
	t->ops += w->ops;
	t->blocks += w->blocks;
	t->violations += w->violations;
	t->held_ns += tb_worker_held_ns(w);
	t->longest_gap_ns = max(t->longest_gap_ns, w->longest_gap_ns);
	t->each_ops[i] = w->ops;
	t->each_held[i] = tb_worker_held_ns(w);
	t->each_nominal[i] = w->nominal_held_ns;
	merge_extras(t, w);
	for (h = 0; w->hist && h < TB_HIST_KEPT; h++)
		tb_hist_merge(&t->hist[hist_of(w, h)], &w->hist[h]);
	if (w->slots)
		tb_slots_merge(&t->slots, w->slots);
}

/* Who was there when, of the locking threads: part of the certificate. */
static void merge_presence(struct tb_totals *t, const struct tb_run *run)
{
	u64 min_enter = U64_MAX, max_enter = 0, min_leave = U64_MAX;
	u64 max_leave = 0;
	bool absent = false;
	u32 i;

	for (i = 0; i < run->nworkers; i++) {
		const struct tb_worker *w = run->workers[i];

		t->late += !w->enter_ns || w->enter_ns > run->run_ns;
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
	/* There was a window, also if nobody came. */
	t->window_ns = run->cool_ns - run->run_ns;
	if (!max_enter)
		return;
	if (!absent)
		t->overlap = tb_stats_overlap(run->run_ns, run->cool_ns,
					      max_enter, min_leave);
	t->start_skew_ns = max_enter - min_enter;
	t->end_skew_ns = max_leave - min_leave;
}

/* Every locking thread has its pieces if one has. */
static void merge_fair(struct tb_totals *t, const struct tb_run *run)
{
	u32 n = run->nworkers, piece, i;

	if (!run->fair_shift || !tb_run_measures(run))
		return;
	t->fair_whole = tb_fair_whole(t->window_ns, run->fair_shift);
	for (piece = 0; piece < t->fair_whole; piece++) {
		for (i = 0; i < n; i++)
			t->sorted[i] = run->workers[i]->fair->ops[piece];
		tb_fair_add(&t->fair_ops, t->sorted, n);
		for (i = 0; i < n; i++)
			t->sorted[i] = run->workers[i]->fair->held[piece];
		tb_fair_add(&t->fair_held, t->sorted, n);
		cond_resched();
	}
}

/* What is in the counters and lines of @n objects. */
static u64 updates(const struct tb_object *objects, const u64 *lines, u64 n,
		   u32 touch_lines)
{
	u64 found = 0, i;

	for (i = 0; i < n; i++)
		found += objects[i].counter;
	for (i = 0; i < n * touch_lines; i++)
		found += lines[i * TB_LINE_WORDS];
	return found;
}

/*
 * Every exclusive operation increments each of its objects, and each of their
 * lines, exactly once.
 */
static u64 lost_updates(const struct tb_run *run)
{
	bool private = run->variant->flags & TB_FLAG(unchecked);
	u32 size = run->workload.set_size, lines = run->config.touch_lines, i;
	u64 expected = 0, found = 0;

	for (i = 0; i < run->nworkers; i++) {
		const struct tb_worker *w = run->workers[i];

		expected += (w->ops_all - w->shared_all) * size * (1 + lines);
		if (private)
			found += updates(w->objects, w->lines, size, lines);
	}
	if (!private)
		found = updates(run->objects, run->lines, run->workload.locks,
				lines);
	return expected > found ? expected - found : found - expected;
}

/* The streams as they should be, and whether the threads kept to them. */
static int check_streams(struct tb_totals *t, const struct tb_run *run)
{
	u32 *set = kcalloc(run->workload.set_size, sizeof(*set), GFP_KERNEL);
	u32 i;

	if (!set)
		return -ENOMEM;
	for (i = 0; i < run->nworkers; i++) {
		const struct tb_worker *w = run->workers[i];
		u64 all = tb_digest_ops(run->workload.set_size);
		u64 whole = tb_worker_digest(w, all, set);
		u64 should = whole;

		if (w->stream.op < all)
			should = tb_worker_digest(w, w->stream.op, set);
		t->stream_errors += w->digest != should;
		/* Mixed, so that threads cannot stand in for each other. */
		t->stream_digest = tb_rng_mix(t->stream_digest + whole);
		cond_resched();
	}
	kfree(set);
	return 0;
}

/**
 * tb_totals_make() - merge everything
 * @run: executed
 *
 * Context: process context, may sleep.
 * Return: the totals, NULL if there is no memory for them
 */
struct tb_totals *tb_totals_make(const struct tb_run *run)
{
	struct tb_totals *t = kvzalloc(sizeof(*t), GFP_KERNEL);
	u32 i;
	int cpu;

	if (!t)
		return NULL;
	t->each_ops = kvcalloc(4 * run->nworkers, sizeof(u64), GFP_KERNEL);
	if (!t->each_ops || check_streams(t, run)) {
		tb_totals_free(t);
		return NULL;
	}
	t->each_held = t->each_ops + run->nworkers;
	t->each_nominal = t->each_held + run->nworkers;
	t->sorted = t->each_nominal + run->nworkers;

	for (i = 0; i < run->nthreads; i++)
		merge_worker(t, run->workers[i], i);
	merge_presence(t, run);
	merge_fair(t, run);
	t->progress_gap_ns =
		tb_slots_gap(&t->slots, run->slot_shift, t->window_ns);
	t->lost_updates = lost_updates(run);
	t->cpu_ns += run->idle_cpu_ns;
	if (run->lwkt)
		for_each_cpu(cpu, run->cpus)
			merge_cpu_stats(&t->cpu_stats, lwkt_cpu_stats_of(cpu));
	return t;
}

/**
 * tb_totals_free() - free them
 * @t: the totals, or NULL
 */
void tb_totals_free(struct tb_totals *t)
{
	if (!t)
		return;
	kvfree(t->each_ops);
	kvfree(t);
}
