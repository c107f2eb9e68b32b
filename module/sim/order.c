// SPDX-License-Identifier: GPL-2.0
/*
 * order.c - which simulated CPU goes on next
 */
#include "order.h"

/* A leaf without a CPU comes after all that have one. */
#define NO_CPU U64_MAX

static void play(struct sim_order *o, u32 at, u64 word)
{
	o->tree[at] = word;
	for (; at > 1; at /= 2) {
		word = min(word, o->tree[at ^ 1]);
		o->tree[at / 2] = word;
	}
}

/* The second has lost against the first, and against nobody else. */
static void find_second(struct sim_order *o)
{
	u64 second = NO_CPU;
	u32 at;

	for (at = o->leaves + sim_order_first(o); at > 1; at /= 2)
		second = min(second, o->tree[at ^ 1]);
	o->second = second;
}

static void double_leaves(struct sim_order *o)
{
	u32 i;

	for (i = 0; i < o->leaves; i++) {
		o->tree[2 * o->leaves + i] = o->tree[o->leaves + i];
		o->tree[3 * o->leaves + i] = NO_CPU;
	}
	o->leaves *= 2;
	for (i = o->leaves - 1; i; i--)
		o->tree[i] = min(o->tree[2 * i], o->tree[2 * i + 1]);
}

void sim_order_add(struct sim_order *o, u32 cpu, u64 time)
{
	if (!o->leaves)
		o->leaves = 1;
	else if (cpu == o->leaves)
		double_leaves(o);
	o->n++;
	sim_order_set(o, cpu, time);
}

void sim_order_set(struct sim_order *o, u32 cpu, u64 time)
{
	play(o, o->leaves + cpu, sim_order_word(time, cpu));
	find_second(o);
}
