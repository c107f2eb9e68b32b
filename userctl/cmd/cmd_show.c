// SPDX-License-Identifier: GPL-2.0
/* tokctl show: state and last result, one field of it, or a saved result. */
#include <argp.h>
#include <err.h>
#include <inttypes.h>
#include <string.h>

#include "commands.h"
#include "dbgfs.h"
#include "doc.h"
#include "jpath.h"
#include "keys.h"
#include "out.h"
#include "result.h"
#include "status.h"

/* Keys of options without a letter. */
enum {
	KEY_LEDGER = 0x100,
	KEY_CHECKS,
};

struct opts {
	const char *field;
	const char *input;
	const char *title;
	enum out_format format;
	bool formatted; /* -f or --ledger was given */
	bool ledger;
	bool checks;
};

static error_t parse(int key, char *arg, struct argp_state *state)
{
	struct opts *o = state->input;
	struct msg m;

	switch (key) {
	case 'h':
		argp_state_help(state, stdout, ARGP_HELP_STD_HELP);
		return 0;
	case 'i':
		o->input = arg;
		return 0;
	case KEY_LEDGER:
		o->ledger = true;
		o->formatted = true;
		return 0;
	case KEY_CHECKS:
		o->checks = true;
		return 0;
	case 't':
		o->title = arg;
		return 0;
	case 'f':
		if (!out_format_parse(arg, &o->format, &m))
			argp_error(state, "-f: %s", m.text);
		o->formatted = true;
		return 0;
	case ARGP_KEY_ARG:
		if (o->field)
			argp_error(state, "'%.40s': show takes one FIELD", arg);
		o->field = arg;
		return 0;
	case ARGP_KEY_END:
		if (o->field &&
		    (o->input || o->formatted || o->title || o->checks))
			argp_error(state,
				   "FIELD does not go with -i, -f, --ledger, --checks or --title");
		return 0;
	default:
		return ARGP_ERR_UNKNOWN;
	}
}

static const struct argp_option options[] = {
	{ "input", 'i', "FILE", 0,
	  "Show a result that run -f json has saved; -: standard input", 0 },
	{ "format", 'f', "table|json|csv", 0, "Show the result in this format",
	  0 },
	{ "ledger", KEY_LEDGER, NULL, 0,
	  "Show the table, and below it the ledger of waste", 0 },
	{ "checks", KEY_CHECKS, NULL, 0,
	  "Below the table, all lines of the certificate and not only what is wrong",
	  0 },
	{ "title", 't', "TEXT", 0,
	  "A line printed above the table, instead of the saved one", 0 },
	{ NULL, 'h', NULL, OPTION_HIDDEN, NULL, 0 },
	{ 0 },
};

static const struct argp argp = {
	.options = options,
	.parser = parse,
	.args_doc = "[FIELD]",
	.doc = "Show the state of the module and the last result. With FIELD only its value, "
	       "without a unit, for scripts: a key like totals.ops, or a section, whose lines "
	       "are KEY<TAB>VALUE.\v"
	       "Sections: " KEYS_SECTIONS ".\n"
	       "\n"
	       "Examples:\n"
	       "  tokctl show\n"
	       "  tokctl show verdict\n"
	       "  tokctl show latency.acquire_ns.p99\n"
	       "  tokctl show totals\n"
	       "  tokctl show --input saved.json -f csv\n"
	       "  tokctl show --input saved.json --ledger\n"
	       "  tokctl show --input saved.json --checks",
};

/* A row of a table: values separated by TAB. */
static void print_row(struct json_object *row)
{
	const char *sep = "";
	size_t i;

	if (json_object_is_type(row, json_type_array)) {
		for (i = 0; i < json_object_array_length(row); i++) {
			printf("%s%s", sep, jpath_item(row, i));
			sep = "\t";
		}
	} else if (json_object_is_type(row, json_type_object)) {
		json_object_object_foreach(row, name, val)
		{
			(void)name;
			printf("%s%s", sep, json_object_get_string(val));
			sep = "\t";
		}
	} else {
		fputs(json_object_get_string(row), stdout);
	}
	putchar('\n');
}

static void print_list(struct json_object *list)
{
	struct json_object *first = json_object_array_get_idx(list, 0);
	const char *sep = "";
	size_t i;

	if (json_object_is_type(first, json_type_object)) {
		json_object_object_foreach(first, name, val)
		{
			(void)val;
			printf("%s%s", sep, name);
			sep = "\t";
		}
		putchar('\n');
	}
	for (i = 0; i < json_object_array_length(list); i++)
		print_row(json_object_array_get_idx(list, i));
}

/* Buckets are only printed when they are asked for by their own key. */
static void print_section(struct json_object *obj, const char *prefix)
{
	char key[192];

	json_object_object_foreach(obj, name, val)
	{
		snprintf(key, sizeof(key), "%s.%s", prefix, name);
		if (json_object_is_type(val, json_type_object))
			print_section(val, key);
		else if (!json_object_is_type(val, json_type_array))
			printf("%s\t%s\n", key, json_object_get_string(val));
	}
}

static int no_such_field(const char *field, struct json_object *run)
{
	char quoted[MSG_QUOTE_MAX];

	msg_quote(quoted, field);
	if (!keys_known(field)) {
		warnx("%s is not a field; sections: %s; their keys: tokctl show SECTION",
		      quoted, KEYS_SECTIONS);
		return ST_USAGE;
	}
	if (run)
		warnx("the last run, of %s, has no %s", jpath_text(run, "lock"),
		      quoted);
	else
		warnx("no run has ended since the module was loaded or reset");
	return ST_BAD;
}

static int show_field(const struct dbgfs *d, const char *field)
{
	struct json_object *run, *val;
	struct dbgfs_state st;
	int ret;

	if (!strcmp(field, "state")) {
		ret = dbgfs_state(d, &st);
		if (!ret)
			puts(dbgfs_state_name(&st));
		return ret;
	}
	ret = result_read(d, &run);
	if (ret)
		return ret;
	if (!jpath_get(run, field, &val))
		ret = no_such_field(field, run);
	else if (json_object_is_type(val, json_type_object))
		print_section(val, field);
	else if (json_object_is_type(val, json_type_array))
		print_list(val);
	else
		puts(json_object_get_string(val));
	json_object_put(run);
	return ret;
}

static int show_state(const struct dbgfs *d)
{
	struct dbgfs_state st;
	int ret;

	ret = dbgfs_state(d, &st);
	if (ret)
		return ret;
	printf("module %s, state %s", d->version, dbgfs_state_name(&st));
	if (dbgfs_is_on(&st))
		printf(": run %" PRIu64 " of %s, %.1f of %.1f s", st.run,
		       st.lock, st.elapsed_ms / 1e3, st.total_ms / 1e3);
	putchar('\n');
	return ST_OK;
}

static void print(struct json_object *doc, const struct opts *o)
{
	out_print(stdout, doc, o->format, o->ledger);
	if (o->checks && o->format == OUT_TABLE)
		out_all_checks(stdout, doc);
}

static int show_last(const struct dbgfs *d, const struct opts *o)
{
	struct json_object *doc, *run;
	int ret;

	ret = o->formatted ? ST_OK : show_state(d);
	if (!ret)
		ret = result_read(d, &run);
	if (ret)
		return ret;
	if (!run && !o->formatted) {
		puts("no run has ended since the module was loaded or reset; start one with: "
		     "tokctl run");
		return ST_OK;
	}
	if (!run)
		return no_such_field("run", NULL);
	if (!o->formatted) {
		putchar('\n');
		if (o->title)
			out_plain(stdout, o->title);
		out_run(stdout, run);
	}
	doc = doc_new(o->title, d->version);
	doc_add_run(doc, run, NULL);
	doc_finish(doc, false);
	if (o->formatted)
		print(doc, o);
	else
		out_all_checks(stdout, doc);
	json_object_put(doc);
	return ST_OK;
}

static int show_saved(const struct opts *o)
{
	struct json_object *doc = doc_load(o->input);

	if (!doc)
		return ST_USAGE;
	doc_set_title(doc, o->title);
	print(doc, o);
	json_object_put(doc);
	return ST_OK;
}

/**
 * cmd_show_main() - tokctl show
 * @argc: number of arguments
 * @argv: arguments; the first is the name of the command
 *
 * Return: exit status.
 */
int cmd_show_main(int argc, char **argv)
{
	struct opts o = { .format = OUT_TABLE };
	struct dbgfs d;
	int ret;

	argp_parse(&argp, argc, argv, 0, NULL, &o);
	if (o.input)
		return show_saved(&o);
	ret = dbgfs_open(&d);
	if (!ret)
		ret = o.field ? show_field(&d, o.field) : show_last(&d, &o);
	dbgfs_close(&d);
	return ret;
}
