/* SPDX-License-Identifier: GPL-2.0 */
/*
 * bench_rows.h - the rows of a bench, timed in turn
 */
#ifndef _TB_BENCH_ROWS_H
#define _TB_BENCH_ROWS_H

#include <linux/types.h>

#include "config/variant.h"

struct tb_text;

/* At most two of each lock, exclusive and shared, and what else there is. */
#define TB_BENCH_ROWS (2 * TB_VARIANT_COUNT + 24)
#define TB_BENCH_BLOCKS 21

/**
 * struct tb_bench_row - one thing that is timed
 * @what: what it is, without TAB
 * @block: does it @n times. Context: process context, may sleep.
 * @end: frees @arg and what belongs to it; may be NULL
 * @arg: for them
 * @loops: how often a block does it
 * @ps: time of one, for each block
 */
struct tb_bench_row {
	char what[48];
	void (*block)(void *arg, u32 n);
	void (*end)(void *arg);
	void *arg;
	u32 loops;
	u64 ps[TB_BENCH_BLOCKS];
};

/**
 * struct tb_bench - the rows
 * @row: in the order of the table
 * @rows: how many
 * @err: 0 or -ENOMEM: a row could not be made
 */
struct tb_bench {
	struct tb_bench_row row[TB_BENCH_ROWS];
	u32 rows;
	int err;
};

__printf(6, 7) void tb_bench_add(struct tb_bench *b,
				 void (*block)(void *arg, u32 n),
				 void (*end)(void *arg), void *arg, u32 loops,
				 const char *fmt, ...);
void tb_bench_add_timed(struct tb_bench *b, const u64 *ps, u32 loops,
			const char *what);
void tb_bench_time(struct tb_bench *b);
void tb_bench_table(struct tb_bench *b, struct tb_text *text);
void tb_bench_end(struct tb_bench *b);

#endif /* _TB_BENCH_ROWS_H */
