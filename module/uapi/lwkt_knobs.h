/* SPDX-License-Identifier: GPL-2.0 WITH Linux-syscall-note */
/*
 * lwkt_knobs.h - what DragonFly had as sysctls, generation by generation
 *
 * The list is the single place where these names, their ranges and meanings
 * exist: the kernel makes struct lwkt_knobs from it, debugfs the files
 * config/token/NAME, tokctl its options. Which generation has which knob, and
 * starts from which value, is the table in generations.c.
 * A leaf: plain preprocessor text, usable in both worlds.
 *
 * X(name, kind, unit, min, max, doc). kind: UINT is a decimal number between
 * min and max; COLLISIONS and POOL are words of the lists below.
 */
#ifndef _LWKT_KNOBS_H
#define _LWKT_KNOBS_H

/* Words of the enumerated knobs; the values are their numbers, from 0. */
#define LWKT_COLLISIONS(X) X(off) X(faithful)

#define LWKT_KNOBS(X)                                                          \
	X(spin, UINT, "", 0, 100000,                                           \
	  "further tries, one PAUSE before each, for the token wanted last "   \
	  "before the thread waits; token-handoff: at most so many PAUSEs of " \
	  "an adaptive spinner, 0 never spins")                                \
	X(spin_loops, UINT, "", 0, 10000,                                      \
	  "half of it is how many tries the head of the run queue gets in a "  \
	  "row before the scheduler looks at the threads behind it")           \
	X(sort_after, UINT, "", 0, 1000000,                                    \
	  "failures after which tokens are taken in order of their addresses") \
	X(backoff_max, UINT, "", 0, 65536,                                     \
	  "cap of the exponential backoff, in PAUSEs of one round")            \
	X(window_shift, UINT, "", 0, 63,                                       \
	  "a CPU's slot, in which it does not back off, is 2^n ticks of the "  \
	  "time stamp counter long; 0: no slots")                              \
	X(ipi_max, UINT, "", 0, 1000000,                                       \
	  "CPUs that one release may interrupt; 0: all that contend")          \
	X(ticket_rounds, UINT, "", 0, 10000,                                   \
	  "rounds of about 1 us, one CPU at a time, that a contended "         \
	  "scheduler makes before it lets its CPU halt")                       \
	X(handoff_window_us, UINT, "us", 0, 10000000,                          \
	  "how long the oldest waiter can be passed by running threads before " \
	  "a release is for it alone; 0: strict order of queueing")            \
	X(collisions, COLLISIONS, "", 0, 0,                                    \
	  "faithful: every failure also counts on the token's own cache line, " \
	  "as DragonFly's did")                                                \
	X(maxtokens, UINT, "", 1, 1024,                                        \
	  "token references per thread; a larger set_size raises it for its "  \
	  "run")                                                               \
	X(pool_size, UINT, "", 0, 65536,                                       \
	  "the locks of the run are pool tokens, found by the address of what " \
	  "they protect in a table of that size (historical: 1024, 4001, "     \
	  "16384); 0: every lock is a token of its own")

#endif /* _LWKT_KNOBS_H */
