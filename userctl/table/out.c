// SPDX-License-Identifier: GPL-2.0
/* Where a document goes and in which format. */
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include "base/xalloc.h"
#include "out.h"

static const struct {
	const char *word;
	const char *suffix; /* of a file */
} formats[] = {
	[OUT_TABLE] = { "table", "txt" },
	[OUT_JSON] = { "json", "json" },
	[OUT_CSV] = { "csv", "csv" },
	[OUT_CSV_LONG] = { "csv-long", "csv" },
	[OUT_MD] = { "md", "md" },
};

#define NR_FORMATS (sizeof(formats) / sizeof(formats[0]))

/**
 * out_format_word() - The word for a format
 * @format: the format
 */
const char *out_format_word(enum out_format format)
{
	return formats[format].word;
}

/**
 * out_format_parse() - Parse the argument of -f
 * @word: as typed
 * @format: receives the format
 * @m: receives the reason on error
 *
 * Return: true if @word is a format.
 */
bool out_format_parse(const char *word, enum out_format *format, struct msg *m)
{
	char quoted[MSG_QUOTE_MAX];
	size_t i;

	for (i = 0; i < NR_FORMATS; i++) {
		if (strcmp(formats[i].word, word) != 0)
			continue;
		*format = i;
		return true;
	}
	msg_set(m,
		"%s is not a format; allowed: table, json, csv, csv-long, md",
		msg_quote(quoted, word));
	return false;
}

/**
 * out_format_of_name() - The format that the name of a file says
 * @file: the name
 * @format: receives the format
 *
 * Return: false if it says none.
 */
bool out_format_of_name(const char *file, enum out_format *format)
{
	const char *dot = strrchr(file, '.');
	size_t i;

	for (i = 0; dot && i < NR_FORMATS; i++) {
		if (strcmp(formats[i].suffix, dot + 1) != 0)
			continue;
		*format = i;
		return true;
	}
	return false;
}

/**
 * out_width() - How wide may a line be?
 * @f: stream it is printed on
 *
 * Return: COLUMNS of the environment, if it is a number; the width of the terminal; 0:
 * as wide as it becomes, since a pipe has no width.
 */
size_t out_width(FILE *f)
{
	const char *columns = getenv("COLUMNS");
	struct winsize ws;
	char *end;
	long n = 0;

	if (columns)
		n = strtol(columns, &end, 10);
	if (n > 0 && n < 10000 && !*end)
		return n;
	if (!isatty(fileno(f)) || ioctl(fileno(f), TIOCGWINSZ, &ws))
		return 0;
	return ws.ws_col;
}

/**
 * out_colour() - Is colour wanted on a stream?
 * @f: the stream
 *
 * Return: true on a terminal, unless NO_COLOR is set and not empty
 * (no-color.org).
 */
bool out_colour(FILE *f)
{
	const char *no = getenv("NO_COLOR");

	return isatty(fileno(f)) && (!no || !*no);
}

/**
 * out_print() - Print a document
 * @f: stream to print on
 * @doc: finished document
 * @format: the format
 * @view: what a table has
 */
void out_print(FILE *f, struct json_object *doc, enum out_format format,
	       const struct out_view *view)
{
	switch (format) {
	case OUT_TABLE:
	case OUT_MD:
		out_table(f, doc, view, format == OUT_MD);
		break;
	case OUT_JSON:
		out_json(f, doc);
		break;
	case OUT_CSV:
	case OUT_CSV_LONG:
		out_csv(f, doc, format == OUT_CSV_LONG);
		break;
	}
}

struct saved {
	struct json_object *doc;
	enum out_format format;
	const struct out_view *view;
};

static bool print_saved(FILE *f, const void *what)
{
	const struct saved *s = what;

	out_print(f, s->doc, s->format, s->view);
	return true;
}

/**
 * out_save() - Write a document to a file
 * @file: open file that is not standard output
 * @doc: the document
 * @format: the format
 * @view: what a table has
 * @last: the process has no other chance to save it
 *
 * Return: ST_OK; ST_BAD after a message, also if it was saved elsewhere.
 */
int out_save(struct outfile *file, struct json_object *doc,
	     enum out_format format, const struct out_view *view, bool last)
{
	struct saved s = { doc, format, view };

	return outfile_write(file, print_saved, &s,
			     last ? formats[format].suffix : NULL);
}

/**
 * out_rescue() - Save a document that standard output did not take
 * @doc: the document
 * @format: the format
 * @view: what a table has
 */
void out_rescue(struct json_object *doc, enum out_format format,
		const struct out_view *view)
{
	char *text = NULL;
	size_t len = 0;
	FILE *f = xmemstream(&text, &len);

	out_print(f, doc, format, view);
	xmemclose(f);
	outfile_rescue(formats[format].suffix, text, len);
	free(text);
}
