// SPDX-License-Identifier: GPL-2.0
/*
 * nap.c - sleep of a given length, on the scheduler that the thread runs on
 */
#include <linux/hrtimer.h>
#include <linux/sched.h>

#include "lwkt/core/sched.h"
#include "nap.h"
#include "worker.h"

/**
 * tb_nap() - sleep
 * @w: the thread
 * @ns: how long
 *
 * Context: the thread itself, sleeps.
 */
void tb_nap(struct tb_worker *w, u64 ns)
{
	ktime_t end;

	if (w->td) {
		lwkt_sleep_ns(ns);
		return;
	}
	/* A lock's late wakeup may end a sleep early: sleep on. */
	end = ktime_add_ns(ktime_get(), ns);
	do {
		set_current_state(TASK_IDLE);
	} while (schedule_hrtimeout(&end, HRTIMER_MODE_ABS));
}
