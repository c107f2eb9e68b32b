/* SPDX-License-Identifier: GPL-2.0 */
/*
 * inline.h - where an inline thread of a run is in its operation (inline.c)
 */
#ifndef _TB_INLINE_H
#define _TB_INLINE_H

#include <linux/ktime.h>

#include "lwkt/core/inline.h"
#include "worker.h"

struct tb_run;

/*
 * The places at which an inline thread can be told TB_AWAY, in order; the loop
 * goes on there. TB_STEP_CHORES and what comes after it are the timed loop's
 * (variants/inline_loop.h).
 */
enum tb_step {
	TB_STEP_START,
	TB_STEP_GATE,
	TB_STEP_ENTER,
	TB_STEP_ENTERING,
	TB_STEP_BYSTANDER,
	TB_STEP_NEXT,
	TB_STEP_CHORES,
	TB_STEP_TAKE,
	TB_STEP_ASLEEP,
	TB_STEP_YIELDED,
};

/**
 * struct tb_inline - the operation of an inline thread
 * @step: where it is
 * @taken: locks of its set that it has
 * @alone: no violation seen in this section so far
 * @phase: the phase of the run at the end of the operation
 * @t0: when the operation asked for its set
 * @t1: when it had the set
 * @nap_end: when its sleep is over
 * @seen: what the checker saw on the way in
 */
struct tb_inline {
	enum tb_step step;
	u32 taken;
	bool alone;
	unsigned int phase;
	u64 t0;
	u64 t1;
	ktime_t nap_end;
	struct tb_seen seen;
} ____cacheline_aligned_in_smp;

lwkt_runner_fn tb_inline_runner(const struct tb_run *run);
enum tb_go tb_inline_begin(struct tb_worker *w);
void tb_inline_end(struct tb_worker *w);

#endif /* _TB_INLINE_H */
