// SPDX-License-Identifier: GPL-2.0
/* tokctl verify: do the checkers work on this machine? */
#include <err.h>
#include <string.h>

#include "base/cpulist.h"
#include "base/intr.h"
#include "base/numarg.h"
#include "base/status.h"
#include "base/xalloc.h"
#include "commands.h"
#include "kernel/dbgfs.h"
#include "kernel/params.h"
#include "kernel/runner.h"
#include "options.h"
#include "result/env.h"
#include "result/row.h"
#include "sweep/verify.h"
#include "table/grid.h"

struct opts {
	uint64_t duration_ms;
	struct option_format format;
	bool quiet;
};

static const struct option_row options[] = {
	OTHER("duration", OPTION_KEY, "TIME",
	      "The measured window of each run (default 100 ms)"),
	ALIAS("duration-ms"),
	FORMAT(OPTION_FORMAT_NO_CSV, "table|json", format,
	       "Format of the proofs"),
	FLAG("quiet", 'q', quiet, "No progress"),
};

static error_t parse(int key, char *arg, struct argp_state *state)
{
	const struct param *p = &params[PARAM_duration_ms];
	const struct numarg_spec spec = { p->unit, p->min, p->max };
	struct opts *o = state->input;
	struct msg m;

	if (key != OPTION_KEY)
		return ARGP_ERR_UNKNOWN;
	if (!numarg_parse(arg, &spec, &o->duration_ms, &m))
		argp_error(state, "--duration: %s", m.text);
	return 0;
}

static const struct command command = {
	OPTIONS(options),
	.too_many = "verify takes options only",
	.other = parse,
	.doc = "Prove that the checkers work on this machine: a lock that does not exclude, an "
	       "intruder, a thread that is late and one that moves must each be found out, good runs "
	       "must be good, and a lock must not differ from itself.\v"
	       "Examples:\n"
	       "  tokctl verify\n"
	       "  tokctl verify --duration 500ms -f json\n"
	       "\n"
	       "Exit status: 0 all is proven that can be judged here; 1 something is not; 2 usage;\n"
	       "3 the module or the privileges are missing.",
};

static void print_table(struct json_object *list)
{
	static const char *const keys[] = { "what", "expected", "got",
					    "proven" };
	struct json_object *o;
	struct grid g;
	size_t i, j;

	grid_start(&g, stdout);
	for (j = 0; j < sizeof(keys) / sizeof(keys[0]); j++)
		grid_column(&g, keys[j], 0);
	json_for_each(i, o, list) {
		grid_row(&g,
			 strcmp(json_text_or(o, "proven", ""), "NOT") ? NULL :
									"red",
			 -1);
		for (j = 0; j < sizeof(keys) / sizeof(keys[0]); j++)
			grid_text(&g, json_text(o, keys[j]));
	}
	grid_end(&g);
}

static void print_json(struct json_object *list, const char *version,
		       bool complete)
{
	struct json_object *doc = json_object_new_object();

	json_object_object_add(doc, "schema", json_object_new_int(TB_SCHEMA));
	json_object_object_add(doc, "environment", env_read(version));
	json_object_object_add(doc, "proofs", json_object_get(list));
	json_object_object_add(doc, "proven",
			       json_object_new_boolean(complete &&
						       verify_proven(list)));
	out_json(stdout, doc);
	json_object_put(doc);
}

/* What the module takes if it is not told. */
static unsigned int nr_cpus(void)
{
	struct json_object *env = env_read("");
	char list[CPULIST_TEXT_MAX];
	unsigned int n = 2;

	if (cpulist_default(json_text_or(env, "online_cpus", ""), false, list))
		n = cpulist_count(list);
	json_object_put(env);
	return n;
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
	/* What was proven before an error, too. */
	if (!ret || json_length(v.list)) {
		if (o->format.format == OUT_JSON)
			print_json(v.list, d->version, !ret);
		else
			print_table(v.list);
	}
	if (!ret)
		ret = verify_proven(v.list) ? ST_OK : ST_BAD;
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

	options_parse(&command, argc, argv, &o);
	ret = dbgfs_open(&d);
	if (!ret)
		ret = read_module(&o, &d);
	dbgfs_close(&d);
	return ret;
}
