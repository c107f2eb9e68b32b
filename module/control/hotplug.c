// SPDX-License-Identifier: GPL-2.0
/*
 * hotplug.c - a CPU of a run that goes offline ends the run, and so does the last
 * one that sched=fifo has left free
 *
 * The callback only says so, and the run becomes INVALID: Linux moves the
 * threads to another CPU, where they come to their end (nothing in the LWKT
 * port depends on where they are). It must not wait for anything, since it is
 * called with the hotplug lock held for writing, which a start wants to read.
 */
#include <linux/cpuhotplug.h>
#include <linux/cpumask.h>
#include <linux/spinlock.h>

#include "hotplug.h"
#include "run/fifo.h"
#include "run/run.h"

/* Protects watched, and keeps the run alive while it is told. */
static DEFINE_SPINLOCK(lock);
static struct tb_run *watched;

static int state;

static int cpu_goes_offline(unsigned int cpu)
{
	spin_lock(&lock);
	if (watched && cpumask_test_cpu(cpu, watched->plan.cpus)) {
		if (!READ_ONCE(watched->cpu_lost))
			watched->lost_cpu = cpu;
		tb_run_stop(watched, true);
	} else if (watched && !tb_fifo_leaves_free(watched, cpu)) {
		if (!READ_ONCE(watched->cpu_lost))
			watched->lost_cpu = cpu;
		watched->crowded = true;
		tb_run_stop(watched, true);
	}
	spin_unlock(&lock);
	return 0;
}

/**
 * tb_hotplug_watch() - end this run if one of its CPUs goes offline
 * @run: the run, or NULL before it is taken down
 *
 * Context: process context. To miss no CPU, under the cpus_read_lock() under
 * which the CPUs were chosen.
 */
void tb_hotplug_watch(struct tb_run *run)
{
	spin_lock(&lock);
	watched = run;
	spin_unlock(&lock);
}

/**
 * tb_hotplug_init() - begin to watch
 *
 * Context: process context, may sleep.
 * Return: 0 or -errno
 */
int tb_hotplug_init(void)
{
	state = cpuhp_setup_state_nocalls(CPUHP_AP_ONLINE_DYN,
					  "tokbench:online", NULL,
					  cpu_goes_offline);
	return state < 0 ? state : 0;
}

/**
 * tb_hotplug_exit() - watch no more; nothing is watched
 *
 * Context: process context, may sleep.
 */
void tb_hotplug_exit(void)
{
	cpuhp_remove_state_nocalls(state);
}
