/* SPDX-License-Identifier: GPL-2.0 */
/*
 * The order in which simulated CPUs go on: the one with the earliest time first,
 * of several with the same time the one with the smallest number.
 *
 * A tournament: the leaves of a binary tree are the CPUs, each with its time and
 * its number in one word, and each node holds the smaller word of the two below
 * it. A CPU's new time takes one comparison per level and no branch. The second of
 * all is known, too, so a CPU that stays the first changes nothing at all.
 */
#ifndef _SIM_ORDER_H
#define _SIM_ORDER_H

#include "machine.h"

#define SIM_CPU_BITS 9

/*
 * The time of a CPU that nothing but another CPU can make go on; all times are
 * below it, which is ten hours.
 */
#define SIM_NEVER ((1ULL << (64 - SIM_CPU_BITS)) - 1)

/**
 * struct sim_order - CPUs by time
 * @n: CPUs in it, numbered from 0
 * @leaves: a power of two, at least @n; 0: empty
 * @second: the least word but the first one's
 * @tree: from 1: the words; those of the CPUs from @leaves. That of the first CPU, and
 *	those above it, may be smaller than its time is: sim_order_stays_first()
 */
struct sim_order {
	u32 n, leaves;
	u64 second;
	u64 tree[2 * SIM_CPUS];
};

/* Private to order.[ch]. */
static inline u64 sim_order_word(u64 time, u32 cpu)
{
	return time << SIM_CPU_BITS | cpu;
}

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
	return sim_order_word(time, cpu) < sim_order_word(other_time, other);
}

/**
 * sim_order_add() - a CPU more
 * @o: the order, zeroed at first
 * @cpu: the CPU, whose number is how many there are
 * @time: its time, at most SIM_NEVER
 */
void sim_order_add(struct sim_order *o, u32 cpu, u64 time);

/**
 * sim_order_set() - give a CPU another time
 * @o: the order
 * @cpu: a CPU in it
 * @time: its new time, at most SIM_NEVER
 */
void sim_order_set(struct sim_order *o, u32 cpu, u64 time);

/**
 * sim_order_first() - the CPU that goes on next
 * @o: an order that is not empty
 */
static inline u32 sim_order_first(const struct sim_order *o)
{
	return o->tree[1] & (SIM_CPUS - 1);
}

/**
 * sim_order_time() - the time that a CPU was given last by sim_order_set()
 * @o: the order
 * @cpu: a CPU in it
 */
static inline u64 sim_order_time(const struct sim_order *o, u32 cpu)
{
	return o->tree[o->leaves + cpu] >> SIM_CPU_BITS;
}

/**
 * sim_order_stays_first() - would the first CPU stay the first with a later time?
 * @o: the order
 * @time: the later time of sim_order_first()
 *
 * Nothing is changed: until it is given a time by sim_order_set(), the first CPU
 * remains the first, whatever the others are given.
 */
static inline bool sim_order_stays_first(const struct sim_order *o, u64 time)
{
	return sim_order_word(time, sim_order_first(o)) < o->second;
}

#endif /* _SIM_ORDER_H */
