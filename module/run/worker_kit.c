// SPDX-License-Identifier: GPL-2.0
/*
 * worker_kit.c - what a measured thread works with
 *
 * All of it is on the memory node of the thread's CPU, wherever the start came
 * from, and in whole cache lines: what one thread writes in each operation is
 * on no line of another thread. kmalloc() alone gives two sets of one lock, or
 * two contexts of a ww_mutex, the same line.
 */
#include <linux/gfp.h>
#include <linux/log2.h>
#include <linux/mm.h>
#include <linux/sizes.h>
#include <linux/topology.h>

#include "base/spin.h"
#include "inline.h"
#include "locks.h"
#include "open_loop.h"
#include "run.h"
#include "worker.h"

/*
 * Whole pages: kmalloc() would round three of them up to four. These 12 KiB,
 * half a KiB of slots and of pieces each, 1 KiB of struct tb_worker with its
 * sets and 2 KiB of an LWKT thread are the 16 KiB that a thread may have beside
 * its stack; what some workloads and locks want comes on top: sets of more than
 * TB_SET_INLINE locks, queues of an open loop.
 */
#define HIST_BYTES PAGE_ALIGN(TB_HIST_KEPT * sizeof(struct tb_hist))
#define LWKT_BYTES                                      \
	roundup_pow_of_two(sizeof(struct lwkt_thread) + \
			   LWKT_MAXTOKENS * sizeof(struct lwkt_tokref))

/* Where lock debugging does not make them larger. */
static_assert(IS_ENABLED(CONFIG_DEBUG_LOCK_ALLOC) ||
	      IS_ENABLED(CONFIG_DEBUG_SPINLOCK) ||
	      HIST_BYTES + sizeof(struct tb_slots) + sizeof(struct tb_fair) +
			      roundup_pow_of_two(sizeof(struct tb_worker)) +
			      LWKT_BYTES <=
		      SZ_16K);

/* What the thread asks for. */
static const struct tb_workload *workload_of(const struct tb_worker *w)
{
	return &w->run->plan.workload[w->group ? w->group - 1 : 0];
}

/* Memory of the thread's own, for one array. */
static void *alloc_own(const struct tb_worker *w, size_t n, size_t size)
{
	return tb_alloc_lines_node(n, size, cpu_to_node(w->cpu));
}

/* alloc_pages_exact(), on the thread's node. */
static void *alloc_hist(const struct tb_worker *w)
{
	unsigned int order = get_order(HIST_BYTES), i;
	struct page *page = alloc_pages_node(cpu_to_node(w->cpu),
					     GFP_KERNEL | __GFP_ZERO, order);

	if (!page)
		return NULL;
	split_page(page, order);
	for (i = HIST_BYTES / PAGE_SIZE; i < 1U << order; i++)
		__free_page(page + i);
	return page_address(page);
}

/* Room for one set: @inside of the worker, if it is small enough. */
static u32 *make_set(const struct tb_worker *w, u32 *inside, u32 size)
{
	return size <= TB_SET_INLINE ? inside : alloc_own(w, size, sizeof(u32));
}

static int make_stream(struct tb_worker *w, u32 index)
{
	const struct tb_workload *wl = workload_of(w);
	struct tb_run *run = w->run;
	u32 size = wl->set_size;
	u32 *set;

	w->loops_q32 = tb_spin_loops(1ULL << 32, w->ps_per_loop);
	w->hold_loops = tb_spin_loops(wl->hold_ns, w->ps_per_loop);
	w->think_loops = tb_spin_loops(wl->think_ns, w->ps_per_loop);
	w->chores = TB_CHORE_DIGEST;
	if (wl->hold_dist != TB_DIST_const || wl->think_dist != TB_DIST_const)
		w->chores |= TB_CHORE_DRAWN;

	set = make_set(w, w->set_inside, size);
	if (!set)
		return -ENOMEM;
	tb_stream_init(&w->stream, wl, index, w->cpu_index, set);
	w->lock_set = set;
	if (!run->lock_map)
		return 0;
	w->chores |= TB_CHORE_MAP;
	w->lock_map = run->lock_map;
	w->lock_set = make_set(w, w->lock_set_inside, size);
	return w->lock_set ? 0 : -ENOMEM;
}

/* What the threads of a lock that claims no exclusion do not share. */
static int make_private(struct tb_worker *w)
{
	u32 size = w->run->plan.workload->set_size;

	w->objects = alloc_own(w, size, sizeof(*w->objects));
	if (!w->objects)
		return -ENOMEM;
	w->lines = NULL;
	if (!w->touch_lines)
		return 0;
	w->lines = alloc_own(w, size * w->touch_lines, SMP_CACHE_BYTES);
	return w->lines ? 0 : -ENOMEM;
}

/* What the lock wants its threads to have. */
static int make_own(struct tb_worker *w)
{
	const struct tb_variant *v = w->run->plan.variant;

	if (v->own_size) {
		w->own = alloc_own(w, 1, v->own_size);
		if (!w->own)
			return -ENOMEM;
	}
	if (tb_variant_has_ledger(v)) {
		w->ledger = alloc_own(w, 2, sizeof(*w->ledger));
		if (!w->ledger)
			return -ENOMEM;
	}
	return 0;
}

static int make_loops(struct tb_worker *w, u32 index)
{
	if (w->run->plan.nparts) {
		w->chores |= TB_CHORE_PHASES;
		w->part_ops = alloc_own(w, TB_PHASES_MAX, sizeof(*w->part_ops));
		if (!w->part_ops)
			return -ENOMEM;
	}
	if (w->run->plan.config.rate) {
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
	w->handoff = !w->open && !w->run->plan.mixed_modes;
	w->settle_ops = TB_HIST_SETTLE;
	w->hist = alloc_hist(w);
	if (!w->hist)
		return -ENOMEM;
	w->slots = alloc_own(w, 1, sizeof(*w->slots));
	if (!w->slots)
		return -ENOMEM;
	if (!w->run->plan.fair_shift)
		return 0;
	w->fair = alloc_own(w, 1, sizeof(*w->fair));
	return w->fair ? 0 : -ENOMEM;
}

static int make_inline(struct tb_worker *w)
{
	if (!tb_run_is_inline(w->run))
		return 0;
	w->inl = alloc_own(w, 1, sizeof(*w->inl));
	return w->inl ? 0 : -ENOMEM;
}

/* Does what the thread writes in each operation begin a line of its own? */
static bool keeps_to_lines(const struct tb_worker *w)
{
	unsigned long all = (unsigned long)w->stream.set |
			    (unsigned long)w->lock_set | (unsigned long)w->own |
			    (unsigned long)w->ledger | (unsigned long)w->open |
			    (unsigned long)w->part_ops | (unsigned long)w->inl;

	return IS_ALIGNED(all, SMP_CACHE_BYTES);
}

/**
 * tb_worker_setup() - prepare what a thread works with, without a thread
 * @w: zeroed but for role, cpu, cpu_index and ps_per_loop
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
		return make_inline(w);

	w->touch_lines = run->plan.config.touch_lines;
	w->rank = index % run->plan.config.threads_per_cpu;
	if (run->plan.ngroups) {
		w->group = tb_groups_of(run->plan.groups, run->plan.ngroups,
					index) +
			   1;
		w->nice = run->plan.groups[w->group - 1].nice;
	}
	err = make_stream(w, index);
	if (!err && run->plan.variant->flags & TB_FLAG(unchecked))
		err = make_private(w);
	if (!err)
		err = make_own(w);
	if (!err)
		err = make_loops(w, index);
	if (!err)
		err = make_meters(w);
	if (!err)
		err = make_inline(w);
	WARN_ON_ONCE(!keeps_to_lines(w));
	return err;
}

/**
 * tb_worker_teardown() - undo tb_worker_setup()
 * @w: the worker
 */
void tb_worker_teardown(struct tb_worker *w)
{
	if (w->hist)
		free_pages_exact(w->hist, HIST_BYTES);
	kvfree(w->slots);
	kvfree(w->fair);
	kvfree(w->open);
	kvfree(w->inl);
	kvfree(w->part_ops);
	kvfree(w->ledger);
	kvfree(w->own);
	if (w->objects != w->run->objects)
		kvfree(w->objects);
	if (w->lines != w->run->lines)
		kvfree(w->lines);
	if (w->lock_set != w->stream.set && w->lock_set != w->lock_set_inside)
		kvfree(w->lock_set);
	if (w->stream.set != w->set_inside)
		kvfree(w->stream.set);
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
	struct tb_stream s;
	u64 digest = 0;

	tb_stream_init(&s, workload_of(w), w->id - 1, w->cpu_index, set);
	while (ops--) {
		tb_stream_next(&s);
		digest = tb_stream_fold(digest, &s);
	}
	return digest;
}
