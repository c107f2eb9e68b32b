/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Allocation that ends the program instead of returning NULL: tokctl holds no
 * state that is worth saving when a few kilobytes cannot be had, and the
 * kernel's run ends by itself.
 */
#ifndef _XALLOC_H
#define _XALLOC_H

#include <err.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "status.h"

static inline void *xrealloc(void *old, size_t n, size_t size)
{
	void *p = reallocarray(old, n ? n : 1, size);

	if (!p)
		err(ST_BAD, "out of memory");
	return p;
}

static inline void *xcalloc(size_t n, size_t size)
{
	void *p = calloc(n ? n : 1, size);

	if (!p)
		err(ST_BAD, "out of memory");
	return p;
}

static inline char *xstrndup(const char *text, size_t n)
{
	char *p = strndup(text, n);

	if (!p)
		err(ST_BAD, "out of memory");
	return p;
}

static inline char *xstrdup(const char *text)
{
	return xstrndup(text, strlen(text));
}

__attribute__((format(printf, 1, 2))) static inline char *
xasprintf(const char *fmt, ...)
{
	va_list ap;
	char *p;
	int n;

	va_start(ap, fmt);
	n = vasprintf(&p, fmt, ap);
	va_end(ap);
	if (n < 0)
		err(ST_BAD, "out of memory");
	return p;
}

/* A stream into memory: @text, to be freed, and @len are valid when it is closed. */
static inline FILE *xmemstream(char **text, size_t *len)
{
	FILE *f = open_memstream(text, len);

	if (!f)
		err(ST_BAD, "out of memory");
	return f;
}

static inline void xmemclose(FILE *f)
{
	if (fclose(f))
		err(ST_BAD, "out of memory");
}

#endif /* _XALLOC_H */
