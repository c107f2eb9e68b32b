// SPDX-License-Identifier: GPL-2.0
/*
 * Progress, on stderr so that it never mixes with the data: one line that is
 * redrawn on a terminal, and a line per cell in a log.
 */
#include <stdio.h>
#include <stdlib.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include "base/clock.h"
#include "pace.h"
#include "progress.h"
#include "result/simulated.h"

#define LINE_MAX_WIDTH 120

/* A line that wraps cannot be redrawn with a carriage return. */
static size_t width(void)
{
	size_t n = LINE_MAX_WIDTH;
	struct winsize ws;

	if (!ioctl(STDERR_FILENO, TIOCGWINSZ, &ws) && ws.ws_col > 1 &&
	    ws.ws_col <= LINE_MAX_WIDTH)
		n = ws.ws_col - 1;
	return n;
}

/**
 * progress_init() - Start
 * @p: receives the state
 * @quiet: print nothing at all
 * @status_ms: print a line so often; 0: a terminal has one that is redrawn, and a log
 *	       one for each cell
 */
void progress_init(struct progress *p, bool quiet, uint64_t status_ms)
{
	const char *force = getenv("TOKBENCH_TTY");

	*p = (struct progress){ .quiet = quiet, .status_ms = status_ms };
	p->live = status_ms || isatty(STDERR_FILENO) ||
		  (force && *force == '1');
	p->started_ms = clock_now_ms();
	p->said_ms = p->started_ms;
	p->simulated = simulated_here();
}

/**
 * progress_plan() - Say what is to come
 * @p: the state
 * @nr_steps: runs that are planned, also those that have a result
 * @left: how many of them have none
 * @left_ms: nominal time of those
 */
void progress_plan(struct progress *p, size_t nr_steps, size_t left,
		   uint64_t left_ms)
{
	p->nr_steps = nr_steps;
	p->step = nr_steps - left;
	p->left = left;
	p->left_ms = left_ms;
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
	p->left -= p->left > 0;
	p->left_ms -= nominal_ms < p->left_ms ? nominal_ms : p->left_ms;
	p->nominal_ms = nominal_ms;
	p->begun_ms = clock_now_ms();
	progress_tick(p, 0, nominal_ms);
}

/**
 * progress_tick() - Redraw
 * @p: the state
 * @elapsed_ms: of the current run
 * @total_ms: nominal time of the current run
 */
void progress_tick(struct progress *p, uint64_t elapsed_ms, uint64_t total_ms)
{
	char line[LINE_MAX_WIDTH + 1];
	uint64_t now = clock_now_ms();

	if (p->quiet || !p->live ||
	    (p->status_ms && now - p->said_ms < p->status_ms))
		return;
	progress_line(p, now, elapsed_ms, total_ms, line, width() + 1);
	p->said_ms = now;
	p->drawn = !p->status_ms;
	fprintf(stderr, p->status_ms ? "%s\n" : "\r%s\033[K", line);
}

/**
 * progress_step_done() - The current run has ended
 * @p: the state
 */
void progress_step_done(struct progress *p)
{
	p->done_ms += p->nominal_ms;
	pace_add(&p->pace, p->nominal_ms, clock_now_ms() - p->begun_ms);
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

static void tick(void *arg, uint64_t elapsed_ms, uint64_t total_ms)
{
	progress_tick(arg, elapsed_ms, total_ms);
}

static void clear(void *arg)
{
	progress_clear(arg);
}

/**
 * progress_watch() - Let a run draw the line while it is waited for
 * @p: the state
 *
 * On a simulated machine the line is drawn between runs only: a result must not depend
 * on whether it is drawn.
 *
 * Return: for runner_run().
 */
struct runner_watch progress_watch(struct progress *p)
{
	return (struct runner_watch){ .tick = tick,
				      .clear = clear,
				      .arg = p,
				      .live = p->live && !p->quiet &&
					      !p->simulated };
}
