/* SPDX-License-Identifier: GPL-2.0 */
/* Foreign text: what of it may be shown. */
#ifndef _TEXT_H
#define _TEXT_H

#include <stdarg.h>
#include <stddef.h>

size_t text_char(const unsigned char *s);
__attribute__((format(printf, 1, 0))) char *text_format(const char *fmt,
							va_list ap);

#endif /* _TEXT_H */
