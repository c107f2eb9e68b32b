// SPDX-License-Identifier: GPL-2.0
/*
 * stuck.c - notices that no thread makes progress
 *
 * PROBLEM
 *
 *   The executing thread waits for all others twice: until they are at the
 *   gate, and until they have left. A lock that loses a wakeup, or threads that
 *   undo one another's tries for ever, would make it wait for ever, and its
 *   user with it.
 *
 * WHAT IS NOTICED
 *
 *   That for a whole limit no thread of the run has completed an operation,
 *   come to the gate, entered its loop or left. One that makes progress is
 *   enough: being slow is no fault. In the time between, the window, nothing is
 *   looked at, so as not to disturb it.
 *
 *   The limit is STUCK_NS, and besides it what the threads of a CPU need at
 *   most for one operation each, with draws (draw.c) of up to OP_MEANS means.
 *
 * WHAT HAPPENS
 *
 *   stuck_ns is set, once, and the engine reports it; the run counts as FAILED.
 *   A kthread cannot be killed. So the wait goes on, and if the threads do
 *   leave one day, all ends as ever.
 */
#include <linux/wait.h>

#include "base/clock.h"
#include "gate.h"
#include "run.h"
#include "stuck.h"
#include "wait.h"

#define STUCK_NS (20ULL * NSEC_PER_SEC)

/* Exponential: at most ln 2^33 means; bimodal less. */
#define OP_MEANS 23

/* ns of one operation; at most 3e9, by the ranges of the parameters. */
static u64 op_ns(const struct tb_plan *plan)
{
	u64 hold = 0, think = 0;
	u32 i;

	for (i = 0; i < max(plan->ngroups, 1U); i++) {
		hold = max(hold, plan->workload[i].hold_ns);
		think = max(think, plan->workload[i].think_ns);
	}
	return hold + think + plan->config.block_ns;
}

static u64 limit_ns(const struct tb_run *run)
{
	return STUCK_NS + op_ns(&run->plan) * OP_MEANS *
				  DIV_ROUND_UP(run->nthreads, run->plan.ncpus);
}

/* A number that changes whenever a thread makes progress. */
static u64 sum_progress(const struct tb_run *run)
{
	u64 sum = atomic_read(&run->armed) + atomic_read(&run->entered) -
		  atomic_read(&run->live);
	u32 i;

	for (i = 0; i < run->nthreads; i++)
		/* Its thread may be adding to it: that is what is looked for. */
		sum += data_race(run->workers[i]->ops_all);
	return sum;
}

/**
 * tb_stuck_wait() - wait until the threads of a run have done something
 * @run: the run
 * @done: have they? Whatever makes it true wakes run->events
 * @changed: called when they are found to be stuck; may sleep
 *
 * Context: the executing thread, sleeps.
 */
void tb_stuck_wait(struct tb_run *run, bool (*done)(const struct tb_run *run),
		   void (*changed)(void))
{
	u64 since = tb_clock_ns(), before = sum_progress(run), now, sum;

	while (!tb_run_wait_for(run, done, NSEC_PER_SEC)) {
		/* One that hangs on purpose (fault.c) waits for a stop. */
		if (tb_run_ending(run))
			tb_gate_look(run, NULL);
		now = tb_clock_ns();
		sum = sum_progress(run);
		if (sum != before) {
			since = now;
			before = sum;
		}
		if (run->stuck_ns || now - since < limit_ns(run))
			continue;
		WRITE_ONCE(run->stuck_ns, now - since);
		changed();
	}
}
