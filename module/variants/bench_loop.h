/* SPDX-License-Identifier: GPL-2.0 */
/*
 * bench_loop.h - the timed loop, emitted once per lock by including this file
 *
 * A variant defines, before it includes this:
 *
 *   static __always_inline void take_set(struct tb_worker *w)
 *       takes w->stream.set
 *   static __always_inline void release_set(struct tb_worker *w)
 *       releases all of it
 *   static __always_inline void pair_once(struct tb_worker *w, bool shared)
 *       takes lock 0 and releases it
 *   #define LOOP_FLAGS ...                                  its TB_FLAG()s
 *
 * the first two in shared mode when w->stream.shared says so and the third when
 * @shared does, if the lock has one (TB_FLAG(shared)),
 *
 * and gets loop_full(), loop_full_tsc(), loop_throughput() and pairs() for its
 * struct tb_variant. Everything in here is inlined: between two clock readings of
 * measure=full stand the lock's own code, the checker's few stores and the
 * work, and no call through a pointer.
 *
 * ONE OPERATION
 *
 *   next set  chores  t0  take  t1  check in  work  check out  t2  release
 *   count  chores  think
 *
 *   acquire_ns = t1 - t0, hold_ns = t2 - t1. With measure=throughput no clock
 *   is read. The set of the operation is drawn outside the timed part, and
 *   what only some workloads want done per operation (w->chores, chores.c) is
 *   outside of it, too: one test of a word for those that want nothing.
 *
 *   What is rare has one comparison for each of it here and the rest out of line
 *   (worker.c, hist.c). The time of the release is stored whether the run keeps
 *   handoff_ns or not: the line is dirty from the two stores before, and a test
 *   would take longer.
 *
 *   The clock may step back from one reading to another. Whatever is recorded
 *   can tell a negative time from a long one (hist.h).
 *
 * THE WORK
 *
 *   First the lines that the locks protect are touched, if there are any, then
 *   the thread is busy. It gives way to Linux in long sections, but not under
 *   a lock whose holder must not sleep (no TB_FLAG(blocks)).
 *
 * THE CHECKER
 *
 *   Each lock protects an object. Inside the section the thread's id stands in
 *   it: found not 0 on the way in, or not its own on the way out, another
 *   thread was inside (violations). Its counter is incremented without any
 *   atomicity: at the end of the run it must equal the operations (lost
 *   updates). A shared section writes nothing: it must find 0 both times, and
 *   the counter as it was; every writer that was inside meanwhile left one of
 *   the three changed. A lock that gives serialisation up while its holder sleeps
 *   (TB_FLAG(drops)) checks out before the sleep and in again afterwards.
 *   Threads of a lock that claims no exclusion (TB_FLAG(unchecked)) have
 *   private objects: the same instructions without the sharing.
 *
 * THE WINDOW
 *
 *   An operation counts if the phase is TB_PHASE_RUN when it is over. The
 *   phase word is read once per operation (acquire, pairs with
 *   tb_run_set_phase() of run.c). A wait that has not ended when the window
 *   closes is in no histogram, and the slower the lock the more there are. So
 *   each thread notes whether it was waiting then, and for how long. With an
 *   open loop, open_loop.c does.
 */
#ifndef _TB_BENCH_LOOP_H
#define _TB_BENCH_LOOP_H

#include <linux/smp.h>

#include "base/clock.h"
#include "base/compat.h"
#include "base/spin.h"
#include "lwkt/core/sched.h"
#include "pure/hist.h"
#include "pure/workload.h"
#include "run/chores.h"
#include "run/nap.h"
#include "run/run.h"
#include "run/worker.h"

/* With measure=throughput the time slice is looked at every so many operations. */
#define TB_SLICE_OPS 16

/* Where in w->objects the data of the set's i-th lock is. */
static __always_inline u32 tb_place(struct tb_worker *w, u32 i)
{
	return LOOP_FLAGS & TB_FLAG(unchecked) ? i : w->stream.set[i];
}

static __always_inline struct tb_object *tb_object(struct tb_worker *w, u32 i)
{
	return &w->objects[tb_place(w, i)];
}

static __always_inline u64 *tb_lines(struct tb_worker *w, u32 i)
{
	return w->lines +
	       (size_t)tb_place(w, i) * w->touch_lines * TB_LINE_WORDS;
}

/* Does this operation take its set shared? */
static __always_inline bool tb_shared(struct tb_worker *w)
{
	return LOOP_FLAGS & TB_FLAG(shared) && w->stream.shared;
}

/* One lock of the set; true if no other thread is inside. */
static __always_inline bool tb_enter(struct tb_worker *w, u32 i, u64 *counters)
{
	struct tb_object *o = tb_object(w, i);
	bool alone = !READ_ONCE(o->owner);

	if (tb_shared(w))
		*counters += READ_ONCE(o->counter);
	else
		WRITE_ONCE(o->owner, w->id);
	return alone;
}

/* True if no other thread is inside. */
static __always_inline bool tb_check_in(struct tb_worker *w, bool full,
					struct tb_seen *seen)
{
	bool alone;
	u32 i;

	/* There is a first one, and nothing to compare it with. */
	seen->released = full ? READ_ONCE(tb_object(w, 0)->released_ns) : 0;
	seen->counters = 0;
	alone = tb_enter(w, 0, &seen->counters);
	for (i = 1; i < w->stream.set_size; i++) {
		if (full)
			seen->released =
				max(seen->released,
				    READ_ONCE(tb_object(w, i)->released_ns));
		alone &= tb_enter(w, i, &seen->counters);
	}
	return alone;
}

/* True if no writer has been inside since tb_check_in(). */
static __always_inline bool tb_check_out_shared(struct tb_worker *w,
						const struct tb_seen *seen)
{
	u64 counters = 0;
	bool alone = true;
	u32 i;

	for (i = 0; i < w->stream.set_size; i++) {
		struct tb_object *o = tb_object(w, i);

		alone &= !READ_ONCE(o->owner);
		counters += READ_ONCE(o->counter);
	}
	return alone && counters == seen->counters;
}

/* True if no other thread has been inside since tb_check_in(). */
static __always_inline bool tb_check_out(struct tb_worker *w, bool full,
					 bool done, u64 now,
					 const struct tb_seen *seen)
{
	bool alone = true;
	u32 i;

	if (tb_shared(w))
		return tb_check_out_shared(w, seen);
	for (i = 0; i < w->stream.set_size; i++) {
		struct tb_object *o = tb_object(w, i);

		alone &= READ_ONCE(o->owner) == w->id;
		WRITE_ONCE(o->owner, 0);
		if (done)
			WRITE_ONCE(o->counter, READ_ONCE(o->counter) + 1);
		if (full)
			WRITE_ONCE(o->released_ns, now);
	}
	return alone;
}

static __always_inline void tb_busy(u64 loops)
{
	if (LOOP_FLAGS & TB_FLAG(blocks))
		tb_spin(loops);
	else
		tb_spin_chunk(loops);
}

/* Read and write the lines behind each lock of the set; shared: read them. */
static __always_inline void tb_touch(struct tb_worker *w)
{
	u32 n = w->touch_lines, i, j;

	for (i = 0; i < w->stream.set_size; i++) {
		u64 *line = tb_lines(w, i);

		for (j = 0; j < n; j++, line += TB_LINE_WORDS) {
			u64 v = READ_ONCE(*line);

			if (!tb_shared(w))
				WRITE_ONCE(*line, v + 1);
		}
	}
}

/* Does the operation sleep inside its section? */
static __always_inline bool tb_sleeps(struct tb_worker *w)
{
	return LOOP_FLAGS & TB_FLAG(blocks) && unlikely(w->stream.block);
}

/*
 * The section up to where it sleeps; all of it if it does not. True if no other
 * thread was seen.
 */
static __always_inline bool tb_section(struct tb_worker *w, bool full, bool tsc,
				       const struct tb_seen *seen)
{
	if (w->touch_lines)
		tb_touch(w);
	if (!tb_sleeps(w)) {
		tb_busy(w->hold_loops);
		return true;
	}
	tb_busy(w->hold_loops / 2);
	if (LOOP_FLAGS & TB_FLAG(drops))
		return tb_check_out(w, full, false,
				    full ? tb_clock_read(tsc) : 0, seen);
	return true;
}

/* What comes after the sleep; true if no other thread was seen. */
static __always_inline bool tb_section_after(struct tb_worker *w, bool full,
					     struct tb_seen *seen)
{
	struct tb_seen again;
	bool alone = true;

	if (LOOP_FLAGS & TB_FLAG(drops)) {
		alone = tb_check_in(w, full, &again);
		seen->counters = again.counters;
	}
	tb_busy(w->hold_loops - w->hold_loops / 2);
	return alone;
}

/* Where DragonFly returns to user mode: the time slice may end here. */
static __always_inline int tb_slice(struct tb_worker *w, bool full, u64 now)
{
	if (!(LOOP_FLAGS & TB_FLAG(lwkt)))
		return 0;
	if (full)
		return lwkt_user_yield(now);
	if (++w->slice_ops != TB_SLICE_OPS)
		return 0;
	w->slice_ops = 0;
	return lwkt_user_yield(tb_clock_ns());
}

/* In this order most is not needed any more when it is overwritten. */
static __always_inline void tb_record(struct tb_worker *w, u64 t0, u64 t1,
				      u64 t2, u64 released)
{
	struct tb_hist *hist = w->hist;

	if (released > t0 && released < t1 && w->handoff) {
		tb_hist_record(&hist[TB_HIST_last], t1 - released);
		w->handoffs++;
	}
	if (unlikely(t2 >= w->slot_end_ns))
		tb_worker_mark(w, t2);
	if (unlikely(t2 - w->last_ns > w->counts.longest_gap_ns))
		tb_worker_gap(w, t2);
	w->last_ns = t2;
	tb_hist_record(&hist[TB_HIST_hold_ns], t2 - t1);
	tb_hist_record(&hist[TB_HIST_acquire_ns], t1 - t0);
}

/*
 * The last operation of a thread, which ended after the window: was it waiting
 * for its set when the window closed?
 */
static __always_inline void tb_note_waiting(struct tb_worker *w, u64 t0, u64 t1)
{
	u64 end = w->run->cool_ns;

	if (w->open || t0 >= end || t1 <= end)
		return;
	w->counts.waiting_oldest_ns = end - t0;
}

/* An operation of the window is over. */
static __always_inline void tb_count(struct tb_worker *w)
{
	w->counts.ops++;
	w->counts.blocks += w->stream.block;
	w->counts.nominal_held_ns += w->stream.hold_ns;
	w->nominal_think_ns += w->stream.think_ns;
	if (tb_shared(w))
		w->counts.shared_ops++;
	else
		w->nominal_excl_ns += w->stream.hold_ns;
}

/* The operation is over but for its think time; the phase of the run. */
static __always_inline unsigned int tb_account(struct tb_worker *w, bool full,
					       bool alone, u64 t0, u64 t1,
					       u64 t2, u64 released)
{
	/* Pairs with tb_run_set_phase() in run.c. */
	unsigned int phase = smp_load_acquire(&w->run->phase);

	w->ops_all++;
	w->shared_all += tb_shared(w);
	w->counts.violations += !alone;
	w->moved |= raw_smp_processor_id() != w->cpu;
	if (likely(phase == TB_PHASE_RUN)) {
		tb_count(w);
		if (full)
			tb_record(w, t0, t1, t2, released);
		if (unlikely(w->chores & TB_CHORES_AFTER))
			tb_chores_after(w);
	} else if (full && phase == TB_PHASE_COOL) {
		tb_note_waiting(w, t0, t1);
	}
	return phase;
}

/* Does a thread make another operation? */
static __always_inline bool tb_goes_on(const struct tb_worker *w,
				       unsigned int phase)
{
	return phase < TB_PHASE_COOL && w->ops_all != w->ops_limit;
}

static __always_inline void tb_loop(struct tb_worker *w, bool full, bool tsc)
{
	u64 t0 = 0, t1 = 0, t2 = 0;
	unsigned int phase;
	struct tb_seen seen;
	bool alone;

	do {
		tb_stream_next(&w->stream);
		if (unlikely(w->chores & TB_CHORES_BEFORE) &&
		    tb_chores_before(w, false) != TB_GO)
			break;
		if (full)
			t0 = tb_clock_read(tsc);
		take_set(w);
		if (full)
			t1 = tb_clock_read(tsc);
		alone = tb_check_in(w, full, &seen);
		alone &= tb_section(w, full, tsc, &seen);
		if (tb_sleeps(w)) {
			tb_nap(w, w->run->plan.config.block_ns);
			alone &= tb_section_after(w, full, &seen);
		}
		if (full)
			t2 = tb_clock_read(tsc);
		alone &= tb_check_out(w, full, true, t2, &seen);
		release_set(w);

		phase = tb_account(w, full, alone, t0, t1, t2, seen.released);
		tb_slice(w, full, t2);
		tb_spin(w->think_loops);
		compat_relax_cpu();
	} while (tb_goes_on(w, phase));
}

static void loop_full(struct tb_worker *w)
{
	tb_loop(w, true, false);
}

static void loop_full_tsc(struct tb_worker *w)
{
	tb_loop(w, true, true);
}

static void loop_throughput(struct tb_worker *w)
{
	tb_loop(w, false, false);
}

static void pairs(struct tb_worker *w, u32 n)
{
	/* Two loops: the question must not be part of what is counted. */
	if (LOOP_FLAGS & TB_FLAG(shared) && w->stream.shared) {
		while (n--)
			pair_once(w, true);
		return;
	}
	while (n--)
		pair_once(w, false);
}

#endif /* _TB_BENCH_LOOP_H */
