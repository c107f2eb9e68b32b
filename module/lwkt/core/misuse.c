// SPDX-License-Identifier: GPL-2.0
/*
 * misuse.c - reporting illegal use
 *
 * DragonFly asserts, which panics. A benchmark on a lab machine must
 * not: it says once what happened and to which token or lock, refuses the
 * operation, and lets the user of the library see that the count is not zero.
 */
#include <linux/atomic.h>
#include <linux/bitops.h>
#include <linux/export.h>
#include <linux/printk.h>
#include <linux/sched.h>

#include "misuse.h"

#define TEXT(name, text) [LWKT_MISUSE_##name] = text,
static const char *const misuse_texts[] = { LWKT_MISUSES(TEXT) };
#undef TEXT

static unsigned long reported_kinds;
static atomic_t misuses = ATOMIC_INIT(0);

/**
 * lwkt_misuse() - report and count one illegal use
 * @kind: what was done
 * @name: the token or lock it was done to
 *
 * Context: any.
 */
void lwkt_misuse(enum lwkt_misuse kind, const char *name)
{
	atomic_inc(&misuses);
	if (!test_and_set_bit(kind, &reported_kinds))
		pr_err("illegal use of '%s' by %s: %s\n", name, current->comm,
		       misuse_texts[kind]);
}

/**
 * lwkt_misuse_count() - illegal uses since the last reset
 */
unsigned int lwkt_misuse_count(void)
{
	return atomic_read(&misuses);
}
EXPORT_SYMBOL_GPL(lwkt_misuse_count);

/**
 * lwkt_misuse_reset() - forget the count and report each kind anew
 *
 * Context: any; by lwkt_start().
 */
void lwkt_misuse_reset(void)
{
	atomic_set(&misuses, 0);
	WRITE_ONCE(reported_kinds, 0);
}
