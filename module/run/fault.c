// SPDX-License-Identifier: GPL-2.0
/*
 * fault.c - a fault on purpose, which the certificate must notice
 *
 * A check that has never failed proves nothing. With the parameter fault one of
 * four things goes wrong in a run, most in the middle of its window:
 *
 *   late     the last locking thread enters its loop only then
 *   move     the first locking thread is moved to another CPU and stays there
 *   intrude  the executing thread, which has no lock, writes into the checker's
 *            word of an object that a lock protects
 *   hang     the last locking thread does not enter its loop at all, until the
 *            run is stopped
 *
 * Each must be seen: as late_threads, as left_cpu, as violations, the
 * last one by stuck.c, without which only the user could end the run. The result
 * says whether it was; one that it did not see is FAILED (verdict.c).
 *
 * WHY THEY ARE SEEN
 *
 *   A thread that is moved finishes the operation it has begun, and looks at
 *   its CPU after every operation. A word that is overwritten is found by the
 *   holder on its way out or by the next one on its way in. Between the look
 *   and the store of either, a few instructions apart, it would be overwritten
 *   unseen: so it is done again, every INTRUDE_NS, until a thread saw it.
 *
 * LIMITS
 *
 *   config/fault_check.c refuses what could not be seen.
 *
 * Nothing of this is in the timed loop.
 */
#include <linux/cpumask.h>
#include <linux/sched.h>

#include "base/clock.h"
#include "config/fault_check.h"
#include "fault.h"
#include "gate.h"
#include "run.h"
#include "wait.h"

/* No thread has this number. */
#define INTRUDER U32_MAX

#define INTRUDE_NS NSEC_PER_MSEC

/* So often at least, also if this thread got to it only at the window's end. */
#define INTRUDE_MIN 50

static bool may_enter(struct tb_worker *w)
{
	if (w->run->plan.config.fault == TB_FAULT_hang)
		return tb_run_ending(w->run);
	if (READ_ONCE(w->run->fault_ns))
		return true;
	/* Pairs with tb_run_set_phase() in run.c. */
	return smp_load_acquire(&w->run->phase) >= TB_PHASE_COOL;
}

/**
 * tb_fault_enter() - be late, if that is what this thread is for
 * @w: a thread, before its loop
 * @again: an inline one that was told TB_AWAY here
 *
 * Context: the thread itself, may sleep.
 * Return: TB_GO; TB_AWAY to an inline thread
 */
enum tb_go tb_fault_enter(struct tb_worker *w, bool again)
{
	struct tb_run *run = w->run;

	if (!tb_fault_absent(&run->plan.config) || w->id != run->nworkers)
		return TB_GO;
	return tb_gate_wait(w, may_enter, again);
}

/* Another CPU, if there is one of the run's. */
static int other_cpu(const struct tb_run *run, int cpu)
{
	int other = cpumask_any_but(run->plan.cpus, cpu);

	return other < nr_cpu_ids ? other :
				    cpumask_any_but(cpu_online_mask, cpu);
}

static bool move_thread(struct tb_run *run)
{
	struct tb_worker *w = run->workers[0];
	int cpu = other_cpu(run, w->cpu);

	return cpu < nr_cpu_ids &&
	       !set_cpus_allowed_ptr(w->task, cpumask_of(cpu));
}

static u64 sum_violations(const struct tb_run *run)
{
	u64 sum = 0;
	u32 i;

	for (i = 0; i < run->nworkers; i++)
		/* A thread may be adding to it: it only says when to stop. */
		sum += data_race(run->workers[i]->counts.violations);
	return sum;
}

/*
 * Where all sets are the same, the object of their last lock, and no other: a
 * checker that looks only at the first one must be found out. Else one that a
 * thread is in now, if there is one, or each in turn, so that the next thread
 * to come finds it.
 */
static struct tb_object *choose_object(const struct tb_run *run, u32 turn)
{
	u64 last = run->plan.workload->locks - 1, i;

	if (run->plan.workload->locks == run->plan.workload->set_size)
		return &run->objects[last];
	for (i = 0; i <= last; i++) {
		u32 owner = READ_ONCE(run->objects[i].owner);

		if (owner && owner != INTRUDER)
			return &run->objects[i];
	}
	return &run->objects[turn % run->plan.workload->locks];
}

static void intrude_objects(struct tb_run *run, u64 end)
{
	u64 before = sum_violations(run);
	u32 tries = 0;

	do {
		WRITE_ONCE(choose_object(run, tries)->owner, INTRUDER);
		tb_run_wait(run, INTRUDE_NS);
	} while (sum_violations(run) == before && !tb_run_ending(run) &&
		 (++tries < INTRUDE_MIN || tb_clock_ns() < end));
}

/* Do it, and note when if it was done. */
static void inject_fault(struct tb_run *run, u64 end)
{
	u64 now = tb_clock_ns();

	/* Noted by stuck.c: a run that was stopped before had no fault. */
	if (run->plan.config.fault == TB_FAULT_hang)
		return;
	if (run->plan.config.fault == TB_FAULT_move && !move_thread(run))
		return;
	/* Ordered before the thread looks by tb_gate_look(). */
	WRITE_ONCE(run->fault_ns, now);
	if (run->plan.config.fault == TB_FAULT_late)
		tb_gate_look(run, may_enter);
	if (run->plan.config.fault == TB_FAULT_intrude)
		intrude_objects(run, end);
}

/**
 * tb_fault_window() - sleep through the window, but for the fault
 * @run: a run with a fault, its window just opened
 *
 * Context: the executing thread.
 */
void tb_fault_window(struct tb_run *run)
{
	u64 whole = run->plan.config.duration_ms * NSEC_PER_MSEC;
	u64 end = run->run_ns + whole, now;

	tb_run_wait(run, whole / 2);
	if (!tb_run_ending(run))
		inject_fault(run, end);
	now = tb_clock_ns();
	if (now < end)
		tb_run_wait(run, end - now);
}
