// SPDX-License-Identifier: GPL-2.0
/*
 * Progress, on stderr so that it never mixes with the data: one line that is
 * redrawn on a terminal, and a line per cell in a log.
 */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/ioctl.h>
#include <time.h>
#include <unistd.h>

#include "progress.h"
#include "units.h"

static uint64_t now_ms(void)
{
	struct timespec ts;

	clock_gettime(CLOCK_MONOTONIC, &ts);
	return ts.tv_sec * 1000ULL + ts.tv_nsec / 1000000;
}

/* A line that wraps cannot be redrawn with a carriage return. */
static int width(void)
{
	struct winsize ws;

	if (!ioctl(STDERR_FILENO, TIOCGWINSZ, &ws) && ws.ws_col > 1)
		return ws.ws_col - 1;
	return 200;
}

/**
 * progress_init() - Start
 * @p: receives the state
 * @nr_steps: number of runs
 * @total_ms: nominal time of all runs
 * @quiet: print nothing at all
 */
void progress_init(struct progress *p, size_t nr_steps, uint64_t total_ms,
		   bool quiet)
{
	const char *force = getenv("TOKBENCH_TTY");

	*p = (struct progress){ .nr_steps = nr_steps,
				.left_ms = total_ms,
				.quiet = quiet };
	p->live = isatty(STDERR_FILENO) || (force && *force == '1');
	p->started_ms = now_ms();
}

/**
 * progress_cell() - A new cell begins
 * @p: the state
 * @cell: the cell for people
 */
void progress_cell(struct progress *p, const char *cell)
{
	if (!p->quiet && !p->live)
		fprintf(stderr, "[%zu/%zu] %s\n", p->step + 1, p->nr_steps,
			cell);
}

/**
 * progress_step() - A new run begins
 * @p: the state
 * @what: the run for people
 * @nominal_ms: how long it is going to last
 */
void progress_step(struct progress *p, const char *what, uint64_t nominal_ms)
{
	p->step++;
	snprintf(p->what, sizeof(p->what), "%s", what);
	p->left_ms -= nominal_ms < p->left_ms ? nominal_ms : p->left_ms;
	progress_tick(p, 0, nominal_ms);
}

/**
 * progress_tick() - Redraw
 * @p: the state
 * @elapsed_ms: of the current run
 * @total_ms: nominal time of the current run
 *
 * What a run costs beside its nominal time (threads, the cost of none) is
 * taken from the runs that have ended.
 */
void progress_tick(struct progress *p, uint64_t elapsed_ms, uint64_t total_ms)
{
	char eta[UNITS_MAX];
	char line[512];
	double left = p->left_ms +
		      (total_ms > elapsed_ms ? total_ms - elapsed_ms : 0);
	double spent = now_ms() - p->started_ms;
	double nominal = p->nominal_done_ms + elapsed_ms;

	if (p->quiet || !p->live)
		return;
	if (p->nominal_done_ms && spent > nominal)
		left *= spent / nominal;
	snprintf(line, sizeof(line), "[%zu/%zu] %s  %.1f/%.1f s  eta %s",
		 p->step, p->nr_steps, p->what, elapsed_ms / 1e3,
		 total_ms / 1e3, units_duration(eta, left / 1e3));
	fprintf(stderr, "\r%.*s\033[K", width(), line);
	p->drawn = true;
}

/**
 * progress_step_done() - The current run has ended
 * @p: the state
 * @nominal_ms: how long it was going to last
 */
void progress_step_done(struct progress *p, uint64_t nominal_ms)
{
	p->nominal_done_ms += nominal_ms;
}

/**
 * progress_clear() - Make room for a message or the result
 * @p: the state
 */
void progress_clear(struct progress *p)
{
	if (p->drawn)
		fprintf(stderr, "\r\033[K");
	p->drawn = false;
}
