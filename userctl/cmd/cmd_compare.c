// SPDX-License-Identifier: GPL-2.0
/* tokctl compare: two saved results against each other. */
#include <err.h>

#include "base/json.h"
#include "base/status.h"
#include "commands.h"
#include "options.h"
#include "result/compare.h"
#include "result/doc.h"

struct opts {
	const char *file[2];
	struct option_format format;
	bool force;
};

static const struct option_row options[] = {
	FORMAT(OPTION_FORMAT, "table|json|csv", format,
	       "Format of the comparison"),
	FLAG("force", OPTION_KEY, force,
	     "Compare what was not measured under the same conditions"),
};

static error_t check(int key, char *arg, struct argp_state *state)
{
	const struct opts *o = state->input;

	(void)arg;
	if (key != ARGP_KEY_END)
		return ARGP_ERR_UNKNOWN;
	if (!o->file[1])
		argp_error(state,
			   "two files must be given that run -f json has saved");
	return 0;
}

static const struct command command = {
	OPTIONS(options),
	.args = offsetof(struct opts, file),
	.nr_args = 2,
	.too_many = "compare takes two files",
	.other = check,
	.args_doc = "A.json B.json",
	.doc = "Compare two results that run -f json has saved, lock by lock and cell by cell: "
	       "throughput of B over that of A, with an interval and a verdict, and the times to "
	       "acquire side by side. Results of different machines, kernels, debug options, labs or "
	       "parameters are refused, a simulated one and a measured one even "
	       "with --force.\v"
	       "Examples:\n"
	       "  tokctl compare before.json after.json\n"
	       "  tokctl compare -f csv before.json after.json\n"
	       "  tokctl compare --force desk.json server.json\n"
	       "\n"
	       "Exit status: 0 compared; 2 usage, a file that cannot be used, or results that\n"
	       "cannot be compared.",
};

static bool is_simulated(struct json_object *doc)
{
	return json_is(doc, "runs.1.certificate.times", "simulated");
}

static int compare(const struct opts *o, struct json_object *a,
		   struct json_object *b)
{
	struct json_object *result = compare_make(a, b);
	size_t differences = json_length(json_array(result, "differences"));
	int ret = ST_OK;

	if (differences && !o->force) {
		out_differences(stderr, result);
		warnx("not measured under the same conditions; --force compares them all the same");
		ret = ST_USAGE;
	} else {
		if (o->format.format == OUT_TABLE)
			out_differences(stdout, result);
		out_compare(stdout, result, o->format.format);
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
	struct opts o = { .force = false };
	struct json_object *a, *b = NULL;
	int ret = ST_USAGE;

	options_parse(&command, argc, argv, &o);
	a = doc_load(o.file[0]);
	if (a)
		b = doc_load(o.file[1]);
	if (a && b && is_simulated(a) != is_simulated(b))
		warnx("%s was simulated, %s was not: there is nothing to compare",
		      o.file[is_simulated(b)], o.file[is_simulated(a)]);
	else if (a && b)
		ret = compare(&o, a, b);
	json_object_put(a);
	json_object_put(b);
	return ret;
}
