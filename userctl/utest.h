/* SPDX-License-Identifier: GPL-2.0 */
/* Are the values of one sample larger than those of another? */
#ifndef _UTEST_H
#define _UTEST_H

#include <stdbool.h>
#include <stddef.h>

/**
 * struct utest - Outcome of a Mann-Whitney U test
 * @u: pairs of a value of each sample in which that of the first is larger,
 *     equal ones for a half
 * @p: two-sided probability of such a @u, or one further from its mean, if both
 *     samples come from one distribution
 * @exact: @p is from the distribution of @u itself, not from a normal one
 */
struct utest {
	double u;
	double p;
	bool exact;
};

struct utest utest_make(const double *x, size_t nx, const double *y, size_t ny);

#endif /* _UTEST_H */
