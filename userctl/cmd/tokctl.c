// SPDX-License-Identifier: GPL-2.0
/* tokctl: runs the tokbench module. Table of subcommands and dispatch. */
#include <argp.h>
#include <err.h>
#include <locale.h>
#include <signal.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>
#include <sys/resource.h>
#include <unistd.h>

#include "base/status.h"
#include "base/xalloc.h"
#include "commands.h"

static const struct {
	const char *name;
	int (*main)(int argc, char **argv);
	const char *doc;
} commands[] = {
	{ "compare", cmd_compare_main,
	  "saved results against the first of them" },
	{ "list", cmd_list_main,
	  "what the loaded module offers: locks and parameters" },
	{ "run", cmd_run_main,
	  "measure locks, also over a matrix of parameters" },
	{ "report", cmd_report_main, "a saved result as a page for a browser" },
	{ "show", cmd_show_main,
	  "state and last result, or a saved result (default)" },
	{ "stop", cmd_stop_main, "end the run that is on" },
	{ "verify", cmd_verify_main,
	  "prove that the checkers work on this machine" },
};

#define NAMES "compare, list, report, run, show, stop, verify"
#define SHOW 4 /* the command that needs no name */
#define STACK_NEEDED (1024 * 1024)
#define NR_COMMANDS (sizeof(commands) / sizeof(commands[0]))

static void help(FILE *f)
{
	size_t i;

	fputs("Usage: tokctl [COMMAND] [OPTION...]\n"
	      "Measure locks under contention with the tokbench kernel module.\n\n",
	      f);
	for (i = 0; i < NR_COMMANDS; i++)
		fprintf(f, "  %-7s %s\n", commands[i].name, commands[i].doc);
	fputs("\n"
	      "  tokctl COMMAND --help   options and examples of a command\n"
	      "  tokctl --version        version of tokctl\n"
	      "\n"
	      "Exit status: 0 good, 1 a run was invalid, failed or interrupted, 2 usage,\n"
	      "3 the module or the privileges are missing. Everything else: man tokctl\n",
	      f);
}

static int run_command(size_t i, int argc, char **argv)
{
	char name[32];

	/* argp takes its name for messages from argv[0]. */
	snprintf(name, sizeof(name), "tokctl %s", commands[i].name);
	argv[0] = name;
	return commands[i].main(argc, argv);
}

static bool finished;

/* Data that did not reach its file must not look like success. */
static int finish(int status)
{
	finished = true;
	if (ferror(stdout) || fclose(stdout)) {
		warn("standard output");
		return status ? status : ST_BAD;
	}
	return status;
}

/* argp ends the program itself after its help. */
static void check_help(void)
{
	if (finished)
		return;
	if (ferror(stdout) || fflush(stdout)) {
		warn("standard output");
		_exit(ST_BAD);
	}
}

/* A limit is looked at when the stack grows, so that it can be raised now. */
static bool enough_stack(void)
{
	struct rlimit r;

	if (getrlimit(RLIMIT_STACK, &r) || r.rlim_cur >= STACK_NEEDED)
		return true;
	r.rlim_cur = STACK_NEEDED;
	if (r.rlim_max < STACK_NEEDED)
		r.rlim_max = STACK_NEEDED;
	if (!setrlimit(RLIMIT_STACK, &r))
		return true;
	warnx("the limit of the stack is below %d KiB; type: ulimit -s %d",
	      STACK_NEEDED / 1024, STACK_NEEDED / 1024);
	return false;
}

static int dispatch(int argc, char **argv)
{
	size_t i;

	if (argc < 2)
		return run_command(SHOW, 1, argv);

	if (!strcmp(argv[1], "--help") || !strcmp(argv[1], "-h") ||
	    !strcmp(argv[1], "help")) {
		help(stdout);
		return ST_OK;
	}
	if (!strcmp(argv[1], "--version") || !strcmp(argv[1], "-V")) {
		puts("tokctl " TOKCTL_VERSION);
		return ST_OK;
	}
	for (i = 0; i < NR_COMMANDS; i++)
		if (!strcmp(argv[1], commands[i].name))
			return run_command(i, argc - 1, argv + 1);
	warnx("'%.40s' is not a command; allowed: " NAMES " (tokctl --help)",
	      argv[1]);
	return ST_USAGE;
}

int main(int argc, char **argv)
{
	/* Only the character set: numbers keep their decimal point. */
	setlocale(LC_CTYPE, "");
	/* A file that gets too large is an error like a full disk. */
	signal(SIGXFSZ, SIG_IGN);
	argp_err_exit_status = ST_USAGE;
	if (!enough_stack())
		return ST_USAGE;
	atexit(check_help);
	return finish(dispatch(argc, argv));
}
