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
 *   leads back to idle.
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
 *   engine.lock       configuration, run, result; held by a start until
 *                     the threads exist, and while they are taken down, never
 *                     while a run is executed
 *   cpus_read_lock()  inside it, while CPUs are chosen and threads are made
 */
#include <linux/cpu.h>
#include <linux/kthread.h>
#include <linux/mutex.h>
#include <linux/sched.h>
#include <linux/slab.h>

#include "bench.h"
#include "clock.h"
#include "config.h"
#include "engine.h"
#include "hotplug.h"
#include "refusal.h"
#include "report.h"
#include "run.h"

static struct {
	struct mutex lock; /* see LOCKS */
	struct tb_config config;
	struct tb_run *run;
	struct tb_result *result;
	enum tb_state ended;
	u32 run_id;
	u32 lock_id;
	u64 serial;
	wait_queue_head_t changed;

	struct task_struct *task;
	wait_queue_head_t work;
} engine = {
	.lock = __MUTEX_INITIALIZER(engine.lock),
};

static const char *const state_words[] = {
#define WORD(word) #word,
	TB_STATES(WORD)
#undef WORD
};

static enum tb_state state_now(void)
{
	lockdep_assert_held(&engine.lock);
	if (!engine.run)
		return engine.ended;
	switch (READ_ONCE(engine.run->phase)) {
	case TB_PHASE_ARMED:
		return TB_STATE_armed;
	case TB_PHASE_WARM:
		return TB_STATE_warm;
	case TB_PHASE_RUN:
		return TB_STATE_run;
	default:
		return TB_STATE_cool;
	}
}

/* STATE or RUN changed: whoever polls the file state wants to know. */
static void state_changed(void)
{
	WRITE_ONCE(engine.serial, engine.serial + 1);
	wake_up_all(&engine.changed);
}

/* Under engine.lock. */
static int busy(const char *what)
{
	if (!engine.run)
		return 0;
	tb_refuse("%s: run %u (%s) is on; wait for its end or write stop to control",
		  what, engine.run->id, engine.run->variant->name);
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

	mutex_lock(&engine.lock);
	err = busy(tb_setting_name(setting));
	if (!err)
		err = tb_config_set(&engine.config, setting, text, len);
	mutex_unlock(&engine.lock);
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

	mutex_lock(&engine.lock);
	n = tb_config_print(&engine.config, setting, buf, len);
	mutex_unlock(&engine.lock);
	return n;
}

static void refuse_error(const char *what, int err)
{
	if (err == -EBUSY)
		tb_refuse("%s: the LWKT world is in use by the selftests",
			  what);
	else
		tb_refuse("%s: failed with error %d", what, err);
}

/* With the hotplug lock, so that no CPU goes unnoticed. */
static int make_run(struct cpumask *cpus)
{
	struct tb_run *run;
	int err;

	run = tb_run_create(&engine.config, cpus, engine.run_id + 1);
	err = PTR_ERR_OR_ZERO(run);
	if (err) {
		refuse_error("start", err);
		return err;
	}
	WRITE_ONCE(engine.run, run);
	engine.run_id++;
	engine.lock_id = engine.config.lock;
	tb_hotplug_watch(run);
	state_changed();
	wake_up(&engine.work);
	return 0;
}

static int judge(const char *what, int (*then)(struct cpumask *cpus))
{
	cpumask_var_t cpus;
	int err;

	if (!alloc_cpumask_var(&cpus, GFP_KERNEL))
		return -ENOMEM;
	mutex_lock(&engine.lock);
	err = busy(what);
	if (!err) {
		cpus_read_lock();
		err = tb_config_check(&engine.config, cpus);
		if (!err && then)
			err = then(cpus);
		cpus_read_unlock();
	}
	mutex_unlock(&engine.lock);
	free_cpumask_var(cpus);
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
	return judge("start", make_run);
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
	return judge("check", NULL);
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

	mutex_lock(&engine.lock);
	if (engine.run) {
		tb_run_stop(engine.run, false);
	} else {
		tb_refuse("stop: no run is on (state: %s)",
			  state_words[engine.ended]);
		err = -ESRCH;
	}
	mutex_unlock(&engine.lock);
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

	mutex_lock(&engine.lock);
	err = busy("reset");
	if (!err) {
		tb_config_default(&engine.config);
		tb_result_put(engine.result);
		engine.result = NULL;
		tb_bench_forget();
		tb_refusal_clear();
		engine.ended = TB_STATE_idle;
		engine.run_id = 0;
		state_changed();
	}
	mutex_unlock(&engine.lock);
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

	mutex_lock(&engine.lock);
	err = busy("bench");
	if (!err) {
		cpus_read_lock();
		err = tb_bench_run();
		cpus_read_unlock();
		if (err)
			refuse_error("bench", err);
	}
	mutex_unlock(&engine.lock);
	return err;
}

/**
 * tb_engine_state() - the line of the file state
 * @buf: gets the line
 * @len: its size, TB_STATE_MAX suffices
 * @serial: gets the number to compare with tb_engine_serial()
 *
 * Return: the length of the line
 */
int tb_engine_state(char *buf, size_t len, u64 *serial)
{
	u64 elapsed = 0, total = 0;
	int n;

	mutex_lock(&engine.lock);
	*serial = engine.serial;
	if (engine.run)
		elapsed = tb_run_elapsed_ms(engine.run, &total);
	n = scnprintf(buf, len, "%s %u %s %llu %llu\n",
		      state_words[state_now()], engine.run_id,
		      engine.run_id ? tb_variants[engine.lock_id]->name : "-",
		      elapsed, total);
	mutex_unlock(&engine.lock);
	return n;
}

/**
 * tb_engine_serial() - changes whenever STATE or RUN of the file state does
 */
u64 tb_engine_serial(void)
{
	return READ_ONCE(engine.serial);
}

/**
 * tb_engine_waitqueue() - where to wait for tb_engine_serial() to change
 */
wait_queue_head_t *tb_engine_waitqueue(void)
{
	return &engine.changed;
}

/**
 * tb_engine_result() - the last result
 *
 * Return: the result with a reference for the caller, or NULL
 */
struct tb_result *tb_engine_result(void)
{
	struct tb_result *result;

	mutex_lock(&engine.lock);
	result = engine.result;
	if (result)
		kref_get(&result->ref);
	mutex_unlock(&engine.lock);
	return result;
}

/* The run went into another phase; run.c knows no engine. */
static void phase_changed(void)
{
	mutex_lock(&engine.lock);
	state_changed();
	mutex_unlock(&engine.lock);
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
	 * Whoever holds the lock may look at engine.run, and a start must not
	 * find the old threads, so both end under it. The threads never take
	 * it.
	 */
	mutex_lock(&engine.lock);
	tb_run_destroy(run);
	tb_result_put(engine.result);
	engine.result = result;
	engine.run = NULL;
	engine.ended = result && !result->failed ? TB_STATE_done :
						   TB_STATE_failed;
	state_changed();
	mutex_unlock(&engine.lock);
}

static bool work_to_do(void)
{
	return READ_ONCE(engine.run) || kthread_should_stop();
}

static int engine_main(void *unused)
{
	struct tb_run *run;

	while (!kthread_should_stop()) {
		wait_event_idle(engine.work, work_to_do());
		/* A start holds the lock until the run is complete. */
		mutex_lock(&engine.lock);
		run = engine.run;
		mutex_unlock(&engine.lock);
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

	tb_config_default(&engine.config);
	init_waitqueue_head(&engine.changed);
	init_waitqueue_head(&engine.work);
	err = tb_hotplug_init();
	if (err)
		return err;
	engine.task = kthread_create(engine_main, NULL, "tokbench");
	if (IS_ERR(engine.task)) {
		tb_hotplug_exit();
		return PTR_ERR(engine.task);
	}
	/* It ends the runs of thousands of threads that want the CPU as well. */
	sched_set_fifo_low(engine.task);
	wake_up_process(engine.task);
	return 0;
}

/**
 * tb_engine_exit() - stop the run that is on, wait for its end, and stop
 *
 * Nobody starts runs any more.
 */
void tb_engine_exit(void)
{
	tb_engine_stop();
	kthread_stop(engine.task);
	/* Started, but the kthread was told to stop before it took it up. */
	if (engine.run) {
		tb_hotplug_watch(NULL);
		tb_run_destroy(engine.run);
	}
	tb_hotplug_exit();
	tb_result_put(engine.result);
	tb_bench_forget();
}
