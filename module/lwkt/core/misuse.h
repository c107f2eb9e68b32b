/* SPDX-License-Identifier: GPL-2.0 */
/*
 * misuse.h - illegal use of the LWKT port: detected in every build, reported
 * once of each kind, counted, survived
 */
#ifndef _LWKT_MISUSE_H
#define _LWKT_MISUSE_H

/* Kinds: X(name, what the report says). */
#define LWKT_MISUSES(X)                                                        \
	X(OVERFLOW, "no token reference left")                                 \
	X(ORDER, "released, but it is not what the thread took last")          \
	X(ATOMIC, "would wait for it where sleeping is not allowed")           \
	X(FOREIGN, "used by a thread that is not the current LWKT thread")     \
	X(RECURSION, "taken again by its holder, which this lock forbids")     \
	X(UPGRADE, "wanted exclusively by a thread that holds it shared")        \
	X(RETURNED, "not released by a thread that ends")                      \
	X(INLINE, "would sleep in it without a kthread of its own")

#define LWKT_MISUSE_ENUM(name, text) LWKT_MISUSE_##name,
enum lwkt_misuse { LWKT_MISUSES(LWKT_MISUSE_ENUM) LWKT_MISUSE_KINDS };
#undef LWKT_MISUSE_ENUM

void lwkt_misuse(enum lwkt_misuse kind, const char *name);
unsigned int lwkt_misuse_count(void);
void lwkt_misuse_reset(void);

#endif /* _LWKT_MISUSE_H */
