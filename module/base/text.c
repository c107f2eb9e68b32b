// SPDX-License-Identifier: GPL-2.0
/*
 * text.c - a text that grows as it is printed into
 */
#include <linux/errno.h>
#include <linux/export.h>
#include <linux/kernel.h>
#include <linux/minmax.h>
#include <linux/mm.h>
#include <linux/string.h>

#include "text.h"

static bool grow_text(struct tb_text *t, size_t need)
{
	size_t size = max3(t->size * 2, need, (size_t)1024);
	char *buf = kvmalloc(size, GFP_KERNEL);

	if (!buf) {
		t->err = -ENOMEM;
		return false;
	}
	if (t->buf)
		memcpy(buf, t->buf, t->len + 1);
	kvfree(t->buf);
	t->buf = buf;
	t->size = size;
	return true;
}

/**
 * tb_text_printf() - add to the end
 * @t: the text
 * @fmt: as printf
 *
 * Context: process context, may sleep.
 */
void tb_text_printf(struct tb_text *t, const char *fmt, ...)
{
	va_list args;
	int n;

	if (t->err)
		return;
	va_start(args, fmt);
	n = vsnprintf(NULL, 0, fmt, args);
	va_end(args);
	if (t->len + n + 1 > t->size && !grow_text(t, t->len + n + 1))
		return;
	va_start(args, fmt);
	t->len += vsnprintf(t->buf + t->len, t->size - t->len, fmt, args);
	va_end(args);
}
EXPORT_SYMBOL_GPL(tb_text_printf);

/**
 * tb_text_free() - free the bytes; the text is empty then
 * @t: the text
 */
void tb_text_free(struct tb_text *t)
{
	kvfree(t->buf);
	memset(t, 0, sizeof(*t));
}
EXPORT_SYMBOL_GPL(tb_text_free);
