// SPDX-License-Identifier: GPL-2.0
/*
 * bench_rows.c - the rows of a bench, timed in turn
 *
 * A row that is timed in one piece gets whatever the machine was doing just
 * then, and a ratio of two rows that of two moments. So the rows are timed in
 * blocks that take turns: one block of each row, then the next of each. What
 * changes slowly meets all rows alike, and what comes once spoils one block.
 * The table has the median of the blocks, and how far the middle half of them
 * is spread. Each round begins with another row, so that no row meets the tick
 * each time. Under an emulator that counts instructions there is no spread but
 * for blocks with an interrupt in them.
 *
 * Before each block the row is done a few times untimed: its code and data have
 * left the caches for those of the others.
 */
#include <linux/bug.h>
#include <linux/kernel.h>
#include <linux/math64.h>
#include <linux/sort.h>

#include "base/clock.h"
#include "base/compat.h"
#include "base/text.h"
#include "bench_rows.h"

#define WARM_SHARE 16

/**
 * tb_bench_add() - one more row
 * @b: the rows
 * @block: see struct tb_bench_row
 * @end: likewise
 * @arg: likewise; NULL: there was no memory for it
 * @loops: likewise
 * @fmt: what it is
 *
 * Context: process context, may sleep.
 */
void tb_bench_add(struct tb_bench *b, void (*block)(void *arg, u32 n),
		  void (*end)(void *arg), void *arg, u32 loops, const char *fmt,
		  ...)
{
	struct tb_bench_row *r = &b->row[b->rows];
	va_list args;

	if (!arg || WARN_ON_ONCE(b->rows == TB_BENCH_ROWS)) {
		b->err = -ENOMEM;
		if (arg && end)
			end(arg);
		return;
	}
	b->rows++;
	va_start(args, fmt);
	vscnprintf(r->what, sizeof(r->what), fmt, args);
	va_end(args);
	r->block = block;
	r->end = end;
	r->arg = arg;
	r->loops = loops;
}

/**
 * tb_bench_add_timed() - one more row, which was timed elsewhere
 * @b: the rows, timed
 * @ps: time of one, for each of TB_BENCH_BLOCKS blocks
 * @loops: how often a block did it
 * @what: what it is
 *
 * Context: process context.
 */
void tb_bench_add_timed(struct tb_bench *b, const u64 *ps, u32 loops,
			const char *what)
{
	tb_bench_add(b, NULL, NULL, b, loops, "%s", what);
	if (!b->err)
		memcpy(b->row[b->rows - 1].ps, ps, sizeof(b->row->ps));
}

static void time_block(struct tb_bench_row *r, u32 number)
{
	u64 start;

	r->block(r->arg, r->loops / WARM_SHARE);
	start = tb_clock_ns();
	r->block(r->arg, r->loops);
	r->ps[number] = div_u64(tb_clock_since(start) * 1000, r->loops);
	compat_relax_cpu();
}

/**
 * tb_bench_time() - time all rows, block after block
 * @b: the rows
 *
 * Context: process context, may sleep, on one CPU.
 */
void tb_bench_time(struct tb_bench *b)
{
	u32 number, i;

	for (number = 0; number < TB_BENCH_BLOCKS; number++)
		for (i = 0; i < b->rows; i++)
			time_block(&b->row[(i + number) % b->rows], number);
}

static int compare_ps(const void *a, const void *b)
{
	u64 x = *(const u64 *)a, y = *(const u64 *)b;

	return (x > y) - (x < y);
}

static void print_ps(struct tb_text *text, char before, u64 ps)
{
	u64 hundredths = div_u64(ps + 5, 10);

	tb_text_printf(text, "%c%llu.%02llu", before, hundredths / 100,
		       hundredths % 100);
}

/**
 * tb_bench_table() - the table (results/bench)
 * @b: timed; its blocks are sorted
 * @text: gets the table
 *
 * Context: process context, may sleep.
 */
void tb_bench_table(struct tb_bench *b, struct tb_text *text)
{
	const u32 quarter = TB_BENCH_BLOCKS / 4;
	u32 i;

	tb_text_printf(text, "what\tloops\tblocks\tns_per_op\tspread_ns\n");
	for (i = 0; i < b->rows; i++) {
		struct tb_bench_row *r = &b->row[i];
		u64 *ps = r->ps;

		sort(ps, TB_BENCH_BLOCKS, sizeof(*ps), compare_ps, NULL);
		tb_text_printf(text, "%s\t%u\t%u", r->what, r->loops,
			       TB_BENCH_BLOCKS);
		print_ps(text, '\t', ps[TB_BENCH_BLOCKS / 2]);
		print_ps(text, '\t',
			 ps[TB_BENCH_BLOCKS - 1 - quarter] - ps[quarter]);
		tb_text_printf(text, "\n");
	}
}

/**
 * tb_bench_end() - free what the rows have
 * @b: the rows
 *
 * Context: process context, may sleep.
 */
void tb_bench_end(struct tb_bench *b)
{
	u32 i;

	for (i = 0; i < b->rows; i++)
		if (b->row[i].end)
			b->row[i].end(b->row[i].arg);
	b->rows = 0;
}
