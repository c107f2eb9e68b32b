// SPDX-License-Identifier: GPL-2.0
/* tokctl compare: saved results against the first of them. */
#include <err.h>

#include "base/json.h"
#include "base/numarg.h"
#include "base/status.h"
#include "commands.h"
#include "options.h"
#include "result/compare.h"
#include "result/doc.h"

/* More than these are no comparison that anybody reads. */
#define FILES_MAX 64

struct opts {
	const char *file[FILES_MAX];
	struct option_format format;
	double slower; /* share; 0: any is good */
	bool force;
};

#define KEY_SLOWER (OPTION_KEY + 1)

static const struct option_row options[] = {
	FORMAT(OPTION_FORMAT, OUT_FORMATS, format, "Format of the comparison"),
	FLAG("force", OPTION_KEY, force,
	     "Compare what was not measured under the same conditions"),
	OTHER("fail-if-slower", KEY_SLOWER, "PERCENT",
	      "Exit status 1 if a lock is slower by more than this: if the whole 95 % interval "
	      "says so (0.1 to 99); also if no interval says anything"),
};

static error_t parse(int key, char *arg, struct argp_state *state)
{
	struct opts *o = state->input;
	struct msg m;

	switch (key) {
	case KEY_SLOWER:
		if (!numarg_percent(arg, 0.1, 99, &o->slower, &m))
			argp_error(state, "--fail-if-slower: %s", m.text);
		return 0;
	case ARGP_KEY_END:
		if (!o->file[1])
			argp_error(state,
				   "two files must be given, or more, that run -o FILE.json has saved");
		if (o->file[2] && (o->format.format == OUT_CSV ||
				   o->format.format == OUT_CSV_LONG))
			argp_error(state,
				   "-f: %s is for two files; allowed for more: table, json, md",
				   out_format_word(o->format.format));
		return 0;
	default:
		return ARGP_ERR_UNKNOWN;
	}
}

static const struct command command = {
	OPTIONS(options),
	.args = offsetof(struct opts, file),
	.nr_args = FILES_MAX,
	.too_many = "compare takes 64 files at most",
	.other = parse,
	.args_doc = "A.json B.json...",
	.doc = "Compare results that run -o FILE.json has saved with the first of them, "
	       "lock by lock "
	       "and cell by cell: throughput of B over that of A, with an interval and a verdict, and "
	       "the times to acquire side by side. Results of different machines, kernels, debug options, labs or "
	       "parameters are refused, a simulated one and a measured one even "
	       "with --force.\v"
	       "Examples:\n"
	       "  tokctl compare before.json after.json\n"
	       "  tokctl compare -f csv before.json after.json\n"
	       "  tokctl compare --fail-if-slower 5 before.json after.json\n"
	       "  tokctl compare --force desk.json server.json\n"
	       "\n"
	       "Exit status: 0 compared; 1 slower by more than --fail-if-slower, or nothing could be\n"
	       "said of it; 2 usage, a file that cannot be used, or results that cannot be compared.",
};

static bool is_simulated(struct json_object *doc)
{
	return json_is(doc, "runs.1.certificate.times", "simulated");
}

/* Is no lock slower than is allowed, as far as the intervals go? */
static int judge(const struct opts *o, struct json_object *result,
		 const char *file)
{
	size_t i, intervals = 0, judged = 0, slower = 0;
	struct json_object *row;
	double hi;

	json_for_each(i, row, json_array(result, "rows")) {
		if (!json_number(row, "ratio.ci95.2", &hi))
			continue;
		intervals++;
		if (!json_text(row, "ratio.verdict"))
			continue;
		judged++;
		slower += hi < 1 - o->slower;
	}
	if (slower)
		warnx("%s: %zu of %zu rows are slower than %s by more than %g %%",
		      file, slower, judged, o->file[0], o->slower * 100);
	else if (intervals && !judged)
		warnx("%s: --fail-if-slower: no row has a verdict; "
		      "times mean nothing where the CPU is emulated",
		      file);
	else if (!judged)
		warnx("%s: --fail-if-slower: no row has an interval; "
		      "it takes 6 good runs of each lock in both files",
		      file);
	return slower || !judged ? ST_BAD : ST_OK;
}

/* One of several has a heading. */
static int compare(const struct opts *o, struct json_object *a,
		   struct json_object *b, const char *file)
{
	struct json_object *result = compare_make(a, b);
	size_t differences = json_length(json_array(result, "differences"));
	int ret = ST_OK;

	if (differences && !o->force) {
		out_differences(stderr, result);
		warnx("not measured under the same conditions; --force compares them all the same");
		ret = ST_USAGE;
	} else {
		bool people = o->format.format == OUT_TABLE ||
			      o->format.format == OUT_MD;

		json_add_text(result, "a_file", o->file[0]);
		json_add_text(result, "b_file", file);
		if (people && o->file[2]) {
			if (file != o->file[1])
				putchar('\n');
			out_foreign(stdout, "A: %s, B: %s", o->file[0], file);
			putchar('\n');
		}
		if (people)
			out_differences(stdout, result);
		out_compare(stdout, result, o->format.format);
		if (o->slower > 0)
			ret = judge(o, result, file);
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
	struct json_object *a, *b;
	int ret = ST_OK, worst = ST_OK;
	size_t i;

	options_parse(&command, argc, argv, &o);
	a = doc_load(o.file[0]);
	if (!a)
		return ST_USAGE;
	for (i = 1; i < FILES_MAX && o.file[i]; i++) {
		b = doc_load(o.file[i]);
		ret = ST_USAGE;
		if (b && is_simulated(a) != is_simulated(b))
			warnx("%s was simulated, %s was not: there is nothing to compare",
			      o.file[is_simulated(b) ? i : 0],
			      o.file[is_simulated(a) ? i : 0]);
		else if (b)
			ret = compare(&o, a, b, o.file[i]);
		json_object_put(b);
		worst = ret > worst ? ret : worst;
	}
	json_object_put(a);
	return worst;
}
