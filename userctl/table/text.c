// SPDX-License-Identifier: GPL-2.0
/* Foreign text: what of it may be shown. Pure. */
#include <err.h>
#include <stdio.h>

#include "base/status.h"
#include "text.h"

/**
 * text_char() - Length of a character that may be shown
 * @s: the text, not at its end
 *
 * Return: bytes of the UTF-8 sequence (RFC 3629); 0: it is none, or a control
 * character, also of U+0080 to U+009F.
 */
size_t text_char(const unsigned char *s)
{
	unsigned char lo = 0x80, hi = 0xbf;
	size_t len, i;

	if (*s < 0x80)
		return *s >= 0x20 && *s != 0x7f;
	if (*s >= 0xc2 && *s <= 0xdf)
		len = 2;
	else if (*s >= 0xe0 && *s <= 0xef)
		len = 3;
	else if (*s >= 0xf0 && *s <= 0xf4)
		len = 4;
	else
		return 0;
	if (*s == 0xe0)
		lo = 0xa0; /* shorter in two bytes */
	else if (*s == 0xed)
		hi = 0x9f; /* surrogates */
	else if (*s == 0xf0)
		lo = 0x90;
	else if (*s == 0xf4)
		hi = 0x8f; /* beyond U+10FFFF */
	for (i = 1; i < len; i++) {
		if (s[i] < lo || s[i] > hi)
			return 0;
		lo = 0x80;
		hi = 0xbf;
	}
	/* U+0080 to U+009F are control characters. */
	return len == 2 && *s == 0xc2 && s[1] < 0xa0 ? 0 : len;
}

/**
 * text_format() - Format a text of any length
 * @fmt: as for printf
 * @ap: what it names
 *
 * Return: the text, to be freed.
 */
char *text_format(const char *fmt, va_list ap)
{
	char *text;

	if (vasprintf(&text, fmt, ap) < 0)
		err(ST_BAD, "out of memory");
	return text;
}
