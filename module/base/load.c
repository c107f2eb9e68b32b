// SPDX-License-Identifier: GPL-2.0
/*
 * load.c - what else the CPUs of a run did meanwhile
 *
 * From the numbers that /proc/stat shows: they have everything that ran on a
 * CPU, this run's threads included. Idle time is not looked at, since it is not
 * kept while an idle CPU has no tick.
 *
 * Linux charges a whole tick to whatever it finds running (a kernel with
 * CONFIG_VIRT_CPU_ACCOUNTING_GEN does so, too, on every CPU but those of
 * nohz_full). So the numbers of a CPU are multiples of a tick, and a task that
 * runs in step with the tick is never seen, or always.
 */
#include <linux/cpumask.h>
#include <linux/kernel_stat.h>

#include "load.h"

/**
 * tb_load_read() - add or subtract what the account says now
 * @load: the account
 * @cpus: of these CPUs
 * @sign: -1 when the window opens, 1 when it closes
 *
 * Context: any.
 */
void tb_load_read(struct tb_load *load, const struct cpumask *cpus, u64 sign)
{
	struct kernel_cpustat now;
	u64 irq;
	int cpu;

	for_each_cpu(cpu, cpus) {
		kcpustat_cpu_fetch(&now, cpu);
		irq = now.cpustat[CPUTIME_IRQ] + now.cpustat[CPUTIME_SOFTIRQ];
		load->irq_ns += sign * irq;
		load->busy_ns += sign * (now.cpustat[CPUTIME_USER] +
					 now.cpustat[CPUTIME_NICE] +
					 now.cpustat[CPUTIME_SYSTEM] + irq);
		load->steal_ns += sign * now.cpustat[CPUTIME_STEAL];
	}
}
