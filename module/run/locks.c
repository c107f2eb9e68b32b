// SPDX-License-Identifier: GPL-2.0
/*
 * locks.c - the locks of a run, and what they protect
 *
 * Each lock protects an object of its own. Normally it is a lock of its own,
 * too; with the knob pool_size the token of a lock is the one that the address
 * of its object hashes to, out of a table of that size, as DragonFly's pool
 * tokens are found. Then two locks may be one token, which is what such a run
 * is about: the objects stay apart, so the exclusion checker is not concerned,
 * and a set with the same token twice takes it recursively.
 */
#include <linux/bitmap.h>
#include <linux/mm.h>
#include <linux/sched.h>
#include <linux/slab.h>

#include "locks.h"
#include "lwkt/token/pool.h"
#include "lwkt/token/token.h"
#include "pure/zipf.h"
#include "run.h"

/**
 * tb_lock_stride() - distance of two locks in their array, in bytes
 * @v: the variant
 */
size_t tb_lock_stride(const struct tb_variant *v)
{
	return ALIGN(v->lock_size, SMP_CACHE_BYTES);
}

/*
 * Could this much be had and something be left for others? A page that another
 * process touches while an allocation fills all memory has that process killed;
 * __GFP_RETRY_MAYFAIL spares it only the OOM killer of the allocation itself.
 */
static bool is_affordable(size_t bytes)
{
	u64 spare = totalram_pages() / 32;

	return DIV_ROUND_UP_ULL(bytes, PAGE_SIZE) + spare <=
	       (u64)max(si_mem_available(), 0L);
}

/**
 * tb_alloc_lines_node() - zeroed array that shares no cache line with others
 * @n: elements
 * @size: of one; a multiple of the cache line where elements are to keep to
 * their lines, too
 * @node: memory node it is wanted on, or NUMA_NO_NODE
 *
 * kmalloc() aligns powers of two to themselves, and whole pages to pages.
 *
 * Context: process context, may sleep. Free with kvfree().
 * Return: the array or NULL
 */
void *tb_alloc_lines_node(size_t n, size_t size, int node)
{
	size_t bytes = max_t(size_t, array_size(n, size), SMP_CACHE_BYTES);

	if (bytes <= PAGE_SIZE)
		return kzalloc_node(roundup_pow_of_two(bytes), GFP_KERNEL,
				    node);
	if (!is_affordable(bytes))
		return NULL;
	return kvzalloc_node(bytes > SIZE_MAX - PAGE_SIZE ? bytes :
							    PAGE_ALIGN(bytes),
			     GFP_KERNEL | __GFP_RETRY_MAYFAIL | __GFP_NOWARN,
			     node);
}

/**
 * tb_alloc_lines() - zeroed array whose elements keep to their cache lines
 * @n: elements
 * @size: of one, a multiple of the cache line
 *
 * Context: process context, may sleep. Free with kvfree().
 * Return: the array or NULL
 */
void *tb_alloc_lines(size_t n, size_t size)
{
	return tb_alloc_lines_node(n, size, NUMA_NO_NODE);
}

/* How many locks there are in run->locks. */
static u64 lock_places(const struct tb_run *run)
{
	if (run->plan.variant->single)
		return 1;
	return run->lock_map ? run->plan.config.knobs.pool_size :
			       run->plan.config.locks;
}

static int make_map(struct tb_run *run)
{
	u32 size = run->plan.config.knobs.pool_size;
	u64 n = run->plan.config.locks, i;

	if (!run->plan.variant->tokens || !size)
		return 0;
	run->lock_map = kvcalloc(n, sizeof(*run->lock_map), GFP_KERNEL);
	if (!run->lock_map)
		return -ENOMEM;
	for (i = 0; i < n; i++)
		run->lock_map[i] =
			lwkt_token_pool_index(&run->objects[i], size);
	return 0;
}

/* The data behind the locks, and how often each of them is asked for. */
static int make_data(struct tb_run *run)
{
	const struct tb_config *c = &run->plan.config;
	u32 i;

	run->objects = tb_alloc_lines(c->locks, sizeof(*run->objects));
	if (!run->objects)
		return -ENOMEM;
	if (c->touch_lines &&
	    !(run->plan.variant->flags & TB_FLAG(unchecked))) {
		run->lines = tb_alloc_lines(c->locks * c->touch_lines,
					    SMP_CACHE_BYTES);
		if (!run->lines)
			return -ENOMEM;
	}
	if (c->pick == TB_PICK_zipf) {
		run->zipf = kvmalloc_array(c->locks, sizeof(*run->zipf),
					   GFP_KERNEL);
		if (!run->zipf)
			return -ENOMEM;
		tb_zipf_make(run->zipf, c->locks, c->zipf_milli);
		for (i = 0; i < TB_GROUPS_MAX; i++)
			run->plan.workload[i].zipf = run->zipf;
	}
	return 0;
}

static int init_locks(struct tb_run *run)
{
	const struct tb_variant *v = run->plan.variant;
	u64 n = lock_places(run), i;
	int err;

	run->locks = tb_alloc_lines(n, tb_lock_stride(v));
	if (!run->locks)
		return -ENOMEM;
	for (i = 0; v->init_lock && i < n; i++) {
		err = v->init_lock(run->locks + i * tb_lock_stride(v));
		/* Whatever it made of this one is there to be ended as well. */
		run->nlocks = i + 1;
		if (err)
			return err;
		cond_resched();
	}
	return 0;
}

/**
 * tb_locks_make() - make the locks of a run and the objects they protect
 * @run: its configuration is final
 *
 * Context: process context, may sleep. tb_locks_free() in any case.
 * Return: 0 or -ENOMEM
 */
int tb_locks_make(struct tb_run *run)
{
	int err = make_data(run);

	if (err || !run->plan.variant->lock_size)
		return err;
	err = make_map(run);
	return err ?: init_locks(run);
}

/**
 * tb_locks_free() - undo tb_locks_make()
 * @run: no thread uses its locks any more
 *
 * Context: process context.
 */
void tb_locks_free(struct tb_run *run)
{
	const struct tb_variant *v = run->plan.variant;
	size_t stride = tb_lock_stride(v);
	u64 i;

	for (i = 0; v->exit_lock && i < run->nlocks; i++) {
		v->exit_lock(run->locks + i * stride);
		cond_resched();
	}
	kvfree(run->locks);
	kvfree(run->lock_map);
	kvfree(run->zipf);
	kvfree(run->lines);
	kvfree(run->objects);
}

/**
 * tb_locks_aliases() - locks that share their token with one of a smaller number
 * @run: it has pool tokens
 *
 * Context: process context, may sleep.
 * Return: how many; 0 if there is no memory to find out
 */
u64 tb_locks_aliases(const struct tb_run *run)
{
	unsigned long *seen = bitmap_zalloc(lock_places(run), GFP_KERNEL);
	u64 n = 0, i;

	for (i = 0; seen && i < run->plan.config.locks; i++)
		n += __test_and_set_bit(run->lock_map[i], seen);
	bitmap_free(seen);
	return n;
}

/**
 * tb_locks_collisions() - sum of what the tokens of a run counted themselves
 * @run: executed, its locks are tokens
 */
u64 tb_locks_collisions(const struct tb_run *run)
{
	size_t stride = tb_lock_stride(run->plan.variant);
	u64 sum = 0, i;

	for (i = 0; i < lock_places(run); i++)
		sum += lwkt_token_collisions(run->locks + i * stride);
	return sum;
}
