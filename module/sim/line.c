// SPDX-License-Identifier: GPL-2.0
/*
 * line.c - misses of a simulated machine; see line.h for the model
 */
#include "line.h"

struct sim_line *sim_line_find(struct sim_lines *lines, u64 address)
{
	u64 tag = address >> SIM_LINE_SHIFT, mask = (1ULL << lines->bits) - 1;
	/* Fibonacci hashing: the golden ratio of 2^64. */
	u64 at = tag * 0x9e3779b97f4a7c15ULL >> (64 - lines->bits);
	struct sim_line *line;

	for (;; at = (at + 1) & mask) {
		line = &lines->table[at];
		if (likely(line->tag == tag))
			return line;
		if (!line->tag)
			break;
	}
	/* A quarter stays empty, which keeps the walks short. */
	if (lines->used >= mask - mask / 4)
		return NULL;
	lines->used++;
	line->tag = tag;
	line->owner = -1;
	return line;
}

/* To the farthest copy and back, and a bit for each. */
static u64 invalidation(const struct sim_machine *m,
			const struct sim_line *line, u32 cpu)
{
	u64 farthest = 0;
	u32 word;

	for (word = 0; word < SIM_SHARE_WORDS; word++) {
		u64 left = line->share[word];

		for (; left; left &= left - 1) {
			u32 other = word * 64 + __builtin_ctzll(left);

			if (other != cpu)
				farthest = max(farthest,
					       sim_machine_distance(m, cpu,
								    other));
		}
	}
	return farthest;
}

static void own(struct sim_line *line, u32 cpu)
{
	memset(line->share, 0, sizeof(line->share));
	line->share[cpu / 64] = 1ULL << (cpu % 64);
	line->copies = 1;
	line->owner = cpu;
}

static void share(struct sim_line *line, u32 cpu)
{
	line->share[cpu / 64] |= 1ULL << (cpu % 64);
	line->copies++;
	if (line->owner < 0)
		line->owner = cpu;
}

struct sim_access sim_line_access(const struct sim_machine *m,
				  struct sim_line *line, u32 cpu,
				  enum sim_kind kind, u64 now, u32 extra)
{
	struct sim_access access = { .line = line, .start = now };
	u64 way;

	if (sim_line_hits(line, cpu, kind)) {
		access.hit = true;
		access.done = now + m->hit_ + (kind == SIM_RMW ? m->rmw_ : 0);
		return access;
	}
	access.start = max(now, line->busy);
	if (line->owner < 0)
		way = m->memory_;
	else if (line->owner == (int)cpu)
		way = 0;
	else
		way = sim_machine_distance(m, cpu, line->owner);
	if (kind == SIM_READ) {
		line->busy = access.start + m->serve_;
		share(line, cpu);
	} else {
		u32 others = line->copies - sim_line_has(line, cpu);

		if (others)
			way = max(way, invalidation(m, line, cpu)) +
			      others * m->invalidate_;
		own(line, cpu);
	}
	way += way * extra / 1024;
	if (kind == SIM_RMW)
		way += m->rmw_;
	if (kind != SIM_READ)
		line->busy = access.start + way;
	access.done = kind == SIM_WRITE ? access.start : access.start + way;
	access.done += m->hit_;
	return access;
}
