// SPDX-License-Identifier: GPL-2.0
/*
 * tokbench_seeded.c - bugs on purpose, to see whether a debug kernel sees them
 *
 * bug=NAME makes one when the module is loaded. A report can switch the other
 * checkers off, so: one bug per boot. Never load this into a kernel that you
 * need.
 *
 *   none    no bug: what comes must not be reported
 *   uaf     reads memory after it was freed (KASAN)
 *   oob     writes behind its end (KASAN)
 *   abba    takes two mutexes in both orders (lockdep)
 *   atomic  sleeps with a spinlock held (atomic-sleep)
 *   leak    forgets an allocation (kmemleak)
 *   race    two threads increment a plain variable (KCSAN)
 *   unlocked  one thread takes the mutex for it, the other does not (KCSAN)
 *   locked  both take it: KCSAN must not report that
 *   lockup  keeps a CPU for SECONDS (soft lockup detector)
 *   stall   does so while RCU waits for it (RCU stall detector)
 *   hung    sleeps for SECONDS, deaf to signals (hung task detector)
 *   standstill  all CPUs wait, interrupts off, for what none of them will write (the
 *           simulated machine, which has to be running)
 *
 * The last three tell nothing to watchdogs that wait longer than SECONDS:
 * the test sets how long they wait before it loads this.
 */
#include <linux/delay.h>
#include <linux/err.h>
#include <linux/kthread.h>
#include <linux/ktime.h>
#include <linux/module.h>
#include <linux/mutex.h>
#include <linux/preempt.h>
#include <linux/rcupdate.h>
#include <linux/sched.h>
#include <linux/slab.h>
#include <linux/smp.h>
#include <linux/spinlock.h>
#ifdef CONFIG_UML_SIM
#include <uml_sim.h>
#endif

static char *bug = "none";
module_param(bug, charp, 0444);
MODULE_PARM_DESC(bug, "which bug");

#define SECONDS 15

static DEFINE_MUTEX(lock_a);
static DEFINE_MUTEX(lock_b);
static DEFINE_SPINLOCK(spin);

/* Volatile, so that the compiler neither sees nor removes the bug. */
static char *volatile where;

static noinline void seeded_uaf(void)
{
	where = kmalloc(64, GFP_KERNEL);
	kfree(where);
	pr_info("seeded: %d\n", *(volatile char *)where);
}

static noinline void seeded_oob(void)
{
	where = kmalloc(64, GFP_KERNEL);
	if (where)
		((volatile char *)where)[64] = 1;
	kfree(where);
}

static noinline void seeded_abba(void)
{
	mutex_lock(&lock_a);
	mutex_lock(&lock_b);
	mutex_unlock(&lock_b);
	mutex_unlock(&lock_a);

	mutex_lock(&lock_b);
	mutex_lock(&lock_a);
	mutex_unlock(&lock_a);
	mutex_unlock(&lock_b);
}

static noinline void seeded_atomic(void)
{
	spin_lock(&spin);
	mutex_lock(&lock_a);
	mutex_unlock(&lock_a);
	spin_unlock(&spin);
}

static noinline void seeded_leak(void)
{
	int i;

	for (i = 0; i < 16; i++)
		where = kmalloc(64, GFP_KERNEL);
	where = NULL;
}

/* Two threads and what they share. */
static unsigned long shared;
static bool locks[2];

static noinline void increment(void)
{
	shared++;
}

static int racer(void *arg)
{
	bool *locked = arg;
	int i;

	for (i = 0; i < 200000 && !kthread_should_stop(); i++) {
		if (*locked)
			mutex_lock(&lock_a);
		increment();
		if (*locked)
			mutex_unlock(&lock_a);
		cond_resched();
	}
	while (!kthread_should_stop())
		msleep(20);
	return 0;
}

static int seeded_race(bool first, bool second)
{
	struct task_struct *task[2];
	int i;

	locks[0] = first;
	locks[1] = second;
	for (i = 0; i < 2; i++) {
		task[i] = kthread_create(racer, &locks[i], "seeded/%d", i);
		if (IS_ERR(task[i])) {
			if (i)
				kthread_stop(task[0]);
			return PTR_ERR(task[i]);
		}
		kthread_bind(task[i], i);
	}
	for (i = 0; i < 2; i++)
		wake_up_process(task[i]);
	msleep(4000);
	for (i = 0; i < 2; i++)
		kthread_stop(task[i]);
	return 0;
}

static noinline void seeded_lockup(void)
{
	u64 until = ktime_get_mono_fast_ns() + SECONDS * NSEC_PER_SEC;

	preempt_disable();
	while (ktime_get_mono_fast_ns() < until)
		cpu_relax();
	preempt_enable();
}

static void nothing(struct rcu_head *head)
{
}

/* The grace period that waits for this CPU is the callback's. */
/* By a pointer: the compiler tells nobody of a variable that only it can see. */
static void __maybe_unused await_never(void *flag)
{
	int *never = flag;

	smp_cond_load_relaxed(never, VAL);
}

static noinline void seeded_standstill(void)
{
#ifdef CONFIG_UML_SIM
	static int never;

	uml_sim_model(1);
	on_each_cpu(await_never, &never, 0);
#endif
}

static noinline void seeded_stall(void)
{
	static struct rcu_head head;

	call_rcu(&head, nothing);
	seeded_lockup();
	rcu_barrier();
}

static noinline void seeded_hung(void)
{
	schedule_timeout_uninterruptible(SECONDS * HZ);
}

static int __init seeded_init(void)
{
	pr_info("seeded: %s\n", bug);
	if (!strcmp(bug, "uaf"))
		seeded_uaf();
	else if (!strcmp(bug, "oob"))
		seeded_oob();
	else if (!strcmp(bug, "abba"))
		seeded_abba();
	else if (!strcmp(bug, "atomic"))
		seeded_atomic();
	else if (!strcmp(bug, "leak"))
		seeded_leak();
	else if (!strcmp(bug, "race"))
		return seeded_race(false, false);
	else if (!strcmp(bug, "unlocked"))
		return seeded_race(true, false);
	else if (!strcmp(bug, "locked"))
		return seeded_race(true, true);
	else if (!strcmp(bug, "lockup"))
		seeded_lockup();
	else if (!strcmp(bug, "stall"))
		seeded_stall();
	else if (!strcmp(bug, "standstill"))
		seeded_standstill();
	else if (!strcmp(bug, "hung"))
		seeded_hung();
	else if (strcmp(bug, "none"))
		return -EINVAL;
	return 0;
}

static void __exit seeded_exit(void)
{
}

module_init(seeded_init);
module_exit(seeded_exit);
MODULE_DESCRIPTION("Bugs on purpose");
MODULE_LICENSE("GPL");
