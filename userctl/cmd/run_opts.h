/* SPDX-License-Identifier: GPL-2.0 */
/* What was asked for on the command line of tokctl run. */
#ifndef _RUN_OPTS_H
#define _RUN_OPTS_H

#include "out.h"
#include "sweep.h"

/**
 * struct run_opts - The options
 * @sw: locks as typed, and all values
 * @repeats: runs per lock and cell
 * @resume: file that holds a part of the runs, or NULL
 * @reference: lock that the others are compared with; NULL: the first
 * @format: format of the file or of standard output
 * @file: where the result goes; NULL: standard output
 * @title: a line for the reader, or NULL
 * @argc: number of @argv
 * @argv: the command line; the first is the name of the command
 * @for_auto: an option was given that needs -n auto
 * @format_given: @format was given
 * @to_stdout: the file is standard output
 * @force: take over runs of another machine
 * @pretty: print the table even if quiet
 * @ledger: a table has the ledger of waste below it
 * @checks: all of the certificate below the table
 * @quiet: no progress, and no table beside a file
 * @dry_run: print the matrix instead of running it
 */
struct run_opts {
	struct sweep sw;
	uint64_t repeats;
	const char *resume;
	const char *reference;
	enum out_format format;
	const char *file;
	const char *title;
	int argc;
	char **argv;
	bool for_auto;
	bool format_given;
	bool to_stdout;
	bool force;
	bool pretty;
	bool ledger;
	bool checks;
	bool quiet;
	bool dry_run;
};

void run_opts_parse(struct run_opts *o, int argc, char **argv);

#endif /* _RUN_OPTS_H */
