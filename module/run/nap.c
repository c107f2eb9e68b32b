// SPDX-License-Identifier: GPL-2.0
/*
 * nap.c - sleep of a given length, on the scheduler that the thread runs on
 */
#include <linux/hrtimer.h>
#include <linux/sched.h>

#include "inline.h"
#include "lwkt/core/sched.h"
#include "nap.h"
#include "worker.h"

/**
 * tb_nap() - sleep
 * @w: the thread
 * @ns: how long
 *
 * Context: the thread itself, sleeps.
 * Return: TB_GO; TB_AWAY to an inline thread, which calls tb_nap_again() when its
 * runner goes on with it
 */
enum tb_go tb_nap(struct tb_worker *w, u64 ns)
{
	ktime_t end;

	if (w->inl) {
		w->inl->nap_end = ktime_add_ns(ktime_get(), ns);
		return tb_nap_again(w);
	}
	if (w->td) {
		lwkt_sleep_ns(ns);
		return TB_GO;
	}
	/* A lock's late wakeup may end a sleep early: sleep on. */
	end = ktime_add_ns(ktime_get(), ns);
	do {
		set_current_state(TASK_IDLE);
	} while (schedule_hrtimeout(&end, HRTIMER_MODE_ABS));
	return TB_GO;
}

/**
 * tb_nap_again() - sleep on, if it is not over
 * @w: an inline thread that was told TB_AWAY by tb_nap()
 *
 * Context: the thread itself.
 * Return: TB_GO: it is over; TB_AWAY
 */
enum tb_go tb_nap_again(struct tb_worker *w)
{
	return lwkt_sleep_until(w->td, w->inl->nap_end) ? TB_AWAY : TB_GO;
}
