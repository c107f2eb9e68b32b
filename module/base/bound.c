// SPDX-License-Identifier: GPL-2.0
/*
 * bound.c - kthreads that belong to one CPU, and how they end
 *
 * A kthread ends only after it was told to (kthread_stop), so that no pointer
 * to one that is gone is held, and none runs when the module's text goes. One
 * that has nothing more to do waits for that.
 */
#include <linux/export.h>
#include <linux/kthread.h>
#include <linux/sched.h>
#include <linux/sched/task.h>
#include <linux/topology.h>

#include "bound.h"

/**
 * tb_bound_create() - make a kthread bound to a CPU, not running yet
 * @fn: what it runs; ends with tb_bound_wait_stop()
 * @arg: for @fn
 * @cpu: where
 * @name: its name
 *
 * The caller wakes it. One that is stopped before its first step never runs
 * @fn at all.
 *
 * Context: process context, may sleep; the caller keeps @cpu online.
 * Return: the task, with a reference for the caller, or an ERR_PTR
 */
struct task_struct *tb_bound_create(int (*fn)(void *arg), void *arg, int cpu,
				    const char *name)
{
	struct task_struct *task;

	task = kthread_create_on_node(fn, arg, cpu_to_node(cpu), "%s", name);
	if (!IS_ERR(task)) {
		kthread_bind(task, cpu);
		get_task_struct(task);
	}
	return task;
}
EXPORT_SYMBOL_GPL(tb_bound_create);

/**
 * tb_bound_wait_stop() - sleep until kthread_stop() is called for the caller
 *
 * Context: a kthread, in process context.
 */
void tb_bound_wait_stop(void)
{
	for (;;) {
		set_current_state(TASK_IDLE);
		if (kthread_should_stop())
			break;
		schedule();
	}
	__set_current_state(TASK_RUNNING);
}
EXPORT_SYMBOL_GPL(tb_bound_wait_stop);

/**
 * tb_bound_stop() - stop a kthread and drop the caller's reference
 * @task: from tb_bound_create()
 *
 * Context: process context, sleeps until the kthread is gone.
 */
void tb_bound_stop(struct task_struct *task)
{
	kthread_stop(task);
	put_task_struct(task);
}
EXPORT_SYMBOL_GPL(tb_bound_stop);
