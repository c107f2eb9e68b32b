/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Zipf's law in whole numbers: some locks are wanted more often than others.
 *
 * All functions: any context, no sleeping and no allocation.
 */
#ifndef _TB_ZIPF_H
#define _TB_ZIPF_H

#include "rng.h"

/**
 * tb_zipf_make() - make the table that choices are made from
 * @table: room for @n entries
 * @n: number of things to choose from, 1 to 100000
 * @milli: exponent in thousandths, 0 to 5000; 0: all equally likely
 *
 * Thing i (from 0) is chosen in proportion to 1 / (i + 1)^exponent, up to 2e-9
 * of all choices; things rarer than some 2^-32 are never chosen. Some 100 ns
 * per entry.
 */
void tb_zipf_make(u32 *table, u32 n, u32 milli);

/**
 * tb_zipf_pick() - choose
 * @table: of tb_zipf_make()
 * @n: its entries
 * @rng: a generator; one number is drawn
 *
 * Return: 0 to @n - 1.
 */
u32 tb_zipf_pick(const u32 *table, u32 n, struct tb_rng *rng);

#endif /* _TB_ZIPF_H */
