/* SPDX-License-Identifier: GPL-2.0 */
/*
 * parts.h - a window in parts with different numbers of threads
 */
#ifndef _TB_PARTS_H
#define _TB_PARTS_H

#include <linux/types.h>

struct tb_run;
struct tb_worker;

void tb_parts_enter(struct tb_run *run, u32 part);
u64 tb_parts_end_ns(const struct tb_run *run, u32 part);
u64 tb_parts_length_ns(const struct tb_run *run, u32 part);
enum tb_go tb_parts_wait(struct tb_worker *w, bool again);

#endif /* _TB_PARTS_H */
