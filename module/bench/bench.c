// SPDX-License-Identifier: GPL-2.0
/*
 * bench.c - the bare cost of each lock, and that of the harness
 *
 * For instruction counts under an emulator that counts them; on a real machine
 * the same table in nanoseconds. Everything is timed by one LWKT thread, which
 * is an ordinary kthread to Linux; the switches use a second thread on the same
 * CPU. Those of inline threads, which need a world of their own, are timed after
 * everything else (bench_inline.c).
 */
#include <linux/cpu.h>
#include <linux/kthread.h>
#include <linux/mm.h>
#include <linux/mutex.h>
#include <linux/slab.h>

#include "base/bound.h"
#include "base/clock.h"
#include "base/sim.h"
#include "base/text.h"
#include "bench.h"
#include "bench_harness.h"
#include "bench_inline.h"
#include "bench_locks.h"
#include "bench_rows.h"
#include "lwkt/core/sched.h"

#define LOOPS 5000
#define SWITCH_LOOPS 200
#define QUANTUM_NS NSEC_PER_SEC

/* The table of the last bench. */
static DEFINE_MUTEX(table_lock);
static struct tb_text table;

/**
 * struct bench - one bench
 * @rows: what it times
 * @main: the thread that times it
 * @peer: the other one of LWKT switches
 * @over: @peer is to end
 * @pong: the other one of kthread switches
 * @turn: it is its turn
 */
struct bench {
	struct tb_bench rows;
	struct lwkt_thread *main;
	struct lwkt_thread *peer;
	bool over;
	struct task_struct *pong;
	bool turn;
};

static void empty_block(void *arg, u32 n)
{
	while (n--)
		barrier();
}

static __always_inline void read_one(u32 n, bool tsc)
{
	while (n--) {
		u64 now = tb_clock_read(tsc);

		/* The compiler does not know that it is not wanted. */
		asm volatile("" : : "r"(now));
	}
}

/* As the timed loop does. */
static void read_clock(void *arg, u32 n)
{
	if (tb_clock_is_tsc())
		read_one(n, true);
	else
		read_one(n, false);
}

/* Each of ours is one of the peer's, too, which is on the run queue. */
static void switch_lwkt(void *arg, u32 n)
{
	while (n--)
		lwkt_switch();
}

static void peer_fn(void *arg)
{
	struct bench *b = arg;

	while (!READ_ONCE(b->over))
		lwkt_switch();
}

/* The bare pair of kthread switches that an LWKT switch is built on. */
static int pong_main(void *arg)
{
	struct bench *b = arg;

	for (;;) {
		set_current_state(TASK_IDLE);
		if (kthread_should_stop())
			break;
		if (!READ_ONCE(b->turn)) {
			schedule();
			continue;
		}
		WRITE_ONCE(b->turn, false);
		wake_up_process(b->main->td_task);
	}
	__set_current_state(TASK_RUNNING);
	return 0;
}

/* Asleep in Linux the thread is still the current one of its LWKT CPU. */
static void switch_kthread(void *arg, u32 n)
{
	struct bench *b = arg;

	while (n--) {
		WRITE_ONCE(b->turn, true);
		wake_up_process(b->pong);
		for (;;) {
			set_current_state(TASK_IDLE);
			if (!READ_ONCE(b->turn))
				break;
			schedule();
		}
		__set_current_state(TASK_RUNNING);
	}
}

static void bench_main(void *arg)
{
	struct bench *b = arg;

	tb_bench_add(&b->rows, empty_block, NULL, b, LOOPS, "empty loop");
	tb_bench_add(&b->rows, read_clock, NULL, b, LOOPS, "clock reading");
	tb_bench_locks(&b->rows, b->main);
	tb_bench_tokens(&b->rows, b->main, b->peer);
	tb_bench_harness(&b->rows);
	tb_bench_add(&b->rows, switch_lwkt, NULL, b, SWITCH_LOOPS,
		     "LWKT switch, two of them");
	tb_bench_add(&b->rows, switch_kthread, NULL, b, SWITCH_LOOPS,
		     "kthread switch, two of them");
	/* It gets to its loop, and is on the run queue from here on. */
	lwkt_schedule(b->peer);
	lwkt_switch();
	if (!b->rows.err)
		tb_bench_time(&b->rows);
	WRITE_ONCE(b->over, true);
}

static int bench_lwkt(struct bench *b, int cpu)
{
	int err;

	b->main = lwkt_create(bench_main, b, cpu, TDPRI_KERN_USER,
			      LWKT_MAXTOKENS, "tokbench/main");
	if (IS_ERR(b->main))
		return PTR_ERR(b->main);
	b->peer = lwkt_create(peer_fn, b, cpu, TDPRI_KERN_USER, LWKT_MAXTOKENS,
			      "tokbench/peer");
	err = PTR_ERR_OR_ZERO(b->peer);
	if (!err) {
		lwkt_schedule(b->main);
		lwkt_destroy(b->main);
		lwkt_destroy(b->peer);
	} else {
		lwkt_destroy(b->main);
	}
	return err ?: b->rows.err;
}

/* In a world of one CPU. */
static int bench_world(struct bench *b, int cpu)
{
	struct lwkt_knobs knobs;
	cpumask_var_t mask;
	int err;

	if (!zalloc_cpumask_var(&mask, GFP_KERNEL))
		return -ENOMEM;
	cpumask_set_cpu(cpu, mask);
	lwkt_knobs_default(&knobs, LWKT_GEN_poll);
	err = lwkt_start(mask, QUANTUM_NS, LWKT_GEN_poll, &knobs, NULL);
	if (!err) {
		err = bench_lwkt(b, cpu);
		lwkt_stop();
	}
	free_cpumask_var(mask);
	return err;
}

static int measure_rows(struct tb_text *text)
{
	struct bench *b = kvzalloc(sizeof(*b), GFP_KERNEL);
	int cpu = cpumask_last(cpu_online_mask);
	int err;

	if (!b)
		return -ENOMEM;
	b->pong = tb_bound_create(pong_main, b, cpu, "tokbench/pong");
	err = PTR_ERR_OR_ZERO(b->pong);
	if (!err) {
		wake_up_process(b->pong);
		err = bench_world(b, cpu);
		tb_bound_stop(b->pong);
	}
	if (!err)
		err = tb_bench_inline(&b->rows, cpu);
	if (!err)
		tb_bench_table(&b->rows, text);
	tb_bench_end(&b->rows);
	kvfree(b);
	return err ?: text->err;
}

/**
 * tb_bench_run() - measure the bare cost of each lock
 *
 * The table of the last bench is replaced when it succeeds.
 *
 * Context: process context, sleeps; no run is on; cpus_read_lock() is held.
 * Return: 0, -ENOMEM, or what making a kthread gave
 */
int tb_bench_run(void)
{
	struct tb_text text = {};
	int err;

	tb_clock_look();
	tb_sim_begin();
	err = measure_rows(&text);
	tb_sim_end();

	if (err) {
		tb_text_free(&text);
		return err;
	}
	mutex_lock(&table_lock);
	tb_text_free(&table);
	table = text;
	mutex_unlock(&table_lock);
	return 0;
}

/**
 * tb_bench_print() - the table of the last bench (results/bench)
 * @t: the text to add to; nothing is added before the first bench
 *
 * Context: process context, may sleep.
 */
void tb_bench_print(struct tb_text *t)
{
	mutex_lock(&table_lock);
	if (table.buf)
		tb_text_printf(t, "%s", table.buf);
	mutex_unlock(&table_lock);
}

/**
 * tb_bench_forget() - free the table of the last bench
 *
 * Context: process context, may sleep.
 */
void tb_bench_forget(void)
{
	mutex_lock(&table_lock);
	tb_text_free(&table);
	mutex_unlock(&table_lock);
}
