// SPDX-License-Identifier: GPL-2.0
/*
 * foreign.c - a task that is no LWKT thread asks which LWKT thread it is, and is
 * stopped in the middle while the world ends
 *
 * What it would read of a thread then is freed: KASAN's kernel tells.
 */
#include <linux/kthread.h>
#include <linux/sched/task.h>

#include "suites.h"

/* Stopped where it has just seen what is current on a CPU. */
static void stop_hook(enum lwkt_testpoint point, struct lwkt_thread *td,
		      unsigned int n)
{
	struct st *t = st_hooked();

	if (point != LWKT_TP_FOREIGN || st_now(t) != n)
		return;
	st_step(t, ST_CPUS);
	st_until(t, st_now(t) > ST_CPUS);
}

static int foreign_main(void *arg)
{
	struct st *t = arg;

	ST_CHECK(t, lwkt_curthread() == lwkt_nobody);
	while (!kthread_should_stop()) {
		set_current_state(TASK_IDLE);
		if (!kthread_should_stop())
			schedule();
		__set_current_state(TASK_RUNNING);
	}
	return 0;
}

/* Its last CPU, so that it has been past the others. */
static void setup_ends_meanwhile(struct st *t)
{
	struct task_struct *task;

	st_step(t, t->cpus[t->ncpus - 1]);
	st_hook(t, stop_hook);
	if (!st_world(t))
		return;
	task = kthread_run(foreign_main, t, "lwkt_foreign");
	if (IS_ERR(task)) {
		st_fail(t, "no thread: error %ld", PTR_ERR(task));
		return;
	}
	get_task_struct(task);
	st_until(t, st_at(t, ST_CPUS));
	lwkt_stop();
	t->world = false;
	st_step(t, ST_CPUS + 1);
	kthread_stop(task);
	put_task_struct(task);
}

static const struct st_case cases[] = { { "world_ends_meanwhile",
					  setup_ends_meanwhile, true },
					{} };

const struct st_suite st_suite_foreign = { "foreign", cases };
