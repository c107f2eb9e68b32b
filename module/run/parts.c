// SPDX-License-Identifier: GPL-2.0
/*
 * parts.c - a window in parts with different numbers of threads (phases)
 *
 * What a lock does under a load may depend on the load it had before: one that
 * has once gone over to queueing may stay there when the threads that made it
 * do so are gone. So the number of threads goes up and down within one run,
 * and the operations of each part are counted apart.
 *
 * On each CPU the threads with the smallest ranks take part; the others are at
 * the gate. A thread looks for its part between two operations only. An
 * operation belongs to the part in which its thread counts it, so that each
 * part also has the last operations of threads that no longer take part.
 */
#include <linux/math64.h>

#include "base/clock.h"
#include "gate.h"
#include "parts.h"
#include "run.h"
#include "worker.h"

static bool run_is_over(struct tb_worker *w)
{
	/* Pairs with tb_run_set_phase() in run.c. */
	return smp_load_acquire(&w->run->phase) >= TB_PHASE_COOL;
}

static bool takes_part(struct tb_worker *w)
{
	return w->rank < READ_ONCE(w->run->active) || run_is_over(w);
}

/**
 * tb_parts_enter() - begin a part of the window
 * @run: a run with parts, in its window
 * @part: number of the part
 *
 * Context: the executing thread.
 */
void tb_parts_enter(struct tb_run *run, u32 part)
{
	if (part)
		run->part_ns[part] = tb_clock_ns();
	WRITE_ONCE(run->part, part);
	/* Ordered before the threads look by tb_gate_look(). */
	WRITE_ONCE(run->active, run->plan.levels[part]);
	tb_gate_look(run, takes_part);
}

/**
 * tb_parts_end_ns() - when a part is to end
 * @run: a run with parts, in its window
 * @part: number of the part
 */
u64 tb_parts_end_ns(const struct tb_run *run, u32 part)
{
	u64 whole = run->plan.config.duration_ms * NSEC_PER_MSEC;

	return run->run_ns + div_u64(whole * (part + 1), run->plan.nparts);
}

/**
 * tb_parts_length_ns() - how long a part was
 * @run: executed
 * @part: number of the part
 *
 * Return: ns; 0 if it never began
 */
u64 tb_parts_length_ns(const struct tb_run *run, u32 part)
{
	u64 end = run->cool_ns;

	if (part + 1 < run->plan.nparts && run->part_ns[part + 1])
		end = run->part_ns[part + 1];
	return run->part_ns[part] ? end - run->part_ns[part] : 0;
}

/**
 * tb_parts_wait() - sleep while the thread does not take part
 * @w: a thread of a run with parts
 * @again: an inline one that was told TB_AWAY here
 *
 * Context: the thread itself, may sleep.
 * Return: TB_GO, or TB_OVER; TB_AWAY to an inline thread
 */
enum tb_go tb_parts_wait(struct tb_worker *w, bool again)
{
	if (!again && likely(w->rank < READ_ONCE(w->run->active)))
		return TB_GO;
	if (tb_gate_wait(w, takes_part, again) == TB_AWAY)
		return TB_AWAY;
	/* It had nothing to complete meanwhile. */
	w->last_ns = tb_clock_ns();
	return run_is_over(w) ? TB_OVER : TB_GO;
}
