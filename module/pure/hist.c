// SPDX-License-Identifier: GPL-2.0
/*
 * Log-linear histograms: merging and reading.
 *
 * Problem. Latencies of locks span 20 ns to seconds, the interesting part is
 * the tail, and the recording thread has a dozen instructions to spare and
 * 4 KiB. Sampling loses the tail; logarithmic buckets alone are too coarse to
 * tell two locks apart.
 *
 * Layout. Up to 2^6 every value has a bucket of its own. From there on each
 * power of two [2^e, 2^(e+1)) is cut into 32 buckets of 2^(e-5) ns:
 *
 *	index    0 .. 31	value = index
 *	        32 .. 63	value = index			(e = 5)
 *	        64 .. 95	(index - 32) << 1 ..		(e = 6)
 *	             ...
 *	       960 .. 991	(index - 928) << 29 ..		(e = 34)
 *	       992		2^35 and above
 *
 * With shift = max(e - 5, 0), index = 32 * shift + (value >> shift): the bits
 * below the top six are dropped, and each row starts where the one before ends.
 *
 * Invariants. The bounds partition the range of u64. A bucket's width is at
 * most 1/32 of its lower bound, so its middle is within 1/64 of any value in
 * it. In a struct tb_hist, edge is max, but below TB_HIST_LIMIT; in a struct
 * tb_hist_sum, the buckets add up to count.
 *
 * Saturation. A bucket is 32 bits wide so that a histogram is small in cache,
 * and one thread can fill it: one hour of 100 ns operations is 3.6e10. A test
 * for that in each recording would be a fifth of it. So a bucket is full at half
 * of what it can hold, and before it has got the other half it is set back to
 * that (tb_hist_settle(), once in 2^30 recordings). A full bucket stays full,
 * and the difference between the number of recordings, which the recorder
 * knows, and the buckets says how many values are missing. If one bucket is full
 * they can only be its own; if several are, the split between them is a guess,
 * and reported.
 *
 * Limits. Above 2^35 ns only the count, the sum and the maximum are known.
 */
#include "hist.h"

static_assert(TB_HIST_BUCKETS == 993, "layout documented above");

void tb_hist_bounds(u32 index, u64 *lower, u64 *upper)
{
	u32 shift;

	if (index >= TB_HIST_LAST) {
		*lower = TB_HIST_LIMIT;
		*upper = U64_MAX;
		return;
	}

	/* Rows 0 and 1 share shift 0: the inverse of tb_hist_index(). */
	shift = index < 2 * TB_HIST_SUB ? 0 : index / TB_HIST_SUB - 1;
	*lower = (u64)(index - shift * TB_HIST_SUB) << shift;
	*upper = *lower + (1ULL << shift);
}

/* Give the values that full buckets could not count back to these buckets. */
static void merge_missing(struct tb_hist_sum *sum, const struct tb_hist *h,
			  u64 missing, u32 full)
{
	u64 share = div64_u64(missing, full);
	u64 rest = missing - share * full;
	u32 i;

	for (i = 0; i < TB_HIST_BUCKETS; i++) {
		if (h->bucket[i] < TB_HIST_FULL)
			continue;
		sum->bucket[i] += share + rest;
		rest = 0;
	}
	if (full > 1)
		sum->guessed += missing;
}

void tb_hist_record_new(struct tb_hist *h, u64 v)
{
	if ((s64)v < 0) {
		h->bucket[0]++;
		h->negative++;
		return;
	}
	h->bucket[tb_hist_index(v)]++;
	h->sum += v;
	h->max = max(h->max, v);
	h->edge = min(h->max, TB_HIST_LIMIT - 1);
}

void tb_hist_settle(struct tb_hist *h)
{
	u32 i;

	for (i = 0; i < TB_HIST_BUCKETS; i++)
		h->bucket[i] = min(h->bucket[i], TB_HIST_FULL);
}

void tb_hist_merge(struct tb_hist_sum *sum, const struct tb_hist *h, u64 count)
{
	u64 counted = 0;
	u32 full = 0;
	u32 i;

	for (i = 0; i < TB_HIST_BUCKETS; i++) {
		u32 n = min(h->bucket[i], TB_HIST_FULL);

		sum->bucket[i] += n;
		counted += n;
		full += n == TB_HIST_FULL;
	}
	if (full)
		merge_missing(sum, h, count - counted, full);

	sum->count += count;
	sum->sum = tb_sat_add(sum->sum, h->sum);
	sum->max = max(sum->max, h->max);
	sum->negative += h->negative;
}

void tb_hist_add(struct tb_hist_sum *into, const struct tb_hist_sum *from)
{
	u32 i;

	for (i = 0; i < TB_HIST_BUCKETS; i++)
		into->bucket[i] += from->bucket[i];
	into->count += from->count;
	into->sum = tb_sat_add(into->sum, from->sum);
	into->max = max(into->max, from->max);
	into->guessed += from->guessed;
	into->negative += from->negative;
}

u64 tb_hist_percentile(const struct tb_hist_sum *sum, u32 ppm)
{
	u64 rank, rem, lower, upper;
	u64 seen = 0;
	u32 i;

	if (!sum->count)
		return 0;

	rank = ppm < 1000000 ? tb_mul_div(sum->count, ppm, 1000000, &rem) :
			       sum->count;
	if (ppm < 1000000 && (rem || !rank))
		rank++;
	/* The last of all in order is the maximum, which is known exactly. */
	if (rank >= sum->count)
		return sum->max;

	for (i = 0; i < TB_HIST_LAST; i++) {
		seen += sum->bucket[i];
		if (seen >= rank)
			break;
	}
	if (i == TB_HIST_LAST)
		return sum->max;

	tb_hist_bounds(i, &lower, &upper);
	lower += (upper - lower - 1) / 2;
	return min(lower, sum->max);
}

u64 tb_hist_mean(const struct tb_hist_sum *sum)
{
	u64 mean;

	if (!sum->count)
		return 0;
	mean = div64_u64(sum->sum, sum->count);
	/* Round up if the remainder is at least half of the count. */
	if (sum->sum - mean * sum->count >= sum->count - sum->count / 2)
		mean++;
	return mean;
}
