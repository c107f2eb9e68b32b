/* SPDX-License-Identifier: GPL-2.0 */
/*
 * The CPUs of the simulated machine, as the files of this folder share them. Host
 * side: libc, nothing of the kernel.
 */
#ifndef _UML_SIM_CPUS_H
#define _UML_SIM_CPUS_H

#include "pure/rng.h"
#include "wait.h"

/* Kinds of interrupts that one CPU sends another: arch/um/kernel/smp.c's. */
#define SIM_VECTORS 4

/**
 * struct sim_cpu - a CPU
 * @sp: its host stack, while another CPU is on
 * @now: its clock, picoseconds
 * @timer: when its timer is due; 0: it is not
 * @every: its period; 0: it is due once
 * @ipi: when an interrupt of each kind arrives; 0: none
 * @event: the earliest of these, SIM_NEVER if there is none
 * @asleep: it is in os_idle_sleep()
 * @parked: it waits for one of the lines of @wait
 * @signals: signals_enabled of arch/um, while another CPU is on
 * @draw: the next of its numbers, see sim_draw_jitter()
 * @wait: what it did since it last declared to wait
 */
struct sim_cpu {
	void *sp;
	u64 now, timer, every, ipi[SIM_VECTORS], event;
	bool asleep, parked;
	int signals;
	u64 draw;
	struct sim_wait wait;
};

/**
 * struct sim - the machine
 * @machine: its constants
 * @seed: of its jitter
 * @me: the CPU that is on
 * @in_host: above 0 in a handler of a host signal, where no CPU may be switched
 * @on: accesses cost time
 * @all_rounds: rounds of waiting are simulated, each of them
 * @off_accesses: since the CPU that is on last let others go first, while not @on
 * @accesses: simulated so far
 * @epoch: how often the model was switched on
 * @order: who is next
 * @lines: the cache lines
 * @cpus: the CPUs
 */
struct sim {
	struct sim_machine machine;
	u64 seed;
	u32 me;
	int in_host;
	bool on, all_rounds;
	u32 off_accesses;
	u64 accesses, epoch;
	struct sim_order order;
	struct sim_lines lines;
	struct sim_cpu cpus[SIM_CPUS];
};

extern struct sim uml_sim;

/* smp.c: the CPU that is on has come to a time; others that are earlier go first. */
void sim_pass(u64 now);
/* smp.c: the CPU that is on stops until @when, or until it is given another time. */
void sim_stop_until(u64 when);
/* smp.c: runs the handlers of what has arrived, if interrupts are on. */
void sim_deliver(void);
/* access.c: up to 1023, of the CPU that is on. */
u32 sim_draw_jitter(void);
/* access.c: around a handler of a host signal; and Linux's switch to another thread. */
void sim_enter_host(void);
void sim_leave_host(void);
/* access.c: an event came up for a CPU that sleeps or is parked. */
void sim_wake(u32 cpu);

#endif /* _UML_SIM_CPUS_H */
