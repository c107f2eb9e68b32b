/* SPDX-License-Identifier: GPL-2.0 */
/*
 * fixture.h - what every selftest stands on: a world, tokens, threads that
 * meet, and a verdict
 *
 * A case is a function in process context that makes threads, starts them and
 * returns; the runner waits for the threads, under a watch that turns a test
 * without progress into a failed one, and takes the world down (fixture.c).
 *
 * Everything a thread does may fail the test; the thread then goes on, or returns.
 */
#ifndef _TB_SELFTEST_FIXTURE_H
#define _TB_SELFTEST_FIXTURE_H

#include <linux/atomic.h>
#include <linux/spinlock_types.h>
#include <linux/wait.h>

#include "base/compat.h"
#include "ktap.h"
#include "lwkt/core/lockmgr.h"
#include "lwkt/core/misuse.h"
#include "lwkt/core/sched.h"
#include "lwkt/core/testpoint.h"
#include "lwkt/core/thread.h"
#include "lwkt/core/tsleep.h"
#include "lwkt/token/token.h"

/* Of a world that st_world() makes. */
#define ST_QUANTUM_NS (10 * NSEC_PER_MSEC)

#define ST_THREADS 64
#define ST_TOKENS 16
#define ST_CPUS 16
#define ST_NAME_MAX 24
#define ST_WHY_MAX 200

struct st;
struct st_thread;

typedef void (*st_fn)(struct st_thread *me);

/**
 * struct st_case - one test; run once for each generation
 * @name: as in SUITE.NAME
 * @setup: makes and starts the threads
 * @once: it is not about tokens: run for the first generation only
 */
struct st_case {
	const char *name;
	void (*setup)(struct st *t);
	bool once;
};

/**
 * struct st_suite - a file of tests
 * @name: its name
 * @cases: they, ended by one without a name
 */
struct st_suite {
	const char *name;
	const struct st_case *cases;
};

/**
 * struct st_thread - an LWKT thread of a test
 * @t: the test
 * @td: the thread
 * @fn: what it does
 * @index: its number
 * @cpu: its CPU's number among @t's
 * @ops: what it did so far; moving is progress
 * @random: state of its stream (st_random)
 * @done: @fn returned
 * @stack: the kthread on whose stack an inline thread runs, or NULL (puppet.c)
 * @runner: the kthread that waits for @stack
 * @turn: it is @stack's turn, not that of @runner
 */
struct st_thread {
	struct st *t;
	struct lwkt_thread *td;
	st_fn fn;
	unsigned int index;
	unsigned int cpu;
	u64 ops;
	u64 random;
	bool done;
	struct task_struct *stack;
	struct task_struct *runner;
	bool turn;
};

/**
 * struct st - one test of one generation
 * @name: SUITE.CASE.GENERATION
 * @gen: the generation
 * @inl: its threads are inline threads
 * @knobs: of the world; a case changes them before st_world()
 * @seed: of all random streams
 * @ops: how many acquisitions the random test makes; see st_rounds(), too
 * @patience_s: how long without progress is too long
 * @ncpus: online CPUs, at most ST_CPUS
 * @cpus: their numbers
 * @world: there is one
 * @over: the threads shall end as soon as they can; any CPU
 * @step: where the threads are in the script of the test; any CPU
 * @misuses: reports of illegal use that the test makes on purpose
 * @inspect: called when all threads have ended, while they still exist
 * @check: called when they are gone
 * @extra: from st_extra(), freed with the test
 * @nthreads: elements of @th
 * @th: the threads
 * @tok: tokens, all free at the beginning and at the end
 * @tok_name: their names
 * @wait: where the runner waits for threads to end
 * @hook: what the test does at testpoints
 * @hits: how often each was met
 * @probe: the thread that tells whether a token is free, or NULL
 * @probe_tok: what it is asked
 * @probe_answer: what it says, negative as long as it has not
 * @lock: protects what follows
 * @verdict: so far
 * @failures: how many things went wrong
 * @why: the first of them, or the reason of a skip
 */
struct st {
	char name[64];
	enum lwkt_generation gen;
	bool inl;
	struct lwkt_knobs knobs;
	u64 seed;
	u32 ops;
	u32 patience_s;
	unsigned int ncpus;
	int cpus[ST_CPUS];
	bool world;
	bool over;
	unsigned int step;
	unsigned int misuses;
	void (*inspect)(struct st *t);
	void (*check)(struct st *t);
	void *extra;
	unsigned int nthreads;
	struct st_thread th[ST_THREADS];
	struct lwkt_token tok[ST_TOKENS];
	char tok_name[ST_TOKENS][ST_NAME_MAX];
	wait_queue_head_t wait;
	lwkt_testpoint_fn hook;
	atomic_t hits[LWKT_TP_COUNT];
	struct st_thread *probe;
	struct lwkt_token *probe_tok;
	int probe_answer;

	raw_spinlock_t lock;
	enum st_verdict verdict;
	unsigned int failures;
	char why[ST_WHY_MAX];
};

/* For the runner. */
struct st *st_new(const char *suite, const char *name, enum lwkt_generation gen,
		  bool inl);
int st_finish(struct st *t, struct ktap *k);
bool st_watch(struct st *t, struct ktap *k);

/* For the cases. */
bool st_world(struct st *t);
void st_thread_main(void *arg);
struct st_thread *st_spawn(struct st *t, st_fn fn, unsigned int cpu);
struct st_thread *st_spawn_pri(struct st *t, st_fn fn, unsigned int cpu,
			       int pri);
void st_go(struct st *t);
void st_start(struct st_thread *th);
void st_hook(struct st *t, lwkt_testpoint_fn fn);
void st_prober(struct st *t);
bool st_needs_cpus(struct st *t, unsigned int n);

/* Inline threads with a stack (puppet.c). */
void st_runner(struct lwkt_thread *td);
struct lwkt_thread *st_puppet(struct st_thread *th, int cpu, int pri,
			      const char *name);
void st_puppet_end(struct st_thread *th);
int st_come_back(int ret);
int st_lock(struct lwkt_lock *lk);
int st_tsleep(const void *ident, u64 timeout_ns);
void st_sleep_ns(u64 ns);

/*
 * Tests are written once, as if each thread had a stack of its own. Where an inline
 * thread is told LWKT_AWAY it waits on its stack until the runner goes on with it.
 */
#define lwkt_gettoken(tok) st_come_back(lwkt_gettoken(tok))
#define lwkt_gettoken_shared(tok) st_come_back(lwkt_gettoken_shared(tok))
#define lwkt_switch() st_come_back(lwkt_switch())
#define lwkt_yield() st_come_back(lwkt_yield())
#define lwkt_user_yield(now) st_come_back(lwkt_user_yield(now))
#define lwkt_lockmgr_exclusive(lk) st_lock(lk)
#define lwkt_tsleep(ident, timeout_ns) st_tsleep(ident, timeout_ns)
#define lwkt_sleep_ns(ns) st_sleep_ns(ns)

/* What several tests are made of (roles.c). */
void st_hold_fn(struct st_thread *me);
void st_want_fn(struct st_thread *me);
void st_want_two_fn(struct st_thread *me);
void st_once_fn(struct st_thread *me);
void st_one_thread(struct st *t, st_fn fn);
void st_two_threads(struct st *t, st_fn first, st_fn second);
struct st *st_first_to_come(const struct lwkt_thread *td);
void *st_extra(struct st *t, size_t size);
bool st_needs_handoff(struct st *t);

/* For their threads and hooks. */
__printf(2, 3) void st_fail(struct st *t, const char *fmt, ...);
__printf(2, 3) void st_skip(struct st *t, const char *fmt, ...);
struct st_thread *st_of(const struct lwkt_thread *td);
struct st *st_hooked(void);
void st_step(struct st *t, unsigned int step);
unsigned int st_now(struct st *t);
u64 st_deadline(const struct st *t);
bool st_late(struct st *t, u64 deadline);
u64 st_random(struct st_thread *me);
int st_probe(struct st_thread *me, struct lwkt_token *tok);
bool st_shared_mode(struct st_thread *me);

/* Lines of the kernel log that report illegal use (log.c). */
void st_log_mark(void);
unsigned int st_log_count(const char *name);

#define st_stats(th) (&(th)->td->td_stats[0])

/* Tries of a thread that did not get what they asked for. Any CPU. */
static inline u64 st_failed(const struct st_thread *th)
{
	return READ_ONCE(st_stats(th)->attempts_failed);
}

/* How often a test repeats what shows nothing in one round: fewer in a short run. */
static inline unsigned int st_rounds(const struct st *t, unsigned int most)
{
	return clamp(t->ops / 4, 1U, most);
}

/* Is it off its run queue, or about to leave it? Any CPU. */
static inline bool st_blocked(const struct st_thread *th)
{
	return atomic_read(&th->td->td_blocked);
}

/*
 * Has a keep of token-handoff reached its limit, because the heir's CPU was away
 * for so long? Then turns are not in order. Of a test with a hook.
 */
static inline bool st_keep_ended(const struct st *t)
{
	return atomic_read(&t->hits[LWKT_TP_LATE]);
}

/* For threads and hooks: take, or release, token @i of the test. */
#define st_get(t, i) ST_EQ(t, lwkt_gettoken(&(t)->tok[i]), 0)
#define st_rel(t, i) ST_EQ(t, lwkt_reltoken(&(t)->tok[i]), 0)

/* True if @cond; else the test failed. */
#define ST_CHECK(t, cond)                                                   \
	({                                                                  \
		bool __ok = (cond);                                         \
		if (!__ok)                                                  \
			st_fail(t, "%s:%d: not so: %s", __func__, __LINE__, \
				#cond);                                     \
		__ok;                                                       \
	})

/* True if both numbers are the same; else the test failed. */
#define ST_EQ(t, got, want)                                                 \
	({                                                                  \
		s64 __got = (s64)(got), __want = (s64)(want);               \
		if (__got != __want)                                        \
			st_fail(t, "%s:%d: %s is %lld, not %lld", __func__, \
				__LINE__, #got, __got, __want);             \
		__got == __want;                                            \
	})

/*
 * Wait until @cond without giving anything up: the thread stays current and
 * keeps its tokens, as a thread that works. False, and the test failed, if it
 * takes too long.
 */
#define st_until(t, cond) __st_until(t, cond, #cond, compat_relax_cpu())

/* The same for hooks at testpoints, which may not sleep. */
#define st_hook_until(t, cond) __st_until(t, cond, #cond, cpu_relax())

/* The same, letting other threads of the CPU run: drops all tokens. */
#define st_yield_until(t, cond) __st_until(t, cond, #cond, lwkt_yield())

#define __st_until(t, cond, text, relax)                                     \
	({                                                                   \
		u64 __deadline = st_deadline(t);                             \
		bool __so;                                                   \
		while (!(__so = (cond)) && !st_late(t, __deadline))          \
			relax;                                               \
		if (!__so && !READ_ONCE((t)->over))                          \
			st_fail(t, "%s:%d: waited in vain for %s", __func__, \
				__LINE__, text);                             \
		__so;                                                        \
	})

/* Has the script come to step @n? */
#define st_at(t, n) (st_now(t) >= (n))

/* With one CPU no other thread can look: nothing is checked then. */
#define ST_TAKEN(me, tok) ST_CHECK((me)->t, st_probe(me, tok) != 1)
#define ST_FREE(me, tok) ST_CHECK((me)->t, st_probe(me, tok) != 0)

#endif /* _TB_SELFTEST_FIXTURE_H */
