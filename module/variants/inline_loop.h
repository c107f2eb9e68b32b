/* SPDX-License-Identifier: GPL-2.0 */
/*
 * inline_loop.h - the timed loop of inline threads, emitted once per lock of the
 * LWKT scheduler by including this file, which includes bench_loop.h
 *
 * A variant defines what bench_loop.h asks for, and
 *
 *   static __always_inline int take_one(struct tb_worker *w, u32 i, bool again)
 *       takes the i-th lock of the set: 0, or LWKT_AWAY, and then is called with
 *       @again when the runner goes on with the thread, until it returns 0
 *
 * and gets inline_full(), inline_full_tsc() and inline_throughput() for its struct
 * tb_variant.
 *
 * The operation is that of bench_loop.h, out of the same pieces in the same order.
 * Where it may have to wait its state goes to struct tb_inline, the thread
 * returns to the runner, and comes back to the case of that step. Between
 * two operations that do not wait nothing is switched.
 */
#ifndef _TB_INLINE_LOOP_H
#define _TB_INLINE_LOOP_H

#include "bench_loop.h"
#include "run/inline.h"

/* The rest of the set; @again: the runner goes on with the thread. */
static __always_inline int tb_take_rest(struct tb_worker *w,
					struct tb_inline *o, bool again)
{
	for (; o->taken < w->stream.set_size; o->taken++) {
		if (unlikely(take_one(w, o->taken, again)))
			return LWKT_AWAY;
		again = false;
	}
	return 0;
}

/* The thread has to wait, and comes back to @step. */
static __always_inline enum tb_go tb_away_at(struct tb_inline *o,
					     enum tb_step step)
{
	o->step = step;
	return TB_AWAY;
}

/*
 * From where the thread is in its operations up to where it has to wait, or has
 * nothing more to do (TB_OVER).
 */
static __always_inline enum tb_go tb_operate(struct tb_worker *w, bool full,
					     bool tsc)
{
	struct tb_inline *o = w->inl;
	enum tb_step step = o->step;
	/* It comes back to the step, for the first one of this call. */
	bool again = true;
	enum tb_go go;
	u64 t2 = 0;

	if (unlikely(step < TB_STEP_NEXT)) {
		go = tb_inline_begin(w);
		if (go != TB_GO)
			return go;
		step = TB_STEP_NEXT;
	}
	for (;;) {
		switch (step) {
		default:
			tb_stream_next(&w->stream);
			again = false;
			fallthrough;
		case TB_STEP_CHORES:
			go = TB_GO;
			if (unlikely(w->chores & TB_CHORES_BEFORE))
				go = tb_chores_before(w, again);
			if (go == TB_AWAY)
				return tb_away_at(o, TB_STEP_CHORES);
			if (go == TB_OVER)
				return go;
			if (full)
				o->t0 = tb_clock_read(tsc);
			o->taken = 0;
			again = false;
			fallthrough;
		case TB_STEP_TAKE:
			if (tb_take_rest(w, o, again))
				return tb_away_at(o, TB_STEP_TAKE);
			if (full)
				o->t1 = tb_clock_read(tsc);
			o->alone = tb_check_in(w, full, &o->seen);
			o->alone &= tb_section(w, full, tsc, &o->seen);
			if (tb_sleeps(w) &&
			    tb_nap(w, w->run->plan.config.block_ns) == TB_AWAY)
				return tb_away_at(o, TB_STEP_ASLEEP);
			again = false;
			fallthrough;
		case TB_STEP_ASLEEP:
			if (again && tb_nap_again(w) == TB_AWAY)
				return tb_away_at(o, TB_STEP_ASLEEP);
			if (tb_sleeps(w))
				o->alone &= tb_section_after(w, full, &o->seen);
			if (full)
				t2 = tb_clock_read(tsc);
			o->alone &= tb_check_out(w, full, true, t2, &o->seen);
			release_set(w);
			o->phase = tb_account(w, full, o->alone, o->t0, o->t1,
					      t2, o->seen.released);
			if (tb_slice(w, full, t2))
				return tb_away_at(o, TB_STEP_YIELDED);
			fallthrough;
		case TB_STEP_YIELDED:
			tb_spin(w->think_loops);
			compat_relax_cpu();
			if (!tb_goes_on(w, o->phase))
				return TB_OVER;
		}
		step = TB_STEP_NEXT;
	}
}

static __always_inline void tb_run_inline(struct lwkt_thread *td, bool full,
					  bool tsc)
{
	struct lwkt_globaldata *gd = td->td_gd;

	do {
		struct tb_worker *w = td->td_arg;

		if (tb_operate(w, full, tsc) == TB_OVER)
			tb_inline_end(w);
		td = lwkt_inline_next(gd);
	} while (td);
}

static void inline_full(struct lwkt_thread *td)
{
	tb_run_inline(td, true, false);
}

static void inline_full_tsc(struct lwkt_thread *td)
{
	tb_run_inline(td, true, true);
}

static void inline_throughput(struct lwkt_thread *td)
{
	tb_run_inline(td, false, false);
}

#endif /* _TB_INLINE_LOOP_H */
