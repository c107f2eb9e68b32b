// SPDX-License-Identifier: GPL-2.0
/*
 * wait.c - how the executing thread waits: with sched=fifo the threads of the run
 * rest at the end of each of their turns, whatever is waited for
 */
#include <linux/wait.h>

#include "base/clock.h"
#include "fifo.h"
#include "run.h"
#include "wait.h"

/* Interruptible: an hour of it is no hung task. No signal comes. */
static bool wait_until(struct tb_run *run, bool (*done)(const struct tb_run *),
		       u64 end)
{
	s64 ns = end - tb_clock_ns();

	if (ns > 0)
		wait_event_interruptible_hrtimeout(run->events, done(run),
						   ns_to_ktime(ns));
	return done(run);
}

/**
 * tb_run_wait_for() - wait for something, for a while
 * @run: the run
 * @done: has it come about? Whatever makes it true wakes run->events
 * @ns: how long at most
 *
 * Between the turns of sched=fifo the threads rest. Every wait of the executing
 * thread for threads of a run is made here.
 *
 * Context: the executing thread, sleeps.
 * Return: what @done says in the end
 */
bool tb_run_wait_for(struct tb_run *run, bool (*done)(const struct tb_run *run),
		     u64 ns)
{
	u64 end = tb_clock_ns() + ns;
	u64 turn = tb_fifo_turn_ends(run);

	for (; turn < end; turn = tb_fifo_turn_ends(run)) {
		if (wait_until(run, done, turn))
			return true;
		tb_fifo_rest(run);
	}
	return wait_until(run, done, end);
}

static bool run_is_ending(const struct tb_run *run)
{
	return tb_run_ending(run);
}

/**
 * tb_run_wait() - wait for a while, or until the run is to end
 * @run: the run
 * @ns: how long at most
 *
 * Context: the executing thread, sleeps.
 */
void tb_run_wait(struct tb_run *run, u64 ns)
{
	tb_run_wait_for(run, run_is_ending, ns);
}
