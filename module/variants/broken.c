// SPDX-License-Identifier: GPL-2.0
/*
 * broken.c - takes no lock but claims to
 *
 * Proves that the exclusion checker works on this machine: a run with it in
 * which threads ever met must end FAILED.
 */
#include "config/variant.h"
#include "run/worker.h"

#define LOOP_FLAGS (TB_FLAG(blocks) | TB_FLAG(fails))

static __always_inline void take_set(struct tb_worker *w)
{
	barrier();
}

static __always_inline void release_set(struct tb_worker *w)
{
	barrier();
}

static __always_inline void pair_once(struct tb_worker *w, bool shared)
{
	barrier();
}

#include "bench_loop.h"

const struct tb_variant tb_variant_broken = {
	.name = "broken",
	.doc = "takes no lock but claims to: proves that the checker works",
	.flags = LOOP_FLAGS,
	.loop_full = loop_full,
	.loop_full_tsc = loop_full_tsc,
	.loop_throughput = loop_throughput,
	.pairs = pairs,
};
