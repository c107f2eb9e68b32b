// SPDX-License-Identifier: GPL-2.0
/*
 * verdict.c - whether the numbers of a run say what they should
 *
 *   FAILED   exclusion was violated, updates were lost, or the LWKT port was
 *            used illegally: the lock, or the benchmark, is wrong
 *   INVALID  the numbers do not say what they should: not all threads were there,
 *            one left its CPU, the machine stood still, the run was cut short
 *   ok       neither
 */
#include "collect.h"
#include "config/words.h"
#include "pure/stats.h"
#include "run/pause.h"
#include "run/run.h"
#include "verdict.h"

__printf(3, 4) static void add_reason(struct tb_verdict *v, bool *kind,
				      const char *fmt, ...)
{
	char line[160];
	va_list args;

	*kind = true;
	va_start(args, fmt);
	vscnprintf(line, sizeof(line), fmt, args);
	va_end(args);
	tb_text_printf(&v->reasons, "reason %s\n", line);
}

/* Did the fault come about? */
static bool fault_injected(const struct tb_run *run)
{
	return run->plan.config.fault == TB_FAULT_hang ? tb_run_is_stuck(run) :
							 run->fault_ns;
}

/* Is the fault, which was injected, in the numbers? */
static bool fault_noticed(const struct tb_run *run, const struct tb_sums *s)
{
	switch (run->plan.config.fault) {
	case TB_FAULT_late:
		return s->late;
	case TB_FAULT_move:
		return s->moved;
	case TB_FAULT_hang:
		return run->stuck_ns;
	default:
		return s->counts.violations;
	}
}

/* With a fault on purpose no run is ok: it was seen, or the checks are wrong. */
static void judge_fault(struct tb_verdict *v, const struct tb_run *run,
			const struct tb_sums *s)
{
	const char *word = tb_word_fault(run->plan.config.fault);

	if (run->plan.config.fault == TB_FAULT_none)
		return;
	if (!fault_injected(run))
		add_reason(v, &v->invalid,
			   "the fault %s was not injected; let the run end by itself",
			   word);
	else if (!fault_noticed(run, s))
		add_reason(v, &v->failed,
			   "the injected fault %s was not noticed; trust no verdict here",
			   word);
}

/* Is the lock, or the benchmark, wrong? */
static void judge_lock(struct tb_verdict *v, const struct tb_run *run,
		       const struct tb_sums *s)
{
	if (s->counts.violations)
		add_reason(v, &v->failed,
			   "exclusion violated in %llu sections; this lock does not exclude, use no number of it",
			   s->counts.violations);
	if (s->lost_updates)
		add_reason(v, &v->failed,
			   "%llu updates of protected counters lost; this lock does not exclude, use no number of it",
			   s->lost_updates);
	if (s->stream_errors)
		add_reason(v, &v->failed,
			   "%u threads did not make the operations of their streams; the benchmark is wrong, report it",
			   s->stream_errors);
	if (run->stuck_ns)
		add_reason(v, &v->failed,
			   "for %llu s no thread made progress; the lock, or the benchmark, is wrong: report it",
			   div_u64(run->stuck_ns, NSEC_PER_SEC));
	if (run->misuse)
		add_reason(v, &v->failed,
			   "%u illegal uses of tokens, see the kernel log",
			   run->misuse);
}

/* Did it end by itself, and no later than asked? */
static void judge_end(struct tb_verdict *v, const struct tb_run *run,
		      const struct tb_sums *s)
{
	u64 asked = run->plan.config.duration_ms,
	    limit = tb_pause_limit_ns(run);

	if (run->lost && run->crowded)
		add_reason(v, &v->invalid,
			   "CPU %u, the last that sched=fifo left free, went offline; keep it online and run again",
			   run->lost_cpu);
	else if (run->lost)
		add_reason(v, &v->invalid,
			   "CPU %u of the run went offline; keep its CPUs online and run again",
			   run->lost_cpu);
	if (run->stopped)
		add_reason(v, &v->invalid,
			   "stopped after %llu of %llu ms of the window; let it end by itself",
			   s->window_ns / NSEC_PER_MSEC,
			   run->plan.config.duration_ms);
	if (!s->window_ns)
		add_reason(v, &v->invalid,
			   "the measured window never opened; let it end by itself");
	if (run->pause.longest_ns > limit)
		add_reason(v, &v->invalid,
			   "the machine stood still for %llu of the %llu ms of the window; let it run, and run again",
			   run->pause.longest_ns / NSEC_PER_MSEC,
			   s->window_ns / NSEC_PER_MSEC);
	else if (s->window_ns > asked * NSEC_PER_MSEC + limit)
		add_reason(v, &v->invalid,
			   "the window lasted %llu ms in place of %llu; leave tokbench a CPU at its end",
			   s->window_ns / NSEC_PER_MSEC, asked);
}

/* Were all threads there in all of the window? */
static void judge_presence(struct tb_verdict *v, const struct tb_run *run,
			   const struct tb_sums *s)
{
	char overlap[TB_PPM_TEXT_MAX];

	if (s->late)
		add_reason(v, &v->invalid,
			   "%u threads had not begun when the window opened; raise warmup_ms",
			   s->late);
	tb_fmt_ppm(overlap, sizeof(overlap), s->overlap);
	if (s->overlap < run->plan.config.overlap_min_pct * (TB_PPM / 100))
		add_reason(v, &v->invalid,
			   "all threads were there for %s of the window only; free these CPUs, or lower overlap_min_pct",
			   overlap);
	if (s->moved)
		add_reason(v, &v->invalid,
			   "%u threads left their CPU; do not change their affinity",
			   s->moved);
}

/**
 * tb_verdict_find() - find the verdict on a run
 * @v: gets it, zeroed by the caller, which frees v->reasons
 * @run: executed
 * @s: its numbers
 *
 * Context: process context, may sleep.
 */
void tb_verdict_find(struct tb_verdict *v, const struct tb_run *run,
		     const struct tb_sums *s)
{
	judge_lock(v, run, s);
	judge_end(v, run, s);
	if (s->window_ns)
		judge_presence(v, run, s);
	judge_fault(v, run, s);
}
