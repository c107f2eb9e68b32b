/* SPDX-License-Identifier: GPL-2.0 */
/*
 * bench_harness.h - what one operation costs beside its lock and its work
 */
#ifndef _TB_BENCH_HARNESS_H
#define _TB_BENCH_HARNESS_H

struct tb_bench;

void tb_bench_harness(struct tb_bench *b);

#endif /* _TB_BENCH_HARNESS_H */
