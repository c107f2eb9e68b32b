/* SPDX-License-Identifier: GPL-2.0 */
/*
 * bound.h - kthreads that belong to one CPU, and how they end
 *
 * A leaf, used by the LWKT port and the benchmark alike.
 */
#ifndef _TB_BOUND_H
#define _TB_BOUND_H

struct task_struct;

struct task_struct *tb_bound_create(int (*fn)(void *arg), void *arg, int cpu,
				    const char *name);
void tb_bound_wait_stop(void);
void tb_bound_stop(struct task_struct *task);

#endif /* _TB_BOUND_H */
