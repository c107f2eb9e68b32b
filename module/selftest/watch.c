// SPDX-License-Identifier: GPL-2.0
/*
 * watch.c - waiting for the threads of a test, but not for ever
 *
 * ENDING
 *
 *   A test that hangs must not take the machine, nor the tests behind it, with
 *   it. Every wait in a test is bounded. Beyond that the runner watches: if
 *   nothing moves for patience_s seconds (no thread ends, no step, no
 *   operation) it notes what every thread and token looks like and sets over,
 *   which all loops of the tests look at. If the threads still do not end, the
 *   world is left behind: it cannot be taken from under them. The module then
 *   stays, and no further test runs.
 */
#include <linux/sched/signal.h>

#include "base/clock.h"
#include "fixture.h"
#include "lwkt/core/tsleep.h"

static unsigned int count_live(struct st *t)
{
	unsigned int n = 0, i;

	for (i = 0; i < t->nthreads; i++)
		n += READ_ONCE(t->th[i].td->td_entered) &&
		     /* Pairs with the store in thread_main(). */
		     !smp_load_acquire(&t->th[i].done);
	return n;
}

static u64 progress(struct st *t)
{
	u64 sum = READ_ONCE(t->step) - count_live(t);
	unsigned int i;

	for (i = 0; i < t->nthreads; i++)
		sum += READ_ONCE(t->th[i].ops);
	return sum;
}

static void dump_threads(struct st *t, struct ktap *k)
{
	const struct lwkt_tokref *ref;
	unsigned int i;

	for (i = 0; i < t->nthreads; i++) {
		const struct st_thread *th = &t->th[i];
		const struct lwkt_thread *td = th->td;

		if (READ_ONCE(th->done))
			continue;
		ktap_note(k,
			  "thread %u on CPU %d: %s, %s, ops %llu, failed %llu, refs %td",
			  i, t->cpus[th->cpu],
			  READ_ONCE(td->td_gd->gd_curthread) == td ?
				  "current" :
				  "not current",
			  atomic_read(&td->td_blocked) ? "blocked" : "runnable",
			  READ_ONCE(th->ops), st_stats(th)->attempts_failed,
			  td->td_toks_stop - td->td_toks);
		for (ref = td->td_toks; ref < td->td_toks_stop; ref++)
			ktap_note(k, "  %s, flags %x", ref->tr_tok->t_desc,
				  ref->tr_flags);
	}
	for (i = 0; i < ST_TOKENS; i++) {
		const struct lwkt_token *tok = &t->tok[i];

		if (READ_ONCE(tok->t_ref) || atomic_long_read(&tok->t_count))
			ktap_note(k, "token %s: ref %p, count %lx, gen %llu",
				  tok->t_desc, tok->t_ref,
				  atomic_long_read(&tok->t_count), tok->t_gen);
	}
}

/**
 * st_watch() - wait until all threads of a test have ended
 * @t: the test
 * @k: gets what they look like if they do not
 *
 * The prober is told to end when all others have.
 *
 * Context: process context, sleeps.
 * Return: false if some are still there
 */
bool st_watch(struct st *t, struct ktap *k)
{
	u64 patience = (u64)t->patience_s * NSEC_PER_SEC;
	u64 since = tb_clock_ns(), seen = progress(t);
	unsigned int others = t->probe ? 1 : 0, i;

	while (count_live(t) > others) {
		wait_event_timeout(t->wait, count_live(t) <= others,
				   HZ / 20 + 1);
		if (progress(t) != seen) {
			seen = progress(t);
			since = tb_clock_ns();
		}
		if (fatal_signal_pending(current) && !READ_ONCE(t->over)) {
			st_fail(t, "killed");
			WRITE_ONCE(t->over, true);
		}
		if (tb_clock_ns() - since < patience)
			continue;
		if (READ_ONCE(t->over))
			return false;
		st_fail(t, "no progress for %u s", t->patience_s);
		dump_threads(t, k);
		WRITE_ONCE(t->over, true);
		/* Where the tests' own sleeps end. */
		lwkt_wakeup(t);
		for (i = 0; i < t->nthreads; i++)
			lwkt_wakeup(&t->th[i]);
		since = tb_clock_ns();
	}
	WRITE_ONCE(t->over, true);
	return !others || wait_event_timeout(t->wait, !count_live(t),
					     t->patience_s * HZ + 1);
}
