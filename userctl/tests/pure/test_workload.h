/* SPDX-License-Identifier: GPL-2.0 */
/* What the tests of workload.c share. */
#ifndef _TB_TEST_WORKLOAD_H
#define _TB_TEST_WORKLOAD_H

#include "test.h"

#include "pure/workload.h"

#define SET_MAX 1000

static const struct tb_workload base = {
	.locks = 100,
	.set_size = 1,
	.order = TB_ORDER_same,
	.pick = TB_PICK_uniform,
	.seed = 1,
	.ncpus = 4,
};

static inline struct tb_workload make(u32 locks, u32 set_size,
				      enum tb_order order)
{
	struct tb_workload wl = base;

	wl.locks = locks;
	wl.set_size = set_size;
	wl.order = order;
	return wl;
}

static inline int ascending(const void *a, const void *b)
{
	u32 x = *(const u32 *)a, y = *(const u32 *)b;

	return (x > y) - (x < y);
}

/* Chi-square of @n cells that should all hold the same. */
static inline double chi_square(const u32 *cell, u32 n)
{
	double total = 0, expect, chi = 0;
	u32 i;

	for (i = 0; i < n; i++)
		total += cell[i];
	expect = total / n;
	for (i = 0; i < n; i++)
		chi += (cell[i] - expect) * (cell[i] - expect) / expect;
	return chi;
}

#endif /* _TB_TEST_WORKLOAD_H */
