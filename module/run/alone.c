// SPDX-License-Identifier: GPL-2.0
/*
 * alone.c - a run of one thread, without a thread
 *
 * Its window is always open, so every operation is counted and, with
 * measure=full, recorded: nothing of what a real run does is left out.
 */
#include <linux/log2.h>
#include <linux/slab.h>
#include <linux/smp.h>

#include "alone.h"

/**
 * tb_alone_alloc() - memory for a run of one thread
 *
 * The caller sets config and workload of run.plan and w.ps_per_loop, in a closed
 * loop without sleep, and goes on with tb_alone_setup().
 *
 * Context: process context, may sleep.
 * Return: zeroed, or NULL; tb_alone_free() in both cases
 */
struct tb_alone *tb_alone_alloc(void)
{
	/* A power of two, so that it is aligned to cache lines. */
	return kzalloc(roundup_pow_of_two(sizeof(struct tb_alone)), GFP_KERNEL);
}

/**
 * tb_alone_setup() - get ready to loop
 * @a: with what the caller sets
 *
 * Context: process context, may sleep; the caller stays on its CPU until it
 * is through with @a.
 * Return: 0 or -ENOMEM
 */
int tb_alone_setup(struct tb_alone *a)
{
	a->run.phase = TB_PHASE_RUN;
	a->run.plan.variant = &tb_variant_none;
	a->w.role = TB_WORKER;
	a->w.cpu = raw_smp_processor_id();
	return tb_worker_setup(&a->w, &a->run, 0);
}

/**
 * tb_alone_loop() - go on for some operations
 * @a: set up
 * @n: how many, from 1
 *
 * Context: process context, may sleep.
 */
void tb_alone_loop(struct tb_alone *a, u64 n)
{
	a->w.ops_limit = a->w.ops_all + n;
	tb_worker_loop(&a->w);
}

/**
 * tb_alone_free() - the end of it
 * @a: set up or not, or NULL
 */
void tb_alone_free(struct tb_alone *a)
{
	if (a && a->w.run)
		tb_worker_teardown(&a->w);
	kfree(a);
}
