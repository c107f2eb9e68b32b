/* SPDX-License-Identifier: GPL-2.0 */
/*
 * suites.h - the suites, one line each: X(name); NAME.c defines st_suite_NAME
 */
#ifndef _TB_SELFTEST_SUITES_H
#define _TB_SELFTEST_SUITES_H

#include "fixture.h"

#define ST_SUITES(X) \
	X(hold)      \
	X(stack)     \
	X(order)     \
	X(try)       \
	X(shared)    \
	X(stale)     \
	X(sched)     \
	X(walk)      \
	X(wake)      \
	X(foreign)   \
	X(misuse)    \
	X(sleep)     \
	X(pool)      \
	X(race)      \
	X(livelock)  \
	X(kept)      \
	X(rank)      \
	X(handoff)   \
	X(window)    \
	X(spinq)     \
	X(pauses)    \
	X(mask)      \
	X(spinlocks) \
	X(random)

#define ST_DECLARE(name) extern const struct st_suite st_suite_##name;
ST_SUITES(ST_DECLARE)
#undef ST_DECLARE

#endif /* _TB_SELFTEST_SUITES_H */
