/* SPDX-License-Identifier: GPL-2.0 */
/*
 * text.h - a text that grows as it is printed into
 *
 * An error sticks: print on, ask once at the end. Process context, may sleep.
 */
#ifndef _TB_TEXT_H
#define _TB_TEXT_H

#include <linux/types.h>

/**
 * struct tb_text - the text; all zero is an empty one
 * @buf: its bytes, NUL behind them; NULL if empty
 * @len: how many, without the NUL
 * @size: room in @buf
 * @err: 0 or -ENOMEM; nothing was added since
 */
struct tb_text {
	char *buf;
	size_t len;
	size_t size;
	int err;
};

__printf(2, 3) void tb_text_printf(struct tb_text *t, const char *fmt, ...);
void tb_text_free(struct tb_text *t);

#endif /* _TB_TEXT_H */
