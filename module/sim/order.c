// SPDX-License-Identifier: GPL-2.0
/*
 * order.c - which simulated CPU goes on next
 */
#include "order.h"

static bool comes_before(const struct sim_order *o, u32 a, u32 b)
{
	return sim_order_before(o->time[a], a, o->time[b], b);
}

static void put(struct sim_order *o, u32 cpu, u32 at)
{
	o->heap[at] = cpu;
	o->place[cpu] = at;
}

static void move_up(struct sim_order *o, u32 cpu)
{
	u32 at = o->place[cpu];

	while (at && comes_before(o, cpu, o->heap[(at - 1) / 2])) {
		put(o, o->heap[(at - 1) / 2], at);
		at = (at - 1) / 2;
	}
	put(o, cpu, at);
}

static void move_down(struct sim_order *o, u32 cpu)
{
	u32 at = o->place[cpu], child;

	while ((child = 2 * at + 1) < o->n) {
		if (child + 1 < o->n &&
		    comes_before(o, o->heap[child + 1], o->heap[child]))
			child++;
		if (!comes_before(o, o->heap[child], cpu))
			break;
		put(o, o->heap[child], at);
		at = child;
	}
	put(o, cpu, at);
}

void sim_order_add(struct sim_order *o, u32 cpu, u64 time)
{
	o->time[cpu] = time;
	put(o, cpu, o->n++);
	move_up(o, cpu);
}

void sim_order_set(struct sim_order *o, u32 cpu, u64 time)
{
	bool earlier = time < o->time[cpu];

	o->time[cpu] = time;
	if (earlier)
		move_up(o, cpu);
	else
		move_down(o, cpu);
}
