/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Which locks each operation of each thread takes, and in which order.
 *
 * struct tb_workload is frozen before a run and shared by all its threads.
 * struct tb_stream belongs to one thread. A stream is a pure function of the
 * workload and (seed, thread index, CPU index): it does not know which lock is
 * under test, nor what time it is, so every lock meets the same operations.
 * All functions: any context, no sleeping, no allocation.
 */
#ifndef _TB_WORKLOAD_H
#define _TB_WORKLOAD_H

#include "rng.h"
#include "uapi/tokbench.h"

/* TB_ORDER_same...; TB_PICK_uniform...; TB_DIST_const... */
#define TB_ORDER_ENUM(word) TB_ORDER_##word,
#define TB_PICK_ENUM(word) TB_PICK_##word,
#define TB_DIST_ENUM(word) TB_DIST_##word,
enum tb_order { TB_ORDERS(TB_ORDER_ENUM) TB_ORDER_COUNT };
enum tb_pick { TB_PICKS(TB_PICK_ENUM) TB_PICK_COUNT };
enum tb_dist { TB_DISTS(TB_DIST_ENUM) TB_DIST_COUNT };

/* tb_ideal_ops(): there is no bound. */
#define TB_IDEAL_UNBOUNDED U64_MAX

/*
 * How many operations of a thread its digest covers: fewer of large sets, which
 * take long to draw.
 */
#define TB_DIGEST_OPS 64
#define TB_DIGEST_LOCKS 1600

static inline u32 tb_digest_ops(u32 set_size)
{
	return min(TB_DIGEST_OPS, 1 + TB_DIGEST_LOCKS / set_size);
}

/* Room for any reason of tb_workload_check(), terminator included. */
#define TB_WHY_MAX 160

/**
 * struct tb_workload - what the threads of a run ask for
 * @locks: number of locks, from 1; they are named 0 to @locks - 1
 * @set_size: locks of one operation, 1 to @locks
 * @order: in which order a thread asks for the locks of its set
 * @pick: out of which locks a set is chosen
 * @block_ns: sleep inside the section; 0: none, whatever @block_every is
 * @block_every: sleep in every n-th operation; 0: never
 * @seed: any number
 * @ncpus: CPUs used, from 1: parts of TB_PICK_partition
 * @zipf: table of tb_zipf_make() for @locks; for TB_PICK_zipf only
 * @hold_ns: mean busy time inside the section
 * @think_ns: mean busy time outside the section
 * @hold_dist: how the single hold times lie around their mean
 * @think_dist: and the think times
 * @shared_pct: percentage of shared operations
 * @gap_ps: mean time between the arrivals of one thread, in picoseconds; 0:
 * closed loop
 */
struct tb_workload {
	u32 locks;
	u32 set_size;
	enum tb_order order;
	enum tb_pick pick;
	u64 block_ns;
	u32 block_every;
	u64 seed;
	u32 ncpus;
	const u32 *zipf;
	u64 hold_ns;
	u64 think_ns;
	enum tb_dist hold_dist;
	enum tb_dist think_dist;
	u32 shared_pct;
	u64 gap_ps;
};

/**
 * struct tb_mix - what operations ask for, summed over some of them
 * @ops: how many, from 1
 * @busy_ns: nominal time inside and outside their sections
 * @excl_ns: the part of it inside of exclusive sections
 */
struct tb_mix {
	u64 ops;
	u64 busy_ns;
	u64 excl_ns;
};

/**
 * struct tb_stream - the operations of one thread
 * @set: the locks of the current operation, in the order the thread asks for
 *       them; distinct; set_size entries, read-only for the caller
 * @set_size: entries of @set
 * @block: the current operation sleeps inside its section
 * @shared: the current operation takes its set shared
 * @hold_ns: its busy time inside the section
 * @think_ns: and after it
 * @vary: @shared, @hold_ns or @think_ns differ between operations; else they are
 *        what tb_stream_init() left there
 * @op: number of the current operation, from 1; 0 before the first
 *
 * The rest is private to workload.h and workload.c.
 *
 * @fixed: every operation has the set that tb_stream_init() left in @set
 * @single: a set is one lock, all equally likely
 * @order: the order of @set; never opposite for a thread with an even index
 * @first: lowest lock this thread may choose
 * @range: number of locks it may choose from
 * @zipf: as in the workload; NULL: all equally likely
 * @block_every: as in the workload; 0 also when there is no time to sleep
 * @block_left: operations to the next one that sleeps; 0: none ever does
 * @choice: generator of the sets
 * @shuffle: generator of the random orders, apart from @choice so that
 *           the sets are the same under every order
 * @wl: the workload; read where operations differ
 * @hold: generator of @hold_ns; also on its own, and so are the next two
 * @think: generator of @think_ns
 * @share: generator of @shared
 */
struct tb_stream {
	u32 *set;
	u32 set_size;
	bool block;
	bool shared;
	u64 hold_ns;
	u64 think_ns;
	bool vary;
	bool fixed;
	bool single;
	enum tb_order order;
	u32 first;
	u32 range;
	const u32 *zipf;
	u32 block_every;
	u32 block_left;
	u64 op;
	struct tb_rng choice;
	struct tb_rng shuffle;

	const struct tb_workload *wl;
	struct tb_rng hold;
	struct tb_rng think;
	struct tb_rng share;
};

/**
 * tb_workload_check() - can a run have this workload?
 * @wl: the workload
 * @why: gets one line without line feed that says why not; "" if it can
 * @len: size of @why; TB_WHY_MAX always suffices
 *
 * Return: 0 or -EINVAL.
 */
int tb_workload_check(const struct tb_workload *wl, char *why, size_t len);

/**
 * tb_stream_init() - start a thread's stream
 * @s: the stream
 * @wl: a workload that tb_workload_check() accepts; it, and its table
 *      @wl->zipf, live as long as the stream
 * @thread_index: number of the thread in the run, from 0
 * @cpu_index: number of its CPU among the CPUs used, below @wl->ncpus
 * @set: room for @wl->set_size entries that lives as long as the stream
 *
 * A lock that must be taken in a global order gives a copy of the workload
 * with TB_ORDER_same: the sets are the same as under any other order, each in
 * ascending order.
 */
void tb_stream_init(struct tb_stream *s, const struct tb_workload *wl,
		    u32 thread_index, u32 cpu_index, u32 *set);

/* The part of tb_stream_next() for two locks and more, and for TB_PICK_zipf. */
void tb_stream_draw(struct tb_stream *s);

/* The part of tb_stream_next() for operations that differ beside their sets. */
void tb_stream_vary(struct tb_stream *s);

/**
 * tb_stream_next() - go to the next operation
 * @s: the stream
 *
 * Sets @s->op, @s->block, @s->set and, if they vary, @s->hold_ns, @s->think_ns
 * and @s->shared. Costs a few instructions when there is nothing to choose, some
 * twenty for one lock out of many, and of the order of 10 ns per lock for sets;
 * 800 locks out of 100,000: some tens of us. Some 20 ns more for each time
 * that is drawn. TB_PICK_zipf takes some 50 ns per lock, and, where a set asks
 * for more locks than are popular, up to 64 times that.
 */
static inline void tb_stream_next(struct tb_stream *s)
{
	s->op++;
	s->block = false;
	if (s->block_left && !--s->block_left) {
		s->block = true;
		s->block_left = s->block_every;
	}
	if (s->vary)
		tb_stream_vary(s);
	if (s->fixed)
		return;
	if (s->single)
		s->set[0] = s->first + tb_rng_below(&s->choice, s->range);
	else
		tb_stream_draw(s);
}

/**
 * tb_ideal_ops() - bound on the operations that all threads can complete
 * @wl: a workload that tb_workload_check() accepts
 * @mix: what its operations ask for
 * @window_ns: length of the window
 *
 * CPUs / busy or locks / (set_size x exclusive hold), whichever is smaller,
 * times the window; sleep is ignored. Rounded down.
 *
 * Return: the bound; TB_IDEAL_UNBOUNDED when the operations need no time, or
 * when it needs more than 64 bits. Without exclusive hold time only the CPUs
 * bound it.
 */
u64 tb_ideal_ops(const struct tb_workload *wl, const struct tb_mix *mix,
		 u64 window_ns);

/**
 * tb_stream_fold() - add a stream's current operation to a fingerprint
 * @digest: the fingerprint so far, 0 at first
 * @s: the stream
 *
 * Covers the set, whatever its order, and everything else that is drawn.
 *
 * Return: the new fingerprint.
 */
u64 tb_stream_fold(u64 digest, const struct tb_stream *s);

#endif /* _TB_WORKLOAD_H */
