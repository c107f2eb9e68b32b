// SPDX-License-Identifier: GPL-2.0
/*
 * chores.c - what a thread does around an operation, for workloads that want it
 *
 * Out of line and outside of what is timed: a thread with nothing in
 * tb_worker.chores pays two tests of that word per operation. Which chores a
 * thread has is settled when it is made; only the digest ends by itself.
 */
#include "base/clock.h"
#include "base/spin.h"
#include "chores.h"
#include "open_loop.h"
#include "parts.h"
#include "run.h"
#include "worker.h"

/* The operation has times of its own. */
static void set_loops(struct tb_worker *w)
{
	w->hold_loops = tb_spin_loops_fast(w->stream.hold_ns, w->loops_q32);
	w->think_loops = tb_spin_loops_fast(w->stream.think_ns, w->loops_q32);
}

static void fold_digest(struct tb_worker *w)
{
	w->digest = tb_stream_fold(w->digest, &w->stream);
	if (w->stream.op == tb_digest_ops(w->stream.set_size))
		w->chores &= ~TB_CHORE_DIGEST;
}

/* Where the locks of the set are, if they share places (pool tokens). */
static void map_set(struct tb_worker *w)
{
	u32 i;

	for (i = 0; i < w->stream.set_size; i++)
		w->lock_set[i] = w->lock_map[w->stream.set[i]];
}

/**
 * tb_chores_before() - get ready for the operation that was just drawn
 * @w: the thread; it has chores
 * @again: an inline one that was told TB_AWAY here
 *
 * Context: the thread itself, may sleep: for its part of the window, or for
 * the next arrival; no run has both.
 * Return: TB_GO; TB_OVER if the run ended meanwhile: the operation is not made
 * then; TB_AWAY to an inline thread
 */
enum tb_go tb_chores_before(struct tb_worker *w, bool again)
{
	if (!again) {
		if (w->chores & TB_CHORE_DIGEST)
			fold_digest(w);
		if (w->chores & TB_CHORE_DRAWN)
			set_loops(w);
		if (w->chores & TB_CHORE_MAP)
			map_set(w);
	}
	if (w->chores & TB_CHORE_PHASES)
		return tb_parts_wait(w, again);
	if (w->chores & TB_CHORE_OPEN)
		return tb_open_wait(w, again);
	return TB_GO;
}

/**
 * tb_chores_after() - note an operation of the window that is over
 * @w: the thread
 *
 * Context: the thread itself.
 */
void tb_chores_after(struct tb_worker *w)
{
	if (w->chores & TB_CHORE_PHASES)
		w->part_ops[READ_ONCE(w->run->part)]++;
	if (!(w->chores & TB_CHORE_OPEN))
		return;
	if (w->hist)
		tb_hist_record(&w->hist[TB_HIST_last],
			       tb_clock_ns() - w->open->due_ns);
	w->open->due_ns = 0;
}
