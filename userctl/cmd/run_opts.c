// SPDX-License-Identifier: GPL-2.0
/* The options of tokctl run. */
#include <err.h>
#include <inttypes.h>
#include <string.h>

#include "base/json.h"
#include "base/numarg.h"
#include "base/xalloc.h"
#include "run_opts.h"

/* Keys of options without a letter. */
enum {
	KEY_PRECISION = OPTION_KEY,
	KEY_MAX_TIME,
	KEY_MAX_ROUNDS,
	KEY_TAG,
	KEY_STATUS,
	KEY_COLUMNS,
	KEY_SORT,
	KEY_OTHERS, /* of options that are only kept; so many at most: */
	KEY_PARAM = KEY_OTHERS + 16, /* + enum param_id; the last ones */
};

/* Numbers of the headings below. */
enum {
	GROUP_NEEDED = 1,
	GROUP_USUAL = 2,
	GROUP_PARAMS = 5,
	GROUP_KNOBS = 6,
};

static const struct option_row options[] = {
	HEADING("Must be given:"),
	OTHER("lock", 'l', "LOCK[,LOCK...]",
	      "Locks to compare; all: every lock of the module, tokens: every generation of tokens, "
	      "without those that cannot have these parameters"),
	HEADING("Often given:"),
	OTHER("repeats", 'n', "N|auto",
	      "Run each cell of the matrix N times; auto: as often as --precision needs "
	      "(default 6, in windows of 100 ms after 50 ms)"),
	FORMAT(OPTION_FORMAT, OUT_FORMATS, format,
	       "Format of FILE or of standard output (default table; of FILE by its "
	       "name: .json, .csv, .md)"),
	OTHER("output", 'o', "FILE",
	      "Write to FILE; the table is shown as well, unless -q. -: standard output"),
	FLAG("quiet", 'q', quiet, "No progress, and with -o no table"),
	FLAG("ledger", KEY_OTHERS + 6, view.ledger,
	     "Below the table a second one: the ledger of waste, in counts per 1000 operations"),
	TEXT("like", KEY_OTHERS + 9, "FILE", like,
	     "Repeat a saved run: its locks, parameters and repeats, where no option "
	     "says otherwise"),
	TEXT("resume", KEY_OTHERS + 2, "FILE", resume,
	     "Make only the runs of this matrix that are missing in FILE, which -o FILE.json wrote; "
	     "locks, values and repeats may have become more"),
	FLAG("dry-run", KEY_OTHERS + 4, dry_run,
	     "Print the matrix and how long it takes; run nothing"),
	MORE("How often, and compared with what:"),
	OTHER("precision", KEY_PRECISION, "PERCENT",
	      "With -n auto: half-width of the 95 % interval "
	      "of the ratio to the reference that is enough (default 3)"),
	OTHER("max-time", KEY_MAX_TIME, "TIME",
	      "With -n auto: begin no round that would end later (default 600s)"),
	OTHER("max-rounds", KEY_MAX_ROUNDS, "N",
	      "With -n auto: not more rounds than this (default 100)"),
	TEXT("reference", KEY_OTHERS, "LOCK", reference,
	     "The lock that the others are compared with (default: the first)"),
	FLAG("no-sentinel", KEY_OTHERS + 1, sw.no_sentinel,
	     "From 6 rounds on each has a run of none as well, "
	     "for compare; leave it out"),
	FLAG("force", KEY_OTHERS + 3, force,
	     "With --resume: also on another machine or kernel, or with another module"),
	MORE("What to do with the result:"),
	FLAG("pretty", KEY_OTHERS + 5, pretty,
	     "The table on standard output in any case, also with -q"),
	FLAG("checks", KEY_OTHERS + 7, view.checks,
	     "Below the table, all lines of the certificate and not only what is wrong"),
	TEXT("title", KEY_OTHERS + 8, "TEXT", title,
	     "A line printed above the table"),
	OTHER("tag", KEY_TAG, "NAME=VALUE",
	      "Kept in the result and printed above the table; several by repeating it"),
	CHECKED("columns", KEY_COLUMNS, "COLUMN[,COLUMN...]", view.columns,
		out_columns_check, OUT_COLUMNS_HELP),
	CHECKED("sort", KEY_SORT, "COLUMN", view.sort, out_sort_check,
		OUT_SORT_HELP),
	OTHER("status", KEY_STATUS, "TIME",
	      "Print how far it is in lines, one each TIME (1s to 1h), also where no terminal is"),
	MORE("Parameters, each with a value or a list of values:"),
	MORE("Knobs of tokens, "
	     "likewise; set only for locks that have them (default: the lock's own):"),
};

#define WHAT                                                                                       \
	"Run the module and print for each lock what it achieved. Every option of a parameter "    \
	"takes several values, separated by commas or by repeating the option; the runs then are " \
	"the matrix of all values. --cpus has commas of its own and is only repeated. Times take " \
	"ns, us, ms, s; counts take k, M."

#define STATUS                                                                            \
	"Ctrl-C stops the run and prints what was measured; a second one ends at once.\n" \
	"Exit status: 0 good; 1 a run was invalid, failed, refused or interrupted;\n"     \
	"2 usage; 3 the module or the privileges are missing."

static const char brief_text[] = WHAT
	"\vExamples:\n"
	"  tokctl run -l token-poll,mutex --hold 2us --think 0\n"
	"  tokctl run -l all --threads-per-cpu 1,4 --hold 0.5us --think 2us -o all.json\n"
	"  tokctl run --like all.json -n 12 --resume all.json\n"
	"\n"
	"Every option, all parameters and knobs: tokctl run --help=all\n"
	"\n" STATUS;

static const char help_text[] = WHAT
	"\vExamples:\n"
	"  tokctl run -l token-poll,mutex --hold 2us --think 0\n"
	"  tokctl run -l all --threads-per-cpu 1,4 --hold 0.5us --think 2us -n 12\n"
	"  tokctl run -l tokens --threads-per-cpu 16 --hold 2us --think 0 --ledger\n"
	"  tokctl run -l all --locks 8 --set-size 2 --order random --hold 1us \\\n"
	"        --think 1us --ledger\n"
	"  tokctl run -l mutex,token-handoff --hold 0 --think 0 \\\n"
	"        --groups hold=10us/hold=1us\n"
	"  tokctl run -l spinlock,mutex --hold 1us --think 0 --rate 100k,400k\n"
	"  tokctl run -l mutex --cpus 0-3 --cpus 0-7 --hold 1us --think 1us \\\n"
	"        --dry-run\n"
	"  tokctl run -l mutex,token-backoff --hold 1us --think 1us -n auto \\\n"
	"        --precision 2 --max-time 300s\n"
	"  tokctl run -l token-poll --hold 2us --think 0 -o poll.json --tag machine=desk\n"
	"  tokctl run --like poll.json --columns ops,p50,p99,max --sort -ops\n"
	"  tokctl run --like poll.json -n 12 --resume poll.json\n"
	"\n" STATUS;

static const struct numarg_spec repeats_spec = { "", 1, REPEATS_MAX };
static const struct numarg_spec rounds_spec = { "", ROUNDS_MIN, REPEATS_MAX };
static const struct numarg_spec time_spec = { "s", 1, 365 * 86400 };
static const struct numarg_spec status_spec = { "ms", 1000, 3600000 };

/* How often, and when that is enough. */
static error_t parse_rounds(int key, char *arg, struct argp_state *state)
{
	struct opts *o = state->input;
	struct rounds *r = &o->sw.rounds;
	uint64_t n = r->max_rounds;
	bool ok;
	struct msg m;

	switch (key) {
	case 'n':
		r->on = !strcmp(arg, "auto");
		o->repeats = ROUNDS_MIN;
		ok = r->on || numarg_parse(arg, &repeats_spec, &o->repeats, &m);
		if (!ok)
			argp_error(state, "-n: %s; or: auto", m.text);
		return 0;
	case KEY_PRECISION:
		ok = numarg_percent(arg, 0.1, 50, &r->precision, &m);
		break;
	case KEY_MAX_TIME:
		ok = numarg_parse(arg, &time_spec, &r->max_time_s, &m);
		break;
	case KEY_MAX_ROUNDS:
		ok = numarg_parse(arg, &rounds_spec, &n, &m);
		r->max_rounds = n;
		break;
	default:
		return ARGP_ERR_UNKNOWN;
	}
	o->for_auto = key;
	if (!ok)
		argp_error(state, "--%s: %s",
			   key == KEY_PRECISION ? "precision" :
			   key == KEY_MAX_TIME	? "max-time" :
						  "max-rounds",
			   m.text);
	return 0;
}

static void add_tag(struct opts *o, const char *arg, struct argp_state *state)
{
	static const char allowed[] =
		"abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-";
	size_t len = strspn(arg, allowed);
	char *name = xstrndup(arg, len);
	char quoted[MSG_QUOTE_MAX];

	if (!len || arg[len] != '=')
		argp_error(state,
			   "--tag: %s is not NAME=VALUE; allowed: a name of letters, "
			   "digits, '_' and '-', then '=' and any text",
			   msg_quote(quoted, arg));
	if (!o->tags)
		o->tags = json_object_new_object();
	if (json_object_object_get_ex(o->tags, name, NULL))
		argp_error(state, "--tag: %s is given twice",
			   msg_quote(quoted, name));
	json_add_text(o->tags, name, arg + len + 1);
	free(name);
}

/* The name of a file says its format, unless -f does; the two must agree. */
static void format_by_name(struct opts *o, struct argp_state *state)
{
	enum out_format format = o->format.format;
	char quoted[MSG_QUOTE_MAX];

	if (!o->file || !out_format_of_name(o->file, &format))
		return;
	if (o->format.given && format != o->format.format &&
	    !(format == OUT_CSV && o->format.format == OUT_CSV_LONG))
		argp_error(state,
			   "-o: %s is the name of a %s file, but -f says %s",
			   msg_quote(quoted, o->file), out_format_word(format),
			   out_format_word(o->format.format));
	if (!o->format.given)
		o->format.format = format;
	o->format.given = true;
}

/* What does not go together. */
static void check_options(struct opts *o, struct argp_state *state)
{
	format_by_name(o, state);
	if (o->resume && !o->format.given)
		o->format.format = OUT_JSON;
	/* What came from standard input has no file to go back to. */
	if (o->resume && !strcmp(o->resume, "-") && !o->file)
		o->to_stdout = true;
	if (o->resume && !o->file && !o->to_stdout) {
		if (o->format.format != OUT_JSON)
			argp_error(state,
				   "--resume: the result goes back to its file, "
				   "which must be JSON; give -o for another format");
		o->file = o->resume;
	}
	if (o->quiet && o->sw.status_ms)
		argp_error(state, "--status: with -q nothing is printed");
	if (o->pretty && !o->file && o->format.format != OUT_TABLE)
		argp_error(state,
			   "--pretty: the table and what -f asks for cannot both go "
			   "to standard output; give -o FILE");
	if (o->force && !o->resume)
		argp_error(state, "--force is for --resume");
	if (o->for_auto && !o->sw.rounds.on)
		argp_error(state,
			   "--precision, --max-time and --max-rounds are for -n auto");
}

static void check_axes(struct opts *o, struct argp_state *state)
{
	struct msg m;

	if (o->like)
		run_like(o, state);
	if (!o->sw.axes.axis[PARAM_lock].n)
		argp_error(state,
			   "-l must be given: the lock, or locks, to run "
			   "(tokctl list locks)");
	o->chose_duration = o->sw.axes.axis[PARAM_duration_ms].n;
	o->chose_warmup = o->sw.axes.axis[PARAM_warmup_ms].n;
	if (!axes_complete(&o->sw.axes, &m))
		argp_error(state, "%s", m.text);
	if (o->repeats)
		return;
	o->repeats = ROUNDS_MIN;
	o->short_windows = true;
	axes_short_window(&o->sw.axes, !o->chose_duration, !o->chose_warmup);
}

static error_t parse(int key, char *arg, struct argp_state *state)
{
	struct opts *o = state->input;
	char quoted[MSG_QUOTE_MAX];
	enum param_id id = PARAM_lock;
	struct msg m;

	switch (key) {
	case KEY_TAG:
		add_tag(o, arg, state);
		return 0;
	case KEY_STATUS:
		if (!numarg_parse(arg, &status_spec, &o->sw.status_ms, &m))
			argp_error(state, "--status: %s", m.text);
		return 0;
	case 'o':
		o->to_stdout = !strcmp(arg, "-");
		o->file = o->to_stdout ? NULL : arg;
		return 0;
	case ARGP_KEY_ARG:
		argp_error(state,
			   "%s: run takes options only; locks are given with -l",
			   msg_quote(quoted, arg));
		return 0;
	case ARGP_KEY_END:
		check_axes(o, state);
		check_options(o, state);
		return 0;
	}
	if (key >= KEY_PARAM && key < KEY_PARAM + NR_PARAMS)
		id = key - KEY_PARAM;
	else if (key != 'l')
		return parse_rounds(key, arg, state);
	if (!axes_add(&o->sw.axes, id, arg, &m))
		argp_error(state, "%s", m.text);
	return 0;
}

/* "the measured window (default 1000 ms; 10 to 3600000)" */
static char *param_help(enum param_id id)
{
	const struct param *p = &params[id];
	const char *const *words = params_words(p->kind);
	const char *unit = *p->unit ? " " : "";
	char list[128] = "";
	char *text;
	int n;

	for (n = 0; words && words[n]; n++)
		snprintf(list + strlen(list), sizeof(list) - strlen(list),
			 "%s%s", n ? ", " : "", words[n]);
	if (words && params_is_knob(id)) {
		n = asprintf(&text, "%s (%s)", p->doc, list);
	} else if (params_is_knob(id)) {
		n = asprintf(&text, "%s (%" PRIu64 " to %" PRIu64 "%s%s)",
			     p->doc, p->min, p->max, unit, p->unit);
	} else if (words) {
		n = asprintf(&text, "%s (%s; default %s)", p->doc, list,
			     words[p->def]);
	} else if (p->kind == PARAM_KIND_GROUPS) {
		n = asprintf(&text,
			     "%s; settings: threads, hold, think, shared_pct, nice, several separated by ':'; times take units",
			     p->doc);
	} else if (p->kind != PARAM_KIND_UINT) {
		n = asprintf(&text, "%s", p->doc);
	} else if (id == PARAM_hold_ns || id == PARAM_think_ns) {
		n = asprintf(&text,
			     "%s (no default; %" PRIu64 " to %" PRIu64 "%s%s)",
			     p->doc, p->min, p->max, unit, p->unit);
	} else {
		n = asprintf(&text,
			     "%s (default %" PRIu64 "; %" PRIu64 " to %" PRIu64
			     "%s%s)",
			     p->doc, p->def, p->min, p->max, unit, p->unit);
	}
	if (n < 0)
		err(ST_BAD, "out of memory");
	return text;
}

static const char *param_arg(const struct param *p)
{
	switch (p->kind) {
	case PARAM_KIND_CPUS:
		return "LIST";
	case PARAM_KIND_GROUPS:
		return "GROUP/GROUP...";
	case PARAM_KIND_PHASES:
		return "N/N...";
	case PARAM_KIND_UINT:
		return *p->unit ? "TIME" : "N";
	default:
		return "WORD";
	}
}

static int param_group(enum param_id id)
{
	static const enum param_id usual[] = { PARAM_threads_per_cpu,
					       PARAM_cpus, PARAM_duration_ms,
					       PARAM_warmup_ms };
	size_t i;

	if (id == PARAM_hold_ns || id == PARAM_think_ns)
		return GROUP_NEEDED;
	for (i = 0; i < sizeof(usual) / sizeof(usual[0]); i++)
		if (usual[i] == id)
			return GROUP_USUAL;
	return params_is_knob(id) ? GROUP_KNOBS : GROUP_PARAMS;
}

/**
 * run_opts_parse() - Read the command line of tokctl run
 * @o: receives what was asked for; free its sweep with sweep_free()
 * @argc: number of arguments
 * @argv: arguments; the first is the name of the command
 *
 * Does not return if something is wrong, or if only help was asked for.
 */
void run_opts_parse(struct opts *o, int argc, char **argv)
{
	struct argp_option all[2 * NR_PARAMS] = { { 0 } };
	struct command command = { OPTIONS(options), .more = all,
				   .other = parse, .doc = help_text,
				   .brief = brief_text };
	char *docs[NR_PARAMS] = { NULL };
	size_t i;

	for (i = 0; i < NR_PARAMS; i++) {
		if (i == PARAM_lock)
			continue;
		docs[i] = param_help(i);
		all[command.nr_more++] =
			(struct argp_option){ params_option(i),
					      KEY_PARAM + i,
					      param_arg(&params[i]),
					      0,
					      docs[i],
					      param_group(i) };
		if (params_alias(i))
			all[command.nr_more++] =
				(struct argp_option){ params_alias(i),
						      KEY_PARAM + i,
						      param_arg(&params[i]),
						      OPTION_HIDDEN,
						      NULL,
						      param_group(i) };
	}
	*o = (struct opts){ .sw.rounds = { .precision = 0.03,
					   .max_time_s = 600,
					   .max_rounds = 100 },
			    .argc = argc,
			    .argv = argv };
	options_parse(&command, argc, argv, o);
	for (i = 0; i < NR_PARAMS; i++)
		free(docs[i]);
}
