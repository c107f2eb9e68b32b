/* SPDX-License-Identifier: GPL-2.0 */
/*
 * What the results of the threads say together: fairness, extremes, overlap.
 *
 * Arithmetic over arrays that are not being written. Fractions are parts per
 * million (ppm), rounded to nearest. All functions: any context, no sleeping
 * and no allocation.
 */
#ifndef _TB_STATS_H
#define _TB_STATS_H

#include "pure.h"

#define TB_PPM 1000000U

/* Room for any output of tb_fmt_ppm(), terminator included. */
#define TB_PPM_TEXT_MAX 24

/**
 * tb_stats_min() - smallest value
 * @v: the values, one per thread
 * @n: how many
 *
 * Return: the smallest; 0 of none.
 */
u64 tb_stats_min(const u64 *v, u32 n);

/**
 * tb_stats_max() - largest value
 * @v: the values, one per thread
 * @n: how many
 *
 * Return: the largest; 0 of none.
 */
u64 tb_stats_max(const u64 *v, u32 n);

/**
 * tb_stats_sum() - sum of all values
 * @v: the values, one per thread
 * @n: how many
 *
 * Return: the sum; U64_MAX when it needs more than 64 bits.
 */
u64 tb_stats_sum(const u64 *v, u32 n);

/**
 * tb_stats_jain() - Jain's fairness index, (sum v)^2 / (n x sum v^2)
 * @v: the values, one per thread, any magnitude
 * @n: how many, up to 4096 (TB_THREADS_MAX)
 *
 * Exact before rounding while all values are below 2^42 (73 minutes in ns).
 * With larger ones all are divided by a power of two; the result is then off
 * by less than 0.01 ppm before rounding, so at most by 1 ppm after it.
 *
 * Return: ppm from TB_PPM / @n (one thread got everything) to TB_PPM (all got
 * the same); 0, which no index can be, when all values are 0 or @n is 0 or
 * more than 4096: there is no index.
 */
u32 tb_stats_jain(const u64 *v, u32 n);

/**
 * tb_stats_top_half() - share that the busier half of the threads got
 * @v: the values, one per thread; sorted in descending order on return, so
 *     give it a copy
 * @n: how many
 *
 * With an odd @n the thread in the middle counts half to either side, so
 * equal values always give 500000.
 *
 * Return: ppm, 500000 to TB_PPM; 0 when all values are 0 or there is none.
 */
u32 tb_stats_top_half(u64 *v, u32 n);

/**
 * tb_stats_overlap() - share of a window in which all threads were there
 * @start: the window's begin
 * @end: its end, the same unit
 * @max_enter: when the last thread entered its loop
 * @min_leave: when the first thread left it
 *
 * Return: ppm; 0 if the window is empty or there was no such moment.
 */
u32 tb_stats_overlap(u64 start, u64 end, u64 max_enter, u64 min_leave);

/**
 * tb_stats_ratio() - num / den
 * @num: any number
 * @den: any number
 *
 * Return: ppm, which may exceed TB_PPM; U64_MAX when it needs more than 64
 * bits; 0 when @den is 0.
 */
u64 tb_stats_ratio(u64 num, u64 den);

/**
 * tb_fmt_ppm() - print parts per million as a decimal fraction
 * @buf: gets the text
 * @len: its size; TB_PPM_TEXT_MAX always suffices
 * @ppm: the fraction
 *
 * At least four decimals and at most six: "0.9987", "0.998712", "1.0000".
 *
 * Return: length of the text in @buf, without its terminator.
 */
int tb_fmt_ppm(char *buf, size_t len, u64 ppm);

#endif /* _TB_STATS_H */
