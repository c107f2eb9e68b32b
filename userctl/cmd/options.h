/* SPDX-License-Identifier: GPL-2.0 */
/* The options of a command: one table for its help and its parser. */
#ifndef _OPTIONS_H
#define _OPTIONS_H

#include <argp.h>
#include <stdbool.h>
#include <stddef.h>

#include "base/msg.h"
#include "table/out.h"

/**
 * enum option_kind - What an option does
 * @OPTION_OTHER: the command's own function takes it
 * @OPTION_FLAG: sets a bool
 * @OPTION_TEXT: keeps its argument in a const char *, if it is allowed
 * @OPTION_FORMAT: keeps a format in a struct option_format
 * @OPTION_FORMAT_NO_CSV: likewise; there is no CSV
 * @OPTION_SAME: none; another name for the one above it, in no help
 * @OPTION_HEADING: none; its text stands above those that follow
 * @OPTION_MORE: likewise; they are in the long help only
 */
enum option_kind {
	OPTION_OTHER,
	OPTION_FLAG,
	OPTION_TEXT,
	OPTION_FORMAT,
	OPTION_FORMAT_NO_CSV,
	OPTION_SAME,
	OPTION_HEADING,
	OPTION_MORE,
};

struct option_format {
	enum out_format format;
	bool given;
};

/**
 * struct option_row - One option
 * @kind: what it does
 * @name: its long name
 * @key: its letter, or a number from OPTION_KEY on
 * @arg: name of its argument, or NULL
 * @doc: for the help
 * @at: where its value is kept, see option_kind
 * @check: of OPTION_TEXT: is this text allowed? If not, the message says why.
 *	NULL: any is
 */
struct option_row {
	enum option_kind kind;
	const char *name;
	int key;
	const char *arg;
	const char *doc;
	size_t at;
	bool (*check)(const char *text, struct msg *m);
};

#define OPTION_KEY 0x100

/* Rows of a table of options; the values are fields of struct opts. */
#define OPTION_ROW(kind_, name_, key_, arg_, doc_, ...)                 \
	{                                                               \
		.kind = kind_, .name = name_, .key = key_, .arg = arg_, \
		.doc = doc_, __VA_ARGS__                                \
	}
#define OPTION_AT(field) .at = offsetof(struct opts, field)
#define FLAG(name, key, field, doc) \
	OPTION_ROW(OPTION_FLAG, name, key, NULL, doc, OPTION_AT(field))
#define TEXT(name, key, arg, field, doc) \
	OPTION_ROW(OPTION_TEXT, name, key, arg, doc, OPTION_AT(field))
#define CHECKED(name, key, arg, field, is_allowed, doc)                \
	OPTION_ROW(OPTION_TEXT, name, key, arg, doc, OPTION_AT(field), \
		   .check = is_allowed)
#define FORMAT(kind, arg, field, doc) \
	OPTION_ROW(kind, "format", 'f', arg, doc, OPTION_AT(field))
#define HEADING(doc) OPTION_ROW(OPTION_HEADING, NULL, 0, NULL, doc)
#define MORE(doc) OPTION_ROW(OPTION_MORE, NULL, 0, NULL, doc)
#define ALIAS(name) OPTION_ROW(OPTION_SAME, name, 0, NULL, NULL)
#define OTHER(name, key, arg, doc) OPTION_ROW(OPTION_OTHER, name, key, arg, doc)

/**
 * struct command - How a command is called
 * @options: its options, but for --help
 * @nr_options: their number
 * @more: options that @other takes, or NULL; their group is the number of a
 *	  heading
 * @nr_more: their number
 * @args_doc: its arguments in the help, or NULL
 * @doc: the help
 * @brief: likewise for the short one, which --help then prints; or NULL
 * @args: where its arguments are kept: an array of const char *
 * @nr_args: so many at most
 * @too_many: the error if there are more
 * @other: takes options and arguments that no row does; as parsers of argp
 */
struct command {
	const struct option_row *options;
	size_t nr_options;
	const struct argp_option *more;
	size_t nr_more;
	const char *args_doc;
	const char *doc;
	const char *brief;
	size_t args;
	size_t nr_args;
	const char *too_many;
	argp_parser_t other;
};

#define OPTIONS(array) \
	.options = array, .nr_options = sizeof(array) / sizeof((array)[0])

void options_parse(const struct command *c, int argc, char **argv, void *opts);

#endif /* _OPTIONS_H */
