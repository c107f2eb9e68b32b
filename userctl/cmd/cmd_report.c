// SPDX-License-Identifier: GPL-2.0
/* tokctl report: a saved result as a page for a browser. */
#include <err.h>
#include <stdlib.h>
#include <string.h>

#include "base/status.h"
#include "base/xalloc.h"
#include "commands.h"
#include "options.h"
#include "report/report_page.h"
#include "result/doc.h"

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

	if (key == ARGP_KEY_END && !o->input)
		argp_error(state,
			   "FILE is missing: a result that run -f json has saved");
	if (key != 'p')
		return ARGP_ERR_UNKNOWN;
	o->picture = strtoul(arg, &end, 10);
	if (*end || *arg < '1' || *arg > '9')
		argp_error(state, "-p: '%.40s' is not the number of a picture",
			   arg);
	return 0;
}

static const struct option_row options[] = {
	TEXT("output", 'o', "FILE", output,
	     "Write the page to FILE; -: standard output (default)"),
	TEXT("title", 't', "TEXT", title,
	     "Title of the page, instead of the saved one"),
	OTHER("picture", 'p', "N",
	      "Write only the N-th picture of the page, as an SVG file"),
};

static const struct command command = {
	OPTIONS(options),
	.args = offsetof(struct opts, input),
	.nr_args = 1,
	.too_many = "report takes one FILE",
	.other = parse,
	.args_doc = "FILE.json",
	.doc = "Make one page for a browser of a result that run -f json has saved: the "
	       "verdict and a chart of it, what was asked, on what machine, whether the "
	       "numbers can be trusted, tables and pictures. The page is one file, needs no network and runs no script. "
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
	FILE *f = xmemstream(&text, &len);
	bool ok;

	ok = print(f, job);
	xmemclose(f);
	if (ok)
		fwrite(text, 1, len, stdout);
	free(text);
	return ok ? ST_OK : ST_BAD;
}

/* A page in the place of the result it was made of would be all that is left. */
static int print_to_file(const struct opts *o, const struct job *job)
{
	struct outfile file = { .fd = -1 };
	int ret;

	if (outfile_same(o->input, o->output)) {
		warnx("-o: '%s' is the result itself, which would be lost",
		      o->output);
		return ST_USAGE;
	}
	ret = outfile_open(&file, o->output);
	if (!ret)
		ret = file.is_stdout ? print_whole(job) :
				       outfile_write(&file, print, job, NULL);
	outfile_close(&file);
	return ret;
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

	options_parse(&command, argc, argv, &o);
	job = (struct job){ doc_load(o.input), o.picture };
	if (!job.doc)
		return ST_USAGE;
	doc_set_title(job.doc, o.title);
	doc_renew(job.doc);
	ret = strcmp(o.output, "-") ? print_to_file(&o, &job) :
				      print_whole(&job);
	json_object_put(job.doc);
	return ret;
}
