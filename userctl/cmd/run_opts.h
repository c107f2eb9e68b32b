/* SPDX-License-Identifier: GPL-2.0 */
/* What was asked for on the command line of tokctl run. */
#ifndef _RUN_OPTS_H
#define _RUN_OPTS_H

#include "options.h"
#include "sweep/sweep.h"

/**
 * struct opts - The options
 * @sw: locks as typed, and all values
 * @repeats: runs per lock and cell
 * @short_windows: they are as many as nobody asked for, in short windows
 * @like: file whose run is repeated, or NULL
 * @tags: NAME: VALUE for the environment block, or NULL
 * @resume: file that holds a part of the runs, or NULL
 * @reference: lock that the others are compared with; NULL: the first
 * @format: format of the file or of standard output
 * @file: where the result goes; NULL: standard output
 * @title: a line for the reader, or NULL
 * @argc: number of @argv
 * @argv: the command line; the first is the name of the command
 * @for_auto: an option was given that needs -n auto
 * @to_stdout: the file is standard output
 * @chose_duration: --duration was given
 * @chose_warmup: --warmup was given
 * @force: take over runs of another machine
 * @pretty: print the table even if quiet
 * @view: what a table has
 * @quiet: no progress, and no table beside a file
 * @dry_run: print the matrix instead of running it
 */
struct opts {
	struct sweep sw;
	uint64_t repeats;
	bool short_windows;
	const char *like;
	struct json_object *tags;
	const char *resume;
	const char *reference;
	struct option_format format;
	const char *file;
	const char *title;
	int argc;
	char **argv;
	bool for_auto;
	bool to_stdout;
	bool chose_duration;
	bool chose_warmup;
	bool force;
	bool pretty;
	struct out_view view;
	bool quiet;
	bool dry_run;
};

#define REPEATS_MAX 100000

void run_opts_parse(struct opts *o, int argc, char **argv);

/* run_like.c */
void run_like(struct opts *o, struct argp_state *state);

#endif /* _RUN_OPTS_H */
