/* SPDX-License-Identifier: GPL-2.0 */
/* How many rounds are enough? */
#ifndef _ROUNDS_H
#define _ROUNDS_H

#include <json-c/json.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "axes.h"
#include "bootstrap.h"
#include "plan.h"

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
 * @reached: largest half-width over value of all intervals; below 0: some
 *	     number has none
 */
struct rounds {
	bool on;
	double precision;
	uint64_t max_time_s;
	size_t max_rounds;
	enum rounds_end end;
	double reached;
};

const char *rounds_end_word(enum rounds_end end);
double rounds_half_width(struct json_object *row);
size_t rounds_wanted(struct rounds *r, struct json_object *doc,
		     const struct axes *axes, const struct plan *plan,
		     bool *wanted);

#endif /* _ROUNDS_H */
