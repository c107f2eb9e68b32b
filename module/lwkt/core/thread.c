// SPDX-License-Identifier: GPL-2.0
/*
 * thread.c - the life of an LWKT thread
 *
 * A thread is made (lwkt_create) with its kthread asleep, enters the LWKT
 * world when it is first made runnable (lwkt_schedule), lives in it
 * while its function runs, leaves it for good when the function returns
 * (lwkt_exit passes the baton on and completes td_exited), and then waits, as
 * an ordinary sleeping kthread, for kthread_stop() in lwkt_destroy().
 *
 * A thread of a world with a runner (inline.c) has no kthread: it enters the LWKT
 * world when the runner first goes on with it and leaves it in
 * lwkt_exit(), which the runner calls for it.
 *
 * A thread that was never made runnable can be destroyed just as well. One
 * that is inside the LWKT world cannot: it alone can pass its CPU's baton on. To
 * end it, make its function return.
 */
#include <linux/err.h>
#include <linux/export.h>
#include <linux/sched.h>
#include <linux/sched/task.h>
#include <linux/slab.h>

#include "base/bound.h"
#include "base/compat.h"
#include "gen_ops.h"
#include "sched.h"
#include "thread.h"
#include "tsleep.h"

/* What the sentinel names: never a token, so no release can match it. */
#define NO_TOKEN ((struct lwkt_token *)-1L)

/* Threads that are gone and may still be remembered. */
static LIST_HEAD(buried_threads);

/* A page holds two, where lock debugging does not make them larger. */
static_assert(IS_ENABLED(CONFIG_DEBUG_LOCK_ALLOC) ||
	      IS_ENABLED(CONFIG_DEBUG_SPINLOCK) ||
	      sizeof(struct lwkt_thread) +
			      LWKT_MAXTOKENS * sizeof(struct lwkt_tokref) <=
		      2048);

static enum hrtimer_restart timer_fires(struct hrtimer *timer)
{
	struct lwkt_thread *td =
		container_of(timer, struct lwkt_thread, td_timer);

	if (lwkt_ops->timer)
		lwkt_ops->timer(td);
	/* A thread that was woken from its tsleep may wait for a token by now. */
	if (td->td_sleep_end && lwkt_endtsleep(td))
		return HRTIMER_NORESTART;
	lwkt_schedule(td);
	if (lwkt_ops->timer_woke)
		lwkt_ops->timer_woke(td);
	return HRTIMER_NORESTART;
}

/**
 * lwkt_thread_alloc() - memory of a thread, without a kthread
 * @gd: its CPU
 * @pri: TDPRI_*
 * @maxtokens: how many token references it can have
 *
 * Context: process context, may sleep.
 * Return: the thread or NULL
 */
struct lwkt_thread *lwkt_thread_alloc(struct lwkt_globaldata *gd, int pri,
				      unsigned int maxtokens)
{
	struct lwkt_thread *td;
	size_t bytes = struct_size(td, td_toks, maxtokens);
	size_t private = lwkt_ops->private_bytes;
	unsigned int i;
	void *mem;

	/* private_bytes are whole cache lines: gen_ops.h. */
	BUILD_BUG_ON(L1_CACHE_BYTES % __alignof__(*td));
	/* kzalloc aligns a power of two to itself, and other sizes to less. */
	mem = kzalloc_node(roundup_pow_of_two(private + bytes), GFP_KERNEL,
			   cpu_to_node(gd->gd_cpu));
	if (!mem)
		return NULL;
	td = mem + private;
	td->td_mem = mem;
	td->td_bytes = bytes;
	td->td_toks_stop = td->td_toks;
	td->td_toks_end = td->td_toks + maxtokens;
	/* That of lwkt_nobody is for callers on all CPUs, and never 0. */
	td->td_left = maxtokens ? (s32)maxtokens : LWKT_LEFT_NOBODY;
	td->td_sentinel.tr_tok = NO_TOKEN;
	for (i = 0; i < maxtokens; i++)
		td->td_toks[i].tr_owner = td;
	td->td_gd = gd;
	td->td_pri = pri;
	td->td_upri = pri - (pri < TDPRI_KERN_LPSCHED ? TDPRI_USER_NORM :
							TDPRI_KERN_USER);
	td->td_queue = lwkt_ops->fair_queue ? LWKT_FAIR_QUEUE : pri;
	INIT_LIST_HEAD(&td->td_threadq);
	INIT_LIST_HEAD(&td->td_sleepq);
	INIT_LIST_HEAD(&td->td_awakeq);
	init_completion(&td->td_exited);
	compat_hrtimer_setup(&td->td_timer, timer_fires,
			     HRTIMER_MODE_REL_PINNED_HARD);
	if (lwkt_ops->thread_init)
		lwkt_ops->thread_init(td);
	/* Not on the run queue yet: the first lwkt_schedule() puts it there. */
	atomic_set(&td->td_blocked, 1);
	return td;
}

/**
 * lwkt_thread_spawn() - give a thread its kthread, bound and still asleep
 * @td: the thread
 * @main: what the kthread runs, with @td as its argument
 * @cpu: where
 * @name: the kthread's name
 *
 * Context: process context, may sleep; the caller keeps @cpu online.
 * Return: 0 or the error of tb_bound_create()
 */
int lwkt_thread_spawn(struct lwkt_thread *td, int (*main)(void *arg), int cpu,
		      const char *name)
{
	struct task_struct *task = tb_bound_create(main, td, cpu, name);

	if (IS_ERR(task))
		return PTR_ERR(task);
	td->td_task = task;
	wake_up_process(task);
	return 0;
}

/**
 * lwkt_thread_free() - stop a thread's kthread, if it has one, and free both
 * @td: outside the LWKT world, or NULL
 *
 * Context: process context, sleeps until the kthread is gone.
 */
void lwkt_thread_free(struct lwkt_thread *td)
{
	if (!td)
		return;
	if (td->td_task && !(td->td_flags & TDF_INLINE))
		tb_bound_stop(td->td_task);
	/* It fired long ago, but its handler may just be returning. */
	hrtimer_cancel(&td->td_timer);
	kfree(td->td_mem);
}

static int thread_main(void *arg)
{
	struct lwkt_thread *td = arg;

	if (lwkt_wait_baton(td)) {
		td->td_fn(td->td_arg);
		lwkt_exit(td);
	}

	tb_bound_wait_stop();
	return 0;
}

/**
 * lwkt_create() - make an LWKT thread
 * @fn: what it does; the thread ends when this returns
 * @arg: for @fn
 * @cpu: where it lives, a CPU given to lwkt_start()
 * @pri: TDPRI_USER_NORM or above
 * @maxtokens: how many token references it can have
 * @name: of its kthread
 *
 * It does not run before lwkt_schedule() is called for it.
 *
 * Context: process context, may sleep; the caller keeps @cpu online. The world has
 * no runner.
 * Return: the thread or an ERR_PTR
 */
struct lwkt_thread *lwkt_create(void (*fn)(void *arg), void *arg, int cpu,
				int pri, unsigned int maxtokens,
				const char *name)
{
	struct lwkt_thread *td;
	int err;

	if (WARN_ON_ONCE(lwkt_runner))
		return ERR_PTR(-EINVAL);
	td = lwkt_thread_alloc(per_cpu_ptr(&lwkt_gd, cpu), pri, maxtokens);
	if (!td)
		return ERR_PTR(-ENOMEM);
	td->td_fn = fn;
	td->td_arg = arg;
	err = lwkt_thread_spawn(td, thread_main, cpu, name);
	if (err) {
		lwkt_thread_free(td);
		return ERR_PTR(err);
	}
	return td;
}
EXPORT_SYMBOL_GPL(lwkt_create);

/**
 * lwkt_create_inline() - make an LWKT thread that the world's runner goes on with
 * @arg: td_arg, for the runner
 * @cpu: where it lives, a CPU given to lwkt_start()
 * @pri: TDPRI_USER_NORM or above
 * @maxtokens: how many token references it can have
 *
 * It does not run before lwkt_schedule() is called for it.
 *
 * Context: process context, may sleep; the world has a runner.
 * Return: the thread or an ERR_PTR
 */
struct lwkt_thread *lwkt_create_inline(void *arg, int cpu, int pri,
				       unsigned int maxtokens)
{
	struct lwkt_globaldata *gd = per_cpu_ptr(&lwkt_gd, cpu);
	struct lwkt_thread *td;

	if (WARN_ON_ONCE(!lwkt_runner))
		return ERR_PTR(-EINVAL);
	td = lwkt_thread_alloc(gd, pri, maxtokens);
	if (!td)
		return ERR_PTR(-ENOMEM);
	td->td_arg = arg;
	td->td_flags = TDF_INLINE;
	td->td_task = gd->gd_idle->td_task;
	return td;
}
EXPORT_SYMBOL_GPL(lwkt_create_inline);

/**
 * lwkt_destroy() - the end of a thread
 * @td: never scheduled, or its function has returned or will return by itself
 *
 * Its memory stays until lwkt_stop(): others of the world may still remember
 * an owner they met, or an unfinished try (tries.c).
 *
 * Context: process context, sleeps until the kthread is gone; one caller at a
 * time.
 */
void lwkt_destroy(struct lwkt_thread *td)
{
	if (READ_ONCE(td->td_entered))
		wait_for_completion(&td->td_exited);
	if (!(td->td_flags & TDF_INLINE)) {
		get_task_struct(td->td_task);
		tb_bound_stop(td->td_task);
	}
	/* It fired long ago, but its handler may just be returning. */
	hrtimer_cancel(&td->td_timer);
	list_add(&td->td_threadq, &buried_threads);
}
EXPORT_SYMBOL_GPL(lwkt_destroy);

/**
 * lwkt_bury() - free the memory of destroyed threads
 *
 * Context: process context; no thread of the world is left.
 */
void lwkt_bury(void)
{
	struct lwkt_thread *td, *next;

	list_for_each_entry_safe(td, next, &buried_threads, td_threadq) {
		/* cppcheck-suppress uninitvar ; it does not know the loop */
		if (!(td->td_flags & TDF_INLINE))
			put_task_struct(td->td_task);
		kfree(td->td_mem);
	}
	INIT_LIST_HEAD(&buried_threads);
}
