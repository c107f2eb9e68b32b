/* SPDX-License-Identifier: GPL-2.0 */
/* Histograms of results, merged over repeats. */
#ifndef _HIST_H
#define _HIST_H

#include <stddef.h>
#include <stdint.h>

struct hist_bucket {
	uint64_t lower; /* values v with lower <= v < upper */
	uint64_t upper;
	uint64_t count;
};

struct hist {
	struct hist_bucket *buckets; /* in ascending order of lower */
	size_t n;
	uint64_t count; /* sum over all buckets */
};

void hist_add(struct hist *h, uint64_t lower, uint64_t upper, uint64_t count);
uint64_t hist_percentile(const struct hist *h, unsigned int per_10k,
			 uint64_t max);
void hist_free(struct hist *h);

#endif /* _HIST_H */
