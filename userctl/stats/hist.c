// SPDX-License-Identifier: GPL-2.0
/*
 * Merging histograms. Percentiles of repeated runs are taken from the merged
 * buckets and never averaged: the mean of two 99th percentiles is no
 * percentile of anything. All runs come from one bucket layout, so equal
 * bounds are simply added. Pure.
 */
#include "base/xalloc.h"
#include "hist.h"

/**
 * hist_add() - Add one bucket
 * @h: histogram; starts as zeroes
 * @lower: lower bound, included
 * @upper: upper bound, excluded
 * @count: number of values in the bucket
 */
void hist_add(struct hist *h, uint64_t lower, uint64_t upper, uint64_t count)
{
	size_t lo = 0;
	size_t hi = h->n;

	while (lo < hi) {
		size_t mid = lo + (hi - lo) / 2;

		if (h->buckets[mid].lower < lower)
			lo = mid + 1;
		else
			hi = mid;
	}
	h->count += count;
	if (lo < h->n && h->buckets[lo].lower == lower) {
		h->buckets[lo].count += count;
		if (upper > h->buckets[lo].upper)
			h->buckets[lo].upper = upper;
		return;
	}
	h->buckets = xrealloc(h->buckets, h->n + 1, sizeof(*h->buckets));
	memmove(&h->buckets[lo + 1], &h->buckets[lo],
		(h->n - lo) * sizeof(*h->buckets));
	h->buckets[lo] = (struct hist_bucket){ lower, upper, count };
	h->n++;
}

/**
 * hist_percentile() - Value at a rank
 * @h: histogram
 * @per_10k: the rank in ten-thousandths, 1 to 10000; an integer, because 0.07 *
 *	      100 is more than 7 in floating point and would move the rank
 * @max: the largest value that was seen, which is known exactly
 *
 * The rule is the module's own, so that the percentiles of one run and of
 * merged runs can stand in one column: the ceil(share * count)th smallest
 * value, given as the middle of its bucket.
 *
 * Return: the value, never above @max; 0 if @h is empty.
 */
uint64_t hist_percentile(const struct hist *h, unsigned int per_10k,
			 uint64_t max)
{
	uint64_t rank = (h->count * per_10k + 9999) / 10000;
	uint64_t seen = 0;
	size_t i;

	if (!h->count)
		return 0;
	if (rank >= h->count)
		return max;
	for (i = 0; i < h->n; i++) {
		const struct hist_bucket *b = &h->buckets[i];
		uint64_t middle = b->lower + (b->upper - b->lower - 1) / 2;

		seen += b->count;
		if (seen >= rank)
			return middle < max ? middle : max;
	}
	return max;
}

/**
 * hist_free() - Free a histogram
 * @h: histogram to empty
 */
void hist_free(struct hist *h)
{
	free(h->buckets);
	*h = (struct hist){ 0 };
}
