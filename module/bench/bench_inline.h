/* SPDX-License-Identifier: GPL-2.0 */
/*
 * bench_inline.h - what a switch of inline threads costs
 */
#ifndef _TB_BENCH_INLINE_H
#define _TB_BENCH_INLINE_H

struct tb_bench;

int tb_bench_inline(struct tb_bench *b, int cpu);

#endif /* _TB_BENCH_INLINE_H */
