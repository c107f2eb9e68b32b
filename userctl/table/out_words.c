// SPDX-License-Identifier: GPL-2.0
/* Foreign text: what a terminal must not see, and lines that fit on a page. */
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include "out.h"
#include "text.h"

#define INDENT 2

/* Of text where a line has no width. */
#define TEXT_WIDTH 100

/* A narrower line is no reason for one word a line. */
#define TEXT_MIN 40

static size_t text_width(FILE *f)
{
	size_t width = out_width(f);

	return width >= TEXT_MIN && width <= TEXT_WIDTH ? width :
	       width && width < TEXT_MIN		? TEXT_MIN :
							  TEXT_WIDTH;
}

/**
 * out_text() - Print foreign text
 * @f: stream to print on
 * @text: any bytes; control characters become '?', also U+0080 to U+009F and
 *	  such bytes outside of UTF-8: a terminal would obey those of a file
 *	  from anywhere
 */
void out_text(FILE *f, const char *text)
{
	while (*text) {
		size_t len = text_char((const unsigned char *)text);

		if (len)
			fwrite(text, 1, len, f);
		else
			fputc('?', f);
		/* A control character of two bytes is one. */
		text += len					    ? len :
			*text == '\xc2' && (text[1] & 0xc0) == 0x80 ? 2 :
								      1;
	}
}

/**
 * out_plain() - Print a line of foreign text
 * @f: stream to print on
 * @text: as for out_text()
 */
void out_plain(FILE *f, const char *text)
{
	out_text(f, text);
	fputc('\n', f);
}

/**
 * out_foreign() - Print foreign text among our own
 * @f: stream to print on
 * @fmt: as for printf; its control characters do not reach @f either
 */
void out_foreign(FILE *f, const char *fmt, ...)
{
	va_list ap;
	char *text;

	va_start(ap, fmt);
	text = text_format(fmt, ap);
	va_end(ap);
	out_text(f, text);
	free(text);
}

static size_t put_part(FILE *f, const char *word, size_t len, size_t at,
		       size_t width)
{
	char text[TEXT_WIDTH + 1];

	if (at && at + 1 + len > width) {
		fputc('\n', f);
		at = fprintf(f, "%*s", INDENT - 1, "");
	}
	if (at)
		at += fprintf(f, " ");
	memcpy(text, word, len);
	text[len] = '\0';
	out_text(f, text);
	return at + len;
}

/* How much of a word that is longer than a line: if it can, a list's items. */
static size_t part_of(const char *word, size_t len, size_t room)
{
	size_t part = room;

	if (len <= room)
		return len;
	while (part > 1 && !strchr(",/", word[part - 1]))
		part--;
	return part > 1 ? part : room;
}

/**
 * out_words() - Print foreign text, wrapped
 * @f: stream to print on
 * @text: any bytes, see out_text(); blanks are where a line can end
 * @at: column behind what stands in the line already; 0: nothing does
 *
 * A blank is put before the text if something stands in the line. Further lines
 * are indented. A word longer than a line goes on in the next one.
 *
 * Return: the column behind it; the line is not ended.
 */
size_t out_words(FILE *f, const char *text, size_t at)
{
	size_t width = text_width(f);

	while (*text) {
		size_t len = strcspn(text, " ");

		while (len) {
			size_t part = part_of(text, len, width - INDENT);

			at = put_part(f, text, part, at, width);
			text += part;
			len -= part;
		}
		text += *text == ' ';
	}
	return at;
}
