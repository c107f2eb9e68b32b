// SPDX-License-Identifier: GPL-2.0
/*
 * How the line of progress looks: a bar, where we are, and the time left. If
 * the terminal is too narrow, the name of the run is cut, and then the bar goes,
 * but never the time. Pure.
 */
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "base/clock.h"
#include "base/units.h"
#include "progress.h"

#define BAR 20
#define WHAT_MIN 12

/* What remains, from what the runs so far took. */
static uint64_t left_ms(const struct progress *p, uint64_t elapsed_ms,
			uint64_t total_ms)
{
	uint64_t rest = total_ms > elapsed_ms ? total_ms - elapsed_ms : 0;

	return pace_estimate(&p->pace, p->left, p->left_ms + rest);
}

static double share(const struct progress *p, uint64_t spent, uint64_t left)
{
	double all = spent + left;
	double runs = p->nr_steps ? 1 - (double)(p->left + 1) / p->nr_steps : 0;

	/* What an earlier tokctl made is a part of it, but cost nothing now. */
	if (!p->limit_ms && p->step > p->pace.runs + 1)
		return runs;
	return all > 0 ? spent / all : 0;
}

static void draw_bar(char out[BAR + 4], double done)
{
	size_t n = done <= 0 ? 0 : done >= 1 ? BAR : done * BAR;

	*out = '[';
	memset(out + 1, '#', n);
	memset(out + 1 + n, '.', BAR - n);
	strcpy(out + 1 + BAR, "] ");
}

/* Virtual time: nobody knows how long the host takes for it. */
static void simulated_tail(const struct progress *p, uint64_t elapsed_ms,
			   uint64_t total_ms, char *out, size_t len)
{
	uint64_t done = p->done_ms + elapsed_ms;
	uint64_t rest = total_ms > elapsed_ms ? total_ms - elapsed_ms : 0;

	if (p->limit_ms)
		snprintf(out, len, "  %" PRIu64 " ms simulated", done);
	else
		snprintf(out, len, "  %" PRIu64 " of %" PRIu64 " ms simulated",
			 done, done + rest + p->left_ms);
}

/**
 * progress_line() - The line of progress
 * @p: the state
 * @now_ms: the time, see clock_now_ms()
 * @elapsed_ms: of the current run
 * @total_ms: nominal time of the current run
 * @out: receives the line
 * @width: its size; at most one less characters are written
 */
void progress_line(const struct progress *p, uint64_t now_ms,
		   uint64_t elapsed_ms, uint64_t total_ms, char *out,
		   size_t width)
{
	uint64_t spent = now_ms - p->started_ms;
	uint64_t left = left_ms(p, elapsed_ms, total_ms);
	char bar[BAR + 4];
	char count[48];
	char eta[UNITS_MAX];
	char tail[96];
	size_t room;

	if (p->limit_ms) {
		snprintf(count, sizeof(count), "run %zu ", p->step);
		if (p->limit_ms > spent + left)
			left = p->limit_ms - spent;
	} else {
		snprintf(count, sizeof(count), "%zu/%zu ", p->step,
			 p->nr_steps);
	}
	if (p->simulated)
		simulated_tail(p, elapsed_ms, total_ms, tail, sizeof(tail));
	else
		snprintf(tail, sizeof(tail), "  %.1f/%.1f s  eta %s%s",
			 elapsed_ms / 1e3, total_ms / 1e3,
			 p->limit_ms ? "at most " : "",
			 units_duration(eta, left / 1e3));
	draw_bar(bar, share(p, spent, left));
	room = strlen(bar) + strlen(count) + strlen(tail) + WHAT_MIN;
	if (room >= width)
		*bar = '\0';
	room = strlen(bar) + strlen(count) + strlen(tail) + 1;
	room = width > room ? width - room : 0;
	snprintf(out, width, "%s%s%.*s%s", bar, count, (int)room, p->what,
		 tail);
}
