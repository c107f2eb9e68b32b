/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Arrivals of an open loop, and the queue in which they wait for their thread.
 *
 * Times are nanoseconds since the loop began, up to 2^64 ps, which is 213 days.
 * All functions: any context, no
 * sleeping and no allocation; one thread at a time.
 */
#ifndef _TB_ARRIVALS_H
#define _TB_ARRIVALS_H

#include "rng.h"
#include "workload.h"

/* Refusals one by one in a single call of tb_arrivals_until(). */
#define TB_ARRIVALS_BURST 65536

/**
 * struct tb_arrivals - the arrivals for one thread
 * @arrived: how many there were so far, refused ones included
 * @refused: how many found the queue full
 * @peak: most that waited at one time; may be set back by the caller
 * @waiting: how many wait now
 *
 * The rest is private to arrivals.c.
 *
 * @rng: generator of the gaps
 * @gap_ps: their mean, in picoseconds
 * @next_ps: when the next one comes
 * @ring: when those that wait were to begin
 * @max: entries of @ring
 * @head: the oldest of those that wait
 */
struct tb_arrivals {
	u64 arrived;
	u64 refused;
	u32 peak;
	u32 waiting;
	struct tb_rng rng;
	u64 gap_ps;
	u64 next_ps;
	u64 *ring;
	u32 max;
	u32 head;
};

/**
 * tb_arrivals_init() - before the first arrival
 * @a: the arrivals
 * @wl: a workload with gap_ps
 * @thread_index: number of the thread in the run, from 0
 * @ring: room for @max numbers that lives as long
 * @max: arrivals that may wait, from 1
 */
void tb_arrivals_init(struct tb_arrivals *a, const struct tb_workload *wl,
		      u32 thread_index, u64 *ring, u32 max);

/**
 * tb_arrivals_until() - all arrivals up to a moment join the queue, or are refused
 * @a: the arrivals
 * @now_ns: the moment, not before that of an earlier call
 *
 * An arrival costs a draw, some 20 ns, also one that is refused: below a mean gap
 * of that, arrivals come faster than they can be made. So a call that has refused
 * TB_ARRIVALS_BURST of them refuses the rest in one step, as many as come in that
 * time in the mean. The arrivals are a function of (seed, thread) up to there.
 * A call takes no longer than it takes to make room + TB_ARRIVALS_BURST and some
 * more of them, room being what is left of the queue: about 1 ms and 20 ms per
 * million of room.
 */
void tb_arrivals_until(struct tb_arrivals *a, u64 now_ns);

/**
 * tb_arrivals_take() - the one that has waited longest leaves the queue
 * @a: the arrivals; one waits
 *
 * Return: when it came.
 */
u64 tb_arrivals_take(struct tb_arrivals *a);

/**
 * tb_arrivals_next_ns() - when the next one will come
 * @a: the arrivals
 *
 * Return: the time, later than that of the last tb_arrivals_until().
 */
u64 tb_arrivals_next_ns(const struct tb_arrivals *a);

#endif /* _TB_ARRIVALS_H */
