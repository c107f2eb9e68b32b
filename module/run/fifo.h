/* SPDX-License-Identifier: GPL-2.0 */
/*
 * fifo.h - runs whose threads are real-time tasks (sched=fifo), see fifo.c
 */
#ifndef _TB_FIFO_H
#define _TB_FIFO_H

#include <linux/types.h>

struct tb_run;

void tb_fifo_make(struct tb_run *run);
bool tb_fifo_leaves_free(const struct tb_run *run, unsigned int but);
u64 tb_fifo_turn_ends(const struct tb_run *run);
void tb_fifo_rest(struct tb_run *run);

#endif /* _TB_FIFO_H */
