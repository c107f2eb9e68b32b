/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Cache lines of a simulated machine: who has a copy, and what it takes to get one.
 *
 * MODEL
 *
 *   A line is where its last writer is (its owner) and at every CPU that has read
 *   it since. A read of a CPU that has a copy, and a write of one that has the
 *   only copy, is a hit. Everything else is a miss: it takes the way from the
 *   owner, and a write also the way to the farthest copy and a bit for each.
 *
 *   A line serves one miss after the other, in the order in which they were asked
 *   for: a reader keeps it busy for "serve", a writer until the line is there.
 *   That is what makes a contended line a queue. A plain write does not wait for
 *   its line (a store buffer), but the line is busy as for any other.
 *
 * LIMITS
 *
 *   Values are sequentially consistent; a cache never has to give a line up; a
 *   miss costs the same however busy the rest of the machine is.
 *
 * ORDER OF CALLS
 *
 *   The caller lets CPUs access lines in the order of virtual time: an access at
 *   time T is reported after all accesses before T. Ties are the caller's.
 */
#ifndef _SIM_LINE_H
#define _SIM_LINE_H

#include "machine.h"

#define SIM_LINE_SHIFT 6
#define SIM_SHARE_WORDS (SIM_CPUS / 64)

enum sim_kind {
	SIM_READ,
	SIM_WRITE, /* not waited for */
	SIM_RMW, /* atomic read-modify-write */
};

/**
 * struct sim_line - what is known of a line
 * @tag: its address, shifted; 0: no line
 * @busy: until then it serves others, picoseconds
 * @owner: CPU that wrote it last or, if none has, read it first; -1: none
 * @copies: how many CPUs have it
 * @parked: how many of those wait for it to change, see wait.h
 * @share: which
 */
struct sim_line {
	u64 tag, busy;
	int owner;
	u32 copies, parked;
	u64 share[SIM_SHARE_WORDS];
};

/**
 * struct sim_lines - the lines that were accessed
 * @table: zeroed, 2^@bits entries, of the caller
 * @bits: 1 to 31
 * @used: lines in it
 */
struct sim_lines {
	struct sim_line *table;
	u32 bits, used;
};

/**
 * struct sim_access - how an access goes
 * @line: the line
 * @hit: no other CPU can tell that it took place
 * @start: from here on others see it: the line's turn has come. Of a hit: the time
 *	of the access.
 * @done: from here on the CPU goes on
 */
struct sim_access {
	struct sim_line *line;
	bool hit;
	u64 start, done;
};

/**
 * sim_line_find() - the line of an address
 * @lines: all lines
 * @address: anywhere in it
 *
 * Return: the line, which is new if it was not there; NULL if there is no room
 */
struct sim_line *sim_line_find(struct sim_lines *lines, u64 address);

/**
 * sim_line_has() - does a CPU have a copy?
 * @line: the line
 * @cpu: the CPU
 */
static inline bool sim_line_has(const struct sim_line *line, u32 cpu)
{
	return line->share[cpu / 64] >> (cpu % 64) & 1;
}

/**
 * sim_line_hits() - can an access be done in the CPU's own cache?
 * @line: the line
 * @cpu: the CPU
 * @kind: the access
 */
static inline bool sim_line_hits(const struct sim_line *line, u32 cpu,
				 enum sim_kind kind)
{
	if (kind == SIM_READ)
		return sim_line_has(line, cpu);
	return line->owner == (int)cpu && line->copies == 1;
}

/**
 * sim_line_access() - let a CPU access a line
 * @m: the machine
 * @line: the line
 * @cpu: the CPU
 * @kind: the access
 * @now: the time
 * @extra: what a miss takes longer, in 1/1024
 *
 * Return: how it goes; the line is as it will be at the end
 */
struct sim_access sim_line_access(const struct sim_machine *m,
				  struct sim_line *line, u32 cpu,
				  enum sim_kind kind, u64 now, u32 extra);

#endif /* _SIM_LINE_H */
