// SPDX-License-Identifier: GPL-2.0
/*
 * engine.c - owns the configuration, the run that is on, and the last result
 *
 * STATES
 *
 *   idle -> armed -> warm -> run -> cool -> done | failed -> armed ...
 *
 *   The engine goes from idle, done or failed to armed when a start succeeds,
 *   and on its own from there. armed to cool are the run's phases as they
 *   stand at the moment; done and failed say how the last run ended. reset
 *   leads back to idle. A run whose threads make no progress (stuck.c) is in
 *   the state stuck, and failed if they leave after all.
 *
 * THREADS
 *
 *   A start makes the run with all its threads in the caller's context, so
 *   that whatever goes wrong is the caller's error; then it hands it to the
 *   engine's own kthread, which executes it, makes the result, publishes it
 *   and takes the run down. So a run ends by itself, whatever becomes of its
 *   starter, and a module that is unloaded has one thread to wait for.
 *
 * LOCKS, outermost first
 *
 *   tb_engine.lock       configuration, run, result; held by a start until
 *                     the threads exist, and while they are taken down, never
 *                     while a run is executed
 *   cpus_read_lock()  inside it, while CPUs are chosen and threads are made
 */
#include <linux/cpu.h>
#include <linux/kthread.h>
#include <linux/module.h>
#include <linux/mutex.h>
#include <linux/sched.h>
#include <linux/slab.h>

#include "base/clock.h"
#include "bench/bench.h"
#include "config/plan.h"
#include "config/refusal.h"
#include "engine.h"
#include "engine_inside.h"
#include "hotplug.h"
#include "report/dump.h"
#include "report/report.h"
#include "run/run.h"

struct tb_engine tb_engine = {
	.lock = __MUTEX_INITIALIZER(tb_engine.lock),
};

/* STATE or RUN changed: wake those that poll the file state. */
static void state_changed(void)
{
	WRITE_ONCE(tb_engine.serial, tb_engine.serial + 1);
	wake_up_all(&tb_engine.changed);
}

/* Under tb_engine.lock. */
static int refuse_busy(const char *what)
{
	if (!tb_engine.run)
		return 0;
	tb_refuse("%s: run %u (%s) is %s; %s", what, tb_engine.run->id,
		  tb_engine.run->plan.variant->name,
		  tb_run_is_stuck(tb_engine.run) ? "stuck" : "on",
		  tb_run_is_stuck(tb_engine.run) ?
			  "see the file dump; stop may end it, else a new boot" :
			  "wait for its end or write stop to control");
	return -EBUSY;
}

/**
 * tb_engine_set() - change a parameter or knob
 * @setting: TB_PARAM_* or TB_SETTING_KNOB()
 * @text: what the user wrote
 * @len: its length
 *
 * Return: 0, -EINVAL, -E2BIG, -ENOMEM, or -EBUSY while a run is on
 */
int tb_engine_set(unsigned int setting, const char *text, size_t len)
{
	int err;

	mutex_lock(&tb_engine.lock);
	err = refuse_busy(tb_setting_name(setting));
	if (!err)
		err = tb_config_set(&tb_engine.config, setting, text, len);
	mutex_unlock(&tb_engine.lock);
	return err;
}

/**
 * tb_engine_get() - print a parameter or knob
 * @setting: TB_PARAM_* or TB_SETTING_KNOB()
 * @buf: gets the text, without line feed
 * @len: its size, TB_CPUS_MAX suffices
 *
 * Return: the length of the text
 */
int tb_engine_get(unsigned int setting, char *buf, size_t len)
{
	int n;

	mutex_lock(&tb_engine.lock);
	n = tb_config_print(&tb_engine.config, setting, buf, len);
	mutex_unlock(&tb_engine.lock);
	return n;
}

static void refuse_error(const char *what, int err)
{
	if (err == -EBUSY)
		tb_refuse("%s: the LWKT world is in use by the selftests",
			  what);
	else if (err == -EAGAIN)
		tb_refuse("%s: Linux makes no more threads; fewer threads_per_cpu or bystanders",
			  what);
	else if (err == -ENOMEM)
		tb_refuse("%s: not enough memory; less of threads_per_cpu, cpus, locks, set_size",
			  what);
	else
		tb_refuse("%s: failed with error %d", what, err);
}

/* With the hotplug lock, so that no CPU goes unnoticed. */
static int make_run(const struct tb_plan *plan)
{
	struct tb_run *run;
	int err;

	run = tb_run_create(plan, tb_engine.run_id + 1);
	err = PTR_ERR_OR_ZERO(run);
	if (err) {
		refuse_error("start", err);
		return err;
	}
	WRITE_ONCE(tb_engine.run, run);
	tb_engine.run_id++;
	tb_engine.lock_id = plan->config.lock;
	tb_hotplug_watch(run);
	state_changed();
	wake_up(&tb_engine.work);
	return 0;
}

/* Plan a run with the parameters as they are, and make it if @make says so. */
static int plan_run(const char *what, bool make)
{
	struct tb_plan *plan = tb_plan_alloc();
	int err;

	if (!plan)
		return -ENOMEM;
	mutex_lock(&tb_engine.lock);
	err = refuse_busy(what);
	if (!err) {
		cpus_read_lock();
		err = tb_config_check(&tb_engine.config, plan);
		if (!err && make)
			err = make_run(plan);
		cpus_read_unlock();
	}
	mutex_unlock(&tb_engine.lock);
	tb_plan_free(plan);
	return err;
}

/**
 * tb_engine_start() - start a run with the parameters as they are
 *
 * Returns once all threads exist; the run goes on by itself.
 *
 * Return: 0, -EBUSY, -EINVAL (a combination no run can have), -ENOMEM, -EAGAIN,
 * -EINTR
 */
int tb_engine_start(void)
{
	return plan_run("start", true);
}

/**
 * tb_engine_check() - would tb_engine_start() take the parameters as they are?
 *
 * Memory and threads may be short all the same.
 *
 * Return: 0, -EBUSY, -EINVAL, -ENOMEM
 */
int tb_engine_check(void)
{
	return plan_run("check", false);
}

/**
 * tb_engine_stop() - make the run that is on end now
 *
 * Does not wait for the end.
 *
 * Return: 0, or -ESRCH if no run is on
 */
int tb_engine_stop(void)
{
	int err = 0;

	mutex_lock(&tb_engine.lock);
	if (tb_engine.run) {
		tb_run_stop(tb_engine.run, false);
	} else {
		tb_refuse("stop: no run is on (state: %s)",
			  tb_state_word(tb_engine.ended));
		err = -ESRCH;
	}
	mutex_unlock(&tb_engine.lock);
	return err;
}

/**
 * tb_engine_reset() - default parameters, no result, no error, state idle
 *
 * Return: 0 or -EBUSY
 */
int tb_engine_reset(void)
{
	int err;

	mutex_lock(&tb_engine.lock);
	err = refuse_busy("reset");
	if (!err) {
		tb_config_default(&tb_engine.config);
		tb_result_put(tb_engine.result);
		tb_engine.result = NULL;
		tb_bench_forget();
		tb_refusal_clear();
		tb_engine.ended = TB_STATE_idle;
		tb_engine.run_id = 0;
		state_changed();
	}
	mutex_unlock(&tb_engine.lock);
	return err;
}

/**
 * tb_engine_bench() - measure the bare cost of each lock (results/bench)
 *
 * Takes a fraction of a second, and returns when it is over.
 *
 * Return: 0, -EBUSY, -ENOMEM, or what making a kthread gave
 */
int tb_engine_bench(void)
{
	int err;

	mutex_lock(&tb_engine.lock);
	err = refuse_busy("bench");
	if (!err) {
		cpus_read_lock();
		err = tb_bench_run();
		cpus_read_unlock();
		if (err)
			refuse_error("bench", err);
	}
	mutex_unlock(&tb_engine.lock);
	return err;
}

/*
 * Threads that may never leave execute this module's code: it must not go. If
 * it is going already, there is nothing left to be done.
 */
static void give_up(void)
{
	tb_engine.given_up = true;
	tb_engine.pinned = try_module_get(THIS_MODULE);
	tb_refuse("run %u (%s): FAILED: for %llu s no progress, %d of %u left; see file dump",
		  tb_engine.run->id, tb_engine.run->plan.variant->name,
		  div_u64(tb_engine.run->stuck_ns, NSEC_PER_SEC),
		  atomic_read(&tb_engine.run->live), tb_engine.run->nthreads);
	tb_dump_log(tb_engine.run);
}

/* The run went into another phase, or is stuck; run.c knows no engine. */
static void phase_changed(void)
{
	mutex_lock(&tb_engine.lock);
	if (tb_run_is_stuck(tb_engine.run) && !tb_engine.given_up)
		give_up();
	state_changed();
	mutex_unlock(&tb_engine.lock);
}

static void carry_out(struct tb_run *run)
{
	struct tb_result *result;

	tb_run_execute(run, phase_changed);
	/* Its threads sleep by now, and there can be much to add up. */
	sched_set_normal(current, 0);
	result = tb_result_make(run);
	sched_set_fifo_low(current);
	if (!result)
		pr_err("run %u: no memory for its result\n", run->id);

	/* From here on a CPU that goes offline is none of this run's concern. */
	tb_hotplug_watch(NULL);

	/*
	 * The holder of the lock may look at tb_engine.run, and a start must
	 * not find the old threads, so both end under it. The threads never
	 * take it.
	 */
	mutex_lock(&tb_engine.lock);
	tb_run_destroy(run);
	tb_result_put(tb_engine.result);
	tb_engine.result = result;
	tb_engine.run = NULL;
	tb_engine.ended = result && !result->failed ? TB_STATE_done :
						      TB_STATE_failed;
	state_changed();
	if (tb_engine.pinned)
		module_put(THIS_MODULE);
	tb_engine.pinned = false;
	tb_engine.given_up = false;
	mutex_unlock(&tb_engine.lock);
}

static bool work_to_do(void)
{
	return READ_ONCE(tb_engine.run) || kthread_should_stop();
}

static int engine_main(void *unused)
{
	struct tb_run *run;

	while (!kthread_should_stop()) {
		wait_event_idle(tb_engine.work, work_to_do());
		/* A start holds the lock until the run is complete. */
		mutex_lock(&tb_engine.lock);
		run = tb_engine.run;
		mutex_unlock(&tb_engine.lock);
		if (run)
			carry_out(run);
	}
	return 0;
}

/**
 * tb_engine_init() - start the engine
 *
 * Return: 0 or -errno
 */
int tb_engine_init(void)
{
	int err;

	tb_config_default(&tb_engine.config);
	init_waitqueue_head(&tb_engine.changed);
	init_waitqueue_head(&tb_engine.work);
	err = tb_hotplug_init();
	if (err)
		return err;
	tb_engine.task = kthread_create(engine_main, NULL, "tokbench");
	if (IS_ERR(tb_engine.task)) {
		tb_hotplug_exit();
		return PTR_ERR(tb_engine.task);
	}
	/* It ends the runs of thousands of threads that want the CPU as well. */
	sched_set_fifo_low(tb_engine.task);
	wake_up_process(tb_engine.task);
	return 0;
}

/**
 * tb_engine_exit() - stop the run that is on, wait for its end, and stop
 *
 * No run is started any more.
 */
void tb_engine_exit(void)
{
	tb_engine_stop();
	kthread_stop(tb_engine.task);
	/* Started, but the kthread was told to stop before it took it up. */
	if (tb_engine.run) {
		tb_hotplug_watch(NULL);
		tb_run_destroy(tb_engine.run);
	}
	tb_hotplug_exit();
	tb_result_put(tb_engine.result);
	tb_bench_forget();
}
