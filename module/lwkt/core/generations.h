/* SPDX-License-Identifier: GPL-2.0 */
/*
 * generations.h - the generations of tokens: one line each
 *
 * X(name), or X(name, arguments of the list): gen/NAME.h and gen/NAME.c hold it, or
 * a folder. What dispatch.c needs of a generation, by naming convention:
 *
 *   int lwkt_NAME_gettoken(td, tok)           0 or error; may switch
 *   int lwkt_NAME_gettoken_shared(td, tok)    -EOPNOTSUPP without shared mode
 *   bool lwkt_NAME_trytoken(td, tok)          never waits
 *   int lwkt_NAME_reltoken(td, tok)           0 or error
 *   unsigned int lwkt_NAME_relall(td)         drop all; how many were owned
 *   bool lwkt_NAME_getall(td)                 one try for all of a thread's
 *   struct lwkt_thread *lwkt_NAME_choose(gd)  one pass of the scheduler
 *   void lwkt_NAME_swapped(td, a, b)          the two newest refs changed places
 *
 *   const struct lwkt_gen_ops lwkt_NAME_ops   what is asked seldom (gen_ops.h)
 *
 * Only one generation is alive at a time (lwkt_start). Its number selects;
 * none of these functions is called through a pointer.
 */
#ifndef _LWKT_GENERATIONS_H
#define _LWKT_GENERATIONS_H

#include <linux/types.h>

#include "uapi/lwkt_knobs.h"

#define LWKT_GENERATIONS(X, ...)  \
	X(poll, ##__VA_ARGS__)    \
	X(ipi, ##__VA_ARGS__)     \
	X(ticket, ##__VA_ARGS__)  \
	X(sorted, ##__VA_ARGS__)  \
	X(backoff, ##__VA_ARGS__) \
	X(handoff, ##__VA_ARGS__)

#define LWKT_GEN_ENUM(name) LWKT_GEN_##name,
enum lwkt_generation { LWKT_GENERATIONS(LWKT_GEN_ENUM) LWKT_GEN_COUNT };
#undef LWKT_GEN_ENUM

#define LWKT_KNOB_ENUM(name, ...) LWKT_KNOB_##name,
enum lwkt_knob { LWKT_KNOBS(LWKT_KNOB_ENUM) LWKT_KNOB_COUNT };
#undef LWKT_KNOB_ENUM

/* The words of the knob collisions. */
enum { LWKT_COLLISIONS_off, LWKT_COLLISIONS_faithful };

#define LWKT_KNOB_FIELD(name, ...) u32 name;

/**
 * struct lwkt_knobs - one value of every knob; those a generation does not have
 * are 0 and not looked at
 */
struct lwkt_knobs {
	LWKT_KNOBS(LWKT_KNOB_FIELD)
};

#undef LWKT_KNOB_FIELD

/* CPUs of a generation with masks: the bits of a mask. */
#define LWKT_MASK_CPUS 64

unsigned int lwkt_cpus_max(enum lwkt_generation gen);
bool lwkt_knob_of(enum lwkt_generation gen, enum lwkt_knob knob);
void lwkt_knobs_default(struct lwkt_knobs *knobs, enum lwkt_generation gen);

#endif /* _LWKT_GENERATIONS_H */
