// SPDX-License-Identifier: GPL-2.0
/*
 * bench.c - the bare cost of each lock, and that of the harness
 *
 * One thread, one lock, nobody else: get and release again and again, timed
 * as a whole. For instruction counts under an emulator that counts them; on a
 * real machine the same table in nanoseconds. Everything runs in one LWKT
 * thread, which is an ordinary kthread to Linux's locks; the switches use a
 * second one on the same CPU.
 */
#include <linux/completion.h>
#include <linux/cpu.h>
#include <linux/kthread.h>
#include <linux/mutex.h>
#include <linux/slab.h>

#include "bench.h"
#include "bench_harness.h"
#include "bound.h"
#include "clock.h"
#include "locks.h"
#include "lwkt/lockmgr.h"
#include "lwkt/sched.h"
#include "lwkt/token_poll.h"
#include "run.h"
#include "text.h"

#define PAIR_LOOPS 100000
#define SWITCH_LOOPS 2000
#define QUANTUM_NS NSEC_PER_SEC

/* The table of the last bench. */
static DEFINE_MUTEX(table_lock);
static struct tb_text table;

struct bench {
	struct tb_text *text;
	struct lwkt_thread *main;
	struct lwkt_thread *peer;
	struct lwkt_token tokens[2];
	struct task_struct *pong;
	struct task_struct *ping;
	struct completion bounced;
	bool turn;
	bool over;
};

/**
 * tb_bench_row() - one line of the table
 * @text: the table
 * @what: what was done
 * @loops: how often, from 1
 * @ns: how long it took in all
 *
 * Context: process context, may sleep.
 */
void tb_bench_row(struct tb_text *text, const char *what, u64 loops, u64 ns)
{
	u64 hundredths = div64_u64(ns * 100, loops);

	tb_text_printf(text, "%s\t%llu\t%llu\t%llu.%02llu\n", what, loops, ns,
		       hundredths / 100, hundredths % 100);
}

#define TIMED(b, what, n, body)                                            \
	do {                                                               \
		u64 __start = tb_clock_ns();                               \
		u32 __i;                                                   \
		for (__i = 0; __i < (n); __i++) {                          \
			body;                                              \
		}                                                          \
		tb_bench_row((b)->text, what, n, tb_clock_ns() - __start); \
	} while (0)

static int bench_pairs(struct bench *b, const struct tb_variant *v,
		       struct tb_worker *w)
{
	int err = v->init_lock ? v->init_lock(w->locks) : 0;
	char what[40];
	u64 start;

	if (!err) {
		v->pairs(w, 100);
		start = tb_clock_ns();
		v->pairs(w, PAIR_LOOPS);
		scnprintf(what, sizeof(what), "pair %s%s", v->name,
			  w->stream.shared ? " shared" : "");
		tb_bench_row(b->text, what, PAIR_LOOPS, tb_clock_ns() - start);
	}
	if (v->exit_lock)
		v->exit_lock(w->locks);
	return err;
}

/*
 * Each mode has a lock of its own: after a writer, readers of percpu-rwsem are
 * slow for a while.
 */
static void bench_variant(struct bench *b, const struct tb_variant *v,
			  bool shared)
{
	size_t stride = tb_lock_stride(v) ?: SMP_CACHE_BYTES;
	struct tb_worker *w = kzalloc(sizeof(*w), GFP_KERNEL);
	int err = -ENOMEM;

	if (w) {
		w->td = b->main;
		w->stream.shared = shared;
		w->locks = tb_alloc_lines(1, stride);
		w->own = kzalloc(v->own_size ?: 1, GFP_KERNEL);
		if (w->locks && w->own)
			err = bench_pairs(b, v, w);
		kfree(w->own);
		kvfree(w->locks);
	}
	kfree(w);
	b->text->err = b->text->err ?: err;
}

static void bench_variants(struct bench *b)
{
	u32 i;

	for (i = 0; i < TB_VARIANT_COUNT; i++) {
		bench_variant(b, tb_variants[i], false);
		if (tb_variants[i]->flags & TB_FLAG(shared))
			bench_variant(b, tb_variants[i], true);
	}
}

static void bench_tokens(struct bench *b)
{
	struct lwkt_token *t = b->tokens;

	TIMED(b, "token-poll, curthread looked up", PAIR_LOOPS, ({
		      lwkt_poll_gettoken(lwkt_curthread(), t);
		      lwkt_poll_reltoken(lwkt_curthread(), t);
	      }));
	lwkt_gettoken(t);
	TIMED(b, "token-poll, recursive", PAIR_LOOPS, ({
		      lwkt_poll_gettoken(b->main, t);
		      lwkt_poll_reltoken(b->main, t);
	      }));
	lwkt_reltoken(t);
}

/* The failing try of a scheduler: one token free, the other ours. */
static void bench_getall(struct bench *b)
{
	struct lwkt_thread *peer = b->peer;

	/*
	 * A thread that waits for one free and one taken token: the peer is
	 * not current, so its references are ours to arrange.
	 */
	peer->td_toks[0].tr_tok = &b->tokens[0];
	peer->td_toks[1].tr_tok = &b->tokens[1];
	peer->td_toks_stop = peer->td_toks + 2;
	lwkt_gettoken(&b->tokens[1]);
	TIMED(b, "token-poll, failed getalltokens (2nd of 2)", PAIR_LOOPS,
	      lwkt_getalltokens(peer));
	lwkt_reltoken(&b->tokens[1]);
	peer->td_toks_stop = peer->td_toks;
}

static void peer_fn(void *arg)
{
	struct bench *b = arg;

	while (!READ_ONCE(b->over))
		lwkt_switch();
}

static void bench_main(void *arg)
{
	struct bench *b = arg;
	int err;

	TIMED(b, "empty loop", PAIR_LOOPS, barrier());
	TIMED(b, "clock reading", PAIR_LOOPS, tb_clock_ns());
	bench_variants(b);
	bench_tokens(b);
	bench_getall(b);
	err = tb_bench_harness(b->text);
	b->text->err = b->text->err ?: err;
	lwkt_schedule(b->peer);
	lwkt_switch();
	/* Each of ours is one of the peer's, too. */
	TIMED(b, "LWKT switch, two of them", SWITCH_LOOPS, lwkt_switch());
	WRITE_ONCE(b->over, true);
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
		wake_up_process(b->ping);
	}
	__set_current_state(TASK_RUNNING);
	return 0;
}

static void bounce(struct bench *b)
{
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

static int ping_main(void *arg)
{
	struct bench *b = arg;

	TIMED(b, "kthread switch, two of them", SWITCH_LOOPS, bounce(b));
	complete(&b->bounced);
	tb_bound_wait_stop();
	return 0;
}

static int bench_switch(struct bench *b, int cpu)
{
	b->pong = tb_bound_create(pong_main, b, cpu, "tokbench/pong");
	if (IS_ERR(b->pong))
		return PTR_ERR(b->pong);
	b->ping = tb_bound_create(ping_main, b, cpu, "tokbench/ping");
	if (IS_ERR(b->ping)) {
		tb_bound_stop(b->pong);
		return PTR_ERR(b->ping);
	}
	wake_up_process(b->pong);
	wake_up_process(b->ping);
	/* A kthread that is stopped before its first step never takes it. */
	wait_for_completion(&b->bounced);
	tb_bound_stop(b->ping);
	tb_bound_stop(b->pong);
	return 0;
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
	return err;
}

static int measure(struct tb_text *text)
{
	struct bench *b;
	struct lwkt_knobs knobs;
	cpumask_var_t mask;
	int err = -ENOMEM;
	int cpu = cpumask_last(cpu_online_mask);

	b = kzalloc(roundup_pow_of_two(sizeof(*b)), GFP_KERNEL);
	if (!b)
		return -ENOMEM;
	if (!zalloc_cpumask_var(&mask, GFP_KERNEL))
		goto out;
	cpumask_set_cpu(cpu, mask);
	b->text = text;
	init_completion(&b->bounced);
	lwkt_token_init(&b->tokens[0], "bench 0");
	lwkt_token_init(&b->tokens[1], "bench 1");
	tb_text_printf(text, "what\tloops\ttotal_ns\tns_per_op\n");
	lwkt_knobs_default(&knobs, LWKT_GEN_poll);
	err = lwkt_start(mask, QUANTUM_NS, LWKT_GEN_poll, &knobs);
	if (!err) {
		err = bench_lwkt(b, cpu);
		lwkt_stop();
	}
	if (!err)
		err = bench_switch(b, cpu);
	free_cpumask_var(mask);
out:
	kfree(b);
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
	int err = measure(&text);

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
