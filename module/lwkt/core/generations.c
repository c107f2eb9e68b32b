// SPDX-License-Identifier: GPL-2.0
/*
 * generations.c - which generation has which knob, its default, and how many
 * CPUs
 *
 * The defaults are those of DragonFly at the time: lwkt.token_ipi_dispatch = 4
 * (fc55f5f280); the same and spin_loops = 10 as ticket rounds (2a41893077);
 * token_spin = 5 and spin_loops = 10 as sorting threshold (release 3.0);
 * spin_loops = 10, token_backoff_max = 4096, token_window_shift = 8 (release
 * 5.4). LWKT_MAXTOKENS was 32 in all of them.
 */
#include <linux/bits.h>
#include <linux/build_bug.h>
#include <linux/export.h>
#include <linux/kernel.h>

#include "generations.h"
#include "thread.h"

#define HAS(name) BIT(LWKT_KNOB_##name)

/* What every generation has. */
#define HAS_COMMON (HAS(collisions) | HAS(maxtokens) | HAS(pool_size))
#define COMMON .collisions = LWKT_COLLISIONS_off, .maxtokens = LWKT_MAXTOKENS

static const struct {
	u32 has;
	unsigned int cpus_max; /* 0: any number */
	struct lwkt_knobs knobs;
} generations[] = {
	[LWKT_GEN_poll] = {
		.has = HAS_COMMON,
		.knobs = { COMMON },
	},
	[LWKT_GEN_ipi] = {
		.has = HAS_COMMON | HAS(ipi_max),
		.cpus_max = LWKT_MASK_CPUS,
		.knobs = { COMMON, .ipi_max = 4 },
	},
	[LWKT_GEN_ticket] = {
		.has = HAS_COMMON | HAS(ipi_max) | HAS(ticket_rounds),
		.cpus_max = LWKT_MASK_CPUS,
		.knobs = { COMMON, .ipi_max = 4, .ticket_rounds = 10 },
	},
	[LWKT_GEN_sorted] = {
		.has = HAS_COMMON | HAS(spin) | HAS(sort_after),
		.knobs = { COMMON, .spin = 5, .sort_after = 10 },
	},
	[LWKT_GEN_backoff] = {
		.has = HAS_COMMON | HAS(spin_loops) | HAS(sort_after) |
		       HAS(backoff_max) | HAS(window_shift),
		.knobs = { COMMON, .spin_loops = 10, .sort_after = 10,
			   .backoff_max = 4096, .window_shift = 8 },
	},
	[LWKT_GEN_handoff] = {
		.has = HAS_COMMON | HAS(spin) | HAS(handoff_window_us),
		.knobs = { COMMON, .spin = 1000, .handoff_window_us = 1000 },
	},
};

static_assert(ARRAY_SIZE(generations) == LWKT_GEN_COUNT);

/**
 * lwkt_cpus_max() - how many CPUs a world of a generation can have
 * @gen: the generation
 */
unsigned int lwkt_cpus_max(enum lwkt_generation gen)
{
	return generations[gen].cpus_max ?: UINT_MAX;
}

/**
 * lwkt_knob_of() - does a generation have the mechanism behind a knob?
 * @gen: the generation
 * @knob: the knob
 */
bool lwkt_knob_of(enum lwkt_generation gen, enum lwkt_knob knob)
{
	return generations[gen].has & BIT(knob);
}
EXPORT_SYMBOL_GPL(lwkt_knob_of);

/**
 * lwkt_knobs_default() - what a generation starts from
 * @knobs: gets it
 * @gen: the generation
 */
void lwkt_knobs_default(struct lwkt_knobs *knobs, enum lwkt_generation gen)
{
	*knobs = generations[gen].knobs;
}
EXPORT_SYMBOL_GPL(lwkt_knobs_default);
