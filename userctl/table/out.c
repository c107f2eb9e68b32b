// SPDX-License-Identifier: GPL-2.0
/* Where a document goes and in which format. */
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/xalloc.h"
#include "out.h"

static const char *const formats[] = {
	[OUT_TABLE] = "table",
	[OUT_JSON] = "json",
	[OUT_CSV] = "csv",
};

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

	for (i = 0; i < sizeof(formats) / sizeof(formats[0]); i++) {
		if (strcmp(formats[i], word) != 0)
			continue;
		*format = i;
		return true;
	}
	msg_set(m, "%s is not a format; allowed: table, json, csv",
		msg_quote(quoted, word));
	return false;
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
 * @ledger: a table has the ledger of waste below it
 */
void out_print(FILE *f, struct json_object *doc, enum out_format format,
	       bool ledger)
{
	switch (format) {
	case OUT_TABLE:
		out_table(f, doc, ledger);
		break;
	case OUT_JSON:
		out_json(f, doc);
		break;
	case OUT_CSV:
		out_csv(f, doc);
		break;
	}
}

struct saved {
	struct json_object *doc;
	enum out_format format;
	bool ledger;
};

static bool print_saved(FILE *f, const void *what)
{
	const struct saved *s = what;

	out_print(f, s->doc, s->format, s->ledger);
	return true;
}

static const char *const suffixes[] = {
	[OUT_TABLE] = "txt",
	[OUT_JSON] = "json",
	[OUT_CSV] = "csv",
};

/**
 * out_save() - Write a document to a file
 * @file: open file that is not standard output
 * @doc: the document
 * @format: the format
 * @ledger: a table has the ledger of waste below it
 * @last: the process has no other chance to save it
 *
 * Return: ST_OK; ST_BAD after a message, also if it was saved elsewhere.
 */
int out_save(struct outfile *file, struct json_object *doc,
	     enum out_format format, bool ledger, bool last)
{
	struct saved s = { doc, format, ledger };

	return outfile_write(file, print_saved, &s,
			     last ? suffixes[format] : NULL);
}

/**
 * out_rescue() - Save a document that standard output did not take
 * @doc: the document
 * @format: the format
 * @ledger: a table has the ledger of waste below it
 */
void out_rescue(struct json_object *doc, enum out_format format, bool ledger)
{
	char *text = NULL;
	size_t len = 0;
	FILE *f = xmemstream(&text, &len);

	out_print(f, doc, format, ledger);
	xmemclose(f);
	outfile_rescue(suffixes[format], text, len);
	free(text);
}
