/* SPDX-License-Identifier: GPL-2.0 */
/* The line that says how far a sweep is. */
#ifndef _PROGRESS_H
#define _PROGRESS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/**
 * struct progress - A sweep on its way
 * @live: redraw one line; otherwise a plain line at the start of a cell
 * @quiet: print nothing
 * @drawn: there is a line to be redrawn or cleared
 * @nr_steps: runs in the sweep
 * @step: number of the current run, from 1
 * @what: the current run for people: lock and axes
 * @left_ms: nominal time of all runs behind the current one
 * @started_ms: time of the start of the first run, monotonic clock
 * @nominal_done_ms: nominal time of all runs that have ended
 */
struct progress {
	bool live;
	bool quiet;
	bool drawn;
	size_t nr_steps;
	size_t step;
	char what[256];
	uint64_t left_ms;
	uint64_t started_ms;
	uint64_t nominal_done_ms;
};

void progress_init(struct progress *p, size_t nr_steps, uint64_t total_ms,
		   bool quiet);
void progress_cell(struct progress *p, const char *cell);
void progress_step(struct progress *p, const char *what, uint64_t nominal_ms);
void progress_tick(struct progress *p, uint64_t elapsed_ms, uint64_t total_ms);
void progress_step_done(struct progress *p, uint64_t nominal_ms);
void progress_clear(struct progress *p);

#endif /* _PROGRESS_H */
