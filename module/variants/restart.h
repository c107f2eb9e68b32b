/* SPDX-License-Identifier: GPL-2.0 */
/*
 * restart.h - the ledger of Linux's locks that restart (TB_RESTART_COUNTERS)
 */
#ifndef _TB_RESTART_H
#define _TB_RESTART_H

#include <linux/minmax.h>

#include "run/worker.h"

/*
 * A thread that held @held locks of its set could not have a further one, gave
 * them back and starts again.
 */
static __always_inline void tb_count_restart(struct tb_worker *w, u32 held)
{
	struct tb_ledger *l = &w->ledger[READ_ONCE(lwkt_stats_epoch)];

	l->attempts_failed++;
	l->tokens_undone += held;
	l->restarts++;
	l->fail_index[min_t(u32, held, TB_FAIL_INDEXES - 1)]++;
}

#endif /* _TB_RESTART_H */
