/* SPDX-License-Identifier: GPL-2.0 */
/*
 * The ground the pure files stand on: hist, slots, fair, stats; parse, groups; rng,
 * fixlog, draw, zipf, workload, arrivals.
 *
 * A pure file is arithmetic and text. It is compiled into the module and, for
 * its tests, into an ordinary program; it allocates nothing, sleeps nowhere,
 * takes no lock and knows no clock. This header is all it may include beside
 * the headers of other pure files and uapi/tokbench.h, so everything it needs
 * of either world has one name here, the kernel's.
 *
 * 64-bit only, as the whole module is. The kernel has no division of 128-bit
 * numbers, and x86's mul_u64_u64_div_u64() traps when the quotient does not
 * fit, hence tb_mul_div() below.
 */
#ifndef _TB_PURE_H
#define _TB_PURE_H

#ifdef __KERNEL__

#include <linux/bitops.h>
#include <linux/build_bug.h>
#include <linux/compiler.h>
#include <linux/errno.h>
#include <linux/kernel.h>
#include <linux/limits.h>
#include <linux/math64.h>
#include <linux/minmax.h>
#include <linux/sort.h>
#include <linux/string.h>
#include <linux/types.h>

#else

#include <assert.h>
#include <errno.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

typedef unsigned char u8;
typedef unsigned int u32;
typedef unsigned long long u64;
typedef long long s64;

#define U32_MAX ((u32)~0U)
#define U64_MAX ((u64)~0ULL)

#define ARRAY_SIZE(a) (sizeof(a) / sizeof((a)[0]))
#define BIT_ULL(n) (1ULL << (n))

#define likely(x) __builtin_expect(!!(x), 1)
#define unlikely(x) __builtin_expect(!!(x), 0)

static inline u64 min(u64 a, u64 b)
{
	return a < b ? a : b;
}

static inline u64 max(u64 a, u64 b)
{
	return a > b ? a : b;
}

static inline int fls64(u64 x)
{
	return x ? 64 - __builtin_clzll(x) : 0;
}

/* Number of the highest bit that is set; @x is not 0. */
static inline unsigned long __fls(unsigned long x)
{
	return 63 - __builtin_clzll(x);
}

static inline u64 div64_u64(u64 dividend, u64 divisor)
{
	return dividend / divisor;
}

/* Like snprintf(), but returns what is in @buf, not what would have been. */
static inline int scnprintf(char *buf, size_t size, const char *fmt, ...)
{
	va_list args;
	int n;

	va_start(args, fmt);
	n = vsnprintf(buf, size, fmt, args);
	va_end(args);
	if (n < 0 || !size)
		return 0;
	return (size_t)n < size ? n : (int)size - 1;
}

static inline void sort(void *base, size_t num, size_t size,
			int (*cmp)(const void *a, const void *b),
			void (*swap)(void *a, void *b, int size))
{
	(void)swap;
	if (num)
		qsort(base, num, size, cmp);
}

#endif /* __KERNEL__ */

/**
 * tb_mul_div() - floor(a * b / d), exact
 * @a: any number
 * @b: any number
 * @d: divisor; 0 counts as "does not fit"
 * @rem: where the remainder goes, or NULL
 *
 * One bit of quotient per step, some 200 instructions: not for hot paths.
 *
 * Return: the quotient, or U64_MAX (remainder 0) when it needs more than 64
 * bits. Any context.
 */
static inline u64 tb_mul_div(u64 a, u64 b, u64 d, u64 *rem)
{
	__uint128_t product = (__uint128_t)a * b;
	u64 high = product >> 64;
	u64 low = product;
	int i;

	if (high >= d) {
		high = 0;
		low = U64_MAX;
	} else {
		for (i = 0; i < 64; i++) {
			bool carry = high >> 63;

			high = high << 1 | low >> 63;
			low <<= 1;
			if (carry || high >= d) {
				high -= d;
				low |= 1;
			}
		}
	}
	if (rem)
		*rem = high;
	return low;
}

/**
 * tb_sat_add() - a + b, or U64_MAX when that needs more than 64 bits
 * @a: any number
 * @b: any number
 *
 * Return: the sum. Any context.
 */
static inline u64 tb_sat_add(u64 a, u64 b)
{
	return a + b < a ? U64_MAX : a + b;
}

/**
 * tb_lower_bound() - where a number is in an ascending array, or would have to go
 * @v: the array
 * @n: its entries
 * @key: the number
 *
 * Return: index of the first entry that is not smaller; @n if all are. Any
 * context.
 */
static inline u32 tb_lower_bound(const u32 *v, u32 n, u32 key)
{
	u32 low = 0;

	while (n) {
		u32 half = n / 2;

		if (v[low + half] < key) {
			low += half + 1;
			n -= half + 1;
		} else {
			n = half;
		}
	}
	return low;
}

#endif /* _TB_PURE_H */
