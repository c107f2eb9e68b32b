/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Histograms of nanoseconds: recorded by one thread, merged after the run.
 *
 * A struct tb_hist has one writer and no lock; its owner records, and others
 * read it only after the owner has stopped. struct tb_hist_sum is the reader's
 * side. A negative value is the difference of two readings of a clock that
 * stepped back: it counts as 0, and how many there were is known. How many values
 * were recorded is not: who records one per operation counts those already.
 * All functions: any context, no sleeping, no allocation; both structs
 * are too big for a kernel stack. An all-zero struct is an empty histogram.
 */
#ifndef _TB_HIST_H
#define _TB_HIST_H

#include "pure.h"

/* A power of two is cut into 2^TB_HIST_SUB_BITS buckets of the same width. */
#define TB_HIST_SUB_BITS 5
#define TB_HIST_SUB ((u32)1 << TB_HIST_SUB_BITS)

/* Values from 2^TB_HIST_MAX_BITS ns (34 s) on share the last bucket. */
#define TB_HIST_MAX_BITS 35
#define TB_HIST_LIMIT ((u64)1 << TB_HIST_MAX_BITS)

#define TB_HIST_ROWS (TB_HIST_MAX_BITS - TB_HIST_SUB_BITS + 1)
#define TB_HIST_LAST (TB_HIST_ROWS * TB_HIST_SUB)
#define TB_HIST_BUCKETS (TB_HIST_LAST + 1)

/* A bucket with so many values is full. */
#define TB_HIST_FULL ((u32)1 << 31)

/* Values between two calls of tb_hist_settle(). */
#define TB_HIST_SETTLE ((u64)1 << 30)

/**
 * struct tb_hist - one thread's histogram, a little under 4 KiB
 * @bucket: values seen per bucket; from TB_HIST_FULL on it is full
 * @edge: a larger value is new: @max, or where the last bucket begins, less 1
 * @sum: of the values in ns, exact below 2^64 (584 years)
 * @max: the largest, in ns; 0 when empty
 * @negative: values below 0, each counted as 0
 */
struct tb_hist {
	u32 bucket[TB_HIST_BUCKETS];
	u64 edge;
	u64 sum;
	u64 max;
	u64 negative;
};

/**
 * struct tb_hist_sum - several histograms added up, a little under 8 KiB
 * @bucket: values per bucket; they add up to @count
 * @count: values recorded
 * @sum: their sum in ns, U64_MAX when it needs more bits
 * @max: the largest, in ns; 0 when empty
 * @guessed: values whose bucket is a guess, see tb_hist_merge(); 0 in practice
 * @negative: values below 0, each counted as 0
 */
struct tb_hist_sum {
	u64 bucket[TB_HIST_BUCKETS];
	u64 count;
	u64 sum;
	u64 max;
	u64 guessed;
	u64 negative;
};

/* tb_hist_index() of a value below TB_HIST_LIMIT. */
static __always_inline u64 tb_hist_index_inside(u64 v)
{
	u64 shift = __fls(v | TB_HIST_SUB) - TB_HIST_SUB_BITS;

	return (v >> shift) + shift * TB_HIST_SUB;
}

/**
 * tb_hist_index() - the bucket of a value
 * @v: ns
 *
 * Return: 0 to TB_HIST_LAST; non-decreasing in @v.
 */
static inline u32 tb_hist_index(u64 v)
{
	return v < TB_HIST_LIMIT ? tb_hist_index_inside(v) : TB_HIST_LAST;
}

/* The part of tb_hist_record() for values beyond @h->edge. */
void tb_hist_record_new(struct tb_hist *h, u64 v);

/**
 * tb_hist_record() - note one value
 * @h: the caller's own histogram
 * @v: ns; from 2^63 on a negative number
 *
 * Eleven instructions, with one branch that is hardly ever taken: a new
 * maximum, a value of the last bucket and a negative one are all larger than
 * @h->edge. The caller counts the values and looks after tb_hist_settle().
 */
static __always_inline void tb_hist_record(struct tb_hist *h, u64 v)
{
	if (unlikely(v > h->edge)) {
		tb_hist_record_new(h, v);
		return;
	}
	h->sum += v;
	h->bucket[tb_hist_index_inside(v)]++;
}

/**
 * tb_hist_settle() - keep buckets that are full from wrapping
 * @h: the caller's own histogram
 *
 * To be called each time that TB_HIST_SETTLE values have been recorded since the
 * last one. It may come late, by less than 2^30 values.
 */
void tb_hist_settle(struct tb_hist *h);

/**
 * tb_hist_merge() - add one histogram to a sum
 * @sum: the sum, zeroed before the first merge
 * @h: a histogram that is not being written
 * @count: values recorded in @h
 *
 * What a full bucket could not count is known in number, since @count is
 * exact. It goes back where it belongs if just one bucket of @h is full;
 * otherwise it is shared out evenly over the full ones and added to
 * @sum->guessed.
 */
void tb_hist_merge(struct tb_hist_sum *sum, const struct tb_hist *h, u64 count);

/**
 * tb_hist_add() - add one sum to another
 * @into: the sum that is added to
 * @from: the sum that is added
 */
void tb_hist_add(struct tb_hist_sum *into, const struct tb_hist_sum *from);

/**
 * tb_hist_bounds() - which values a bucket holds
 * @index: 0 to TB_HIST_LAST; a larger one counts as TB_HIST_LAST
 * @lower: the smallest value in ns
 * @upper: the first value in ns that is too large; U64_MAX for the last
 *         bucket, which has no upper bound
 */
void tb_hist_bounds(u32 index, u64 *lower, u64 *upper);

/**
 * tb_hist_percentile() - value at a rank
 * @sum: a histogram
 * @ppm: rank in parts per million: 500000 is the median, 1000000 the
 *       maximum; a larger one counts as 1000000
 *
 * The order statistic in question is the ceil(@ppm / 1e6 * count)th smallest
 * value, at least the first.
 *
 * Return: ns; the maximum, exactly, if the rank is the last one; else the
 * middle of the order statistic's bucket, never above the maximum and within
 * 1/64 of the exact value (exact below 64 ns). A rank that lies among values
 * of TB_HIST_LIMIT and more gives the maximum. 0 when empty.
 */
u64 tb_hist_percentile(const struct tb_hist_sum *sum, u32 ppm);

/**
 * tb_hist_mean() - arithmetic mean
 * @sum: a histogram
 *
 * Return: the exact sum over the count in ns, rounded to nearest; 0 when empty.
 */
u64 tb_hist_mean(const struct tb_hist_sum *sum);

#endif /* _TB_HIST_H */
