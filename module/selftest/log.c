// SPDX-License-Identifier: GPL-2.0
/*
 * log.c - what the kernel log says of illegal use
 */
#include <linux/kernel.h>
#include <linux/kmsg_dump.h>
#include <linux/string.h>

#include "fixture.h"

#define LINE_SIZE 512

static struct kmsg_dump_iter iter;

/**
 * st_log_mark() - forget what stands in the log up to now
 *
 * Context: process context; one test at a time.
 */
void st_log_mark(void)
{
	kmsg_dump_rewind(&iter);
	while (kmsg_dump_get_line(&iter, false, NULL, 0, NULL))
		;
}

/**
 * st_log_count() - reports that name a token, since the mark
 * @name: the name
 *
 * Context: process context; one test at a time. Moves the mark.
 * Return: how many lines
 */
unsigned int st_log_count(const char *name)
{
	static char line[LINE_SIZE];
	char quoted[ST_NAME_MAX + 3];
	unsigned int n = 0;
	size_t len;

	snprintf(quoted, sizeof(quoted), "'%s'", name);
	while (kmsg_dump_get_line(&iter, false, line, sizeof(line) - 1, &len)) {
		line[len] = '\0';
		n += strstr(line, "illegal use of") && strstr(line, quoted);
	}
	return n;
}
