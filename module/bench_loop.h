/* SPDX-License-Identifier: GPL-2.0 */
/*
 * bench_loop.h - the timed loop, emitted once per lock by including this file
 *
 * A variant defines, before it includes this:
 *
 *   static __always_inline void take(struct tb_worker *w)   take w->stream.set
 *   static __always_inline void give(struct tb_worker *w)   release all of it
 *   static __always_inline void pair(struct tb_worker *w)   get + release lock 0
 *   #define LOOP_FLAGS ...                                  its TB_FLAG()s
 *
 * and gets loop_full(), loop_throughput() and pairs() for its struct
 * tb_variant. Everything in here is inlined: between two clock readings of
 * measure=full stand the lock's own code, the checker's few stores and the
 * work, and no call through a pointer.
 *
 * ONE OPERATION
 *
 *   next set  t0  take  t1  check in  work  check out  t2  release  count  think
 *
 *   acquire_ns = t1 - t0, hold_ns = t2 - t1. With measure=throughput no clock
 *   is read. The set of the operation is drawn outside the timed part.
 *
 * THE CHECKER
 *
 *   Each lock protects an object. Inside the section the thread's id stands in
 *   it: found not 0 on the way in, or not its own on the way out, somebody
 *   else was inside (violations). Its counter is incremented without any
 *   atomicity: at the end of the run it must equal the operations (lost
 *   updates). A lock that gives serialisation up while its holder sleeps
 *   (TB_FLAG(drops)) checks out before the sleep and in again afterwards.
 *   Threads of a lock that claims no exclusion (TB_FLAG(unchecked)) have
 *   private objects: the same instructions without the sharing.
 *
 * THE WINDOW
 *
 *   An operation counts if the phase is TB_PHASE_RUN when it is over. The
 *   phase word is read once per operation (acquire, pairs with set_phase() of
 *   run.c).
 */
#ifndef _TB_BENCH_LOOP_H
#define _TB_BENCH_LOOP_H

#include <linux/hrtimer.h>
#include <linux/smp.h>

#include "clock.h"
#include "compat.h"
#include "hist.h"
#include "lwkt/sched.h"
#include "run.h"
#include "spin.h"
#include "worker.h"
#include "workload.h"

/* With measure=throughput the time slice is looked at every so many operations. */
#define TB_SLICE_OPS 16

static __always_inline struct tb_object *tb_object(struct tb_worker *w, u32 i)
{
	if (LOOP_FLAGS & TB_FLAG(unchecked))
		return &w->objects[i];
	return &w->objects[w->stream.set[i]];
}

/*
 * True if nobody else is inside; @released gets the time when the last lock of
 * the set was released, 0 if nobody recorded it.
 */
static __always_inline bool tb_check_in(struct tb_worker *w, u64 *released)
{
	bool alone = true;
	u32 i;

	*released = 0;
	for (i = 0; i < w->stream.set_size; i++) {
		struct tb_object *o = tb_object(w, i);
		u64 at = READ_ONCE(o->released_ns);

		alone &= !READ_ONCE(o->owner);
		WRITE_ONCE(o->owner, w->id);
		if (at > *released)
			*released = at;
	}
	return alone;
}

/* True if nobody else has been inside since tb_check_in(). */
static __always_inline bool tb_check_out(struct tb_worker *w, bool done,
					 u64 now)
{
	bool alone = true;
	u32 i;

	for (i = 0; i < w->stream.set_size; i++) {
		struct tb_object *o = tb_object(w, i);

		alone &= READ_ONCE(o->owner) == w->id;
		WRITE_ONCE(o->owner, 0);
		if (done)
			WRITE_ONCE(o->counter, READ_ONCE(o->counter) + 1);
		if (now)
			WRITE_ONCE(o->released_ns, now);
	}
	return alone;
}

static __always_inline void tb_sleep(u64 ns)
{
	ktime_t end;

	if (LOOP_FLAGS & TB_FLAG(lwkt)) {
		lwkt_sleep_ns(ns);
		return;
	}
	/* A lock's late wakeup may end a sleep early: sleep on. */
	end = ktime_add_ns(ktime_get(), ns);
	do {
		set_current_state(TASK_IDLE);
	} while (schedule_hrtimeout(&end, HRTIMER_MODE_ABS));
}

/* The work of one section; true if nobody else was seen around its sleep. */
static __always_inline bool tb_section(struct tb_worker *w, bool full)
{
	u64 half = w->hold_loops / 2, released;
	bool alone = true;

	if (likely(!w->stream.block)) {
		tb_spin(w->hold_loops);
		return true;
	}
	tb_spin(half);
	if (LOOP_FLAGS & TB_FLAG(drops))
		alone &= tb_check_out(w, false, full ? tb_clock_ns() : 0);
	tb_sleep(w->run->config.block_ns);
	if (LOOP_FLAGS & TB_FLAG(drops))
		alone &= tb_check_in(w, &released);
	tb_spin(w->hold_loops - half);
	return alone;
}

/* Where DragonFly returns to user mode: the time slice may end here. */
static __always_inline void tb_slice(struct tb_worker *w, bool full, u64 now)
{
	if (!(LOOP_FLAGS & TB_FLAG(lwkt)))
		return;
	if (full) {
		lwkt_user_yield(now);
	} else if (++w->slice_ops == TB_SLICE_OPS) {
		w->slice_ops = 0;
		lwkt_user_yield(tb_clock_ns());
	}
}

static __always_inline void tb_record(struct tb_worker *w, u64 t0, u64 t1,
				      u64 t2, u64 released)
{
	u64 since = max(w->last_ns, w->run->run_ns);

	tb_hist_record(&w->hist[TB_HIST_acquire_ns], t1 - t0);
	tb_hist_record(&w->hist[TB_HIST_hold_ns], t2 - t1);
	if (released > t0 && released < t1)
		tb_hist_record(&w->hist[TB_HIST_handoff_ns], t1 - released);
	if (t2 > since && t2 - since > w->longest_gap_ns)
		w->longest_gap_ns = t2 - since;
	if (unlikely(t2 >= w->slot_end_ns))
		tb_worker_mark(w, t2);
}

/* Where the locks of the set are, if they share places (pool tokens). */
static __always_inline void tb_map_set(struct tb_worker *w)
{
	u32 i;

	if (likely(!w->lock_map))
		return;
	for (i = 0; i < w->stream.set_size; i++)
		w->lock_set[i] = w->lock_map[w->stream.set[i]];
}

static __always_inline void tb_loop(struct tb_worker *w, bool full)
{
	struct tb_run *run = w->run;
	u64 t0 = 0, t1 = 0, t2 = 0, released;
	unsigned int phase;
	bool alone;

	do {
		tb_stream_next(&w->stream);
		tb_map_set(w);
		if (full)
			t0 = tb_clock_ns();
		take(w);
		if (full)
			t1 = tb_clock_ns();
		alone = tb_check_in(w, &released);
		alone &= tb_section(w, full);
		if (full)
			t2 = tb_clock_ns();
		alone &= tb_check_out(w, true, t2);
		give(w);

		/* Pairs with set_phase() in run.c. */
		phase = smp_load_acquire(&run->phase);
		w->ops_all++;
		w->violations += !alone;
		w->moved |= raw_smp_processor_id() != w->cpu;
		if (likely(phase == TB_PHASE_RUN)) {
			w->ops++;
			w->blocks += w->stream.block;
			if (full)
				tb_record(w, t0, t1, t2, released);
		}
		if (phase < TB_PHASE_COOL)
			w->last_ns = t2;
		tb_slice(w, full, t2);
		tb_spin(w->think_loops);
		compat_relax_cpu();
	} while (phase < TB_PHASE_COOL && w->ops_all != w->ops_limit);
}

static void loop_full(struct tb_worker *w)
{
	tb_loop(w, true);
}

static void loop_throughput(struct tb_worker *w)
{
	tb_loop(w, false);
}

static void pairs(struct tb_worker *w, u32 n)
{
	while (n--)
		pair(w);
}

#endif /* _TB_BENCH_LOOP_H */
