/* SPDX-License-Identifier: GPL-2.0 */
/* The line that says how far a sweep is. */
#ifndef _PROGRESS_H
#define _PROGRESS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "kernel/runner.h"
#include "pace.h"

/**
 * struct progress - A sweep on its way
 * @live: redraw one line; otherwise a plain line at the start of a cell
 * @quiet: print nothing
 * @status_ms: print a line so often, in place of both; 0: do not
 * @said_ms: when the last one was
 * @drawn: there is a line to be redrawn or cleared
 * @nr_steps: runs that are planned, also those of an earlier tokctl
 * @step: number of the current run, from 1
 * @what: the current run for people: lock and axes
 * @left: runs behind the current one
 * @left_ms: their nominal time
 * @nominal_ms: that of the current one
 * @begun_ms: when it began
 * @started_ms: when the first began
 * @limit_ms: the plan can grow, but not beyond so much time; 0: it does not
 * @pace: runs that have ended
 */
struct progress {
	bool live;
	bool quiet;
	uint64_t status_ms;
	uint64_t said_ms;
	bool drawn;
	size_t nr_steps;
	size_t step;
	char what[256];
	size_t left;
	uint64_t left_ms;
	uint64_t nominal_ms;
	uint64_t begun_ms;
	uint64_t started_ms;
	uint64_t limit_ms;
	uint64_t done_ms;
	bool simulated;
	struct pace pace;
};

void progress_init(struct progress *p, bool quiet, uint64_t status_ms);
void progress_plan(struct progress *p, size_t nr_steps, size_t left,
		   uint64_t left_ms);
void progress_cell(struct progress *p, const char *cell);
void progress_step(struct progress *p, const char *what, uint64_t nominal_ms);
void progress_tick(struct progress *p, uint64_t elapsed_ms, uint64_t total_ms);
void progress_step_done(struct progress *p);
void progress_clear(struct progress *p);
struct runner_watch progress_watch(struct progress *p);

/* progress_line.c */
void progress_line(const struct progress *p, uint64_t now_ms,
		   uint64_t elapsed_ms, uint64_t total_ms, char *out,
		   size_t width);

#endif /* _PROGRESS_H */
