/* SPDX-License-Identifier: GPL-2.0 */
/*
 * worker.h - one measured thread: its operations, its counters, its body
 */
#ifndef _TB_WORKER_H
#define _TB_WORKER_H

#include <linux/cache.h>
#include <linux/types.h>

#include "lwkt/core/sched.h"
#include "lwkt/core/thread.h"
#include "pure/fair.h"
#include "pure/hist.h"
#include "pure/slots.h"
#include "pure/workload.h"

struct task_struct;
struct tb_inline;
struct tb_open;
struct tb_run;

/* The histograms of one thread, in the order of TB_HISTOGRAMS. */
#define TB_HIST_ENUM(name, doc) TB_HIST_##name,
enum { TB_HISTOGRAMS(TB_HIST_ENUM) TB_HIST_COUNT };
#undef TB_HIST_ENUM

/*
 * A thread keeps three of them: the last is response_ns in an open loop and
 * handoff_ns in a closed one.
 */
enum { TB_HIST_KEPT = TB_HIST_COUNT - 1, TB_HIST_last = TB_HIST_KEPT - 1 };

/* Length of fail_index: as that of an LWKT thread. */
#define TB_FAIL_INDEXES LWKT_FAIL_INDEXES

/* Locks of a set that has its place in struct tb_worker: a cache line. */
#define TB_SET_INLINE 16

/* A bystander's unit of work, in nominal ns. */
#define TB_BYSTANDER_CHUNK_NS 10000

enum tb_role { TB_WORKER, TB_BYSTANDER };

/*
 * What a thread does next: it goes on; it is inline, waits, and returns to its
 * runner; the run is over.
 */
enum tb_go { TB_GO, TB_AWAY = LWKT_AWAY, TB_OVER };

/* Words of a cache line. */
#define TB_LINE_WORDS (SMP_CACHE_BYTES / sizeof(u64))

/**
 * struct tb_object - the data one lock protects
 * @owner: thread that is inside, 0 if there is none: the exclusion checker
 * @counter: operations completed on it; plain, so lost updates show
 * @released_ns: when the last holder began to release it
 *
 * On lines apart from the lock's.
 */
struct tb_object {
	u32 owner;
	u64 counter;
	u64 released_ns;
} ____cacheline_aligned_in_smp;

/**
 * struct tb_seen - what the checker saw on the way in
 * @released: when the last lock of the set was released, 0 if that was not
 * noted
 * @counters: sum of the set's counters (shared sections)
 */
struct tb_seen {
	u64 released;
	u64 counters;
};

/*
 * What a thread has to do before or after an operation, beside the operation:
 * rare things, and those of workloads that want them (chores.c).
 */
#define TB_CHORE_DIGEST 0x1 /* before: the first operations are fingerprinted */
#define TB_CHORE_DRAWN 0x2 /* before: each has busy times of its own */
#define TB_CHORE_MAP 0x4 /* before: locks share places (pool tokens) */
#define TB_CHORE_PHASES 0x8 /* before and after: the window has parts */
#define TB_CHORE_OPEN 0x10 /* before and after: open loop */
#define TB_CHORES_BEFORE 0x1f
#define TB_CHORES_AFTER (TB_CHORE_PHASES | TB_CHORE_OPEN)

/* A field of each counter of a list of uapi/. */
#define TB_COUNTER_FIELD(name, how, doc) u64 name;

/* What a thread counts in the window; made with it, all zero. */
struct tb_counts {
	TB_THREAD_COUNTERS(TB_COUNTER_FIELD)
};

/**
 * struct tb_ledger - waste of a lock that restarts (TB_RESTART_COUNTERS)
 * @fail_index: attempts that failed, by the number of locks held then; the last
 * one is "or more"
 *
 * Two per thread, by lwkt_stats_epoch: the second one is the window's.
 */
struct tb_ledger {
	TB_RESTART_COUNTERS(TB_COUNTER_FIELD)
	u64 fail_index[TB_FAIL_INDEXES];
};

#undef TB_COUNTER_FIELD

/**
 * struct tb_worker - one thread of a run
 * @run: the run
 * @td: its LWKT thread, or NULL
 * @locks: the run's array of locks; typed by the variant
 * @objects: what they protect
 * @lines: the data behind the locks, @touch_lines each, or NULL
 * @touch_lines: cache lines of each lock that a section touches
 * @own: the lock's own memory for this thread (tb_variant.own_size), or NULL
 * @ledger: two, if the lock restarts and is not on the LWKT scheduler, or NULL
 * @hist: TB_HIST_KEPT histograms, or NULL (measure=throughput)
 * @slots: when in the window it completed operations, or NULL likewise
 * @fair: what it did in each piece of the window, or NULL likewise
 * @hold_loops: busy work inside the section, in loops of spin.h
 * @think_loops: and outside
 * @chores: TB_CHORE_*
 * @loops_q32: see tb_spin_loops_fast()
 * @handoff: handoff_ns is kept
 * @id: 1 and up; what it writes into tb_object.owner
 * @cpu: where it belongs
 * @stream: which locks each operation takes
 * @digest: of its first operations, see tb_stream_fold()
 * @lock_set: the same as places in @locks: stream.set itself unless @lock_map
 * @lock_map: lock to place in @locks, or NULL (pool tokens share places)
 * @ops_all: operations completed since the thread entered its loop
 * @ops_limit: the loop ends when @ops_all reaches it
 * @nominal_excl_ns: the part of nominal_held_ns in exclusive sections
 * @nominal_think_ns: what the operations of the window asked for outside
 * @shared_all: shared operations since the thread entered its loop
 * @open: the open loop, or NULL
 * @inl: where an inline thread is in its operation, or NULL
 * @part_ops: TB_PHASES_MAX numbers, operations by part of the window; or NULL
 * @last_ns: when the last operation that counts ended, 0 before it
 * @slot_end_ns: up to when @slots need no further mark
 * @settle_ops: operations in the window until @hist is settled again
 * @handoffs: values in its histogram of handoff_ns
 * @moved: it was seen on another CPU
 * @slice_ops: operations until the clock is read for the time slice
 * @counts: of the window
 * @at_gate: see gate.c
 * @rank: its number on its CPU, from 0: it takes part in the parts of the
 * window that have more threads
 * @group: its group, from 1; 0 if there are none
 * @nice: its priority
 * @cpu_index: number of its CPU among the run's
 * @role: TB_WORKER or TB_BYSTANDER
 * @task: its kthread, or that of its runner; a counted reference
 * @enter_ns: when it entered its loop, 0 if it never did
 * @leave_ns: when it left
 * @cpu_ns: CPU time in the window, by the run's meter; not of an inline thread
 * @nvcsw: voluntary switches in the window, likewise
 * @nivcsw: involuntary ones, likewise
 * @ps_per_loop: length of a loop of spin.h on its CPU
 * @set_inside: room for a small set
 * @lock_set_inside: likewise, if it is mapped
 *
 * Written by the thread itself while it runs; read by others after it left.
 */
struct tb_worker {
	struct tb_run *run;
	struct lwkt_thread *td;
	void *locks;
	struct tb_object *objects;
	struct tb_hist *hist;
	struct tb_slots *slots;
	struct tb_fair *fair;
	u64 *lines;
	u32 touch_lines;
	u32 chores;
	u64 loops_q32;
	u64 hold_loops;
	u64 think_loops;
	u32 id;
	u32 cpu;
	void *own;
	struct tb_ledger *ledger;
	bool handoff;
	struct tb_stream stream;
	u64 digest;
	u32 *lock_set;
	const u32 *lock_map;

	u64 ops_all;
	u64 ops_limit;
	u64 nominal_excl_ns;
	u64 nominal_think_ns;
	u64 shared_all;
	u64 last_ns;
	u64 slot_end_ns;
	u64 settle_ops;
	u64 handoffs;
	bool moved;
	u32 slice_ops;
	struct tb_counts counts;
	u32 at_gate;

	struct tb_open *open;
	struct tb_inline *inl;
	u64 *part_ops;
	u32 rank;
	u32 group;
	int nice;
	u32 cpu_index;

	enum tb_role role;
	struct task_struct *task;
	u64 enter_ns;
	u64 leave_ns;
	u64 cpu_ns;
	u64 nvcsw;
	u64 nivcsw;
	u64 ps_per_loop;

	u32 set_inside[TB_SET_INLINE] ____cacheline_aligned_in_smp;
	u32 lock_set_inside[TB_SET_INLINE];
} ____cacheline_aligned_in_smp;

struct tb_worker *tb_worker_create(struct tb_run *run, u32 index,
				   enum tb_role role, u32 cpu, u32 cpu_index);
void tb_worker_destroy(struct tb_worker *w);
int tb_worker_setup(struct tb_worker *w, struct tb_run *run, u32 index);
u64 tb_worker_digest(const struct tb_worker *w, u64 ops, u32 *set);
void tb_worker_loop(struct tb_worker *w);
enum tb_go tb_worker_start(struct tb_worker *w, bool again);
enum tb_go tb_worker_enter(struct tb_worker *w, bool again);
enum tb_go tb_worker_bystand(struct tb_worker *w, bool again);
void tb_worker_leave(struct tb_worker *w);
u64 tb_worker_recorded(const struct tb_worker *w, u32 h);
void tb_worker_gap(struct tb_worker *w, u64 now);
void tb_worker_mark(struct tb_worker *w, u64 now);
void tb_worker_teardown(struct tb_worker *w);

#endif /* _TB_WORKER_H */
