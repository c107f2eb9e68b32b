/* SPDX-License-Identifier: GPL-2.0 */
/* How many rounds are enough? */
#ifndef _ROUNDS_H
#define _ROUNDS_H

#include <json-c/json.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "kernel/axes.h"
#include "plan.h"
#include "stats/bootstrap.h"

/* Fewer runs have no interval. */
#define ROUNDS_MIN BOOTSTRAP_RUNS_MIN

enum rounds_end {
	ROUNDS_GO_ON,
	ROUNDS_PRECISION,
	ROUNDS_MAX_TIME,
	ROUNDS_MAX_ROUNDS,
};

/**
 * struct rounds - Rounds until it is known well enough
 * @on: wanted; otherwise their number is fixed
 * @precision: half-width of an interval over its value that is enough
 * @max_time_s: no round begins that would end later
 * @max_rounds: not more rounds than this
 * @end: why it has ended
 * @looked: how many there were at the last look at throughputs
 * @reached: largest half-width over value of all intervals; below 0: some
 *	     number has none, or nothing is waited for
 */
struct rounds {
	bool on;
	double precision;
	uint64_t max_time_s;
	size_t max_rounds;
	enum rounds_end end;
	size_t looked;
	double reached;
};

const char *rounds_end_word(enum rounds_end end);
double rounds_half_width(struct json_object *row);
bool rounds_is_look_due(const struct rounds *r, size_t nr_reps);
size_t rounds_wanted(struct rounds *r, struct json_object *rows, bool look,
		     const struct axes *axes, const struct plan *plan,
		     bool *wanted);
bool rounds_fit(const struct rounds *r, uint64_t spent_ms, uint64_t next_ms,
		uint64_t own_ms);

#endif /* _ROUNDS_H */
