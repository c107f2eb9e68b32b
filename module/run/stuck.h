/* SPDX-License-Identifier: GPL-2.0 */
/*
 * stuck.h - notice that no thread makes progress (stuck.c)
 */
#ifndef _TB_STUCK_H
#define _TB_STUCK_H

#include <linux/types.h>

struct tb_run;

void tb_stuck_wait(struct tb_run *run, bool (*done)(const struct tb_run *run),
		   void (*changed)(void));

#endif /* _TB_STUCK_H */
