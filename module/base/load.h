/* SPDX-License-Identifier: GPL-2.0 */
/*
 * load.h - what else the CPUs of a run did meanwhile
 */
#ifndef _TB_LOAD_H
#define _TB_LOAD_H

#include <linux/types.h>

struct cpumask;

/**
 * struct tb_load - the kernel's own account of some CPUs
 * @busy_ns: time that was neither idle nor stolen
 * @irq_ns: the part of it spent in interrupts
 * @steal_ns: time in which the hypervisor ran something else
 */
struct tb_load {
	u64 busy_ns;
	u64 irq_ns;
	u64 steal_ns;
};

void tb_load_read(struct tb_load *load, const struct cpumask *cpus, u64 sign);

#endif /* _TB_LOAD_H */
