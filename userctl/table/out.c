// SPDX-License-Identifier: GPL-2.0
/* Where a document goes and in which format. */
#include <err.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "out.h"
#include "xalloc.h"

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

/* In the folder of the target: rename(2) does not cross file systems. */
static int open_temp(const char *path, char **temp)
{
	int fd;

	if (asprintf(temp, "%s.XXXXXX", path) < 0)
		err(ST_BAD, "out of memory");
	fd = mkstemp(*temp);
	if (fd < 0) {
		warn("%s: cannot be written", path);
		free(*temp);
	}
	return fd;
}

/**
 * out_probe() - Check that a file can be saved, before hours are spent
 * @path: file that out_save() is going to write
 *
 * Return: ST_OK; ST_USAGE after a message.
 */
int out_probe(const char *path)
{
	struct stat st;
	char *temp;
	int fd;

	if (!*path || (!stat(path, &st) && S_ISDIR(st.st_mode))) {
		warnx("-o: '%s' is not the name of a file", path);
		return ST_USAGE;
	}
	fd = open_temp(path, &temp);
	if (fd < 0)
		return ST_USAGE;
	close(fd);
	unlink(temp);
	free(temp);
	return ST_OK;
}

/**
 * out_write() - Write a file whole or not at all
 * @path: the file; it holds either its old content or all of the new
 * @print: prints the content; false, after a message: there is none
 * @what: for @print
 *
 * Return: ST_OK; ST_BAD after a message.
 */
int out_write(const char *path, bool (*print)(FILE *f, const void *what),
	      const void *what)
{
	mode_t mask = umask(0);
	char *temp;
	FILE *f;
	bool printed, bad;
	int fd;

	umask(mask);
	fd = open_temp(path, &temp);
	if (fd < 0)
		return ST_BAD;
	/* mkstemp's 0600 is for secrets; results are ordinary files. */
	fchmod(fd, 0666 & ~mask);
	f = fdopen(fd, "w");
	if (!f)
		err(ST_BAD, "%s", path);
	printed = print(f, what);
	bad = !printed || ferror(f) || fflush(f) || fsync(fd);
	bad |= fclose(f) != 0;
	if (bad || rename(temp, path)) {
		if (printed)
			warn("%s: cannot be written", path);
		unlink(temp);
		free(temp);
		return ST_BAD;
	}
	free(temp);
	return ST_OK;
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

/**
 * out_save() - Write a document to a file
 * @path: the file, as for out_write()
 * @doc: finished document
 * @format: the format
 * @ledger: a table has the ledger of waste below it
 *
 * Return: ST_OK; ST_BAD after a message.
 */
int out_save(const char *path, struct json_object *doc, enum out_format format,
	     bool ledger)
{
	struct saved s = { doc, format, ledger };

	return out_write(path, print_saved, &s);
}
