// SPDX-License-Identifier: GPL-2.0
/*
 * open_loop.c - the open loop of one thread
 *
 * In a closed loop a thread that waits for a lock does not ask for the next
 * one: the load gives way just when the lock is slow, and the operations that
 * would have waited behind the slow one are not made, let alone measured
 * (coordinated omission). In an open loop operations arrive when they do. A
 * thread that is late works off its queue, and the time of each operation
 * counts from when it was to begin.
 *
 * A thread looks at its arrivals between two operations. Nothing leaves the
 * queue in between, so it finds out then, exactly, which of them found it full
 * (arrivals.c).
 *
 * A thread without work sleeps until the next arrival, so response_ns has the
 * time it takes to wake up in it, for every lock alike. One that has a CPU for
 * itself wakes up POLL_NS earlier and waits for the moment. Where others may
 * want the CPU it must not: what they measure would be its waiting.
 *
 * What was to begin in the window and has not ended when it closes is in no
 * histogram, and the slower the lock the more that is. So it is counted, and
 * the longest that any of it has taken by then is told.
 */
#include <linux/overflow.h>
#include <linux/topology.h>

#include "base/clock.h"
#include "base/compat.h"
#include "locks.h"
#include "nap.h"
#include "open_loop.h"
#include "run.h"
#include "worker.h"

/* See above; and when a sleeper looks for the end of the run. */
#define POLL_NS (20 * NSEC_PER_USEC)
#define SLICE_NS (20 * NSEC_PER_MSEC)

/* Arrivals are caught up with in steps, between which the end is looked for. */
#define STEP_NS (50 * NSEC_PER_MSEC)

/**
 * tb_open_make() - make the open loop of a thread
 * @w: the thread
 * @index: its number in the run, from 0
 *
 * Context: process context, may sleep. Free with kvfree().
 * Return: the loop or NULL
 */
struct tb_open *tb_open_make(struct tb_worker *w, u32 index)
{
	u32 max = w->run->plan.config.queue_max;
	struct tb_open *o;

	o = tb_alloc_lines_node(1, struct_size(o, ring, max),
				cpu_to_node(w->cpu));
	if (!o)
		return NULL;
	tb_arrivals_init(&o->arrivals, w->run->plan.workload, index, o->ring,
			 max);
	o->alone = w->run->plan.config.threads_per_cpu +
			   w->run->plan.config.bystanders ==
		   1;
	return o;
}

static unsigned int phase_now(struct tb_worker *w)
{
	/* Pairs with tb_run_set_phase() in run.c. */
	return smp_load_acquire(&w->run->phase);
}

/* The window opened at @ns, maybe some time ago. */
static void begin_count(struct tb_open *o, u64 ns)
{
	if (ns > o->begun_ns)
		tb_arrivals_until(&o->arrivals, ns - o->begun_ns);
	o->counted = true;
	o->arrived = o->arrivals.arrived;
	o->refused = o->arrivals.refused;
	o->arrivals.peak = o->arrivals.waiting;
}

/* All arrivals up to now; false if the run is over. */
static bool catch_up(struct tb_worker *w, u64 now)
{
	struct tb_open *o = w->open;
	u64 until = o->begun_ns;
	unsigned int phase;

	for (;;) {
		phase = phase_now(w);
		if (phase >= TB_PHASE_COOL)
			return false;
		if (phase == TB_PHASE_RUN && !o->counted)
			begin_count(o, w->run->run_ns);
		if (until == now)
			return true;
		until = max(until,
			    o->begun_ns + tb_arrivals_next_ns(&o->arrivals));
		until = min(now, until + STEP_NS);
		tb_arrivals_until(&o->arrivals, until - o->begun_ns);
		compat_relax_cpu();
	}
}

static enum tb_go wait_for_next(struct tb_worker *w, u64 now)
{
	u64 next = w->open->begun_ns + tb_arrivals_next_ns(&w->open->arrivals);
	u64 wait = next > now ? next - now : 0;

	if (w->open->alone)
		wait = wait > POLL_NS ? wait - POLL_NS : 0;
	if (wait && tb_nap(w, min(wait, SLICE_NS)) == TB_AWAY)
		return TB_AWAY;
	compat_relax_cpu();
	return TB_GO;
}

/**
 * tb_open_wait() - wait for the next operation that is to be made
 * @w: the thread, not before its run's gate has opened
 * @again: an inline one that was told TB_AWAY here
 *
 * Context: the thread itself, may sleep.
 * Return: TB_GO, or TB_OVER; TB_AWAY to an inline thread
 */
enum tb_go tb_open_wait(struct tb_worker *w, bool again)
{
	struct tb_open *o = w->open;
	u64 now;

	if (again && tb_nap_again(w) == TB_AWAY)
		return TB_AWAY;
	now = tb_clock_ns();
	o->due_ns = 0;
	if (!o->begun_ns)
		o->begun_ns = now;
	while (catch_up(w, now)) {
		if (o->arrivals.waiting) {
			o->due_ns =
				o->begun_ns + tb_arrivals_take(&o->arrivals);
			return TB_GO;
		}
		if (wait_for_next(w, now) == TB_AWAY)
			return TB_AWAY;
		now = tb_clock_ns();
	}
	return TB_OVER;
}

/**
 * tb_open_close() - arrivals of the rest of the window count, too
 * @w: the thread, which has left its loop
 *
 * Context: the thread itself.
 */
void tb_open_close(struct tb_worker *w)
{
	struct tb_counts *n = &w->counts;
	struct tb_open *o = w->open;
	u64 run_ns = w->run->run_ns, cool_ns = w->run->cool_ns, oldest_ns;

	if (!o->begun_ns || !run_ns || cool_ns <= o->begun_ns)
		return;
	if (!o->counted)
		begin_count(o, run_ns);
	tb_arrivals_until(&o->arrivals, cool_ns - o->begun_ns);
	n->arrivals = o->arrivals.arrived - o->arrived;
	n->refused = o->arrivals.refused - o->refused;
	n->queue_peak = o->arrivals.peak;

	/* The one that was being made, if any, is the oldest. */
	oldest_ns = o->due_ns;
	n->queue_left = o->arrivals.waiting + !!oldest_ns;
	if (!oldest_ns && o->arrivals.waiting)
		oldest_ns = o->begun_ns + tb_arrivals_take(&o->arrivals);
	if (oldest_ns && oldest_ns < cool_ns)
		n->queue_oldest_ns = cool_ns - oldest_ns;
}
