/* SPDX-License-Identifier: GPL-2.0 */
/*
 * testpoint.h - places where a test can hold the port up
 *
 * The races that matter are those that random load hardly ever meets. A
 * testpoint stands where such a race has its narrow moment; a selftest that
 * sets a function is called there and can wait until the other side has done
 * what it should do in between. None stands on an uncontended path, and
 * without a function set each is a jump over nothing.
 */
#ifndef _LWKT_TESTPOINT_H
#define _LWKT_TESTPOINT_H

#include <linux/jump_label.h>

struct lwkt_thread;

/*
 * Points: X(name, what). A function must not sleep at one marked atomic.
 */
#define LWKT_TESTPOINTS(X)                                                     \
	X(GETALL, "atomic: a scheduler's try is about to take reference N")    \
	X(UNDO, "atomic: it failed with N taken, and gives them back")         \
	X(CONTENDED,                                                           \
	  "a gettoken call met a foreign owner, nothing given up yet")         \
	X(PARK, "a thread is about to be queued for a token (token-handoff)")  \
	X(PARKED, "it is queued and can be granted the token from now on")     \
	X(SET_PARK, "the eldest is about to wait for its set (token-handoff)") \
	X(GRANT, "atomic: a release keeps the token for a waiter")             \
	X(WAKE, "atomic: a waiter of a token is about to be made runnable")    \
	X(LATE, "atomic: a keep for a waiter has reached its limit")           \
	X(LOOK, "atomic: a scheduler's try begins (token-handoff)")            \
	X(SPINQ, "atomic: a spinner is queued behind another (token-handoff)") \
	X(YIELD, "a request to yield is due, no other thread can run")         \
	X(FOREIGN, "a caller that is no current thread looks at a CPU's")      \
	X(HALT, "a CPU is about to sleep")

#define LWKT_TP_ENUM(name, what) LWKT_TP_##name,
enum lwkt_testpoint { LWKT_TESTPOINTS(LWKT_TP_ENUM) LWKT_TP_COUNT };
#undef LWKT_TP_ENUM

/* @td is the thread it happens to, NULL at HALT; @n the index of a reference. */
typedef void (*lwkt_testpoint_fn)(enum lwkt_testpoint point,
				  struct lwkt_thread *td, unsigned int n);

DECLARE_STATIC_KEY_FALSE(lwkt_testpoints_on);

void lwkt_testpoint_hit(enum lwkt_testpoint point, struct lwkt_thread *td,
			unsigned int n);
void lwkt_testpoint_set(lwkt_testpoint_fn fn);

static __always_inline void lwkt_testpoint(enum lwkt_testpoint point,
					   struct lwkt_thread *td,
					   unsigned int n)
{
	if (static_branch_unlikely(&lwkt_testpoints_on))
		lwkt_testpoint_hit(point, td, n);
}

#endif /* _LWKT_TESTPOINT_H */
