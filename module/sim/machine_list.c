// SPDX-License-Identifier: GPL-2.0
/*
 * machine_list.c - the machines that are known by name
 *
 *   What it takes to get a line is that of N. Viennot's core-to-core-latency for
 *   milan128 (EPYC 7R13), icelake (Xeon 8375C), broadwell88 (Xeon E5-2695 v4) and
 *   graviton3. It reports a hop of a ping-pong: the next CPU reads the line, and then
 *   writes it. Each of the two is a way here, so a constant is a little less than half
 *   of what was measured; scripts/test/sim lets the module's own ping-pong find the
 *   measured number again. opteron48 has the loads of modified lines, in cycles of
 *   2.1 GHz, of David, Guerraoui and Trigonakis, "Everything You Always Wanted to Know
 *   about Synchronization but Were Afraid to Ask" (SOSP 2013). here2 was measured by
 *   this module on two CPUs of a virtual machine. x86-48 and x86-88 are machines of
 *   scripts/lockhammer.table, which names no processor: three constants each were
 *   found by scripts/fit-machine in the curve of a ticket lock with empty sections, from
 *   icelake with one socket of 48 CPUs, and from broadwell88 with serve=2500ps. They fit
 *   the curve together, and none says much by itself: far of x86-88 is about near.
 *
 *   What none of them reports is assumed: other sockets (of all but opteron48), the
 *   two threads of a core, what a line is busy for, interrupts and wake-ups. Wake-ups
 *   differ by a factor of fifty between machines: they are made to be overridden.
 */
#include "machine.h"

#define NS 1000ULL
#define US 1000000ULL

static const struct sim_machine machines[] = {
	{
		.name = "milan128",
		.source =
			"line transfers: core-to-core-latency, EPYC 7R13; far, serve, invalidate, ipi, wake: assumed",
		.core_cpus_ = 1,
		.complex_cpus_ = 8,
		.socket_cpus_ = 64,
		.hit_ = 350,
		.rmw_ = 5 * NS,
		.relax_ = 13 * NS,
		.clock_ = 8 * NS,
		.sibling_ = 4 * NS,
		.near_ = 9 * NS,
		.socket_ = 46500,
		.far_ = 90 * NS,
		.memory_ = 110 * NS,
		.serve_ = 12 * NS,
		.invalidate_ = 500,
		.ipi_send_ = 100 * NS,
		.ipi_ = 1500 * NS,
		.wake_ = 1 * US,
		.switch_ = 500 * NS,
		.jitter = 30,
	},
	{
		.name = "opteron48",
		.source =
			"line transfers and atomics: David et al., SOSP 2013, at 2.1 GHz; the rest assumed",
		.core_cpus_ = 1,
		.complex_cpus_ = 6,
		.socket_cpus_ = 12,
		.hit_ = 1000,
		.rmw_ = 10 * NS,
		.relax_ = 5 * NS,
		.clock_ = 15 * NS,
		.sibling_ = 39 * NS,
		.near_ = 39 * NS,
		.socket_ = 77 * NS,
		.far_ = 101 * NS,
		.memory_ = 100 * NS,
		.serve_ = 40 * NS,
		.invalidate_ = 3 * NS,
		.ipi_send_ = 200 * NS,
		.ipi_ = 3 * US,
		.wake_ = 3 * US,
		.switch_ = 1 * US,
		.jitter = 30,
	},
	{
		.name = "broadwell88",
		.source =
			"near: core-to-core-latency, Xeon E5-2695 v4; the rest assumed",
		.core_cpus_ = 2,
		.complex_cpus_ = 44,
		.socket_cpus_ = 44,
		.hit_ = 450,
		.rmw_ = 6 * NS,
		.relax_ = 4 * NS,
		.clock_ = 9 * NS,
		.sibling_ = 10 * NS,
		.near_ = 18800,
		.socket_ = 18800,
		.far_ = 55 * NS,
		.memory_ = 90 * NS,
		.serve_ = 10 * NS,
		.invalidate_ = 500,
		.ipi_send_ = 100 * NS,
		.ipi_ = 1500 * NS,
		.wake_ = 2 * US,
		.switch_ = 600 * NS,
		.jitter = 30,
	},
	{
		.name = "icelake",
		.source =
			"near: core-to-core-latency, Xeon 8375C; the rest assumed",
		.core_cpus_ = 2,
		.complex_cpus_ = 64,
		.socket_cpus_ = 64,
		.hit_ = 350,
		.rmw_ = 5 * NS,
		.relax_ = 40 * NS,
		.clock_ = 8 * NS,
		.sibling_ = 10 * NS,
		.near_ = 22 * NS,
		.socket_ = 22 * NS,
		.far_ = 60 * NS,
		.memory_ = 90 * NS,
		.serve_ = 12 * NS,
		.invalidate_ = 500,
		.ipi_send_ = 100 * NS,
		.ipi_ = 1500 * NS,
		.wake_ = 2 * US,
		.switch_ = 500 * NS,
		.jitter = 30,
	},
	{
		.name = "x86-48",
		.source =
			"serve, near, invalidate: fitted to lockhammer's ticket curve of x86-2; the rest as icelake",
		.core_cpus_ = 2,
		.complex_cpus_ = 48,
		.socket_cpus_ = 48,
		.hit_ = 350,
		.rmw_ = 5 * NS,
		.relax_ = 40 * NS,
		.clock_ = 8 * NS,
		.sibling_ = 10 * NS,
		.near_ = 26162,
		.socket_ = 26162,
		.far_ = 60 * NS,
		.memory_ = 90 * NS,
		.serve_ = 5045,
		.invalidate_ = 22,
		.ipi_send_ = 100 * NS,
		.ipi_ = 1500 * NS,
		.wake_ = 2 * US,
		.switch_ = 500 * NS,
		.jitter = 30,
	},
	{
		.name = "x86-88",
		.source =
			"serve, near, far: fitted to lockhammer's ticket curve of x86-3; the rest as broadwell88",
		.core_cpus_ = 2,
		.complex_cpus_ = 44,
		.socket_cpus_ = 44,
		.hit_ = 450,
		.rmw_ = 6 * NS,
		.relax_ = 4 * NS,
		.clock_ = 9 * NS,
		.sibling_ = 10 * NS,
		.near_ = 18800,
		.socket_ = 18800,
		.far_ = 19446,
		.memory_ = 90 * NS,
		.serve_ = 2500,
		.invalidate_ = 500,
		.ipi_send_ = 100 * NS,
		.ipi_ = 1500 * NS,
		.wake_ = 2 * US,
		.switch_ = 600 * NS,
		.jitter = 30,
	},
	{
		.name = "graviton3",
		.source =
			"near: core-to-core-latency, Graviton3; the rest assumed",
		.core_cpus_ = 1,
		.complex_cpus_ = 64,
		.socket_cpus_ = 64,
		.hit_ = 400,
		.rmw_ = 4 * NS,
		.relax_ = 1 * NS,
		.clock_ = 8 * NS,
		.sibling_ = 19700,
		.near_ = 19700,
		.socket_ = 19700,
		.far_ = 19700,
		.memory_ = 110 * NS,
		.serve_ = 10 * NS,
		.invalidate_ = 500,
		.ipi_send_ = 100 * NS,
		.ipi_ = 1500 * NS,
		.wake_ = 2 * US,
		.switch_ = 500 * NS,
		.jitter = 30,
	},
	{
		.name = "here2",
		.source =
			"line transfer, pairs, switch and wake-up: measured in the uml lab on two virtual CPUs",
		.core_cpus_ = 1,
		.complex_cpus_ = 2,
		.socket_cpus_ = 2,
		.hit_ = 130,
		.rmw_ = 2 * NS,
		.relax_ = 13 * NS,
		.clock_ = 8 * NS,
		.sibling_ = 30 * NS,
		.near_ = 30 * NS,
		.socket_ = 30 * NS,
		.far_ = 30 * NS,
		.memory_ = 60 * NS,
		.serve_ = 5 * NS,
		.invalidate_ = 500,
		.ipi_send_ = 3 * US,
		.ipi_ = 15 * US,
		.wake_ = 15 * US,
		.switch_ = 1200 * NS,
		.jitter = 30,
	},
	{
		.name = "ideal",
		.source =
			"none: every miss costs the same, nothing is ever busy",
		.core_cpus_ = 1,
		.complex_cpus_ = 1,
		.socket_cpus_ = 1,
		.hit_ = 400,
		.rmw_ = 5 * NS,
		.relax_ = 10 * NS,
		.clock_ = 8 * NS,
		.sibling_ = 50 * NS,
		.near_ = 50 * NS,
		.socket_ = 50 * NS,
		.far_ = 50 * NS,
		.memory_ = 50 * NS,
		.serve_ = 0,
		.invalidate_ = 0,
		.ipi_send_ = 100 * NS,
		.ipi_ = 1 * US,
		.wake_ = 1 * US,
		.switch_ = 500 * NS,
		.jitter = 30,
	},
};

const struct sim_machine *sim_machine_at(u32 i)
{
	return i < ARRAY_SIZE(machines) ? &machines[i] : NULL;
}

static int unknown_machine(char *error, const char *name, size_t len)
{
	const struct sim_machine *known;
	size_t at;
	u32 i;

	at = scnprintf(error, SIM_ERROR_MAX, "no machine '%.*s'; there are",
		       len > 24 ? 24 : (int)len, name);
	for (i = 0; (known = sim_machine_at(i)); i++)
		at += scnprintf(error + at, SIM_ERROR_MAX - at, " %s",
				known->name);
	return -ENOENT;
}

int sim_machine_choose(struct sim_machine *m, const char *text,
		       char error[SIM_ERROR_MAX])
{
	size_t len = strcspn(text, ",");
	const struct sim_machine *known;
	u32 i;

	for (i = 0; (known = sim_machine_at(i)); i++)
		if (strlen(known->name) == len &&
		    !memcmp(known->name, text, len))
			break;
	if (!known)
		return unknown_machine(error, text, len);
	*m = *known;
	return sim_machine_set(m, text + len, error);
}
