/* SPDX-License-Identifier: GPL-2.0 */
/* How much faster is one lock than another, and is it? */
#ifndef _RATIO_H
#define _RATIO_H

#include <stdbool.h>
#include <stdint.h>

#include "bootstrap.h"
#include "sample.h"

/* Fewer pairs, or fewer runs of one of the two, have no interval of 95 %. */
#define RATIO_RUNS_MIN 6

/**
 * enum ratio_method - How two samples are compared
 * @RATIO_SIGNED_RANK: round by round
 * @RATIO_MANN_WHITNEY: as two heaps of runs that nothing relates
 */
enum ratio_method {
	RATIO_SIGNED_RANK,
	RATIO_MANN_WHITNEY,
};

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
 * @value: estimate of Hodges and Lehmann
 * @method: how it was made
 * @pairs: rounds in which both have a run; 0 unless @method pairs them
 * @verdict: what can be said; what follows is there unless it is RATIO_FEW
 * @ci: interval of 95 % of @value; excludes 1 exactly if @verdict is a
 *	difference
 * @p: of the test that @ci is the inverse of
 * @within: |1 - ratio| is not larger than this, as far as @ci goes
 */
struct ratio {
	double value;
	enum ratio_method method;
	size_t pairs;
	enum ratio_verdict verdict;
	struct interval ci;
	double p;
	double within;
};

bool ratio_make(const struct sample *lock, const struct sample *ref,
		struct ratio *r);
const char *ratio_word(enum ratio_verdict verdict);
const char *ratio_method_word(enum ratio_method method);

#endif /* _RATIO_H */
