// SPDX-License-Identifier: GPL-2.0
/* tokctl report: a saved result as a page for a browser. */
#include <argp.h>
#include <err.h>
#include <stdlib.h>
#include <string.h>

#include "commands.h"
#include "doc.h"
#include "out.h"
#include "report_page.h"
#include "status.h"

struct opts {
	const char *input;
	const char *output;
	const char *title;
	unsigned int picture; /* 0: the page */
};

struct job {
	struct json_object *doc;
	unsigned int picture;
};

static error_t parse(int key, char *arg, struct argp_state *state)
{
	struct opts *o = state->input;
	char *end;

	switch (key) {
	case 'h':
		argp_state_help(state, stdout, ARGP_HELP_STD_HELP);
		return 0;
	case 'o':
		o->output = arg;
		return 0;
	case 't':
		o->title = arg;
		return 0;
	case 'p':
		o->picture = strtoul(arg, &end, 10);
		if (*end || *arg < '1' || *arg > '9')
			argp_error(state,
				   "-p: '%.40s' is not the number of a picture",
				   arg);
		return 0;
	case ARGP_KEY_ARG:
		if (o->input)
			argp_error(state, "'%.40s': report takes one FILE",
				   arg);
		o->input = arg;
		return 0;
	case ARGP_KEY_END:
		if (!o->input)
			argp_error(state,
				   "FILE is missing: a result that run -f json has saved");
		return 0;
	default:
		return ARGP_ERR_UNKNOWN;
	}
}

static const struct argp_option options[] = {
	{ "output", 'o', "FILE", 0,
	  "Write the page to FILE; -: standard output (default)", 0 },
	{ "title", 't', "TEXT", 0,
	  "Title of the page, instead of the saved one", 0 },
	{ "picture", 'p', "N", 0,
	  "Write only the N-th picture of the page, as an SVG file", 0 },
	{ NULL, 'h', NULL, OPTION_HIDDEN, NULL, 0 },
	{ 0 },
};

static const struct argp argp = {
	.options = options,
	.parser = parse,
	.args_doc = "FILE.json",
	.doc = "Make one page for a browser of a result that run -f json has saved: what was "
	       "asked, on what machine, whether the numbers can be trusted, tables and "
	       "pictures. The page is one file, needs no network and runs no script. "
	       "FILE - is standard input. gnuplot must be installed (package gnuplot-nox).\v"
	       "Examples:\n"
	       "  tokctl report all.json -o report.html\n"
	       "  tokctl report all.json --picture 1 -o throughput.svg\n"
	       "  tokctl report all.json -o - --title 'Before the change' >before.html",
};

static bool print(FILE *f, const void *what)
{
	const struct job *job = what;
	struct msg m;

	if (job->picture ? report_put_picture(f, job->doc, job->picture, &m) :
			   report_put(f, job->doc, &m))
		return true;
	warnx("%s", m.text);
	return false;
}

/* Not a word of a page that cannot be finished. */
static int print_whole(const struct job *job)
{
	char *text = NULL;
	size_t len = 0;
	FILE *f = open_memstream(&text, &len);
	bool ok;

	if (!f)
		err(ST_BAD, "out of memory");
	ok = print(f, job);
	if (fclose(f))
		err(ST_BAD, "out of memory");
	if (ok)
		fwrite(text, 1, len, stdout);
	free(text);
	return ok ? ST_OK : ST_BAD;
}

/**
 * cmd_report_main() - tokctl report
 * @argc: number of arguments
 * @argv: arguments; the first is the name of the command
 *
 * Return: exit status.
 */
int cmd_report_main(int argc, char **argv)
{
	struct opts o = { .output = "-" };
	struct job job;
	int ret;

	argp_parse(&argp, argc, argv, 0, NULL, &o);
	job = (struct job){ doc_load(o.input), o.picture };
	if (!job.doc)
		return ST_USAGE;
	doc_set_title(job.doc, o.title);
	if (!strcmp(o.output, "-")) {
		ret = print_whole(&job);
	} else {
		ret = out_probe(o.output);
		if (!ret)
			ret = out_write(o.output, print, &job);
	}
	json_object_put(job.doc);
	return ret;
}
