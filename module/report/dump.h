/* SPDX-License-Identifier: GPL-2.0 */
/*
 * dump.h - the state of every thread and lock of a run (dump.c)
 */
#ifndef _TB_DUMP_H
#define _TB_DUMP_H

struct tb_run;
struct tb_text;

void tb_dump(struct tb_text *t, const struct tb_run *run);
void tb_dump_log(const struct tb_run *run);

#endif /* _TB_DUMP_H */
