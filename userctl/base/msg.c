// SPDX-License-Identifier: GPL-2.0
/*
 * Error sentences. Pure functions fill a struct msg and return false; the
 * caller knows the context (an option, a file), puts it in front and prints.
 */
#include <ctype.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "msg.h"

/* So much of a foreign text is shown: enough to recognise, never a screenful. */
#define QUOTE_CHARS 40

/**
 * msg_set() - Store an error sentence
 * @m: receives the sentence, cut if longer than MSG_MAX - 1 bytes
 * @fmt: as for printf
 */
void msg_set(struct msg *m, const char *fmt, ...)
{
	va_list ap;

	va_start(ap, fmt);
	vsnprintf(m->text, sizeof(m->text), fmt, ap);
	va_end(ap);
}

/**
 * msg_quote() - Put a foreign text in quotes
 * @out: receives the quoted text
 * @text: any bytes; control characters come out as \xNN, so that a value
 *	  cannot drive the terminal, and a long text is cut with "..."
 *
 * Return: @out.
 */
const char *msg_quote(char out[MSG_QUOTE_MAX], const char *text)
{
	size_t n = 0;
	size_t i;

	out[n++] = '\'';
	for (i = 0; i < QUOTE_CHARS && text[i]; i++) {
		unsigned char c = text[i];

		if (iscntrl(c))
			n += sprintf(out + n, "\\x%02x", c);
		else
			out[n++] = c;
	}
	out[n++] = '\'';
	strcpy(out + n, text[i] ? "..." : "");
	return out;
}

/**
 * msg_fit() - How much of a text is shown?
 * @text: UTF-8
 * @max: bytes at most
 *
 * Return: number of bytes up to the end of the last whole character, as for the
 * precision of a %s.
 */
int msg_fit(const char *text, size_t max)
{
	size_t n = strnlen(text, max);

	while (n && (text[n] & 0xc0) == 0x80)
		n--;
	return n;
}
