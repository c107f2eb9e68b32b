/* SPDX-License-Identifier: GPL-2.0 */
/*
 * worker.h - one measured thread: its operations, its counters, its body
 */
#ifndef _TB_WORKER_H
#define _TB_WORKER_H

#include <linux/cache.h>
#include <linux/types.h>

#include "hist.h"
#include "slots.h"
#include "workload.h"

struct lwkt_thread;
struct task_struct;
struct tb_run;

/* The histograms of one thread, in the order of TB_HISTOGRAMS. */
#define TB_HIST_ENUM(name, doc) TB_HIST_##name,
enum { TB_HISTOGRAMS(TB_HIST_ENUM) TB_HIST_COUNT };
#undef TB_HIST_ENUM

/* A bystander's unit of work, in nominal ns. */
#define TB_BYSTANDER_CHUNK_NS 10000

enum tb_role { TB_WORKER, TB_BYSTANDER };

/**
 * struct tb_object - the data one lock protects
 * @owner: who is inside, 0 if nobody: the exclusion checker
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
 * struct tb_worker - one thread of a run
 * @run: the run
 * @td: its LWKT thread, or NULL
 * @locks: the run's array of locks; typed by the variant
 * @objects: what they protect
 * @hist: TB_HIST_COUNT histograms, or NULL (measure=throughput)
 * @slots: when in the window it completed operations, or NULL likewise
 * @hold_loops: busy work inside the section, in loops of spin.h
 * @think_loops: and outside
 * @id: 1 and up; what it writes into tb_object.owner
 * @cpu: where it belongs
 * @stream: which locks each operation takes
 * @lock_set: the same as places in @locks: stream.set itself unless @lock_map
 * @lock_map: lock to place in @locks, or NULL (pool tokens share places)
 * @ops: operations completed in the window
 * @ops_all: operations completed since the thread entered its loop
 * @ops_limit: the loop ends when @ops_all reaches it
 * @blocks: operations of the window that slept
 * @violations: sections in which somebody else was seen, ever
 * @last_ns: when the last operation ended
 * @longest_gap_ns: see TB_THREAD_COUNTERS
 * @slot_end_ns: up to when @slots need no further mark
 * @moved: it was seen on another CPU
 * @at_gate: see worker.c
 * @slice_ops: operations until the clock is read for the time slice
 * @role: TB_WORKER or TB_BYSTANDER
 * @task: its kthread, a counted reference
 * @enter_ns: when it entered its loop, 0 if it never did
 * @leave_ns: when it left
 * @cpu_ns: CPU time in the window; by the run's meter
 * @nvcsw: voluntary switches in the window
 * @nivcsw: involuntary ones
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
	u64 hold_loops;
	u64 think_loops;
	u32 id;
	u32 cpu;
	struct tb_stream stream;
	u32 *lock_set;
	const u32 *lock_map;

	u64 ops;
	u64 ops_all;
	u64 ops_limit;
	u64 blocks;
	u64 violations;
	u64 last_ns;
	u64 longest_gap_ns;
	u64 slot_end_ns;
	bool moved;
	u32 at_gate;
	u32 slice_ops;

	enum tb_role role;
	struct task_struct *task;
	u64 enter_ns;
	u64 leave_ns;
	u64 cpu_ns;
	u64 nvcsw;
	u64 nivcsw;
} ____cacheline_aligned_in_smp;

struct tb_worker *tb_worker_create(struct tb_run *run, u32 index,
				   enum tb_role role, u32 cpu, u32 cpu_index);
void tb_worker_release(struct tb_worker *w);
void tb_worker_destroy(struct tb_worker *w);
int tb_worker_setup(struct tb_worker *w, struct tb_run *run, u32 index,
		    u32 cpu_index);
void tb_worker_loop(struct tb_worker *w);
void tb_worker_mark(struct tb_worker *w, u64 now);
void tb_worker_teardown(struct tb_worker *w);

#endif /* _TB_WORKER_H */
