/* SPDX-License-Identifier: GPL-2.0 */
/*
 * The order in which simulated CPUs go on: the one with the earliest time first,
 * of several with the same time the one with the smallest number.
 *
 * A binary heap, which knows where each CPU is in it.
 */
#ifndef _SIM_ORDER_H
#define _SIM_ORDER_H

#include "machine.h"

/* The time of a CPU that nothing but another CPU can make go on. */
#define SIM_NEVER U64_MAX

/**
 * struct sim_order - CPUs by time
 * @n: CPUs in it
 * @heap: the CPUs; the first comes first
 * @place: of each CPU in @heap
 * @time: of each CPU
 */
struct sim_order {
	u32 n;
	u32 heap[SIM_CPUS], place[SIM_CPUS];
	u64 time[SIM_CPUS];
};

/**
 * sim_order_before() - does an event come before another one?
 * @time: of the one
 * @cpu: its CPU
 * @other_time: of the other one
 * @other: its CPU
 */
static inline bool sim_order_before(u64 time, u32 cpu, u64 other_time,
				    u32 other)
{
	return time != other_time ? time < other_time : cpu < other;
}

/**
 * sim_order_add() - a CPU more
 * @o: the order
 * @cpu: the CPU, which is not in it
 * @time: its time
 */
void sim_order_add(struct sim_order *o, u32 cpu, u64 time);

/**
 * sim_order_set() - give a CPU another time
 * @o: the order
 * @cpu: a CPU in it
 * @time: its new time
 */
void sim_order_set(struct sim_order *o, u32 cpu, u64 time);

/**
 * sim_order_first() - the CPU that goes on next
 * @o: an order that is not empty
 */
static inline u32 sim_order_first(const struct sim_order *o)
{
	return o->heap[0];
}

/**
 * sim_order_stays_first() - give the first CPU a later time, if it stays the first
 * @o: the order
 * @time: the new time of sim_order_first(), not before its old one
 *
 * Return: true; or false, and nothing was changed
 */
static inline bool sim_order_stays_first(struct sim_order *o, u64 time)
{
	u32 first = o->heap[0];

	if (o->n > 1 &&
	    sim_order_before(o->time[o->heap[1]], o->heap[1], time, first))
		return false;
	if (o->n > 2 &&
	    sim_order_before(o->time[o->heap[2]], o->heap[2], time, first))
		return false;
	o->time[first] = time;
	return true;
}

#endif /* _SIM_ORDER_H */
