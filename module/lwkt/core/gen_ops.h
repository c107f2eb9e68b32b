/* SPDX-License-Identifier: GPL-2.0 */
/*
 * gen_ops.h - what the scheduler needs of tokens
 *
 * The scheduler knows no token and no generation. What it asks of them on every
 * switch are functions, called directly: lwkt/token/ and lwkt/dispatch.c have
 * them. What it asks seldom is a fact or a hook of the generation that is alive.
 */
#ifndef _LWKT_GEN_OPS_H
#define _LWKT_GEN_OPS_H

#include <linux/cpumask.h>
#include <linux/types.h>

#include "generations.h"

struct lwkt_globaldata;
struct lwkt_thread;

/**
 * struct lwkt_gen_ops - facts and hooks of a generation; each hook may be NULL
 * @fair_queue: the run queue is one queue for all priorities (fairq.c)
 * @halts_contended: a release wakes a CPU that sleeps although threads wait
 * there, so that its idle thread need not poll
 * @user_keeps_cpu: a user thread that was chosen past contended threads runs
 * until its slice ends, as long as no thread is woken
 * @collides_atomically: the token's own count of failures loses none
 * @private_bytes: size of the generation's own part of a thread, which lies
 * directly before struct lwkt_thread; a multiple of SMP_CACHE_BYTES, zeroed
 * @thread_init: a thread was allocated: initialise that part
 * @start: a world begins on these CPUs; no LWKT thread exists
 * @halting: the CPU is about to halt; its task state is set afterwards
 * @doze: schedule() of a halting CPU; true if it was woken
 * @up: the CPU does not halt any more; @doze was called and returned @woken
 * @timer: td_timer of a thread fired. Context: hard interrupt.
 * @timer_woke: and it was not for a lwkt_tsleep(), so that the thread has been
 * made runnable. Context: hard interrupt.
 * @deaf: does the current thread not notice that its CPU is asked for a pass?
 */
struct lwkt_gen_ops {
	bool fair_queue;
	bool halts_contended;
	bool user_keeps_cpu;
	bool collides_atomically;
	size_t private_bytes;
	void (*thread_init)(struct lwkt_thread *td);
	void (*start)(const struct cpumask *cpus);
	void (*halting)(struct lwkt_globaldata *gd);
	bool (*doze)(struct lwkt_globaldata *gd);
	void (*up)(struct lwkt_globaldata *gd, bool woken);
	void (*timer)(struct lwkt_thread *td);
	void (*timer_woke)(struct lwkt_thread *td);
	bool (*deaf)(const struct lwkt_thread *td);
};

/* Each generation has its own. */
#define LWKT_GEN_OPS(name) extern const struct lwkt_gen_ops lwkt_##name##_ops;
LWKT_GENERATIONS(LWKT_GEN_OPS)
#undef LWKT_GEN_OPS

/* By generation (dispatch.c), and of the one that is alive (world.c). */
extern const struct lwkt_gen_ops *const lwkt_gen_ops[LWKT_GEN_COUNT];
extern const struct lwkt_gen_ops *lwkt_ops;

/* dispatch.c */
unsigned int lwkt_relalltokens(struct lwkt_thread *td);
bool lwkt_getalltokens(struct lwkt_thread *td);
struct lwkt_thread *lwkt_choose_thread(struct lwkt_globaldata *gd);

/* token.c */
void lwkt_drop_leftover(struct lwkt_thread *td);

#endif /* _LWKT_GEN_OPS_H */
