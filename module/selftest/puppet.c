// SPDX-License-Identifier: GPL-2.0
/*
 * puppet.c - inline threads with a stack, so that each test is written once
 *
 * An inline thread (lwkt/core/inline.c) has no stack on which a test function could
 * wait. Here each has a kthread that lends it one: when the runner goes on with
 * the thread it wakes that kthread and waits until it is told that the thread has
 * to wait (LWKT_AWAY), or has ended. One of the two runs at any time, and the other
 * sleeps, so the runner's kthread is the only one that ever acts for the CPU. What
 * is tested is the port's part of an inline switch, and all that is built on it;
 * the steps of the timed loop are tested where runs are.
 */
#include <linux/kthread.h>
#include <linux/sched.h>

#include "base/bound.h"
#include "fixture.h"

/* The functions themselves. */
#undef lwkt_lockmgr_exclusive
#undef lwkt_tsleep
#undef lwkt_sleep_ns

/* Context: the kthread whose turn it was. */
static void pass_turn(struct st_thread *th, bool turn, struct task_struct *task)
{
	/* Pairs with the load in wait_turn(). */
	smp_store_release(&th->turn, turn);
	wake_up_process(task);
}

/* False if the caller, whose turn has never come, is to end. */
static bool wait_turn(struct st_thread *th, bool turn)
{
	bool mine;

	for (;;) {
		set_current_state(TASK_IDLE);
		/* Pairs with the store in pass_turn(). */
		mine = smp_load_acquire(&th->turn) == turn;
		if (mine || (turn && kthread_should_stop()))
			break;
		schedule();
	}
	__set_current_state(TASK_RUNNING);
	return mine;
}

/**
 * st_runner() - the runner of a test's world (lwkt/core/inline.h)
 * @td: the thread to go on with
 *
 * Context: the kthread of the CPU's idle thread, sleeps.
 */
void st_runner(struct lwkt_thread *td)
{
	struct lwkt_globaldata *gd = td->td_gd;
	bool done;

	do {
		struct st_thread *th = td->td_arg;

		th->runner = current;
		/* What is current on the CPU is the thread on its stack. */
		WRITE_ONCE(gd->gd_curtask, th->stack);
		pass_turn(th, true, th->stack);
		wait_turn(th, false);
		WRITE_ONCE(gd->gd_curtask, current);
		/* Of a thread that is away another one may be the current one. */
		done = gd->gd_curthread == td && READ_ONCE(th->done);
		if (done)
			lwkt_exit(td);
		td = lwkt_inline_next(gd);
	} while (td);
}

static int stack_main(void *arg)
{
	struct st_thread *th = arg;

	if (wait_turn(th, true)) {
		st_thread_main(th);
		pass_turn(th, false, th->runner);
	}
	tb_bound_wait_stop();
	return 0;
}

/**
 * st_puppet() - make the inline thread of a thread of a test
 * @th: the thread
 * @cpu: where it lives
 * @pri: TDPRI_*
 * @name: of the kthread that lends it a stack
 *
 * Context: process context, may sleep; the caller keeps @cpu online.
 * Return: the inline thread or an ERR_PTR
 */
struct lwkt_thread *st_puppet(struct st_thread *th, int cpu, int pri,
			      const char *name)
{
	struct lwkt_thread *td;

	th->stack = tb_bound_create(stack_main, th, cpu, name);
	if (IS_ERR(th->stack))
		return ERR_CAST(th->stack);
	td = lwkt_create_inline(th, cpu, pri, th->t->knobs.maxtokens);
	if (IS_ERR(td)) {
		tb_bound_stop(th->stack);
		return td;
	}
	/* Others look whether it is on its CPU; hooks look whose it is. */
	td->td_task = th->stack;
	td->td_fn = st_thread_main;
	wake_up_process(th->stack);
	return td;
}

/**
 * st_puppet_end() - undo st_puppet(), but for the inline thread
 * @th: the thread, destroyed
 *
 * Context: process context, sleeps.
 */
void st_puppet_end(struct st_thread *th)
{
	if (th->stack)
		tb_bound_stop(th->stack);
}

/**
 * st_come_back() - wait, if an inline thread is to return to its runner
 * @ret: what a function of the port returned
 *
 * Context: a thread of a test, sleeps.
 * Return: @ret; 0 if that was LWKT_AWAY and the runner has gone on with the thread
 */
int st_come_back(int ret)
{
	struct st_thread *th;

	if (ret != LWKT_AWAY)
		return ret;
	th = kthread_data(current);
	pass_turn(th, false, th->runner);
	wait_turn(th, true);
	return 0;
}

/**
 * st_lock() - lwkt_lockmgr_exclusive()
 * @lk: the lock
 *
 * Context: a thread of a test, sleeps.
 * Return: as lwkt_lockmgr_exclusive()
 */
int st_lock(struct lwkt_lock *lk)
{
	struct lwkt_thread *td = lwkt_curthread();
	int err = lwkt_lockmgr_exclusive(lk);

	while (err == LWKT_AWAY) {
		st_come_back(err);
		err = lwkt_lockmgr_again(td, lk);
	}
	return err;
}

/**
 * st_tsleep() - lwkt_tsleep()
 * @ident: what for
 * @timeout_ns: how long at most; 0: for ever
 *
 * Context: a thread of a test, sleeps.
 * Return: as lwkt_tsleep()
 */
int st_tsleep(const void *ident, u64 timeout_ns)
{
	struct lwkt_thread *td = lwkt_curthread();
	int err = lwkt_tsleep(ident, timeout_ns);

	while (err == LWKT_AWAY) {
		st_come_back(err);
		err = lwkt_tsleep_again(td);
	}
	return err;
}

/**
 * st_sleep_ns() - lwkt_sleep_ns()
 * @ns: how long, at least
 *
 * Context: a thread of a test, sleeps.
 */
void st_sleep_ns(u64 ns)
{
	struct lwkt_thread *td = lwkt_curthread();
	ktime_t end = ktime_add_ns(ktime_get(), ns);

	if (!(td->td_flags & TDF_INLINE)) {
		lwkt_sleep_ns(ns);
		return;
	}
	while (lwkt_sleep_until(td, end) == LWKT_AWAY)
		st_come_back(LWKT_AWAY);
}
