// SPDX-License-Identifier: GPL-2.0
/*
 * none.c - no lock at all: what the harness itself costs
 *
 * Runs the same loop as every other variant, checker included, but claims no
 * exclusion; its threads have private objects, so that neither a lock nor the
 * protected data travels between CPUs.
 */
#include "config/variant.h"
#include "run/worker.h"

#define LOOP_FLAGS (TB_FLAG(blocks) | TB_FLAG(unchecked))

static __always_inline void take_set(struct tb_worker *w)
{
}

static __always_inline void release_set(struct tb_worker *w)
{
}

static __always_inline void pair_once(struct tb_worker *w, bool shared)
{
	barrier();
}

#include "bench_loop.h"

const struct tb_variant tb_variant_none = {
	.name = "none",
	.doc = "no lock, private data: the cost of the harness itself",
	.flags = LOOP_FLAGS,
	.loop_full = loop_full,
	.loop_full_tsc = loop_full_tsc,
	.loop_throughput = loop_throughput,
	.pairs = pairs,
};
