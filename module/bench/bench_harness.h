/* SPDX-License-Identifier: GPL-2.0 */
/*
 * bench_harness.h - what one operation costs beside its lock and its work
 */
#ifndef _TB_BENCH_HARNESS_H
#define _TB_BENCH_HARNESS_H

#include <linux/types.h>

struct tb_text;

/* One line of results/bench; defined by bench.c. */
void tb_bench_row(struct tb_text *text, const char *what, u64 loops, u64 ns);

int tb_bench_harness(struct tb_text *text);

#endif /* _TB_BENCH_HARNESS_H */
