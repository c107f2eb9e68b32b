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
	struct argp_option *all;
	struct argp *argp;
};

#define KEY_USAGE (OPTION_KEY - 1)
#define HEADINGS_MAX 16

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
	if (!csv && to->format > OUT_JSON)
		argp_error(state,
			   "-f: %s is not a format of %s; allowed: table, json",
			   msg_quote(quoted, arg),
			   strrchr(state->name, ' ') + 1);
}

static void keep_text(const struct option_row *o, const char *arg,
		      const char **to, struct argp_state *state)
{
	struct msg m;

	if (o->check && !o->check(arg, &m))
		argp_error(state, "--%s: %s", o->name, m.text);
	*to = arg;
}

static bool take_option(const struct command *c, int key, char *arg, void *opts,
			struct argp_state *state)
{
	size_t i;
	char *to;

	for (i = 0; i < c->nr_options; i++) {
		const struct option_row *o = &c->options[i];

		if (o->key != key || o->kind == OPTION_OTHER ||
		    o->kind >= OPTION_SAME)
			continue;
		to = (char *)opts + o->at;
		if (o->kind == OPTION_FLAG)
			*(bool *)to = true;
		else if (o->kind == OPTION_TEXT)
			keep_text(o, arg, (const char **)to, state);
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

/* Options and headings that are in the long help only are taken out. */
static void make_brief(const struct call *call)
{
	bool more[HEADINGS_MAX] = { false };
	const struct command *c = call->command;
	struct argp_option *o;
	int group = 0;
	size_t i;

	for (i = 0; i < c->nr_options; i++)
		if (c->options[i].kind >= OPTION_HEADING)
			more[++group] = c->options[i].kind == OPTION_MORE;
	for (o = call->all; o->name || o->doc || o->key; o++) {
		if (o->group < 0 || !more[o->group])
			continue;
		o->flags |= OPTION_HIDDEN;
		if (!o->name)
			o->doc = "";
	}
	call->argp->doc = c->brief;
}

static void help(const struct call *call, const char *arg,
		 struct argp_state *state)
{
	char quoted[MSG_QUOTE_MAX];

	if (arg && strcmp(arg, "all") != 0)
		argp_error(state,
			   "--help: %s is not allowed here; allowed: all",
			   msg_quote(quoted, arg));
	if (!arg && call->command->brief)
		make_brief(call);
	argp_state_help(state, stdout, ARGP_HELP_STD_HELP);
}

static error_t parse(int key, char *arg, struct argp_state *state)
{
	struct call *call = state->input;
	const struct command *c = call->command;
	error_t ret = ARGP_ERR_UNKNOWN;

	if (key == '?' || key == 'h') {
		help(call, arg, state);
		return 0;
	}
	if (key == KEY_USAGE) {
		argp_state_help(state, stdout,
				ARGP_HELP_USAGE | ARGP_HELP_EXIT_OK);
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
	const struct argp_option own[] = {
		{ "help", '?', "all", OPTION_ARG_OPTIONAL,
		  c->brief ? "This help; --help=all: every option" :
			     "This help",
		  -1 },
		{ .key = 'h', .flags = OPTION_HIDDEN },
		{ "usage", KEY_USAGE, NULL, OPTION_HIDDEN, NULL, -1 },
	};
	const size_t nr_own = sizeof(own) / sizeof(own[0]);
	struct argp_option *all =
		xcalloc(c->nr_options + c->nr_more + nr_own + 1, sizeof(*all));
	struct argp argp = { .options = all,
			     .parser = parse,
			     .args_doc = c->args_doc,
			     .doc = c->doc };
	struct call call = { .command = c,
			     .opts = opts,
			     .all = all,
			     .argp = &argp };
	int group = 0;
	size_t i;

	for (i = 0; i < c->nr_options; i++) {
		const struct option_row *o = &c->options[i];

		group += o->kind >= OPTION_HEADING;
		all[i] = (struct argp_option){ o->name, o->key, o->arg,
					       0,	o->doc, group };
		if (o->kind == OPTION_SAME) {
			all[i].key = all[i - 1].key;
			all[i].arg = all[i - 1].arg;
			all[i].flags = OPTION_HIDDEN;
		}
	}
	if (c->nr_more)
		memcpy(all + i, c->more, c->nr_more * sizeof(*all));
	memcpy(all + i + c->nr_more, own, sizeof(own));
	argp_parse(&argp, argc, argv, ARGP_NO_HELP, NULL, &call);
	free(all);
}
