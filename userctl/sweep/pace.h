/* SPDX-License-Identifier: GPL-2.0 */
/* How long runs really take. */
#ifndef _PACE_H
#define _PACE_H

#include <stddef.h>
#include <stdint.h>

/**
 * struct pace - Runs that have ended
 * @runs: their number
 * @nominal_ms: their warm-ups and windows
 * @spent_ms: what they took, from one start to the next
 */
struct pace {
	size_t runs;
	uint64_t nominal_ms;
	uint64_t spent_ms;
};

void pace_add(struct pace *p, uint64_t nominal_ms, uint64_t spent_ms);
uint64_t pace_estimate(const struct pace *p, size_t runs, uint64_t nominal_ms);

#endif /* _PACE_H */
