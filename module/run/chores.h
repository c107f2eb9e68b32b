/* SPDX-License-Identifier: GPL-2.0 */
/*
 * chores.h - what a thread does around an operation, for workloads that want it
 */
#ifndef _TB_CHORES_H
#define _TB_CHORES_H

#include <linux/types.h>

struct tb_worker;

enum tb_go tb_chores_before(struct tb_worker *w, bool again);
void tb_chores_after(struct tb_worker *w);

#endif /* _TB_CHORES_H */
