// SPDX-License-Identifier: GPL-2.0
/*
 * wait.c - which round of a waiting loop sees a write; see wait.h
 */
#include "wait.h"

bool sim_wait_before_write(struct sim_wait *wait, u32 cpu,
			   const struct sim_machine *m, u64 time, u32 writer,
			   u64 *when)
{
	u64 begin = sim_wait_round_at(wait, time);

	*when = begin;
	if (sim_order_before(time, writer, begin, cpu)) {
		wait->start = begin;
		return false;
	}
	/* The first read comes before the write; does the last one, too? */
	if (sim_order_before(time, writer, begin + (wait->n - 1) * m->hit_,
			     cpu))
		return true;
	*when = begin + wait->period;
	wait->start = *when;
	return false;
}
