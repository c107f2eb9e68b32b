// SPDX-License-Identifier: GPL-2.0
/*
 * sched.c - the LWKT scheduler of each CPU, on top of Linux's
 *
 * PROBLEM
 *
 *   LWKT runs exactly one thread per CPU, and it is the outgoing thread that
 *   picks the next one, taking tokens on its behalf, before it stops. Linux's
 *   scheduler must neither choose among LWKT threads nor be shut out.
 *
 * THE BATON
 *
 *   gd_curthread names the thread that holds its CPU's baton. All others of
 *   that CPU sleep (TASK_IDLE) in lwkt_wait_baton(). To switch, the holder
 *   writes the next thread's name and wakes its kthread, then goes to sleep
 *   until its own name stands there again. So Linux has, of a CPU's LWKT
 *   threads, one to run (for moments two: one that only has to fall asleep),
 *   and treats it as any other task: it may preempt it at any time, and the
 *   thread keeps the baton, its tokens and its place, which is just what
 *   LWKT's involuntary preemption is.
 *
 *   Threads without a kthread of their own are handed the baton by a return to
 *   the one kthread that runs them all: inline.c.
 *
 *   The baton is the lock for everything in lwkt_globaldata and lwkt_thread
 *   that is not marked otherwise. It is only ever passed on the same CPU.
 *
 * LIMITS
 *
 *   If a CPU goes offline Linux moves its kthreads elsewhere. Nothing here
 *   depends on where they run, since all state is found through td_gd. A
 *   measurement does.
 *
 *   No LWKT thread preempts another (interrupt threads, which do so in
 *   DragonFly, have no counterpart here): a wakened thread is queued at the next
 *   switch, behind the thread that runs, which may get a second time slice
 *   before it. Time slices end where the running thread asks
 *   (lwkt_user_yield), as they do at DragonFly's return to user mode, not
 *   inside a section.
 */
#include <linux/export.h>
#include <linux/kthread.h>
#include <linux/rcupdate.h>
#include <linux/sched.h>

#include "base/clock.h"
#include "gen_ops.h"
#include "misuse.h"
#include "sched.h"
#include "testpoint.h"
#include "trace.h"
#include "tsleep.h"

/**
 * lwkt_wait_baton() - sleep until the calling thread is current
 * @td: the calling thread
 *
 * Context: process context, sleeps.
 * Return: false if the kthread was told to stop before it ever entered the
 * LWKT world, else true
 */
bool lwkt_wait_baton(struct lwkt_thread *td)
{
	bool current_now = true;

	for (;;) {
		set_current_state(TASK_IDLE);
		/* Pairs with the store in lwkt_pass_baton(). */
		if (smp_load_acquire(&td->td_gd->gd_curthread) == td)
			break;
		if (kthread_should_stop() && !READ_ONCE(td->td_entered)) {
			current_now = false;
			break;
		}
		schedule();
	}
	__set_current_state(TASK_RUNNING);
	if (current_now)
		/* Read by the caller and its interrupts: lwkt_curthread(). */
		WRITE_ONCE(td->td_gd->gd_curtask, current);
	return current_now;
}

/**
 * lwkt_pass_baton() - make another thread of the same CPU current
 * @gd: the CPU
 * @next: the thread; the caller is not current any more and must go to sleep
 *
 * In a world with a runner the caller is the kthread of @next, too.
 *
 * Context: the CPU's baton holder.
 */
void lwkt_pass_baton(struct lwkt_globaldata *gd, struct lwkt_thread *next)
{
	struct task_struct *task = next->td_task;

	lwkt_cpu_stats(gd)->handovers++;
	/* Its tokens have been taken just now, if it wants any. */
	gd->gd_taken_ns = lwkt_wants_tokens(next) ? tb_clock_ns() : 0;
	if (lwkt_runner) {
		WRITE_ONCE(gd->gd_curthread, next);
		return;
	}
	/* Before @next writes its own: ordered by the store and load below. */
	WRITE_ONCE(gd->gd_curtask, NULL);
	/*
	 * @next may be awake already, and once it is current it may run to its
	 * end and be freed before the next line. Its task is freed by RCU, and
	 * cannot have exited before the store.
	 */
	rcu_read_lock();
	/* Pairs with the load in lwkt_wait_baton(). */
	smp_store_release(&gd->gd_curthread, next);
	wake_up_process(task);
	rcu_read_unlock();
}

/**
 * lwkt_choose() - one pass of the scheduler
 * @gd: the CPU
 *
 * Context: the CPU's outgoing or idle thread; the former's tokens released.
 * Return: the thread to run, with all its tokens; NULL for the idle thread
 */
struct lwkt_thread *lwkt_choose(struct lwkt_globaldata *gd)
{
	if (atomic_read(&gd->gd_reqflags) & RQF_RESCHED)
		atomic_andnot(RQF_RESCHED, &gd->gd_reqflags);
	/* Taken first: a later request is for a thread this pass may miss. */
	gd->gd_asked_ns =
		READ_ONCE(gd->gd_yield_ns) ? xchg(&gd->gd_yield_ns, 0) : 0;
	lwkt_drain_wakeups(gd);
	return lwkt_choose_thread(gd);
}

/**
 * lwkt_need_resched() - ask a CPU for a scheduler pass
 * @gd: the CPU
 *
 * Its current thread yields at its next lwkt_user_yield(); its idle thread is
 * woken if it sleeps. The request ends with the pass.
 *
 * Context: any, any CPU.
 */
void lwkt_need_resched(struct lwkt_globaldata *gd)
{
	struct lwkt_thread *idle = gd->gd_idle;

	/* A full barrier; pairs with halt_cpu(). Proof: wake-idle. */
	atomic_fetch_or(RQF_RESCHED, &gd->gd_reqflags);
	if (READ_ONCE(gd->gd_curthread) == idle)
		wake_up_process(idle->td_task);
}
EXPORT_SYMBOL_GPL(lwkt_need_resched);

/**
 * lwkt_yield_by() - ask a CPU for a scheduler pass by a certain time
 * @gd: the CPU
 * @ns: the time, not 0
 *
 * Its current thread yields at its first lwkt_user_yield() after that. The
 * pass finds the request in gd_asked_ns. Of several the earliest counts.
 *
 * Context: any, any CPU.
 */
void lwkt_yield_by(struct lwkt_globaldata *gd, u64 ns)
{
	u64 old = READ_ONCE(gd->gd_yield_ns);

	/* The caller's lwkt_schedule() orders this. Proof: yield-met. */
	while (!old || (s64)(ns - old) < 0)
		if (try_cmpxchg_relaxed(&gd->gd_yield_ns, &old, ns))
			break;
}
EXPORT_SYMBOL_GPL(lwkt_yield_by);

/*
 * A request of lwkt_yield_by() may be due while no other thread can run here: then
 * it has been met. The caller looks for other threads once more, for which a
 * request may have come meanwhile. Proof: yield-met.
 *
 * Return: true if a request was cleared
 */
static bool clear_met_request(struct lwkt_globaldata *gd, u64 now)
{
	u64 by = READ_ONCE(gd->gd_yield_ns);

	if (!by || (s64)(now - by) < 0)
		return false;
	lwkt_testpoint(LWKT_TP_YIELD, gd->gd_curthread, 0);
	/* A lost race leaves an earlier request in place. */
	return try_cmpxchg(&gd->gd_yield_ns, &by, 0);
}

/**
 * lwkt_note_resumed() - a thread runs again, with all its tokens
 * @td: the thread, current
 *
 * Context: the CPU's baton holder.
 */
void lwkt_note_resumed(struct lwkt_thread *td)
{
	struct lwkt_thread_stats *st = lwkt_thread_stats(td);
	struct lwkt_globaldata *gd = td->td_gd;
	u64 now = tb_clock_ns();

	if (gd->gd_taken_ns) {
		lwkt_cpu_stats(gd)->owned_handovers++;
		lwkt_cpu_stats(gd)->owned_not_running_ns +=
			now - gd->gd_taken_ns;
		gd->gd_taken_ns = 0;
	}
	td->td_slice_end = now + lwkt_quantum_ns;
	gd->gd_resumed_ns = now;
	if (td->td_flags & TDF_DROPPED) {
		td->td_flags &= ~TDF_DROPPED;
		st->reacquisitions++;
		st->reacquire_ns += now - READ_ONCE(td->td_wake_ns);
	}
}

/**
 * lwkt_switch() - give the CPU to the thread that the scheduler chooses
 *
 * Releases all tokens of the caller. Comes back when the caller is chosen, and
 * then the caller has them all again. A caller that is not on the run queue
 * comes back only after it was made runnable.
 *
 * For an inline thread it comes back at once, and what is said above holds when
 * the runner goes on with the thread.
 *
 * Context: an LWKT thread that may sleep.
 * Return: 0; LWKT_AWAY if an inline thread is not current any more
 */
int lwkt_switch(void)
{
	struct lwkt_thread *td = lwkt_curthread(), *next;
	struct lwkt_globaldata *gd = td->td_gd;
	unsigned int dropped;

	if (unlikely(lwkt_is_nobody(td))) {
		lwkt_misuse(LWKT_MISUSE_FOREIGN, "lwkt_switch");
		return 0;
	}
	dropped = lwkt_relalltokens(td);
	if (dropped) {
		lwkt_thread_stats(td)->tokens_dropped += dropped;
		td->td_flags |= TDF_DROPPED;
		WRITE_ONCE(td->td_wake_ns, tb_clock_ns());
	}
	lwkt_cpu_stats(gd)->switches++;
	next = lwkt_choose(gd) ?: gd->gd_idle;
	trace_tokbench_switch(td, next, gd->gd_contended);
	if (next != td) {
		lwkt_pass_baton(gd, next);
		if (td->td_flags & TDF_INLINE)
			return LWKT_AWAY;
		lwkt_wait_baton(td);
	}
	lwkt_note_resumed(td);
	return 0;
}
EXPORT_SYMBOL_GPL(lwkt_switch);

/**
 * lwkt_yield() - let others of the same CPU run
 *
 * Ends the caller's time slice: where a switch alone does not turn the run
 * queue (lwkt_count_tick()) this does.
 *
 * Context: an LWKT thread that may sleep; drops all tokens meanwhile.
 * Return: as lwkt_switch()
 */
int lwkt_yield(void)
{
	struct lwkt_thread *td = lwkt_curthread();

	if (!lwkt_is_nobody(td))
		td->td_slice_end = 0;
	return lwkt_switch();
}
EXPORT_SYMBOL_GPL(lwkt_yield);

/**
 * lwkt_user_yield_wanted() - is there another thread to yield to?
 *
 * Context: an LWKT thread.
 */
bool lwkt_user_yield_wanted(void)
{
	struct lwkt_thread *td = lwkt_curthread();
	struct lwkt_globaldata *gd = td->td_gd;

	return !list_is_singular(&gd->gd_tdrunq[td->td_queue]) ||
	       gd->gd_runqmask & ~BIT(td->td_queue) ||
	       !llist_empty(&gd->gd_wakeups);
}

/*
 * A scheduler pass was asked for; or a user thread gives way to another thread that
 * became runnable, for which DragonFly's lwkt_schedule() asks with
 * need_lwkt_resched().
 */
static bool must_give_way(const struct lwkt_thread *td, u64 now)
{
	const struct lwkt_globaldata *gd = td->td_gd;
	u64 by = READ_ONCE(gd->gd_yield_ns);

	if (unlikely(by && (s64)(now - by) >= 0))
		return true;
	if (unlikely(atomic_read(&gd->gd_reqflags) & RQF_RESCHED) &&
	    !(lwkt_ops->deaf && lwkt_ops->deaf(td)))
		return true;
	if (td->td_pri >= TDPRI_KERN_LPSCHED)
		return false;
	if (!llist_empty(&gd->gd_wakeups))
		return true;
	/*
	 * Chosen past threads that wait for tokens: the next pass comes at the
	 * end of the slice. In a fair queue (fairq.c) it has its own turn.
	 */
	if (gd->gd_contended && lwkt_ops->user_keeps_cpu)
		return false;
	return gd->gd_runqmask >> (td->td_pri + 1);
}

/**
 * lwkt_user_yield() - yield if the caller's time slice is over
 * @now: the time, as tb_clock_ns() tells it
 *
 * A user thread yields at once if a kernel thread became runnable. Called where
 * DragonFly returns to user mode: outside of sections.
 *
 * Context: an LWKT thread that may sleep; drops all tokens if it yields.
 * Return: as lwkt_switch()
 */
int lwkt_user_yield(u64 now)
{
	struct lwkt_thread *td = lwkt_curthread();

	if (likely((s64)(now - td->td_slice_end) < 0 &&
		   !must_give_way(td, now)) ||
	    lwkt_is_nobody(td))
		return 0;
	if (lwkt_user_yield_wanted() ||
	    atomic_read(&td->td_gd->gd_reqflags) & RQF_RESCHED)
		return lwkt_switch();
	td->td_slice_end = now + lwkt_quantum_ns;
	if (clear_met_request(td->td_gd, now) && lwkt_user_yield_wanted())
		return lwkt_switch();
	return 0;
}
EXPORT_SYMBOL_GPL(lwkt_user_yield);

/* Leave the CPU until @end, or until something else wakes the thread. */
static int sleep_once(struct lwkt_thread *td, ktime_t end)
{
	lwkt_deschedule(td);
	/* Anew each time: a wait for tokens uses the timer, too. */
	hrtimer_start(&td->td_timer, end, HRTIMER_MODE_ABS_PINNED_HARD);
	return lwkt_switch();
}

/**
 * lwkt_sleep_ns() - leave the CPU for a time
 * @ns: how long, at least
 *
 * An lwkt_schedule() that comes before does not end it. The timer does not run
 * any more when this returns: it would end the thread's next wait.
 *
 * Context: an LWKT thread that may sleep and is not inline; drops all tokens
 * meanwhile.
 */
void lwkt_sleep_ns(u64 ns)
{
	struct lwkt_thread *td = lwkt_curthread();
	ktime_t end;

	if (unlikely(lwkt_is_nobody(td))) {
		lwkt_misuse(LWKT_MISUSE_FOREIGN, "lwkt_sleep_ns");
		return;
	}
	if (unlikely(td->td_flags & TDF_INLINE)) {
		lwkt_misuse(LWKT_MISUSE_INLINE, "lwkt_sleep_ns");
		return;
	}
	end = ktime_add_ns(ktime_get(), ns);
	do {
		sleep_once(td, end);
		/* Also waits for a handler that is just running. */
		hrtimer_cancel(&td->td_timer);
	} while (ktime_before(ktime_get(), end));
}
EXPORT_SYMBOL_GPL(lwkt_sleep_ns);

/**
 * lwkt_sleep_until() - lwkt_sleep_ns() for inline threads
 * @td: the caller
 * @end: when the sleep is over
 *
 * Called again each time the runner goes on with the thread, until it returns 0.
 *
 * Context: an LWKT thread that may sleep; drops all tokens meanwhile.
 * Return: 0: the sleep is over, and the thread has all its tokens; LWKT_AWAY
 */
int lwkt_sleep_until(struct lwkt_thread *td, ktime_t end)
{
	for (;;) {
		/* That of the call before, if there was one. */
		hrtimer_cancel(&td->td_timer);
		if (!ktime_before(ktime_get(), end))
			return 0;
		if (sleep_once(td, end))
			return LWKT_AWAY;
	}
}
EXPORT_SYMBOL_GPL(lwkt_sleep_until);

/**
 * lwkt_exit() - the calling thread leaves the LWKT world
 * @td: the caller
 *
 * Releases what it holds, which is reported; passes the baton on and returns
 * without it. @td may be gone then.
 *
 * Context: an LWKT thread that may sleep, at the end of its function; an inline
 * thread, which then returns to the runner.
 */
void lwkt_exit(struct lwkt_thread *td)
{
	struct lwkt_globaldata *gd = td->td_gd;

	lwkt_tsleep_remove(td);
	if (lwkt_wants_tokens(td))
		lwkt_drop_leftover(td);
	lwkt_runq_remove(td);
	lwkt_pass_baton(gd, lwkt_choose(gd) ?: gd->gd_idle);
	complete(&td->td_exited);
}
EXPORT_SYMBOL_GPL(lwkt_exit);
