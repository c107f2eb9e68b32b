// SPDX-License-Identifier: GPL-2.0
/*
 * fixture.c - the life of one test: world, threads, end
 */
#include <linux/cpu.h>
#include <linux/module.h>
#include <linux/slab.h>
#include <linux/vmalloc.h>

#include "base/clock.h"
#include "fixture.h"
#include "lwkt/gen/mask.h"

/* For hooks, which get no pointer of their own. */
static struct st *hooked;

static const char *const gen_names[] = {
#define NAME(name) #name,
	LWKT_GENERATIONS(NAME)
#undef NAME
};

/**
 * st_new() - a test, before its case made anything
 * @suite: name of its suite
 * @name: its own
 * @gen: the generation
 * @inl: its threads are inline threads
 *
 * Context: process context, may sleep.
 * Return: the test or NULL
 */
struct st *st_new(const char *suite, const char *name, enum lwkt_generation gen,
		  bool inl)
{
	/* Pages, and so cache lines. */
	struct st *t = vzalloc(sizeof(*t));
	unsigned int i;
	int cpu;

	if (!t)
		return NULL;
	snprintf(t->name, sizeof(t->name), "%s.%s.%s%s", suite, name,
		 gen_names[gen], inl ? ".inline" : "");
	t->gen = gen;
	t->inl = inl;
	lwkt_knobs_default(&t->knobs, gen);
	raw_spin_lock_init(&t->lock);
	init_waitqueue_head(&t->wait);
	for (i = 0; i < ST_TOKENS; i++) {
		snprintf(t->tok_name[i], ST_NAME_MAX, "%.16s-%u", name, i);
		lwkt_token_init(&t->tok[i], t->tok_name[i]);
	}
	for_each_online_cpu(cpu)
		if (t->ncpus < ST_CPUS)
			t->cpus[t->ncpus++] = cpu;
	return t;
}

static __printf(3, 0) void verdict(struct st *t, enum st_verdict verdict,
				   const char *fmt, va_list args)
{
	unsigned long flags;

	raw_spin_lock_irqsave(&t->lock, flags);
	t->failures += verdict == ST_FAILED;
	if (t->verdict == ST_PASSED ||
	    (t->verdict == ST_SKIPPED && verdict == ST_FAILED)) {
		t->verdict = verdict;
		vscnprintf(t->why, sizeof(t->why), fmt, args);
	}
	raw_spin_unlock_irqrestore(&t->lock, flags);
}

/**
 * st_fail() - the test failed
 * @t: the test
 * @fmt: why, as printf; only the first one is kept
 *
 * Context: any.
 */
void st_fail(struct st *t, const char *fmt, ...)
{
	va_list args;

	va_start(args, fmt);
	verdict(t, ST_FAILED, fmt, args);
	va_end(args);
}

/**
 * st_skip() - the test does not apply
 * @t: the test
 * @fmt: why, as printf
 *
 * Context: any.
 */
void st_skip(struct st *t, const char *fmt, ...)
{
	va_list args;

	va_start(args, fmt);
	verdict(t, ST_SKIPPED, fmt, args);
	va_end(args);
}

/**
 * st_needs_cpus() - skip the test if there are not that many
 * @t: the test
 * @n: how many
 *
 * Return: true if there are enough
 */
bool st_needs_cpus(struct st *t, unsigned int n)
{
	if (t->ncpus >= n)
		return true;
	st_skip(t, "needs %u CPUs", n);
	return false;
}

/**
 * st_world() - begin the LWKT world of a test, on all its CPUs
 * @t: the test, with its knobs
 *
 * Return: true; false if the test is over
 */
bool st_world(struct st *t)
{
	struct cpumask *cpus = kzalloc(cpumask_size(), GFP_KERNEL);
	unsigned int i;
	int err = -ENOMEM;

	if (cpus) {
		cpus_read_lock();
		for (i = 0; i < t->ncpus; i++)
			cpumask_set_cpu(t->cpus[i], cpus);
		cpumask_and(cpus, cpus, cpu_online_mask);
		err = lwkt_start(cpus, ST_QUANTUM_NS, t->gen, &t->knobs,
				 t->inl ? st_runner : NULL);
		cpus_read_unlock();
		kfree(cpus);
	}
	if (err == -EBUSY)
		st_fail(t, "the LWKT world is in use by a run of tokbench");
	else if (err)
		st_fail(t, "no LWKT world: error %d", err);
	t->world = !err;
	return t->world;
}

/**
 * st_thread_main() - what an LWKT thread of a test does
 * @arg: the thread
 *
 * Context: the thread.
 */
void st_thread_main(void *arg)
{
	struct st_thread *th = arg;
	struct st *t = th->t;

	th->fn(th);
	/* Pairs with the load in count_live() of watch.c. */
	smp_store_release(&th->done, true);
	wake_up(&t->wait);
}

static struct lwkt_thread *spawn(struct st_thread *th, int cpu, int pri,
				 const char *name)
{
	if (th->t->inl)
		return st_puppet(th, cpu, pri, name);
	return lwkt_create(st_thread_main, th, cpu, pri, th->t->knobs.maxtokens,
			   name);
}

/**
 * st_spawn_pri() - make a thread of a certain priority; it does not run yet
 * @t: the test
 * @fn: what it does
 * @cpu: number of its CPU among those of the test; wraps
 * @pri: TDPRI_*
 *
 * Context: process context, may sleep.
 * Return: the thread, NULL if it could not be made, which fails the test
 */
struct st_thread *st_spawn_pri(struct st *t, st_fn fn, unsigned int cpu,
			       int pri)
{
	struct st_thread *th = &t->th[t->nthreads];
	struct lwkt_thread *td = ERR_PTR(-ENODEV);
	char name[24];

	th->t = t;
	th->fn = fn;
	th->index = t->nthreads;
	th->cpu = cpu % t->ncpus;
	th->random = t->seed * 1000003 + th->index + 1;
	snprintf(name, sizeof(name), "lwkt_test/%u", th->index);
	cpus_read_lock();
	if (cpu_online(t->cpus[th->cpu]))
		td = spawn(th, t->cpus[th->cpu], pri, name);
	cpus_read_unlock();
	if (IS_ERR(td)) {
		st_fail(t, "no thread: error %ld", PTR_ERR(td));
		return NULL;
	}
	th->td = td;
	t->nthreads++;
	return th;
}

/**
 * st_spawn() - make a thread of the usual priority; it does not run yet
 * @t: the test
 * @fn: what it does
 * @cpu: number of its CPU among those of the test; wraps
 *
 * Context: process context, may sleep.
 * Return: see st_spawn_pri()
 */
struct st_thread *st_spawn(struct st *t, st_fn fn, unsigned int cpu)
{
	return st_spawn_pri(t, fn, cpu, TDPRI_KERN_USER);
}

/**
 * st_start() - have a thread run
 * @th: the thread; nothing happens if it does already
 *
 * Context: any.
 */
void st_start(struct st_thread *th)
{
	if (th && !READ_ONCE(th->td->td_entered))
		lwkt_schedule(th->td);
}

/**
 * st_go() - have all threads run, in the order in which they were made
 * @t: the test; nothing happens if it failed already
 */
void st_go(struct st *t)
{
	unsigned int i;

	if (READ_ONCE(t->verdict) != ST_PASSED)
		return;
	for (i = 0; i < t->nthreads; i++)
		st_start(&t->th[i]);
}

/**
 * st_of() - the thread of a test behind an LWKT thread
 * @td: the thread, or NULL
 *
 * Return: NULL if it is none of ours
 */
struct st_thread *st_of(const struct lwkt_thread *td)
{
	return td && td->td_fn == st_thread_main ? td->td_arg : NULL;
}

static void hook_main(enum lwkt_testpoint point, struct lwkt_thread *td,
		      unsigned int n)
{
	struct st *t = READ_ONCE(hooked);

	if (!t)
		return;
	atomic_inc(&t->hits[point]);
	if (t->hook)
		t->hook(point, td, n);
}

/**
 * st_hooked() - the test whose hook runs
 *
 * Context: a hook.
 */
struct st *st_hooked(void)
{
	return hooked;
}

/**
 * st_hook() - count testpoints and call a function at each, to the end of a test
 * @t: the test; before any of its threads runs
 * @fn: the function, or NULL
 */
void st_hook(struct st *t, lwkt_testpoint_fn fn)
{
	t->hook = fn;
	WRITE_ONCE(hooked, t);
	lwkt_testpoint_set(hook_main);
}

/**
 * st_step() - the script of the test goes on
 * @t: the test
 * @step: the next step
 *
 * Context: any.
 */
void st_step(struct st *t, unsigned int step)
{
	/* Pairs with the load in st_now(). */
	smp_store_release(&t->step, step);
}

/**
 * st_now() - where the script of the test is
 * @t: the test
 *
 * Context: any.
 */
unsigned int st_now(struct st *t)
{
	/* Pairs with the store in st_step(). */
	return smp_load_acquire(&t->step);
}

/**
 * st_deadline() - when a wait that begins now has taken too long
 * @t: the test
 */
u64 st_deadline(const struct st *t)
{
	return tb_clock_ns() + (u64)t->patience_s * NSEC_PER_SEC / 2;
}

/**
 * st_late() - end a wait?
 * @t: the test
 * @deadline: from st_deadline()
 */
bool st_late(struct st *t, u64 deadline)
{
	return READ_ONCE(t->over) || (s64)(tb_clock_ns() - deadline) >= 0;
}

/**
 * st_random() - the next number of a thread's stream
 * @me: the thread
 *
 * splitmix64; the same for the same seed and thread number.
 */
u64 st_random(struct st_thread *me)
{
	u64 z = me->random += 0x9e3779b97f4a7c15ULL;

	z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9ULL;
	z = (z ^ (z >> 27)) * 0x94d049bb133111ebULL;
	return z ^ (z >> 31);
}

/* A release finds all marks, if it need not spare any CPU. */
static void marks_left(struct st *t)
{
	unsigned int i;

	if (t->verdict != ST_PASSED || !lwkt_gen_masks(t->gen) ||
	    (t->knobs.ipi_max && t->ncpus > t->knobs.ipi_max))
		return;
	for (i = 0; i < ST_TOKENS; i++)
		ST_EQ(t, t->tok[i].t_mask, 0);
}

static void take_down(struct st *t)
{
	unsigned int i;

	if (t->verdict == ST_PASSED && t->inspect)
		t->inspect(t);
	for (i = 0; i < t->nthreads; i++) {
		lwkt_destroy(t->th[i].td);
		st_puppet_end(&t->th[i]);
	}
	if (t->verdict == ST_PASSED && t->check)
		t->check(t);
	if (t->verdict == ST_PASSED)
		ST_EQ(t, lwkt_misuse_count(), t->misuses);
	t->misuses = lwkt_misuse_count();
	for (i = 0; i < ST_TOKENS; i++)
		lwkt_token_uninit(&t->tok[i]);
	marks_left(t);
	if (lwkt_misuse_count() != t->misuses)
		st_fail(t, "tokens are still owned after all threads ended");
	lwkt_stop();
}

/**
 * st_finish() - wait for the end of a test, judge it, and free it
 * @t: the test
 * @k: gets its result
 *
 * Context: process context, sleeps.
 * Return: 0, -EDEADLK if threads are left that do not end
 */
int st_finish(struct st *t, struct ktap *k)
{
	int err = 0;

	if (t->world && !st_watch(t, k)) {
		err = -EDEADLK;
		ktap_note(k, "threads are left; the LWKT world stays as it is");
	} else if (t->world) {
		take_down(t);
	}
	if (hooked == t && !err) {
		lwkt_testpoint_set(NULL);
		WRITE_ONCE(hooked, NULL);
	}
	if (t->failures)
		ktap_note(k, "%s%s", t->why,
			  t->failures > 1 ? " (and more)" : "");
	ktap_result(k, t->verdict, t->name, t->why);
	if (!err) {
		kvfree(t->extra);
		vfree(t);
	}
	return err;
}
