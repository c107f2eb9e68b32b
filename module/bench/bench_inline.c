// SPDX-License-Identifier: GPL-2.0
/*
 * bench_inline.c - what a switch of inline threads costs
 *
 * Two inline threads, which do nothing but switch to one another; one of them
 * reads the clock before and after each block of switches. It is the switch of
 * bench.c on the other substrate, with the same generation and the same passes.
 */
#include <linux/cpumask.h>
#include <linux/err.h>
#include <linux/math64.h>
#include <linux/slab.h>

#include "base/clock.h"
#include "bench_inline.h"
#include "bench_rows.h"
#include "lwkt/core/sched.h"

#define LOOPS 2000
#define QUANTUM_NS NSEC_PER_SEC

/**
 * struct switches - the two threads
 * @td: they; the first one reads the clock
 * @left: of this block
 * @block: its number; one more than there are is untimed, to warm up
 * @since: when it began
 * @over: all blocks were timed
 * @ps: two switches, for each block
 */
struct switches {
	struct lwkt_thread *td[2];
	u32 left;
	u32 block;
	u64 since;
	bool over;
	u64 ps[TB_BENCH_BLOCKS];
};

static void end_block(struct switches *s)
{
	u64 now = tb_clock_ns();

	if (s->block)
		s->ps[s->block - 1] = div_u64((now - s->since) * 1000, LOOPS);
	s->over = s->block == TB_BENCH_BLOCKS;
	s->block++;
	s->left = LOOPS;
	s->since = tb_clock_ns();
}

/* Up to the thread's next switch. */
static void go_on(struct lwkt_thread *td)
{
	struct switches *s = td->td_arg;

	if (td == s->td[0] && !s->left--)
		end_block(s);
	if (s->over)
		lwkt_exit(td);
	else
		lwkt_switch();
}

static void runner(struct lwkt_thread *td)
{
	struct lwkt_globaldata *gd = td->td_gd;

	do {
		go_on(td);
		td = lwkt_inline_next(gd);
	} while (td);
}

static int time_switches(struct switches *s, int cpu)
{
	int err = 0, i;

	for (i = 0; i < 2 && !err; i++) {
		s->td[i] = lwkt_create_inline(s, cpu, TDPRI_KERN_USER,
					      LWKT_MAXTOKENS);
		err = PTR_ERR_OR_ZERO(s->td[i]);
	}
	/* The other one first: it has to be there when the clock is read. */
	for (i = 2; i-- && !err;)
		lwkt_schedule(s->td[i]);
	for (i = 0; i < 2; i++)
		if (!IS_ERR_OR_NULL(s->td[i]))
			lwkt_destroy(s->td[i]);
	return err;
}

/**
 * tb_bench_inline() - time switches of inline threads, and add their row
 * @b: gets it; timed
 * @cpu: where
 *
 * Context: process context, sleeps; no world exists; cpus_read_lock() is held.
 * Return: 0, -ENOMEM, or what making a kthread gave
 */
int tb_bench_inline(struct tb_bench *b, int cpu)
{
	struct lwkt_knobs knobs;
	struct switches *s = kzalloc(sizeof(*s), GFP_KERNEL);
	int err;

	if (!s)
		return -ENOMEM;
	lwkt_knobs_default(&knobs, LWKT_GEN_poll);
	err = lwkt_start(cpumask_of(cpu), QUANTUM_NS, LWKT_GEN_poll, &knobs,
			 runner);
	if (!err) {
		err = time_switches(s, cpu);
		lwkt_stop();
	}
	if (!err)
		tb_bench_add_timed(b, s->ps, LOOPS,
				   "inline switch, two of them");
	kfree(s);
	return err ?: b->err;
}
