// SPDX-License-Identifier: GPL-2.0
/* tokctl compare: two saved results against each other. */
#include <argp.h>
#include <err.h>

#include "commands.h"
#include "compare.h"
#include "doc.h"
#include "jpath.h"
#include "out.h"
#include "status.h"

#define KEY_FORCE 0x100 /* an option without a letter */

struct opts {
	const char *file[2];
	size_t n;
	enum out_format format;
	bool force;
};

static const struct argp_option options[] = {
	{ "format", 'f', "table|json|csv", 0, "Format of the comparison", 0 },
	{ "force", KEY_FORCE, NULL, 0,
	  "Compare what was not measured under the same conditions", 0 },
	{ NULL, 'h', NULL, OPTION_HIDDEN, NULL, 0 },
	{ 0 },
};

static error_t parse(int key, char *arg, struct argp_state *state)
{
	struct opts *o = state->input;
	struct msg m;

	switch (key) {
	case 'h':
		argp_state_help(state, stdout, ARGP_HELP_STD_HELP);
		return 0;
	case 'f':
		if (!out_format_parse(arg, &o->format, &m))
			argp_error(state, "-f: %s", m.text);
		return 0;
	case KEY_FORCE:
		o->force = true;
		return 0;
	case ARGP_KEY_ARG:
		if (o->n == 2)
			argp_error(state, "'%.40s': compare takes two files",
				   arg);
		o->file[o->n++] = arg;
		return 0;
	case ARGP_KEY_END:
		if (o->n < 2)
			argp_error(state,
				   "two files must be given that run -f json has saved");
		return 0;
	default:
		return ARGP_ERR_UNKNOWN;
	}
}

static const struct argp argp = {
	.options = options,
	.parser = parse,
	.args_doc = "A.json B.json",
	.doc = "Compare two results that run -f json has saved, lock by lock and cell by cell: "
	       "throughput of B over that of A, with an interval and a verdict, and the times to "
	       "acquire side by side. Results of different machines, kernels, debug options, labs or "
	       "parameters are refused.\v"
	       "Examples:\n"
	       "  tokctl compare before.json after.json\n"
	       "  tokctl compare -f csv before.json after.json\n"
	       "  tokctl compare --force desk.json server.json\n"
	       "\n"
	       "Exit status: 0 compared; 2 usage, a file that cannot be used, or results that\n"
	       "cannot be compared.",
};

static int compare(const struct opts *o, struct json_object *a,
		   struct json_object *b)
{
	struct json_object *result = compare_make(a, b);
	size_t differences = jpath_length(jpath_array(result, "differences"));
	int ret = ST_OK;

	if (differences && !o->force) {
		out_differences(stderr, result);
		warnx("not measured under the same conditions; --force compares them all the same");
		ret = ST_USAGE;
	} else {
		if (o->format == OUT_TABLE)
			out_differences(stdout, result);
		out_compare(stdout, result, o->format);
	}
	json_object_put(result);
	return ret;
}

/**
 * cmd_compare_main() - tokctl compare
 * @argc: number of arguments
 * @argv: arguments; the first is the name of the command
 *
 * Return: exit status.
 */
int cmd_compare_main(int argc, char **argv)
{
	struct opts o = { .format = OUT_TABLE };
	struct json_object *a, *b = NULL;
	int ret = ST_USAGE;

	argp_parse(&argp, argc, argv, 0, NULL, &o);
	a = doc_load(o.file[0]);
	if (a)
		b = doc_load(o.file[1]);
	if (a && b)
		ret = compare(&o, a, b);
	json_object_put(a);
	json_object_put(b);
	return ret;
}
