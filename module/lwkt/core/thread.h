/* SPDX-License-Identifier: GPL-2.0 */
/*
 * thread.h - LWKT threads: bound to one CPU for life; a Linux kthread each, or an
 * operation that one kthread of the CPU runs among others (inline.c)
 *
 * Of all LWKT threads of a CPU exactly one is current: the one that holds the
 * baton (sched.c). All others wait until they are handed the baton; those that
 * are kthreads sleep in Linux meanwhile.
 *
 * Locking: a thread's fields belong to the baton holder of its CPU, the
 * exceptions are marked. See thread.c for the life cycle.
 */
#ifndef _LWKT_THREAD_H
#define _LWKT_THREAD_H

#include <linux/cache.h>
#include <linux/completion.h>
#include <linux/hrtimer.h>
#include <linux/list.h>
#include <linux/llist.h>
#include <linux/types.h>

#include "uapi/lwkt_counters.h"

struct lwkt_token;
struct lwkt_thread;
struct lwkt_globaldata;
struct task_struct;

/* References per thread, DragonFly's number; the port can be given more. */
#define LWKT_MAXTOKENS 32

/* td_left of lwkt_nobody: all its users together do not bring it to 0. */
#define LWKT_LEFT_NOBODY (S32_MIN / 2)

/* The alignment leaves five low bits of a reference's address for a tag. */
#define LWKT_REF_ALIGN 32

/**
 * struct lwkt_tokref - one acquisition of a token by a thread
 * @tr_tok: the token
 * @tr_owner: the thread whose array this slot is part of; constant
 * @tr_gen: t_gen of the token when the thread dropped it; 0 unless it is
 * dropped right now and this reference owned it
 * @tr_flags: TR_*; and, in units of TR_AGAIN, how many references to the same
 * token are newer and have no slot of their own (gen/handoff/handoff.h)
 * @tr_order: of slot N: which reference comes Nth in order of addresses
 * (gen/count_word.h)
 */
struct lwkt_tokref {
	struct lwkt_token *tr_tok;
	struct lwkt_thread *tr_owner;
	u64 tr_gen;
	u32 tr_flags;
	u32 tr_order;
} __aligned(LWKT_REF_ALIGN);

/* tr_flags */
#define TR_SHARED 0x1 /* taken shared */
#define TR_HELD 0x2 /* holds a share of t_count (gen/count_word.h) */
#define TR_STALE 0x4 /* another thread had the token while it was dropped */
#define TR_AGAIN 0x100 /* one reference more */

/* Priorities, the part of DragonFly's scale the port needs; higher runs first. */
enum {
	TDPRI_IDLE = 0,
	TDPRI_USER_NORM = 6,
	TDPRI_KERN_LPSCHED = 9, /* below: not run past contended threads */
	TDPRI_KERN_USER = 11, /* in the kernel; one more or less: niceness */
	TDPRI_MAX = 31,
};

/* td_queue of all threads where the run queue is fair (fairq.c). */
#define LWKT_FAIR_QUEUE TDPRI_IDLE

#define LWKT_COUNTER(name, how, doc) u64 name;

/* Index of the histogram of failing references; the last one is "or more". */
#define LWKT_FAIL_INDEXES (LWKT_MAXTOKENS + 1)

/**
 * struct lwkt_thread_stats - what happened to one thread (lwkt_counters.h)
 *
 * Written on the thread's own CPU.
 */
struct lwkt_thread_stats {
	LWKT_THREAD_COUNTERS(LWKT_COUNTER)
};

/**
 * struct lwkt_cpu_stats - what the scheduler of one CPU did (lwkt_counters.h)
 */
struct lwkt_cpu_stats {
	LWKT_CPU_COUNTERS(LWKT_COUNTER)
};

#undef LWKT_COUNTER

/* Index into the counter blocks: 1 while the window is open, else 0. */
extern unsigned int lwkt_stats_epoch;

/* td_flags */
#define TDF_IDLE 0x1 /* the CPU's idle thread: never queued, holds nothing */
#define TDF_DROPPED 0x2 /* gave tokens up by blocking or yielding */
#define TDF_INLINE 0x4 /* has no stack of its own: inline.c */

/**
 * struct lwkt_try_seen - an unfinished try of another thread that was met
 * @td: whose try, NULL if none is remembered
 * @st: counter block that was open when it was met
 * @seq: its number
 * @count: failed tries of ours that met it
 */
struct lwkt_try_seen {
	struct lwkt_thread *td;
	struct lwkt_thread_stats *st;
	u32 seq;
	u32 count;
};

/**
 * struct lwkt_thread - an LWKT thread
 * @td_toks_stop: the first free reference
 * @td_toks_end: behind the last reference
 * @td_left: how many references it can have besides those it has; negative while
 * that is being found out. Kept by token-handoff alone.
 * @td_bytes: size of this structure with its references
 * @td_mem: the allocation: private_bytes of the generation (gen_ops.h), then this
 * @td_gd: the CPU it lives on; constant
 * @td_task: the kthread that runs it; constant; its own one, then a counted
 * reference, or that of the CPU's idle thread (TDF_INLINE)
 * @td_flags: TDF_*
 * @td_pri: TDPRI_*; constant
 * @td_upri: the priority of the user thread that it is, or works for: 0 normal,
 * more is better; constant
 * @td_queue: its queue in the run queue; constant
 * @td_threadq: link in the run queue
 * @td_entered: was made runnable once: inside the LWKT world, or through it
 * @td_blocked: 1 from the moment the thread leaves the run queue until
 * it is made runnable; any CPU, see lwkt_schedule()
 * @td_wakenode: link in td_gd's list of wakeups
 * @td_lock_next: behind it in the queue of a struct lwkt_lock; owned by that lock
 * @td_wake_ns: when it was last made runnable, or yielded; any CPU
 * @td_tries: high half: tries for two or more references that ended; low half:
 * their outcomes, newest in bit 0, 1 = failed. Written on its own CPU, read
 * anywhere.
 * @td_fails: failed tries since the last success, within one counter block
 * @td_fails_open: in that of the window
 * @td_seen: see fail_on_tentative in lwkt_counters.h and tries.c
 * @td_contended: failed tries since the thread last ran (token-backoff)
 * @td_fair: what is left of its share (fairq.c)
 * @td_fair_tick: gd_ticks when it last was charged, or woken (fairq.c)
 * @td_since_ns: when it began to wait for tokens off the run queue, 0 if it does
 * not; set where waiting is that
 * @td_awakeq: link in gd_awake
 * @td_woken: was woken and not tried since
 * @td_slice_end: when its time slice is over. The first one is empty: every
 * thread of a CPU gets a turn before any gets a long one.
 * @td_timer: ends lwkt_sleep_ns(), the lwkt_tsleep() of a thread with
 * @td_sleep_end set, or a wait for a token (token-handoff)
 * @td_sleep_end: when a lwkt_tsleep() with a timeout is over (ktime), 0 if none;
 * constant while @td_timer runs
 * @td_wchan: what it sleeps for, or is about to; written by the thread itself
 * @td_sleepq: link in the sleep queue of @td_wchan (tsleep.c)
 * @td_asleep: queued there, and off the run queue; under the queue's lock
 * @td_timedout: @td_timer took it off the sleep queue; under the queue's lock
 * @td_fn: what the thread does; not used with TDF_INLINE
 * @td_arg: for @td_fn, or for the runner of the world
 * @td_exited: @td_fn returned and the baton was passed on
 * @td_stats: counter blocks, by lwkt_stats_epoch
 * @td_fail_index: failed tries of the window by the number of references that
 * were in place before the one that failed
 * @td_sentinel: names no token; reltoken of a thread that holds nothing finds it
 * @td_toks: the references, oldest first
 *
 * The first line is what get and release touch.
 */
struct lwkt_thread {
	struct lwkt_tokref *td_toks_stop;
	struct lwkt_tokref *td_toks_end;
	struct lwkt_globaldata *td_gd;
	struct task_struct *td_task;
	s32 td_left;
	u32 td_bytes;
	unsigned int td_flags;
	int td_pri;
	s16 td_upri;
	s16 td_queue;
	u32 td_fails;
	struct list_head td_threadq;

	atomic_t td_blocked;
	u32 td_contended;
	struct llist_node td_wakenode;
	struct lwkt_thread *td_lock_next;
	u64 td_wake_ns;
	u64 td_tries;
	struct lwkt_try_seen td_seen;
	s64 td_fair;
	u64 td_fair_tick;
	u64 td_since_ns;
	struct list_head td_awakeq;
	bool td_entered;
	bool td_fails_open;
	bool td_woken;
	bool td_asleep;
	bool td_timedout;
	u64 td_slice_end;
	struct hrtimer td_timer;
	s64 td_sleep_end;
	const void *td_wchan;
	struct list_head td_sleepq;
	void (*td_fn)(void *arg);
	void *td_arg;
	void *td_mem;
	struct completion td_exited;
	struct lwkt_thread_stats td_stats[2];
	u64 td_fail_index[LWKT_FAIL_INDEXES];

	/* Directly before td_toks[]: lwkt_reltoken() looks at slot -1. */
	struct lwkt_tokref td_sentinel;
	struct lwkt_tokref td_toks[];
};

/* The counter block that counts now. Context: the thread's CPU. */
#define lwkt_thread_stats(td) (&(td)->td_stats[READ_ONCE(lwkt_stats_epoch)])

struct lwkt_thread *lwkt_create(void (*fn)(void *arg), void *arg, int cpu,
				int pri, unsigned int maxtokens,
				const char *name);
struct lwkt_thread *lwkt_create_inline(void *arg, int cpu, int pri,
				       unsigned int maxtokens);
void lwkt_destroy(struct lwkt_thread *td);
void lwkt_bury(void);

/* For sched.c: the parts of a thread's life that its scheduler shares. */
struct lwkt_thread *lwkt_thread_alloc(struct lwkt_globaldata *gd, int pri,
				      unsigned int maxtokens);
int lwkt_thread_spawn(struct lwkt_thread *td, int (*main)(void *arg), int cpu,
		      const char *name);
void lwkt_thread_free(struct lwkt_thread *td);

#endif /* _LWKT_THREAD_H */
