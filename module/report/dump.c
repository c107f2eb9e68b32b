// SPDX-License-Identifier: GPL-2.0
/*
 * dump.c - the state of every thread and lock of a run, as text
 *
 * For a run that is stuck (stuck.c), and for a look at one that is not. The
 * format stands in uapi/tokbench.h. Threads and locks go on meanwhile: each
 * word is what it was when it was read, and no two need be of one moment. No
 * address is printed; the pid finds the stack in /proc.
 */
#include <linux/cpumask.h>
#include <linux/pid.h>
#include <linux/printk.h>
#include <linux/sched.h>

#include "base/text.h"
#include "dump.h"
#include "lwkt/token/look.h"
#include "run/locks.h"
#include "run/run.h"

/* References printed of one thread, and lines that the kernel log gets. */
#define REFS_MAX 16
#define LOG_LINES_MAX 100

static const char *const phase_words[] = {
	[TB_PHASE_ARMED] = "armed",
	[TB_PHASE_WARM] = "warm",
	[TB_PHASE_RUN] = "run",
	[TB_PHASE_COOL] = "cool",
};

static const char *place_of(const struct tb_worker *w)
{
	if (READ_ONCE(w->at_gate))
		return "gate";
	/* Each is written once, by a thread that does not know of us. */
	if (data_race(w->leave_ns))
		return "left";
	/* Likewise. */
	return data_race(w->enter_ns) ? "loop" : "start";
}

/* Number of the place of @tok among the run's locks, of which it is one. */
static u64 token_number(const struct tb_run *run, const struct lwkt_token *tok)
{
	return ((const void *)tok - run->locks) /
	       tb_lock_stride(run->plan.variant);
}

static void print_refs(struct tb_text *t, const struct tb_worker *w)
{
	unsigned int n, i;

	if (!w->td) {
		tb_text_printf(t, "-\t-\n");
		return;
	}
	tb_text_printf(t, "%s\t", lwkt_look_state(w->td));
	n = lwkt_look_refs(w->td);
	for (i = 0; i < min_t(unsigned int, n, REFS_MAX); i++)
		tb_text_printf(t, "%s%llu", i ? "," : "",
			       token_number(w->run, lwkt_look_ref(w->td, i)));
	if (n > REFS_MAX)
		tb_text_printf(t, ",+%u", n - REFS_MAX);
	tb_text_printf(t, "%s\n", n ? "" : "-");
}

static void print_threads(struct tb_text *t, const struct tb_run *run)
{
	u32 i;

	tb_text_printf(t,
		       "thread\tcpu\tpid\ttask\tplace\tops_all\tlwkt\ttokens\n");
	for (i = 0; i < run->nthreads; i++) {
		const struct tb_worker *w = run->workers[i];
		/* It goes on counting: a moment old is new enough. */
		u64 ops = data_race(w->ops_all);

		tb_text_printf(t, "%u\t%u\t%d\t%c\t%s\t%llu\t", w->id,
			       task_cpu(w->task), task_pid_nr(w->task),
			       task_state_to_char(w->task), place_of(w), ops);
		print_refs(t, w);
	}
}

/* Objects that a thread is inside of. */
static void print_sections(struct tb_text *t, const struct tb_run *run)
{
	u64 i;

	if (run->plan.variant->flags & TB_FLAG(unchecked))
		return;
	for (i = 0; i < run->plan.config.locks; i++) {
		u32 owner = READ_ONCE(run->objects[i].owner);

		if (owner)
			tb_text_printf(t, "section %llu thread %u\n", i, owner);
		cond_resched();
	}
}

/* Tokens that are owned, or wanted. */
static void print_tokens(struct tb_text *t, const struct tb_run *run)
{
	size_t stride = tb_lock_stride(run->plan.variant);
	u64 i;

	if (!run->plan.variant->tokens)
		return;
	for (i = 0; i < run->nlocks; i++) {
		const struct lwkt_token *tok = run->locks + i * stride;
		const struct lwkt_thread *owner = lwkt_look_owner(tok);
		const struct tb_worker *w = owner ? owner->td_arg : NULL;
		long count = lwkt_look_count(tok);

		if (w || count)
			tb_text_printf(t, "token %llu thread %u count 0x%lx\n",
				       i, w ? w->id : 0, count);
		cond_resched();
	}
}

/**
 * tb_dump() - print the state of a run
 * @t: the text to add to
 * @run: the run; the caller keeps it alive
 *
 * Context: process context, may sleep.
 */
void tb_dump(struct tb_text *t, const struct tb_run *run)
{
	u64 total;

	tb_text_printf(t, "run %u\nlock %s\nphase %s\nelapsed_ms %llu\n",
		       run->id, run->plan.variant->name,
		       phase_words[READ_ONCE(run->phase)],
		       tb_run_elapsed_ms(run, &total));
	tb_text_printf(t,
		       "stuck_s %llu\nthreads %u\narmed %d\nentered %d\nlive %d\n",
		       div_u64(READ_ONCE(run->stuck_ns), NSEC_PER_SEC),
		       run->nthreads, atomic_read(&run->armed),
		       atomic_read(&run->entered), atomic_read(&run->live));
	print_threads(t, run);
	print_sections(t, run);
	print_tokens(t, run);
}

/**
 * tb_dump_log() - print the beginning of it into the kernel log
 * @run: as above
 *
 * Context: process context, may sleep.
 */
void tb_dump_log(const struct tb_run *run)
{
	struct tb_text t = {};
	char *rest, *line;
	u32 lines = 0;

	tb_dump(&t, run);
	rest = t.buf;
	while (rest && lines++ < LOG_LINES_MAX) {
		line = strsep(&rest, "\n");
		if (*line)
			pr_err("%s\n", line);
	}
	if (rest)
		pr_err("and so on; all of it is in the file dump\n");
	tb_text_free(&t);
}
