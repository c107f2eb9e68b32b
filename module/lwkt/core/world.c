// SPDX-License-Identifier: GPL-2.0
/*
 * world.c - the LWKT world: its CPUs, their idle threads, its begin and end
 *
 * The idle thread is current when no other can run. It makes pass after pass
 * of the scheduler. If there are waiting threads that cannot get their tokens
 * it polls without sleeping (the 2010 rule), but gives way to Linux at every
 * round; if no thread is queued it sleeps until the next wakeup (runq.c).
 * Where a release wakes contended CPUs (halts_contended of gen_ops.h) it sleeps
 * in both cases. In a world with a runner its kthread runs all other threads of
 * the CPU, too (inline.c).
 *
 * There is one world at a time. Outside of it, and for every caller that is no
 * LWKT thread, lwkt_nobody is current: it has room for no reference, so every
 * use of a token ends on a path that can afford to report it.
 */
#include <linux/export.h>
#include <linux/kthread.h>
#include <linux/sched.h>

#include "base/bound.h"
#include "base/clock.h"
#include "base/compat.h"
#include "gen_ops.h"
#include "misuse.h"
#include "sched.h"
#include "testpoint.h"
#include "trace.h"
#include "tsleep.h"

DEFINE_PER_CPU_ALIGNED(struct lwkt_globaldata, lwkt_gd);
EXPORT_PER_CPU_SYMBOL_GPL(lwkt_gd);

unsigned int lwkt_stats_epoch __read_mostly;
EXPORT_SYMBOL_GPL(lwkt_stats_epoch);
u64 lwkt_quantum_ns __read_mostly;
enum lwkt_generation lwkt_gen __read_mostly;
const struct lwkt_gen_ops *lwkt_ops __read_mostly;
struct lwkt_knobs lwkt_knobs __read_mostly;
/* For the selftests, which change one while threads wait. */
EXPORT_SYMBOL_GPL(lwkt_knobs);
lwkt_runner_fn lwkt_runner __read_mostly;
struct lwkt_thread *lwkt_nobody;
EXPORT_SYMBOL_GPL(lwkt_nobody);

/* The CPUs of the LWKT world; fixed between lwkt_start() and lwkt_stop(). */
static cpumask_var_t lwkt_cpus;

/* 1 while there is a world, or one is being made or taken down. */
static atomic_t world_taken = ATOMIC_INIT(0);

/**
 * lwkt_curthread_slow() - lwkt_curthread() of a caller that is not where it
 * should be
 *
 * Return: see lwkt_curthread()
 */
struct lwkt_thread *lwkt_curthread_slow(void)
{
	int cpu;

	for_each_cpu(cpu, lwkt_cpus) {
		const struct lwkt_globaldata *gd = per_cpu_ptr(&lwkt_gd, cpu);
		const struct task_struct *task = READ_ONCE(gd->gd_curtask);

		lwkt_testpoint(LWKT_TP_FOREIGN, NULL, cpu);
		if (task == current)
			return READ_ONCE(gd->gd_curthread);
	}
	return lwkt_nobody;
}
EXPORT_SYMBOL_GPL(lwkt_curthread_slow);

/*
 * Sleep until the next wakeup. The other side is lwkt_schedule(), and that of the
 * hooks. Proof: wake-idle.
 */
static void halt_cpu(struct lwkt_globaldata *gd)
{
	bool woken = false;

	if (lwkt_ops->halting)
		lwkt_ops->halting(gd);
	lwkt_testpoint(LWKT_TP_HALT, NULL, 0);
	set_current_state(TASK_IDLE);
	if (llist_empty(&gd->gd_wakeups) && !kthread_should_stop() &&
	    !(atomic_read(&gd->gd_reqflags) & RQF_RESCHED)) {
		lwkt_cpu_stats(gd)->idle_halts++;
		if (lwkt_ops->doze)
			woken = lwkt_ops->doze(gd);
		else
			schedule();
	}
	__set_current_state(TASK_RUNNING);
	if (lwkt_ops->up)
		lwkt_ops->up(gd, woken);
}

/* The thread to run next; NULL: the idle thread is to end. */
static struct lwkt_thread *find_next(struct lwkt_globaldata *gd)
{
	struct lwkt_thread *next;
	struct lwkt_cpu_stats *st;
	u64 before, now;

	/* Stopped only when all other threads are gone, so it is current. */
	while (!kthread_should_stop()) {
		before = tb_clock_ns();
		next = lwkt_choose(gd);
		while (!next && gd->gd_contended &&
		       !lwkt_ops->halts_contended) {
			compat_relax_cpu();
			now = tb_clock_ns();
			st = lwkt_cpu_stats(gd);
			st->idle_polls++;
			st->idle_poll_ns += now - before;
			before = now;
			next = lwkt_choose(gd);
		}
		if (next)
			return next;
		halt_cpu(gd);
	}
	return NULL;
}

static int idle_main(void *arg)
{
	struct lwkt_thread *td = arg, *next;
	struct lwkt_globaldata *gd = td->td_gd;

	/* The baton is its own from the beginning. */
	WRITE_ONCE(gd->gd_curtask, current);
	while ((next = find_next(gd))) {
		trace_tokbench_switch(td, next, gd->gd_contended);
		lwkt_pass_baton(gd, next);
		if (lwkt_runner)
			lwkt_inline_run(gd);
		else
			lwkt_wait_baton(td);
	}
	/* Another task can have this address once this one is gone. */
	WRITE_ONCE(gd->gd_curtask, NULL);
	return 0;
}

static void init_globaldata(struct lwkt_globaldata *gd, int cpu)
{
	int pri;

	gd->gd_cpu = cpu;
	gd->gd_runqmask = 0;
	gd->gd_contended = false;
	gd->gd_tick_ns = 0;
	gd->gd_ticks = 0;
	gd->gd_fair_total = 0;
	INIT_LIST_HEAD(&gd->gd_awake);
	gd->gd_resumed_ns = tb_clock_ns();
	atomic_set(&gd->gd_reqflags, 0);
	gd->gd_yield_ns = 0;
	gd->gd_taken_ns = 0;
	for (pri = 0; pri <= TDPRI_MAX; pri++)
		INIT_LIST_HEAD(&gd->gd_tdrunq[pri]);
	init_llist_head(&gd->gd_wakeups);
	memset(gd->gd_stats, 0, sizeof(gd->gd_stats));
}

static int start_cpu(int cpu)
{
	struct lwkt_globaldata *gd = per_cpu_ptr(&lwkt_gd, cpu);
	struct lwkt_thread *td;
	char name[24];
	int err;

	init_globaldata(gd, cpu);
	td = lwkt_thread_alloc(gd, TDPRI_IDLE, 1);
	if (!td)
		return -ENOMEM;
	td->td_flags = TDF_IDLE;
	gd->gd_idle = td;
	WRITE_ONCE(gd->gd_curthread, td);
	snprintf(name, sizeof(name), "lwkt_%s/%d",
		 lwkt_runner ? "inline" : "idle", cpu);
	err = lwkt_thread_spawn(td, idle_main, cpu, name);
	if (err) {
		WRITE_ONCE(gd->gd_curthread, lwkt_nobody);
		gd->gd_idle = NULL;
		lwkt_thread_free(td);
	}
	return err;
}

/**
 * lwkt_stop() - end the LWKT world
 *
 * All threads made by lwkt_create() must have been destroyed.
 *
 * Context: process context, sleeps until the idle threads are gone.
 */
void lwkt_stop(void)
{
	int cpu;

	for_each_cpu(cpu, lwkt_cpus) {
		struct lwkt_globaldata *gd = per_cpu_ptr(&lwkt_gd, cpu);
		struct lwkt_thread *idle = gd->gd_idle;

		if (!idle)
			continue;
		/* Its kthread first: it looks at gd_curthread as long as it runs. */
		tb_bound_stop(idle->td_task);
		idle->td_task = NULL;
		WRITE_ONCE(gd->gd_curthread, lwkt_nobody);
		gd->gd_idle = NULL;
		lwkt_thread_free(idle);
	}
	lwkt_bury();
	cpumask_clear(lwkt_cpus);
	/* Pairs with the cmpxchg in lwkt_start(). */
	atomic_set_release(&world_taken, 0);
}
EXPORT_SYMBOL_GPL(lwkt_stop);

/**
 * lwkt_start() - begin an LWKT world: an idle thread on each CPU
 * @cpus: the CPUs; online, and kept so by the caller until this returns
 * @quantum: time slice in ns
 * @gen: the generation of its tokens
 * @knobs: its settings; copied
 * @runner: goes on with inline threads, of which all threads are then
 * (inline.h); NULL: each thread is a kthread
 *
 * One world at a time.
 *
 * Context: process context, may sleep.
 * Return: 0; -EBUSY if there is a world already; -E2BIG (lwkt_cpus_max());
 * -ENOMEM, or the error of making a kthread; nothing is left then
 */
int lwkt_start(const struct cpumask *cpus, u64 quantum,
	       enum lwkt_generation gen, const struct lwkt_knobs *knobs,
	       lwkt_runner_fn runner)
{
	int cpu, err;

	if (cpumask_weight(cpus) > lwkt_cpus_max(gen))
		return -E2BIG;
	/* Pairs with the release in lwkt_stop(). */
	if (atomic_cmpxchg_acquire(&world_taken, 0, 1))
		return -EBUSY;
	lwkt_quantum_ns = quantum;
	lwkt_gen = gen;
	lwkt_ops = lwkt_gen_ops[gen];
	lwkt_knobs = *knobs;
	lwkt_runner = runner;
	lwkt_misuse_reset();
	WRITE_ONCE(lwkt_stats_epoch, 0);
	if (lwkt_ops->start)
		lwkt_ops->start(cpus);
	for_each_cpu(cpu, cpus) {
		cpumask_set_cpu(cpu, lwkt_cpus);
		err = start_cpu(cpu);
		if (err) {
			lwkt_stop();
			return err;
		}
	}
	return 0;
}
EXPORT_SYMBOL_GPL(lwkt_start);

/**
 * lwkt_idlethread() - the idle thread of a CPU of the LWKT world
 * @cpu: the CPU
 */
struct lwkt_thread *lwkt_idlethread(int cpu)
{
	return per_cpu_ptr(&lwkt_gd, cpu)->gd_idle;
}

/**
 * lwkt_cpu_stats_of() - the counters of one CPU, of the open or last window
 * @cpu: the CPU
 *
 * Exact once the CPU's threads have ended.
 */
const struct lwkt_cpu_stats *lwkt_cpu_stats_of(int cpu)
{
	return &per_cpu_ptr(&lwkt_gd, cpu)->gd_stats[1];
}

/**
 * lwkt_init() - prepare the library; once, at load
 *
 * Context: process context.
 * Return: 0 or -ENOMEM
 */
int lwkt_init(void)
{
	int cpu;

	if (!zalloc_cpumask_var(&lwkt_cpus, GFP_KERNEL))
		return -ENOMEM;
	/* No world yet: any generation will do. */
	lwkt_ops = lwkt_gen_ops[0];
	lwkt_nobody =
		lwkt_thread_alloc(per_cpu_ptr(&lwkt_gd, 0), TDPRI_IDLE, 0);
	if (!lwkt_nobody) {
		free_cpumask_var(lwkt_cpus);
		return -ENOMEM;
	}
	for_each_possible_cpu(cpu)
		per_cpu_ptr(&lwkt_gd, cpu)->gd_curthread = lwkt_nobody;
	lwkt_tsleep_init();
	return 0;
}

/**
 * lwkt_fini() - undo lwkt_init(); no LWKT world may exist
 */
void lwkt_fini(void)
{
	lwkt_thread_free(lwkt_nobody);
	free_cpumask_var(lwkt_cpus);
}
