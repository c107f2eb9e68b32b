/* SPDX-License-Identifier: GPL-2.0 */
/*
 * sched.h - the LWKT scheduler of each CPU
 *
 * How it works, and why it is safe, stands at the head of sched.c.
 */
#ifndef _LWKT_SCHED_H
#define _LWKT_SCHED_H

#include <linux/cpumask.h>
#include <linux/percpu.h>
#include <linux/sched.h>

#include "generations.h"
#include "inline.h"
#include "thread.h"

/**
 * struct lwkt_globaldata - one CPU of the LWKT world
 * @gd_curthread: the thread that holds the baton; lwkt_nobody while the CPU is
 * not part of the LWKT world. Written by the baton holder; read anywhere.
 * @gd_curtask: the kthread of gd_curthread, written by that thread itself: from
 * when it takes the baton up until it passes it on, NULL in between. Read anywhere.
 * @gd_cpu: its number
 * @gd_index: its number among the CPUs of the world (gen/mask.c)
 * @gd_runqmask: bit N: @gd_tdrunq[N] is not empty; read by other CPUs, too
 * @gd_idle: its idle thread
 * @gd_contended: the last pass met threads that could not get their tokens
 * @gd_interrupted: a release ended the last halt, no pass since (gen/mask.c)
 * @gd_awake: queued threads that were woken from a wait for tokens (td_since_ns)
 * and have not got them since, linked by td_awakeq
 * @gd_asked_ns: the request of lwkt_yield_by() that this pass found, or 0
 * @gd_resumed_ns: when the current thread began to run
 * @gd_tick_ns: when the clock next ticks for the run queue (fairq.c,
 * gen/count_word.c)
 * @gd_ticks: how often it did (fairq.c)
 * @gd_scan_from: since when scan_ns is due (fairq.c)
 * @gd_fair_total: sum of the priorities of all queued threads (fairq.c)
 * @gd_taken_ns: when the tokens of gd_curthread had been taken, which has not run
 * since; 0 if it has, or wants none
 * @gd_stats: counter blocks, by lwkt_stats_epoch
 * @gd_tdrunq: one queue per priority, or one for all (td_queue). The current
 * thread is queued, too.
 * @gd_wakeups: threads that were made runnable and are not queued yet; any CPU
 * @gd_reqflags: RQF_*; any CPU
 * @gd_yield_ns: when the current thread is to yield, 0 for no such time; any CPU
 *
 * Everything else belongs to the baton holder.
 */
struct lwkt_globaldata {
	struct lwkt_thread *gd_curthread;
	struct task_struct *gd_curtask;
	int gd_cpu;
	unsigned int gd_index;
	u32 gd_runqmask;
	struct lwkt_thread *gd_idle;
	bool gd_contended;
	bool gd_interrupted;
	struct list_head gd_awake;
	u64 gd_asked_ns;
	u64 gd_resumed_ns;
	u64 gd_tick_ns;
	u64 gd_ticks;
	u64 gd_scan_from;
	s64 gd_fair_total;
	u64 gd_taken_ns;
	struct lwkt_cpu_stats gd_stats[2];
	struct list_head gd_tdrunq[TDPRI_MAX + 1];

	struct llist_head gd_wakeups ____cacheline_aligned_in_smp;
	atomic_t gd_reqflags;
	u64 gd_yield_ns;
};

/* gd_reqflags */
#define RQF_RESCHED 0x1 /* the current thread is to yield when it next can */
#define RQF_WAKEUP 0x2 /* the CPU looks by itself, no interrupt is needed */
#define RQF_HALTED 0x4 /* it sleeps or is about to (gen/mask.c) */

DECLARE_PER_CPU_ALIGNED(struct lwkt_globaldata, lwkt_gd);

/* The counter block that counts now. Context: the CPU's baton holder. */
#define lwkt_cpu_stats(gd) (&(gd)->gd_stats[READ_ONCE(lwkt_stats_epoch)])

struct lwkt_thread *lwkt_curthread_slow(void);

/**
 * lwkt_curthread() - the calling LWKT thread
 *
 * What is current on this CPU is the caller, except in two cases that the
 * comparison finds: the caller is no LWKT thread; or Linux moved the caller's
 * kthread because its CPU went offline (bound kthreads lose their binding
 * then), in which case it is still current in its own lwkt_globaldata.
 *
 * A caller that is no LWKT thread can be stopped between any two instructions
 * while the world and all its threads end, and nothing waits for it. So no thread
 * is read here: gd_curtask is part of memory that stays, and a caller that finds
 * its own task there has written it itself, and is alive. Both members are read
 * through one address, since the caller can be moved in between.
 *
 * Context: any; not NMI.
 * Return: the thread; lwkt_nobody, which has room for no reference, if the
 * caller is not an LWKT thread.
 */
static __always_inline struct lwkt_thread *lwkt_curthread(void)
{
	const struct lwkt_globaldata *gd = raw_cpu_ptr(&lwkt_gd);

	/* data_race: only the caller's own store can make them equal. */
	if (likely(data_race(gd->gd_curtask == current)))
		return READ_ONCE(gd->gd_curthread);
	return lwkt_curthread_slow();
}

/* True for lwkt_nobody: the only thread that can have no reference at all. */
static inline bool lwkt_is_nobody(const struct lwkt_thread *td)
{
	return td->td_toks_end == td->td_toks;
}

/* True if @td has references that the scheduler must make good before it runs. */
static inline bool lwkt_wants_tokens(const struct lwkt_thread *td)
{
	return td->td_toks_stop != td->td_toks;
}

int lwkt_init(void);
void lwkt_fini(void);
int lwkt_start(const struct cpumask *cpus, u64 quantum_ns,
	       enum lwkt_generation gen, const struct lwkt_knobs *knobs,
	       lwkt_runner_fn runner);
void lwkt_stop(void);
struct lwkt_thread *lwkt_idlethread(int cpu);
const struct lwkt_cpu_stats *lwkt_cpu_stats_of(int cpu);

/*
 * What a function that can switch returns to an inline thread: the CPU has passed
 * to another thread, and the caller has to return to the runner (inline.c).
 */
#define LWKT_AWAY 1

int lwkt_switch(void);
int lwkt_yield(void);
int lwkt_user_yield(u64 now);
bool lwkt_user_yield_wanted(void);
void lwkt_schedule(struct lwkt_thread *td);
bool lwkt_schedule_claim(struct lwkt_thread *td);
void lwkt_schedule_claimed(struct lwkt_thread *td);
void lwkt_need_resched(struct lwkt_globaldata *gd);
void lwkt_yield_by(struct lwkt_globaldata *gd, u64 ns);
void lwkt_deschedule(struct lwkt_thread *td);
void lwkt_sleep_ns(u64 ns);
int lwkt_sleep_until(struct lwkt_thread *td, ktime_t end);
void lwkt_exit(struct lwkt_thread *td);

/* For the port's own files. */
extern struct lwkt_thread *lwkt_nobody;
extern u64 lwkt_quantum_ns;
extern enum lwkt_generation lwkt_gen;
extern struct lwkt_knobs lwkt_knobs;
extern lwkt_runner_fn lwkt_runner;

bool lwkt_wait_baton(struct lwkt_thread *td);
void lwkt_pass_baton(struct lwkt_globaldata *gd, struct lwkt_thread *next);
struct lwkt_thread *lwkt_choose(struct lwkt_globaldata *gd);
void lwkt_note_resumed(struct lwkt_thread *td);
void lwkt_runq_rotate(struct lwkt_thread *td);
void lwkt_runq_remove(struct lwkt_thread *td);
void lwkt_drain_wakeups(struct lwkt_globaldata *gd);

#endif /* _LWKT_SCHED_H */
