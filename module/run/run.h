/* SPDX-License-Identifier: GPL-2.0 */
/*
 * run.h - one run: its threads, its phases, its raw numbers
 *
 * A run is made (tb_run_create), carried out by one thread (tb_run_execute),
 * reported, and destroyed. The engine owns it.
 */
#ifndef _TB_RUN_H
#define _TB_RUN_H

#include <linux/atomic.h>
#include <linux/cache.h>
#include <linux/wait.h>

#include "base/load.h"
#include "config/plan.h"
#include "config/variant.h"
#include "pause.h"
#include "worker.h"

struct tb_probe;

/* Phases in their order; workers compare with < and >=. */
enum tb_phase {
	TB_PHASE_ARMED,
	TB_PHASE_WARM,
	TB_PHASE_RUN,
	TB_PHASE_COOL,
};

/**
 * struct tb_speed - what was measured on one CPU of a run (calibrate.c)
 * @trial_ns: shortest trial, see tb_spin_trial()
 * @ps_per_loop: see spin.h
 * @clock_cost_ps: mean cost of a clock reading
 * @clock_step_ns: its step
 */
struct tb_speed {
	u64 trial_ns;
	u64 ps_per_loop;
	u64 clock_cost_ps;
	u64 clock_step_ns;
} ____cacheline_aligned_in_smp;

/**
 * struct tb_run - a run
 * @phase: enum tb_phase; written by the executing thread only (store-release),
 * read by every worker after every operation (load-acquire)
 * @active: threads with a smaller rank take part now; see parts.c
 * @part: number of the part of the window that is on, from 0
 * @run_ns: when the window opened; valid from TB_PHASE_RUN on
 * @cool_ns: when it closed; valid in TB_PHASE_COOL
 * @armed: threads that reached the start
 * @entered: locking threads that entered their loop
 * @live: threads that have not left yet
 * @events: the executing thread waits here for the workers, and for @stop
 * @stop: it is to end
 * @cpu_lost: one of its CPUs went offline, or @crowded
 * @lost_cpu: the first of them, for the result; valid with @cpu_lost
 * @crowded: the last CPU that sched=fifo left free went offline
 * @stopped: @stop as it was when the window closed, or did not open
 * @lost: @cpu_lost likewise
 * @stuck_ns: for how long no thread had made progress when that was noticed, 0
 * if it never was (stuck.c); written by the executing thread
 * @plan: what it is to do; frozen
 * @id: number of the run
 * @workers: locking threads, then bystanders
 * @nworkers: locking threads
 * @nthreads: all threads
 * @ntimely: locking threads that are to enter before the window opens
 * @fault_ns: when the fault was injected, 0 if it was not
 * @locks: array of locks, tb_lock_stride() bytes apart
 * @nlocks: how many of them were made
 * @lock_map: lock to place in @locks, NULL if they are the same
 * @objects: what they protect
 * @lines: the data behind them, plan.config.touch_lines cache lines each, or NULL
 * @zipf: table for pick=zipf, or NULL
 * @part_ns: when each part of the window began
 * @lwkt: an LWKT world exists for it
 * @start_ns: when the start was given, for the progress display
 * @speeds: of each CPU
 * @clock_cost_ps: mean cost of a clock reading, on the CPU where it is dearest
 * @clock_step_ns: its step
 * @line_ps: a modified cache line's way between two CPUs, 0 if not measured
 * @none_ps: one operation of none under the same parameters, 0 if not measured
 * @idle_cpu_ns: CPU time of the LWKT idle threads in the window, which is that of
 * all inline threads, too
 * @load: what its CPUs did in the window
 * @misuse: illegal uses of the LWKT port
 * @rested_ns: end of the last rest of a run with sched=fifo, see fifo.c
 * @pause: whether the machine stood still
 * @probes: one per CPU, see probe.c; NULL if there are none
 * @resched_probes: see TB_TOTALS; valid once @probes are gone
 * @resched_delay_ns: likewise
 */
struct tb_run {
	unsigned int phase;
	u32 active;
	u32 part;
	u64 run_ns;
	u64 cool_ns;

	atomic_t armed ____cacheline_aligned_in_smp;
	atomic_t entered;
	atomic_t live;
	wait_queue_head_t events;
	bool stop;
	bool cpu_lost;
	bool crowded;
	unsigned int lost_cpu;
	bool stopped;
	bool lost;
	u64 stuck_ns;

	struct tb_plan plan ____cacheline_aligned_in_smp;
	u32 id;
	struct tb_worker **workers;
	u32 nworkers;
	u32 nthreads;
	u32 ntimely;
	u64 fault_ns;
	void *locks;
	u64 nlocks;
	u32 *lock_map;
	struct tb_object *objects;
	u64 *lines;
	u32 *zipf;
	u64 part_ns[TB_PHASES_MAX];
	bool lwkt;
	u64 start_ns;

	struct tb_speed *speeds;
	u64 clock_cost_ps;
	u64 clock_step_ns;
	u64 line_ps;
	u64 none_ps;
	u64 idle_cpu_ns;
	struct tb_load load;
	u32 misuse;
	u64 rested_ns;
	struct tb_pause pause;
	struct tb_probe *probes;
	u64 resched_probes;
	u64 resched_delay_ns;
};

struct tb_run *tb_run_create(const struct tb_plan *plan, u32 id);
void tb_run_execute(struct tb_run *run, void (*changed)(void));
u64 tb_run_elapsed_ms(const struct tb_run *run, u64 *total);
void tb_run_stop(struct tb_run *run, bool cpu_lost);
void tb_run_set_phase(struct tb_run *run, enum tb_phase phase);
void tb_run_destroy(struct tb_run *run);

/* Is it to end now? */
static inline bool tb_run_ending(const struct tb_run *run)
{
	return READ_ONCE(run->stop) || READ_ONCE(run->cpu_lost);
}

/* Number of a CPU of the run among its CPUs, from 0. */
static inline u32 tb_cpu_index(const struct tb_run *run, int cpu)
{
	u32 index = 0;
	int other;

	for_each_cpu(other, run->plan.cpus) {
		if (other == cpu)
			break;
		index++;
	}
	return index;
}

/* Do its threads make no progress? */
static inline bool tb_run_is_stuck(const struct tb_run *run)
{
	return READ_ONCE(run->stuck_ns);
}

/* Have its threads no kthread of their own? */
static inline bool tb_run_is_inline(const struct tb_run *run)
{
	return run->plan.config.substrate == TB_SUBSTRATE_inline;
}

/* Do its threads measure? */
static inline bool tb_run_measures(const struct tb_run *run)
{
	return run->plan.config.measure == TB_MEASURE_full;
}

/* Is it measured how long an ordinary task waits? See probe.c. */
static inline bool tb_run_probes(const struct tb_run *run)
{
	return tb_run_measures(run) && run->plan.config.probe_us;
}

/* Is the wait noted that the window's end interrupts? See bench_loop.h. */
static inline bool tb_run_notes_waiting(const struct tb_run *run)
{
	return tb_run_measures(run) && !run->plan.config.rate;
}

/* Do the threads of the run keep this histogram? See TB_HIST_KEPT. */
static inline bool tb_hist_is_kept(const struct tb_run *run, u32 hist)
{
	return hist != (run->plan.config.rate ? TB_HIST_handoff_ns :
						TB_HIST_response_ns);
}

#endif /* _TB_RUN_H */
