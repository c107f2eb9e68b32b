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
#include <linux/kernel.h>
#include <linux/slab.h>

#include "alone.h"
#include "bench_harness.h"
#include "clock.h"
#include "spin.h"
#include "text.h"

#define WARM_LOOPS 100
#define LOOPS 20000

static void row(struct tb_text *text, const char *what, const char *work,
		u64 ns)
{
	char name[64];

	scnprintf(name, sizeof(name), "%s, %s", what, work);
	tb_bench_row(text, name, LOOPS, ns);
}

/* Out of line, so that its loop is the same whatever stands around it. */
static noinline void empty_loop(u64 hold_loops)
{
	u32 n = LOOPS;

	while (n--)
		tb_spin(READ_ONCE(hold_loops));
}

static void bench_empty(struct tb_text *text, const char *work, u64 hold_loops)
{
	u64 start = tb_clock_ns();

	empty_loop(hold_loops);
	row(text, "empty loop", work, tb_clock_ns() - start);
}

static int bench_none(struct tb_text *text, const char *what, const char *work,
		      struct tb_alone *a)
{
	u64 start;
	int err;

	tb_config_workload(&a->run.config, 1, &a->run.workload);
	err = tb_alone_setup(a);
	if (err)
		return err;
	/* The first operations are fingerprinted. */
	tb_alone_loop(a, WARM_LOOPS);
	start = tb_clock_ns();
	tb_alone_loop(a, LOOPS);
	row(text, what, work, tb_clock_ns() - start);
	return 0;
}

static int bench_measure(struct tb_text *text, const char *what,
			 const char *work, u32 measure, u64 hold_ns,
			 u64 ps_per_loop)
{
	struct tb_alone *a = tb_alone_alloc();
	int err = -ENOMEM;

	if (a) {
		tb_config_default(&a->run.config);
		a->run.config.measure = measure;
		a->run.config.hold_ns = hold_ns;
		a->run.config.think_ns = 0;
		a->run.ps_per_loop = ps_per_loop;
		err = bench_none(text, what, work, a);
	}
	tb_alone_free(a);
	return err;
}

static int bench_work(struct tb_text *text, const char *work, u64 hold_ns,
		      u64 ps_per_loop)
{
	int err;

	bench_empty(text, work, tb_spin_loops(hold_ns, ps_per_loop));
	err = bench_measure(text, "none, measure=throughput", work,
			    TB_MEASURE_throughput, hold_ns, ps_per_loop);
	if (err)
		return err;
	return bench_measure(text, "none, measure=full", work, TB_MEASURE_full,
			     hold_ns, ps_per_loop);
}

/**
 * tb_bench_harness() - measure the cost of the harness
 * @text: gets the rows
 *
 * Context: process context, may sleep, on one CPU; no run is on.
 * Return: 0 or -ENOMEM
 */
int tb_bench_harness(struct tb_text *text)
{
	u64 ps_per_loop = tb_spin_calibrate();

	return bench_work(text, "0 ns of work", 0, ps_per_loop) ?:
		       bench_work(text, "1 us of work", NSEC_PER_USEC,
				  ps_per_loop);
}
