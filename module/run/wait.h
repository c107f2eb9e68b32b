/* SPDX-License-Identifier: GPL-2.0 */
/*
 * wait.h - how the executing thread waits, see wait.c
 */
#ifndef _TB_WAIT_H
#define _TB_WAIT_H

#include <linux/types.h>

struct tb_run;

bool tb_run_wait_for(struct tb_run *run, bool (*done)(const struct tb_run *run),
		     u64 ns);
void tb_run_wait(struct tb_run *run, u64 ns);

#endif /* _TB_WAIT_H */
