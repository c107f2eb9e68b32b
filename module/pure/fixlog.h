/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Logarithm and power of two in whole numbers, for random times and Zipf's law.
 *
 * A number in fixed point is 2^32 times what it means. All functions: any
 * context, no sleeping and no allocation.
 */
#ifndef _TB_FIXLOG_H
#define _TB_FIXLOG_H

#include "pure.h"

/* 1 in fixed point. */
#define TB_FIX_ONE BIT_ULL(32)

/* The natural logarithm of 2 in fixed point, rounded down. */
#define TB_FIX_LN2 2977044471ULL

/**
 * tb_fix_log2() - logarithm to the base of 2
 * @x: from 1
 *
 * Return: the logarithm in fixed point; up to 4e-9 too small, never too large,
 * exact for powers of two.
 */
u64 tb_fix_log2(u64 x);

/**
 * tb_fix_exp2() - power of two
 * @y: the exponent in fixed point, below 63
 *
 * Return: 2^y, rounded down; up to 2e-9 of itself too small, exact for whole
 * exponents.
 */
u64 tb_fix_exp2(u64 y);

#endif /* _TB_FIXLOG_H */
