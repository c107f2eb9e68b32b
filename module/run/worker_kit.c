// SPDX-License-Identifier: GPL-2.0
/*
 * worker_kit.c - what a measured thread works with
 */
#include <linux/gfp.h>
#include <linux/log2.h>
#include <linux/mm.h>
#include <linux/sizes.h>
#include <linux/slab.h>

#include "locks.h"
#include "open.h"
#include "run.h"
#include "spin.h"
#include "worker.h"

/*
 * Whole pages: kmalloc() would round three of them up to four. These 12 KiB,
 * half a KiB of slots and of pieces each, 1 KiB of struct tb_worker and 2 KiB of
 * an LWKT thread are the 16 KiB that a thread may have beside its stack; what
 * some workloads and locks want comes on top: large sets, queues of an open loop.
 */
#define HIST_BYTES PAGE_ALIGN(TB_HIST_KEPT * sizeof(struct tb_hist))
#define LWKT_BYTES                                      \
	roundup_pow_of_two(sizeof(struct lwkt_thread) + \
			   LWKT_MAXTOKENS * sizeof(struct lwkt_tokref))

/* Where lock debugging does not make them larger. */
static_assert(IS_ENABLED(CONFIG_DEBUG_LOCK_ALLOC) ||
	      IS_ENABLED(CONFIG_DEBUG_SPINLOCK) ||
	      HIST_BYTES + sizeof(struct tb_slots) +
			      roundup_pow_of_two(sizeof(struct tb_worker)) +
			      LWKT_BYTES <=
		      SZ_16K);

/* The workload of one thread: that of the run, but for what its group says. */
static void thread_workload(const struct tb_run *run, u32 index,
			    struct tb_workload *wl)
{
	const struct tb_group *g;

	*wl = run->workload;
	if (!run->ngroups)
		return;
	g = &run->groups[tb_groups_of(run->groups, run->ngroups, index)];
	wl->hold_ns = g->hold_ns;
	wl->think_ns = g->think_ns;
	wl->shared_pct = g->shared_pct;
}

static int make_stream(struct tb_worker *w, u32 index)
{
	struct tb_run *run = w->run;
	u32 size = run->workload.set_size;
	struct tb_workload wl;
	u32 *set;

	thread_workload(run, index, &wl);
	w->loops_q32 = tb_spin_loops(1ULL << 32, run->ps_per_loop);
	w->hold_loops = tb_spin_loops(wl.hold_ns, run->ps_per_loop);
	w->think_loops = tb_spin_loops(wl.think_ns, run->ps_per_loop);
	w->chores = TB_CHORE_DIGEST;
	if (wl.hold_dist != TB_DIST_const || wl.think_dist != TB_DIST_const)
		w->chores |= TB_CHORE_DRAWN;

	set = kcalloc(size, sizeof(*set), GFP_KERNEL);
	if (!set)
		return -ENOMEM;
	tb_stream_init(&w->stream, &wl, index, w->cpu_index, set);
	w->lock_set = set;
	if (!run->lock_map)
		return 0;
	w->chores |= TB_CHORE_MAP;
	w->lock_map = run->lock_map;
	w->lock_set = kcalloc(size, sizeof(*w->lock_set), GFP_KERNEL);
	return w->lock_set ? 0 : -ENOMEM;
}

/* What the threads of a lock that claims no exclusion do not share. */
static int make_private(struct tb_worker *w)
{
	u32 size = w->run->workload.set_size;

	w->objects = tb_alloc_lines(size, sizeof(*w->objects));
	if (!w->objects)
		return -ENOMEM;
	w->lines = NULL;
	if (!w->touch_lines)
		return 0;
	w->lines = tb_alloc_lines(size * w->touch_lines, SMP_CACHE_BYTES);
	return w->lines ? 0 : -ENOMEM;
}

/* What the lock wants its threads to have. */
static int make_own(struct tb_worker *w)
{
	const struct tb_variant *v = w->run->variant;

	if (v->own_size) {
		w->own = kzalloc(v->own_size, GFP_KERNEL);
		if (!w->own)
			return -ENOMEM;
	}
	if (tb_variant_has_ledger(v)) {
		w->ledger = kcalloc(2, sizeof(*w->ledger), GFP_KERNEL);
		if (!w->ledger)
			return -ENOMEM;
	}
	return 0;
}

static int make_loops(struct tb_worker *w, u32 index)
{
	if (w->run->nparts) {
		w->chores |= TB_CHORE_PHASES;
		w->part_ops = kcalloc(TB_PHASES_MAX, sizeof(*w->part_ops),
				      GFP_KERNEL);
		if (!w->part_ops)
			return -ENOMEM;
	}
	if (w->run->config.rate) {
		w->chores |= TB_CHORE_OPEN;
		w->open = tb_open_make(w, index);
		if (!w->open)
			return -ENOMEM;
	}
	return 0;
}

static int make_meters(struct tb_worker *w)
{
	if (!tb_run_measures(w->run))
		return 0;
	w->handoff = !w->open && !w->run->mixed_modes;
	w->hist = alloc_pages_exact(HIST_BYTES, GFP_KERNEL | __GFP_ZERO);
	if (!w->hist)
		return -ENOMEM;
	w->slots = kzalloc(sizeof(*w->slots), GFP_KERNEL);
	if (!w->slots)
		return -ENOMEM;
	if (!w->run->fair_shift)
		return 0;
	w->fair = kzalloc(sizeof(*w->fair), GFP_KERNEL);
	return w->fair ? 0 : -ENOMEM;
}

/**
 * tb_worker_setup() - prepare what a thread works with, without a thread
 * @w: zeroed but for role, cpu and cpu_index
 * @run: the run
 * @index: number of the thread in the run, from 0
 *
 * Context: process context, may sleep.
 * Return: 0 or -ENOMEM; tb_worker_teardown() in both cases
 */
int tb_worker_setup(struct tb_worker *w, struct tb_run *run, u32 index)
{
	int err;

	w->run = run;
	w->id = index + 1;
	w->ops_limit = U64_MAX;
	w->locks = run->locks;
	w->objects = run->objects;
	w->lines = run->lines;
	if (w->role == TB_BYSTANDER)
		return 0;

	w->touch_lines = run->config.touch_lines;
	w->rank = index % run->config.threads_per_cpu;
	if (run->ngroups) {
		w->group = tb_groups_of(run->groups, run->ngroups, index) + 1;
		w->nice = run->groups[w->group - 1].nice;
	}
	err = make_stream(w, index);
	if (!err && run->variant->flags & TB_FLAG(unchecked))
		err = make_private(w);
	if (!err)
		err = make_own(w);
	if (!err)
		err = make_loops(w, index);
	return err ?: make_meters(w);
}

/**
 * tb_worker_teardown() - undo tb_worker_setup()
 * @w: the worker
 */
void tb_worker_teardown(struct tb_worker *w)
{
	if (w->hist)
		free_pages_exact(w->hist, HIST_BYTES);
	kfree(w->slots);
	kfree(w->fair);
	kvfree(w->open);
	kfree(w->part_ops);
	kfree(w->ledger);
	kfree(w->own);
	if (w->objects != w->run->objects)
		kvfree(w->objects);
	if (w->lines != w->run->lines)
		kvfree(w->lines);
	if (w->lock_set != w->stream.set)
		kfree(w->lock_set);
	kfree(w->stream.set);
}

/**
 * tb_worker_digest() - fingerprint that a thread's first operations should have
 * @w: a locking thread
 * @ops: how many of them
 * @set: room for one set of the run
 *
 * Made from the parameters alone, not from what the thread did.
 *
 * Context: any.
 */
u64 tb_worker_digest(const struct tb_worker *w, u64 ops, u32 *set)
{
	struct tb_workload wl;
	struct tb_stream s;
	u64 digest = 0;

	thread_workload(w->run, w->id - 1, &wl);
	tb_stream_init(&s, &wl, w->id - 1, w->cpu_index, set);
	while (ops--) {
		tb_stream_next(&s);
		digest = tb_stream_fold(digest, &s);
	}
	return digest;
}
