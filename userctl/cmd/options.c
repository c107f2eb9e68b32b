// SPDX-License-Identifier: GPL-2.0
/*
 * From the table of a command's options to its help, by argp, and to its
 * values. What argp ends the program for, a wrong option or --help, does not
 * come back.
 */
#include <string.h>

#include "base/xalloc.h"
#include "options.h"

/* What argp hands to the parser. */
struct call {
	const struct command *command;
	void *opts;
	size_t nr_args;
};

static void parse_format(const struct option_row *o, const char *arg,
			 struct option_format *to, struct argp_state *state)
{
	bool csv = o->kind == OPTION_FORMAT;
	char quoted[MSG_QUOTE_MAX];
	struct msg m;

	to->given = true;
	if (!out_format_parse(arg, &to->format, &m)) {
		if (csv)
			argp_error(state, "-f: %s", m.text);
		to->format = OUT_CSV;
	}
	if (!csv && to->format == OUT_CSV)
		argp_error(state,
			   "-f: %s is not a format of %s; allowed: table, json",
			   msg_quote(quoted, arg),
			   strrchr(state->name, ' ') + 1);
}

static bool take_option(const struct command *c, int key, char *arg, void *opts,
			struct argp_state *state)
{
	size_t i;
	char *to;

	for (i = 0; i < c->nr_options; i++) {
		const struct option_row *o = &c->options[i];

		if (o->key != key || o->kind == OPTION_OTHER ||
		    o->kind == OPTION_HEADING)
			continue;
		to = (char *)opts + o->at;
		if (o->kind == OPTION_FLAG)
			*(bool *)to = true;
		else if (o->kind == OPTION_TEXT)
			*(const char **)to = arg;
		else
			parse_format(o, arg, (struct option_format *)to, state);
		return true;
	}
	return false;
}

static void take_argument(struct call *call, char *arg,
			  struct argp_state *state)
{
	const struct command *c = call->command;
	const char **to = (const char **)((char *)call->opts + c->args);

	if (call->nr_args == c->nr_args)
		argp_error(state, "'%.40s': %s", arg, c->too_many);
	to[call->nr_args++] = arg;
}

static error_t parse(int key, char *arg, struct argp_state *state)
{
	struct call *call = state->input;
	const struct command *c = call->command;
	error_t ret = ARGP_ERR_UNKNOWN;

	if (key == 'h') {
		argp_state_help(state, stdout, ARGP_HELP_STD_HELP);
		return 0;
	}
	if (take_option(c, key, arg, call->opts, state))
		return 0;
	if (key == ARGP_KEY_ARG && c->too_many) {
		take_argument(call, arg, state);
		return 0;
	}
	if (c->other) {
		state->input = call->opts;
		ret = c->other(key, arg, state);
		state->input = call;
	}
	return ret;
}

/**
 * options_parse() - Read the command line of a command
 * @c: the command
 * @argc: number of arguments
 * @argv: arguments; the first is the name of the command
 * @opts: receives the values
 *
 * Does not return if something is wrong, or if only help was asked for.
 */
void options_parse(const struct command *c, int argc, char **argv, void *opts)
{
	struct call call = { .command = c, .opts = opts };
	struct argp_option *all =
		xcalloc(c->nr_options + c->nr_more + 2, sizeof(*all));
	struct argp argp = { .options = all,
			     .parser = parse,
			     .args_doc = c->args_doc,
			     .doc = c->doc };
	int group = 0;
	size_t i;

	for (i = 0; i < c->nr_options; i++) {
		const struct option_row *o = &c->options[i];

		if (o->kind == OPTION_HEADING)
			group++;
		all[i] = (struct argp_option){ o->name, o->key, o->arg,
					       0,	o->doc, group };
	}
	for (i = 0; i < c->nr_more; i++)
		all[c->nr_options + i] = c->more[i];
	all[c->nr_options + i] =
		(struct argp_option){ .key = 'h', .flags = OPTION_HIDDEN };
	argp_parse(&argp, argc, argv, 0, NULL, &call);
	free(all);
}
