// SPDX-License-Identifier: GPL-2.0
/*
 * refusal.c - why the last refused write was refused
 */
#include <linux/kernel.h>
#include <linux/mutex.h>

#include "refusal.h"

static DEFINE_MUTEX(lock);
static char line[TB_REASON_MAX];

/**
 * tb_refuse() - remember why a write is refused
 * @fmt: as printf: the file or parameter, the input, what is allowed
 */
void tb_refuse(const char *fmt, ...)
{
	va_list args;

	mutex_lock(&lock);
	va_start(args, fmt);
	vscnprintf(line, sizeof(line), fmt, args);
	va_end(args);
	mutex_unlock(&lock);
}

/**
 * tb_refusal_clear() - forget it
 */
void tb_refusal_clear(void)
{
	mutex_lock(&lock);
	line[0] = '\0';
	mutex_unlock(&lock);
}

/**
 * tb_refusal_print() - the line, without line feed; empty if there is none
 * @buf: gets it
 * @len: its size, TB_REASON_MAX suffices
 *
 * Return: its length
 */
int tb_refusal_print(char *buf, size_t len)
{
	int n;

	mutex_lock(&lock);
	n = scnprintf(buf, len, "%s", line);
	mutex_unlock(&lock);
	return n;
}
