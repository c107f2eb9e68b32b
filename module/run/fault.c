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
 * says whether it was; one that it did not see is FAILED (report.c).
 *
 * WHY THEY ARE SEEN
 *
 *   A thread that is moved finishes the operation it has begun, and looks at
 *   its CPU after every operation. A word that is overwritten is found by the
 *   holder on its way out or by the next one on its way in. Between the look
 *   and the store of either, a few instructions apart, it would be overwritten
 *   unseen: so it is done again, every INTRUDE_NS, until somebody saw it.
 *
 * LIMITS
 *
 *   Where a thread may have nothing to do (phases, rate) nobody need come to
 *   see anything: refused. So is move on the LWKT scheduler: that a CPU has one
 *   current thread is what its locks are made of.
 *
 * Nothing of this is in the timed loop.
 */
#include <linux/cpumask.h>
#include <linux/sched.h>

#include "clock.h"
#include "collect.h"
#include "fault.h"
#include "gate.h"
#include "refusal.h"
#include "run.h"
#include "words.h"

/* No thread has this number. */
#define INTRUDER U32_MAX

#define INTRUDE_NS NSEC_PER_MSEC

/* So often at least, also if this thread got to it only at the window's end. */
#define INTRUDE_MIN 50

/**
 * tb_fault_check() - can a run have this fault?
 * @c: the configuration
 *
 * An error leaves a line in the file "error" (refusal.h).
 *
 * Context: process context; the caller holds cpus_read_lock().
 * Return: 0 or -EINVAL
 */
int tb_fault_check(const struct tb_config *c)
{
	const struct tb_variant *v = tb_variants[c->lock];
	const char *word = tb_word_fault(c->fault);

	if (c->fault == TB_FAULT_none)
		return 0;
	if (*c->phases || c->rate) {
		tb_refuse("start: fault: %s; none with %s, whose threads may have nothing to do",
			  word, c->rate ? "rate" : "phases");
		return -EINVAL;
	}
	if (c->fault == TB_FAULT_intrude && v->flags & TB_FLAG(unchecked)) {
		tb_refuse("start: fault: intrude; %s protects nothing that is checked",
			  v->name);
		return -EINVAL;
	}
	if (c->fault != TB_FAULT_move)
		return 0;
	if (v->flags & TB_FLAG(lwkt)) {
		tb_refuse("start: fault: move; a thread of %s cannot leave its CPU",
			  v->name);
		return -EINVAL;
	}
	if (num_online_cpus() < 2) {
		tb_refuse("start: fault: move; no other CPU is online");
		return -EINVAL;
	}
	return 0;
}

/**
 * tb_fault_absent() - locking threads that the window must not wait for
 * @c: the configuration
 */
u32 tb_fault_absent(const struct tb_config *c)
{
	return c->fault == TB_FAULT_late || c->fault == TB_FAULT_hang;
}

static bool may_enter(struct tb_worker *w)
{
	if (w->run->config.fault == TB_FAULT_hang)
		return tb_run_ending(w->run);
	if (READ_ONCE(w->run->fault_ns))
		return true;
	/* Pairs with set_phase() in run.c. */
	return smp_load_acquire(&w->run->phase) >= TB_PHASE_COOL;
}

/**
 * tb_fault_enter() - be late, if that is what this thread is for
 * @w: a thread, before its loop
 *
 * Context: the thread itself, may sleep.
 */
void tb_fault_enter(struct tb_worker *w)
{
	struct tb_run *run = w->run;

	if (tb_fault_absent(&run->config) && w->id == run->nworkers)
		tb_gate_wait(w, may_enter);
}

/* Another CPU, if there is one of the run's. */
static int other_cpu(const struct tb_run *run, int cpu)
{
	int other = cpumask_any_but(run->cpus, cpu);

	return other < nr_cpu_ids ? other :
				    cpumask_any_but(cpu_online_mask, cpu);
}

static bool move(struct tb_run *run)
{
	struct tb_worker *w = run->workers[0];
	int cpu = other_cpu(run, w->cpu);

	return cpu < nr_cpu_ids &&
	       !set_cpus_allowed_ptr(w->task, cpumask_of(cpu));
}

static u64 violations(const struct tb_run *run)
{
	u64 sum = 0;
	u32 i;

	for (i = 0; i < run->nworkers; i++)
		/* A thread may be adding to it: it only says when to stop. */
		sum += data_race(run->workers[i]->violations);
	return sum;
}

/* One that somebody is in now, if there is one. */
static struct tb_object *busy_object(const struct tb_run *run)
{
	u64 i;

	for (i = 0; i < run->workload.locks; i++) {
		u32 owner = READ_ONCE(run->objects[i].owner);

		if (owner && owner != INTRUDER)
			return &run->objects[i];
	}
	return &run->objects[0];
}

static void intrude(struct tb_run *run, u64 end)
{
	u64 before = violations(run);
	u32 tries = 0;

	do {
		WRITE_ONCE(busy_object(run)->owner, INTRUDER);
		tb_run_wait(run, INTRUDE_NS);
	} while (violations(run) == before && !tb_run_ending(run) &&
		 (++tries < INTRUDE_MIN || tb_clock_ns() < end));
}

/* Do it, and note when if it was done. */
static void inject(struct tb_run *run, u64 end)
{
	u64 now = tb_clock_ns();

	/* Noted by who notices it: stopped before, it was none. */
	if (run->config.fault == TB_FAULT_hang)
		return;
	if (run->config.fault == TB_FAULT_move && !move(run))
		return;
	/* Ordered before the thread looks by tb_gate_look(). */
	WRITE_ONCE(run->fault_ns, now);
	if (run->config.fault == TB_FAULT_late)
		tb_gate_look(run, may_enter);
	if (run->config.fault == TB_FAULT_intrude)
		intrude(run, end);
}

/**
 * tb_fault_window() - sleep through the window, but for the fault
 * @run: a run with a fault, its window just opened
 *
 * Context: the executing thread.
 */
void tb_fault_window(struct tb_run *run)
{
	u64 whole = run->config.duration_ms * NSEC_PER_MSEC;
	u64 end = run->run_ns + whole, now;

	tb_run_wait(run, whole / 2);
	if (!tb_run_ending(run))
		inject(run, end);
	now = tb_clock_ns();
	if (now < end)
		tb_run_wait(run, end - now);
}

/**
 * tb_fault_injected() - did the fault come about?
 * @run: executed, with a fault
 */
bool tb_fault_injected(const struct tb_run *run)
{
	return run->config.fault == TB_FAULT_hang ? tb_run_is_stuck(run) :
						    run->fault_ns;
}

/**
 * tb_fault_noticed() - is the fault in the numbers?
 * @run: executed, its fault injected
 * @t: its numbers
 */
bool tb_fault_noticed(const struct tb_run *run, const struct tb_totals *t)
{
	switch (run->config.fault) {
	case TB_FAULT_late:
		return t->late;
	case TB_FAULT_move:
		return t->moved;
	case TB_FAULT_hang:
		return run->stuck_ns;
	default:
		return t->violations;
	}
}
