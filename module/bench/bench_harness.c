// SPDX-License-Identifier: GPL-2.0
/*
 * bench_harness.c - what one operation costs beside its lock and its work
 *
 * The operation is that of none, which has no lock, in the very loops that a
 * run uses (alone.c), with measure=throughput and with measure=full. Beside
 * them stands an empty loop of the same work and nothing else. A row minus the
 * empty one is what the harness costs; the difference of the two rows is what
 * measuring costs.
 *
 * How much work makes a microsecond is calibrated against the clock, as for a
 * run. Under an emulator whose clock counts instructions that is 1000 of them.
 * A real processor executes several thousand in a microsecond, so the share of
 * the harness in an operation is larger there than on a real machine, as far as
 * it is a matter of instructions: what a clock reading waits for is not seen.
 */
#include <linux/minmax.h>
#include <linux/slab.h>

#include "base/compat.h"
#include "base/spin.h"
#include "bench_harness.h"
#include "bench_rows.h"
#include "run/alone.h"

#define TRIALS 30
#define WARM_LOOPS 100

/* A block is short beside a tick, so that most blocks have none in them. */
#define LOOPS 3000
#define WORK_LOOPS 400

/**
 * struct work - how much of it, and how it is called
 * @name: in the table
 * @ns: its length
 * @ps_per_loop: see spin.h
 * @loops: of a block
 */
struct work {
	const char *name;
	u64 ns;
	u64 ps_per_loop;
	u32 loops;
};

static u64 calibrate_loops(void)
{
	u64 best_ns = U64_MAX;
	int i;

	for (i = 0; i < TRIALS; i++) {
		best_ns = min(best_ns, tb_spin_trial());
		compat_relax_cpu();
	}
	return tb_spin_ps_per_loop(best_ns);
}

static void empty_loop(void *arg, u32 n)
{
	const u64 *hold_loops = arg;

	while (n--)
		tb_spin(READ_ONCE(*hold_loops));
}

static void free_loops(void *arg)
{
	kfree(arg);
}

static void bench_empty(struct tb_bench *b, const struct work *work)
{
	u64 *hold_loops = kmalloc(sizeof(*hold_loops), GFP_KERNEL);

	if (hold_loops)
		*hold_loops = tb_spin_loops(work->ns, work->ps_per_loop);
	tb_bench_add(b, empty_loop, free_loops, hold_loops, work->loops,
		     "empty loop, %s", work->name);
}

static void none_loop(void *arg, u32 n)
{
	tb_alone_loop(arg, n);
}

static void free_alone(void *arg)
{
	tb_alone_free(arg);
}

static struct tb_alone *make_alone(u32 measure, const struct work *work)
{
	struct tb_alone *a = tb_alone_alloc();

	if (!a)
		return NULL;
	tb_config_default(&a->run.plan.config);
	a->run.plan.config.measure = measure;
	a->run.plan.config.hold_ns = work->ns;
	a->run.plan.config.think_ns = 0;
	a->run.plan.config.fair_window_ms = 0;
	a->w.ps_per_loop = work->ps_per_loop;
	a->run.plan.variant = &tb_variant_none;
	a->run.plan.ncpus = 1;
	tb_plan_derive(&a->run.plan);
	if (tb_alone_setup(a)) {
		tb_alone_free(a);
		return NULL;
	}
	/* The first operations are fingerprinted. */
	tb_alone_loop(a, WARM_LOOPS);
	return a;
}

static void bench_none(struct tb_bench *b, const struct work *work, u32 measure,
		       const char *word)
{
	tb_bench_add(b, none_loop, free_alone, make_alone(measure, work),
		     work->loops, "none, measure=%s, %s", word, work->name);
}

static void bench_work(struct tb_bench *b, const struct work *work)
{
	bench_empty(b, work);
	bench_none(b, work, TB_MEASURE_throughput, "throughput");
	bench_none(b, work, TB_MEASURE_full, "full");
}

/**
 * tb_bench_harness() - add the rows of the harness
 * @b: gets them
 *
 * Context: process context, may sleep, on one CPU; no run is on.
 */
void tb_bench_harness(struct tb_bench *b)
{
	struct work no = { "0 ns of work", 0, calibrate_loops(), LOOPS };
	struct work some = { "1 us of work", NSEC_PER_USEC, no.ps_per_loop,
			     WORK_LOOPS };

	bench_work(b, &no);
	bench_work(b, &some);
}
