// SPDX-License-Identifier: GPL-2.0
/* Foreign text in lines that fit on a page. */
#include <string.h>

#include "out.h"

#define INDENT 2
#define ROOM (OUT_WIDTH - INDENT)

static size_t put_part(FILE *f, const char *word, size_t len, size_t at)
{
	char text[ROOM + 1];

	if (at && at + 1 + len > OUT_WIDTH) {
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
static size_t part_of(const char *word, size_t len)
{
	size_t part = ROOM;

	if (len <= ROOM)
		return len;
	while (part > 1 && !strchr(",/", word[part - 1]))
		part--;
	return part > 1 ? part : ROOM;
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
	while (*text) {
		size_t len = strcspn(text, " ");

		while (len) {
			size_t part = part_of(text, len);

			at = put_part(f, text, part, at);
			text += part;
			len -= part;
		}
		text += *text == ' ';
	}
	return at;
}
