/* SPDX-License-Identifier: GPL-2.0 */
/*
 * line.h - how long a cache line takes from one CPU to another
 *
 * A leaf: knows nothing of tokens or runs.
 */
#ifndef _TB_LINE_H
#define _TB_LINE_H

#include <linux/types.h>

struct cpumask;

u64 tb_line_transfer_ps(const struct cpumask *cpus);

#endif /* _TB_LINE_H */
