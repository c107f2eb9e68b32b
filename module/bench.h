/* SPDX-License-Identifier: GPL-2.0 */
/*
 * bench.h - the bare cost of each lock, without harness
 */
#ifndef _TB_BENCH_H
#define _TB_BENCH_H

struct tb_text;

int tb_bench(struct tb_text *text);

#endif /* _TB_BENCH_H */
