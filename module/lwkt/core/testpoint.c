// SPDX-License-Identifier: GPL-2.0
/*
 * testpoint.c - see testpoint.h
 */
#include <linux/compiler.h>
#include <linux/export.h>

#include "testpoint.h"

DEFINE_STATIC_KEY_FALSE(lwkt_testpoints_on);

static lwkt_testpoint_fn testpoint_fn;

/**
 * lwkt_testpoint_hit() - call the function that is set, if any
 * @point: where
 * @td: the thread it happens to, or NULL
 * @n: index of a reference, or 0
 *
 * Context: as the point says.
 */
void lwkt_testpoint_hit(enum lwkt_testpoint point, struct lwkt_thread *td,
			unsigned int n)
{
	lwkt_testpoint_fn fn = READ_ONCE(testpoint_fn);

	if (fn)
		fn(point, td, n);
}

/**
 * lwkt_testpoint_set() - set the function that is called at every testpoint
 * @fn: the function, NULL for none
 *
 * The caller sees to it that no LWKT thread is still inside an earlier
 * function when that goes away: set NULL after the world has ended.
 *
 * Context: process context, may sleep.
 */
void lwkt_testpoint_set(lwkt_testpoint_fn fn)
{
	WRITE_ONCE(testpoint_fn, fn);
	if (fn)
		static_branch_enable(&lwkt_testpoints_on);
	else
		static_branch_disable(&lwkt_testpoints_on);
}
EXPORT_SYMBOL_GPL(lwkt_testpoint_set);
