/* SPDX-License-Identifier: GPL-2.0 */
/*
 * gate.h - where the threads of a run wait to be let through
 */
#ifndef _TB_GATE_H
#define _TB_GATE_H

#include <linux/types.h>

struct tb_run;
struct tb_worker;

enum tb_go tb_gate_wait(struct tb_worker *w, bool (*open)(struct tb_worker *w),
			bool again);
void tb_gate_look(struct tb_run *run, bool (*open)(struct tb_worker *w));

#endif /* _TB_GATE_H */
