// SPDX-License-Identifier: GPL-2.0
/* tokctl verify: do the checkers work on this machine? */
#include <argp.h>
#include <err.h>
#include <libsmartcols.h>
#include <string.h>

#include "commands.h"
#include "cpulist.h"
#include "dbgfs.h"
#include "env.h"
#include "intr.h"
#include "jpath.h"
#include "numarg.h"
#include "out.h"
#include "params.h"
#include "runner.h"
#include "status.h"
#include "verify.h"
#include "xalloc.h"

#define KEY_DURATION 0x100 /* an option without a letter */

struct opts {
	uint64_t duration_ms;
	bool quiet;
	bool json;
};

static const struct argp_option options[] = {
	{ "duration-ms", KEY_DURATION, "TIME", 0,
	  "The measured window of each run (default 100 ms)", 0 },
	{ "format", 'f', "table|json", 0, "Format of the proofs", 0 },
	{ "quiet", 'q', NULL, 0, "No progress", 0 },
	{ NULL, 'h', NULL, OPTION_HIDDEN, NULL, 0 },
	{ 0 },
};

static error_t parse(int key, char *arg, struct argp_state *state)
{
	const struct param *p = &params[PARAM_duration_ms];
	const struct numarg_spec spec = { p->unit, p->min, p->max };
	struct opts *o = state->input;
	enum out_format format;
	struct msg m;

	switch (key) {
	case 'h':
		argp_state_help(state, stdout, ARGP_HELP_STD_HELP);
		return 0;
	case KEY_DURATION:
		if (!numarg_parse(arg, &spec, &o->duration_ms, &m))
			argp_error(state, "--duration-ms: %s", m.text);
		return 0;
	case 'f':
		if (!out_format_parse(arg, &format, &m) || format == OUT_CSV)
			argp_error(state, "-f: allowed: table, json");
		o->json = format == OUT_JSON;
		return 0;
	case 'q':
		o->quiet = true;
		return 0;
	case ARGP_KEY_ARG:
		argp_error(state, "'%.40s': verify takes options only", arg);
		return 0;
	default:
		return ARGP_ERR_UNKNOWN;
	}
}

static const struct argp argp = {
	.options = options,
	.parser = parse,
	.doc = "Prove that the checkers work on this machine: a lock that does not exclude, an "
	       "intruder, a thread that is late and one that moves must each be found out, good runs "
	       "must be good, and a lock must not differ from itself.\v"
	       "Examples:\n"
	       "  tokctl verify\n"
	       "  tokctl verify --duration-ms 500 -f json\n"
	       "\n"
	       "Exit status: 0 all is proven that can be judged here; 1 something is not; 2 usage;\n"
	       "3 the module or the privileges are missing.",
};

static void print_table(struct json_object *list)
{
	static const char *const keys[] = { "what", "expected", "got",
					    "proven" };
	struct libscols_table *tb = out_new_table(stdout);
	size_t i, j;

	for (j = 0; j < sizeof(keys) / sizeof(keys[0]); j++)
		scols_table_new_column(tb, keys[j], 0, 0);
	for (i = 0; i < jpath_length(list); i++) {
		struct json_object *o = json_object_array_get_idx(list, i);
		struct libscols_line *line = scols_table_new_line(tb, NULL);

		for (j = 0; j < sizeof(keys) / sizeof(keys[0]); j++)
			scols_line_set_data(line, j, jpath_text(o, keys[j]));
		if (!strcmp(jpath_text_or(o, "proven", ""), "NOT"))
			scols_line_set_color(line, "red");
	}
	out_end_table(tb);
}

static void print_json(struct json_object *list, const char *version)
{
	struct json_object *doc = json_object_new_object();

	json_object_object_add(doc, "schema", json_object_new_int(TB_SCHEMA));
	json_object_object_add(doc, "environment", env_read(version));
	json_object_object_add(doc, "proofs", json_object_get(list));
	json_object_object_add(doc, "proven",
			       json_object_new_boolean(verify_proven(list)));
	out_json(stdout, doc);
	json_object_put(doc);
}

/* What the module takes if it is not told: all online CPUs, or one less. */
static unsigned int nr_cpus(void)
{
	struct json_object *env = env_read("");
	unsigned int n =
		cpulist_count(jpath_text_or(env, "online_cpus", "0-1"));

	json_object_put(env);
	return n > 2 ? n - 1 : n;
}

static int verify(const struct opts *o, struct dbgfs *d,
		  const struct variants *vs, const char *offers)
{
	struct verify v = { .d = d,
			    .vs = vs,
			    .offers = offers,
			    .duration_ms = o->duration_ms,
			    .cpus = nr_cpus(),
			    .list = json_object_new_array() };
	int ret;

	ret = dbgfs_own(d);
	if (!ret)
		ret = runner_check_idle(d);
	if (!ret) {
		intr_install();
		ret = verify_all(&v, o->quiet);
		if (ret == ST_BAD && intr_pending())
			warnx("interrupted: not all proofs were made");
	}
	if (!ret) {
		if (o->json)
			print_json(v.list, d->version);
		else
			print_table(v.list);
		ret = verify_proven(v.list) ? ST_OK : ST_BAD;
	}
	json_object_put(v.list);
	return ret;
}

static int read_module(const struct opts *o, struct dbgfs *d)
{
	char *text = NULL, *offers = NULL;
	struct variants vs = { 0 };
	struct msg m;
	int ret;

	ret = dbgfs_read(d, "variants", &text);
	if (!ret)
		ret = dbgfs_read(d, "parameters", &offers);
	if (!ret && !variants_parse(&vs, text, &m)) {
		warnx("%s/variants: %s", d->path, m.text);
		ret = ST_BAD;
	}
	if (!ret)
		ret = verify(o, d, &vs, offers);
	variants_free(&vs);
	free(text);
	free(offers);
	return ret;
}

/**
 * cmd_verify_main() - tokctl verify
 * @argc: number of arguments
 * @argv: arguments; the first is the name of the command
 *
 * Return: exit status.
 */
int cmd_verify_main(int argc, char **argv)
{
	struct opts o = { .duration_ms = 100 };
	struct dbgfs d;
	int ret;

	argp_parse(&argp, argc, argv, 0, NULL, &o);
	ret = dbgfs_open(&d);
	if (!ret)
		ret = read_module(&o, &d);
	dbgfs_close(&d);
	return ret;
}
