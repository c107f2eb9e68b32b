/* SPDX-License-Identifier: GPL-2.0 */
/* Statistics over the repeats of a run. */
#ifndef _STATS_H
#define _STATS_H

#include <stddef.h>

struct stats_range {
	double median;
	double min;
	double max;
};

struct stats_range stats_range(const double *values, size_t n);

#endif /* _STATS_H */
