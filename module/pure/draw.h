/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Random times around a mean, in whole numbers.
 *
 * All functions: any context, no sleeping and no allocation.
 */
#ifndef _TB_DRAW_H
#define _TB_DRAW_H

#include "rng.h"
#include "workload.h"

/* No draw is larger than so many times its mean. */
#define TB_DRAW_MOST 24

/* The largest mean. */
#define TB_DRAW_MEAN_MAX BIT_ULL(53)

/**
 * tb_draw() - draw a time
 * @rng: a generator; TB_DIST_const draws nothing, the others one number
 * @dist: const: @mean itself; exp: exponentially distributed; bimodal: nine in
 * ten are @mean / 1.9, one in ten is ten times that
 * @mean: of many draws, at most TB_DRAW_MEAN_MAX
 *
 * The mean of many draws is @mean also where single draws cannot be, because
 * they are whole numbers. Some 20 ns.
 *
 * Return: 0 to TB_DRAW_MOST * @mean.
 */
u64 tb_draw(struct tb_rng *rng, enum tb_dist dist, u64 mean);

#endif /* _TB_DRAW_H */
