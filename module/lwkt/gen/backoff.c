// SPDX-License-Identifier: GPL-2.0
/*
 * backoff.c - the token generation of April 2018, released in 5.4 and
 * unchanged in what matters here as far as the history was read (July 2020)
 *
 * Source: DragonFly BSD f875a8eec7 (lwkt_token.c of ea6f2b92e9, lwkt_thread.c
 * of eb8c473814); cc705b823a and 0f22bffdb9 (backoff, window), 83c891d5d2 (a
 * request for EXCLUSIVE before shared getters), 5abad2c526 (release without a
 * loop), 844cfcd65d, 5411d8f15e and 5042f74dda (which thread runs past
 * contended ones); the port's own code.
 *
 * PROBLEM
 *
 *   Tries that follow one another at once keep the token's cache line busy, and
 *   with many CPUs that costs the holder more than it gives the others. And
 *   since 2011 shared holders could keep an exclusive one out for ever.
 *
 * WHAT IT DOES
 *
 *   The word, and what a reference holds: gen/count_word.h. The order of
 *   addresses, and how the run queue turns: gen/count_word.c.
 *
 *   Exclusive, for the reference taken last, in gettoken and in the scheduler:
 *   a try; then rounds of b PAUSEs and a try, b = (b + 1) * 3 / 2 from 0, while
 *   b was below 6 + @backoff_max. The PAUSEs of a round are left out if the CPU
 *   owns the current slot of the time stamp counter. At 4096 these are 19 rounds
 *   and 16,129 PAUSEs; 15 and 3,152 at 1024; 10 and 389 at 128. Each try that
 *   fails and finds EXCLREQ set executes one more.
 *
 *   Shared: a try, and one more. A getter with no other reference counts
 *   EXCLREQ like a holder, but not in the second try if it comes in the CPU's
 *   slot, so that requests do not keep it out for ever.
 *
 *   The slot: 2^@window_shift ticks of the counter long, the CPUs in turn.
 *
 *   A pass of the scheduler: the head is tried until it has failed
 *   @spin_loops / 2 times since it ran (five times when it is new, once if it
 *   is not), then each thread behind it once, then idle, which makes the next
 *   pass. A thread that failed more than @sort_after times since it ran has its
 *   tokens taken in order of addresses. A user thread without tokens may run
 *   past contended threads, but not past one of a higher user priority
 *   (td_upri); a thread with tokens competes whatever its priorities. No
 *   release takes the CPU from it again: the next pass comes with the tick, or
 *   when a thread is woken.
 *
 * PROGRESS
 *
 *   Each waiting thread that keeps failing has its tries sorted in the end, by
 *   whatever thread or idle CPU they are made, and then one gets through
 *   (gen/count_word.c) unless tries of newcomers, which are not sorted yet, keep
 *   getting in between. Nothing is promised before that: threads in opposite
 *   orders can fail one another @sort_after times in a row, and no thread is
 *   promised a turn. An exclusive waiter keeps newcomers with one reference out
 *   but not those with more, and only until another one gets EXCLUSIVE.
 *
 * DECISIONS (points that history left open)
 *
 *   - The spin belongs to the reference taken last, also where the order of
 *     addresses puts it in the middle: lower tokens are held, others are still
 *     to be had. As it was.
 *   - gettoken spins with all other tokens held, for the whole backoff;
 *     hold_while_spin_ns says how long. As it was.
 *   - The spin comes before the look for another thread to run. As it was.
 *   - EXCLREQ stays while the requester's CPU runs something else, so a single
 *     shared getter can fail on a token that no thread holds; shared_defer counts
 *     it. As it was.
 *   - Sorting is per thread and mixed with others' unsorted tries. As it was.
 *   - All tokens of a thread are dropped newest first, to lose fewer races
 *     against threads that take them in the same order. As it was. A failed
 *     try is undone backward, too.
 *   - A switch does not turn the run queue, only the tick does (gen/count_word.c).
 *   - There is shared mode, and shared getters heed EXCLREQ as said above; one
 *     with several references does not, as since 2017. No shared trytoken.
 *
 * DEPARTURES
 *
 *   window_shift=0 means no slots at all, so that a failed attempt executes
 *   exactly as many PAUSEs as the table says. A slot belongs to the CPU whose
 *   number modulo the number of CPUs online is that of the slot, which is
 *   DragonFly's rule where numbers have no holes. The counter of failures stops
 *   at its end instead of beginning anew (7fb451cb3c shows where a wrapped one
 *   leads). A user priority has three steps here, and all threads have
 *   one: in DragonFly that of a pure kernel thread is 0 and those of processes
 *   are not above, so that behind such a thread, contended, no process runs that
 *   needs no tokens. A try with its spin is a critical section, what lies between
 *   two tries is not: Linux gets the CPU there.
 */
#include <linux/cpumask.h>
#include <linux/processor.h>

#include "backoff.h"
#include "base/clock.h"
#include "base/compat.h"
#include "count_all.h"

/* Does the CPU own the slot that the time stamp counter is in? */
static bool owns_slot(const struct lwkt_globaldata *gd)
{
	u32 shift = lwkt_knobs.window_shift, cpus;

	if (!shift)
		return false;
	cpus = num_online_cpus();
	return (compat_rdtsc() >> shift) % cpus == gd->gd_cpu % cpus;
}

static bool spin_excl(struct lwkt_thread *td, struct lwkt_count_try *t)
{
	u64 start = t->others ? tb_clock_ns() : 0;
	u32 b = 0, pauses = 0, i;
	bool got = false;

	while (!got && b < 6 + lwkt_knobs.backoff_max) {
		b = (b + 1) * 3 / 2;
		if (!owns_slot(td->td_gd)) {
			for (i = b; i; i--)
				cpu_relax();
			pauses += b;
		}
		got = lwkt_count_try(td, t, LWKT_GEN_backoff);
	}
	lwkt_count_spun(td, pauses, got, start);
	return got;
}

static bool spin_shared(struct lwkt_thread *td, struct lwkt_count_try *t)
{
	bool defer = lwkt_count_defers(td, LWKT_GEN_backoff) &&
		     !owns_slot(td->td_gd);

	if (lwkt_count_try_share(td, t, defer, LWKT_GEN_backoff))
		return true;
	if (!(t->count & TOK_EXCLUSIVE))
		lwkt_thread_stats(td)->shared_defer++;
	return false;
}

/**
 * lwkt_backoff_spin() - try on for the reference taken last
 * @td: the thread it is for
 * @t: the attempt; failed once
 *
 * Context: preemption disabled; the baton holder of the thread's CPU.
 * Return: true if the token is there
 */
bool lwkt_backoff_spin(struct lwkt_thread *td, struct lwkt_count_try *t)
{
	if (t->ref->tr_flags & TR_SHARED)
		return spin_shared(td, t);
	return spin_excl(td, t);
}

/**
 * lwkt_backoff_contended() - gettoken, in either mode, that has to wait
 * @td: the caller
 * @ref: its newest reference, which could not have its token
 *
 * Context: an LWKT thread; spins, then switches.
 * Return: see lwkt_gettoken()
 */
int lwkt_backoff_contended(struct lwkt_thread *td, struct lwkt_tokref *ref)
{
	return lwkt_count_contended(td, ref, LWKT_GEN_backoff);
}

/**
 * lwkt_backoff_getall() - lwkt_getalltokens() of this generation
 * @td: the thread
 *
 * Return: true if the thread holds them all now
 */
bool lwkt_backoff_getall(struct lwkt_thread *td)
{
	bool sorted = td->td_contended > lwkt_knobs.sort_after;

	/* Each failure adds one, so this is met once between two runs. */
	if (td->td_contended == lwkt_knobs.sort_after + 1)
		lwkt_thread_stats(td)->sorted_entries++;
	if (lwkt_count_getall(td, sorted, LWKT_GEN_backoff))
		return true;
	td->td_contended += td->td_contended < U32_MAX;
	return false;
}

/* The head, and whether it is worth another try. */
static bool try_head(struct lwkt_globaldata *gd, struct lwkt_thread *head,
		     u64 *start)
{
	if (lwkt_may_run(head, lwkt_backoff_getall))
		return true;
	gd->gd_contended = true;
	*start = tb_clock_ns();
	lwkt_cpu_stats(gd)->switches_contended++;
	while (head->td_contended < lwkt_knobs.spin_loops / 2) {
		compat_relax_cpu();
		lwkt_cpu_stats(gd)->head_retries++;
		if (lwkt_backoff_getall(head))
			return true;
	}
	return false;
}

/* Once through the queue behind the head. */
static struct lwkt_thread *walk_queue(struct lwkt_globaldata *gd,
				      struct lwkt_thread *td)
{
	int best = td->td_upri;

	while ((td = lwkt_count_next(gd, td))) {
		if (!lwkt_wants_tokens(td) && td->td_pri < TDPRI_KERN_LPSCHED &&
		    td->td_upri < best)
			continue;
		best = max(best, td->td_upri);
		compat_relax_cpu();
		if (lwkt_may_run(td, lwkt_backoff_getall))
			return td;
	}
	return NULL;
}

/**
 * lwkt_backoff_choose() - one pass of the scheduler
 * @gd: the CPU
 *
 * @gd->gd_contended tells whether the head could not get its tokens.
 *
 * Context: the CPU's baton holder, tokens of the outgoing thread released.
 * Return: the thread to run, with all its tokens; NULL for the idle thread
 */
struct lwkt_thread *lwkt_backoff_choose(struct lwkt_globaldata *gd)
{
	struct lwkt_thread *td;
	u64 start = 0;

	gd->gd_contended = false;
	lwkt_count_tick(gd);
	td = lwkt_count_first(gd);
	if (td && !try_head(gd, td, &start))
		td = walk_queue(gd, td);
	if (td)
		td->td_contended = 0;
	if (start)
		lwkt_cpu_stats(gd)->scan_ns += tb_clock_ns() - start;
	return td;
}

const struct lwkt_gen_ops lwkt_backoff_ops = { .user_keeps_cpu = true };
