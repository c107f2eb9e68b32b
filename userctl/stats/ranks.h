/* SPDX-License-Identifier: GPL-2.0 */
/* How rank statistics are distributed where there is no effect. */
#ifndef _RANKS_H
#define _RANKS_H

#include <stddef.h>

/**
 * struct ranks - Distribution of a statistic that counts pairs
 * @below: probability of at most its index; NULL: the normal one is used
 * @pairs: the largest value; the smallest is 0, and values are whole numbers
 * @sd: standard deviation; the mean is half of @pairs
 */
struct ranks {
	double *below;
	double pairs;
	double sd;
};

struct ranks ranks_signed(size_t n);
struct ranks ranks_u(size_t m, size_t n);
double ranks_tail(const struct ranks *r, double at_most);
double ranks_critical(const struct ranks *r, double tail);
void ranks_free(struct ranks *r);

#endif /* _RANKS_H */
