/* SPDX-License-Identifier: GPL-2.0 */
/* How much faster is one lock than another, and is it? */
#ifndef _RATIO_H
#define _RATIO_H

#include <stdbool.h>
#include <stdint.h>

#include "bootstrap.h"
#include "sample.h"

/* A difference that chance makes in more than one of 20 cases is none. */
#define RATIO_P_MAX 0.05

/**
 * enum ratio_verdict - What can be said
 * @RATIO_FEW: nothing, there are too few runs
 * @RATIO_SAME: no difference is shown
 * @RATIO_FASTER: the lock does more operations per second than the reference
 * @RATIO_SLOWER: it does fewer
 */
enum ratio_verdict {
	RATIO_FEW,
	RATIO_SAME,
	RATIO_FASTER,
	RATIO_SLOWER,
};

/**
 * struct ratio - A lock against a reference
 * @value: median of the lock / median of the reference
 * @verdict: what can be said; what follows is there unless it is RATIO_FEW
 * @ci: interval of 95 % of @value
 * @p: of the U test
 * @within: |1 - ratio| is not larger than this, as far as @ci goes
 */
struct ratio {
	double value;
	enum ratio_verdict verdict;
	struct interval ci;
	double p;
	double within;
};

bool ratio_make(const struct sample *lock, const struct sample *ref,
		uint64_t seed, struct ratio *r);
const char *ratio_word(enum ratio_verdict verdict);

#endif /* _RATIO_H */
