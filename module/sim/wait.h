/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Waiting without simulating each look: a loop that reads the same lines again and
 * again until one of them changes is taken out, and put back for the look that
 * sees the change.
 *
 * CONDITIONS
 *
 *   The code has declared the loop: smp_cond_load_*() or one of this project's own.
 *   So all that it does between two declarations follows from what it reads. If all
 *   of these reads were hits, no line twice, and there was no write and no reading of a
 *   clock, then the next round does the same, and takes as long, until another CPU
 *   writes one of the lines, or an interrupt comes.
 *
 *   That is so of Linux's queued spinlock, of the queue of its mutex's spinners, and of
 *   this project's ticket locks. It is not so of a loop that counts its rounds, reads the
 *   clock, or writes: test-and-set, the tokens whose waiters try again and again, and
 *   token-handoff's spin with its budget. What each of their rounds does to memory is
 *   what is to be found out, and each is simulated.
 *
 * EXACTNESS
 *
 *   Rounds begin at @start, @start + @period, ... The read of line number i is at
 *   i hits from the begin of its round. A parked CPU is put back
 *
 *   - for an interrupt at time T: at the begin of the last round that begins at T or
 *     before, so that it comes to T as if it had been simulated all along;
 *   - before another CPU writes one of its lines, at time T: if some reads of a round
 *     come before the write and some after it, at the begin of this round, and it goes
 *     on before the line is written; if not, at the begin of the first round after the
 *     write, and the line is written at once.
 *
 *   The order of events at the same time is that of order.h. The result is that of
 *   simulating every round; userctl/tests/pure/test_wait.c compares the two.
 */
#ifndef _SIM_WAIT_H
#define _SIM_WAIT_H

#include "line.h"
#include "order.h"

/* The loops of Linux and of this project read no more lines than that. */
#define SIM_WAIT_LINES 4

/**
 * struct sim_wait - what a CPU did since it last declared that it waits
 * @lines: what it read
 * @n: how many; SIM_WAIT_LINES + 1: it did something else
 * @start: when the next round begins, while it is parked
 * @period: what a round takes
 */
struct sim_wait {
	struct sim_line *lines[SIM_WAIT_LINES];
	u32 n;
	u64 start, period;
};

/**
 * sim_wait_spoil() - the CPU did something that a round may not hold
 * @wait: of the CPU
 */
static inline void sim_wait_spoil(struct sim_wait *wait)
{
	wait->n = SIM_WAIT_LINES + 1;
}

/**
 * sim_wait_note() - the CPU accessed a line
 * @wait: of the CPU
 * @kind: how
 * @access: how it went
 */
static inline void sim_wait_note(struct sim_wait *wait, enum sim_kind kind,
				 const struct sim_access *access)
{
	u32 i;

	if (kind != SIM_READ || !access->hit || wait->n >= SIM_WAIT_LINES) {
		sim_wait_spoil(wait);
		return;
	}
	for (i = 0; i < wait->n; i++)
		if (wait->lines[i] == access->line) {
			sim_wait_spoil(wait);
			return;
		}
	wait->lines[wait->n++] = access->line;
}

/**
 * sim_wait_begin() - the CPU declares that it waits
 * @wait: of the CPU
 * @cpu: the CPU
 * @m: the machine
 * @now: when the next round begins
 *
 * Return: true if the CPU is parked; false if the next round has to be simulated
 */
static inline bool sim_wait_begin(struct sim_wait *wait, u32 cpu,
				  const struct sim_machine *m, u64 now)
{
	bool same = wait->n && wait->n <= SIM_WAIT_LINES;
	u32 i;

	/* A line may have been taken after it was read. */
	for (i = 0; same && i < wait->n; i++)
		same = sim_line_has(wait->lines[i], cpu);
	if (!same) {
		wait->n = 0;
		return false;
	}
	wait->start = now;
	wait->period = wait->n * m->hit_ + m->relax_;
	for (i = 0; i < wait->n; i++)
		wait->lines[i]->parked++;
	return true;
}

/**
 * sim_wait_end() - the CPU is no longer parked
 * @wait: of the CPU
 */
static inline void sim_wait_end(struct sim_wait *wait)
{
	u32 i;

	for (i = 0; i < wait->n; i++)
		wait->lines[i]->parked--;
	wait->n = 0;
}

/**
 * sim_wait_round_at() - the round in which something is seen that happens at a time
 * @wait: of a parked CPU
 * @time: when it happens
 *
 * Return: begin of the last round that begins at @time or before; of the next round
 * if all begin later
 */
static inline u64 sim_wait_round_at(const struct sim_wait *wait, u64 time)
{
	if (time <= wait->start)
		return wait->start;
	return wait->start + (time - wait->start) / wait->period * wait->period;
}

/**
 * sim_wait_before_write() - prepare a parked CPU for a write of one of its lines
 * @wait: of the parked CPU
 * @cpu: the CPU
 * @m: the machine
 * @time: when it is written
 * @writer: by which CPU
 * @when: gets the time at which the parked CPU goes on
 *
 * Return: true if it goes on before the write, which is then prepared again; false if
 * its next round, from @when on, comes after the write
 */
bool sim_wait_before_write(struct sim_wait *wait, u32 cpu,
			   const struct sim_machine *m, u64 time, u32 writer,
			   u64 *when);

#endif /* _SIM_WAIT_H */
