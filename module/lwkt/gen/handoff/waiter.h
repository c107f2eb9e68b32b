/* SPDX-License-Identifier: GPL-2.0 */
/*
 * waiter.h - what token-handoff keeps of a thread
 *
 * It lies directly before struct lwkt_thread, in the same allocation (private_bytes
 * of core/gen_ops.h). So the way from one to the other is a subtraction, the core
 * sees nothing of it, threads of other generations do not pay for it, and what
 * other CPUs write under a token's lock is on one line. A wake-up, the timer and
 * what the core itself needs of a wait (td_since_ns, td_awakeq, td_woken) are in
 * struct lwkt_thread.
 */
#ifndef _LWKT_HANDOFF_WAITER_H
#define _LWKT_HANDOFF_WAITER_H

#include <linux/cache.h>

#include "spinq.h"
#include "word.h"

/**
 * struct lwkt_waiter - a thread as one that waits for tokens
 * @wt_link: link in the queue of @wt_tok; owned by that token
 * @wt_nominee_link: link in the list of nominees
 * @wt_tok: the token in whose queue it waits, or NULL
 * @wt_first_ns: when it first was the first waiter of a token, 0 if it was not
 * @wt_kept_ns: since when a token is kept for it, 0 if none is
 * @wt_missing: how many tokens of its set are bound and not kept; each is counted
 * under its t_lock
 * @wt_expired: how often, in this wait, a keep for it has reached its limit
 * @wt_timed: td_timer was started to end a wait for a token
 * @wt_single: all its references name one token
 * @wt_retries: how often in a row it did not park because the token was free
 * @wt_nominated: it is the eldest, or a nominee
 * @wt_bound: every token of its set is bound
 * @wt_spun: the scheduler got its tokens only by spinning
 *
 * One cache line, beside what a wake-up touches of struct lwkt_thread. Which lock
 * protects what: handoff/queue.c.
 */
struct lwkt_waiter {
	struct list_head wt_link;
	struct list_head wt_nominee_link;
	struct lwkt_token *wt_tok;
	u64 wt_first_ns;
	u64 wt_kept_ns;
	atomic_t wt_missing;
	u8 wt_expired;
	bool wt_timed;
	bool wt_single;
	/* Of its own CPU alone. */
	u8 wt_retries : 2;
	u8 wt_nominated : 1;
	u8 wt_bound : 1;
	u8 wt_spun : 1;
} ____cacheline_aligned;

/* One line; and with it two threads fit into a page, as without (thread.c). */
static_assert(sizeof(struct lwkt_waiter) == L1_CACHE_BYTES &&
	      L1_CACHE_BYTES % LWKT_REF_ALIGN == 0);
static_assert(IS_ENABLED(CONFIG_DEBUG_LOCK_ALLOC) ||
	      IS_ENABLED(CONFIG_DEBUG_SPINLOCK) ||
	      sizeof(struct lwkt_waiter) + sizeof(struct lwkt_thread) +
			      LWKT_MAXTOKENS * sizeof(struct lwkt_tokref) <=
		      2048);

/* The waiter that a thread is. */
static __always_inline struct lwkt_waiter *
lwkt_waiter(const struct lwkt_thread *td)
{
	return (struct lwkt_waiter *)td - 1;
}

/* The thread that a waiter is. */
static __always_inline struct lwkt_thread *
lwkt_waiter_thread(const struct lwkt_waiter *wt)
{
	return (struct lwkt_thread *)(wt + 1);
}

/**
 * struct lwkt_handoff_cpu - what token-handoff keeps of a CPU
 * @parked: the thread that last went to wait for a token
 * @fail_tok: the token that the last try failed on
 * @spin_ns: how long waiting threads may still spin (handoff/spin.c)
 * @spin_holding_ns: the same while it holds other tokens
 * @spin_from: since when time adds to that
 * @spinner: the CPU in the queue of a token's spinners (handoff/spinq.c)
 *
 * Belongs to the CPU's baton holder, but for @spinner.
 */
struct lwkt_handoff_cpu {
	struct lwkt_thread *parked;
	struct lwkt_token *fail_tok;
	s64 spin_ns;
	s64 spin_holding_ns;
	u64 spin_from;
	struct lwkt_spinner spinner;
};

DECLARE_PER_CPU_ALIGNED(struct lwkt_handoff_cpu, lwkt_handoff_cpus);

static inline struct lwkt_handoff_cpu *
lwkt_handoff_cpu(const struct lwkt_globaldata *gd)
{
	return per_cpu_ptr(&lwkt_handoff_cpus, gd->gd_cpu);
}

/* A CPU that spins has to do something else. Its baton holder. */
static inline bool lwkt_spinner_is_wanted(const struct lwkt_globaldata *gd)
{
	return need_resched() || !llist_empty(&gd->gd_wakeups);
}

#endif /* _LWKT_HANDOFF_WAITER_H */
