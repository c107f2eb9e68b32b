/* SPDX-License-Identifier: GPL-2.0 */
/*
 * bench.h - the bare cost of each lock, and that of the harness
 */
#ifndef _TB_BENCH_H
#define _TB_BENCH_H

struct tb_text;

int tb_bench_run(void);
void tb_bench_print(struct tb_text *t);
void tb_bench_forget(void);

#endif /* _TB_BENCH_H */
